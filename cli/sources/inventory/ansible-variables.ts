import { dirname, extname, join } from 'node:path';
import type { Span } from '../../../parsers/source.ts';
import { MEBIBYTE } from '../size-limit.ts';
import type { FileSystem } from '../file-system.ts';
import { readText } from '../../yaml/read-text.ts';
import { parseYaml } from '../../yaml/yaml-text.ts';
import type { FileProblem } from '../../yaml/problem.ts';
import { problemAt } from '../../yaml/problem.ts';
import { ANSIBLE_YAML } from './ansible-dialect.ts';
import { AnsibleInventory, type AnsibleVars } from './ansible-model.ts';
import { readVars } from './ansible-yaml.ts';

/** Larger than any that people write; those that programs write are inventories, not variables. */
const MOST_BYTES = 8 * MEBIBYTE;

/** Variables of hosts and groups that stand in files of their own beside the inventory. */
export interface VariableFiles {
  readonly of: (kind: 'group' | 'host', name: string) => AnsibleVars;
  readonly problems: readonly FileProblem[];
  /** Files that were passed over, and why. */
  readonly notes: readonly FileProblem[];
}

/** In the order in which Ansible looks for them. */
const ENDINGS = ['', '.yml', '.yaml', '.json'];

/**
 * `group_vars` and `host_vars` beside the inventory: Ansible's "Organizing host and group variables". For each name the first
 * that there is of a file or directory of that name and a file with `.yml`, `.yaml` or `.json` (`find_vars_files` in its
 * `parsing/dataloader.py`); the files of a directory are read in the order of names.
 */
export function variableFiles(inventory: string, files: FileSystem): VariableFiles {
  return new Variables(dirname(inventory), files);
}

class Variables implements VariableFiles {
  readonly problems: FileProblem[] = [];
  readonly notes: FileProblem[] = [];
  readonly #folder: string;
  readonly #files: FileSystem;
  readonly #folders = new Map<string, boolean>();

  constructor(folder: string, files: FileSystem) {
    this.#folder = folder;
    this.#files = files;
  }

  readonly of = (kind: 'group' | 'host', name: string): AnsibleVars => {
    const vars: AnsibleVars = new Map();
    const folder = join(this.#folder, `${kind}_vars`);
    if (name.startsWith('/') || !this.#isFolder(folder)) return vars;
    const path = join(folder, name);
    const [first, ...others] = ENDINGS.map((ending) => path + ending).filter((each) => this.#kind(each) !== undefined);
    if (first === undefined) return vars;
    this.#read(first, vars);
    for (const file of others) {
      this.notes.push({ message: `is not read, as Ansible reads ${first} in its place`, file });
    }
    return vars;
  };

  /** Asked once: an inventory of many hosts has often no files of variables at all. */
  #isFolder(path: string): boolean {
    const isFolder = this.#folders.get(path) ?? this.#kind(path) === 'directory';
    this.#folders.set(path, isFolder);
    return isFolder;
  }

  #kind(path: string): string | undefined {
    try {
      return this.#files.kind(path);
    } catch {
      return undefined;
    }
  }

  /** An entry of a directory, if it may hold variables: a directory does without a dot in its name. */
  #readEntry(folder: string, entry: string, vars: AnsibleVars): void {
    const path = join(folder, entry);
    if (entry.startsWith('.') || entry.endsWith('~')) return;
    const kind = this.#kind(path);
    const isRead = kind === 'directory' ? !entry.includes('.') : kind === 'file' && ENDINGS.includes(extname(entry));
    if (isRead) this.#read(path, vars);
  }

  #read(path: string, vars: AnsibleVars): void {
    if (this.#kind(path) === 'directory') {
      for (const entry of this.#files.list(path).toSorted(byCode)) this.#readEntry(path, entry, vars);
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
    const parsed = parseYaml(read.source, ANSIBLE_YAML);
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
