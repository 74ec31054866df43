import { failureOf } from '../../sources/failure.ts';
import type { FileSystem } from '../../sources/file-system.ts';

export type Written = { readonly kind: 'written' } | { readonly kind: 'refused'; readonly message: string };

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Replaces a policy file as a whole, unless it is not what was read: somebody else may have edited it since. A byte order mark stays.
 *
 * @param before the text that was read; undefined: there was no file.
 */
export function writePolicy(files: FileSystem, path: string, before: string | undefined, after: string): Written {
  const found = contentOf(files, path, before);
  if (found.kind === 'refused') return found;
  try {
    files.writeWhole(path, `${found.mark}${after}`);
    return { kind: 'written' };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return refused(`${path} cannot be written: ${String(error.code)}`);
  }
}

type Found = { readonly kind: 'as-read'; readonly mark: '' | '\ufeff' } | Extract<Written, { kind: 'refused' }>;

function contentOf(files: FileSystem, path: string, before: string | undefined): Found {
  const wanted = new TextEncoder().encode(before);
  try {
    const kind = files.kind(path);
    if (before === undefined) return refused(`${path} has been made since the policy was read; start again to use it`);
    if (kind !== 'file') return refused(`${path} is no regular file, so it cannot be replaced as a whole`);
    const bytes = files.read(path, wanted.length + BYTE_ORDER_MARK.length);
    if (bytes !== 'too-large' && isEqual(bytes, wanted)) return { kind: 'as-read', mark: '' };
    if (bytes !== 'too-large' && isEqual(bytes, [...BYTE_ORDER_MARK, ...wanted]))
      return { kind: 'as-read', mark: '\ufeff' };
    return refused(
      `${path} has changed since it was read, or is not in UTF-8; nothing was written; ask for the change again to see it in what the file says now`,
    );
  } catch (error) {
    const { reason, message } = failureOf(path, error);
    if (before === undefined && reason === 'not-found') return { kind: 'as-read', mark: '' };
    return refused(`${path} ${message}`);
  }
}

function isEqual(a: Uint8Array, b: Uint8Array | readonly number[]): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function refused(message: string): Extract<Written, { kind: 'refused' }> {
  return { kind: 'refused', message };
}
