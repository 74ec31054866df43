import { basename, dirname, join } from 'node:path';
import type { Capture } from '../../parsers/platform.ts';
import type { Candidate, Entry } from './collect.ts';
import { CONFIGURATION_EXTENSIONS, stemOfPart } from './collected-names.ts';

/** Entries that are read as one: mostly one entry, else a capture that stands alone and the parts that belong to it. */
export type EntryBundle = readonly [Entry, ...Entry[]];

/** What part of a device a file is; undefined where that cannot be told or plays no role. */
export type CaptureOf = (candidate: Candidate) => Capture | undefined;

/**
 * Puts captures of one device together. A part (a policy or template that a manager pushed) belongs to the only capture in its
 * directory that stands alone; where there are several, to the one whose name its own shares more of than any other's. A part
 * without such a capture stays by itself, and its reader says what is missing. What `brokerfence collect` put beside a
 * configuration says in its name where it belongs.
 */
export function bundled(entries: readonly Entry[], captureOf: CaptureOf): EntryBundle[] {
  const files = entries.filter((entry): entry is Candidate => entry.kind === 'candidate');
  const collected = collectedParts(files);
  const captures = new Map(files.map((file) => [file, captureOf(file)]));
  const parts = files.filter((file) => collected.has(file) || captures.get(file)?.role === 'part');
  if (parts.length === 0) return entries.map((entry) => [entry]);
  const wholes = files.filter((file) => captures.get(file)?.role === 'whole');
  const partsOf = new Map<Entry, Candidate[]>();
  const placed = new Set<Entry>();
  for (const part of parts) {
    const whole = collected.get(part) ?? wholeOf(part, wholes);
    if (whole === undefined) continue;
    partsOf.set(whole, [...(partsOf.get(whole) ?? []), part]);
    placed.add(part);
  }
  return entries.flatMap((entry): EntryBundle[] => (placed.has(entry) ? [] : [[entry, ...(partsOf.get(entry) ?? [])]]));
}

/** All entries as one bundle, as the user asked for; those that are no file stay apart. */
export function combined(entries: readonly Entry[], captureOf: CaptureOf): EntryBundle[] {
  const isReadable = ({ kind }: Entry): boolean => kind === 'candidate' || kind === 'stdin';
  const readable = entries.filter(isReadable);
  const isPart = (entry: Entry): boolean => entry.kind === 'candidate' && captureOf(entry)?.role === 'part';
  const [first, ...others] = [...readable.filter((entry) => !isPart(entry)), ...readable.filter(isPart)];
  const apart = entries.filter((entry) => !isReadable(entry)).map((entry): EntryBundle => [entry]);
  return first === undefined ? apart : [[first, ...others], ...apart];
}

/** Files that `brokerfence collect` put beside a configuration, with the configuration. */
function collectedParts(files: readonly Candidate[]): Map<Candidate, Candidate> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return new Map(
    files.flatMap((file) => {
      const stem = stemOfPart(basename(file.path));
      if (stem === undefined) return [];
      const paths = CONFIGURATION_EXTENSIONS.map((extension) => join(dirname(file.path), stem + extension));
      const whole = paths.map((path) => byPath.get(path)).find((each) => each !== undefined);
      return whole === undefined ? [] : [[file, whole] as const];
    }),
  );
}

function wholeOf(part: Candidate, wholes: readonly Candidate[]): Candidate | undefined {
  const beside = wholes.filter(({ path }) => dirname(path) === dirname(part.path));
  if (beside.length <= 1) return beside[0];
  const byShare = beside
    .map((whole) => ({ whole, shared: sharedLetters(basename(whole.path), basename(part.path)) }))
    .sort((a, b) => b.shared - a.shared);
  const [best, second] = byShare;
  return best !== undefined && best.shared > Math.max(1, second?.shared ?? 0) ? best.whole : undefined;
}

function sharedLetters(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count += 1;
  return count;
}
