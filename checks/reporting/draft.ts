import { MAX_PARTS, type Boundary } from '../boundaries/boundary.ts';
import type { CheckContext, PermittedReport, PartFacts } from '../check.ts';
import { isAnywhere } from '../boundaries/public-share.ts';
import type { Decision, Part, Parts, Permitted } from '../evaluate/evaluation.ts';
import { SEVERITIES, type Confidence, type Reach, type Severity } from '../finding.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { decisionKey, decisionLine } from './decision.ts';
import type { Target, TargetSet } from './flow-text.ts';
import type { SessionJudge } from './sessions.ts';
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
  /** Undefined where the device recognises no applications. */
  readonly reach: Reach | undefined;
  /** Boundaries with the same rules and the same packets. */
  readonly boundaries: readonly Boundary[];
  /** The decisions that let the packets through; several alternatives only for a remainder. */
  readonly decisions: readonly (readonly Decision[])[];
  readonly sets: readonly TargetSet[];
  /** What the same decisions let through that is approved. */
  readonly approved: readonly TargetSet[];
  readonly data: Readonly<Record<string, string>>;
}

/** The text of a finding that holds what is left of a boundary with too many deciding rules. */
const REMAINDER_MESSAGE =
  '{device}: {count} further rules on {crossings} {permits} {services} from {source} to {destination}';

/** What is said of packets whose sessions the device ends. */
const FIRST_PACKETS_ONLY = '; only first packets pass, sessions end when {applications} is recognised';

interface Group {
  readonly confidence: Confidence;
  readonly reach: Reach | undefined;
  readonly decisions: readonly Decision[];
  readonly sets: Map<Target, PacketSet>;
}

/** What a boundary lets through of the targets, as a draft for each set of deciding rules. */
export function draftsOf(
  { space, sessions, approvals }: Pick<CheckContext, 'space' | 'sessions' | 'approvals'>,
  boundary: Boundary,
  what: PermittedReport<string>,
  message: string,
): Draft[] {
  const groups = new Map<string, Group>();
  const rest = new Map<Target, PacketSet>();
  /** What is approved of the packets that the same rules let through, by those rules. */
  const allowed = new Map<string, Map<Target, PacketSet>>();
  for (const target of what.targets) {
    const permitted = permittedOf(space, boundary, target, sessions);
    const narrow = (set: PacketSet): PacketSet => what.narrow?.(set, target) ?? set;
    const crossed = { direction: boundary.direction, crossing: boundary.evaluated.crossing };
    const approved = what.approvals === 'ignore' ? space.none : approvals.covers(crossed, target);
    const whole = narrow(permitted.possible);
    const possible = space.subtract(whole, approved);
    const definite = space.subtract(narrow(permitted.definite), approved);
    if (space.isEmpty(whole)) continue;
    const { parts, truncated } = partsOf(boundary, target, whole);
    const live = target.application === undefined ? sessions?.permitted(boundary, target) : undefined;
    const reaches = reachesOf(space, live, sessions !== undefined);
    let told = space.none;
    // Parts overlap where the earlier rule is not sure to match. What is surely permitted counts for the last of them,
    // which takes it when no earlier one does.
    for (const { set: all, decisions } of parts.toReversed()) {
      const set = space.subtract(all, approved);
      if (space.isSubset(all, boundary.toDevice) || what.keep?.(all, target) === false) continue;
      addApproved(space, allowed, decisions, target, space.intersect(all, approved));
      const sure = space.subtract(space.intersect(set, definite), told);
      const open = space.subtract(set, definite);
      for (const { reach, within, surely } of reaches) {
        const [here, there] = [space.intersect(sure, within), space.intersect(open, within)];
        const add = (confidence: Confidence, packets: PacketSet): void =>
          addTo(space, groups, { confidence, reach, decisions }, target, packets);
        add('definite', space.intersect(here, surely));
        add('possible', space.union(space.subtract(here, surely), there));
      }
      told = space.union(told, set);
    }
    const untold = truncated ? space.subtract(possible, unionOf(space, parts)) : space.none;
    if (!space.isSubset(untold, boundary.toDevice)) rest.set(target, untold);
  }
  const drafts = [...groups.values()]
    .filter(({ decisions }) => {
      if (what.approvals !== 'none' && what.approvals !== 'partly') return true;
      return allowed.has(decisionKey(decisions)) === (what.approvals === 'partly');
    })
    .sort((a, b) => decisionLine(a.decisions) - decisionLine(b.decisions))
    .flatMap((group) => {
      const [first, ...others] = boundary.taken([...group.sets.values()]);
      if (first === undefined) return [];
      const beside = allowed.get(decisionKey(group.decisions)) ?? new Map<Target, PacketSet>();
      return [draftOf(space, { ...boundary, crossings: [first, ...others] }, what, message, group, beside)];
    });
  return cut(space, boundary, drafts, rest);
}

/** Packets of which sessions stay permitted, and of which they do not. */
interface ReachSets {
  readonly reach: Reach | undefined;
  readonly within: PacketSet;
  /** Of those, the ones for which that is sure. */
  readonly surely: PacketSet;
}

function reachesOf(space: PacketSpace, live: Permitted | undefined, recognises: boolean): ReachSets[] {
  const reach = recognises ? 'session' : undefined;
  if (live === undefined) return [{ reach, within: space.all, surely: space.all }];
  const ended = space.complement(live.possible);
  return [
    { reach, within: live.possible, surely: live.definite },
    { reach: 'first-packets', within: ended, surely: ended },
  ];
}

/** First packets of a target; where sessions of one application are meant, those of which both pass. */
function permittedOf(
  space: PacketSpace,
  boundary: Boundary,
  target: Target,
  sessions: SessionJudge | undefined,
): Permitted {
  const first = firstPackets(space, boundary, target);
  if (target.application === undefined || sessions === undefined) return first;
  const session = sessions.permitted(boundary, target);
  return {
    definite: space.intersect(first.definite, session.definite),
    possible: space.intersect(first.possible, session.possible),
  };
}

/** First packets of a target that the boundary lets pass. */
export function firstPackets(space: PacketSpace, boundary: Boundary, { slice, destinations }: Target): Permitted {
  const permitted = boundary.permitted(slice);
  if (destinations === undefined) return permitted;
  const meant = space.addressIn('destination', destinations);
  return {
    definite: space.intersect(permitted.definite, meant),
    possible: space.intersect(permitted.possible, meant),
  };
}

function partsOf(boundary: Boundary, { slice, application }: Target, set: PacketSet): Parts {
  if (application === undefined) return boundary.parts(slice, set);
  return boundary.session(application)?.parts(slice, set, MAX_PARTS) ?? { parts: [], truncated: true };
}

function unionOf(space: PacketSpace, parts: readonly Part[]): PacketSet {
  return parts.reduce((union, { set }) => space.union(union, set), space.none);
}

function addTo(
  space: PacketSpace,
  groups: Map<string, Group>,
  kind: Omit<Group, 'sets'>,
  target: Target,
  set: PacketSet,
): void {
  if (space.isEmpty(set)) return;
  const key = `${kind.confidence} ${kind.reach ?? ''} ${decisionKey(kind.decisions)}`;
  const group = groups.get(key) ?? { ...kind, sets: new Map<Target, PacketSet>() };
  group.sets.set(target, space.union(group.sets.get(target) ?? space.none, set));
  groups.set(key, group);
}

function draftOf(
  space: PacketSpace,
  boundary: Boundary,
  what: PermittedReport<string>,
  message: string,
  { confidence, reach, decisions, sets }: Group,
  beside: ReadonlyMap<Target, PacketSet>,
): Draft {
  const distinct = [...new Set(sets.values())];
  const facts: PartFacts = {
    targets: [...sets.keys()],
    anySource: distinct.some((set) => isAnywhere(space, set, 'source')),
    anyDestination: distinct.some((set) => isAnywhere(space, set, 'destination')),
  };
  const worstCase = what.severity(facts);
  // A connection that is made and then ended shows the port to a scanner, and no more.
  const severity = reach === 'first-packets' ? milder(milder(worstCase)) : worstCase;
  return {
    message: reach === 'first-packets' ? `${message}${FIRST_PACKETS_ONLY}` : message,
    severity: confidence === 'definite' ? severity : milder(severity),
    confidence,
    reach,
    boundaries: [boundary],
    decisions: [decisions],
    sets: [...sets].map(([target, set]) => ({ target, set })),
    approved: [...beside].map(([target, set]) => ({ target, set })),
    data: what.data?.(distinct) ?? {},
  };
}

function addApproved(
  space: PacketSpace,
  allowed: Map<string, Map<Target, PacketSet>>,
  decisions: readonly Decision[],
  target: Target,
  set: PacketSet,
): void {
  if (space.isEmpty(set)) return;
  const key = decisionKey(decisions);
  const sets = allowed.get(key) ?? new Map<Target, PacketSet>();
  sets.set(target, space.union(sets.get(target) ?? space.none, set));
  allowed.set(key, sets);
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
    reach: undefined,
    boundaries: [boundary],
    decisions: others.flatMap((draft) => draft.decisions),
    sets: [...sets].map(([target, set]) => ({ target, set })),
    approved: [],
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
      draft.reach,
      draft.boundaries[0]?.direction,
      draft.data,
      draft.decisions.map(decisionKey),
      draft.sets.map(({ target, set }) => [
        target.service,
        target.application,
        target.forwardedTo,
        target.protocol,
        target.ports,
        set,
      ]),
    ]);
    const same = merged.get(key);
    merged.set(key, same === undefined ? draft : { ...same, boundaries: [...same.boundaries, ...draft.boundaries] });
  }
  return [...merged.values()];
}
