import type { Crossing } from '../../parsers/model/device.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import type { CheckContext } from '../check.ts';
import type { Service } from '../data/services.ts';
import type { Decision } from '../evaluate/evaluation.ts';
import type { Reach } from '../finding.ts';
import type { PacketSet } from '../packet-space/packet-space.ts';
import { firstPackets } from '../reporting/draft.ts';
import type { Target } from '../reporting/flow-text.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import type { CellState } from './coverage-matrix.ts';

/** First packets of a target on a boundary, those for the device itself left in. */
interface TargetPackets {
  readonly target: Target;
  /** What may pass. */
  readonly possible: PacketSet;
  /** Of those, what is approved, and what is not. */
  readonly granted: PacketSet;
  readonly needless: PacketSet;
  /** Of the needless ones, those that surely pass. */
  readonly sure: PacketSet;
}

/** Packets that a state speaks of, by the decisions that let them pass. */
export interface PassingPart {
  /** Tells the parts of a service and state apart. */
  readonly index: number;
  readonly target: Target;
  readonly set: PacketSet;
  readonly decisions: readonly Decision[];
}

/** What became of a service on the crossings of a boundary. */
export interface JudgedService {
  readonly service: Service;
  readonly packets: readonly TargetPackets[];
  /** What lets the packets pass that the state speaks of, and that take this crossing; empty where it is blocked. */
  parts(crossing: Crossing): readonly PassingPart[];
  state(crossing: Crossing): CellState;
  /** Whether sessions of what passes, or of the part that is not approved, stay permitted; undefined where nothing passes. */
  reach(crossing: Crossing): Reach | undefined;
}

/** Judges a service on all crossings of a boundary; they may differ, for each takes only packets that are routed over it. */
export function judgeService(context: CheckContext, boundary: Boundary, service: Service): JudgedService {
  const { device, space, approvals, sessions } = context;
  const crossed = { direction: boundary.direction, crossing: boundary.evaluated.crossing };
  const packets = serviceTargets(device, boundary, [service]).map((target): TargetPackets => {
    const { definite, possible } = firstPackets(space, boundary, target);
    const approved = approvals.covers(crossed, target);
    return {
      target,
      possible,
      granted: space.intersect(possible, approved),
      needless: space.subtract(possible, approved),
      sure: space.subtract(definite, approved),
    };
  });
  const takenBy = (sets: readonly PacketSet[]): ReadonlySet<Crossing> =>
    new Set(sets.every((set) => space.isEmpty(set)) ? [] : boundary.taken(sets));
  const passing = takenBy(packets.map(({ possible }) => possible));
  const needless = takenBy(packets.map((each) => each.needless));
  const sure = takenBy(packets.map((each) => each.sure));
  const granted = takenBy(packets.map((each) => each.granted));
  const live = (set: (each: TargetPackets) => PacketSet): ReadonlySet<Crossing> =>
    sessions === undefined || passing.size === 0
      ? new Set()
      : takenBy(packets.map((each) => space.intersect(set(each), sessions.permitted(boundary, each.target).possible)));
  const needlessLives = live((each) => each.needless);
  const passingLives = live(({ possible }) => possible);
  const state = (crossing: Crossing): CellState => {
    if (!passing.has(crossing)) return 'blocked';
    if (!needless.has(crossing)) return 'approved';
    if (!sure.has(crossing)) return 'unknown';
    return granted.has(crossing) ? 'excess' : 'open';
  };
  const parts = new Map<CellState, ReturnType<typeof partsOf>>();
  return {
    service,
    packets,
    state,
    parts(crossing) {
      const here = state(crossing);
      if (here === 'blocked') return [];
      const known = parts.get(here) ?? partsOf(context, boundary, packets, here);
      parts.set(here, known);
      return known.filter(({ takenBy: crossings }) => crossings.has(crossing)).map(({ part }) => part);
    },
    reach(crossing) {
      if (sessions === undefined || !passing.has(crossing)) return undefined;
      const lives = needless.has(crossing) ? needlessLives : passingLives;
      return lives.has(crossing) ? 'session' : 'first-packets';
    },
  };
}

/** The parts of a state with the crossings that some of their packets take. */
function partsOf(
  { space }: CheckContext,
  boundary: Boundary,
  packets: readonly TargetPackets[],
  state: CellState,
): { readonly part: PassingPart; readonly takenBy: ReadonlySet<Crossing> }[] {
  const sets = packets.flatMap((each) => {
    const meant = meantBy(state, each);
    if (space.isEmpty(meant)) return [];
    const { parts } = boundary.parts(each.target.slice, each.possible);
    return parts.map(({ set, decisions }) => ({ target: each.target, set: space.intersect(set, meant), decisions }));
  });
  return sets.map((part, index) => ({
    part: { ...part, index },
    takenBy: new Set(space.isEmpty(part.set) ? [] : boundary.taken([part.set])),
  }));
}

function meantBy(state: CellState, packets: TargetPackets): PacketSet {
  if (state === 'open' || state === 'excess') return packets.sure;
  return state === 'approved' ? packets.possible : packets.needless;
}
