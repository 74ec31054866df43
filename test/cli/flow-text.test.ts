import { expect, test } from 'vitest';
import { flowText } from '../../cli/reports/finding-text.ts';

const ports = Array.from({ length: 30 }, (_, index) => String(1883 + 2 * index));
const flow = {
  family: 4,
  protocol: 'tcp',
  source: ['10.0.0.0/8'],
  destination: ['any'],
  sourcePort: ['any'],
  destinationPort: ports,
} as const;

test('a long list of a flow is cut short in a report, with the option that shows all of it', () => {
  expect(flowText(flow, false)).toMatch(/^tcp 10\.0\.0\.0\/8 → any to port 1883, 1885, .*, \d+ more \(--verbose\)$/u);
  expect(flowText(flow, true)).toBe(`tcp 10.0.0.0/8 → any to port ${ports.join(', ')}`);
});

test('on a screen, where there are no options, only how many are left out is said', () => {
  expect(flowText(flow, false, '')).toMatch(/, \d+ more$/u);
});
