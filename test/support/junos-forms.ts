/** A Junos configuration in braces, written again in the other two forms: set lines and XML. */
import type { BraceItem, BraceStatement } from '../../parsers/syntax/braces.ts';
import type { Part } from '../../parsers/syntax/set-lines.ts';
import { readBraces } from '../../parsers/syntax/braces.ts';
import { readLines } from '../../parsers/syntax/lines.ts';

export interface JunosForms {
  readonly set: string;
  readonly xml: string;
}

/** Undefined for texts with something that the forms do not share: `delete:`, `replace:`, commands, broken braces. */
export function otherForms(braces: string): JunosForms | undefined {
  const lines = readLines(braces).filter(({ text }) => !text.startsWith('!'));
  const { items, problems } = readBraces(lines, () => false);
  if (problems.length > 0 || !items.every(isShared)) return undefined;
  const deactivated: string[] = [];
  const set = [...setLines(items, [], deactivated), ...deactivated];
  const xml = ['<rpc-reply>', '<configuration>', ...xmlLines(items, [], 1), '</configuration>', '</rpc-reply>'];
  return { set: `${set.join('\n')}\n`, xml: `${xml.join('\n')}\n` };
}

function isShared(item: BraceItem): boolean {
  if (item.kind !== 'statement') return false;
  if (item.tags.some(({ text }) => text !== 'inactive' && text !== 'protect')) return false;
  return item.block?.every(isShared) ?? true;
}

function statements(items: readonly BraceItem[]): readonly BraceStatement[] {
  return items.filter((item) => item.kind === 'statement');
}

function isInactive({ tags }: BraceStatement): boolean {
  return tags.some(({ text }) => text === 'inactive');
}

/** The words of a statement, once for each member of a list. */
function spelledOut(parts: readonly Part[]): string[][] {
  let all: string[][] = [[]];
  for (const part of parts) {
    const words = 'text' in part ? [part.text] : part.map(({ text }) => text);
    all = all.flatMap((before) => words.map((word) => [...before, word]));
  }
  return all;
}

function setLines(items: readonly BraceItem[], above: readonly string[], deactivated: string[]): string[] {
  return statements(items).flatMap((statement) =>
    spelledOut(statement.parts).flatMap((words) => {
      const path = [...above, ...words];
      if (isInactive(statement)) {
        const kept = statement.block === undefined ? words.slice(0, entryWords(words)) : words;
        deactivated.push(`deactivate ${[...above, ...kept].map(quoted).join(' ')}`);
      }
      if (statement.block === undefined || statement.block.length === 0) return [`set ${path.map(quoted).join(' ')}`];
      return setLines(statement.block, path, deactivated);
    }),
  );
}

/** How many words of a statement without a block name what `inactive:` switches off. */
function entryWords(words: readonly string[]): number {
  return words.length === 2 && words[1] === 'except' ? 1 : 2;
}

function quoted(word: string): string {
  return word === '' || /[\s"#;{}[\]\\]/u.test(word) ? `"${word.replaceAll(/["\\]/gu, String.raw`\$&`)}"` : word;
}

const XML_NAME = /^[A-Za-z_][\w.-]*$/u;

/** Statements whose children are named entries of one kind, by the element that the XML form puts around each. */
const WRAPPED: ReadonlyMap<string, string> = new Map([
  ['interfaces', 'interface'],
  ['routing-instances', 'instance'],
  ['vlans', 'vlan'],
]);
const NOT_WRAPPED = /^(?:apply-groups|apply-groups-except|interface-range|traceoptions|instance-import)$/u;

function xmlLines(items: readonly BraceItem[], above: readonly string[], depth: number): string[] {
  return statements(items).flatMap((statement) =>
    spelledOut(statement.parts).flatMap((words) => {
      const inactive = isInactive(statement) ? ' inactive="inactive"' : '';
      return element(statement, words, above, depth, inactive);
    }),
  );
}

function element(
  statement: BraceStatement,
  words: readonly string[],
  above: readonly string[],
  depth: number,
  inactive: string,
): string[] {
  const pad = ' '.repeat(depth);
  const [first = '', second, ...rest] = words;
  const children = statement.block === undefined ? [] : xmlLines(statement.block, [...above, ...words], depth + 1);
  const [third, fourth] = rest;
  if (first === 'from-zone' && third === 'to-zone' && second !== undefined && fourth !== undefined) {
    const zones = `<from-zone-name>${escaped(second)}</from-zone-name><to-zone-name>${escaped(fourth)}</to-zone-name>`;
    const more = rest.slice(2);
    const inner = more.length === 0 ? children : element(statement, more, above, depth + 1, '');
    return [`${pad}<policy${inactive}>${zones}`, ...inner, `${pad}</policy>`];
  }
  const isTop = above.length === 1 || (above.length === 3 && above[0] === 'groups');
  const wrapper = isTop && !NOT_WRAPPED.test(first) ? WRAPPED.get(above.at(-1) ?? '') : undefined;
  if (wrapper !== undefined || !XML_NAME.test(first)) {
    const tag = wrapper ?? 'contents';
    const inner =
      second === undefined ? children : element(statement, words.slice(1), [...above, first], depth + 1, '');
    return [`${pad}<${tag}${inactive}>`, `${pad} <name>${escaped(first)}</name>`, ...inner, `${pad}</${tag}>`];
  }
  if (second === undefined) return block(`${pad}<${first}${inactive}`, children, `${pad}</${first}>`);
  if (statement.block === undefined && rest.length === 0)
    return [`${pad}<${first}${inactive}>${escaped(second)}</${first}>`];
  // What is switched off is the last word of a block's statement, the second word of others.
  const isDeeper = statement.block !== undefined && rest.length > 0;
  const inner =
    rest.length === 0
      ? children
      : element(statement, rest, [...above, first, second], depth + 1, isDeeper ? inactive : '');
  const head = `${pad}<${first}${isDeeper ? '' : inactive}>`;
  return [head, `${pad} <name>${escaped(second)}</name>`, ...inner, `${pad}</${first}>`];
}

function block(open: string, children: readonly string[], close: string): string[] {
  return children.length === 0 ? [`${open}/>`] : [`${open}>`, ...children, close];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
