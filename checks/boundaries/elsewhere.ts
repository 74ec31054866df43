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
    const all = space.addressIn('destination', { include: others.flatMap(connected), exclude: [] });
    const routed = device.routes.filter(
      ({ segment, destination }) => (segment === undefined || segment === name) && !isEverything(destination),
    );
    return this.without(all, [...connected(to), ...routed.map(({ destination }) => destination)]);
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

/** A default route: the one route that is never longer than a connected network. */
function isEverything(destination: AddressTerm): boolean {
  switch (destination.kind) {
    case 'range4':
      return destination.first === 0 && destination.last === 0xffffffff;
    case 'range6':
      return destination.first === 0n && destination.last === (1n << 128n) - 1n;
    case 'wildcard4':
    case 'wildcard6':
      return false;
  }
}
