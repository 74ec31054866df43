import type { EvaluatedCrossing, Permitted } from '../evaluate/evaluation.ts';
import type { Slice } from '../evaluate/slice.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { firstPackets } from '../reporting/draft.ts';
import type { Target } from '../reporting/flow-text.ts';
import { changedSets, type ChangedSets } from './changed-sets.ts';
import type { Side, Way } from './side.ts';

/** One side of crossings that are compared. */
export interface Seen {
  readonly side: Side;
  readonly way: Way;
  readonly boundary: Boundary;
}

/** Both sides of crossings; a side without a way permits nothing. */
export interface SeenPair {
  readonly before: Seen | undefined;
  readonly after: Seen | undefined;
}

/** Whether connections can begin, or begin and stay permitted. */
export type Reach = 'first-packets' | 'session';

/** A target as each side has it: a forwarded port may be one of a single side. */
export interface PairedTarget {
  readonly before: Target | undefined;
  readonly after: Target | undefined;
}

/** What changed of a target between the two sides. */
export function compareTarget(space: PacketSpace, pair: SeenPair, target: PairedTarget, reach: Reach): ChangedSets {
  const before = permittedBy(space, pair.before, target.before, reach);
  const after = permittedBy(space, pair.after, target.after, reach);
  return changedSets(space, before, after, (set) => alike(space, pair, target, reach, set));
}

function permittedBy(space: PacketSpace, seen: Seen | undefined, target: Target | undefined, reach: Reach): Permitted {
  if (seen === undefined || target === undefined) return { definite: space.none, possible: space.none };
  const first = firstPackets(space, seen.boundary, target);
  if (reach === 'first-packets' || seen.side.sessions === undefined) return first;
  const session = seen.side.sessions.permitted(seen.boundary, target);
  return {
    definite: space.intersect(first.definite, session.definite),
    possible: space.intersect(first.possible, session.possible),
  };
}

/** Packets of `set` that have one fate on both sides, in every path that counts. */
function alike(
  space: PacketSpace,
  { before, after }: SeenPair,
  target: PairedTarget,
  reach: Reach,
  set: PacketSet,
): PacketSet {
  const slice = (target.after ?? target.before)?.slice;
  if (before === undefined || after === undefined || slice === undefined) return space.none;
  const [had, has] = [pathsOf(before, target.before, reach), pathsOf(after, target.after, reach)];
  if (had.size !== has.size) return space.none;
  return [...had].reduce((left, [name, mine]) => {
    const other = has.get(name);
    if (mine === undefined || other === undefined) return space.none;
    return space.intersect(left, alikeOn(space, before, after, mine, other, slice, left));
  }, set);
}

/** The path of first packets, and those of sessions by application. */
export function pathsOf(
  { side, boundary }: Seen,
  target: Target | undefined,
  reach: Reach,
): ReadonlyMap<string, EvaluatedCrossing | undefined> {
  const paths = new Map<string, EvaluatedCrossing | undefined>([['', boundary.evaluated]]);
  if (target === undefined || reach === 'first-packets') return paths;
  for (const name of side.sessions?.applications(target) ?? []) paths.set(name, boundary.session(name));
  return paths;
}

function alikeOn(
  space: PacketSpace,
  before: Seen,
  after: Seen,
  mine: EvaluatedCrossing,
  other: EvaluatedCrossing,
  slice: Slice,
  set: PacketSet,
): PacketSet {
  const had = mine.fates(slice, set, before.side.shapes);
  const has = other.fates(slice, set, after.side.shapes);
  if (had === undefined || has === undefined) return space.none;
  return [...had].reduce(
    (same, [key, piece]) => space.union(same, space.intersect(piece, has.get(key) ?? space.none)),
    space.none,
  );
}
