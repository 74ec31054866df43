import type { Condition } from '../../parsers/model/condition.ts';
import type { Crossing } from '../../parsers/model/device.ts';
import type { MatchExpression, PacketMatch, Rule } from '../../parsers/model/rule.ts';

/** The field a condition hangs on: the same host name as a source and as a destination are two facts about a packet. */
export type ConditionField = 'rule' | 'source' | 'destination' | 'service';

/** Values assumed for facts, by `factOf`. A fact that is not in it is undecided. */
export type World = ReadonlyMap<string, boolean>;

/** Nothing assumed. */
export const OPEN_WORLD: World = new Map();

/**
 * The most facts that all combinations are tried for (2⁸ evaluations). Beyond it each occurrence counts as a fact of
 * its own, which widens `possible` and narrows `definite`, never the reverse.
 */
const MAX_WORLD_FACTS = 8;

/**
 * The fact that a condition states, or undefined for conditions that are a matter of each line and packet (header
 * fields, text not understood): those never speak for one another.
 */
function factOf(condition: Condition, field: ConditionField): string | undefined {
  switch (condition.kind) {
    case 'time-range':
    case 'route':
    case 'runtime-state':
      return `${condition.kind}:${condition.name}`;
    case 'fqdn':
    case 'dynamic-group':
    case 'identity':
      return `${condition.kind}:${field}:${condition.name}`;
    case 'application':
    case 'header':
    case 'undefined-reference':
    case 'not-understood':
    case 'vendor-unverified':
      return undefined;
  }
}

/**
 * The fact that decides one side of a match: whether its conditions hold, taken together. A group of two host names matches
 * the packets of either, so what is true of the one says nothing of the group; two places that use the group agree.
 */
function fieldFactOf(conditions: readonly Condition[], field: ConditionField): string | undefined {
  const facts = new Set<string>();
  for (const condition of conditions) {
    const fact = factOf(condition, field);
    if (fact === undefined) return undefined;
    facts.add(fact);
  }
  return [...facts].sort().join(' ');
}

/** Whether one side of a match is `may` in the world (true), `must` (false), or either. */
export function fieldHolds(conditions: readonly Condition[], field: ConditionField, world: World): boolean | undefined {
  if (conditions.length === 0) return true;
  const fact = world.size === 0 ? undefined : fieldFactOf(conditions, field);
  return fact === undefined ? undefined : world.get(fact);
}

/** Whether all conditions hold in the world; `undefined` while one is undecided and none is false. */
export function allHold(conditions: readonly Condition[], field: ConditionField, world: World): boolean | undefined {
  let undecided = false;
  for (const condition of conditions) {
    const fact = factOf(condition, field);
    const value = fact === undefined ? undefined : world.get(fact);
    if (value === false) return false;
    if (value === undefined) undecided = true;
  }
  return undecided ? undefined : true;
}

/**
 * The worlds to try for a crossing: all combinations of the facts that more than one rule rests on. A fact that only
 * one rule rests on is exact without trying (it decides once, or not at all).
 */
export function worldsOf(crossing: Crossing): readonly World[] {
  const uses = new Map<string, number>();
  for (const step of crossing.steps) {
    if (step.kind !== 'stage') continue;
    for (const { list } of step.stage.lists) for (const rule of list.rules) countFacts(rule, uses);
  }
  const shared = [...uses].filter(([, count]) => count > 1).map(([fact]) => fact);
  if (shared.length === 0 || shared.length > MAX_WORLD_FACTS) return [OPEN_WORLD];
  let worlds: Map<string, boolean>[] = [new Map()];
  for (const fact of shared) {
    worlds = worlds.flatMap((world) => [new Map(world).set(fact, true), new Map(world).set(fact, false)]);
  }
  return worlds;
}

function countFacts(rule: Rule, uses: Map<string, number>): void {
  if (!rule.enabled) return;
  const count = (conditions: readonly Condition[], field: ConditionField): void => {
    const facts =
      field === 'rule' ? conditions.map((condition) => factOf(condition, field)) : [fieldFactOf(conditions, field)];
    for (const fact of facts) if (fact !== undefined) uses.set(fact, (uses.get(fact) ?? 0) + 1);
  };
  count(rule.conditions, 'rule');
  countMatch(rule.match, count);
  if (rule.also !== undefined) countExpression(rule.also, uses, count);
}

type Count = (conditions: readonly Condition[], field: ConditionField) => void;

function countMatch(match: PacketMatch, count: Count): void {
  if (match.source.conditions.length > 0) count(match.source.conditions, 'source');
  if (match.destination.conditions.length > 0) count(match.destination.conditions, 'destination');
  if (match.service.conditions.length > 0) count(match.service.conditions, 'service');
}

function countExpression(expression: MatchExpression, uses: Map<string, number>, count: Count): void {
  switch (expression.kind) {
    case 'all':
    case 'any':
      for (const part of expression.of) countExpression(part, uses, count);
      return;
    case 'not':
      return countExpression(expression.of, uses, count);
    case 'match':
      return countMatch(expression.match, count);
    case 'permitted-by':
      for (const rule of expression.list.rules) countFacts(rule, uses);
      return;
    case 'undecided':
      return count([expression.condition], 'rule');
  }
}
