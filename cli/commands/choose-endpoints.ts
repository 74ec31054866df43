import type { Io } from '../io.ts';
import type { InventoryDevice } from '../sources/inventory/inventory-device.ts';
import type { Endpoint } from '../sources/ssh/endpoint.ts';
import type { FileProblem } from '../yaml/problem.ts';
import type { CollectWorld } from '../collect/world.ts';
import type { FleetArguments } from './fleet-options.ts';
import { loadInventory } from '../sources/inventory/load-inventory.ts';
import { resolveEndpoints } from '../sources/inventory/resolve-endpoints.ts';
import { deviceOfAddress } from '../sources/inventory/ssh-address.ts';
import { matchesPattern, matchesPatternList } from '../sources/ssh/patterns.ts';
import { choosePaint } from '../terminal/paint.ts';
import { visible } from '../terminal/visible.ts';
import { fileProblemsText } from '../yaml/problems-text.ts';
import { unknownName } from '../trace/near-matches.ts';
import { UsageError } from '../usage-error.ts';
import { seconds } from './fleet-options.ts';

/**
 * The devices that the command line asks for: those of the inventory that fit, or those that are named. Problems are printed
 * with their places, and end the run as wrong usage.
 */
export function chooseEndpoints(
  args: FleetArguments,
  named: readonly string[],
  io: Io,
  { home, user }: Pick<CollectWorld, 'home' | 'user'>,
): readonly Endpoint[] {
  const devices = chosenDevices(args, named, io);
  const config = args.sshConfig === undefined ? {} : { sshConfigFile: args.sshConfig };
  const resolved = resolveEndpoints(devices, { env: { USER: user, ...io.env }, home, files: io.files, ...config });
  if (resolved.kind === 'problems') return refuse(resolved.problems, io);
  sayNotes(resolved.notes, io);
  const { timeout } = args;
  if (timeout === undefined) return resolved.endpoints;
  const deadlineSeconds = seconds('--timeout', timeout);
  return resolved.endpoints.map((endpoint) => ({ ...endpoint, deadlineSeconds }));
}

function chosenDevices(args: FleetArguments, named: readonly string[], io: Io): readonly InventoryDevice[] {
  const { inventory, device: patterns } = args;
  if (inventory === undefined) {
    if (patterns.length > 0) throw new UsageError('--device chooses from an inventory; name one with --inventory FILE');
    return namedDevices(named);
  }
  if (named.length > 0) {
    throw new UsageError('name devices or an inventory, not both; --device PATTERN chooses from an inventory');
  }
  const loaded = loadInventory(inventory, io.files);
  if (loaded.kind === 'problems') return refuse(loaded.problems, io);
  sayNotes(loaded.notes, io);
  return fitting(loaded.devices, patterns);
}

function namedDevices(named: readonly string[]): InventoryDevice[] {
  if (named.length === 0) throw new UsageError('name devices (admin@fw1) or an inventory (--inventory FILE)');
  const devices = named.map((text) => {
    const read = deviceOfAddress(text);
    if (read.kind === 'wrong') throw new UsageError(read.message);
    return read.device;
  });
  const names = devices.map(({ name }) => name.toLowerCase());
  const twice = devices.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twice !== undefined) throw new UsageError(`${twice.name} is named twice, and files are called by names`);
  return devices;
}

function fitting(devices: readonly InventoryDevice[], patterns: readonly string[]): readonly InventoryDevice[] {
  if (patterns.length === 0) return devices;
  const namesOf = ({ name, groups }: InventoryDevice): readonly string[] => [name, ...groups];
  const wrong = patterns.find((pattern) => {
    const wanted = pattern.replace(/^!/u, '');
    return !devices.some((device) => namesOf(device).some((name) => matchesPattern(name, wanted)));
  });
  if (wrong !== undefined) {
    throw new UsageError(
      unknownName(
        'device',
        wrong,
        devices.map(({ name }) => name),
      ),
    );
  }
  // What is only excluded is excluded from all.
  const list = patterns.every((pattern) => pattern.startsWith('!')) ? ['*', ...patterns] : patterns;
  const excluded = list.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const chosen = devices.filter((device) => {
    const names = namesOf(device);
    return (
      names.some((name) => matchesPatternList(name, list)) &&
      !excluded.some((pattern) => names.some((name) => matchesPattern(name, pattern)))
    );
  });
  if (chosen.length === 0) throw new UsageError('--device leaves no device of the inventory');
  return chosen;
}

function refuse(problems: readonly FileProblem[], io: Io): never {
  const paint = choosePaint(undefined, io.stderr, io.env);
  const layout = { width: Math.min(io.stderr.columns ?? 100, 140), paint, verbose: false };
  const about = { what: 'inventory', consequence: 'nothing was collected' };
  io.stderr.write(fileProblemsText(problems, about, layout));
  throw new UsageError('the inventory cannot be used');
}

function sayNotes(notes: readonly FileProblem[], io: Io): void {
  for (const { file, span, message } of notes) {
    const place = span === undefined ? file : `${file}:${span.line}:${span.column}`;
    io.stderr.write(`${visible(place)}: ${visible(message)}\n`);
  }
}
