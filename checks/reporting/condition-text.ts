import type { Condition, ConditionKind } from '../../parsers/model/condition.ts';
import type { Crossing, Step } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { Span } from '../../parsers/source.ts';
import type { Decision } from '../evaluate/evaluation.ts';

/** What would have to be looked up to decide a condition; `$` stands for its name. */
const ASKS: Readonly<Record<ConditionKind, { readonly named: string; readonly unnamed: string }>> = {
  'time-range': { named: 'time range $ is active or not', unnamed: 'a time range is active or not' },
  fqdn: { named: 'what host name $ resolves to', unnamed: 'what a host name resolves to' },
  'dynamic-group': { named: 'who is a member of $', unnamed: 'who is a member of a dynamic group' },
  identity: { named: 'who sends: $', unnamed: 'who sends' },
  application: { named: 'whether the content is $', unnamed: 'what the content is' },
  header: { named: 'header field $', unnamed: 'other header fields' },
  'runtime-state': { named: 'what happened before: $', unnamed: 'what happened before' },
  route: { named: 'routing: $', unnamed: 'routing' },
  'undefined-reference': {
    named: '$, which the text does not define',
    unnamed: 'a name that the text does not define',
  },
  'not-understood': { named: '$, which was not understood', unnamed: 'a line that was not understood' },
  'vendor-unverified': { named: 'undocumented behaviour: $', unnamed: 'behaviour that the vendor does not document' },
};

/** A condition as a clause after "depends on", with its place: `time range OFFICE is active or not (edge.cfg:12)`. */
export function conditionText({ kind, name, span }: Condition): string {
  const { named, unnamed } = ASKS[kind];
  return `${name === '' ? unnamed : named.replace('$', () => name)} (${place(span)})`;
}

/** Conditions as clauses, each once, in order of appearance. */
export function conditionTexts(conditions: readonly Condition[]): string[] {
  return [...new Set(conditions.map(conditionText))];
}

/**
 * What leaves packets undecided that these decisions may let through on a crossing: conditions, rules that could not be
 * read at or above the deciding ones, defaults that are not known, and translations that are not modelled.
 */
export function openTexts(
  conditions: readonly Condition[],
  decisions: readonly Decision[],
  { steps }: Crossing,
): string[] {
  const unread = decisions.flatMap((decision) => {
    const { lists } = decision.stage;
    if (decision.kind === 'default') {
      const { verdict, reason } = decision.otherwise;
      return [...(verdict === 'unknown' ? [reason] : []), ...lists.flatMap(({ list }) => unreadRules(list, Infinity))];
    }
    const before = lists.slice(
      0,
      Math.max(
        0,
        lists.findIndex(({ list }) => list === decision.list),
      ),
    );
    const above = before.flatMap(({ list }) => unreadRules(list, Infinity));
    return [...above, ...unreadRules(decision.list, decision.list.rules.indexOf(decision.rule))];
  });
  const found = [...new Set([...conditionTexts(conditions), ...unread, ...unmodelled(steps)])];
  return found.length > 0 ? found : chosen(steps);
}

function unmodelled(steps: readonly Step[]): string[] {
  return steps.flatMap((step) =>
    step.kind === 'translation' && step.translation.kind === 'unmodelled'
      ? [`what a translation does that is not modelled (${place(step.translation.span)})`]
      : [],
  );
}

/** A translation that picks an address and a port leaves open what later filters see; it speaks when nothing else does. */
function chosen(steps: readonly Step[]): string[] {
  return steps.flatMap((step) =>
    step.kind === 'translation' && step.translation.kind === 'dynamic-source'
      ? [`which address and port a translation gives (${place(step.translation.span)})`]
      : [],
  );
}

function unreadRules({ kind, name, rules }: RuleList, last: number): string[] {
  return rules
    .slice(0, last + 1)
    .filter(({ action }) => action.kind === 'unknown')
    .map(({ id, span }) => `what rule ${id} of ${kind} ${name} does, which could not be read (${place(span)})`);
}

function place({ source, line }: Span): string {
  return `${source}:${line}`;
}
