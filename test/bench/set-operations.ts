import { bench, group, run } from 'mitata';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { addresses, prefix4, prefix6 } from '../../parsers/model/address.ts';
import type { AddressSet } from '../../parsers/model/address.ts';
import { ALL_PORTS } from '../../parsers/model/service.ts';
import { seeded } from './random.ts';

interface Operands {
  readonly space: PacketSpace;
  readonly a: PacketSet;
  readonly b: PacketSet;
  readonly both: PacketSet;
}

/** Single operations, each time on sets of a new space: a space remembers the results of earlier ones. */
export async function benchSetOperations(): Promise<void> {
  const random = seeded(7);
  const network = (): AddressSet => addresses(prefix4(0x0a000000 + random.below(2 ** 24), 12 + random.below(20)));
  const network6 = (): AddressSet =>
    addresses(prefix6((0x20010db8n << 96n) + (BigInt(random.below(2 ** 32)) << 64n), 64));
  const operands = (): Operands => {
    const space = createPacketSpace();
    const flows = (): PacketSet => {
      let set = space.none;
      for (let flow = 0; flow < 100; flow++) set = space.union(set, space.flow(network(), network(), ALL_PORTS));
      return set;
    };
    const [a, b] = [flows(), flows()];
    return { space, a, b, both: space.complement(space.intersect(space.complement(a), space.complement(b))) };
  };
  const measure = (name: string, operation: (operands: Operands) => unknown): void => {
    bench(name, function* fresh() {
      yield { 0: operands, bench: operation };
    });
  };

  group('one flow', () => {
    measure('IPv4 prefixes', ({ space }) => space.flow(network(), network(), ALL_PORTS));
    measure('IPv6 prefixes', ({ space }) => space.flow(network6(), network6(), ALL_PORTS));
  });
  group('two sets of 100 flows', () => {
    measure('union', ({ space, a, b }) => space.union(a, b));
    measure('subtract', ({ space, a, b }) => space.subtract(a, b));
    measure('isSubset', ({ space, a, both }) => space.isSubset(a, both));
    measure('count', ({ space, a }) => space.count(a));
    measure('witness', ({ space, a }) => space.witness(a));
    measure('describe, 50 boxes', ({ space, a }) => space.describe(a, 50));
  });
  await run();
}
