import type { Notes } from './notes.ts';
import { isGroupWord, replacedBy } from './single-values.ts';
import { child, entries, type JunosNode } from './tree.ts';
import { isWildcard, wildcard } from './wildcards.ts';

/** Takes out everything that is switched off. */
export function pruneInactive(node: JunosNode): void {
  for (const each of node.children.filter(({ inactive }) => inactive)) {
    node.drop(each);
    node.emptied = true;
  }
  for (const each of node.children) pruneInactive(each);
}

/** Takes out the statements about groups, so that nobody takes them for names or conditions. */
export function takeGroupWords(node: JunosNode): JunosNode[] {
  const found = node.children.filter(({ word }) => isGroupWord(word));
  for (const each of found) node.detach(each);
  for (const each of node.children) found.push(...takeGroupWords(each));
  return found;
}

/**
 * Fills prefix lists that name their members by a path (`apply-path "interfaces <*> unit <*> family inet address <*>"`):
 * what the last word matches becomes a member, as the network that holds it (Junos `apply-path` statement page).
 */
export function expandApplyPaths(root: JunosNode, notes: Notes): void {
  const scopes = [root, ...entries(root, 'logical-systems'), ...entries(root, 'tenants')];
  for (const scope of scopes) {
    for (const list of entries(scope, 'policy-options', 'prefix-list')) {
      for (const path of entries(list, 'apply-path')) {
        const words = path.word.trim().split(/\s+/);
        const found = matches(scope, words);
        for (const from of found) {
          if (from.parent === undefined || list.get(from.word) !== undefined) continue;
          list.take(from.word, from.span, { group: 'apply-path', applied: path.span, from, conditional: false });
        }
        if (found.length === 0) {
          const message = `the apply-path of prefix-list ${list.word} matches nothing`;
          notes.diagnose('junos/empty-apply-path', 'note', path.span, message, 'the list is judged without it');
        }
      }
    }
  }
}

function matches(scope: JunosNode, words: readonly string[]): readonly JunosNode[] {
  let found: readonly JunosNode[] = [scope];
  for (const word of words) {
    found = found.flatMap((node) =>
      isWildcard(word)
        ? node.children.filter((each) => !isGroupWord(each.word) && wildcard(word)(each.word))
        : (node.get(word) ?? []),
    );
  }
  return found;
}

/**
 * Gives the settings of interface ranges to their members, below what those say themselves. A member without a wildcard
 * is an interface even where nothing else names it.
 */
export function expandInterfaceRanges(root: JunosNode, notes: Notes): void {
  const scopes = [root, ...entries(root, 'logical-systems'), ...entries(root, 'tenants')];
  for (const scope of scopes) {
    const interfaces = child(scope, 'interfaces');
    if (interfaces === undefined) continue;
    for (const range of entries(interfaces, 'interface-range')) {
      for (const { name, by } of members(interfaces, range, notes)) {
        merge(interfaces.take(name, by.span), range, range.word, by);
      }
    }
  }
}

const RANGE_WORDS: ReadonlySet<string> = new Set(['member', 'member-range']);

function members(interfaces: JunosNode, range: JunosNode, notes: Notes): readonly { name: string; by: JunosNode }[] {
  const found: { name: string; by: JunosNode }[] = [];
  for (const by of entries(range, 'member')) {
    if (!/[*?[\]<>]/.test(by.word)) found.push({ name: by.word, by });
    else {
      const test = wildcard(by.word);
      for (const { word } of interfaces.children)
        if (word !== 'interface-range' && test(word)) found.push({ name: word, by });
    }
  }
  for (const by of entries(range, 'member-range')) {
    const to = child(by, 'to')?.children[0];
    const first = /^(?<stem>.*?)(?<number>\d+)$/.exec(by.word)?.groups;
    const last = /^(?<stem>.*?)(?<number>\d+)$/.exec(to?.word ?? '')?.groups;
    const [from, end] = [Number(first?.['number']), Number(last?.['number'])];
    if (
      first === undefined ||
      last === undefined ||
      first['stem'] !== last['stem'] ||
      end < from ||
      end - from > 1000
    ) {
      notes.diagnose(
        'junos/interface-range',
        'warning',
        by.span,
        `the members of interface-range ${range.word} are not understood`,
        'what the range gives to them (filters, zones) is missing',
      );
      notes.mark(by, 'unsupported');
      continue;
    }
    for (let number = from; number <= end; number += 1) found.push({ name: `${first['stem'] ?? ''}${number}`, by });
  }
  return found;
}

function merge(to: JunosNode, from: JunosNode, group: string, by: JunosNode): void {
  for (const each of from.children) {
    if (isGroupWord(each.word) || (from === by.parent?.parent && RANGE_WORDS.has(each.word))) continue;
    const known = to.get(each.word);
    if (known === undefined && replacedBy(to, each.word).length > 0) continue;
    const inheritance = { group: `interface-range ${group}`, applied: by.span, from: each, conditional: false };
    merge(known ?? to.take(each.word, each.span, inheritance), each, group, by);
  }
}
