import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { addresses, ALL4, ANY4, masked4, prefix4, prefix6, range4, range6 } from '../../parsers/model/address.ts';
import type { AddressTerm } from '../../parsers/model/address.ts';
import { ALL_PORTS } from '../../parsers/model/service.ts';
import { BASE4, BASE6, inTerm, packets, PORTS, written } from './universe.ts';

const at4 = fc.constantFrom(0, 3, BASE4 - 2, BASE4, BASE4 + 1, BASE4 + 4, BASE4 + 6, 0xffffffe0);
const at6 = fc.constantFrom(0n, 5n, BASE6 - 3n, BASE6, BASE6 + 1n, BASE6 + 4n, (1n << 128n) - 32n);

/** Two ranges of one family and size, mostly not aligned to one another. */
const pairs: fc.Arbitrary<readonly [AddressTerm, AddressTerm]> = fc.oneof(
  fc
    .tuple(at4, at4, fc.integer({ min: 0, max: 20 }))
    .map(([from, to, size]): [AddressTerm, AddressTerm] => [range4(from, from + size), range4(to, to + size)]),
  fc
    .tuple(at6, at6, fc.bigInt({ min: 0n, max: 20n }))
    .map(([from, to, size]): [AddressTerm, AddressTerm] => [range6(from, from + size), range6(to, to + size)]),
);

describe('before an address is rewritten', () => {
  test('packets of `from` are in the set when they are in it at the same offset of `to`', () => {
    fc.assert(
      fc.property(
        written,
        pairs,
        fc.constantFrom('source' as const, 'destination' as const),
        fc.array(packets, { minLength: 20, maxLength: 40 }),
        (x, [from, to], field, some) => {
          const space = createPacketSpace();
          const before = space.beforeRewrite(x.build(space), field, from, to);
          const move = firstOf(to) - firstOf(from);
          for (const packet of some) {
            const inFrom = inTerm(from, packet.family, packet[field]);
            const expected = inFrom && x.has({ ...packet, [field]: packet[field] + move });
            expect(space.contains(before, packet)).toBe(expected);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('is one to one: as many packets as lie in `to`, and the way back leads to them', () => {
    fc.assert(
      fc.property(
        written,
        pairs,
        fc.constantFrom('source' as const, 'destination' as const),
        (x, [from, to], field) => {
          const space = createPacketSpace();
          const set = x.build(space);
          const before = space.beforeRewrite(set, field, from, to);
          const reached = space.intersect(set, space.addressIn(field, addresses(to)));
          expect(space.count(before)).toBe(space.count(reached));
          expect(space.beforeRewrite(before, field, to, from)).toBe(reached);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('moves whole networks, and ranges that are not aligned, without going address by address', () => {
    const space = createPacketSpace();
    const inside = space.flow(ANY4, addresses(prefix4(0x0a010000, 16)), ALL_PORTS);
    const network = space.beforeRewrite(inside, 'destination', prefix4(0xc6330000, 16), prefix4(0x0a010000, 16));
    expect(network).toBe(space.flow(ANY4, addresses(prefix4(0xc6330000, 16)), ALL_PORTS));
    const odd = space.beforeRewrite(
      space.flow(ANY4, addresses(range4(0x0a000010, 0x0a00ffff)), ALL_PORTS),
      'destination',
      range4(0x05000003, 0x05ffff02),
      range4(0x0a000000, 0x0affffff - 0x100),
    );
    expect(odd).toBe(space.flow(ANY4, addresses(range4(0x05000013, 0x05010002)), ALL_PORTS));
  });

  test('needs two ranges of one family and size', () => {
    const space = createPacketSpace();
    const rewrite = (from: AddressTerm, to: AddressTerm) => () => space.beforeRewrite(space.all, 'source', from, to);
    expect(rewrite(prefix4(0, 24), prefix4(0, 25))).toThrow(RangeError);
    expect(rewrite(ALL4, prefix6(0n, 96))).toThrow(RangeError);
    expect(rewrite(masked4(1, 0xff0000ff), masked4(2, 0xff0000ff))).toThrow(RangeError);
  });
});

describe('before a destination port is rewritten', () => {
  test('packets with port `from` are in the set when they are in it with port `to`', () => {
    fc.assert(
      fc.property(
        written,
        fc.constantFrom(...PORTS),
        fc.constantFrom(...PORTS),
        fc.array(packets, { minLength: 20, maxLength: 40 }),
        (x, from, to, some) => {
          const space = createPacketSpace();
          const before = space.beforePortRewrite(x.build(space), from, to);
          for (const packet of some) {
            const expected = packet.destinationPort === from && x.has({ ...packet, destinationPort: to });
            expect(space.contains(before, packet)).toBe(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function firstOf(term: AddressTerm): bigint {
  return BigInt('first' in term ? term.first : term.value);
}
