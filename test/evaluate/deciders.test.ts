/** Who decides, and who never can: the set engine against the naive evaluator. */
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { Decision } from '../../checks/evaluate/evaluation.ts';
import type { Service } from '../support/arbitrary-match.ts';
import type { WorldOutcome } from '../support/oracle.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { decidedList, decidedStageStep, deviceOf, ruleList } from '../support/arbitrary-device.ts';
import { packetsOf, SERVICES } from '../support/arbitrary-match.ts';
import { worldsOf } from '../support/oracle.ts';

const RUNS = 300;
const service = fc.constantFrom(...SERVICES);

function byOf(decision: Decision | undefined): object | undefined {
  return decision?.kind === 'rule' ? decision.rule : decision?.otherwise;
}

/** The one that settles the verdict: who denied, else the last rule that permitted, else the last default. */
function settling({ verdict, decisions }: WorldOutcome): object | undefined {
  if (verdict === 'deny') return decisions.at(-1);
  return decisions.findLast((by) => 'action' in by) ?? decisions.at(-1);
}

test('where all is decided, the trace names the rule or default that the naive evaluator names', () => {
  fc.assert(
    fc.property(fc.array(decidedStageStep, { maxLength: 3 }), service, (steps, service) => {
      const decidedSteps = steps.filter((step) => step.kind !== 'stage' || step.stage.otherwise.verdict !== 'unknown');
      const evaluation = createEvaluation(deviceOf(decidedSteps), createPacketSpace());
      const crossing = evaluation.crossing('one', 'two');
      if ('none' in crossing) throw new Error(crossing.none);
      for (const packet of [...packetsOf(4, service), ...packetsOf(6, service)]) {
        const [world, second] = worldsOf(crossing.crossing, packet);
        if (world === undefined || second !== undefined) throw new Error('not decided');
        const { verdict, decidedBy, steps } = evaluation.trace(crossing, packet);
        expect(verdict).toBe(world.verdict);
        expect(byOf(decidedBy)).toBe(settling(world));
        const met = steps.flatMap((step) => (step.kind === 'stage' ? step.decisions.map(byOf) : []));
        expect(met.slice(0, world.decisions.length)).toEqual(world.decisions);
      }
    }),
    { numRuns: RUNS },
  );
});

/** The rules that decide some packet of the service in some outcome, and those that match some packet at all. */
function deciding(list: RuleList, service: Service): Set<Rule> {
  const packets = [...packetsOf(4, service), ...packetsOf(6, service)];
  const decisions = packets.flatMap((packet) => [...worldsOf(list, packet)].flatMap(({ decisions }) => decisions));
  return new Set(decisions.filter((by) => 'action' in by));
}

test('a rule that decides some packet in some outcome is never called shadowed', () => {
  fc.assert(
    fc.property(ruleList, service, (list, service) => {
      const evaluation = createEvaluation(deviceOf([]), createPacketSpace());
      const live = deciding(list, service);
      for (const { rule, by } of evaluation.shadowed(list, service)) {
        expect(live.has(rule)).toBe(false);
        for (const earlier of by) expect(list.rules.indexOf(earlier)).toBeLessThan(list.rules.indexOf(rule));
      }
    }),
    { numRuns: RUNS },
  );
});

test('where all is decided, every rule whose packets earlier rules take is called shadowed, by those rules', () => {
  fc.assert(
    fc.property(decidedList, service, (list, service) => {
      const evaluation = createEvaluation(deviceOf([]), createPacketSpace());
      const live = deciding(list, service);
      const matching = list.rules.filter((rule) => deciding({ ...list, rules: [rule] }, service).has(rule));
      const expected = matching.filter((rule) => !live.has(rule));
      const shadowed = evaluation.shadowed(list, service);
      expect(shadowed.map(({ rule }) => rule)).toEqual(expected);
      for (const { rule, by } of shadowed) {
        expect(deciding({ ...list, rules: [...by, rule] }, service).has(rule)).toBe(false);
        expect(by.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: RUNS },
  );
});
