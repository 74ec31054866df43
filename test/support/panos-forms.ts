/** A tree of a PAN-OS configuration, written in each of the three forms. */
import { UUID } from '../../parsers/paloalto-panos/places.ts';
import type { PanNode } from '../../parsers/paloalto-panos/tree.ts';

export interface PanosForms {
  readonly set: string;
  readonly braces: string;
  readonly xml: string;
}

/** Lists of named entries, by the word they stand below. */
const ENTRIES: ReadonlySet<string> = new Set(
  `vsys device-group template template-stack rules address address-group service service-group application
application-group application-filter external-list region schedule tag profile-group zone ethernet aggregate-ethernet
units static-route virtual-router devices variable ip match-list profiles users`.split(/\s+/),
);

/** Writes a tree in all forms; `version` and the like, which only XML has, are left out. */
export function allForms(root: PanNode): PanosForms {
  const children = root.children.filter(({ word }) => !['version', 'detail-version', 'serial'].includes(word));
  const inside = (words: readonly string[]): readonly PanNode[] => children.filter(({ word }) => words.includes(word));
  const apart = ['mgt-config', 'shared', 'readonly', 'panorama', 'policy'];
  const outer = inside(apart);
  const inner = children.filter(({ word }) => !apart.includes(word));
  const xml = [
    '<?xml version="1.0"?>',
    '<config version="10.1.0" urldb="paloaltonetworks">',
    ...outer.flatMap((node) => xmlOf(node, false, 1)),
    ' <devices>',
    '  <entry name="localhost.localdomain">',
    ...inner.flatMap((node) => xmlOf(node, false, 3)),
    '  </entry>',
    ' </devices>',
    '</config>',
  ];
  return {
    set: lines(children.flatMap((node) => setOf(node, []))),
    braces: lines(children.flatMap((node) => bracesOf(node, 0))),
    xml: lines(xml),
  };
}

/** A tree as indented words, for comparing. Identifiers of rules stand behind their names. */
export function printTree(node: PanNode, depth = 0): string[] {
  return node.children.flatMap((each) => [
    `${' '.repeat(depth)}${each.word}${each.uuid === undefined ? '' : ` #${each.uuid}`}`,
    ...printTree(each, depth + 1),
  ]);
}

function lines(all: readonly string[]): string {
  return all.length === 0 ? '' : `${all.join('\n')}\n`;
}

/** As the device quotes: names with blanks in double quotes, texts with a double quote in single ones. */
function quoted(word: string): string {
  if (word.includes('"')) return `'${word}'`;
  return word === '' || /[\s;{}[\]']/u.test(word) ? `"${word}"` : word;
}

function setOf(node: PanNode, above: readonly string[]): string[] {
  const path = [...above, quoted(node.word)];
  const uuid = node.uuid === undefined ? [] : [`set ${path.join(' ')} uuid ${node.uuid}`];
  if (node.children.length === 0) return [...uuid, `set ${path.join(' ')}`];
  if (isList(node)) return [...uuid, `set ${path.join(' ')} ${bracketed(node)}`];
  return [...uuid, ...node.children.flatMap((each) => setOf(each, path))];
}

/** Several values that stand in one pair of brackets. */
function isList({ children, word }: PanNode): boolean {
  return children.length > 1 && !ENTRIES.has(word) && children.every((each) => each.children.length === 0);
}

function bracketed({ children }: PanNode): string {
  return `[ ${children.map(({ word }) => quoted(word)).join(' ')} ]`;
}

function bracesOf(node: PanNode, depth: number): string[] {
  const pad = ' '.repeat(2 * depth);
  const { children, uuid } = node;
  const name = `${quoted(node.word)}${uuid === undefined ? '' : ` ${uuid}`}`;
  const [only] = children;
  if (uuid === undefined && !ENTRIES.has(node.parent?.word ?? '')) {
    if (children.length === 1 && only?.children.length === 0) return [`${pad}${name} ${quoted(only.word)};`];
    if (isList(node)) return [`${pad}${name} ${bracketed(node)};`];
  }
  if (children.length === 0 && uuid === undefined) return [`${pad}${name};`];
  return [`${pad}${name} {`, ...children.flatMap((each) => bracesOf(each, depth + 1)), `${pad}}`];
}

function xmlOf(node: PanNode, isMember: boolean, depth: number): string[] {
  const pad = ' '.repeat(depth);
  const { word, children, uuid } = node;
  const isEntry = ENTRIES.has(node.parent?.word ?? '') || !/^[a-z][\w.-]*$/u.test(word) || uuid !== undefined;
  if (isMember) return [`${pad}<member>${escaped(word)}</member>`];
  const given = uuid !== undefined && UUID.test(uuid) ? ` uuid="${uuid}"` : '';
  const open = isEntry ? `entry name="${escaped(word)}"${given}` : word;
  const close = isEntry ? 'entry' : word;
  const [only] = children;
  if (only === undefined) return [`${pad}<${open}/>`];
  const hasValues = !ENTRIES.has(word) && children.every((each) => each.children.length === 0);
  if (hasValues && children.length === 1 && !isEntry) return [`${pad}<${open}>${escaped(only.word)}</${close}>`];
  return [`${pad}<${open}>`, ...children.flatMap((each) => xmlOf(each, hasValues, depth + 1)), `${pad}</${close}>`];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
