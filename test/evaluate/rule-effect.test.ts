/** What a rule does, against the same device without it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { RuleEffect } from '../../checks/evaluate/rule-effect.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Device, Step } from '../../parsers/model/device.ts';
import type { Rule } from '../../parsers/model/rule.ts';
import { decidedStageStep, deviceOf, stageStep } from '../support/arbitrary-device.ts';
import { without } from './without-rule.ts';

const SLICE = { protocol: 6, port: 1883 };
const CROSSED = { from: 'one', to: 'two' };

interface Case {
  readonly rule: Rule;
  /** Undefined: it can match nothing. */
  readonly effect: RuleEffect | undefined;
  /** Whether the device permits the same without the rule. */
  readonly isSame: boolean;
}

function permitted(device: Device, space: PacketSpace): string {
  const crossing = createEvaluation(device, space).crossing(CROSSED.from, CROSSED.to);
  if ('none' in crossing) return 'none';
  const { definite, possible } = crossing.permitted(SLICE);
  return `${definite} ${possible}`;
}

/** Every rule of a stage. */
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
      const effect = evaluation.effect(crossing, stage, list, index, SLICE);
      return { rule, effect, isSame: before === permitted(deviceOf([without(stage, list, index)]), space) };
    }),
  );
}

function verdictsBehind({ followers }: RuleEffect): string[] {
  return followers.map((other) => ('rule' in other ? other.rule.action.kind : other.verdict));
}

describe('without a rule', () => {
  test('that matches nothing, is shadowed, or whose followers all do as it does, everything stays as it is', () => {
    let [shadowed, replaced] = [0, 0];
    fc.assert(
      fc.property(stageStep, (step) => {
        for (const { rule, effect, isSame } of casesOf(step)) {
          if (effect === undefined) expect(isSame).toBe(true);
          else if (effect.isShadowed) {
            shadowed += 1;
            expect(effect.takers.length).toBeGreaterThan(0);
            expect(isSame).toBe(true);
          } else if (verdictsBehind(effect).every((verdict) => verdict === rule.action.kind)) {
            replaced += 1;
            expect(isSame).toBe(true);
          }
        }
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(shadowed).toBeGreaterThan(20);
    expect(replaced).toBeGreaterThan(20);
  });

  test('with a follower that does otherwise, something changes where the text decides everything', () => {
    let changed = 0;
    fc.assert(
      fc.property(decidedStageStep, (step) => {
        for (const { rule, effect, isSame } of casesOf(step)) {
          const others = effect === undefined ? [] : verdictsBehind(effect);
          if (effect?.isShadowed === true || !others.some((verdict) => verdict !== rule.action.kind)) continue;
          changed += 1;
          expect(isSame).toBe(false);
        }
      }),
      { numRuns: 300, seed: 8 },
    );
    expect(changed).toBeGreaterThan(20);
  });
});
