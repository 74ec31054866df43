import { ALL_PORTS, single, type NumberRange, type ServiceSet, type ServiceTerm } from '../../parsers/model/service.ts';
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

/** Source ports of the service's packets within the slice; empty when it has none. May overlap. */
export function sourcePortsIn(service: ServiceSet, slice: Slice): readonly NumberRange[] {
  let found: readonly NumberRange[] | undefined;
  for (const term of service) {
    if (!takesPartIn(term, slice)) continue;
    found = found === undefined ? term.sourcePorts : [...found, ...term.sourcePorts];
  }
  return found ?? [];
}

/** Whether packets of the slice can be in the term. */
export function takesPartIn(term: ServiceTerm, slice: Slice): boolean {
  return within(term.protocols, slice.protocol) && within(term.destinationPorts, slice.port);
}

function within(ranges: readonly NumberRange[], value: number): boolean {
  for (const range of ranges) if (value >= range.first && value <= range.last) return true;
  return false;
}
