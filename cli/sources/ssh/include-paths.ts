import { posix } from 'node:path';
import type { FileSystem } from '../file-system.ts';

/**
 * The files that a pattern of `Include` stands for, by their names: OpenSSH's own glob (openbsd-compat/glob.c) as it calls
 * it, so with `*`, `?` and `[…]` within a name, with no braces, and with no hidden files where the dot is not written.
 */
export function includePaths(pattern: string, files: FileSystem): readonly string[] {
  const isAbsolute = pattern.startsWith('/');
  let found = [isAbsolute ? '/' : ''];
  for (const part of pattern.split('/').filter((each) => each !== '')) {
    found = found.flatMap((folder) => namesIn(folder, part, files).map((name) => posix.join(folder, name)));
  }
  return found.filter((path) => kindOf(path, files) !== undefined);
}

function namesIn(folder: string, part: string, files: FileSystem): readonly string[] {
  if (!/[*?[\\]/u.test(part)) return [part];
  const expression = expressionOf(part);
  try {
    const names = files.list(folder === '' ? '.' : folder);
    return names
      .filter((name) => expression.test(name) && (part.startsWith('.') || !name.startsWith('.')))
      .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  } catch {
    return [];
  }
}

function expressionOf(part: string): RegExp {
  const source = part.replaceAll(
    /\*+|\?|\[(?<not>!?)(?<set>\]?[^\]]*)\]|\\?(?<char>.)/gsu,
    (whole, not: string | undefined, set: string | undefined, char: string | undefined) => {
      if (whole.startsWith('*')) return '.*';
      if (whole === '?') return '.';
      if (set !== undefined) return `[${not === '' ? '' : '^'}${set.replaceAll(/[\\\][^]/gu, String.raw`\$&`)}]`;
      return (char ?? '').replace(/[$()*+.?[\\\]^{|}/]/u, String.raw`\$&`);
    },
  );
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    // A range that ends before it begins has no name in it.
    return /(?!)/u;
  }
}

function kindOf(path: string, files: FileSystem): unknown {
  try {
    return files.kind(path);
  } catch {
    return undefined;
  }
}
