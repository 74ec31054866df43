import type { Stage, StageDefault } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { ListedRule } from './rule-effect.ts';
import { reaching, runsAround, type Run } from './rule-runs.ts';
import type { RuleTrees } from './rule-tree.ts';

/** How a rule stands among the others of its stage, over every protocol and port at once. */
export interface RuleStanding {
  /** How much of what it may match earlier rules surely take. */
  readonly taken: 'none' | 'some' | 'all';
  /** The first of those earlier rules, in order. */
  readonly takers: readonly ListedRule[];
  /** True when there are more of them. */
  readonly moreTakers: boolean;
  /** Those behind it that would do as well with all that is left to it; undefined: some of it would fare otherwise. */
  readonly replacedBy?: readonly ListedRule[];
}

/** Whether packets of a rule fare as well with what stands behind it. */
export type Replaces = (other: ListedRule | StageDefault, rule: Rule) => boolean;

/** Earlier rules named; more are rarely read and each costs a walk. */
const MOST_TAKERS = 12;

/** How rule `index` of a list of the stage stands; undefined where it can match no packet between the segments. */
export function ruleStanding(
  space: PacketSpace,
  rules: RuleTrees,
  stage: Stage,
  list: RuleList,
  index: number,
  replaces: Replaces,
): RuleStanding | undefined {
  const rule = list.rules[index];
  const bounds = rules.bounds(list, index, 'all');
  const may = bounds === undefined ? space.none : reaching(space, bounds.may, stage.family);
  const found = space.isEmpty(may) ? undefined : runsAround(rules, stage, list, index, 'all');
  if (rule === undefined || found === undefined) return undefined;
  let left = may;
  for (const { root } of found.before) left = space.subtract(left, root.matches);
  const taken = left === may ? 'none' : space.isEmpty(left) ? 'all' : 'some';
  const takers = taken === 'none' ? [] : firstTakers(space, found.before, may);
  const replacedBy =
    taken === 'all' ? undefined : replacement(space, found.after, left, stage.otherwise, rule, replaces);
  return {
    taken,
    takers: takers.slice(0, MOST_TAKERS),
    moreTakers: takers.length > MOST_TAKERS,
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

/** Whether packets may come to the end of a list of the stage without a rule that surely takes them. */
export function reachesEnd(space: PacketSpace, rules: RuleTrees, stage: Stage, list: RuleList): boolean {
  const at = stage.lists.findIndex((each) => each.list === list);
  let left = reaching(space, reaching(space, space.all, stage.family), list.family);
  for (const each of stage.lists.slice(0, at + 1)) {
    const root = rules.tree(each.list, 'all');
    if (root !== undefined) left = space.subtract(left, root.matches);
  }
  return !space.isEmpty(left);
}

/** One more than are named, so that it is known that there are more. */
function firstTakers(space: PacketSpace, runs: readonly Run[], set: PacketSet): ListedRule[] {
  const found: ListedRule[] = [];
  let left = set;
  const visit = ({ list, root }: Run): void => {
    if (found.length > MOST_TAKERS || !space.intersects(left, root.matches)) return;
    if (root.leaf !== undefined) {
      found.push({ list, rule: root.leaf.rule });
      left = space.subtract(left, root.matches);
      return;
    }
    if (root.left !== undefined) visit({ list, root: root.left });
    if (root.right !== undefined) visit({ list, root: root.right });
  };
  for (const run of runs) visit(run);
  return found;
}

/** Every rule that may decide packets of the set, where each of them replaces the rule. */
function replacement(
  space: PacketSpace,
  runs: readonly Run[],
  set: PacketSet,
  otherwise: StageDefault,
  rule: Rule,
  replaces: Replaces,
): readonly ListedRule[] | undefined {
  const { kind } = rule.action;
  if (kind !== 'permit' && kind !== 'deny') return undefined;
  // Verdicts first: they are asked of whole runs, and most rules end here.
  let arriving = set;
  for (const { root } of runs) {
    if (space.intersects(arriving, kind === 'permit' ? root.denies : root.permits)) return undefined;
    arriving = space.subtract(arriving, root.matches);
    if (space.isEmpty(arriving)) break;
  }
  if (!space.isEmpty(arriving) && !replaces(otherwise, rule)) return undefined;
  const found: ListedRule[] = [];
  const visit = ({ list, root }: Run, here: PacketSet): boolean => {
    if (!space.intersects(here, kind === 'permit' ? root.permits : root.denies)) return true;
    if (root.leaf !== undefined) {
      const other = { list, rule: root.leaf.rule };
      found.push(other);
      return replaces(other, rule);
    }
    const { left, right } = root;
    if (left === undefined || right === undefined) return true;
    return visit({ list, root: left }, here) && visit({ list, root: right }, space.subtract(here, left.matches));
  };
  let here = set;
  for (const run of runs) {
    if (!visit(run, here)) return undefined;
    here = space.subtract(here, run.root.matches);
  }
  return found;
}
