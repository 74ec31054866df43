import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { auditSource } from '../../checks/index.ts';
import { NO_POLICY } from '../../checks/policy/policy.ts';
import { findingText } from '../../cli/reports/finding-text.ts';
import { auditJson } from '../../cli/reports/json.ts';
import { jsonSchema } from '../../cli/reports/schemas.ts';
import { plainPaint } from '../../cli/terminal/paint.ts';
import { parse } from '../../parsers/index.ts';
import { exampleRun } from './support/example-run.ts';
import { EXPOSED_ASA } from './support/configs.ts';

const place = { source: 'brokerfence.yaml', line: 7, column: 3, endColumn: 9 };
const ASSUMES = 'time range OFFICE is active (brokerfence.yaml:7)';

function finding() {
  const text = EXPOSED_ASA.replace('eq 1883', 'eq 1883 time-range OFFICE').replace(
    'access-list OUTSIDE-IN',
    'time-range OFFICE\n periodic daily 8:00 to 18:00\naccess-list OUTSIDE-IN',
  );
  const source = { name: 'edge.cfg', text };
  const { devices } = auditSource(parse(source), source, {
    trust: { untrusted: [], internal: [], internalNetworks: [] },
    policy: { ...NO_POLICY, assumptions: [{ kind: 'time-range', name: 'OFFICE', active: true, place }] },
  });
  const found = devices[0]?.findings.find(({ check }) => check === 'broker-reachable-from-untrusted');
  if (found === undefined) throw new Error('the broker is exposed');
  return found;
}

test('the text of a finding says what it assumes', () => {
  const lines = findingText(finding(), { width: 100, paint: plainPaint, verbose: false });
  expect(lines.filter((line) => line.includes('assumes:')).map((line) => line.trim())).toEqual([
    `= assumes: ${ASSUMES}`,
  ]);
});

test('JSON says so too, as the schema has it', () => {
  const run = exampleRun();
  const [source] = run.sources;
  const [device] = source?.devices ?? [];
  if (source === undefined || device === undefined) throw new Error('the example has a device');
  const devices = [{ ...device, findings: [finding()] }];
  const document: unknown = JSON.parse(auditJson({ ...run, sources: [{ ...source, devices }] }));
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(jsonSchema('audit')));
  validate(document);
  expect(validate.errors).toBeNull();
  expect(document).toMatchObject({ sources: [{ devices: [{ findings: [{ assumptions: [ASSUMES] }] }] }] });
});
