import type { Permitted } from '../evaluate/evaluation.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { Confidence } from '../finding.ts';
import type { Change } from './device-changes.ts';

/** Five disjoint sets. A packet in none of them is as permitted after as before. */
export interface ChangedSets {
  readonly openedSurely: PacketSet;
  readonly openedPossibly: PacketSet;
  readonly closedSurely: PacketSet;
  readonly closedPossibly: PacketSet;
  readonly undecided: PacketSet;
}

/**
 * What changed between two bounds. Each side puts a packet into one of three places: surely permitted (in `definite`), maybe
 * (in `possible` alone) or not.
 *
 * | before → after | not             | maybe           | surely          |
 * | -------------- | --------------- | --------------- | --------------- |
 * | not            | –               | opened possibly | opened surely   |
 * | maybe          | closed possibly | see below       | opened possibly |
 * | surely         | closed surely   | closed possibly | –               |
 *
 * Surely: whatever the truth is within both bounds. Possibly: for some truth, and for no truth the other way round. What is open
 * on both sides may have gone either way, unless its fate hangs on the same facts on both: those packets are `alike`, and
 * nothing changed for them. So what opened is at least `openedSurely`, at most that with `openedPossibly` and `undecided`.
 *
 * @param alike packets of which it is known that they have one fate, whatever the texts leave open; asked about those that are
 *   undecided on both sides.
 */
export function changedSets(
  space: PacketSpace,
  before: Permitted,
  after: Permitted,
  alike: (undecided: PacketSet) => PacketSet,
): ChangedSets {
  const openedSurely = space.subtract(after.definite, before.possible);
  const closedSurely = space.subtract(before.definite, after.possible);
  const rose = space.union(
    space.subtract(after.definite, before.definite),
    space.subtract(after.possible, before.possible),
  );
  const fell = space.union(
    space.subtract(before.definite, after.definite),
    space.subtract(before.possible, after.possible),
  );
  const both = space.intersect(
    space.subtract(before.possible, before.definite),
    space.subtract(after.possible, after.definite),
  );
  return {
    openedSurely,
    openedPossibly: space.subtract(rose, openedSurely),
    closedSurely,
    closedPossibly: space.subtract(fell, closedSurely),
    undecided: space.isEmpty(both) ? space.none : space.subtract(both, alike(both)),
  };
}

/** The sets with what they are called, those that surely changed first. */
export function namedSets(
  sets: ChangedSets,
): readonly { readonly change: Change; readonly confidence: Confidence; readonly set: PacketSet }[] {
  return [
    { change: 'opened', confidence: 'definite', set: sets.openedSurely },
    { change: 'opened', confidence: 'possible', set: sets.openedPossibly },
    { change: 'closed', confidence: 'definite', set: sets.closedSurely },
    { change: 'closed', confidence: 'possible', set: sets.closedPossibly },
    { change: 'undecided', confidence: 'possible', set: sets.undecided },
  ];
}
