import { structuredPatch } from 'diff';
import { visible } from '../../terminal/visible.ts';

/** A line of a unified diff, with its mark: `+  - fingerprint: …`. */
export interface DiffLine {
  /** `hunk`: the names of the files, and where a hunk stands. */
  readonly kind: 'context' | 'added' | 'removed' | 'hunk';
  readonly text: string;
}

const CONTEXT_LINES = 3;

/**
 * What changes in a file, as `diff -u` shows it, safe to print. Empty: nothing. Secrets are not masked, since a policy that loads is no
 * device's configuration. @param before undefined: there was no file.
 */
export function unifiedDiff(before: string | undefined, after: string, name: string): DiffLine[] {
  const from = before === undefined ? '/dev/null' : name;
  const { hunks } = structuredPatch(from, name, before ?? '', after, undefined, undefined, { context: CONTEXT_LINES });
  if (hunks.length === 0) return [];
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: marked }): DiffLine[] => [
    { kind: 'hunk', text: `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@` },
    ...marked.map((line) => ({ kind: kindOf(line), text: visible(line.replace(/\r$/u, '')) })),
  ]);
  const names: DiffLine[] = [
    { kind: 'hunk', text: visible(`--- ${from}`) },
    { kind: 'hunk', text: visible(`+++ ${name}`) },
  ];
  return [...names, ...lines];
}

/** POSIX diff: a range of one line is its number alone, an empty one names the line before it. */
function range(start: number, lines: number): string {
  if (lines === 1) return `${start}`;
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function kindOf(line: string): DiffLine['kind'] {
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'context';
}
