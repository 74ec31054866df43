import type { Family } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { InspectionProfile, Rule, RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import type { Ace, AceReader } from './ace.ts';
import type { AccessListNode, AsaTree, Notes } from './tree.ts';
import { ANY4, ANY_ADDRESS } from '../model/address.ts';
import { lineSpan, splitWords, wordSpan } from '../syntax/lines.ts';
import { condition } from './addresses.ts';
import { inDeviceOrder } from './access-list-order.ts';
import { withCounters } from './hit-counts.ts';
import { readEthertype, readStandard } from './other-access-lists.ts';
import { NO_REMARKS, readRuleRemarks, ruleRemark, type RuleRemark } from './ftd-remarks.ts';
import type { Literals } from './addresses.ts';

export interface ListReader {
  readonly source: string;
  readonly tree: AsaTree;
  readonly notes: Notes;
  readonly aces: AceReader;
  readonly literals: Literals;
  /** Family of extended lists: both since 9.0. */
  readonly family: Family | 'both';
}

/** Every access list of the tree, in order of appearance. */
export function convertAccessLists(reader: ListReader): RuleList[] {
  const { accessLists, ip6AccessLists } = reader.tree;
  return [
    ...[...accessLists.values()].map((node) => convertList(reader, node, 'access-list')),
    ...[...ip6AccessLists.values()].map((node) => convertList(reader, node, 'ipv6 access-list')),
  ].filter((list) => list !== undefined);
}

/** The kinds of lists by the word behind the name; entries without one are the form of PIX. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['extended', 'extended access list'],
  ['advanced', 'advanced access list'],
  ['standard', 'standard access list'],
  ['ethertype', 'EtherType access list'],
  ['webtype', 'webtype access list'],
]);

function convertList(reader: ListReader, node: AccessListNode, statement: string): RuleList | undefined {
  const { source, notes } = reader;
  const ip6 = statement === 'ipv6 access-list';
  const nameAt = ip6 ? 2 : 1;
  const counted = withCounters(source, node.lines, nameAt);
  const { lines, expansions } = inDeviceOrder(counted.lines, node.name, nameAt);
  for (const line of [...counted.counters, ...expansions]) notes.mark(line, 'no-effect');
  const remarks =
    reader.tree.software?.product === 'ftd' || node.name.startsWith('CSM_') ? readRuleRemarks(lines) : NO_REMARKS;
  const rules: Rule[] = [];
  let kind: string | undefined;
  let first: Line | undefined;
  let remark: string | undefined;
  for (const line of lines) {
    const words = splitWords(line.text);
    const at = words[nameAt + 1] === 'line' ? nameAt + 3 : nameAt + 1;
    const word = words[at] ?? '';
    if (word === 'remark') {
      remark = words.slice(at + 1).join(' ');
      notes.mark(line, 'no-effect');
      first ??= line;
      continue;
    }
    const named = KINDS.get(word);
    if (named === undefined && isNoise(words, at)) {
      notes.mark(line, 'no-effect');
      continue;
    }
    first ??= line;
    kind ??= ip6 ? 'IPv6 access list' : (named ?? 'access list');
    const rule = readRule(reader, line, words, named === undefined ? at : at + 1, word, rules.length + 1);
    if (rule === undefined) continue;
    const own = remarks === NO_REMARKS ? undefined : ruleRemark(remarks, words);
    const name = own?.name ?? remark;
    remark = undefined;
    const seen = own?.inspected === true && rule.action.word === 'permit' ? inspected(rule, own, line, notes) : rule;
    const hits = counted.hitsOf(line);
    const known = hits === undefined ? seen : { ...seen, hits };
    rules.push(name === undefined ? known : { ...known, name });
  }
  if (first === undefined) return undefined;
  const family = ip6 ? 6 : reader.family;
  const usedBy = usesOf(reader, node.name);
  const list: RuleList = {
    name: node.name,
    kind: kind ?? 'access list',
    family: kind === 'EtherType access list' ? 'both' : family,
    rules,
    span: lineSpan(source, first),
  };
  return usedBy.length === 0 ? list : { ...list, usedBy };
}

function usesOf(reader: ListReader, name: string): { readonly purpose: string; readonly span: Span }[] {
  return reader.tree.uses
    .filter((use) => use.list === name)
    .map(({ purpose, statement, word }) => ({ purpose, span: reader.notes.wordSpan(statement, word) }));
}

/** Headers and counters of `show access-list`, and settings for all lists. */
function isNoise(words: readonly string[], at: number): boolean {
  const word = words[at];
  return (words[1]?.endsWith(';') ?? false) || words[1] === 'cached' || word === 'elements;' || word === 'compiled';
}

function readRule(
  reader: ListReader,
  line: Line,
  words: readonly string[],
  at: number,
  kind: string,
  number: number,
): Rule | undefined {
  const { source, notes } = reader;
  if (kind === 'webtype') {
    // Filters what users of clientless VPN may open in the portal; packets never meet it.
    notes.mark(line, 'no-effect');
    return undefined;
  }
  const ace =
    kind === 'standard'
      ? readStandard(source, line, words, at, reader.literals, reader.family === 'both' ? ANY_ADDRESS : ANY4)
      : kind === 'ethertype'
        ? readEthertype(source, line, words, at)
        : reader.aces.read(
            line,
            words,
            at,
            words[0] === 'ipv6' ? 'ipv6' : kind === 'advanced' ? 'advanced' : 'extended',
          );
  if (ace.problem !== undefined) reportProblem(reader, line, words, ace.problem);
  else notes.mark(line, isConditional(ace) ? 'conditional' : 'modelled');
  const rule = makeRule(source, line, ace, number);
  return kind === 'advanced' && ace.action.kind === 'permit' ? { ...rule, inspection: inspectionOf(ace) } : rule;
}

/** FTD: `trust` passes a connection by all inspection; which intrusion policy a `permit` has is known to the manager alone. */
function inspectionOf({ action }: Ace): readonly InspectionProfile[] {
  return action.word === 'trust'
    ? []
    : [{ kind: 'vulnerability', name: 'the intrusion policy of the rule', effect: 'unknown' }];
}

function makeRule(source: string, line: Line, ace: Ace & { readonly never?: string }, number: number): Rule {
  const match = { source: ace.source, destination: ace.destination, service: ace.service };
  const rule: Rule = {
    id: `#${number}`,
    text: line.text,
    span: lineSpan(source, line),
    action: ace.action,
    match: ace.never === undefined ? match : { ...match, never: ace.never },
    conditions: ace.conditions,
    enabled: !ace.inactive,
    logging: ace.logging,
    objects: ace.objects,
  };
  if (ace.from === undefined && ace.to === undefined) return rule;
  return {
    ...rule,
    ...(ace.from === undefined ? {} : { from: [ace.from] }),
    ...(ace.to === undefined ? {} : { to: [ace.to] }),
  };
}

function isConditional(ace: Ace): boolean {
  return (
    ace.conditions.length > 0 ||
    ace.source.must !== ace.source.may ||
    ace.destination.must !== ace.destination.may ||
    ace.service.must !== ace.service.may
  );
}

function reportProblem(
  { source, notes }: ListReader,
  line: Line,
  words: readonly string[],
  { word, modifierOnly }: NonNullable<Ace['problem']>,
): void {
  notes.mark(line, modifierOnly ? 'conditional' : 'unrecognised');
  const text = words[word];
  notes.diagnose(
    'asa/ace-not-understood',
    'warning',
    wordSpan(source, line, word),
    text === undefined
      ? 'an access-list entry ends where more is needed'
      : `\`${text}\` is not understood here in an access-list entry`,
    modifierOnly
      ? 'the entry may match what stands before this word and surely matches nothing'
      : 'the entry may match anything that the part before this word allows and surely matches nothing',
  );
}

/**
 * FTD hands some permitted connections to Snort, whose verdict is not in this text (Cisco document 212321, access
 * control policy rule actions): rules with application or URL conditions, even blocking ones, and the default tunnel rule.
 */
function inspected(rule: Rule, remark: RuleRemark, line: Line, notes: Notes): Rule {
  notes.mark(line, 'conditional');
  const found: Condition = condition('application', remark.name ?? `rule ${remark.id}`, rule.span);
  return { ...rule, conditions: [...rule.conditions, found] };
}
