import type { Stage, StageList, Step } from '../model/device.ts';
import type { MatchExpression, Rule, RuleList } from '../model/rule.ts';
import type { Filter } from './filters.ts';

/**
 * `then packet-mode` in an input filter takes packets out of flow processing: they pass without any policy (Junos
 * "Selective Stateless Packet-Based Services"). The terms that do so come before the policies of every lookup; a packet
 * that an earlier term of the filter has taken does not reach them.
 */
export function withSelectivePacketMode(
  steps: readonly Step[],
  before: readonly Step[],
  filters: readonly Filter[],
): readonly Step[] {
  const lists = before.flatMap((step) => (step.kind === 'stage' ? bypasses(step.stage, filters) : []));
  if (lists.length === 0) return steps;
  return steps.map((step): Step =>
    step.kind === 'stage' ? { kind: 'stage', stage: { ...step.stage, lists: [...lists, ...step.stage.lists] } } : step,
  );
}

function bypasses(stage: Stage, filters: readonly Filter[]): readonly StageList[] {
  const earlier: Rule[] = [];
  const found: StageList[] = [];
  for (const { list, binding } of stage.lists) {
    const bypassing = filters.find((filter) => filter.list === list)?.packetMode ?? [];
    const rules: Rule[] = [];
    for (const rule of list.rules) {
      if (bypassing.includes(rule)) rules.push(bypass(rule, earlier));
      if (rule.action.kind !== 'continue') earlier.push(rule);
    }
    if (rules.length === 0) continue;
    const copy: RuleList = { ...list, name: `${list.name} (packet mode)`, rules };
    found.push({ list: copy, binding });
  }
  return found;
}

function bypass(rule: Rule, earlier: readonly Rule[]): Rule {
  const own = rule.also === undefined ? [] : [rule.also];
  const none: MatchExpression = { kind: 'not', of: { kind: 'any', of: earlier.map(matchOf) } };
  const also: MatchExpression = { kind: 'all', of: earlier.length === 0 ? own : [...own, none] };
  return also.of.length === 0 ? rule : { ...rule, also };
}

/** What a rule matches as an expression; whatever is not certain about it is undecided. */
function matchOf({ match, also, conditions, span, text, from, to }: Rule): MatchExpression {
  const open = from !== undefined || to !== undefined ? [{ kind: 'route', name: text, span } as const] : [];
  return {
    kind: 'all',
    of: [
      { kind: 'match', match, span, text },
      ...(also === undefined ? [] : [also]),
      ...[...conditions, ...open].map((condition): MatchExpression => ({ kind: 'undecided', condition })),
    ],
  };
}
