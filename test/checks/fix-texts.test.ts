import { expect, test } from 'vitest';
import { CHECKS } from '../../checks/index.ts';
import { asaEdge, read, reportsOf } from './edge-texts.ts';

const MANAGED =
  'Make the change in the management center or the device manager, which writes this configuration, and deploy it. ';

/** What is to be done about each finding of a text, by check. */
function fixes(version: string, kind: string): readonly (readonly [check: string, fix: string])[] {
  const lines = asaEdge([
    `access-list CSM_FW_ACL_ ${kind} permit tcp any any eq 1883`,
    `access-list NOT_BOUND ${kind} permit tcp any any eq 5672`,
    'access-group CSM_FW_ACL_ global',
  ]);
  const findings = reportsOf(CHECKS, read('cisco-asa', [version, ...lines.slice(1)])).flatMap((report) =>
    report.findings.map(({ check, fix }) => [check, fix] as const),
  );
  expect(findings.length).toBeGreaterThan(3);
  return findings;
}

test('what a manager writes is changed there, whatever is found; an ASA is changed itself', () => {
  const managed = fixes('NGFW Version 7.2.5', 'advanced');
  expect(managed.filter(([, fix]) => !fix.startsWith(MANAGED))).toEqual([]);
  const own = fixes('ASA Version 9.12(4)', 'extended');
  expect(own.filter(([, fix]) => fix.includes('deploy'))).toEqual([]);
});
