/** Sets of changes against the naive evaluator, packet by packet, on random devices. */
import type { Device, Step } from '../../../parsers/model/device.ts';
import type { Family } from '../../../parsers/model/address.ts';
import type { ChangedSets } from '../../../checks/compare/changed-sets.ts';
import type { OraclePacket, OracleVerdict } from '../../support/oracle.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareTarget } from '../../../checks/compare/compare-target.ts';
import { sideOf, type Side } from '../../../checks/compare/side.ts';
import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import type { PacketSpace } from '../../../checks/packet-space/packet-space.ts';
import { deviceOf, ruleList, stageStep } from '../../support/arbitrary-device.ts';
import { packetsOf, SERVICES, type Service } from '../../support/arbitrary-match.ts';
import { translationStep } from '../../support/arbitrary-translation.ts';
import { askOracle } from '../../support/oracle.ts';
import { NO_CONTEXT } from './compared.ts';

const RUNS = 120;

const sample = fc.record({ family: fc.constantFrom<Family>(4, 4, 6), service: fc.constantFrom(...SERVICES) });
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: stageStep }, { weight: 1, arbitrary: translationStep }), {
  maxLength: 2,
});

/** A device and the same with one thing changed: what a review is asked about. */
const edited: fc.Arbitrary<readonly [Step[], Step[]]> = fc
  .tuple(steps, ruleList, fc.nat(), fc.constantFrom('drop', 'add', 'swap'))
  .map(([before, { rules }, at, edit]) => {
    // One stage: no rule stands in two lists.
    const edited = before.findIndex(({ kind }) => kind === 'stage');
    const after = before.map((step, index): Step => {
      if (step.kind === 'translation' || index !== edited) return step;
      const [first, ...others] = step.stage.lists;
      if (first === undefined) return step;
      const kept = [...first.list.rules];
      const place = kept.length === 0 ? 0 : at % kept.length;
      if (edit === 'drop') kept.splice(place, 1);
      else if (edit === 'add') kept.splice(place, 0, ...rules.slice(0, 1));
      else kept.push(...kept.splice(place, 1));
      const lists = [{ ...first, list: { ...first.list, rules: kept } }, ...others];
      return { kind: 'stage', stage: { ...step.stage, lists } };
    });
    return [before, after];
  });

const either = fc.oneof(edited, fc.tuple(steps, steps));

interface Asked {
  readonly space: PacketSpace;
  readonly sets: ChangedSets;
  readonly back: ChangedSets;
}

function compared(before: Device, after: Device, slice: Service): Asked {
  const space = createPacketSpace();
  const first = sideOf('before', before, space, NO_CONTEXT);
  const second = sideOf('after', after, space, NO_CONTEXT, first);
  const target = { ports: [], slice };
  const both = { before: target, after: target };
  const [mine, yours] = [seen(first), seen(second)];
  return {
    space,
    sets: compareTarget(space, { before: mine, after: yours }, both, 'first-packets'),
    back: compareTarget(space, { before: yours, after: mine }, both, 'first-packets'),
  };
}

function seen(side: Side) {
  const way = side.way('one', 'two');
  if (way.kind === 'no-way') throw new Error(way.reason);
  return { side, way, boundary: side.boundary(way, [way.crossing]) };
}

function oracle(device: Device, packet: OraclePacket): OracleVerdict {
  const crossing = device.crossing('one', 'two');
  if ('none' in crossing) throw new Error(crossing.none);
  return askOracle(crossing, packet);
}

/** What the two verdicts of the naive evaluator say of a packet. */
function expected(before: OracleVerdict, after: OracleVerdict): string {
  if (before === after) return before === 'unknown' ? 'open' : 'none';
  if (before === 'deny') return after === 'permit' ? 'openedSurely' : 'openedPossibly';
  if (before === 'permit') return after === 'deny' ? 'closedSurely' : 'closedPossibly';
  return after === 'permit' ? 'openedPossibly' : 'closedPossibly';
}

function setsOf(space: PacketSpace, sets: ChangedSets, packet: OraclePacket): string[] {
  return Object.entries(sets).flatMap(([name, set]) => (space.contains(set, packet) ? [name] : []));
}

describe('changed sets', () => {
  test('hold a packet exactly where the naive evaluator says that its verdict changed', () => {
    fc.assert(
      fc.property(either, sample, ([one, other], { family, service }) => {
        const [before, after] = [deviceOf(one), deviceOf(other)];
        const { space, sets } = compared(before, after, service);
        for (const packet of packetsOf(family, service)) {
          const change = expected(oracle(before, packet), oracle(after, packet));
          const found = setsOf(space, sets, packet);
          if (change === 'open') expect(['', 'undecided']).toContain(found.join());
          else expect({ packet, found }).toEqual({ packet, found: change === 'none' ? [] : [change] });
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('are each the other way round when the sides are', () => {
    fc.assert(
      fc.property(either, sample, ([one, other], { service }) => {
        const { sets, back } = compared(deviceOf(one), deviceOf(other), service);
        expect(back).toEqual({
          openedSurely: sets.closedSurely,
          openedPossibly: sets.closedPossibly,
          closedSurely: sets.openedSurely,
          closedPossibly: sets.openedPossibly,
          undecided: sets.undecided,
        });
      }),
      { numRuns: RUNS },
    );
  });

  test('have no packet in common', () => {
    fc.assert(
      fc.property(either, sample, ([one, other], { service }) => {
        const { space, sets } = compared(deviceOf(one), deviceOf(other), service);
        const all = Object.values(sets);
        const overlaps = all.flatMap((set, index) =>
          all.slice(index + 1).filter((next) => space.intersects(set, next)),
        );
        expect(overlaps).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('are empty for a device and itself, whatever its text leaves open', () => {
    fc.assert(
      fc.property(steps, sample, (one, { service }) => {
        const { space, sets } = compared(deviceOf(one), deviceOf(structuredClone(one)), service);
        expect(Object.values(sets).filter((set) => !space.isEmpty(set))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('leave out what is open on both sides only where every outcome is the same on both', () => {
    const facts = ['time-range A', 'time-range B', 'runtime-state A', 'runtime-state B'];
    const worlds = Array.from(
      { length: 1 << facts.length },
      (_, bits) => new Map(facts.map((fact, index) => [fact, ((bits >> index) & 1) === 1])),
    );
    let looked = 0;
    fc.assert(
      fc.property(edited, sample, ([one, other], { family, service }) => {
        const [before, after] = [deviceOf(one), deviceOf(other)];
        const { space, sets } = compared(before, after, service);
        const [mine, yours] = [before.crossing('one', 'two'), after.crossing('one', 'two')];
        if ('none' in mine || 'none' in yours) throw new Error('no crossing');
        for (const packet of packetsOf(family, service)) {
          if (setsOf(space, sets, packet).length > 0 || askOracle(mine, packet) !== 'unknown') continue;
          looked += 1;
          for (const world of worlds) {
            expect({ packet, verdict: askOracle(mine, packet, undefined, world) }).toEqual({
              packet,
              verdict: askOracle(yours, packet, undefined, world),
            });
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(looked).toBeGreaterThan(100);
  });
});
