import { describe, expect, test } from 'vitest';
import { fieldTerm, filtered, readFilter, type Searchable } from '../../../cli/tui/filter.ts';

const FIELDS = ['severity', 'service', 'device'];
const row = (text: string, severity: string, device: string, ...service: string[]): Searchable => ({
  text: [text, severity, device, ...service].join(' ').toLowerCase(),
  fields: { severity: [severity], service, device: [device] },
});
const ROWS = [
  row('outside to dmz', 'critical', 'fw-1', 'mqtt', 'mqtts'),
  row('inside to outside', 'high', 'fw-2', 'amqp'),
  row('Two Words at fe80::1', 'medium', 'edge', 'stomp'),
  row('quiet', 'low', 'edge-2', 'mqtt'),
];

function kept(text: string): string[] {
  const filter = readFilter(text, FIELDS);
  return filtered(ROWS, filter, (each) => each).map((each) => each.fields['device']?.[0] ?? '');
}

describe('a filter', () => {
  test.each([
    ['', ['fw-1', 'fw-2', 'edge', 'edge-2']],
    ['outside', ['fw-1', 'fw-2']],
    ['outside DMZ', ['fw-1']],
    ['!outside', ['edge', 'edge-2']],
    ['"two words"', ['edge']],
    ['two words', ['edge']],
    ['"words two"', []],
    ['"two wor', ['edge']],
    ['fe80::1', ['edge']],
    ['device:fw*', ['fw-1', 'fw-2']],
    ['device:edge', ['edge', 'edge-2']],
    ['device:"edge-2"', ['edge-2']],
    ['device:"edge"', ['edge']],
    [fieldTerm('device', 'edge'), ['edge']],
    [fieldTerm('device', 'ed"e'), ['edge', 'edge-2']],
    ['device:*2', ['fw-2', 'edge-2']],
    ['service:mqtt', ['fw-1', 'edge-2']],
    ['!service:mqtt', ['fw-2', 'edge']],
    ['service:mqtt* severity:low', ['edge-2']],
    ['severity:high', ['fw-2']],
    ['severity:medium+', ['fw-1', 'fw-2', 'edge']],
    ['severity:med', ['edge']],
    ['SEVERITY:HIGH', ['fw-2']],
    ['(.*', []],
    ['device:fw.*', []],
  ])('%s', (text, devices) => {
    expect(kept(text)).toEqual(devices);
  });

  test('keeps every row while it is wrong, and says what is wrong', () => {
    expect(readFilter('sevrity:high', FIELDS)).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('did you mean "severity"'),
    });
    expect(readFilter('severity:hihg', FIELDS)).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('"high"'),
    });
    expect(kept('sevrity:high')).toHaveLength(ROWS.length);
  });
});
