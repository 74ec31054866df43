import type { Boundary } from '../boundaries/boundary.ts';
import type { PermittedReport, PartFacts } from '../check.ts';
import { isAnywhere } from '../boundaries/public-share.ts';
import type { Decision, Part } from '../evaluate/evaluation.ts';
import { SEVERITIES, type Confidence, type Severity } from '../finding.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { decisionKey, decisionLine } from './decision.ts';
import type { Target, TargetSet } from './flow-text.ts';
import { milder, worst } from './severity.ts';

/**
 * Findings of one check on one boundary. A list with more deciding rules is reported as the worst of them and one last
 * finding that holds all others.
 */
const MAX_FINDINGS = 50;

/** A finding on its way: what it is about, before it is put into words. */
export interface Draft {
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Boundaries with the same rules and the same packets. */
  readonly boundaries: readonly Boundary[];
  /** The decisions that let the packets through; several alternatives only for a remainder. */
  readonly decisions: readonly (readonly Decision[])[];
  readonly sets: readonly TargetSet[];
  readonly data: Readonly<Record<string, string>>;
}

/** The text of a finding that holds what is left of a boundary with too many deciding rules. */
const REMAINDER_MESSAGE =
  '{device}: {count} further rules on {crossings} {permits} {services} from {source} to {destination}';

interface Group {
  readonly confidence: Confidence;
  readonly decisions: readonly Decision[];
  readonly sets: Map<Target, PacketSet>;
}

/** What a boundary lets through of the targets, as a draft for each set of deciding rules. */
export function draftsOf(
  space: PacketSpace,
  boundary: Boundary,
  what: PermittedReport<string>,
  message: string,
): Draft[] {
  const groups = new Map<string, Group>();
  const rest = new Map<Target, PacketSet>();
  for (const target of what.targets) {
    const permitted = boundary.permitted(target.slice);
    const narrow = (set: PacketSet): PacketSet => what.narrow?.(set, target) ?? set;
    const possible = narrow(permitted.possible);
    const definite = narrow(permitted.definite);
    if (space.isEmpty(possible)) continue;
    const { parts, truncated } = boundary.parts(target.slice, possible);
    let told = space.none;
    // Parts overlap where the earlier rule is not sure to match. What is surely permitted counts for the last of them,
    // which takes it when no earlier one does.
    for (const { set, decisions } of parts.toReversed()) {
      if (space.isSubset(set, boundary.toDevice) || what.keep?.(set, target) === false) continue;
      addTo(space, groups, 'definite', decisions, target, space.subtract(space.intersect(set, definite), told));
      addTo(space, groups, 'possible', decisions, target, space.subtract(set, definite));
      told = space.union(told, set);
    }
    const untold = truncated ? space.subtract(possible, unionOf(space, parts)) : space.none;
    if (!space.isSubset(untold, boundary.toDevice)) rest.set(target, untold);
  }
  const drafts = [...groups.values()]
    .sort((a, b) => decisionLine(a.decisions) - decisionLine(b.decisions))
    .flatMap((group) => {
      const [first, ...others] = boundary.taken([...group.sets.values()]);
      if (first === undefined) return [];
      return [draftOf(space, { ...boundary, crossings: [first, ...others] }, what, message, group)];
    });
  return cut(space, boundary, drafts, rest);
}

function unionOf(space: PacketSpace, parts: readonly Part[]): PacketSet {
  return parts.reduce((union, { set }) => space.union(union, set), space.none);
}

function addTo(
  space: PacketSpace,
  groups: Map<string, Group>,
  confidence: Confidence,
  decisions: readonly Decision[],
  target: Target,
  set: PacketSet,
): void {
  if (space.isEmpty(set)) return;
  const key = `${confidence} ${decisionKey(decisions)}`;
  const group = groups.get(key) ?? { confidence, decisions, sets: new Map<Target, PacketSet>() };
  group.sets.set(target, space.union(group.sets.get(target) ?? space.none, set));
  groups.set(key, group);
}

function draftOf(
  space: PacketSpace,
  boundary: Boundary,
  what: PermittedReport<string>,
  message: string,
  { confidence, decisions, sets }: Group,
): Draft {
  const distinct = [...new Set(sets.values())];
  const facts: PartFacts = {
    targets: [...sets.keys()],
    anySource: distinct.some((set) => isAnywhere(space, set, 'source')),
    anyDestination: distinct.some((set) => isAnywhere(space, set, 'destination')),
  };
  const severity = what.severity(facts);
  return {
    message,
    severity: confidence === 'definite' ? severity : milder(severity),
    confidence,
    boundaries: [boundary],
    decisions: [decisions],
    sets: [...sets].map(([target, set]) => ({ target, set })),
    data: {},
  };
}

/** The worst drafts, and one for all others and for what no rule was told apart for. */
function cut(space: PacketSpace, boundary: Boundary, drafts: readonly Draft[], rest: Map<Target, PacketSet>): Draft[] {
  if (drafts.length <= MAX_FINDINGS && rest.size === 0) return [...drafts];
  const byWeight = drafts.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const kept = byWeight.slice(0, MAX_FINDINGS - 1);
  const others = drafts.filter((draft) => !kept.includes(draft));
  const sets = new Map<Target, PacketSet>();
  for (const { target, set } of [
    ...others.flatMap((draft) => draft.sets),
    ...[...rest].map(([target, set]) => ({ target, set })),
  ]) {
    sets.set(target, space.union(sets.get(target) ?? space.none, set));
  }
  const remainder: Draft = {
    message: REMAINDER_MESSAGE,
    severity: worst(others.length > 0 ? others.map(({ severity }) => severity) : kept.map(({ severity }) => severity)),
    confidence:
      rest.size === 0 && others.every(({ confidence }) => confidence === 'definite') ? 'definite' : 'possible',
    boundaries: [boundary],
    decisions: others.flatMap((draft) => draft.decisions),
    sets: [...sets].map(([target, set]) => ({ target, set })),
    data: { count: rest.size > 0 ? `more than ${others.length}` : `${others.length}` },
  };
  return [...drafts.filter((draft) => kept.includes(draft)), remainder];
}

/** Drafts that say the same of different boundaries, as one. */
export function mergeDrafts(drafts: readonly Draft[]): Draft[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = JSON.stringify([
      draft.message,
      draft.severity,
      draft.confidence,
      draft.boundaries[0]?.direction,
      draft.data,
      draft.decisions.map(decisionKey),
      draft.sets.map(({ target, set }) => [target.service, target.protocol, target.ports, set]),
    ]);
    const same = merged.get(key);
    merged.set(key, same === undefined ? draft : { ...same, boundaries: [...same.boundaries, ...draft.boundaries] });
  }
  return [...merged.values()];
}
