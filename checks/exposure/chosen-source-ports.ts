import { ANY_ADDRESS } from '../../parsers/model/address.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { namedRanges } from '../egress/named-ranges.ts';
import type { Slice } from '../evaluate/slice.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';

/**
 * A sender has to choose a source port to lie in a range of at most this many: all privileged ports are one, and no system
 * takes the ports of its connections from so few.
 */
const MAX_CHOSEN_PORTS = 1024;

/** Packets from source ports that a sender has to choose. */
export interface ChosenPorts {
  /** Those of a slice that are holes: the same two hosts get nothing through from any other port. Exact. */
  readonly holes: (slice: Slice) => PacketSet;
  /**
   * False for packets of a slice that all come from chosen ports. Where they are no holes, they add nothing: another rule lets
   * the same hosts connect from other ports.
   */
  readonly addsTo: (packets: PacketSet, slice: Slice) => boolean;
}

/** Tells apart what passes on a boundary from chosen source ports. Between own networks nothing is told apart. */
export function chosenPorts(space: PacketSpace, boundary: Boundary): ChosenPorts {
  const { direction, evaluated } = boundary;
  const known = new Map<number, PacketSet | undefined>();
  const chosen = ({ protocol }: Slice): PacketSet | undefined => {
    if (direction === 'lateral') return undefined;
    if (known.has(protocol)) return known.get(protocol);
    const ranges = namedRanges(evaluated.crossing, protocol, 'sourcePorts');
    const few = ranges.filter(({ first, last }) => last - first < MAX_CHOSEN_PORTS);
    const set = few.length === 0 ? undefined : space.flow(ANY_ADDRESS, ANY_ADDRESS, few);
    known.set(protocol, set);
    return set;
  };
  return {
    holes(slice) {
      const ports = chosen(slice);
      if (ports === undefined) return space.none;
      const alone = (set: PacketSet): PacketSet =>
        space.subtract(space.intersect(set, ports), space.forSome(space.subtract(set, ports), 'source-port'));
      const { definite, possible } = boundary.permitted(slice);
      return space.union(alone(definite), alone(possible));
    },
    addsTo(packets, slice) {
      const ports = chosen(slice);
      return ports === undefined || !space.isSubset(packets, ports);
    },
  };
}
