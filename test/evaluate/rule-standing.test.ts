/** How a rule stands over all ports, against the same device without it and against single packets. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { Replaces, RuleStanding } from '../../checks/evaluate/rule-standing.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Device, Step } from '../../parsers/model/device.ts';
import type { Rule } from '../../parsers/model/rule.ts';
import { decidedStageStep, deviceOf, stageStep } from '../support/arbitrary-device.ts';
import { without } from './without-rule.ts';

const CROSSED = { from: 'one', to: 'two' };

const sameVerdict: Replaces = (other, rule) =>
  ('rule' in other ? other.rule.action.kind : other.verdict) === rule.action.kind;

interface Case {
  readonly rule: Rule;
  readonly standing: RuleStanding | undefined;
  /** Whether the device permits the same without the rule. */
  readonly isSame: boolean;
}

function permitted(device: Device, space: PacketSpace): string {
  const crossing = createEvaluation(device, space).crossing(CROSSED.from, CROSSED.to);
  if ('none' in crossing) return 'none';
  const { definite, possible } = crossing.permittedAll();
  return `${definite} ${possible}`;
}

function casesOf(step: Step): Case[] {
  if (step.kind !== 'stage') return [];
  const { stage } = step;
  const space = createPacketSpace();
  const device = deviceOf([step]);
  const evaluation = createEvaluation(device, space);
  const crossing = { ...CROSSED, steps: [step], conditions: [] };
  const before = permitted(device, space);
  return stage.lists.flatMap(({ list }) =>
    list.rules.map((rule, index): Case => {
      const standing = evaluation.standing(crossing, stage, list, index, sameVerdict);
      return { rule, standing, isSame: before === permitted(deviceOf([without(stage, list, index)]), space) };
    }),
  );
}

describe('without a rule', () => {
  test('that matches nothing, is taken whole, or is replaced, everything stays as it is on every port', () => {
    let [taken, replaced] = [0, 0];
    fc.assert(
      fc.property(stageStep, (step) => {
        for (const { rule, standing, isSame } of casesOf(step)) {
          if (rule.action.kind === 'continue') continue;
          if (standing === undefined) expect(isSame).toBe(true);
          else if (standing.taken === 'all') {
            taken += 1;
            expect(standing.takers.length).toBeGreaterThan(0);
            expect(isSame).toBe(true);
          } else if (standing.replacedBy !== undefined) {
            replaced += 1;
            expect(isSame).toBe(true);
          }
        }
      }),
      { numRuns: 300, seed: 17 },
    );
    expect(taken).toBeGreaterThan(20);
    expect(replaced).toBeGreaterThan(20);
  });

  test('that is neither taken whole nor replaced, something changes where the text decides everything', () => {
    let changed = 0;
    fc.assert(
      fc.property(decidedStageStep, (step) => {
        for (const { rule, standing, isSame } of casesOf(step)) {
          if (rule.action.kind === 'continue' || standing === undefined) continue;
          if (standing.taken === 'all' || standing.replacedBy !== undefined) continue;
          changed += 1;
          expect(isSame).toBe(false);
        }
      }),
      { numRuns: 300, seed: 18 },
    );
    expect(changed).toBeGreaterThan(20);
  });
});

test('a rule is touched by earlier ones exactly where it names them', () => {
  let some = 0;
  fc.assert(
    fc.property(decidedStageStep, (step) => {
      for (const { standing } of casesOf(step)) {
        if (standing === undefined) continue;
        expect(standing.takers.length > 0).toBe(standing.taken !== 'none');
        if (standing.taken === 'some') some += 1;
      }
    }),
    { numRuns: 300, seed: 19 },
  );
  expect(some).toBeGreaterThan(20);
});
