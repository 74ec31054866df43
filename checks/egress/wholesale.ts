import type { Boundary } from '../boundaries/boundary.ts';
import type { Slice } from '../evaluate/slice.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { unnamedBeside } from './alike-ports.ts';

/**
 * Packets of a slice that pass on ports which no rule names as well: a rule lets them out wholesale, and says nothing of the
 * port. None where the rules name the port and deny its neighbours.
 */
export function passWholesale(space: PacketSpace, boundary: Boundary): (slice: Slice) => PacketSet {
  const known = new Map<number, (port: number) => number | undefined>();
  return ({ protocol, port }) => {
    let beside = known.get(protocol);
    if (beside === undefined) known.set(protocol, (beside = unnamedBeside(boundary.evaluated.crossing, protocol)));
    const neighbour = beside(port);
    return neighbour === undefined ? space.none : boundary.permitted({ protocol, port: neighbour }).possible;
  };
}
