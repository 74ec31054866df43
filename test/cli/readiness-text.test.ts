import { expect, test } from 'vitest';
import { readinessText } from '../../cli/reports/readiness-text.ts';
import type { Layout } from '../../cli/reports/layout.ts';
import { emptyRun, exampleRun } from './support/example-run.ts';

const layout: Layout = { width: 100, paint: (_, text) => text, verbose: true };

test('one line for each need of each device', () => {
  expect(readinessText(exampleRun().sources, layout)).toEqual([
    'ready for detection (ATT&CK AN0005):',
    '  edge-1: rule-logging partly (1 of 2 permitted flows are recorded)',
    '  edge-1: remote-syslog yes (records go to 10.0.0.9)',
    '  edge-1: flow-export no (no exporter)',
  ]);
});

test('long reasons go on indented and stay within the width', () => {
  const lines = readinessText(exampleRun().sources, { ...layout, width: 40 });
  expect(lines.slice(1, 3)).toEqual(['  edge-1: rule-logging partly (1 of 2', '    permitted flows are recorded)']);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40);
});

test('nothing when it was not asked for, or there is no device', () => {
  expect(readinessText(exampleRun().sources, { ...layout, verbose: false })).toEqual([]);
  expect(readinessText(emptyRun().sources, layout)).toEqual([]);
});
