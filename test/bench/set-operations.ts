import { bench, group, run } from 'mitata';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { addresses, prefix4, prefix6 } from '../../parsers/model/address.ts';
import type { AddressSet } from '../../parsers/model/address.ts';
import { ALL_PORTS } from '../../parsers/model/service.ts';
import { seeded } from './random.ts';

const FLOWS = 200;

/**
 * Building and asking of sets. What a space remembers would flatter repeated operations, so those that it remembers are
 * measured with the making of a new space and its flows.
 */
export async function benchSetOperations(): Promise<void> {
  const random = seeded(7);
  const network = (): AddressSet => addresses(prefix4(0x0a000000 + random.below(2 ** 24), 12 + random.below(20)));
  const network6 = (): AddressSet =>
    addresses(prefix6((0x20010db8n << 96n) + (BigInt(random.below(2 ** 32)) << 64n), 64));
  const flows = (space: PacketSpace, address: () => AddressSet): PacketSet[] =>
    Array.from({ length: FLOWS }, () => space.flow(address(), address(), ALL_PORTS));
  const union = (space: PacketSpace, sets: readonly PacketSet[]): PacketSet =>
    sets.reduce((all, set) => space.union(all, set), space.none);

  group(`a new space with ${FLOWS} flows`, () => {
    bench('IPv4 prefixes', () => flows(createPacketSpace(), network));
    bench('IPv6 prefixes', () => flows(createPacketSpace(), network6));
    bench('and their union', () => {
      const space = createPacketSpace();
      return union(space, flows(space, network));
    });
    bench('and all others', () => {
      const space = createPacketSpace();
      return flows(space, network).reduce((left, set) => space.subtract(left, set), space.all);
    });
  });
  group(`the union of ${FLOWS} flows`, () => {
    const space = createPacketSpace();
    const set = union(space, flows(space, network));
    bench('count', () => space.count(set));
    bench('describe, 50 boxes', () => space.describe(set, 50));
    bench('describe, all boxes', () => space.describe(set, 10_000));
  });
  await run();
}
