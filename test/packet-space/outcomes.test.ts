import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import { MAX_SLICES } from '../../checks/packet-space/packet-space.ts';
import type { Outcomes, PacketSpace, RuleVerdict } from '../../checks/packet-space/packet-space.ts';
import { addresses, ANY4, ANY_ADDRESS, prefix4 } from '../../parsers/model/address.ts';
import { ALL_PORTS, single } from '../../parsers/model/service.ts';
import { packets, written } from './universe.ts';
import type { Written } from './universe.ts';

/** A rule written down: what surely matches, what may besides, in which of four slices. */
interface WrittenRule {
  readonly verdict: RuleVerdict;
  readonly must: Written;
  readonly besides: Written | undefined;
  readonly slices: bigint | undefined;
}

const rules: fc.Arbitrary<WrittenRule> = fc.record({
  verdict: fc.constantFrom<RuleVerdict>('permit', 'deny', 'unknown'),
  must: written,
  besides: fc.option(written, { nil: undefined }),
  slices: fc.option(fc.bigInt({ min: 0n, max: 15n }), { nil: undefined }),
});

function build(space: PacketSpace, rule: WrittenRule): Outcomes {
  const must = rule.must.build(space);
  const may = rule.besides === undefined ? must : space.union(must, rule.besides.build(space));
  return space.rule(rule.verdict, must, may, rule.slices);
}

/** Every way that a packet can fare: each rule that may match it does or does not. */
function fates(list: readonly WrittenRule[], packet: Packet, slice: number): Set<'permit' | 'deny' | 'left'> {
  const [rule, ...rest] = list;
  if (rule === undefined) return new Set(['left']);
  const takesPart = rule.slices === undefined || ((rule.slices >> BigInt(slice)) & 1n) === 1n;
  const surely = takesPart && rule.must.has(packet);
  const perhaps = takesPart && rule.besides !== undefined && rule.besides.has(packet);
  const result = surely ? new Set<'permit' | 'deny' | 'left'>() : fates(rest, packet, slice);
  if (surely || perhaps) {
    if (rule.verdict !== 'deny') result.add('permit');
    if (rule.verdict !== 'permit') result.add('deny');
  }
  return result;
}

describe('a run of rules', () => {
  test('permits, denies and takes what trying every way out says, slice by slice', () => {
    fc.assert(
      fc.property(
        fc.array(rules, { maxLength: 5 }),
        fc.array(packets, { minLength: 10, maxLength: 20 }),
        (list, some) => {
          const space = createPacketSpace();
          const run = list.reduce((above, rule) => space.inOrder(above, build(space, rule)), space.noOutcome);
          const order = [3, 0, 2];
          expect(space.readInSlices(run, 'permits', order)).toEqual(order.map((slice) => space.permits(run, slice)));
          expect(space.readInSlices(run, 'denies', order)).toEqual(order.map((slice) => space.denies(run, slice)));
          expect(space.readInSlices(run, 'takes', order)).toEqual(order.map((slice) => space.takes(run, slice)));
          for (const slice of [0, 1, 3]) {
            const [permits, denies, takes] = [
              space.permits(run, slice),
              space.denies(run, slice),
              space.takes(run, slice),
            ];
            for (const packet of some) {
              const ways = fates(list, packet, slice);
              expect(space.contains(permits, packet)).toBe(ways.has('permit'));
              expect(space.contains(denies, packet)).toBe(ways.has('deny'));
              expect(space.contains(takes, packet)).toBe(!ways.has('left'));
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('meets and leaves packets of a set as what it permits, denies and takes says', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 4 }), written, fc.constantFrom(0, 1, 2, 3), (list, x, slice) => {
        const space = createPacketSpace();
        const run = list.reduce((above, rule) => space.inOrder(above, build(space, rule)), space.noOutcome);
        const set = x.build(space);
        const [permits, denies, takes] = [space.permits(run, slice), space.denies(run, slice), space.takes(run, slice)];
        expect(space.meets(set, run, 'permits', slice)).toBe(space.intersects(set, permits));
        expect(space.meets(set, run, 'denies', slice)).toBe(space.intersects(set, denies));
        expect(space.meets(set, run, 'takes', slice)).toBe(space.intersects(set, takes));
        expect(space.outside(set, run, slice)).toBe(space.subtract(set, takes));
      }),
      { numRuns: 300 },
    );
  });

  test('is the same however its rules are put together', () => {
    fc.assert(
      fc.property(rules, rules, rules, (x, y, z) => {
        const space = createPacketSpace();
        const [a, b, c] = [build(space, x), build(space, y), build(space, z)];
        expect(space.inOrder(a, space.inOrder(b, c))).toBe(space.inOrder(space.inOrder(a, b), c));
        expect(space.inOrder(a, space.noOutcome)).toBe(a);
        expect(space.inOrder(space.noOutcome, a)).toBe(a);
      }),
      { numRuns: 200 },
    );
  });

  test('of two decided halves is P1 ∪ (P2 \\ M1)', () => {
    fc.assert(
      fc.property(written, written, written, written, (p, q, r, s) => {
        const space = createPacketSpace();
        const decided = (verdict: RuleVerdict, set: Written): Outcomes =>
          space.rule(verdict, set.build(space), set.build(space));
        const left = space.inOrder(decided('permit', p), decided('deny', q));
        const right = space.inOrder(decided('deny', r), decided('permit', s));
        const whole = space.inOrder(left, right);
        expect(space.permits(whole)).toBe(
          space.unionOutside(space.permits(left), space.permits(right), space.takes(left)),
        );
        expect(space.takes(whole)).toBe(space.union(space.takes(left), space.takes(right)));
        expect(space.denies(whole)).toBe(space.subtract(space.takes(whole), space.permits(whole)));
      }),
      { numRuns: 150 },
    );
  });

  test('a rule from addresses and ports is the rule of their flow', () => {
    const space = createPacketSpace();
    const source = addresses(prefix4(0x0a000000, 8));
    for (const slices of [undefined, 0n, 5n, 1n << 255n]) {
      for (const verdict of ['permit', 'deny', 'unknown'] as const) {
        const flow = space.flow(source, ANY4, [single(20)]);
        const rule = space.flowRule(verdict, source, ANY4, [single(20)], slices);
        expect(rule).toBe(space.rule(verdict, flow, flow, slices));
      }
    }
  });

  test('tells all its slices apart', () => {
    const space = createPacketSpace();
    const host = (number: number) => addresses(prefix4(0x0a000000 + number, 32));
    let run = space.noOutcome;
    for (let slice = 0; slice < MAX_SLICES; slice++) {
      run = space.inOrder(run, space.flowRule('permit', host(slice), ANY4, ALL_PORTS, 1n << BigInt(slice)));
    }
    for (let slice = 0; slice < MAX_SLICES; slice++) {
      expect(space.permits(run, slice)).toBe(space.flow(host(slice), ANY4, ALL_PORTS));
    }
    const all = Array.from({ length: MAX_SLICES }, (_, slice) => slice);
    expect(space.readInSlices(run, 'permits', all)).toEqual(all.map((slice) => space.permits(run, slice)));
    expect(() => space.flowRule('permit', ANY4, ANY_ADDRESS, ALL_PORTS, 1n << BigInt(MAX_SLICES))).toThrow(RangeError);
    expect(() => space.permits(run, MAX_SLICES)).toThrow(RangeError);
  });
});
