import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEVERITIES, type Finding } from '../../../checks/finding.ts';
import { FindingRow } from '../../../cli/tui/store/fleet.ts';
import type { FindingSort } from '../../../cli/tui/store/screens.ts';
import { findingRows, SORTS } from '../../../cli/tui/views/finding-rows.ts';

const PLACE = { source: 'policy.yaml', line: 1, column: 1, endColumn: 2 };

const finding: fc.Arbitrary<Finding> = fc
  .record({
    device: fc.constantFrom('fw-1', 'fw-2', 'fw-10', 'edge'),
    check: fc.constantFrom('broker-reachable-from-untrusted', 'pubsub-egress-unapproved'),
    severity: fc.constantFrom(...SEVERITIES),
    confidence: fc.constantFrom('definite', 'possible'),
    services: fc.subarray(['mqtt', 'amqp']),
    isWaived: fc.boolean(),
  })
  .map(({ isWaived, ...given }) => ({
    ...given,
    crossings: [],
    rules: [],
    message: '',
    evidence: [],
    flows: { flows: [], truncated: false },
    conditions: [],
    fix: '',
    fingerprint: '',
    ...(isWaived ? { waived: { reason: 'known', owner: 'ops', expires: '2027-01-31', place: PLACE } } : {}),
  }));

const names: Readonly<Record<FindingSort, (finding: Finding) => string>> = {
  severity: () => '',
  device: ({ device }) => device,
  check: ({ check }) => check,
  service: ({ services }) => services[0] ?? '',
};

test.each(SORTS)('by %s: accepted ones last, then names as people count, then the worst and the definite', (sort) => {
  const { compare } = new Intl.Collator('en', { numeric: true });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 60 }), (findings) => {
      const rows = findings.map((each) => new FindingRow('edge.cfg', each));
      const expected = rows.toSorted(
        ({ finding: a }, { finding: b }) =>
          Number(a.waived !== undefined) - Number(b.waived !== undefined) ||
          compare(names[sort](a), names[sort](b)) ||
          SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
          Number(a.confidence === 'possible') - Number(b.confidence === 'possible'),
      );
      // Which rows, not only such as look alike: rows that are alike keep their order.
      expect(findingRows(rows, '', sort).map((row) => rows.indexOf(row))).toEqual(
        expected.map((row) => rows.indexOf(row)),
      );
    }),
  );
});
