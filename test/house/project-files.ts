/** The files of the project, read from disk: what the house rules look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Names at the top level that belong to no room: tools write them, git ignores them. */
const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'coverage']);

export interface ProjectFile {
  /** From the root, with `/`: `parsers/model/rule.ts`. */
  readonly path: string;
  readonly text: string;
}

/** What stands at the top level, without what git ignores. */
export function topLevel(): string[] {
  return readdirSync(ROOT)
    .filter((name) => !NOT_OURS.has(name))
    .sort();
}

/** TypeScript modules below the given top-level folders, sorted by path. */
export function modules(...folders: readonly string[]): ProjectFile[] {
  return folders.flatMap((folder) => filesBelow(folder, /\.tsx?$/u));
}

/** Paths below a top-level folder whose names match. */
export function filesBelow(folder: string, name: RegExp): ProjectFile[] {
  const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => name.test(path))
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
