import type { XmlElement } from '../syntax/xml.ts';
import type { Word } from '../syntax/quoted-words.ts';
import type { TreeBuilder } from './build.ts';
import { ownPath, Patterns } from './patterns.ts';
import type { JunosNode } from './tree.ts';

/**
 * Elements that the other forms do not show, by the statement they stand in (`''` is anywhere): `<interface>` in
 * `<interfaces>`, `<filter-name>` in `<input>` (Junos XML configuration schema).
 */
const UNSEEN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    ['interfaces', 'interface'],
    ['routing-instances', 'instance'],
    ['vlans', 'vlan'],
    [
      '',
      'contents prefix-list-item filter-name ip-prefix range-high range-low ipaddr addr-prefix pool-name dst-addr src-addr dst-port low high',
    ],
  ].map(([place = '', names = '']) => [place, new Set(names.split(' '))]),
);

/** Elements that the other forms call otherwise. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['src-nat-rule-match', 'match'],
  ['dest-nat-rule-match', 'match'],
  ['static-nat-rule-match', 'match'],
]);

/** Elements that name what they stand in, beside `<name>`. */
const KEYS: ReadonlySet<string> = new Set(['name']);

/** Statements whose name in the other forms is several words. */
const PAIRS: readonly (readonly [element: string, first: string, second: string])[] = [
  ['policy', 'from-zone-name', 'to-zone-name'],
];

/** Places where `interface` and the like are names of statements, though their parent is in UNSEEN. */
const SEEN: Patterns<true> = new Patterns([['security zones security-zone * interfaces', true]]);

/** Puts the elements of every `<configuration>` into the tree. Returns whether there was one. */
export function addXml(builder: TreeBuilder, roots: readonly XmlElement[]): boolean {
  let isFound = false;
  for (const root of roots) {
    if (localName(root) === 'configuration') {
      isFound = true;
      for (const each of root.children) add(builder, builder.root, each);
    } else if (addXml(builder, root.children)) isFound = true;
  }
  return isFound;
}

function localName({ name }: XmlElement): string {
  return name.text.slice(name.text.indexOf(':') + 1);
}

function add(builder: TreeBuilder, parent: JunosNode, element: XmlElement): void {
  const { name, children, text, endLine } = element;
  // Elements of the namespace `junos:` are about the configuration (comments), not of it.
  if (name.text.startsWith('junos:')) {
    builder.fixed.set(name.line, 'no-effect');
    return;
  }
  const { words, isPair } = headOf(parent, element);
  const all = text === undefined ? words : [...words, text];
  if (element.attributes.get('delete') === 'delete' || element.attributes.get('operation') === 'delete') {
    for (const node of builder.find(parent, all)) node.parent?.drop(node);
    builder.fixed.set(name.line, 'modelled');
    return;
  }
  const isReplaced =
    element.attributes.get('replace') === 'replace' || element.attributes.get('operation') === 'replace';
  if (isReplaced) for (const node of builder.find(parent, all)) node.parent?.drop(node);
  const [node = parent] = builder.statement(parent, all);
  builder.note(name.line, node);
  builder.note(endLine, node);
  if (element.isCut) node.cut = true;
  if (element.attributes.get('inactive') === 'inactive' && node !== parent) node.inactive = true;
  for (const each of children) if (!isKey(each, isPair)) add(builder, node, each);
}

function isKey(element: XmlElement, isPair: boolean): boolean {
  const local = localName(element);
  return KEYS.has(local) || (isPair && PAIRS.some(([, first, second]) => local === first || local === second));
}

/** The words that an element stands for: its own, where it is seen, and its name. */
function headOf(parent: JunosNode, element: XmlElement): { readonly words: readonly Word[]; readonly isPair: boolean } {
  const local = localName(element);
  const given = (key: string): Word | undefined => element.children.find((each) => localName(each) === key)?.text;
  for (const [name, first, second] of PAIRS) {
    const [from, to] = [given(first), given(second)];
    if (local !== name || from === undefined || to === undefined) continue;
    const keyword = (text: string): Word => ({ ...element.name, text });
    return {
      words: [keyword(first.replace(/-name$/, '')), from, keyword(second.replace(/-name$/, '')), to],
      isPair: true,
    };
  }
  const isUnseen =
    UNSEEN.get('')?.has(local) === true ||
    (UNSEEN.get(parent.word)?.has(local) === true && SEEN.exactly(ownPath(parent)) !== true);
  const own: readonly Word[] = isUnseen ? [] : [{ ...element.name, text: RENAMED.get(local) ?? local }];
  const key = given('name');
  return { words: key === undefined ? own : [...own, key], isPair: false };
}
