import type { Options } from 'yargs';
import type { TrustOptions } from '../../checks/policy/trust.ts';
import type { Platform } from '../../parsers/model/device.ts';
import type { Io } from '../io.ts';
import type { Layout } from '../reports/layout.ts';
import { PLATFORMS } from '../../parsers/index.ts';
import { parseNetwork } from '../../parsers/model/parse-address.ts';
import { MEBIBYTE } from '../sources/size-limit.ts';
import { choosePaint } from '../terminal/paint.ts';
import { UsageError } from '../usage-error.ts';

/* Options that several commands share, and what their values mean. */

const PLATFORM_NAMES: readonly Platform[] = PLATFORMS.map(({ platform }) => platform);

export const inputOptions = {
  platform: {
    choices: PLATFORM_NAMES,
    describe: 'Read every input as this platform instead of detecting it',
    group: 'Input:',
  },
  combine: {
    type: 'boolean',
    default: false,
    describe:
      'Read all inputs together as captures of one device (counters beside its configuration), or of Panorama and its firewalls',
    group: 'Input:',
  },
  'max-file-size': {
    type: 'number',
    requiresArg: true,
    default: 256,
    describe: 'Largest input in MiB',
    group: 'Input:',
  },
} as const satisfies Record<string, Options>;

const NO_NAMES: string[] = [];

export const trustOptions = {
  untrusted: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NO_NAMES,
    group: 'Trust:',
    describe: 'SEGMENT that faces an untrusted network; DEVICE:SEGMENT, * for anything; repeatable',
  },
  internal: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NO_NAMES,
    group: 'Trust:',
    describe: 'SEGMENT that is internal; repeatable',
  },
  'internal-network': {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NO_NAMES,
    group: 'Trust:',
    describe: 'CIDR that is ours: a segment with an address in it is internal; repeatable',
  },
} as const satisfies Record<string, Options>;

export const reportOptions = {
  output: {
    type: 'string',
    requiresArg: true,
    describe: 'Write to FILE, whole or not at all, instead of standard output',
    group: 'Report:',
  },
  color: {
    type: 'boolean',
    describe: 'Colour, or none with --no-color; else as the terminal and NO_COLOR say',
    group: 'Report:',
  },
  verbose: { type: 'boolean', default: false, describe: 'Show what is otherwise counted', group: 'Report:' },
} as const satisfies Record<string, Options>;

export const maxUnknownOption = {
  'max-unknown': {
    type: 'number',
    requiresArg: true,
    default: 5,
    describe: 'Most lines in PERCENT that may not be understood before the exit code is 3',
    group: 'Exit code:',
  },
} as const satisfies Record<string, Options>;

/** Bytes behind `--max-file-size`. */
export function maxFileBytes(mebibytes: number): number {
  if (!(mebibytes > 0 && mebibytes <= 4096)) throw new UsageError('--max-file-size is a number of MiB from 1 to 4096');
  return Math.floor(mebibytes * MEBIBYTE);
}

export function percentOption(percent: number): number {
  if (!(percent >= 0 && percent <= 100)) throw new UsageError('--max-unknown is a number from 0 to 100');
  return percent;
}

export function trustFrom(args: {
  readonly untrusted: readonly string[];
  readonly internal: readonly string[];
  readonly internalNetwork: readonly string[];
}): TrustOptions {
  const wrong = args.internalNetwork.find((text) => parseNetwork(text) === undefined);
  if (wrong !== undefined) {
    throw new UsageError(
      `--internal-network "${wrong}" is not a network such as 10.0.0.0/8 or 2001:db8::/32 with its host bits clear`,
    );
  }
  return { untrusted: args.untrusted, internal: args.internal, internalNetworks: args.internalNetwork };
}

const COLUMNS_WITHOUT_TERMINAL = 100;
const WIDEST_TEXT = 140;

/** How text is drawn: for the terminal's width, or for 100 columns where there is none. */
export function layoutFor(
  args: { readonly color: boolean | undefined; readonly verbose: boolean; readonly output: string | undefined },
  io: Io,
): Layout {
  const toTerminal = args.output === undefined;
  const channel = toTerminal ? io.stdout : { ...io.stdout, isTTY: false };
  const columns = toTerminal ? io.stdout.columns : undefined;
  return {
    width: Math.min(columns ?? COLUMNS_WITHOUT_TERMINAL, WIDEST_TEXT),
    paint: choosePaint(args.color, channel, io.env),
    verbose: args.verbose,
  };
}
