import type { Rule } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { RuleNode } from './rule-tree.ts';

export interface Shadowed {
  readonly rule: Rule;
  /** The earlier rules that take its packets, in order. */
  readonly by: readonly Rule[];
}

/** Rules of a tree that can decide no packet, because earlier rules surely take everything they match. */
export function shadowedRules(space: PacketSpace, root: RuleNode | undefined): Shadowed[] {
  const found: Shadowed[] = [];
  if (root === undefined) return found;
  const visit = (node: RuleNode, taken: PacketSet): void => {
    if (node.leaf !== undefined) {
      const { rule, index, bounds } = node.leaf;
      if (space.isSubset(bounds.may, taken)) found.push({ rule, by: takers(space, root, bounds.may, index) });
      return;
    }
    if (node.left === undefined || node.right === undefined) return;
    visit(node.left, taken);
    visit(node.right, space.union(taken, node.left.matches));
  };
  visit(root, space.none);
  return found;
}

/** The rules before `index` that first take packets of `set`. */
function takers(space: PacketSpace, root: RuleNode, set: PacketSet, index: number): Rule[] {
  const found: Rule[] = [];
  let left = set;
  const visit = (node: RuleNode): void => {
    if (space.isEmpty(left) || !space.intersects(left, node.matches)) return;
    if (node.leaf !== undefined) {
      if (node.leaf.index >= index) return;
      found.push(node.leaf.rule);
      left = space.subtract(left, node.matches);
      return;
    }
    if (node.left !== undefined) visit(node.left);
    if (node.right !== undefined) visit(node.right);
  };
  visit(root);
  return found;
}
