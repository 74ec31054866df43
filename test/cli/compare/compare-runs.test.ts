import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../../cli/compare/comparison.ts';
import { readBaseline } from '../../../cli/compare/baseline.ts';
import { comparisonText } from '../../../cli/reports/comparison-text.ts';
import { plainPaint } from '../../../cli/terminal/paint.ts';
import { inShort } from '../../checks/compare/compared.ts';
import { CLOSED_IOS, EXPOSED_ASA } from '../support/configs.ts';
import { compared, inputsOf, OPTIONS, reportOf } from './sides.ts';
import { compareRuns } from '../../../cli/compare-run.ts';

const SHUT_ASA = EXPOSED_ASA.replace(
  'permit tcp any host 10.20.30.10 eq 1883',
  'deny tcp any host 10.20.30.10 eq 1883',
);
const FLOW = 'definite mqtt tcp 1883: outside > dmz: any → 10.20.30.10 1883';

function flows({ devices }: Comparison): string[] {
  return devices.flatMap(({ flows: each }) =>
    each.kind === 'compared' ? each.changes.changes.map(inShort) : [each.kind],
  );
}

/** Devices with what became of them. */
function names({ devices }: Comparison): string[] {
  return devices.map(({ before, after }) => `${before?.device ?? '-'} ${after?.device ?? '-'}`);
}

describe('two sets of texts', () => {
  test('tell the flow that a changed line opens, and the findings that are new', () => {
    const comparison = compared({ 'edge.cfg': SHUT_ASA }, { 'edge.cfg': EXPOSED_ASA });
    expect(flows(comparison)).toEqual([`opened ${FLOW}`]);
    const [device] = comparison.devices;
    expect(device?.findings.new.map(({ check }) => check)).toContain('broker-reachable-from-untrusted');
    expect(device?.findings.fixed).toEqual([]);
  });

  test('tell it closed, and findings fixed, the other way round', () => {
    const comparison = compared({ 'edge.cfg': EXPOSED_ASA }, { 'edge.cfg': SHUT_ASA });
    expect(flows(comparison)).toEqual([`closed ${FLOW}`]);
    expect(comparison.devices[0]?.findings.fixed.map(({ check }) => check)).toContain(
      'broker-reachable-from-untrusted',
    );
  });

  test('are the same where the texts are, and where a comment was added', () => {
    expect(flows(compared({ 'a.cfg': EXPOSED_ASA }, { 'a.cfg': EXPOSED_ASA }))).toEqual(['same-text']);
    const commented = EXPOSED_ASA.replace('!\nhostname', '! a comment\n! and more\nhostname');
    const comparison = compared({ 'a.cfg': EXPOSED_ASA }, { 'a.cfg': commented });
    expect(flows(comparison)).toEqual([]);
    const { new: added, fixed, changed } = comparison.devices[0]?.findings ?? { new: [0], fixed: [], changed: [] };
    expect([added, fixed, changed]).toEqual([[], [], []]);
  });

  test('pair devices by name, else the only ones, else by file; others came or went', () => {
    const renamed = EXPOSED_ASA.replace('hostname edge-1', 'hostname edge-9');
    expect(
      names(compared({ 'a.cfg': EXPOSED_ASA, 'b.cfg': CLOSED_IOS }, { 'b.cfg': EXPOSED_ASA, 'c.cfg': CLOSED_IOS })),
    ).toEqual(['edge-1 edge-1', 'branch-1 branch-1']);
    expect(names(compared({ 'a.cfg': EXPOSED_ASA }, { 'b.cfg': renamed }))).toEqual(['edge-1 edge-9']);
    expect(
      names(
        compared(
          { 'old/a.cfg': EXPOSED_ASA, 'old/b.cfg': CLOSED_IOS },
          { 'new/a.cfg': renamed, 'new/b.cfg': CLOSED_IOS },
        ),
      ),
    ).toEqual(['edge-1 edge-9', 'branch-1 branch-1']);
    expect(names(compared({ 'a.cfg': EXPOSED_ASA }, { 'a.cfg': EXPOSED_ASA, 'b.cfg': CLOSED_IOS }))).toEqual([
      'edge-1 edge-1',
      '- branch-1',
    ]);
    expect(names(compared({ 'a.cfg': EXPOSED_ASA, 'b.cfg': CLOSED_IOS }, { 'b.cfg': CLOSED_IOS }))).toEqual([
      'branch-1 branch-1',
      'edge-1 -',
    ]);
  });

  test('a device under another name has the findings that it had', () => {
    const comparison = compared({ 'a.cfg': EXPOSED_ASA }, { 'a.cfg': EXPOSED_ASA.replace('edge-1', 'edge-9') });
    const { new: added, fixed, changed, unchanged } = comparison.devices[0]?.findings ?? { unchanged: [] };
    expect([added, fixed, changed]).toEqual([[], [], []]);
    expect(unchanged.length).toBeGreaterThan(1);
  });

  test('inputs that could not be read are named with their side', () => {
    const failure = { kind: 'failure', name: 'b.cfg', reason: 'empty', message: 'is empty' } as const;
    const side = { kind: 'inputs', label: 'new', inputs: [...inputsOf({ 'a.cfg': EXPOSED_ASA }), failure] } as const;
    const comparison = compareRuns(
      { ...side, label: 'old' },
      { ...side, inputs: inputsOf({ 'a.cfg': EXPOSED_ASA }) },
      OPTIONS,
    );
    expect(comparison.before.failures).toMatchObject([{ name: 'b.cfg' }]);
    const text = comparisonText(comparison, { width: 120, paint: plainPaint, verbose: false });
    expect(text).toContain('not audited: b.cfg (before): is empty');
    expect(text).toMatch(/1 input not read$/m);
  });
});

test('a device whose text cannot be read now has no findings fixed', () => {
  const comparison = compared(
    { 'a.cfg': EXPOSED_ASA, 'b.cfg': CLOSED_IOS },
    { 'a.cfg': EXPOSED_ASA, 'b.cfg': 'nothing' },
  );
  const [, device] = comparison.devices;
  expect(device?.findings).toEqual({ new: [], fixed: [], changed: [], unchanged: [] });
  expect(device?.flows).toMatchObject({ reason: expect.stringMatching(/^b\.cfg could not be read after: it /) });
});

test('a segment that neither side has is noted', () => {
  const trust = { untrusted: ['outside', 'outsied'], internal: [], internalNetworks: [] };
  const { notes } = compared({ 'a.cfg': SHUT_ASA }, { 'a.cfg': EXPOSED_ASA }, { ...OPTIONS, trust });
  expect(notes).toEqual([expect.stringContaining('"outsied"')]);
});

describe('an earlier report', () => {
  const baseline = (text: string) => {
    const read = readBaseline(text);
    if (read.kind === 'problem') throw new Error(read.message);
    return { kind: 'report', label: 'baseline last.json', baseline: read } as const;
  };

  test('has findings to compare and no flows', () => {
    const comparison = compared(baseline(reportOf({ 'a.cfg': SHUT_ASA })), { 'a.cfg': EXPOSED_ASA });
    expect(comparison.devices[0]?.findings.new.map(({ check }) => check)).toContain('broker-reachable-from-untrusted');
    expect(flows(comparison)).toEqual(['not-compared']);
    expect(comparison.notes).toEqual([expect.stringContaining('no exact flows')]);
  });

  test('of the same texts has the same findings', () => {
    const [device] = compared(baseline(reportOf({ 'a.cfg': EXPOSED_ASA })), { 'a.cfg': EXPOSED_ASA }).devices;
    expect(device?.findings).toMatchObject({ new: [], fixed: [], changed: [] });
    expect(device?.findings.unchanged.length).toBeGreaterThan(1);
  });

  test.each([
    ['no json at all', 'is no JSON'],
    ['{"kind":"flows","schemaVersion":1}', 'is no report of an audit'],
    ['[1]', 'is no report of an audit'],
    ['{"kind":"audit","schemaVersion":99}', 'version 99'],
    [
      '{"kind":"audit","schemaVersion":1,"failures":[],"sources":[{"devices":[{"device":7}]}]}',
      'damaged at sources.0.devices.0.device',
    ],
  ])('that is none is refused: %s', (text, message) => {
    expect(readBaseline(text)).toEqual({ kind: 'problem', message: expect.stringContaining(message) });
  });

  test('may have fields that are not known here', () => {
    const text = reportOf({ 'a.cfg': EXPOSED_ASA }).replaceAll('"severity":', '"later": 1, "severity":');
    expect(readBaseline(text).kind).toBe('baseline');
  });
});

test('the text report shows what changed and how much was understood', async () => {
  const comparison = compared(
    { 'edge.cfg': SHUT_ASA, 'branch.cfg': CLOSED_IOS },
    { 'edge.cfg': EXPOSED_ASA, 'branch.cfg': CLOSED_IOS },
  );
  const text = comparisonText(comparison, { width: 100, paint: plainPaint, verbose: false });
  await expect(text).toMatchFileSnapshot('../golden/comparison.txt');
});
