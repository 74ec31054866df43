/** The set engine against the naive evaluator, packet by packet. */
import type { Family } from '../../parsers/model/address.ts';
import type { EvaluatedCrossing, EvaluationContract } from '../../checks/evaluate/evaluation.ts';
import type { Device, Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { Service } from '../support/arbitrary-match.ts';
import type { OraclePacket, OracleVerdict } from '../support/oracle.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { bound, decidedStageStep, deviceOf, ruleList, stageStep } from '../support/arbitrary-device.ts';
import {
  certainDestinationStep,
  certainSourceStep,
  translationStep,
  unmodelledStep,
} from '../support/arbitrary-translation.ts';
import { conditionsOf, packetsOf, SERVICES } from '../support/arbitrary-match.ts';
import { askOracle, worldsOf } from '../support/oracle.ts';

const RUNS = 240;

function crossingOf(evaluation: EvaluationContract): EvaluatedCrossing {
  const crossing = evaluation.crossing('one', 'two');
  if ('none' in crossing) throw new Error(crossing.none);
  return crossing;
}

const sample = fc.record({ family: fc.constantFrom<Family>(4, 4, 6), service: fc.constantFrom(...SERVICES) });

/** Asserts that sets and trace give the answer of the naive evaluator for every packet. */
function agree(
  evaluation: EvaluationContract,
  crossing: EvaluatedCrossing,
  family: Family,
  service: Service,
  ask: (packet: OraclePacket) => OracleVerdict,
): void {
  const { space } = evaluation;
  const { definite, possible } = crossing.permitted(service);
  const all = crossing.permittedAll();
  for (const packet of packetsOf(family, service)) {
    const verdict = ask(packet);
    const said = {
      definite: space.contains(definite, packet),
      possible: space.contains(possible, packet),
      definiteOfAll: space.contains(all.definite, packet),
      possibleOfAll: space.contains(all.possible, packet),
      trace: evaluation.trace(crossing, packet).verdict,
    };
    const [isDefinite, isPossible] = [verdict === 'permit', verdict !== 'deny'];
    expect({ packet, ...said }).toEqual({
      packet,
      definite: isDefinite,
      possible: isPossible,
      definiteOfAll: isDefinite,
      possibleOfAll: isPossible,
      trace: verdict,
    });
  }
}

/** Every other service is worked out in one run with others, the rest slice by slice. */
const TOGETHER = SERVICES.filter((_, index) => index % 2 === 0);

function evaluationOf(device: Device): EvaluationContract {
  return createEvaluation(device, createPacketSpace(), TOGETHER);
}

test('a rule list on its own', () => {
  fc.assert(
    fc.property(ruleList, sample, (list, { family, service }) => {
      const evaluation = evaluationOf(deviceOf([]));
      agree(evaluation, evaluation.list(list), family, service, (packet) => askOracle(list, packet));
    }),
    { numRuns: RUNS },
  );
});

test('stages one after the other', () => {
  fc.assert(
    fc.property(fc.array(stageStep, { maxLength: 3 }), sample, (steps, { family, service }) => {
      const evaluation = evaluationOf(deviceOf(steps));
      const crossing = crossingOf(evaluation);
      agree(evaluation, crossing, family, service, (packet) => askOracle(crossing.crossing, packet));
    }),
    { numRuns: RUNS },
  );
});

test('the same rules in lists of different families', () => {
  fc.assert(
    fc.property(ruleList, sample, (list, { family, service }) => {
      const inFamily = (each: Family, rules = list.rules): RuleList => ({
        ...list,
        name: `of IPv${each}`,
        family: each,
        rules,
      });
      // Behind each other, and at other places of the list.
      const lists = [inFamily(4), inFamily(6, list.rules.toReversed())].map(bound);
      const otherwise = { verdict: 'deny', reason: 'default' } as const;
      const stage: Stage = { id: 'shared', title: 'a stage', family: 'both', lists, otherwise };
      const evaluation = evaluationOf(deviceOf([{ kind: 'stage', stage }]));
      const crossing = crossingOf(evaluation);
      agree(evaluation, crossing, family, service, (packet) => askOracle(crossing.crossing, packet));
    }),
    { numRuns: RUNS },
  );
});

test('translations between stages', () => {
  fc.assert(
    fc.property(
      fc.array(translationStep, { minLength: 1, maxLength: 3 }),
      fc.array(fc.oneof(stageStep, translationStep), { maxLength: 2 }),
      stageStep,
      sample,
      (before, between, last, { family, service }) => {
        const evaluation = evaluationOf(deviceOf([...before, ...between, last]));
        const crossing = crossingOf(evaluation);
        agree(evaluation, crossing, family, service, (packet) => askOracle(crossing.crossing, packet));
      },
    ),
    { numRuns: RUNS / 4 },
  );
});

test('a translation that is not modelled leaves open what becomes of the packets it touches', () => {
  fc.assert(
    fc.property(unmodelledStep, fc.array(decidedStageStep, { maxLength: 2 }), sample, (step, stages, sample) => {
      const { family, service } = sample;
      const evaluation = evaluationOf(deviceOf([step, ...stages]));
      const crossing = crossingOf(evaluation);
      const every7th = packetsOf(family, service).filter((_, index) => index % 7 === 0);
      for (const packet of every7th) {
        expect({ packet, verdict: evaluation.trace(crossing, packet).verdict }).toEqual({
          packet,
          verdict: askOracle(crossing.crossing, packet),
        });
      }
    }),
    { numRuns: RUNS / 8 },
  );
});

test('a device that compares real addresses: destinations before its stages, sources behind them', () => {
  fc.assert(
    fc.property(
      fc.array(certainDestinationStep, { maxLength: 2 }),
      fc.array(stageStep, { minLength: 1, maxLength: 2 }),
      fc.array(certainSourceStep, { maxLength: 2 }),
      sample,
      (before, stages, behind, { family, service }) => {
        const device: Device = { ...deviceOf([...before, ...stages, ...behind]), addressView: 'real' };
        const evaluation = evaluationOf(device);
        const crossing = crossingOf(evaluation);
        for (const packet of packetsOf(family, service)) {
          expect({ packet, verdict: evaluation.trace(crossing, packet).verdict }).toEqual({
            packet,
            verdict: askOracle(crossing.crossing, packet),
          });
        }
      },
    ),
    { numRuns: RUNS / 4 },
  );
});

test('a crossing that rests on an undecided fact', () => {
  fc.assert(
    fc.property(stageStep, conditionsOf(['route'], 2), sample, (step, conditions, { family, service }) => {
      const evaluation = evaluationOf(deviceOf([step], conditions));
      const crossing = crossingOf(evaluation);
      agree(evaluation, crossing, family, service, (packet) => askOracle(crossing.crossing, packet));
    }),
    { numRuns: RUNS },
  );
});

test('the parts of a permitted set are what some outcome permits, with the decisions of that outcome', () => {
  const key = (decisions: readonly object[], names: Map<object, number>): string =>
    decisions.map((decision) => names.get(decision) ?? names.set(decision, names.size).size - 1).join(' ');
  fc.assert(
    fc.property(fc.array(stageStep, { minLength: 1, maxLength: 2 }), sample, (steps, { family, service }) => {
      const evaluation = evaluationOf(deviceOf(steps));
      const crossing = crossingOf(evaluation);
      const { possible } = crossing.permitted(service);
      const { parts, truncated } = crossing.parts(service, possible, 10_000);
      expect(truncated).toBe(false);
      const names = new Map<object, number>();
      for (const packet of packetsOf(family, service)) {
        const claimed = parts
          .filter(({ set }) => evaluation.space.contains(set, packet))
          .map(({ decisions }) =>
            key(
              decisions.map((each) => (each.kind === 'rule' ? each.rule : each.otherwise)),
              names,
            ),
          );
        const permitting = [...worldsOf(crossing.crossing, packet)].filter(({ verdict }) => verdict === 'permit');
        const actual = new Set(permitting.map(({ decisions }) => key(decisions, names)));
        expect(claimed).toEqual(expect.arrayContaining([...actual]));
        if (actual.size === 0) expect(claimed).toEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
});
