import type { Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { RuleNode, RuleTrees, SliceOrAll } from './rule-tree.ts';

/** Neighbouring rules of a list. */
export interface Run {
  readonly list: RuleList;
  readonly root: RuleNode;
}

/** The rules of a stage around one of them, in order. */
export interface RunsAround {
  readonly before: readonly Run[];
  readonly after: readonly Run[];
  /** The rule itself decides packets of the slice. */
  readonly decides: boolean;
}

/** What stands before and behind rule `index` of a list of the stage; undefined where the list is none of the stage's. */
export function runsAround(
  rules: RuleTrees,
  { lists }: Pick<Stage, 'lists'>,
  list: RuleList,
  index: number,
  slice: SliceOrAll,
): RunsAround | undefined {
  const at = lists.findIndex((each) => each.list === list);
  if (at < 0) return undefined;
  const whole = (each: RuleList): Run[] => {
    const root = rules.tree(each, slice);
    return root === undefined ? [] : [{ list: each, root }];
  };
  const before = lists.slice(0, at).flatMap((each) => whole(each.list));
  const after: Run[] = [];
  let decides = false;
  let node = rules.tree(list, slice);
  while (node !== undefined) {
    const { left, right, leaf }: RuleNode = node;
    if (left !== undefined && right !== undefined) {
      const isLeft: boolean = index <= lastIndex(left);
      if (isLeft) after.unshift({ list, root: right });
      else before.push({ list, root: left });
      node = isLeft ? left : right;
      continue;
    }
    // Rules that decide nothing have no leaf: their neighbours tell where they stand.
    if (leaf !== undefined && leaf.index < index) before.push({ list, root: node });
    else if (leaf !== undefined && leaf.index > index) after.unshift({ list, root: node });
    else decides = true;
    node = undefined;
  }
  return { before, after: [...after, ...lists.slice(at + 1).flatMap((each) => whole(each.list))], decides };
}

/** Packets of a family that a stage does not apply to pass it untouched. */
export function reaching(space: PacketSpace, set: PacketSet, family: Stage['family']): PacketSet {
  return family === 'both' ? set : space.intersect(set, space.family(family));
}

function lastIndex(node: RuleNode): number {
  let at = node;
  while (at.right !== undefined) at = at.right;
  return at.leaf?.index ?? -1;
}
