import { ALL_PORTS, single } from '../../parsers/model/service.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';

/**
 * One transport service: IP protocol and destination port (for ICMP the selector). Permitted sets are computed slice by
 * slice: rules that cannot match it drop out, and within it sets leave protocol and destination port free.
 */
export interface Slice {
  readonly protocol: number;
  readonly port: number;
}

/** A set over all fields as a set of the slice: narrowed to it, then protocol and destination port left free. */
export function withinSlice(space: PacketSpace, whole: PacketSet, slice: Slice): PacketSet {
  const here = space.serviceIn([
    { protocols: [single(slice.protocol)], sourcePorts: ALL_PORTS, destinationPorts: [single(slice.port)] },
  ]);
  return space.forSome(space.forSome(space.intersect(whole, here), 'protocol'), 'destination-port');
}
