import { posix } from 'node:path';
import type { FileKind, FileSystem } from '../../../cli/sources/file-system.ts';

/** What stands at a path: a file's content, a directory (`null`), a link, or an error that the system answers with. */
export type Node = string | Uint8Array | null | { readonly link: string } | { readonly error: string };

/** A file system in memory, with the refusals that a test run as root cannot get from a real one. */
export class MemoryFiles implements FileSystem {
  readonly written = new Map<string, string>();
  readonly #nodes: Map<string, Node>;

  constructor(nodes: Readonly<Record<string, Node>>) {
    this.#nodes = new Map(Object.entries(nodes));
    for (const path of Object.keys(nodes)) {
      for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
        if (!this.#nodes.has(above)) this.#nodes.set(above, null);
      }
    }
    this.#nodes.set('.', null);
  }

  /** As if someone had deleted the file. */
  remove(path: string): void {
    this.#nodes.delete(path);
  }

  kind(path: string): FileKind {
    const node = this.#node(this.realPath(path));
    return node === null ? 'directory' : 'file';
  }

  list(path: string): readonly string[] {
    const real = this.realPath(path);
    this.#node(real);
    const names = [...this.#nodes.keys()].filter((each) => each !== '.' && posix.dirname(each) === real);
    return names.map((each) => posix.basename(each)).toReversed();
  }

  realPath(path: string): string {
    let real = '.';
    for (const part of posix.normalize(path).split('/')) {
      real = posix.join(real, part);
      for (let hops = 0; ; hops += 1) {
        const node = this.#nodes.get(real);
        if (node === null || typeof node !== 'object' || !('link' in node)) break;
        if (hops > 8) throw refusal('ELOOP');
        real = node.link;
      }
    }
    if (!this.#nodes.has(real)) throw refusal('ENOENT');
    return real;
  }

  read(path: string, limitBytes: number): Uint8Array | 'too-large' {
    const node = this.#node(this.realPath(path));
    if (node === null) throw refusal('EISDIR');
    const bytes = typeof node === 'string' ? new TextEncoder().encode(node) : node;
    return bytes.length > limitBytes ? 'too-large' : bytes;
  }

  head(path: string, bytes: number): Uint8Array {
    const all = this.read(path, Number.MAX_SAFE_INTEGER);
    return all === 'too-large' ? new Uint8Array() : all.subarray(0, bytes);
  }

  glob(pattern: string): readonly string[] {
    return [...this.#nodes.keys()].filter((path) => posix.matchesGlob(path, pattern));
  }

  writeWhole(path: string, text: string): void {
    if (!this.#nodes.has(posix.dirname(path))) throw refusal('ENOENT');
    this.written.set(path, text);
    this.#nodes.set(path, text);
  }

  #node(path: string): string | Uint8Array | null {
    const node = this.#nodes.get(path);
    if (node === undefined) throw refusal('ENOENT');
    if (node === null || typeof node === 'string' || node instanceof Uint8Array) return node;
    throw refusal('error' in node ? node.error : 'ELOOP');
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}
