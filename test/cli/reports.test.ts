import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { auditText } from '../../cli/reports/audit-text.ts';
import { evidenceMark } from '../../cli/reports/evidence-mark.ts';
import { flowsText } from '../../cli/reports/flows-text.ts';
import { collectJson } from '../../cli/reports/collect-json.ts';
import { auditJson, flowsJson } from '../../cli/reports/json.ts';
import { percent } from '../../cli/reports/layout.ts';
import { jsonSchema, SCHEMA_NAMES } from '../../cli/reports/schemas.ts';
import { batchJson, traceJson } from '../../cli/reports/trace-json.ts';
import { traceText } from '../../cli/reports/trace-text.ts';
import { ansiPaint, plainPaint } from '../../cli/terminal/paint.ts';
import { displayWidth } from '../../cli/terminal/width.ts';
import { answerBatch, readBatch, trace } from '../../cli/trace/batch.ts';
import { exampleRecord } from './support/example-record.ts';
import { emptyRun, exampleRun } from './support/example-run.ts';
import { open, smallDevice } from './support/small-device.ts';

const layout = { width: 80, paint: plainPaint, verbose: false };
const tool = { name: 'brokerfence', version: '0.0.0' } as const;

describe('the audit as text', () => {
  test('shows findings, diagnostics, coverage, what failed, a summary', async () => {
    await expect(auditText(exampleRun(), layout)).toMatchFileSnapshot('golden/audit.txt');
  });

  test('shows everything when asked to', async () => {
    await expect(auditText(exampleRun(), { ...layout, verbose: true })).toMatchFileSnapshot('golden/audit-verbose.txt');
  });

  test('fits a narrow terminal but for words that are wider', () => {
    const wide = auditText(exampleRun(), { ...layout, width: 50 })
      .split('\n')
      .filter((line) => displayWidth(line) > 50 && line.trim().split(' ').length > 2);
    expect(wide).toEqual([]);
  });

  test('says the same without colour as with it', () => {
    const coloured = auditText(exampleRun(), { ...layout, paint: ansiPaint });
    // eslint-disable-next-line no-control-regex -- that is what colour is made of
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(auditText(exampleRun(), layout));
  });

  test('never says that nothing was found without saying how much was understood', () => {
    expect(auditText(emptyRun(), layout).trimEnd().split('\n').at(-1)).toBe(
      '0 findings in 0 devices; 100.0% of 10 lines understood',
    );
  });

  test('prints no secret and no control character', () => {
    const text = auditText(exampleRun(), layout);
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('\u001b');
  });
});

test('the permitted flows as text', async () => {
  await expect(flowsText(exampleRun(), layout)).toMatchFileSnapshot('golden/flows.txt');
});

test.each([
  ['ip access-group TRANSIT-IN in', 18, 28, 'TRANSIT-IN'],
  ['access-list A permit ip any any', 1, 32, 'access-list A permit ip any any'],
  ['permit ip any any', 3, 9, 'permit'],
  ['permit', 40, 44, 'permit'],
])('of %j, columns %d to %d are %j', (text, column, endColumn, marked) => {
  const { start, end } = evidenceMark({ source: 'x', line: 1, column, endColumn }, text);
  expect(text.slice(start, end)).toBe(marked);
});

test('99.99% is not all', () => {
  expect(percent(9999, 10_000)).toBe('99.9%');
  expect(percent(10_000, 10_000)).toBe('100.0%');
});

describe('one traced packet as text', () => {
  const device = open(smallDevice());
  const fields = {
    protocol: 'tcp',
    source: '203.0.113.5',
    sourcePort: '',
    destination: '192.0.2.8',
    destinationPort: '8883',
    application: '',
  };
  const place = { device: '', from: 'outside', to: 'inside', ruleList: '', direction: '' };

  test.each([
    ['unknown', {}],
    ['permit', { destination: '192.0.2.7', destinationPort: '1883' }],
    ['deny', { protocol: 'icmp', destinationPort: '' }],
    ['port-dependent', { destination: '192.0.2.9', destinationPort: '5672' }],
  ])('%s', async (name, change) => {
    const report = trace(place, { ...fields, ...change }, [device]);
    if ('kind' in report) throw new Error(report.message);
    await expect(traceText(report, layout)).toMatchFileSnapshot(`golden/trace-${name}.txt`);
  });
});

describe('JSON', () => {
  const device = open(smallDevice());
  const csv = [
    'rule_list,protocol,source,destination,destination_port,expect',
    'IN,tcp,203.0.113.5,192.0.2.7,1883,deny',
    'NONE,tcp,203.0.113.5,192.0.2.7,1883,deny',
    'IN,icmp,203.0.113.5,192.0.2.7,8/0,',
  ].join('\n');
  const fields = {
    protocol: 'tcp',
    source: '203.0.113.5',
    sourcePort: '',
    destination: '192.0.2.8',
    destinationPort: '8883',
    application: '',
  };
  const place = { device: '', from: '', to: '', ruleList: 'IN', direction: '' };

  function documents(): Record<(typeof SCHEMA_NAMES)[number], string> {
    const one = trace(place, fields, [device]);
    const table = readBatch(csv);
    if ('kind' in one || table.kind === 'problem') throw new Error('the example is wrong');
    return {
      audit: auditJson(exampleRun()),
      flows: flowsJson(exampleRun()),
      trace: traceJson(tool, one),
      'trace-batch': batchJson(tool, table.header, answerBatch(table, [device])),
      collect: collectJson(exampleRecord()),
    };
  }

  test.each(SCHEMA_NAMES)('%s follows its schema, which is strict', (name) => {
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(jsonSchema(name)));
    const document: unknown = JSON.parse(documents()[name]);
    validate(document);
    expect(validate.errors).toBeNull();
    expect(validate({ ...Object(document), extra: 1 })).toBe(false);
    expect(validate({ ...Object(document), schemaVersion: 2 })).toBe(false);
  });

  test('holds no secret', () => {
    expect(documents().audit).not.toContain('hunter2');
    expect(documents().audit).toContain('username admin password <masked>');
  });

  test('counts wrong rows and rows that name nothing', () => {
    expect(JSON.parse(documents()['trace-batch'])).toMatchObject({
      totals: { rows: 3, wrong: 1, problems: 1 },
      rows: [{ line: 2, asExpected: false }, { line: 3, problem: expect.any(String) }, { trace: { verdict: 'deny' } }],
    });
  });
});
