import type { StageDefault } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { ListedRule } from '../evaluate/rule-effect.ts';
import { listed } from '../reporting/finding-words.ts';
import type { PubsubRule } from './pubsub-rules.ts';

const SHOWN = 4;

/** Names a rule for comparison and for `rules` of a finding. */
export function ruleName({ list, rule }: ListedRule): string {
  return `${list.name}: ${rule.id}`;
}

/** `rule 40`, `rules 40, 50 of LIST and 3 more`; rules of `home` without its name. */
export function rulesText(rules: readonly ListedRule[], home: RuleList): string {
  const names = rules.map(({ list, rule }) => (list.name === home.name ? rule.id : `${rule.id} of ${list.name}`));
  return `${names.length === 1 ? 'rule' : 'rules'} ${listed(names, SHOWN)}`;
}

/** Catalogue names of the services that rules are about, each once. */
export function servicesOf(rules: readonly PubsubRule[]): string[] {
  return [...new Set(rules.flatMap(({ services }) => services.map(({ name }) => name)))];
}

/** What messages and fixes say of some rules of one list; `id` is the first one's. */
export function ruleData(rules: readonly [PubsubRule, ...PubsubRule[]]): Record<string, string> {
  const [{ list, rule }] = rules;
  return {
    kind: list.kind,
    list: list.name,
    rule: `rule ${rule.id}`,
    id: rule.id,
    rules: rulesText(rules, list),
    services: listed(servicesOf(rules), SHOWN),
  };
}

/** Rules among others, each once, those of the first one's text first, in order of the text. */
export function listedRules(others: readonly (ListedRule | StageDefault)[]): ListedRule[] {
  const found = new Map<string, ListedRule>();
  for (const other of others) if ('rule' in other) found.set(`${other.list.kind} ${ruleName(other)}`, other);
  const source = [...found.values()][0]?.rule.span.source;
  return [...found.values()].sort(
    (a, b) =>
      Number(a.rule.span.source !== source) - Number(b.rule.span.source !== source) ||
      a.rule.span.line - b.rule.span.line ||
      a.rule.span.column - b.rule.span.column,
  );
}

/** A list whose rules fall into more groups than this is told in few: it needs a cleaning, not a list of places. */
const MOST_GROUPS = 12;

type Group<T> = readonly [T, ...T[]];

/** Groups of rules of one list that share a key; where there are too many, those that share `coarse`. Never empty. */
export function groupsBy<T extends PubsubRule>(
  rules: readonly T[],
  fine: (rule: T) => unknown,
  coarse: (rule: T) => unknown = fine,
): Group<T>[] {
  const ofLists = Map.groupBy(rules, ({ list }) => `${list.kind}\n${list.name}`);
  return [...ofLists.values()].flatMap((here) => {
    const groups = grouped(here, fine);
    return groups.length > MOST_GROUPS ? grouped(here, coarse) : groups;
  });
}

function grouped<T>(rules: readonly T[], keyOf: (rule: T) => unknown): Group<T>[] {
  const groups = Map.groupBy(rules, (each) => JSON.stringify(keyOf(each)));
  return [...groups.values()].flatMap(([first, ...others]): Group<T>[] =>
    first === undefined ? [] : [[first, ...others]],
  );
}
