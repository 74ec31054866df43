import type { Condition } from '../../parsers/model/condition.ts';
import type { Stage } from '../../parsers/model/device.ts';
import type { MatchExpression, Rule } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { Decision, Part, Parts } from './evaluation.ts';
import { branchesOf, type Leg } from './path.ts';
import type { RuleNode, RuleTrees, SliceOrAll } from './rule-tree.ts';
import { stageTrees } from './stage-outcome.ts';
import { OPEN_WORLD } from './world.ts';

/** A decision and the packets that it may make it for. */
interface Decided {
  readonly set: PacketSet;
  readonly decision: Decision;
}

/**
 * Who may decide packets of `set` in the stage, in the order of the rules, the default last. `only` keeps decisions
 * that may permit. A packet whose decision is open stands at each of them.
 */
export function decisionsIn(
  space: PacketSpace,
  rules: RuleTrees,
  stage: Stage,
  slice: SliceOrAll,
  set: PacketSet,
  only: 'permits' | 'all',
  limit: number,
): Decided[] {
  const found: Decided[] = [];
  let arriving = stage.family === 'both' ? set : space.intersect(set, space.family(stage.family));
  const { trees } = stageTrees(space, rules, stage, slice);
  for (const [index, { list, binding }] of stage.lists.entries()) {
    const tree = trees[index];
    if (tree === undefined || space.isEmpty(arriving)) continue;
    for (const { rule, hit } of hits(space, tree, arriving, only, limit - found.length)) {
      const verdict = rule.action.kind === 'continue' ? 'unknown' : rule.action.kind;
      found.push({ set: hit, decision: { kind: 'rule', verdict, stage, list, binding, rule } });
    }
    arriving = space.subtract(arriving, tree.matches);
  }
  const { otherwise } = stage;
  if (!space.isEmpty(arriving) && found.length < limit && (only === 'all' || otherwise.verdict !== 'deny')) {
    found.push({ set: arriving, decision: { kind: 'default', verdict: otherwise.verdict, stage, otherwise } });
  }
  return found;
}

interface Hit {
  readonly rule: Rule;
  readonly hit: PacketSet;
}

function hits(space: PacketSpace, root: RuleNode, set: PacketSet, only: 'permits' | 'all', limit: number): Hit[] {
  const found: Hit[] = [];
  const visit = (node: RuleNode, arriving: PacketSet): void => {
    if (found.length >= limit || !touches(space, node, arriving, only)) return;
    if (node.leaf !== undefined) {
      const hit = space.intersect(arriving, node.leaf.bounds.may);
      if (!space.isEmpty(hit)) found.push({ rule: node.leaf.rule, hit });
      return;
    }
    if (node.left === undefined || node.right === undefined) return;
    visit(node.left, arriving);
    visit(node.right, space.subtract(arriving, node.left.matches));
  };
  visit(root, set);
  return found;
}

function touches(space: PacketSpace, node: RuleNode, arriving: PacketSet, only: 'permits' | 'all'): boolean {
  if (space.isEmpty(arriving)) return false;
  if (space.intersects(arriving, node.permits)) return true;
  return only === 'all' && space.intersects(arriving, node.denies);
}

/** Packets on their way: where they arrived, what they have become, and how to go back from one to the other. */
interface Travelling {
  readonly arrived: PacketSet;
  readonly here: PacketSet;
  readonly slice: SliceOrAll;
  readonly back: (here: PacketSet) => PacketSet;
  readonly decisions: readonly Decision[];
}

/** `set` (as it arrives) split by the decisions that may permit it, one for each stage that applies. */
export function partsOf(
  space: PacketSpace,
  rules: RuleTrees,
  legs: readonly Leg[],
  slice: SliceOrAll,
  set: PacketSet,
  maxParts: number,
): Parts {
  let parts: Travelling[] = [{ arrived: set, here: set, slice, back: (here) => here, decisions: [] }];
  let truncated = false;
  for (const leg of legs) {
    const next: Travelling[] = [];
    for (const part of parts) {
      const room = maxParts + 1 - next.length;
      if (room <= 0) break;
      next.push(...(leg.kind === 'stage' ? passed(space, rules, leg.stage, part, room) : translated(space, leg, part)));
    }
    if (next.length > maxParts) truncated = true;
    parts = next.slice(0, maxParts);
  }
  const result: Part[] = parts.map(({ arrived, decisions }) => ({ set: arrived, decisions }));
  return { parts: result, truncated };
}

function passed(space: PacketSpace, rules: RuleTrees, stage: Stage, part: Travelling, room: number): Travelling[] {
  const next: Travelling[] = [];
  const go = (here: PacketSet, decisions: readonly Decision[]): void => {
    const arrived = space.intersect(part.arrived, part.back(here));
    if (!space.isEmpty(arrived)) next.push({ ...part, arrived, here, decisions });
  };
  for (const { set, decision } of decisionsIn(space, rules, stage, part.slice, part.here, 'permits', room)) {
    const said = stage.incidental !== true || (decision.kind === 'rule' && decision.verdict !== 'permit');
    go(set, said ? [...part.decisions, decision] : part.decisions);
  }
  if (stage.family !== 'both') go(space.subtract(part.here, space.family(stage.family)), part.decisions);
  return next;
}

function translated(space: PacketSpace, leg: Extract<Leg, { kind: 'translations' }>, part: Travelling): Travelling[] {
  const next: Travelling[] = [];
  for (const branch of branchesOf(space, OPEN_WORLD, leg.of, part.slice)) {
    const taken = space.intersect(part.here, branch.matched);
    if (space.isEmpty(taken)) continue;
    next.push({
      arrived: space.intersect(part.arrived, part.back(taken)),
      here: branch.forward(taken),
      slice: branch.next,
      back: (here) => part.back(space.intersect(taken, branch.back(here))),
      decisions: part.decisions,
    });
  }
  return next;
}

/** Conditions of the rules and translations that leave packets of `set` (as they arrive) undecided on the path. */
export function conditionsOn(
  space: PacketSpace,
  rules: RuleTrees,
  legs: readonly Leg[],
  slice: SliceOrAll,
  set: PacketSet,
): Condition[] {
  const found: Condition[] = [];
  let travelling = [{ here: set, slice }];
  for (const leg of legs) {
    if (leg.kind === 'stage') {
      for (const { here, slice: at } of travelling) conditionsIn(space, rules, leg.stage, at, here, found);
      continue;
    }
    travelling = travelling.flatMap(({ here, slice: at }) =>
      branchesOf(space, OPEN_WORLD, leg.of, at).flatMap((branch) => {
        const taken = space.intersect(here, branch.matched);
        return space.isEmpty(taken) ? [] : [{ here: branch.forward(taken), slice: branch.next }];
      }),
    );
    for (const translation of leg.of) found.push(...translation.conditions);
  }
  return found;
}

function conditionsIn(
  space: PacketSpace,
  rules: RuleTrees,
  stage: Stage,
  slice: SliceOrAll,
  set: PacketSet,
  found: Condition[],
): void {
  let arriving = stage.family === 'both' ? set : space.intersect(set, space.family(stage.family));
  for (const tree of stageTrees(space, rules, stage, slice).trees) {
    if (tree === undefined) continue;
    openConditions(space, tree, arriving, found);
    arriving = space.subtract(arriving, tree.matches);
  }
}

function openConditions(space: PacketSpace, node: RuleNode, arriving: PacketSet, found: Condition[]): void {
  if (found.length > 200 || !touches(space, node, arriving, 'all')) return;
  if (node.leaf !== undefined) {
    const { rule, bounds } = node.leaf;
    const open = space.intersect(arriving, space.subtract(bounds.may, bounds.must));
    if (!space.isEmpty(open)) found.push(...conditionsOf(rule));
    return;
  }
  if (node.left === undefined || node.right === undefined) return;
  openConditions(space, node.left, arriving, found);
  openConditions(space, node.right, space.subtract(arriving, node.left.matches), found);
}

/** All conditions that a rule rests on, those of its nested lists included. */
export function conditionsOf(rule: Rule): Condition[] {
  const { source, destination, service } = rule.match;
  return [
    ...rule.conditions,
    ...source.conditions,
    ...destination.conditions,
    ...service.conditions,
    ...(rule.also === undefined ? [] : expressionConditions(rule.also)),
  ];
}

function expressionConditions(expression: MatchExpression): Condition[] {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.flatMap(expressionConditions);
    case 'not':
      return expressionConditions(expression.of);
    case 'match': {
      const { source, destination, service } = expression.match;
      return [...source.conditions, ...destination.conditions, ...service.conditions];
    }
    case 'permitted-by':
      return expression.list.rules.flatMap(conditionsOf);
    case 'undecided':
      return [expression.condition];
  }
}

/** By place, each fact once. */
export function sortConditions(conditions: readonly Condition[]): Condition[] {
  const sorted = [...conditions].sort(
    (a, b) => a.span.line - b.span.line || a.span.column - b.span.column || (a.kind < b.kind ? -1 : 1),
  );
  const seen = new Set<string>();
  return sorted.filter((condition) => {
    const key = `${condition.kind} ${condition.name} ${condition.span.line}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
