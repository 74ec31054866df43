import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { PacketSpaceFull } from '../../checks/packet-space/packet-space.ts';
import type { PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { addresses, ANY_ADDRESS, prefix4 } from '../../parsers/model/address.ts';
import { ALL_PORTS } from '../../parsers/model/service.ts';

const host = (number: number): number => (0x0a000000 + Math.imul(number, 0x9e3779b1)) >>> 0;

function hostPair(space: PacketSpace, number: number): PacketSet {
  return space.flow(addresses(prefix4(host(number), 32)), addresses(prefix4(host(number + 7), 32)), ALL_PORTS);
}

describe('the size of a space', () => {
  test('beyond its limit it refuses, and keeps what it has', () => {
    const space = createPacketSpace({ maxNodes: 5000 });
    let last = space.none;
    let number = 0;
    const fill = (): void => {
      for (; number < 1000; number++) last = space.union(last, hostPair(space, number));
    };
    expect(fill).toThrow(PacketSpaceFull);
    expect(fill).toThrow(/5000/);
    expect(number).toBeGreaterThan(20);
    expect(space.statistics.nodes).toBe(5000);
    expect(space.count(last)).toBe(BigInt(number) << 40n);
    expect(space.union(last, space.all)).toBe(space.all);
  });

  test('sets stay the same while it grows', () => {
    const space = createPacketSpace();
    const before = [0, 1, 2].map((number) => hostPair(space, number));
    let all = space.none;
    for (let number = 0; number < 3000; number++) all = space.union(all, hostPair(space, number));
    expect(space.statistics.nodes).toBeGreaterThan(100_000);
    expect(space.statistics.bytes).toBeGreaterThan(20 * 100_000);
    expect([0, 1, 2].map((number) => hostPair(space, number))).toEqual(before);
    expect(space.count(all)).toBe(3000n << 40n);
    expect(space.isSubset(before[1] ?? space.all, all)).toBe(true);
  });

  test('counts every packet there is', () => {
    const space = createPacketSpace();
    const perPair = 1n << 40n;
    expect(space.count(space.none)).toBe(0n);
    expect(space.count(space.family(4))).toBe((1n << 64n) * perPair);
    expect(space.count(space.family(6))).toBe((1n << 256n) * perPair);
    expect(space.count(space.all)).toBe((1n << 64n) * perPair + (1n << 256n) * perPair);
    expect(space.count(space.flow(addresses(prefix4(0, 24)), ANY_ADDRESS, [{ first: 1, last: 10 }]))).toBe(
      (1n << 8n) * (1n << 32n) * 10n * (1n << 24n),
    );
  });
});
