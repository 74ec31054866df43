/** The harness notices every kind of wrong answer: a fixture that should fail does. */
import type { Floors } from './check-case.ts';
import type { Finding } from '../../checks/finding.ts';
import type { Bundle, ParseResult } from '../../parsers/index.ts';
import { describe, expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { checkCase } from './check-case.ts';
import { readFixture } from './fixture.ts';
import { parseSmallRouter, SMALL_ROUTER } from './small-router.ts';

const HEADER = `| from | to | protocol | source | sport | destination | dport | verdict | decided by |
|---|---|---|---|---|---|---|---|---|`;

const floors: Floors = {
  parse: parseSmallRouter,
  evaluate: (device) => createEvaluation(device, createPacketSpace()),
  audit: () => [],
};

function problems(
  rows: readonly string[],
  changed: Partial<Floors> = {},
  marks = '',
  prose = 'diagnostics: none',
): string {
  const config = SMALL_ROUTER.replace('bind OUT\n', `bind OUT${marks}`);
  const table = rows.length === 0 ? '' : `${HEADER}\n${rows.map((row) => `| ${row} |`).join('\n')}\n`;
  const text = `# Small\n\n${prose}\n\n\`\`\`cisco-ios\n${config}\n\`\`\`\n\n${table}`;
  return readFixture('small.md', text)
    .flatMap((fixture) => checkCase(fixture, { ...floors, ...changed }))
    .join('\n');
}

function parsedWith(change: (parsed: ParseResult) => Partial<ParseResult>): Partial<Floors> {
  return {
    parse: (bundle: Bundle) => {
      const parsed = parseSmallRouter(bundle);
      return { ...parsed, ...change(parsed) };
    },
  };
}

describe('packet rows', () => {
  test.each([
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | 3'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | `eq 1883`'],
    ['outside | inside | tcp | 192.0.2.1 | | 11.0.0.5 | 1883 | deny | "implicit deny"'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 8883 | unknown | 4'],
    ['list OUT | | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | 3'],
    ['in | out | tcp | 10.0.0.5 | | 192.0.2.1 | 1883 | permit | no filter'],
    ['out | in | tcp | 2001:db8::1 | | 2001:db8::2 | 1883 | permit | no filter'],
    ['in | in | tcp | 10.0.0.5 | | 10.0.0.6 | 1883 | deny | no crossing'],
  ])('that are right hold: %s', (row) => {
    expect(problems([row])).toBe('');
  });

  test.each([
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | deny | 3', 'the trace says permit'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | deny | 3', 'the permitted set says permit'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | deny | 3', 'the naive evaluator says permit'],
    ['out | in | tcp | 192.0.2.1 | | 11.0.0.5 | 1883 | permit | 3', 'the naive evaluator says deny'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 8883 | permit | 4', 'the naive evaluator says unknown'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | 4', 'line 4 decides nothing'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 8883 | unknown | 3', 'decided by line 4'],
    ['out | in | tcp | 192.0.2.1 | | 11.0.0.5 | 1883 | deny | "security-level"', 'implicit deny at the end'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | no filter', 'not by nobody'],
    ['in | out | tcp | 10.0.0.5 | | 192.0.2.1 | 1883 | permit | 3', 'line 3 decides nothing'],
    ['in | in | tcp | 10.0.0.5 | | 10.0.0.6 | 1883 | deny | 3', 'there is no crossing: one segment'],
    ['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | deny | no crossing', 'there is a crossing'],
    ['out | dmz | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | 3', 'no segment dmz; there are: out, in'],
    ['list IN | | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | 3', 'no rule list IN; there are: OUT'],
  ])('that are wrong fail: %s (%s)', (row, message) => {
    expect(problems([row])).toContain(message);
  });

  test('fail with their line and their text', () => {
    expect(problems(['out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | deny | 3'])).toMatch(
      /^small\.md:15: .*\n {4}\| out/u,
    );
  });

  test('for a device that is not there fail', () => {
    const row = '| fw | out | in | tcp | 192.0.2.1 | | 10.0.0.5 | 1883 | permit | 3 |';
    const text = `# Small\n\n\`\`\`cisco-ios\n${SMALL_ROUTER}\`\`\`\n\n| device ${HEADER.replace('\n', '\n|---')}\n${row}\n`;
    const [fixture] = readFixture('small.md', text);
    expect(fixture === undefined ? [] : checkCase(fixture, floors)).toEqual([
      expect.stringContaining('names 0 devices; there are: small'),
    ]);
  });
});

describe('diagnostics', () => {
  const diagnosed = (severity: 'error' | 'warning' | 'note'): Partial<Floors> =>
    parsedWith(({ devices }) => {
      const span = devices[0]?.ruleLists[0]?.span;
      if (span === undefined) return {};
      return {
        diagnostics: [
          { code: 'ios/x', severity, span: { ...span, line: 5, endColumn: 5 }, message: '', consequence: '' },
        ],
      };
    });

  test('that are expected hold, and fail where they are missing or elsewhere', () => {
    expect(problems([], diagnosed('warning'), ' ! diagnostic: ios/x')).toBe('');
    expect(problems([], {}, ' ! diagnostic: ios/x')).toBe('missing diagnostic: ios/x at line 5');
    expect(problems([], diagnosed('note'), ' ! diagnostic: ios/x')).toBe('');
  });

  test('that are not expected fail: errors always, warnings where a case speaks of diagnostics', () => {
    expect(problems([], diagnosed('warning'))).toBe('unexpected diagnostic: ios/x at line 5');
    expect(problems([], diagnosed('warning'), '', 'findings: none')).toBe('');
    expect(problems([], diagnosed('note'))).toBe('');
    expect(problems([], diagnosed('error'), '', 'findings: none')).toBe('unexpected diagnostic: ios/x at line 5');
  });
});

describe('findings', () => {
  const span = { source: 'small.md:1', line: 5, column: 1, endColumn: 5 };
  const finding: Finding = {
    check: 'some-check',
    severity: 'high',
    confidence: 'definite',
    device: 'small',
    crossings: [],
    rules: [],
    services: [],
    message: '',
    evidence: [
      { role: 'binding', span: { ...span, line: 1 }, text: '', note: '' },
      { role: 'decides', span, text: '', note: '' },
    ],
    flows: { flows: [], truncated: false },
    conditions: [],
    fix: '',
    fingerprint: '',
  };

  test('are compared where a case speaks of them, by check and deciding line', () => {
    const audited = { audit: () => [finding] };
    expect(problems([], audited, ' ! finding: some-check')).toBe('');
    expect(problems([], audited)).toBe('');
    expect(problems([], audited, '', 'findings: none')).toBe('unexpected finding: some-check at line 5');
    expect(problems([], audited, ' ! finding: other-check')).toBe(
      'missing finding: other-check at line 5\nunexpected finding: some-check at line 5',
    );
    expect(problems([], {}, ' ! finding: some-check')).toBe('missing finding: some-check at line 5');
  });

  test('of other checks than those a case is about are no matter of it', () => {
    const audited = { audit: () => [finding, { ...finding, check: 'other-check' }] };
    expect(problems([], audited, ' ! finding: some-check', 'checks: some-check')).toBe('');
    expect(problems([], audited, '', 'checks: third-check\n\nfindings: none')).toBe('');
    expect(problems([], audited, '', 'checks: some-check third-check\n\nfindings: none')).toBe(
      'unexpected finding: some-check at line 5',
    );
  });
});

describe('what must hold for every configuration', () => {
  test('line states are as marked, and unrecognised lines are always marked', () => {
    const unrecognised = parsedWith(({ texts: [{ lineStates, coverage }] }) => ({
      texts: [
        {
          lineStates: lineStates.map((state, index) => (index === 4 ? 'unrecognised' : state)),
          coverage: { ...coverage, states: { ...coverage.states, modelled: 4, unrecognised: 1 } },
        },
      ],
    }));
    expect(problems([], unrecognised)).toBe('unexpected state: unrecognised at line 5');
    expect(problems([], unrecognised, ' ! state: unrecognised')).toBe('');
    expect(problems([], {}, ' ! state: unsupported')).toBe('state: line 5 is modelled, not unsupported');
  });

  test('coverage adds up to the non-blank lines', () => {
    const short = parsedWith(({ texts: [text] }) => ({
      texts: [{ ...text, coverage: { ...text.coverage, lines: 4 } }],
    }));
    const blank = parsedWith(({ texts: [text] }) => ({
      texts: [{ ...text, lineStates: text.lineStates.slice(0, 4) }],
    }));
    expect(problems([], short)).toBe('coverage counts 4 lines, there are 5');
    expect(problems([], blank)).toContain('line 5 is not blank and has state none');
    expect(problems([], blank)).toContain('coverage counts 5 lines modelled, there are 4');
  });

  test('spans stand in the text at what they claim', () => {
    const moved = (line: number, endColumn: number): Partial<Floors> =>
      parsedWith(({ devices }) => ({
        devices: devices.map((device) => ({
          ...device,
          bindings: device.bindings.map((binding) => ({ ...binding, span: { ...binding.span, line, endColumn } })),
        })),
      }));
    expect(problems([], moved(9, 3))).toContain('is on no line');
    expect(problems([], moved(5, 99))).toContain('leaves its line "bind OUT"');
    expect(problems([], moved(5, 1))).toContain('is empty');
    const misquoted = parsedWith(({ devices }) => ({
      devices: devices.map((device) => ({
        ...device,
        ruleLists: device.ruleLists.map((list) => ({
          ...list,
          rules: list.rules.map((rule) => ({ ...rule, text: 'permit ip any any' })),
        })),
      })),
    }));
    expect(problems([], misquoted)).toContain('"permit ip any any" is said to stand at 3:1');
  });

  test('parsing twice gives the same device', () => {
    let times = 0;
    const forgetful = parsedWith(({ devices }) => {
      times += 1;
      return times === 1 ? {} : { devices: devices.map((device) => ({ ...device, ruleLists: [] })) };
    });
    expect(problems([], forgetful)).toBe('parsing the text again gives another device');
  });

  test('the platform is recognised where the case asks for it', () => {
    const undetected = parsedWith(() => ({ detection: { reasons: ['nothing seen'] } }));
    expect(problems([], undetected, '', 'detect: yes')).toBe('recognised as nothing: nothing seen');
    expect(problems([], undetected)).toBe('');
    expect(problems([], {}, '', 'detect: yes')).toBe('');
  });
});
