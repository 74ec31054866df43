import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { Field } from '../../checks/packet-space/packet-space.ts';
import { addresses, prefix6 } from '../../parsers/model/address.ts';
import { ADDRESSES, packets, PORTS, PROTOCOLS, written } from './universe.ts';

const FIELDS: readonly Field[] = ['source', 'destination', 'source-port', 'destination-port', 'protocol', 'family'];

/** The packet with every value of the field, or one of each class of values. */
function variants(packet: Packet, field: Field): Packet[] {
  switch (field) {
    case 'source':
      return ADDRESSES[packet.family].map((source) => ({ ...packet, source }));
    case 'destination':
      return ADDRESSES[packet.family].map((destination) => ({ ...packet, destination }));
    case 'source-port':
      return PORTS.map((sourcePort) => ({ ...packet, sourcePort }));
    case 'destination-port':
      return PORTS.map((destinationPort) => ({ ...packet, destinationPort }));
    case 'protocol':
      return PROTOCOLS.map((protocol) => ({ ...packet, protocol }));
    case 'family': {
      const large = packet.source >= 1n << 32n || packet.destination >= 1n << 32n;
      return large ? [packet] : ([4, 6] as const).map((family) => ({ ...packet, family }));
    }
  }
}

describe('freeing a field', () => {
  test.each(FIELDS)('%s: for some and for every value of it', (field) => {
    fc.assert(
      fc.property(written, fc.array(packets, { minLength: 10, maxLength: 30 }), (x, some) => {
        const space = createPacketSpace();
        const set = x.build(space);
        const [possible, certain] = [space.forSome(set, field), space.forEvery(set, field)];
        for (const packet of some) {
          const held = new Set(variants(packet, field).map(x.has));
          expect(space.contains(possible, packet)).toBe(held.has(true));
          expect(space.contains(certain, packet)).toBe(!held.has(false));
        }
      }),
      { numRuns: 120 },
    );
  });

  test('every value is no value left out, and never more than some', () => {
    fc.assert(
      fc.property(written, fc.constantFrom(...FIELDS), (x, field) => {
        const space = createPacketSpace();
        const set = x.build(space);
        const certain = space.forEvery(set, field);
        expect(certain).toBe(space.complement(space.forSome(space.complement(set), field)));
        expect(space.isSubset(certain, set)).toBe(true);
        expect(space.isSubset(set, space.forSome(set, field))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('an IPv6 address beyond 32 bits has no IPv4 counterpart', () => {
    const space = createPacketSpace();
    const large = space.addressIn('source', addresses(prefix6(0x20010db8n << 96n, 32)));
    expect(space.forSome(large, 'family')).toBe(large);
    expect(space.forEvery(large, 'family')).toBe(large);
    expect(space.forSome(space.family(4), 'family')).not.toBe(space.all);
  });
});
