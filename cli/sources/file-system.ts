import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  globSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export type FileKind = 'file' | 'directory' | 'other';

/**
 * The few things asked of a file system. Paths are relative to its working directory. Every function throws an `Error`
 * with a `code` (`ENOENT`, `EACCES`, `ELOOP`, …) when the system refuses.
 */
export interface FileSystem {
  /** What stands at the path, links followed. */
  kind(path: string): FileKind;
  /** Entry names of a directory, unsorted. */
  list(path: string): readonly string[];
  /** The one path that all links to the same thing share. */
  realPath(path: string): string;
  /** The content; `too-large` when there is more than `limitBytes`, without reading more than that. */
  read(path: string, limitBytes: number): Uint8Array | 'too-large';
  /** The first bytes of the content, at most `bytes`. */
  head(path: string, bytes: number): Uint8Array;
  /** Paths that match a pattern (`*`, `?`, `**`, `[…]`, `{…}`), unsorted. */
  glob(pattern: string): readonly string[];
  /** Writes the whole file or nothing: a reader of the path sees the old content or all of the new one. */
  writeWhole(path: string, text: string): void;
}

/** Whether something stands at the path. What cannot be looked at does: what is wrong with it is said when it is read. */
export function isThere(path: string, files: Pick<FileSystem, 'kind'>): boolean {
  try {
    files.kind(path);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

const CHUNK_BYTES = 1 << 20;

export function nodeFileSystem(cwd: string): FileSystem {
  return {
    kind(path) {
      const stats = statSync(resolve(cwd, path));
      return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
    },
    list: (path) => readdirSync(resolve(cwd, path)),
    realPath: (path) => realpathSync(resolve(cwd, path)),
    read: (path, limitBytes) => readUpTo(resolve(cwd, path), limitBytes),
    head: (path, bytes) => readHead(resolve(cwd, path), bytes),
    glob: (pattern) => globSync(pattern, { cwd }),
    writeWhole: (path, text) => writeThenRename(resolve(cwd, path), text),
  };
}

/** Reads in pieces: the size of a pipe is not known, and a file can grow while it is read. */
function readUpTo(path: string, limitBytes: number): Uint8Array | 'too-large' {
  const file = openSync(path, 'r');
  try {
    const sizeBytes = fstatSync(file).size;
    if (sizeBytes > limitBytes) return 'too-large';
    let buffer = Buffer.allocUnsafe(Math.max(sizeBytes + 1, CHUNK_BYTES));
    let length = 0;
    for (;;) {
      if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      const count = readSync(file, buffer, length, buffer.length - length, null);
      if (count === 0) return buffer.subarray(0, length);
      length += count;
      if (length > limitBytes) return 'too-large';
    }
  } finally {
    closeSync(file);
  }
}

function readHead(path: string, bytes: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(bytes);
    return buffer.subarray(0, readSync(file, buffer, 0, bytes, null));
  } finally {
    closeSync(file);
  }
}

function writeThenRename(target: string, text: string): void {
  const existing = statSync(target, { throwIfNoEntry: false });
  // A device or pipe (/dev/stdout) is written to, never replaced.
  if (existing !== undefined && !existing.isFile()) {
    writeFileSync(target, text);
    return;
  }
  const path = existing === undefined ? target : realpathSync(target);
  // Replacing a file asks for its directory alone: who may not write the file itself is not to.
  if (existing !== undefined) accessSync(path, constants.W_OK);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: existing?.mode ?? 0o666 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
