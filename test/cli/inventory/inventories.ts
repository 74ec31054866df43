import type { InventoryDevice } from '../../../cli/sources/inventory/inventory-device.ts';
import { loadInventory } from '../../../cli/sources/inventory/load-inventory.ts';
import type { FileProblem } from '../../../cli/yaml/problem.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';

type Files = string | Readonly<Record<string, Node>>;

/** An inventory's text, or files of which the first is the inventory. */
function load(files: Files): ReturnType<typeof loadInventory> {
  const all = typeof files === 'string' ? { inventory: files } : files;
  return loadInventory(Object.keys(all)[0] ?? '', new MemoryFiles(all));
}

export function loadedDevices(files: Files): readonly InventoryDevice[] {
  const loaded = load(files);
  if (loaded.kind === 'problems') throw new Error(loaded.problems.map(said).join('\n'));
  return loaded.devices;
}

/** The devices without what is absent, and without their places. */
export function devicesOf(files: Files): object[] {
  return loadedDevices(files).map(plain);
}

export function notesOf(files: Files): string[] {
  const loaded = load(files);
  return loaded.kind === 'problems' ? loaded.problems.map(said) : loaded.notes.map(said);
}

/** The problems as `file:line:column-endColumn message`. */
export function problemsOf(files: Files): string[] {
  const loaded = load(files);
  return loaded.kind === 'problems' ? loaded.problems.map(said) : [];
}

/** All that is shown of the problems: messages and the lines that they stand in. */
export function shownOf(files: Files): string {
  const loaded = load(files);
  return loaded.kind === 'problems' ? JSON.stringify(loaded.problems) : '';
}

export function said({ file, span, message }: FileProblem): string {
  return span === undefined ? `${file} ${message}` : `${file}:${span.line}:${span.column}-${span.endColumn} ${message}`;
}

function plain(device: InventoryDevice): object {
  const options = (device.sshOptions ?? []).map(({ keyword, value }) => `${keyword} ${value}`);
  const changed = {
    place: undefined,
    sshOptions: undefined,
    options: options.length === 0 ? undefined : options,
    jumps: device.jumps?.map(({ host }) => host),
  };
  return JSON.parse(JSON.stringify({ ...device, ...changed }));
}
