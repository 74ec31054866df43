/** Entries put into policy files of known layouts, and what is refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlValue } from '../../../cli/policy/edit/yaml-value.ts';
import { EXAMPLE, EXAMPLE_FILES, policyOf } from '../policy/policies.ts';
import { APPROVAL, approving, edited, expectOneMore, problemsIn, WAIVER, waiving } from './editing.ts';

const ENTRY = `  # mqtt from outside to dmz on edge-1: reachable from anywhere
  - fingerprint: 00112233445566aa
    reason: lab, until it moves
    owner: net
    expires: 2027-03-31
`;

const AT_MARGIN = ENTRY.replaceAll(/^ {2}/gmu, '');
const IN_FLOW = '{fingerprint: 00112233445566aa, reason: "lab, until it moves", owner: net, expires: 2027-03-31}';

/** A file with `HERE` where the entry is to be put. */
const LAYOUTS: readonly (readonly [name: string, text: string, entry: string])[] = [
  ['no section yet', 'version: 1\nchecks: {}\nHERE', `\nwaivers:\n${ENTRY}`],
  ['a section without a value', 'version: 1\nwaivers:\nHEREchecks: {}\n', ENTRY],
  [
    'entries commented out',
    'version: 1\nwaivers:\n  # - check: a\n  #   owner: b\nHERE\n# Checks.\nchecks: {}\n',
    ENTRY,
  ],
  ['a comment at the margin, which is about what follows', 'version: 1\nwaivers:\nHERE# Checks.\nchecks: {}\n', ENTRY],
  [
    'dashes at the margin',
    'version: 1\nwaivers:\n- {check: egress-unfiltered, owner: a, reason: b} # until May\nHERE# Checks.\nchecks: {}\n',
    AT_MARGIN,
  ],
  [
    'a comment below the last entry',
    'version: 1\nwaivers:\n  - check: egress-unfiltered\n    owner: a\n    reason: >-\n      b\n      c\n    # renewed\n  # - check: old\nHERE\nchecks: {}\n',
    ENTRY,
  ],
  [
    'blank lines between entries',
    'version: 1\nwaivers:\n  - {check: egress-unfiltered, owner: a, reason: b}\n\n  - {device: x, owner: a, reason: b}\nHERE\nchecks: {}\n',
    `\n${ENTRY}`,
  ],
  [
    'a last text that keeps its blank lines',
    'version: 1\nwaivers:\n  - check: egress-unfiltered\n    owner: a\n    reason: |+\n      b\n\n\nHEREchecks: {}\n',
    ENTRY,
  ],
  [
    'wide steps elsewhere in the file',
    'version: 1\nnetworks:\n    - 10.0.0.0/8\nwaivers:\nHERE',
    ENTRY.replaceAll(/^ {2}/gmu, '    '),
  ],
  ['a document that is ended', 'version: 1\nHERE...\n', `\nwaivers:\n${ENTRY}`],
  ['a file in Windows', 'version: 1\r\nwaivers:\r\nHEREchecks: {}\r\n', ENTRY.replaceAll('\n', '\r\n')],
  ['no line end at the end', 'version: 1\nwaivers:HERE', `\n${ENTRY.trimEnd()}`],
  [
    'brackets over several lines',
    'version: 1\nwaivers: [\n  { check: egress-unfiltered, owner: a, reason: b }, # c\n    # d\nHERE]\n',
    `  # mqtt from outside to dmz on edge-1: reachable from anywhere\n  ${IN_FLOW.replace('{', '{ ').replace('}', ' }')},\n`,
  ],
  [
    'brackets on one line',
    'version: 1\nwaivers: [{check: egress-unfiltered, owner: a, reason: b}HERE]\n',
    `,\n  # mqtt from outside to dmz on edge-1: reachable from anywhere\n  ${IN_FLOW}`,
  ],
];

test.each(LAYOUTS)('an entry goes in where it belongs: %s', (_, text, entry) => {
  const before = text.replace('HERE', '');
  const after = edited(waiving(before));
  expect(after).toBe(text.replace('HERE', entry));
  expectOneMore(before, after, 'waivers');
});

test.each(['waivers: []', 'waivers: null', 'waivers:   ~'])('"%s" becomes a list', (section) => {
  expect(edited(waiving(`version: 1\n${section} # accepted\n\nchecks: {}\n`))).toBe(
    `version: 1\nwaivers: # accepted\n${ENTRY}\nchecks: {}\n`,
  );
  expect(edited(waiving(`version: 1\n${section}\nchecks: {}\n`))).toBe(`version: 1\nwaivers:\n${ENTRY}checks: {}\n`);
});

test('the line that is told is that of the entry', () => {
  const edit = waiving('version: 1\n');
  expect(edit).toMatchObject({ kind: 'edited', addedAt: 5 });
  expect(edited(edit).split('\n')[4]).toBe('  - fingerprint: 00112233445566aa');
});

test('a comment stays one, whatever it quotes, and shows no secret', () => {
  const about = 'mqtt on edge-1: \u001b[2J rule\n- reason: none # password hunter2';
  expect(edited(waiving('version: 1\n', { ...WAIVER, about })).split('\n')[3]).toBe(
    '  # mqtt on edge-1: ·[2J rule·- reason: none # password <masked>',
  );
});

test('where there is no file, a small one is made', () => {
  expect(edited(waiving(undefined))).toBe(`version: 1\n\nwaivers:\n${ENTRY}`);
});

test('an approval is written in the order of the form, long lists on several lines', () => {
  const clients = Array.from({ length: 12 }, (_, index) => `198.51.${index}.0/24`);
  const text = edited(approving('version: 1\n', { entry: { ...APPROVAL.entry, clients, devices: ['edge 1', '*'] } }));
  expect(text).toBe(`version: 1

approvals:
  - name: plant feed
    services: [mqtts]
    clients: [198.51.0.0/24, 198.51.1.0/24, 198.51.2.0/24, 198.51.3.0/24, 198.51.4.0/24,
      198.51.5.0/24, 198.51.6.0/24, 198.51.7.0/24, 198.51.8.0/24, 198.51.9.0/24, 198.51.10.0/24,
      198.51.11.0/24]
    brokers: [10.2.0.5]
    direction: exposure
    devices: [edge 1, "*"]
    owner: plant
    reason: "telemetry: hourly"
`);
  expectOneMore('version: 1\n', text, 'approvals');
});

test('the sample policy takes entries, and one that includes others does', () => {
  const path = join(import.meta.dirname, '../../../device-samples/brokerfence.yaml');
  const sample = readFileSync(path, 'utf8').replace(/^block-lists:[^]*?\n\n/mu, '');
  expectOneMore(sample, edited(waiving(sample)), 'waivers');
  expectOneMore(sample, edited(approving(sample)), 'approvals');
  const { 'brokerfence.yaml': _, ...beside } = EXAMPLE_FILES;
  expectOneMore(EXAMPLE, edited(waiving(EXAMPLE, WAIVER, beside)), 'waivers', beside);
  const own = { ...APPROVAL, entry: { ...APPROVAL.entry, services: ['plant-bus'] } };
  expectOneMore(EXAMPLE, edited(approving(EXAMPLE, own, beside)), 'approvals', beside);
});

describe('what cannot be put in safely is a problem, with the entry to paste', () => {
  const REUSED = 'waivers: &all\n  - {check: egress-unfiltered, owner: a, reason: b}\n';
  test.each([
    ['{version: 1}\n', 'the whole file stands in { }'],
    [`version: 1\n${REUSED}`, '"waivers" may be repeated elsewhere: it is marked &all'],
    ['version: 1\nwaivers:\n  []\n', 'what says that it is empty stands on a line of its own'],
    ['version: 1\nsegments: &s []\nwaivers: *s\n', '"waivers" repeats what stands elsewhere (*s)'],
  ])('%j', (text, because) => {
    const edit = waiving(text);
    expect(problemsIn(edit)).toEqual([`the entry cannot be added to "waivers": ${because}; put it there by hand`]);
    expect(edit).toMatchObject({ paste: ENTRY.trimEnd() });
  });

  test('a text at the end that would go on', () => {
    const text = 'version: 1\nwaivers:\n  - check: egress-unfiltered\n    owner: a\n    reason: |+\n      b\n\n      ';
    expect(problemsIn(approving(text))).toEqual([
      'the entry cannot be added to "approvals": the layout of the file does not let it be put there and change nothing else; put it there by hand',
    ]);
  });

  test('a policy that does not load', () => {
    expect(problemsIn(waiving('version: 1\n\twaivers: []\n'))).toEqual([
      expect.stringContaining('abs are not allowed'),
    ]);
    expect(problemsIn(waiving('version: 1\ninclude: [lost.yaml]\n'))).toEqual([
      'included file lost.yaml does not exist',
    ]);
  });

  test('an approval whose name is taken, also in an included file', () => {
    const before = edited(approving('version: 1\n'));
    expect(problemsIn(approving(before))).toEqual(['approval "plant feed" is given already in brokerfence.yaml:5']);
    const beside = { 'base.yaml': before };
    expect(problemsIn(approving('version: 1\ninclude: [base.yaml]\n', APPROVAL, beside))).toEqual([
      'approval "plant feed" is given already in base.yaml:5',
    ]);
  });

  test('an entry that the form refuses', () => {
    const wrong = { entry: { ...WAIVER.entry, expires: 'soon' } };
    expect(problemsIn(waiving('version: 1\n', wrong))).toEqual(['"soon" is not a day such as 2027-03-31']);
  });

  test.each([
    ['two\nlines', '"reason" must be on one line'],
    ['two\u2028lines', '"reason" must be on one line'],
    ['a\ttab', '"reason" holds a tab or a character that does not show'],
    ['turned \u202eround', '"reason" holds a tab or a character that does not show'],
    ['half \ud800 a letter', '"reason" holds a tab or a character that does not show'],
  ])('%j', (reason, message) => {
    expect(problemsIn(waiving('version: 1\n', { entry: { ...WAIVER.entry, reason } }))).toEqual([message]);
  });
});

describe('values', () => {
  test.each([
    ['moves to TLS in March', 'moves to TLS in March'],
    ["the partner's, for now; see CHG-12", "the partner's, for now; see CHG-12"],
    ['2001:db8::7', '"2001:db8::7"'],
    ['10.3.0.5-10.3.0.9', '10.3.0.5-10.3.0.9'],
    ['2027-03-31', '2027-03-31'],
    ['0011223344556677', '"0011223344556677"'],
    ['1234567890e12345', '"1234567890e12345"'],
    ['0b01', '"0b01"'],
    ['yes', '"yes"'],
    ['No', '"No"'],
    ['1e3', '"1e3"'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['*', '"*"'],
    ['Grüße', '"Grüße"'],
    ['say "hi" \\', '"say \\"hi\\" \\\\"'],
    ['', '""'],
  ])('%j is written %s', (text, written) => {
    expect(yamlValue(text, 'block')).toBe(written);
  });

  test('mean the text, in every place, to readers of YAML 1.1 as well', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.stringMatching(/^[-+]?[\d._]{1,4}[ -~]{0,5}$/),
      fc
        .array(fc.constantFrom('no', 'off', ',', ';', '- ', ' ', '#', ':', '1e3', "'", '{', ']', '&', 'x', '~', '?'), {
          maxLength: 5,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('1.1', '1.2'), (value, version) => {
        const flow = yamlValue(value, 'flow');
        const read: unknown = parse(`a: ${yamlValue(value, 'block')}\nb: [${flow}, {c: ${flow}}]\n`, { version });
        // Days are times to YAML 1.1; policies are read as 1.2.
        if (/^\d{4}-\d{2}-\d{2}$/u.test(value) && version === '1.1') return;
        expect(read).toEqual({ a: value, b: [value, { c: value }] });
      }),
      { numRuns: 2000 },
    );
  });

  test('come back from a policy as they were given', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => text.replaceAll(/[\p{C}\u2028\u2029]/gu, '').trim());
    fc.assert(
      fc.property(
        line.filter((text) => text !== ''),
        fc.boolean(),
        (reason, isFlow) => {
          const before = isFlow ? 'version: 1\nwaivers: [{device: x, owner: a, reason: b}]\n' : 'version: 1\n';
          const text = edited(waiving(before, { entry: { ...WAIVER.entry, reason } }));
          expect(policyOf(text).waivers.at(-1)?.reason).toBe(reason);
        },
      ),
      { numRuns: 300 },
    );
  });
});
