/** Reads a literate fixture (format: test/fixtures/README.md) into cases. */
import type { Platform } from '../../parsers/model/device.ts';
import type { Expectation } from './fixture-marks.ts';
import type { PacketRow, TableLine } from './fixture-table.ts';
import { FixtureError } from './fixture-error.ts';
import { liftExpectations } from './fixture-marks.ts';
import { isTableLine, readPacketTable } from './fixture-table.ts';

export interface FixtureCase {
  /** `title`, or `title › case`. */
  readonly title: string;
  /** The file, and the line in it where the case begins: for messages. */
  readonly file: string;
  readonly line: number;
  readonly platform: Platform;
  /** The configurations without marks; line n of one is line n of its code block. One mostly. */
  readonly texts: readonly [FixtureText, ...FixtureText[]];
  readonly expectations: readonly Expectation[];
  readonly packets: readonly PacketRow[];
  readonly options: FixtureOptions;
}

export interface FixtureText {
  /** The second word of the fence; the place in the file where there is none. */
  readonly name: string;
  readonly config: string;
  /** Lines of the case's texts before this one: what to add to its line numbers to get those of marks and tables. */
  readonly linesBefore: number;
}

export interface FixtureOptions {
  /** `--untrusted`, `--internal`: segments; `--internal-network`: prefixes. */
  readonly untrusted: readonly string[];
  readonly internal: readonly string[];
  readonly internalNetworks: readonly string[];
  /** `findings: none`, `diagnostics: none`. */
  readonly noFindings: boolean;
  readonly noDiagnostics: boolean;
  /** `detect: yes`: the platform has to be recognised, not told. */
  readonly detect: boolean;
  /** `checks: a b`: findings of these checks are expected; those of others are no matter of the case. Absent: all. */
  readonly checks?: readonly string[];
}

/** The comment character of each platform whose configurations can stand in a fixture. */
const COMMENT_SIGNS: ReadonlyMap<string, { platform: Platform; sign: '!' | '#' }> = new Map([
  ['cisco-ios', { platform: 'cisco-ios', sign: '!' }],
  ['cisco-nxos', { platform: 'cisco-nxos', sign: '!' }],
  ['cisco-iosxr', { platform: 'cisco-iosxr', sign: '!' }],
  ['cisco-asa', { platform: 'cisco-asa', sign: '!' }],
  ['juniper-junos', { platform: 'juniper-junos', sign: '#' }],
  ['paloalto-panos', { platform: 'paloalto-panos', sign: '#' }],
]);

interface Block extends TableLine {
  readonly language: string;
  readonly name: string;
  readonly lines: string[];
}

interface Section {
  readonly title: string;
  readonly line: number;
  readonly blocks: Block[];
  readonly table: TableLine[];
  readonly prose: TableLine[];
}

/** The cases of one file. Throws FixtureError, naming the line, on what it cannot read. */
export function readFixture(file: string, text: string): FixtureCase[] {
  const sections = splitSections(text);
  const [head] = sections;
  if (head === undefined || head.title === '') throw new FixtureError(file, 1, 'a fixture begins with "# title"');
  const cases = sections.flatMap((section) => {
    if (section.blocks.length > 0) return [readCase(file, head, section)];
    if (section.table.length > 0) throw new FixtureError(file, section.line, 'a packet table without a config');
    return [];
  });
  if (cases.length === 0) throw new FixtureError(file, 1, 'no config block of a known platform');
  return cases;
}

function splitSections(text: string): Section[] {
  const sections: Section[] = [];
  let fence: { mark: string; block: Block | undefined } | undefined;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const here: TableLine = { text: line, line: index + 1 };
    const current = sections.at(-1);
    if (fence !== undefined) {
      if (line.trimEnd() === fence.mark) fence = undefined;
      else fence.block?.lines.push(line);
      continue;
    }
    const heading = /^#{1,2}\s+(?<title>.+)$/u.exec(line)?.groups?.['title'];
    const opening = /^(?<mark>`{3,})(?<language>[\w-]*)(?:\s+(?<name>\S+))?\s*$/u.exec(line)?.groups;
    if (heading !== undefined) {
      sections.push({ title: heading.trim(), line: index + 1, blocks: [], table: [], prose: [] });
    } else if (opening !== undefined) {
      const language = opening['language'] ?? '';
      const block = COMMENT_SIGNS.has(language)
        ? { ...here, language, name: opening['name'] ?? '', lines: [] }
        : undefined;
      if (block !== undefined) current?.blocks.push(block);
      fence = { mark: opening['mark'] ?? '```', block };
    } else if (isTableLine(line)) current?.table.push(here);
    else current?.prose.push(here);
  }
  return sections;
}

function readCase(file: string, head: Section, section: Section): FixtureCase {
  const { platform, sign } = platformOf(file, section);
  const { options, bom, crlf } = readOptions(file, section.prose);
  const end = crlf ? '\r\n' : '\n';
  const texts: FixtureText[] = [];
  const lines: string[] = [];
  const expectations: Expectation[] = [];
  for (const block of section.blocks) {
    const lifted = liftExpectations(block.lines, sign, file, block.line + 1);
    const linesBefore = lines.length;
    expectations.push(...lifted.expectations.map((mark) => ({ ...mark, line: mark.line + linesBefore })));
    lines.push(...lifted.config);
    const config = `${bom ? '\u{feff}' : ''}${lifted.config.map((line) => `${line}${end}`).join('')}`;
    texts.push({ name: block.name === '' ? `${file}:${section.line}` : block.name, config, linesBefore });
  }
  const packets = readPacketTable(section.table, lines, file);
  if (packets.length + expectations.length === 0 && !options.noFindings && !options.noDiagnostics && !options.detect) {
    throw new FixtureError(file, section.line, 'the case expects nothing');
  }
  const [text, ...others] = texts;
  if (text === undefined) throw new FixtureError(file, section.line, 'no config block');
  return {
    title: section === head ? head.title : `${head.title} › ${section.title}`,
    file,
    line: section.line,
    platform,
    texts: [text, ...others],
    expectations,
    packets,
    options,
  };
}

/** The platform of a case's code blocks: several describe one device together, and each of them needs a name. */
function platformOf(file: string, { blocks, line }: Section): { platform: Platform; sign: '!' | '#' } {
  const [first] = blocks;
  const known = COMMENT_SIGNS.get(first?.language ?? '');
  if (first === undefined || known === undefined) throw new FixtureError(file, line, 'no config block');
  const names = new Set(blocks.map(({ name }) => name));
  const odd = blocks.find(({ language, name }) => language !== first.language || name === '');
  if (blocks.length > 1 && (odd !== undefined || names.size < blocks.length)) {
    const message = 'several config blocks are one bundle: name each behind its language, or begin a new "##" case';
    throw new FixtureError(file, blocks[1]?.line ?? line, message);
  }
  return known;
}

/** Lines of the prose that set something: `flags: …`, `findings: none`, `diagnostics: none`, `detect: yes`, `text: …`, `checks: …`. */
function readOptions(
  file: string,
  prose: readonly TableLine[],
): { options: FixtureOptions; bom: boolean; crlf: boolean } {
  const flags: Record<string, string[]> = { '--untrusted': [], '--internal': [], '--internal-network': [] };
  const words = new Set<string>();
  const checks: string[] = [];
  for (const { text, line } of prose) {
    const setting = /^(?<key>flags|findings|diagnostics|detect|text|checks):\s+(?<value>\S.*)$/u.exec(text)?.groups;
    const values = (setting?.['value'] ?? '').trim().split(/[\s,]+/u);
    const key = setting?.['key'];
    if (key === 'flags') readFlags(file, line, values, flags);
    else if (key === 'checks') checks.push(...values);
    else if (key !== undefined) {
      for (const value of values) words.add(checkedSetting(file, line, `${key}: ${value}`));
    }
  }
  return {
    options: {
      untrusted: flags['--untrusted'] ?? [],
      internal: flags['--internal'] ?? [],
      internalNetworks: flags['--internal-network'] ?? [],
      noFindings: words.has('findings: none'),
      noDiagnostics: words.has('diagnostics: none'),
      detect: words.has('detect: yes'),
      ...(checks.length === 0 ? {} : { checks }),
    },
    bom: words.has('text: bom'),
    crlf: words.has('text: crlf'),
  };
}

const SETTINGS = ['findings: none', 'diagnostics: none', 'detect: yes', 'text: bom', 'text: crlf'];

function checkedSetting(file: string, line: number, setting: string): string {
  if (SETTINGS.includes(setting)) return setting;
  throw new FixtureError(file, line, `"${setting}" is no setting; there are: ${SETTINGS.join('; ')}`);
}

function readFlags(file: string, line: number, words: readonly string[], flags: Record<string, string[]>): void {
  let values: string[] | undefined;
  for (const word of words) {
    if (!word.startsWith('--') && values !== undefined) {
      values.push(word);
      continue;
    }
    values = flags[word];
    if (values === undefined) throw new FixtureError(file, line, `"${word}" is no flag of a fixture`);
  }
}
