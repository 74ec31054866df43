/** Which lines carry what. */
import { expect, test } from 'vitest';
import { auditSource } from '../../../checks/index.ts';
import { SEVERITIES } from '../../../checks/finding.ts';
import { markedLines } from '../../../cli/tui/syntax/marked-lines.ts';
import { parse } from '../../../parsers/index.ts';
import { ASA } from '../../checks/plain-firewalls.ts';

const LINES = [
  ...ASA,
  'access-list OUT extended permit tcp any any eq 1883',
  'access-group MISSING out interface outside',
];
const SOURCE = { name: 'fw.cfg', text: LINES.join('\n') };
const PARSED = parse(SOURCE);
const REPORT = auditSource(PARSED, SOURCE, { trust: { untrusted: [], internal: [], internalNetworks: [] } });

test('every line of evidence names its finding, the worst first', () => {
  const marks = markedLines(REPORT, 'fw.cfg', PARSED.texts[0].lineStates);
  const rule = marks.get(LINES.length - 1);
  const ranks = (rule?.findings ?? []).map(({ severity }) => SEVERITIES.indexOf(severity));
  expect(ranks.length).toBeGreaterThan(1);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(rule?.worst).toBe(SEVERITIES[ranks[0] ?? 0]);
  expect(rule?.state).toBe('modelled');
  const findings = REPORT.devices[0]?.findings ?? [];
  for (const [finding, { evidence }] of findings.entries()) {
    for (const { span } of evidence) {
      const here = marks.get(span.line)?.findings.filter((each) => each.finding === finding);
      expect(here).toHaveLength(1);
    }
  }
});

test('diagnostics and line states stand on their lines, and only on those of the source', () => {
  const marks = markedLines(REPORT, 'fw.cfg', PARSED.texts[0].lineStates);
  const last = marks.get(LINES.length);
  expect(last?.state).toBeDefined();
  expect(last?.diagnostics.map((index) => REPORT.diagnostics[index]?.span.line)).toEqual([LINES.length]);
  expect([...marks.keys()]).toEqual([...marks.keys()].toSorted((a, b) => a - b));
  expect(markedLines(REPORT, 'other.cfg').size).toBe(0);
});

test('what the policy accepts stands behind the rest and makes no line worse', () => {
  const waived = {
    ...REPORT,
    devices: REPORT.devices.map((device) => ({
      ...device,
      findings: device.findings.map((finding, index) =>
        index === 0
          ? {
              ...finding,
              waived: { reason: 'known', owner: 'net', place: { source: 'p', line: 1, column: 1, endColumn: 2 } },
            }
          : { ...finding, severity: 'low' as const },
      ),
    })),
  };
  const line = REPORT.devices[0]?.findings[0]?.evidence[0]?.span.line ?? 0;
  const marks = markedLines(waived, 'fw.cfg').get(line);
  expect(marks?.findings.at(-1)).toMatchObject({ finding: 0, isWaived: true });
  expect(marks?.worst).toBe('low');
});
