import { dirname, join } from 'node:path';
import type { Span } from '../../../parsers/source.ts';
import { MEBIBYTE } from '../size-limit.ts';
import type { FileSystem } from '../file-system.ts';
import { readText } from '../../yaml/read-text.ts';
import { parseYaml } from '../../yaml/yaml-text.ts';
import type { FileProblem } from '../../yaml/problem.ts';
import { problemAt } from '../../yaml/problem.ts';
import { AnsibleInventory, type AnsibleVars } from './ansible-model.ts';
import { readVars } from './ansible-yaml.ts';

/** Tags that Ansible has in its files. */
export const ANSIBLE_TAGS: readonly string[] = ['!vault', '!unsafe', '!vault-encrypted'];

/** Larger than any that people write; those that programs write are inventories, not variables. */
const MOST_BYTES = 8 * MEBIBYTE;

/** Variables of hosts and groups that stand in files of their own beside the inventory. */
export interface VariableFiles {
  readonly of: (kind: 'group' | 'host', name: string) => AnsibleVars;
  readonly problems: readonly FileProblem[];
  /** Files that were passed over, and why. */
  readonly notes: readonly FileProblem[];
}

/**
 * `group_vars` and `host_vars` beside the inventory: Ansible's "Organizing host and group variables". For each name a file
 * of that name, with `.yml`, `.yaml`, `.json` or without an ending, or a directory of them, read in the order of names.
 */
export function variableFiles(inventory: string, files: FileSystem): VariableFiles {
  return new Variables(dirname(inventory), files);
}

class Variables implements VariableFiles {
  readonly problems: FileProblem[] = [];
  readonly notes: FileProblem[] = [];
  readonly #folder: string;
  readonly #files: FileSystem;
  readonly #listed = new Map<string, readonly string[]>();

  constructor(folder: string, files: FileSystem) {
    this.#folder = folder;
    this.#files = files;
  }

  readonly of = (kind: 'group' | 'host', name: string): AnsibleVars => {
    const vars: AnsibleVars = new Map();
    const folder = join(this.#folder, `${kind}_vars`);
    const wanted = new Set([name, `${name}.yml`, `${name}.yaml`, `${name}.json`]);
    for (const entry of this.#list(folder)) if (wanted.has(entry)) this.#read(join(folder, entry), vars);
    return vars;
  };

  /** The names in a directory that may hold variables; none where there is no such directory. */
  #list(folder: string): readonly string[] {
    let names = this.#listed.get(folder);
    if (names === undefined) {
      names = this.#kind(folder) === 'directory' ? this.#files.list(folder).toSorted(byCode) : [];
      this.#listed.set(folder, names);
    }
    return names;
  }

  #kind(path: string): string | undefined {
    try {
      return this.#files.kind(path);
    } catch {
      return undefined;
    }
  }

  #read(path: string, vars: AnsibleVars): void {
    if (this.#kind(path) === 'directory') {
      for (const entry of this.#list(path)) {
        const isLeft = entry.startsWith('.') || entry.endsWith('~') || !/^[^.]+$|\.(?:ya?ml|json)$/u.test(entry);
        if (!isLeft) this.#read(join(path, entry), vars);
      }
      return;
    }
    const read = readText(path, MOST_BYTES, this.#files);
    if (read.kind === 'unread') {
      if (read.isEmpty !== true) this.problems.push({ message: read.message, file: path });
      return;
    }
    if (read.source.text.startsWith('$ANSIBLE_VAULT')) {
      const place: Span = { source: path, line: 1, column: 1, endColumn: 15 };
      const message = 'is encrypted with ansible-vault, so the variables in it are not known here';
      this.notes.push(problemAt(read.source, place, message));
      return;
    }
    const parsed = parseYaml(read.source, ANSIBLE_TAGS);
    if (parsed.kind === 'problems') {
      this.problems.push(...parsed.problems);
      return;
    }
    const holder = new AnsibleInventory();
    readVars(parsed.yaml, parsed.yaml.value, [], vars, (at, message) => holder.problem(at, message));
    this.problems.push(...holder.problems);
  }
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
