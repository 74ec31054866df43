import type { Stage, StageDefault } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { RuleNode, RuleTrees } from './rule-tree.ts';
import { reaching, runsAround, type Run } from './rule-runs.ts';
import type { Slice } from './slice.ts';

/** A rule with the list that it stands in. */
export interface ListedRule {
  readonly list: RuleList;
  readonly rule: Rule;
}

/** What a rule does in one stage between two segments, within one slice. */
export interface RuleEffect {
  /** True when earlier rules surely take everything that it may match. */
  readonly isShadowed: boolean;
  /** The earlier rules that take its packets, in order. */
  readonly takers: readonly ListedRule[];
  /** Who would decide the packets that are left to it, in order, if it were not there. */
  readonly followers: readonly (ListedRule | StageDefault)[];
}

/** Followers told apart; a rule with more of them is not replaced by anything simple. */
const MAX_FOLLOWERS = 50;

/** The effect of rule `index` of a list of the stage; undefined where it can match no packet of the slice. */
export function ruleEffect(
  space: PacketSpace,
  rules: RuleTrees,
  { lists, otherwise, family }: Stage,
  list: RuleList,
  index: number,
  slice: Slice,
): RuleEffect | undefined {
  const found = runsAround(rules, { lists }, list, index, slice);
  const bounds = found === undefined || !found.decides ? undefined : rules.bounds(list, index, slice);
  if (found === undefined || bounds === undefined) return undefined;
  const { before, after } = found;
  const may = reaching(space, bounds.may, family);
  if (space.isEmpty(may)) return undefined;
  let left = may;
  for (const { root } of before) left = space.subtract(left, root.matches);
  if (space.isEmpty(left)) return { isShadowed: true, takers: takersOf(space, before, may), followers: [] };
  return { isShadowed: false, takers: [], followers: followersOf(space, after, left, otherwise) };
}

function takersOf(space: PacketSpace, runs: readonly Run[], set: PacketSet): ListedRule[] {
  const found: ListedRule[] = [];
  let left = set;
  const visit = (list: RuleList, node: RuleNode): void => {
    if (space.isEmpty(left) || !space.intersects(left, node.matches)) return;
    if (node.leaf !== undefined) {
      found.push({ list, rule: node.leaf.rule });
      left = space.subtract(left, node.matches);
      return;
    }
    if (node.left !== undefined) visit(list, node.left);
    if (node.right !== undefined) visit(list, node.right);
  };
  for (const { list, root } of runs) visit(list, root);
  return found;
}

/** Every rule that may decide packets of the set, and the default where they may come that far. */
function followersOf(
  space: PacketSpace,
  runs: readonly Run[],
  set: PacketSet,
  otherwise: StageDefault,
): (ListedRule | StageDefault)[] {
  const found: (ListedRule | StageDefault)[] = [];
  let arriving = set;
  const visit = (list: RuleList, node: RuleNode, here: PacketSet): void => {
    if (found.length > MAX_FOLLOWERS || space.isEmpty(here)) return;
    if (!space.intersects(here, node.permits) && !space.intersects(here, node.denies)) return;
    if (node.leaf !== undefined) {
      found.push({ list, rule: node.leaf.rule });
      return;
    }
    if (node.left === undefined || node.right === undefined) return;
    visit(list, node.left, here);
    visit(list, node.right, space.subtract(here, node.left.matches));
  };
  for (const { list, root } of runs) {
    visit(list, root, arriving);
    arriving = space.subtract(arriving, root.matches);
  }
  return space.isEmpty(arriving) ? found : [...found, otherwise];
}
