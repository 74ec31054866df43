import { basename, extname, join, normalize } from 'node:path';
import type { FileKind, FileSystem } from './file-system.ts';
import type { Failure, Skipped } from './input.ts';
import { PARTIAL_EXTENSION, RECORD_FILE } from './collected-names.ts';
import { isExported } from './exported-names.ts';
import { failureOf } from './failure.ts';
import { STDIN_WORD } from './stdin-word.ts';

/** A file to read, not yet opened. */
export interface Candidate {
  readonly kind: 'candidate';
  readonly path: string;
  readonly expected: boolean;
}

export type Entry = Candidate | { readonly kind: 'stdin' } | Failure | Skipped;

/** File names that promise a configuration, so that one which cannot be understood is a failure wherever it is found. */
const CONFIG_EXTENSIONS = new Set(['.cfg', '.conf', '.config', '.confg', '.running', '.startup']);

/** Never a configuration; not even opened when found in a directory. */
const OTHER_EXTENSIONS = new Set(
  ['.md', '.markdown', '.html', '.htm', '.pdf', '.csv', '.tsv', '.xlsx', '.docx', '.pcap', '.pcapng'].concat([
    '.png',
    '.jpg',
    '.jpeg',
    '.gif',
    '.svg',
    '.vsdx',
    '.py',
    '.js',
    '.ts',
    '.sh',
    '.yaml',
    '.yml',
    '.bin',
    '.pyc',
  ]),
);

/**
 * What the user's paths stand for, in their order: files as they are, directories walked in the order of their names
 * (links followed, hidden entries left out), patterns expanded. A file reached twice is read once.
 */
export function collect(paths: readonly string[], files: FileSystem): Entry[] {
  const walk = new Walk(files);
  for (const path of paths) walk.named(path);
  return walk.entries;
}

class Walk {
  readonly entries: Entry[] = [];
  readonly #files: FileSystem;
  readonly #seen = new Map<string, string>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  named(path: string): void {
    if (path === STDIN_WORD) {
      if (!this.#firstTime(STDIN_WORD, STDIN_WORD)) return;
      this.entries.push({ kind: 'stdin' });
      return;
    }
    const name = normalize(path);
    const kind = this.#kindOf(name);
    if (kind === 'directory') this.#directory(name, []);
    else if (kind === 'file' && extname(name) === PARTIAL_EXTENSION) this.#partial(name);
    else if (typeof kind === 'string') this.#add(name, true);
    else if (kind.reason === 'not-found' && /[*?[{]/.test(path)) this.#pattern(path);
    else this.entries.push(kind);
  }

  #pattern(pattern: string): void {
    const matches = [...new Set(this.#files.glob(pattern))].sort();
    if (matches.length === 0) {
      this.entries.push({ kind: 'failure', name: pattern, reason: 'not-found', message: 'matches no file' });
    }
    for (const path of matches) this.#found(normalize(path), []);
  }

  #directory(path: string, above: readonly string[]): void {
    try {
      const realPath = this.#files.realPath(path);
      if (above.includes(realPath)) {
        const message = 'is a link to a directory that contains it; the loop is not followed';
        this.entries.push({ kind: 'failure', name: path, reason: 'loop', message });
        return;
      }
      if (!this.#firstTime(realPath, path)) return;
      const before = this.entries.length;
      for (const name of this.#files.list(path).toSorted()) {
        if (!name.startsWith('.')) this.#found(join(path, name), [...above, realPath]);
      }
      if (above.length === 0 && this.entries.length === before) {
        this.entries.push({ kind: 'failure', name: path, reason: 'empty', message: 'is a directory without files' });
      }
    } catch (error) {
      this.entries.push(failureOf(path, error));
    }
  }

  #found(path: string, above: readonly string[]): void {
    const kind = this.#kindOf(path);
    if (kind === 'directory') this.#directory(path, above);
    else if (kind === 'other') this.#skip(path, 'is not a regular file');
    else if (kind !== 'file') this.entries.push(kind);
    else if (extname(path) === PARTIAL_EXTENSION) this.#partial(path);
    else if (basename(path) === RECORD_FILE) this.#skip(path, 'is the record of a collection');
    else if (isExported(basename(path))) this.#skip(path, 'was written by the terminal UI');
    else if (OTHER_EXTENSIONS.has(extname(path).toLowerCase())) this.#skip(path, 'not read, by its name');
    else this.#add(path, CONFIG_EXTENSIONS.has(extname(path).toLowerCase()));
  }

  #add(path: string, expected: boolean): void {
    try {
      if (!this.#firstTime(this.#files.realPath(path), path)) return;
      this.entries.push({ kind: 'candidate', path, expected });
    } catch (error) {
      this.entries.push(failureOf(path, error));
    }
  }

  /** A device that could not be collected whole must not be taken for one without findings. */
  #partial(name: string): void {
    const message = 'was captured in part only and is not read; collect the device again';
    this.entries.push({ kind: 'failure', name, reason: 'partial', message });
  }

  #skip(name: string, message: string): void {
    this.entries.push({ kind: 'skipped', name, message });
  }

  /** False, with a word in the report, when another path has led to the same thing. */
  #firstTime(realPath: string, name: string): boolean {
    const earlier = this.#seen.get(realPath);
    if (earlier === undefined) this.#seen.set(realPath, name);
    else this.#skip(name, `is the same as ${earlier}, which is read already`);
    return earlier === undefined;
  }

  #kindOf(path: string): FileKind | Failure {
    try {
      return this.#files.kind(path);
    } catch (error) {
      return failureOf(path, error);
    }
  }
}
