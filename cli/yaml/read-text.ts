import type { Source } from '../../parsers/source.ts';
import { decode } from '../sources/decode.ts';
import type { FileSystem } from '../sources/file-system.ts';
import { failureOf } from '../sources/failure.ts';
import { MEBIBYTE } from '../sources/size-limit.ts';

type TextResult =
  | { readonly kind: 'text'; readonly source: Source }
  /** `message` follows the file's name: `does not exist`. */
  | { readonly kind: 'unread'; readonly message: string; readonly isEmpty?: true };

/** The text of a file, or why there is none. */
export function readText(path: string, limitBytes: number, files: FileSystem): TextResult {
  try {
    const kind = files.kind(path);
    if (kind === 'directory') return { kind: 'unread', message: 'is a directory' };
    const bytes = files.read(path, limitBytes);
    if (bytes === 'too-large') {
      return { kind: 'unread', message: `is larger than ${Math.floor(limitBytes / MEBIBYTE)} MiB` };
    }
    const decoded = decode(bytes);
    if (decoded.kind === 'empty') return { kind: 'unread', message: decoded.message, isEmpty: true };
    if (decoded.kind !== 'text') return { kind: 'unread', message: decoded.message };
    return { kind: 'text', source: { name: path, text: decoded.text } };
  } catch (error) {
    return { kind: 'unread', message: failureOf(path, error).message };
  }
}
