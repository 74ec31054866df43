import type { Decision } from '../evaluate/evaluation.ts';

export type RuleDecision = Extract<Decision, { kind: 'rule' }>;

/** The rules among decisions, in the order of the path. */
export function ruleDecisions(decisions: readonly Decision[]): RuleDecision[] {
  return decisions.filter((decision) => decision.kind === 'rule');
}

/**
 * Tells decisions apart by the rules that let packets through, whatever interface they are bound to; where no rule
 * did, by the defaults.
 */
export function decisionKey(decisions: readonly Decision[]): string {
  const rules = ruleDecisions(decisions);
  if (rules.length > 0) {
    return JSON.stringify(rules.map(({ list, rule }) => [list.kind, list.name, rule.id, rule.span.line]));
  }
  return JSON.stringify(
    decisions.map((decision) => [decision.stage.id, decision.kind === 'default' ? decision.otherwise.reason : '']),
  );
}

/** Position of the first deciding rule in the text, for sorting; defaults stand last. */
export function decisionLine(decisions: readonly Decision[]): number {
  return ruleDecisions(decisions)[0]?.rule.span.line ?? Number.MAX_SAFE_INTEGER;
}

/** `access list OUTSIDE-IN rule 30`, or the reason of a default. */
export function decisionName(decision: Decision): string {
  if (decision.kind === 'default') return decision.otherwise.reason;
  const { list, rule } = decision;
  return `${list.kind} ${list.name} rule ${rule.id}`;
}

/** What `show access-list` and `show access-lists` write into an entry: its place and what it has counted. */
const SHOWN = /(?<=^access-list \S+) line \d+| \(hitcnt=\d+\)| \(\d+ match(?:es)?\)| 0x[\da-f]{8}$/g;

/** The statement of a rule without its own number, which changes when a list is renumbered, and without counters. */
export function statementOf(rule: { readonly id: string; readonly text: string }): string {
  const words = rule.text.trim().split(/\s+/);
  const first = words[0] === rule.id ? 1 : 0;
  const numbered = words.at(-2) === 'sequence' && words.at(-1) === rule.id;
  return words
    .slice(first, numbered ? -2 : undefined)
    .join(' ')
    .replace(SHOWN, '');
}
