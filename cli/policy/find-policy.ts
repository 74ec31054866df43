import { join } from 'node:path';
import { failureOf } from '../sources/failure.ts';
import type { FileSystem } from '../sources/file-system.ts';
import type { FileProblem as PolicyProblem } from '../yaml/problem.ts';

export const POLICY_FILE_NAMES = ['brokerfence.yaml', 'brokerfence.yml'] as const;
/** No tree of directories is deeper; a path that never ends is not followed for ever. */
const MAX_LEVELS = 256;

export type FoundPolicy =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] };

/** The policy file in the nearest directory that has one: each start directory in turn, and upwards from it. */
export function findPolicy(startDirectories: readonly string[], files: FileSystem): FoundPolicy {
  for (const start of startDirectories) {
    const found = upwards(start, files);
    if (found.kind !== 'none') return found;
  }
  return { kind: 'none' };
}

function upwards(start: string, files: FileSystem): FoundPolicy {
  let directory = join(start);
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const found = inDirectory(directory, files);
    if (found.kind !== 'none') return found;
    const above = join(directory, '..');
    if (isSame(directory, above, files)) break;
    directory = above;
  }
  return { kind: 'none' };
}

function inDirectory(directory: string, files: FileSystem): FoundPolicy {
  const present: string[] = [];
  for (const name of POLICY_FILE_NAMES) {
    const path = join(directory, name);
    try {
      if (files.kind(path) !== 'directory') present.push(path);
    } catch (error) {
      const { reason, message } = failureOf(path, error);
      if (reason !== 'not-found') return { kind: 'problems', problems: [{ file: path, message }] };
    }
  }
  const [path, second] = present;
  if (path === undefined) return { kind: 'none' };
  if (second === undefined) return { kind: 'found', path };
  const message = `stands beside ${second}; name the one that is meant with --policy`;
  return { kind: 'problems', problems: [{ file: path, message }] };
}

/** The root is its own parent; a parent that cannot be looked at ends the search as well. */
function isSame(directory: string, above: string, files: FileSystem): boolean {
  try {
    return files.realPath(directory) === files.realPath(above);
  } catch {
    return true;
  }
}
