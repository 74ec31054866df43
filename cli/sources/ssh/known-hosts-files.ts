import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { failureOf } from '../failure.ts';

/** The files of known host keys. */
export interface HostKeyFiles {
  /** A file that does not exist is `absent`: most of those that are looked for do not. `message` follows the file's name. */
  read(
    path: string,
  ):
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'absent' }
    | { readonly kind: 'unread'; readonly message: string };
  /** Adds a line, whole, to the end of a file that may not exist yet. Throws an `Error` where the system refuses. */
  append(path: string, line: string): void;
}

export function nodeHostKeyFiles(): HostKeyFiles {
  return {
    read(path) {
      try {
        return { kind: 'text', text: readFileSync(path, 'utf8') };
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
          return { kind: 'absent' };
        }
        return { kind: 'unread', message: failureOf(path, error).message };
      }
    },
    append(path, line) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const file = openSync(path, 'a+', 0o600);
      try {
        // In one write, so that two programs that add a line at a time never mix them.
        writeSync(file, `${endsInLine(file) ? '' : '\n'}${line}\n`);
      } finally {
        closeSync(file);
      }
    },
  };
}

/** Whether what is added begins a line: a person's editor may have left the last one without its end. */
function endsInLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] === 0x0a;
}
