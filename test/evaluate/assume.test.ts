/** Devices in worlds where something is assumed, against the naive evaluator with the same facts fixed. */
import type { Family } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Device } from '../../parsers/model/device.ts';
import type { FixedFacts, OraclePacket } from '../support/oracle.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { assume, withoutAssumptions } from '../../checks/evaluate/assume.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { exactly } from '../../parsers/model/rule.ts';
import { addresses, ANY_ADDRESS, NO_ADDRESS, prefix4 } from '../../parsers/model/address.ts';
import { deviceOf, stageStep } from '../support/arbitrary-device.ts';
import { translationStep } from '../support/arbitrary-translation.ts';
import { freshSpan, packetsOf, SERVICES } from '../support/arbitrary-match.ts';
import { askOracle } from '../support/oracle.ts';

const RUNS = 200;

const value = fc.constantFrom(true, false, undefined);

/** Facts that several rules may share, each true, false, or left open. */
const facts = fc.tuple(fc.boolean(), value, value, fc.boolean()).map(([a, b, c, d]): FixedFacts => {
  const given = [
    ['time-range A', a],
    ['time-range B', b],
    ['runtime-state A', c],
    ['runtime-state B', d],
  ] as const;
  return new Map(given.flatMap(([key, each]) => (each === undefined ? [] : [[key, each]])));
});

const sample = fc.record({ family: fc.constantFrom<Family>(4, 4, 6), service: fc.constantFrom(...SERVICES) });

function decideBy(fixed: FixedFacts) {
  return ({ kind, name }: Condition): boolean | undefined => fixed.get(`${kind} ${name}`);
}

interface Verdicts {
  readonly set: string;
  readonly trace: string;
}

/** What the engine says of packets on the device as assumed. */
function engine(device: Device, fixed: FixedFacts): (packet: OraclePacket) => Verdicts {
  const evaluation = createEvaluation(assume(device, decideBy(fixed)).device, createPacketSpace());
  const crossing = evaluation.crossing('one', 'two');
  if ('none' in crossing) return () => ({ set: 'deny', trace: 'deny' });
  const { space } = evaluation;
  return (packet) => {
    const { definite, possible } = crossing.permitted({ protocol: packet.protocol, port: packet.destinationPort });
    const set = space.contains(definite, packet) ? 'permit' : space.contains(possible, packet) ? 'unknown' : 'deny';
    return { set, trace: evaluation.trace(crossing, packet).verdict };
  };
}

test('what is assumed decides every rule that rests on it', () => {
  const steps = fc.array(fc.oneof({ weight: 4, arbitrary: stageStep }, { weight: 1, arbitrary: translationStep }), {
    minLength: 1,
    maxLength: 3,
  });
  let moved = 0;
  fc.assert(
    fc.property(steps, facts, sample, (made, fixed, { family, service }) => {
      const device = deviceOf(made);
      const crossing = device.crossing('one', 'two');
      if ('none' in crossing) throw new Error(crossing.none);
      const verdict = engine(device, fixed);
      for (const packet of packetsOf(family, service)) {
        const oracle = askOracle(crossing, packet, undefined, fixed);
        expect(verdict(packet)).toEqual({ set: oracle, trace: oracle });
        if (askOracle(crossing, packet) !== oracle) moved += 1;
      }
    }),
    { numRuns: RUNS },
  );
  // Facts that never mattered would prove nothing.
  expect(moved).toBeGreaterThan(20);
});

test('a path that rests on a fact is there or not', () => {
  const condition: Condition = { kind: 'time-range', name: 'A', span: freshSpan() };
  const device = deviceOf([], [condition]);
  const crossing = (value: boolean) => assume(device, () => value).device.crossing('one', 'two');
  expect(crossing(true)).toMatchObject({ steps: [], conditions: [] });
  expect(crossing(false)).toMatchObject({ none: expect.any(String) });
});

test('what nothing is assumed of is shared, not copied', () => {
  fc.assert(
    fc.property(fc.array(stageStep, { maxLength: 2 }), (steps) => {
      const device = deviceOf(steps);
      const { device: same, touches } = assume(device, () => undefined);
      expect(same.ruleLists.every((list, index) => list === device.ruleLists[index])).toBe(true);
      expect(touches('one', 'two')).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test('a field of several names is open while one of them is', () => {
  const name = (each: string): Condition => ({ kind: 'identity', name: each, span: freshSpan() });
  const host = addresses(prefix4(0x0a000001, 32));
  const span = freshSpan();
  const field = { must: NO_ADDRESS, may: host, conditions: [name('kim'), name('lee')] };
  const rule = {
    id: '#1',
    text: '',
    span,
    action: { kind: 'permit', word: 'permit' },
    match: { source: field, destination: exactly(ANY_ADDRESS), service: exactly([]) },
    conditions: [],
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  } as const;
  const device = {
    ...deviceOf([]),
    ruleLists: [{ name: 'L', kind: 'list', family: 'both' as const, rules: [rule], span }],
  };
  const source = (kim: boolean, lee: boolean | undefined) =>
    assume(device, (condition) => (condition.name === 'kim' ? kim : lee)).device.ruleLists[0]?.rules[0]?.match.source;
  expect(source(true, true)).toEqual(exactly(host));
  expect(source(false, false)).toEqual(exactly(NO_ADDRESS));
  expect(source(true, false)).toBe(field);
  expect(source(true, undefined)).toBe(field);
  expect(source(false, undefined)).toBe(field);
  const read = { ...rule, match: { ...rule.match, source: { ...exactly(host), open: field } } };
  const opened = withoutAssumptions({
    ...device,
    ruleLists: [{ name: 'L', kind: 'list', family: 4, rules: [read], span }],
  });
  expect(opened.device.ruleLists[0]?.rules[0]?.match.source).toBe(field);
});
