import type { Stage } from '../../parsers/model/device.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { RuleNode, RuleTrees, SliceOrAll } from './rule-tree.ts';

/** Packets that some outcome permits, and packets that some outcome denies. Every packet is in at least one. */
export interface Outcome {
  readonly permits: PacketSet;
  readonly denies: PacketSet;
}

/** The rule trees of a stage's lists in order, and what reaches its default. */
export interface StageTrees {
  readonly trees: readonly (RuleNode | undefined)[];
  /** Packets that no rule surely takes. */
  readonly rest: PacketSet;
}

/** The stage's lists one after the other. `rest` holds packets of every family. */
export function stageTrees(space: PacketSpace, rules: RuleTrees, stage: Stage, slice: SliceOrAll): StageTrees {
  let matches = space.none;
  const trees = stage.lists.map(({ list }) => {
    const tree = rules.tree(list, slice);
    if (tree !== undefined) matches = space.union(matches, tree.matches);
    return tree;
  });
  return { trees, rest: space.complement(matches) };
}

/** What the stage does with packets of the slice. Families it does not apply to pass. */
export function stageOutcome(space: PacketSpace, rules: RuleTrees, stage: Stage, slice: SliceOrAll): Outcome {
  const together = rules.stage(stage, slice);
  if (together !== undefined) return together;
  const { trees } = stageTrees(space, rules, stage, slice);
  let [permits, denies, matches] = [space.none, space.none, space.none];
  for (const tree of trees) {
    if (tree === undefined) continue;
    permits = space.unionOutside(permits, tree.permits, matches);
    denies = space.unionOutside(denies, tree.denies, matches);
    matches = space.union(matches, tree.matches);
  }
  const rest = space.complement(matches);
  if (stage.otherwise.verdict !== 'deny') permits = space.union(permits, rest);
  if (stage.otherwise.verdict !== 'permit') denies = space.union(denies, rest);
  if (stage.family === 'both') return { permits, denies };
  const applies = space.family(stage.family);
  return {
    permits: space.union(space.intersect(permits, applies), space.complement(applies)),
    denies: space.intersect(denies, applies),
  };
}
