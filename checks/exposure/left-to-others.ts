import type { Boundary } from '../boundaries/boundary.ts';
import type { PermittedReport } from '../check.ts';
import { passWholesale } from '../egress/wholesale.ts';
import type { PacketSpace } from '../packet-space/packet-space.ts';
import { chosenPorts } from './chosen-source-ports.ts';

/**
 * Leaves to others, on ports between brokers and for administrators, packets from chosen source ports, and, but for exposure,
 * those that a rule lets pass wholesale with everything else.
 */
export function leavingToOthers(
  space: PacketSpace,
  boundary: Boundary,
): Pick<Required<PermittedReport<string>>, 'narrow' | 'keep'> {
  const chosen = chosenPorts(space, boundary);
  const wholesale = boundary.direction === 'exposure' ? () => space.none : passWholesale(space, boundary);
  return {
    narrow: (set, { slice }) => space.subtract(set, space.union(chosen.holes(slice), wholesale(slice))),
    keep: (part, { slice }) => chosen.addsTo(part, slice),
  };
}
