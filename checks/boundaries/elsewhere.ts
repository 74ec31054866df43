import { prefix4, prefix6, type AddressTerm } from '../../parsers/model/address.ts';
import type { Crossing, Device, InterfaceAddress, Segment } from '../../parsers/model/device.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';

/**
 * Tells which packets cannot leave by a segment, because their destination is on a network that is connected to another
 * one. A filter may permit them on this crossing; the crossing to their own segment is where they pass.
 *
 * Connected networks win over all but longer routes, so those that a route of the text sends to the segment are not
 * counted, nor addresses that a translation of the crossing rewrites.
 */
export class Elsewhere {
  private readonly space: PacketSpace;
  private readonly device: Device;
  private readonly known = new Map<string, PacketSet>();

  constructor(space: PacketSpace, device: Device) {
    this.space = space;
    this.device = device;
  }

  /** Packets that take another way than this crossing. */
  packets(crossing: Crossing): PacketSet {
    const known = this.known.get(crossing.to);
    const found = known ?? this.behindOthers(crossing.to);
    this.known.set(crossing.to, found);
    if (this.device.addressView === 'real') return found;
    return crossing.steps.reduce((left, step) => {
      if (step.kind !== 'translation') return left;
      const { translation } = step;
      if (translation.kind === 'static-destination') return this.without(left, [translation.from]);
      if (translation.kind !== 'unmodelled') return left;
      return this.space.subtract(left, this.space.addressIn('destination', translation.touches));
    }, found);
  }

  private behindOthers(name: string): PacketSet {
    const { device, space } = this;
    const to = device.segments.find((segment) => segment.name === name);
    if (to === undefined) return space.none;
    const others = device.segments.filter(
      (segment) => segment !== to && segment.transit === 'yes' && segment.routingContext === to.routingContext,
    );
    const networks = others.flatMap(connected);
    const all = space.addressIn('destination', { include: networks, exclude: [] });
    const longer = device.routes.flatMap(({ segment, destination }) =>
      (segment ?? name) === name && networks.some((network) => isWithin(destination, network)) ? [destination] : [],
    );
    return this.without(all, [...connected(to), ...longer]);
  }

  private without(set: PacketSet, terms: readonly AddressTerm[]): PacketSet {
    return this.space.subtract(set, this.space.addressIn('destination', { include: terms, exclude: [] }));
  }
}

function connected(segment: Segment): AddressTerm[] {
  return segment.interfaces.flatMap((port) => (port.enabled ? port.addresses.map(networkOf) : []));
}

function networkOf({ family, address, prefixLength }: InterfaceAddress): AddressTerm {
  return family === 4 ? prefix4(Number(address), prefixLength) : prefix6(BigInt(address), prefixLength);
}

/** Whether a route is longer than a connected network: only then it wins over it. */
function isWithin(destination: AddressTerm, network: AddressTerm): boolean {
  if (destination.kind === 'range4' && network.kind === 'range4') {
    const inside = destination.first >= network.first && destination.last <= network.last;
    return inside && destination.last - destination.first < network.last - network.first;
  }
  if (destination.kind === 'range6' && network.kind === 'range6') {
    const inside = destination.first >= network.first && destination.last <= network.last;
    return inside && destination.last - destination.first < network.last - network.first;
  }
  return false;
}
