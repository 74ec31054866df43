import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Box, PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { AddressTerm } from '../../parsers/model/address.ts';
import { addresses, ALL4, ANY4, masked4, prefix4, prefix6, range4, range6 } from '../../parsers/model/address.ts';
import { ALL_PORTS, ALL_PROTOCOLS, ANY_SERVICE, PROTOCOL, protocolTerm, single } from '../../parsers/model/service.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import { inBox, packets, setOfBox, written } from './universe.ts';

const PLENTY = 2000;

describe('a description', () => {
  test('has disjoint boxes whose union is the set and whose sizes add up to its count', () => {
    fc.assert(
      fc.property(written, (x) => {
        const space = createPacketSpace();
        const set = x.build(space);
        const { boxes, truncated } = space.describe(set, PLENTY);
        expect(truncated).toBe(false);
        let union = space.none;
        for (const box of boxes) {
          const part = setOfBox(space, box);
          expect(space.intersects(union, part)).toBe(false);
          union = space.union(union, part);
        }
        expect(union).toBe(set);
        expect(boxes.reduce((sum, box) => sum + sizeOf(box), 0n)).toBe(space.count(set));
      }),
      { numRuns: 300 },
    );
  });

  test('says packet by packet what the set has', () => {
    fc.assert(
      fc.property(written, fc.array(packets, { minLength: 20, maxLength: 40 }), (x, some) => {
        const space = createPacketSpace();
        const { boxes } = space.describe(x.build(space), PLENTY);
        for (const packet of some) expect(boxes.filter((box) => inBox(box, packet)).length).toBe(x.has(packet) ? 1 : 0);
      }),
      { numRuns: 150 },
    );
  });

  test('has sorted, disjoint, merged terms', () => {
    fc.assert(
      fc.property(written, (x) => {
        const space = createPacketSpace();
        for (const box of space.describe(x.build(space), PLENTY).boxes) {
          for (const ranges of [box.protocols, box.sourcePorts, box.destinationPorts]) expectApart(ranges);
          for (const terms of [box.source, box.destination]) {
            expectApart(terms.filter((term) => term.kind === 'range4'));
            expectApart(terms.filter((term) => term.kind === 'range6'));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('cut at any number of boxes is part of the set and says so', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 6 }), (x, most) => {
        const space = createPacketSpace();
        const set = x.build(space);
        const whole = space.describe(set, PLENTY);
        const { boxes, truncated } = space.describe(set, most);
        expect(boxes.length).toBeLessThanOrEqual(most);
        for (const box of boxes) expect(termsOf(box)).toBeLessThanOrEqual(most);
        const shown = unionOf(space, boxes);
        expect(space.isSubset(shown, set)).toBe(true);
        expect(truncated).toBe(shown !== set);
        if (whole.boxes.length <= most && whole.boxes.every((box) => termsOf(box) <= most)) {
          expect(boxes).toEqual(whole.boxes);
        }
        if (!space.isEmpty(set)) expect(boxes.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test('groups sources that reach the same destinations and joins neighbours', () => {
    const space = createPacketSpace();
    const servers = addresses(prefix4(0xac100000, 24));
    const one = space.flow(addresses(prefix4(0x0a000000, 25), prefix4(0x0a000300, 24)), servers, ALL_PORTS);
    const two = space.flow(addresses(prefix4(0x0a000080, 25)), servers, ALL_PORTS);
    expect(space.describe(space.union(one, two), 10)).toEqual({
      truncated: false,
      boxes: [
        {
          family: 4,
          source: [prefix4(0x0a000000, 24), prefix4(0x0a000300, 24)],
          destination: [prefix4(0xac100000, 24)],
          protocols: ALL_PROTOCOLS,
          sourcePorts: ALL_PORTS,
          destinationPorts: ALL_PORTS,
        },
      ],
    });
  });

  test('shows everything but a host as two ranges, in both families', () => {
    const space = createPacketSpace();
    const host6 = 0x20010db8n << 96n;
    const but = space.subtract(
      space.all,
      space.addressIn('destination', addresses(prefix4(0x0a000001, 32), prefix6(host6, 128))),
    );
    const { boxes, truncated } = space.describe(but, 10);
    expect(truncated).toBe(false);
    expect(boxes.map((box) => box.destination)).toEqual([
      [range4(0, 0x0a000000), range4(0x0a000002, 0xffffffff)],
      [range6(0n, host6 - 1n), range6(host6 + 1n, (1n << 128n) - 1n)],
    ]);
  });

  test('writes a gapped mask as ranges while there are few, and keeps it as it is when there are many', () => {
    const space = createPacketSpace();
    const sources = (set: PacketSet): readonly AddressTerm[] =>
      space.describe(set, 100).boxes.flatMap((box) => box.source);
    const joining = masked4(0x0a000000, 0xffff_fc00);
    expect(sources(space.flow(addresses(joining), ANY4, ALL_PORTS))).toEqual([prefix4(0x0a000000, 22)]);
    const scattered = masked4(0x0a000007, 0xffff_fcff);
    expect(sources(space.flow(addresses(scattered), ANY4, ALL_PORTS))).toEqual(
      [0, 1, 2, 3].map((third) => prefix4(0x0a000007 + third * 256, 32)),
    );
    const many = masked4(0x0a000007, 0xff00_00ff);
    expect(sources(space.flow(addresses(many), ANY4, ALL_PORTS))).toEqual([many]);
    const beside = space.flow(addresses(many, prefix4(0xc0a80000, 16)), ANY4, ALL_PORTS);
    expect(sources(beside)).toEqual([many, prefix4(0xc0a80000, 16)]);
  });

  test('is quick to cut a set of very many boxes', () => {
    const space = createPacketSpace();
    let set = space.none;
    for (let host = 0; host < 3000; host++) {
      const from = addresses(prefix4(0x0a000000 + host * 3, 32));
      set = space.union(set, space.flow(from, addresses(prefix4(0xac100000 + host * 5, 32)), ALL_PORTS));
    }
    const { boxes, truncated } = space.describe(set, 5);
    expect(truncated).toBe(true);
    expect(boxes.map((box) => box.source)).toEqual([0, 3, 6, 9, 12].map((host) => [prefix4(0x0a000000 + host, 32)]));
  });

  test('splits services: one box for each port that other sources reach', () => {
    const space = createPacketSpace();
    const toPort = (port: number): PacketSet =>
      space.box(addresses(prefix4(0x0a000000 + port, 32)), ANY4, [
        { ...protocolTerm(PROTOCOL.tcp), destinationPorts: [single(port)] },
      ]);
    const { boxes } = space.describe(space.union(toPort(1883), toPort(8883)), 10);
    expect(boxes.map((box) => [box.protocols, box.destinationPorts, box.destination])).toEqual([
      [[single(6)], [single(1883)], [ALL4]],
      [[single(6)], [single(8883)], [ALL4]],
    ]);
    expect(space.describe(space.box(ANY4, ANY4, ANY_SERVICE), 1).truncated).toBe(false);
  });

  test('needs room for a box', () => {
    const space = createPacketSpace();
    expect(() => space.describe(space.all, 0)).toThrow(RangeError);
    expect(space.describe(space.none, 1)).toEqual({ boxes: [], truncated: false });
    expect(space.describe(space.all, 1)).toMatchObject({ truncated: true, boxes: [{ family: 4 }] });
  });
});

function unionOf(space: PacketSpace, boxes: readonly Box[]): PacketSet {
  return boxes.reduce((union, box) => space.union(union, setOfBox(space, box)), space.none);
}

function termsOf(box: Box): number {
  return Math.max(
    box.source.length,
    box.destination.length,
    box.protocols.length,
    box.sourcePorts.length,
    box.destinationPorts.length,
  );
}

function sizeOf(box: Box): bigint {
  const numbers = (ranges: readonly NumberRange[]): bigint =>
    ranges.reduce((sum, range) => sum + BigInt(range.last - range.first + 1), 0n);
  const terms = (all: readonly AddressTerm[]): bigint => all.reduce((sum, term) => sum + termSize(term), 0n);
  return (
    terms(box.source) *
    terms(box.destination) *
    numbers(box.protocols) *
    numbers(box.sourcePorts) *
    numbers(box.destinationPorts)
  );
}

function termSize(term: AddressTerm): bigint {
  if (term.kind === 'range4' || term.kind === 'range6') return BigInt(term.last) - BigInt(term.first) + 1n;
  const bits = term.kind === 'wildcard4' ? 32 : 128;
  let free = 0n;
  for (let bit = 0n; bit < BigInt(bits); bit++) if (((BigInt(term.care) >> bit) & 1n) === 0n) free++;
  return 1n << free;
}

/** Ascending, and no two of them touch. */
function expectApart(ranges: readonly { first: number | bigint; last: number | bigint }[]): void {
  for (const [index, range] of ranges.entries()) {
    const before = ranges[index - 1];
    if (before !== undefined) expect(BigInt(range.first)).toBeGreaterThan(BigInt(before.last) + 1n);
    expect(BigInt(range.last)).toBeGreaterThanOrEqual(BigInt(range.first));
  }
}
