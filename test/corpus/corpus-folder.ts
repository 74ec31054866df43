import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Platform } from '../../parsers/model/device.ts';

/** Platforms that the corpus has and that we read; folders of the same names below `configs/`. */
export const PLATFORMS_HERE: readonly Platform[] = ['cisco-asa', 'cisco-ios', 'juniper-junos', 'paloalto-panos'];

export interface CorpusFile {
  /** Below the corpus folder, with `/`. */
  readonly path: string;
  readonly platform: Platform;
  readonly text: string;
}

/**
 * The corpus folder: what `BROKERFENCE_CORPUS` names, else a folder beside the checkout. Undefined when there is none;
 * the corpus is no part of the project.
 */
export function findCorpus(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['BROKERFENCE_CORPUS'];
  const folder =
    named === undefined || named === ''
      ? resolve(import.meta.dirname, '../../../shared/corpus')
      : resolve(process.cwd(), named);
  return existsSync(join(folder, 'configs')) ? folder : undefined;
}

/** Text of a file below the corpus folder. */
export function readText(corpus: string, path: string): string {
  return readFileSync(join(corpus, path), 'utf8');
}

/** Every configuration of the platforms we read, in the order of their paths. */
export function* configurations(corpus: string): Generator<CorpusFile> {
  for (const platform of PLATFORMS_HERE) {
    for (const path of filesBelow(corpus, join('configs', platform))) {
      yield { path, platform, text: readText(corpus, path) };
    }
  }
}

/** Files below a folder of the corpus, sorted, as paths with `/` below the corpus folder. */
export function filesBelow(corpus: string, folder: string): string[] {
  return readdirSync(join(corpus, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(corpus, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Rows of a table with a header line, by column name. Fields in double quotes have them doubled inside. */
export function readTable(text: string, separator: ',' | '\t'): readonly Readonly<Record<string, string>>[] {
  const [header, ...lines] = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const columns = fields(header ?? '', separator);
  return lines.map((line) => {
    const values = fields(line, separator);
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  });
}

function fields(line: string, separator: ',' | '\t'): string[] {
  const values: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      const quoted = /^"(?<text>(?:[^"]|"")*)"/u.exec(line.slice(at));
      if (quoted?.groups !== undefined) {
        values.push((quoted.groups['text'] ?? '').replaceAll('""', '"'));
        at += quoted[0].length + 1;
        continue;
      }
    }
    const end = line.indexOf(separator, at);
    values.push(line.slice(at, end < 0 ? undefined : end));
    if (end < 0) break;
    at = end + 1;
  }
  return values;
}
