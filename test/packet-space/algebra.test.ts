import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { PacketSet } from '../../checks/packet-space/packet-space.ts';
import { ANY4, ANY_ADDRESS, NO_ADDRESS } from '../../parsers/model/address.ts';
import type { Family } from '../../parsers/model/address.ts';
import { ALL_PORTS, ANY_SERVICE } from '../../parsers/model/service.ts';
import { ADDRESSES, packets, PORTS, PROTOCOLS, written } from './universe.ts';

/** Some packets of each class of values, crossed: 2 families × 24 × 6 addresses × 2 × 2 × 2. */
const UNIVERSE: readonly Packet[] = ([4, 6] as const).flatMap((family: Family) =>
  ADDRESSES[family].flatMap((source) =>
    ADDRESSES[family]
      .filter((_, index) => index % 4 === 1)
      .flatMap((destination) =>
        [6, 17].flatMap((protocol) =>
          [80, 1883].flatMap((destinationPort) =>
            [0, 1884].map((sourcePort) => ({ family, source, destination, protocol, sourcePort, destinationPort })),
          ),
        ),
      ),
  ),
);

describe('sets agree with packet-by-packet decisions', () => {
  test('over a whole small universe', () => {
    fc.assert(
      fc.property(written, (set) => {
        const space = createPacketSpace();
        const built = set.build(space);
        const wrong = UNIVERSE.find((packet) => space.contains(built, packet) !== set.has(packet));
        expect(wrong).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  test('for packets of every class', () => {
    fc.assert(
      fc.property(written, fc.array(packets, { minLength: 30, maxLength: 60 }), (set, some) => {
        const space = createPacketSpace();
        const built = set.build(space);
        for (const packet of some) expect(space.contains(built, packet)).toBe(set.has(packet));
      }),
      { numRuns: 300 },
    );
  });

  test('a set of one packet has that packet and no other', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const space = createPacketSpace();
        const one = space.packet(packet);
        expect(space.count(one)).toBe(1n);
        expect(space.contains(one, packet)).toBe(true);
      }),
    );
  });
});

describe('laws of the algebra hold as identity of sets', () => {
  test('union, intersection, difference and complement', () => {
    fc.assert(
      fc.property(written, written, written, (x, y, z) => {
        const space = createPacketSpace();
        const { all, none } = space;
        const [a, b, c] = [x.build(space), y.build(space), z.build(space)];
        const union = (p: PacketSet, q: PacketSet): PacketSet => space.union(p, q);
        const intersect = (p: PacketSet, q: PacketSet): PacketSet => space.intersect(p, q);
        const subtract = (p: PacketSet, q: PacketSet): PacketSet => space.subtract(p, q);
        const complement = (p: PacketSet): PacketSet => space.complement(p);
        expect(union(a, b)).toBe(union(b, a));
        expect(intersect(a, b)).toBe(intersect(b, a));
        expect(union(a, union(b, c))).toBe(union(union(a, b), c));
        expect(intersect(a, intersect(b, c))).toBe(intersect(intersect(a, b), c));
        expect(intersect(a, union(b, c))).toBe(union(intersect(a, b), intersect(a, c)));
        expect(union(a, intersect(b, c))).toBe(intersect(union(a, b), union(a, c)));
        expect(complement(union(a, b))).toBe(intersect(complement(a), complement(b)));
        expect(complement(complement(a))).toBe(a);
        expect(subtract(a, b)).toBe(intersect(a, complement(b)));
        expect(union(a, complement(a))).toBe(all);
        expect(intersect(a, complement(a))).toBe(none);
        expect(union(a, intersect(a, b))).toBe(a);
        expect(subtract(a, none)).toBe(a);
        expect(subtract(a, all)).toBe(none);
      }),
      { numRuns: 200 },
    );
  });

  test('unionOutside is union after difference', () => {
    fc.assert(
      fc.property(written, written, written, (x, y, z) => {
        const space = createPacketSpace();
        const [a, b, m] = [x.build(space), y.build(space), z.build(space)];
        expect(space.unionOutside(a, b, m)).toBe(space.union(a, space.subtract(b, m)));
        expect(space.unionOutside(a, b, a)).toBe(space.union(a, b));
        expect(space.unionOutside(space.none, space.all, m)).toBe(space.complement(m));
      }),
      { numRuns: 200 },
    );
  });

  test('subset and overlap are what difference and intersection say', () => {
    fc.assert(
      fc.property(written, written, (x, y) => {
        const space = createPacketSpace();
        const [a, b] = [x.build(space), y.build(space)];
        expect(space.isSubset(a, b)).toBe(space.isEmpty(space.subtract(a, b)));
        expect(space.isSubset(space.intersect(a, b), b)).toBe(true);
        expect(space.isSubset(a, space.union(a, b))).toBe(true);
        expect(space.intersects(a, b)).toBe(!space.isEmpty(space.intersect(a, b)));
        expect(space.intersects(a, space.subtract(b, a))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the ends of the algebra', () => {
  test('all and none are canonical however they are built', () => {
    const space = createPacketSpace();
    expect(space.box(ANY_ADDRESS, ANY_ADDRESS, ANY_SERVICE)).toBe(space.all);
    expect(space.flow(ANY_ADDRESS, ANY_ADDRESS, ALL_PORTS)).toBe(space.all);
    expect(space.union(space.family(4), space.family(6))).toBe(space.all);
    expect(space.box(ANY4, ANY4, ANY_SERVICE)).toBe(space.family(4));
    expect(space.box(NO_ADDRESS, ANY_ADDRESS, ANY_SERVICE)).toBe(space.none);
    expect(space.box(ANY_ADDRESS, ANY_ADDRESS, [])).toBe(space.none);
    expect(space.flow(ANY_ADDRESS, ANY_ADDRESS, [])).toBe(space.none);
  });

  test('a slice costs nothing for protocol and port: flow leaves both free', () => {
    const space = createPacketSpace();
    const flow = space.flow(ANY4, ANY4, ALL_PORTS);
    for (const protocol of PROTOCOLS) {
      for (const destinationPort of PORTS) {
        const packet = { family: 4, source: 1n, destination: 2n, protocol, sourcePort: 3, destinationPort } as const;
        expect(space.contains(flow, packet)).toBe(true);
      }
    }
  });
});
