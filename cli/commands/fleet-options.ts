import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import type { FleetSettings } from '../collect/run-fleet.ts';
import { UsageError } from '../usage-error.ts';

/* Options of everything that logs in to devices. */

const GROUP = 'Devices:';
const NO_PATTERNS: string[] = [];

export const fleetOptions = {
  inventory: {
    type: 'string',
    requiresArg: true,
    describe: 'FILE that names the devices: devices.yaml, or an Ansible inventory (INI or YAML)',
    group: GROUP,
  },
  device: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NO_PATTERNS,
    describe: 'Only devices or groups of the inventory whose names fit PATTERN (*, ?; ! in front excludes); repeatable',
    group: GROUP,
  },
  'ssh-config': {
    type: 'string',
    requiresArg: true,
    describe: 'FILE to use instead of ~/.ssh/config; none for none',
    group: GROUP,
  },
  'accept-new': {
    type: 'boolean',
    default: false,
    describe: 'Record host keys of hosts that have none on record; a changed key is always refused',
    group: GROUP,
  },
  'hit-counts': {
    type: 'boolean',
    default: false,
    describe: 'Collect hit counters of rules as well',
    group: GROUP,
  },
  concurrency: {
    type: 'number',
    requiresArg: true,
    default: 16,
    describe: 'Devices that are worked on at once',
    group: GROUP,
  },
  retries: {
    type: 'number',
    requiresArg: true,
    default: 2,
    describe: 'Further attempts after a connection failed or was lost; a refused login is never tried again',
    group: GROUP,
  },
  timeout: {
    type: 'number',
    requiresArg: true,
    describe: 'SECONDS for one device, all attempts together, whatever the inventory says',
    group: GROUP,
  },
  'total-timeout': {
    type: 'number',
    requiresArg: true,
    describe: 'SECONDS for all devices together',
    group: GROUP,
  },
} as const satisfies Record<string, Options>;

export type FleetArguments = ArgumentsCamelCase<InferredOptionTypes<typeof fleetOptions>>;

/** How devices are worked on, from the command line. */
export function fleetSettings(args: FleetArguments): FleetSettings {
  const { acceptNew, hitCounts, concurrency, retries, totalTimeout } = args;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 512) {
    throw new UsageError('--concurrency is a whole number from 1 to 512');
  }
  if (!Number.isInteger(retries) || retries < 0 || retries > 10) {
    throw new UsageError('--retries is a whole number from 0 to 10');
  }
  const totalSeconds = totalTimeout === undefined ? {} : { totalSeconds: seconds('--total-timeout', totalTimeout) };
  return { acceptNew, hitCounts, concurrency, retries, ...totalSeconds };
}

/** Node's timers hold no more than 24 days. */
const MOST_SECONDS = 7 * 86_400;

export function seconds(option: string, value: number): number {
  if (!(value > 0 && value <= MOST_SECONDS)) throw new UsageError(`${option} is a number of seconds, at most a week`);
  return value;
}
