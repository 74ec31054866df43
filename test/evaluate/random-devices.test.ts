/** The random devices say something: tests against the naive evaluator are worth what their inputs are worth. */
import type { RuleList } from '../../parsers/model/rule.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidedList, ruleList } from '../support/arbitrary-device.ts';
import { packetsOf } from '../support/arbitrary-match.ts';
import { askOracle } from '../support/oracle.ts';

const LISTS = 400;
const PACKETS = packetsOf(4, { protocol: 6, port: 1883 });

/** The share of lists that give packets different verdicts. */
function telling(lists: fc.Arbitrary<RuleList>): number {
  const sampled = fc.sample(lists, { numRuns: LISTS, seed: 1 });
  const counts = sampled.map((list) => new Set(PACKETS.map((packet) => askOracle(list, packet))).size);
  return counts.filter((count) => count > 1).length / LISTS;
}

test('many random lists tell packets apart', () => {
  expect(telling(ruleList)).toBeGreaterThan(0.2);
  expect(telling(decidedList)).toBeGreaterThan(0.2);
});

test('random lists permit, deny and leave open', () => {
  const verdicts = fc
    .sample(ruleList, { numRuns: LISTS, seed: 2 })
    .flatMap((list) => PACKETS.map((packet) => askOracle(list, packet)));
  for (const verdict of ['permit', 'deny', 'unknown']) {
    expect(verdicts.filter((each) => each === verdict).length / verdicts.length).toBeGreaterThan(0.05);
  }
});
