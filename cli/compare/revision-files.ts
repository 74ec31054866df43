import { posix } from 'node:path';
import type { FileKind, FileSystem } from '../sources/file-system.ts';
import type { GitAnswer, RunGit } from './run-git.ts';

/** One file of a tree, as `git ls-tree` lists it. */
interface Entry {
  readonly kind: 'file' | 'link' | 'other';
  readonly id: string;
  readonly sizeBytes: number;
}

/** Where paths of the user lie in the repository. */
export interface Placing {
  /** A directory inside the working tree, as the user would name it. */
  readonly directory: string;
  /** The path of that directory from the root of the repository: empty or with `/` at the end. */
  readonly prefix: string;
}

/** Links followed before a path counts as a loop, as Linux does. */
const MAX_LINKS = 40;

/** Contents kept: the beginning of a file is looked at before it is read. */
const KEPT_BYTES = 64 * 1024 * 1024;

/**
 * The files of one commit as a file system that can only be read, under the paths that they have in the working tree. Contents
 * are those in the repository: no filter and no conversion of the user's configuration is run on them.
 *
 * @param listing what `git ls-tree -r -l -z --full-tree` writes.
 */
export function revisionFiles(listing: string, { directory, prefix }: Placing, runGit: RunGit): FileSystem {
  const entries = new Map(listing.split('\0').flatMap(entryOf));
  const directories = directoriesOf([...entries.keys()]);
  const contents = new Contents((id, limitBytes) => runGit(directory, ['cat-file', 'blob', id], limitBytes));
  const inRepository = (path: string): string =>
    posix.normalize(posix.join(prefix, posix.relative(directory, path))).replace(/\/$/, '');

  /** The path behind all links. */
  const followed = (path: string): string => {
    let links = 0;
    let real = '.';
    const parts = inRepository(path).split('/');
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      real = posix.join(real, part);
      const entry = entries.get(real);
      if (entry?.kind !== 'link') continue;
      if ((links += 1) > MAX_LINKS) throw refusal('ELOOP');
      const target = new TextDecoder().decode(contents.read(entry, Number.MAX_SAFE_INTEGER));
      // What a link outside of the repository led to is not part of the revision.
      if (posix.isAbsolute(target)) throw refusal('ENOENT');
      parts.unshift(...posix.join(posix.dirname(real), target).split('/'));
      real = '.';
    }
    if (!entries.has(real) && !directories.has(real)) throw refusal('ENOENT');
    return real;
  };
  const fileAt = (path: string): Entry => {
    const entry = entries.get(followed(path));
    if (entry === undefined) throw refusal('EISDIR');
    return entry;
  };
  return {
    kind(path): FileKind {
      const kind = entries.get(followed(path))?.kind;
      return kind === undefined ? 'directory' : kind === 'file' ? 'file' : 'other';
    },
    list(path) {
      const names = directories.get(followed(path));
      if (names === undefined) throw refusal('ENOTDIR');
      return [...names];
    },
    realPath: followed,
    read(path, limitBytes) {
      const entry = fileAt(path);
      return entry.sizeBytes > limitBytes ? 'too-large' : contents.read(entry, limitBytes);
    },
    head(path, bytes) {
      return contents.read(fileAt(path), Number.MAX_SAFE_INTEGER).subarray(0, bytes);
    },
    glob(pattern) {
      const wanted = inRepository(pattern);
      const named = (path: string): string => posix.join(directory, posix.relative(prefix, path));
      return [...entries.keys(), ...directories.keys()].filter((path) => posix.matchesGlob(path, wanted)).map(named);
    },
    writeWhole() {
      throw refusal('EROFS');
    },
  };
}

/** `100644 blob ID SIZE\tPATH`: see "Output format" of git-ls-tree(1). */
function entryOf(line: string): [string, Entry][] {
  const parts = /^(?<mode>\d+) (?<type>\w+) (?<id>[\da-f]+) +(?<size>\d+|-)\t(?<path>.+)$/su.exec(line)?.groups;
  if (parts === undefined) return [];
  const { mode, type, id = '', size, path = '' } = parts;
  const kind = type !== 'blob' ? 'other' : mode === '120000' ? 'link' : 'file';
  return [[path, { kind, id, sizeBytes: size === '-' ? 0 : Number(size) }]];
}

/** Every directory above a file, with the names of what it holds. */
function directoriesOf(paths: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>([['.', new Set()]]);
  for (const path of paths) {
    for (let at = path; at !== '.'; at = posix.dirname(at)) {
      const above = posix.dirname(at);
      const names = found.get(above) ?? new Set();
      found.set(above, names.add(posix.basename(at)));
    }
  }
  return found;
}

/** Reads objects, the last ones from memory. */
class Contents {
  readonly #ask: (id: string, limitBytes: number) => GitAnswer;
  readonly #kept = new Map<string, Uint8Array>();
  #keptBytes = 0;

  constructor(ask: (id: string, limitBytes: number) => GitAnswer) {
    this.#ask = ask;
  }

  read({ id, sizeBytes }: Entry, limitBytes: number): Uint8Array {
    const known = this.#kept.get(id);
    if (known !== undefined) return known;
    const answer = this.#ask(id, Math.min(limitBytes, sizeBytes) + 1);
    // A partial clone has not all of its objects.
    if (answer.kind !== 'done') throw refusal('EIO');
    this.#keep(id, answer.bytes);
    return answer.bytes;
  }

  #keep(id: string, bytes: Uint8Array): void {
    this.#kept.set(id, bytes);
    this.#keptBytes += bytes.length;
    for (const [oldest, old] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES || oldest === id) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= old.length;
    }
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}
