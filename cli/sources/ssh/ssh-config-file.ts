import { dirname, isAbsolute, join } from 'node:path';
import type { Source, Span } from '../../../parsers/source.ts';
import { problemAt, type FileProblem } from '../../yaml/problem.ts';
import { readText } from '../../yaml/read-text.ts';
import type { FileSystem } from '../file-system.ts';
import { MEBIBYTE } from '../size-limit.ts';
import { includePaths } from './include-paths.ts';
import { readStatement } from './ssh-config-words.ts';

/** A statement of ssh_config(5). */
export interface SshConfigLine {
  /** In small letters, as their case makes no difference. */
  readonly keyword: string;
  readonly words: readonly string[];
  readonly source: Source;
  readonly place: Span;
  /** What an `Include` stands for, in the order of names. */
  readonly included: readonly SshConfigFile[];
}

export interface SshConfigFile {
  readonly lines: readonly SshConfigLine[];
}

const MOST_BYTES = 4 * MEBIBYTE;
/** As many as ssh follows (READCONF_MAX_DEPTH). */
const MAX_DEPTH = 16;

interface ReadFile {
  readonly file: SshConfigFile;
  /** Absent: there is no such file. */
  readonly found: boolean;
}

/** Reads files of ssh_config(5); what cannot be read becomes a problem. */
export class SshConfigReader {
  readonly problems: FileProblem[] = [];
  readonly #files: FileSystem;
  readonly #home: string;
  #isTooDeep = false;

  constructor(files: FileSystem, home: string) {
    this.#files = files;
    this.#home = home;
  }

  /** `folder`: what relative names in `Include` are relative to, `~/.ssh` or `/etc/ssh`. */
  read(path: string, folder: string, above: readonly string[] = []): ReadFile {
    if (!this.#exists(path)) return { file: { lines: [] }, found: false };
    const read = readText(path, MOST_BYTES, this.#files);
    if (read.kind === 'unread') {
      if (read.isEmpty !== true) this.problems.push({ message: read.message, file: path });
      return { file: { lines: [] }, found: true };
    }
    const lines = read.source.text.split(/\r?\n/u).flatMap((text, index) => this.#line(read.source, text, index + 1));
    const withIncluded = lines.map((line) =>
      line.keyword === 'include' ? { ...line, included: this.#included(line, folder, [...above, path]) } : line,
    );
    return { file: { lines: withIncluded }, found: true };
  }

  #exists(path: string): boolean {
    try {
      return this.#files.kind(path) !== 'directory';
    } catch {
      return false;
    }
  }

  /** Every statement is a line of its own. */
  #line(source: Source, text: string, line: number): SshConfigLine[] {
    const read = readStatement(text);
    if (read.kind === 'nothing') return [];
    const trimmed = text.trim();
    const column = text.indexOf(trimmed) + 1;
    const place: Span = { source: source.name, line, column, endColumn: column + trimmed.length };
    if (read.kind === 'statement') {
      return [{ keyword: read.keyword, words: read.words, source, place, included: [] }];
    }
    this.problems.push(problemAt(source, place, read.message));
    return [];
  }

  #included(line: SshConfigLine, folder: string, above: readonly string[]): SshConfigFile[] {
    if (this.#isTooDeep) return [];
    if (above.length >= MAX_DEPTH) {
      // Once is enough: files that include each other by patterns would be read for ever.
      this.#isTooDeep = true;
      this.problems.push(
        problemAt(line.source, line.place, `includes files ${MAX_DEPTH} deep; does one include itself?`),
      );
      return [];
    }
    return line.words.flatMap((word) => {
      const named = word === '~' || word.startsWith('~/') ? join(this.#home, word.slice(2)) : word;
      if (named.startsWith('~')) {
        this.problems.push(problemAt(line.source, line.place, `${word}: write the home directory of a user as a path`));
        return [];
      }
      const paths = includePaths(isAbsolute(named) ? named : join(folder, named), this.#files);
      return paths.map((path) => this.read(path, folder, above).file);
    });
  }
}

/** The files that ssh reads, first things first: those of the user, then those of the system; or one that is named. */
export function sshConfigFiles(
  named: string | undefined,
  home: string,
  files: FileSystem,
): { readonly files: readonly SshConfigFile[]; readonly problems: readonly FileProblem[] } {
  if (named === 'none') return { files: [], problems: [] };
  const reader = new SshConfigReader(files, home);
  const own = join(home, '.ssh');
  if (named !== undefined) {
    const { file, found } = reader.read(named, own);
    const missing: FileProblem[] = found ? [] : [{ message: 'does not exist, or is a directory', file: named }];
    return { files: [file], problems: [...missing, ...reader.problems] };
  }
  const system = '/etc/ssh/ssh_config';
  const read = [reader.read(join(own, 'config'), own).file, reader.read(system, dirname(system)).file];
  return { files: read, problems: reader.problems };
}
