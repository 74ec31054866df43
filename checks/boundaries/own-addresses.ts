import type { Crossing, Device, InterfaceAddress } from '../../parsers/model/device.ts';
import { range4, range6, type AddressTerm } from '../../parsers/model/address.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';

/**
 * Packets to an address of the device itself in the routing context that they arrive in. They end there, which is why
 * edge filters permit routing sessions with any port from known peers. Not among them: what a translation of the
 * crossing sends on (a port forwarded from the address of the interface).
 */
export function packetsToDevice(space: PacketSpace, device: Device, crossing: Crossing): PacketSet {
  const context = device.segments.find(({ name }) => name === crossing.from)?.routingContext;
  const own = device.segments
    .filter(({ routingContext }) => routingContext === context)
    .flatMap(({ interfaces }) => interfaces.flatMap(({ addresses }) => addresses.map(termOf)));
  const received = space.addressIn('destination', { include: own, exclude: [] });
  return crossing.steps.reduce((left, step) => {
    if (step.kind !== 'translation') return left;
    const { translation } = step;
    if (translation.kind === 'static-destination') {
      return space.subtract(left, space.addressIn('destination', { include: [translation.from], exclude: [] }));
    }
    if (translation.kind !== 'unmodelled') return left;
    return space.subtract(left, space.addressIn('destination', translation.touches));
  }, received);
}

function termOf({ family, address }: InterfaceAddress): AddressTerm {
  return family === 4 ? range4(Number(address), Number(address)) : range6(BigInt(address), BigInt(address));
}
