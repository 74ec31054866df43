import type { Family } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Crossing } from '../../parsers/model/device.ts';
import type { EvaluatedCrossing, Parts, Permitted } from '../evaluate/evaluation.ts';
import type { Slice } from '../evaluate/slice.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { Direction } from './direction.ts';
import type { Elsewhere } from './elsewhere.ts';

/** Deciding rules told apart in one slice of a boundary; what lies beyond is reported as one remainder. */
export const MAX_PARTS = 1000;

/**
 * Crossings in one direction whose steps are the same, judged once for all of them. Sets hold only packets of the
 * families that the segments carry.
 */
export interface Boundary {
  readonly direction: Direction;
  /** At least one; sorted by segment names. */
  readonly crossings: readonly [Crossing, ...Crossing[]];
  readonly families: readonly Family[];
  /** All packets of `families`. */
  readonly carried: PacketSet;
  /** Packets that the device takes for itself, so that they cross nothing, whatever the filters say. */
  readonly toDevice: PacketSet;
  /** The crossings that some packet of the sets can take: neither for the device itself nor on its way to another segment. */
  taken(sets: readonly PacketSet[]): readonly Crossing[];
  permitted(slice: Slice): Permitted;
  /** `set` split by the decisions that may permit it, at most `MAX_PARTS` parts. */
  parts(slice: Slice, set: PacketSet): Parts;
  conditions(slice: Slice, set: PacketSet): readonly Condition[];
  readonly evaluated: EvaluatedCrossing;
  /**
   * The same path as sessions of an application meet it once it is recognised. Undefined where the device recognises
   * none. Its sets say nothing about first packets, which have to pass as well.
   */
  session(application: string): EvaluatedCrossing | undefined;
}

/** A boundary over an evaluated crossing that stands for all `crossings`. */
export function createBoundary(
  space: PacketSpace,
  direction: Direction,
  crossings: readonly [Crossing, ...Crossing[]],
  families: readonly Family[],
  toDevice: PacketSet,
  elsewhere: Elsewhere,
  evaluated: EvaluatedCrossing,
  session: Boundary['session'],
): Boundary {
  const carried = families.reduce((set, family) => space.union(set, space.family(family)), space.none);
  const known = new Map<string, Parts>();
  return {
    direction,
    crossings,
    families,
    carried,
    toDevice,
    evaluated,
    session,
    taken(sets) {
      return crossings.filter((crossing) => {
        const away = space.union(toDevice, elsewhere.packets(crossing));
        return sets.some((set) => !space.isSubset(set, away));
      });
    },
    permitted(slice) {
      const { definite, possible } = evaluated.permitted(slice);
      return { definite: space.intersect(definite, carried), possible: space.intersect(possible, carried) };
    },
    parts(slice, set) {
      const key = `${slice.protocol}/${slice.port}/${set}`;
      let parts = known.get(key);
      if (parts === undefined) known.set(key, (parts = evaluated.parts(slice, set, MAX_PARTS)));
      return parts;
    },
    conditions: (slice, set) => evaluated.conditions(slice, set),
  };
}
