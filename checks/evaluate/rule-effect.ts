import type { Stage, StageDefault } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { RuleNode, RuleTrees } from './rule-tree.ts';
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
  const trees = lists.flatMap((each) => {
    const root = rules.tree(each.list, slice);
    return root === undefined ? [] : [{ list: each.list, root }];
  });
  const at = trees.findIndex((each) => each.list === list);
  const home = trees[at];
  if (home === undefined) return undefined;
  const found = around(home.root, index);
  if (found === undefined) return undefined;
  const before = [...trees.slice(0, at), ...found.before.map((root) => ({ list, root }))];
  const after = [...found.after.map((root) => ({ list, root })), ...trees.slice(at + 1)];
  // Packets of a family that the stage does not apply to pass it untouched.
  const may = family === 'both' ? found.bounds.may : space.intersect(found.bounds.may, space.family(family));
  if (space.isEmpty(may)) return undefined;
  let left = may;
  for (const { root } of before) left = space.subtract(left, root.matches);
  if (space.isEmpty(left)) return { isShadowed: true, takers: takersOf(space, before, may), followers: [] };
  return { isShadowed: false, takers: [], followers: followersOf(space, after, left, otherwise) };
}

interface Run {
  readonly list: RuleList;
  readonly root: RuleNode;
}

/** The leaf of a rule with the runs before and behind it; undefined where the tree has no such leaf. */
function around(
  root: RuleNode,
  index: number,
):
  | { readonly before: RuleNode[]; readonly after: RuleNode[]; readonly bounds: { readonly may: PacketSet } }
  | undefined {
  const before: RuleNode[] = [];
  const after: RuleNode[] = [];
  let node: RuleNode | undefined = root;
  while (node !== undefined && node.leaf === undefined) {
    const { left, right }: RuleNode = node;
    if (left === undefined || right === undefined) return undefined;
    if (index <= lastIndex(left)) {
      after.unshift(right);
      node = left;
    } else {
      before.push(left);
      node = right;
    }
  }
  const leaf = node?.leaf;
  return leaf?.index === index ? { before, after, bounds: leaf.bounds } : undefined;
}

function lastIndex(node: RuleNode): number {
  let at = node;
  while (at.right !== undefined) at = at.right;
  return at.leaf?.index ?? -1;
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
