import { MAX_PARTS } from '../boundaries/boundary.ts';
import type { Decision, EvaluatedCrossing } from '../evaluate/evaluation.ts';
import type { Confidence, Evidence } from '../finding.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { openTexts } from '../reporting/condition-text.ts';
import { decisionName } from '../reporting/decision.ts';
import { decisionEvidence, limited } from '../reporting/evidence.ts';
import { describeFlows, type TargetSet } from '../reporting/flow-text.ts';
import { exampleTrace, witnessOf } from '../reporting/witness.ts';
import type { Change, FlowChange, TurnedAway } from './device-changes.ts';
import { pathsOf, type PairedTarget, type Reach, type Seen, type SeenPair } from './compare-target.ts';

/** Session paths told for each application; a handful explains it. */
const SESSION_PARTS = 4;

/** Open questions named on a side. */
const MAX_CONDITIONS = 12;

/** Packets of one target that changed. */
export interface ChangedTarget {
  readonly target: PairedTarget;
  readonly set: PacketSet;
}

/** What is to be told of packets that changed, all in the same way. */
export interface ToTell {
  readonly change: Change;
  readonly confidence: Confidence;
  readonly reach: Reach;
  readonly parts: readonly ChangedTarget[];
  /** Why the side that permits nothing has no way; empty where both have one. */
  readonly noWay: string;
}

/** The side that permits the packets; of what is undecided, after. */
function permittingSide({ before, after }: SeenPair, change: Change): Seen | undefined {
  return change === 'closed' ? before : after;
}

/**
 * The change as plain data. Undefined where all of its packets are for the device itself or take another way, as they are left
 * out of permitted flows.
 */
export function flowChange(
  space: PacketSpace,
  pair: SeenPair,
  { change, confidence, reach, parts, noWay }: ToTell,
): Omit<FlowChange, 'protocol' | 'ports'> | undefined {
  const seen = permittingSide(pair, change);
  const sets = parts.flatMap(({ target, set }): TargetSet[] => {
    const here = change === 'closed' ? target.before : target.after;
    return here === undefined || space.isEmpty(set) ? [] : [{ target: here, set }];
  });
  const [first] = sets;
  if (seen === undefined || first === undefined) return undefined;
  const { side, boundary, way } = seen;
  const crossings = boundary.taken(sets.map(({ set }) => set)).map(({ from, to }) => ({ from, to }));
  if (crossings.length === 0) return undefined;
  const witness = witnessOf(side.evaluation, boundary, first, confidence);
  const turnedAway = change === 'undecided' ? undefined : turnedAwayBy(pair, change, first, noWay);
  return {
    change,
    confidence,
    crossings,
    direction: way.direction,
    ...(first.target.service === undefined ? {} : { service: first.target.service }),
    ...(first.target.forwardedTo === undefined ? {} : { forwardedTo: first.target.forwardedTo }),
    ...(side.sessions === undefined ? {} : { reach }),
    flows: describeFlows(space, sets),
    decidedBy: limited(sets.flatMap((each) => decidingLines(seen, each, reach))),
    ...(witness === undefined ? {} : { witness }),
    ...(turnedAway === undefined ? {} : { turnedAway }),
    approved: approval(space, seen, sets),
    conditions: {
      before: openOn(space, pair.before, sets, reach),
      after: openOn(space, pair.after, sets, reach),
    },
  };
}

function decidingLines({ side, boundary }: Seen, { target, set }: TargetSet, reach: Reach): Evidence[] {
  const first = boundary.parts(target.slice, set).parts;
  const applications = reach === 'session' ? (side.sessions?.applications(target) ?? []) : [];
  const later = applications.flatMap(
    (name) => boundary.session(name)?.parts(target.slice, set, SESSION_PARTS).parts ?? [],
  );
  const decisions: readonly (readonly Decision[])[] = [...first, ...later].map((part) => part.decisions);
  const lines = decisions.flatMap((each) => decisionEvidence(side.text, [boundary], each));
  return lines.filter(({ role }) => role === 'decides');
}

/** What the other side does with a packet of the set. */
function turnedAwayBy(
  { before, after }: SeenPair,
  change: Change,
  example: TargetSet,
  noWay: string,
): TurnedAway | undefined {
  const other = change === 'closed' ? after : before;
  if (other === undefined) return { text: noWay };
  const trace = exampleTrace(other.side.evaluation, other.boundary, example);
  const decision = trace?.verdict === 'deny' ? trace.decidedBy : undefined;
  if (decision === undefined) return undefined;
  const span = decision.kind === 'rule' ? decision.rule.span : decision.otherwise.span;
  const text = decision.kind === 'rule' ? `${decisionName(decision)} denies` : decisionName(decision);
  return { text, ...(span === undefined ? {} : { span }) };
}

function approval(
  space: PacketSpace,
  { side, boundary, way }: Seen,
  sets: readonly TargetSet[],
): FlowChange['approved'] {
  const crossed = { direction: way.direction, crossing: boundary.evaluated.crossing };
  const found = sets.map(({ target, set }) => {
    const allowed = side.approvals.covers(crossed, target);
    if (!space.intersects(set, allowed)) return 'no';
    return space.isSubset(set, allowed) ? 'yes' : 'partly';
  });
  const [only, other] = new Set(found);
  return only === undefined || other !== undefined ? 'partly' : only;
}

/** What leaves packets of the sets undecided on a side. */
function openOn(space: PacketSpace, seen: Seen | undefined, sets: readonly TargetSet[], reach: Reach): string[] {
  if (seen === undefined) return [];
  const texts = sets.flatMap((each) =>
    [...pathsOf(seen, each.target, reach).values()].flatMap((path) =>
      path === undefined ? [] : openTextsOf(space, path, each),
    ),
  );
  return [...new Set(texts)].slice(0, MAX_CONDITIONS);
}

function openTextsOf(space: PacketSpace, path: EvaluatedCrossing, { target: { slice }, set }: TargetSet): string[] {
  const { definite, possible } = path.permitted(slice);
  const open = space.intersect(set, space.subtract(possible, definite));
  if (space.isEmpty(open)) return [];
  const decisions = path.parts(slice, open, MAX_PARTS).parts.flatMap((part) => part.decisions);
  return openTexts(path.conditions(slice, open), decisions, path.crossing);
}
