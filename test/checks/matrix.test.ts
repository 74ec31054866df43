/** The coverage matrix: what it says of a service on a crossing. */
import { describe, expect, test } from 'vitest';
import { auditDevice } from '../../checks/audit-device.ts';
import { SERVICES } from '../../checks/data/services.ts';
import { auditSource, type AuditOptions } from '../../checks/index.ts';
import { NO_POLICY, type Approval } from '../../checks/policy/policy.ts';
import { sourceText } from '../../checks/reporting/source-text.ts';
import { parse } from '../../parsers/index.ts';
import {
  addresses,
  approval,
  approved,
  ASA,
  cell,
  IOS,
  matrixOf,
  NO_TRUST,
  PAN,
  panos,
  PLACE,
  said,
  SRX,
} from './matrix-cases.ts';
import { build, INSIDE, OUTSIDE } from './small-device.ts';

const OUT = 'inside > outside';

describe('a service is', () => {
  test('blocked, with the rule that turns it away', () => {
    expect(said(cell(matrixOf(ASA), OUT, 'mqtt'))).toBe('blocked by IN: #2 (13)');
    expect(said(cell(matrixOf(ASA), 'outside > inside', 'mqtts'))).toBe('blocked by OUT: #1 (15)');
  });

  test('open without an approval, with the rule that lets it pass', () => {
    expect(said(cell(matrixOf(ASA), OUT, 'mqtts'))).toBe('open by IN: #1 (12)');
  });

  test('approved where all that passes is', () => {
    expect(said(cell(matrixOf(ASA, approved(approval())), OUT, 'mqtts'))).toBe('approved by IN: #1 (12)');
  });

  test('in excess where more passes than is approved, if by one address', () => {
    const one = approved(approval({ clients: addresses('10.0.0.0/31', '10.0.0.2/32') }));
    expect(said(cell(matrixOf(ASA, one), OUT, 'mqtts'))).toBe('excess by IN: #1 (12)');
  });

  test.each([
    ['of another service', { services: ['amqps'] }],
    ['of another direction', { direction: 'exposure' }],
    ['that is a proposal', { reviewed: false }],
    ['that has expired', { expires: '2026-11-21' }],
    ['of other brokers', { brokers: addresses('192.0.2.0/24') }],
  ] satisfies [string, Partial<Approval>][])('open with an approval %s', (_, change) => {
    expect(cell(matrixOf(ASA, approved(approval(change))), OUT, 'mqtts').state).toBe('open');
  });

  test('open by what no rule decides', () => {
    const open = ASA.replace('access-group IN in interface inside\n', '');
    expect(said(cell(matrixOf(open), OUT, 'stomp'))).toBe('open by security-level 100 → 0 (9)');
  });
});

const IN = 'GigabitEthernet0/0 > GigabitEthernet0/1';

describe('a state that rests on an assumption says so', () => {
  const assume = (active: boolean): Partial<AuditOptions> => ({
    policy: { ...NO_POLICY, assumptions: [{ kind: 'time-range', name: 'OFFICE', active, place: PLACE }] },
  });

  test.each([
    [true, 'open', 'time range OFFICE is active (brokerfence.yaml:1)'],
    [false, 'blocked', 'time range OFFICE is not active (brokerfence.yaml:1)'],
  ])('that the time range is active: %s', (active, state, text) => {
    const matrix = matrixOf(IOS, assume(active));
    expect(cell(matrix, IN, 'mqtt')).toMatchObject({ state, assumptions: [text] });
    expect(cell(matrix, IN, 'mqtts')).not.toHaveProperty('assumptions');
  });
});

describe('a service is unknown', () => {
  test('where only some outcome permits it, with what would have to be known', () => {
    const { state, because, decidedBy } = cell(matrixOf(IOS), IN, 'mqtt');
    expect([state, because, decidedBy.map(({ name }) => name)]).toEqual([
      'unknown',
      ['time range OFFICE is active or not (fw.cfg:13)'],
      ['UP: #2'],
    ]);
    expect(cell(matrixOf(IOS), IN, 'mqtts').state).toBe('blocked');
  });

  test('but approved where every outcome is', () => {
    const all = approved(
      approval({ services: ['mqtt'], clients: addresses('192.0.2.7/32'), brokers: addresses('10.0.0.5/32') }),
    );
    expect(cell(matrixOf(IOS, all), IN, 'mqtt')).toMatchObject({ state: 'approved', because: [] });
  });

  test('below a rule that could not be read, not above it', () => {
    const text = IOS.replace(' permit tcp host 192.0.2.7', ' permit frobnicate any any\n permit tcp host 192.0.2.7');
    const lenient = { matrix: { maxUnknownPercent: 50 } };
    const matrix = matrixOf(text, lenient);
    expect(cell(matrix, IN, 'amqp').state).toBe('blocked');
    expect(cell(matrix, IN, 'mqtts')).toMatchObject({ state: 'unknown' });
    expect(cell(matrix, IN, 'mqtts').because.join()).toContain('frobnicate, which was not understood (fw.cfg:13)');
  });

  const OPEN_IOS = IOS.replace(' time-range OFFICE', '');
  const FROB = OPEN_IOS.replace('hostname', 'frob\nhostname');

  test.each([
    ['is cut off', OPEN_IOS.replace('end\n', ''), 'ends before its end mark', 5],
    ['has too many lines that were not understood', FROB, 'were not understood', 1],
  ])('where nothing else was found and the text %s; what is open stays open', (_, text, reason, maxUnknownPercent) => {
    const matrix = matrixOf(text, { matrix: { maxUnknownPercent } });
    expect(cell(matrix, IN, 'mqtts').state).toBe('unknown');
    expect(cell(matrix, IN, 'mqtts').because.join()).toContain(reason);
    expect(cell(matrix, IN, 'mqtt')).toMatchObject({ state: 'open', because: [] });
    expect(matrix.sums).toMatchObject({ crossings: 2, covered: 0 });
    expect(matrix.sums.families.map(({ states }) => states.blocked)).toEqual([0, 0, 0, 0, 0]);
    const all = approval({ services: ['mqtt'], clients: addresses('192.0.2.7/32'), brokers: addresses('10.0.0.5/32') });
    const granted = matrixOf(text, { ...approved(all), matrix: { maxUnknownPercent } });
    expect(cell(granted, IN, 'mqtt').state).toBe('unknown');
  });

  test('where the policy that Panorama pushes is missing', () => {
    const managed = [...PAN, 'set deviceconfig system panorama local-panorama panorama-server 192.0.2.9'].join('\n');
    const { sums, rows } = matrixOf(managed);
    expect(sums).toMatchObject({ crossings: 2, covered: 0 });
    expect(new Set(rows.flatMap(({ cells }) => cells.map(({ state }) => state)))).toEqual(new Set(['unknown']));
    expect(matrixOf(PAN.join('\n')).sums).toMatchObject({ crossings: 2, covered: 2 });
  });

  test('where rules were lost between the text and the model', () => {
    const source = { name: 'fw.cfg', text: ASA };
    const parsed = parse(source);
    const ruleCounts = [{ kind: 'access rules', written: 4, modelled: 3, disabled: 0, left: [] }];
    const [device] = auditSource({ ...parsed, ruleCounts }, source, {
      trust: NO_TRUST,
      matrix: { maxUnknownPercent: 5 },
    }).devices;
    expect(device?.matrix === undefined || cell(device.matrix, OUT, 'mqtt')).toMatchObject({
      state: 'unknown',
      because: ['not all access rules of the text are in the model'],
    });
  });

  test('where the packet sets outgrow the memory', () => {
    const { source, parsed } = build({
      segments: [{ ...OUTSIDE, in: ['A'] }, INSIDE],
      lists: {
        A: {
          rules: Array.from({ length: 300 }, (_, index) => ({
            action: 'permit' as const,
            protocol: 'tcp' as const,
            from: `198.51.100.${index % 250}/32`,
            to: `10.1.${(index * 7) % 256}.${(index * 13) % 256}/32`,
          })),
        },
      },
    });
    const [device] = parsed.devices;
    if (device === undefined) throw new Error('no device');
    const { matrix } = auditDevice(device, {
      parsed,
      texts: [{ text: sourceText(source), lineStates: parsed.texts[0]?.lineStates ?? [] }],
      trust: NO_TRUST,
      checks: [],
      catalogue: SERVICES,
      matrix: { maxUnknownPercent: 5 },
      maxNodes: 5000,
      ownsLine: () => true,
    });
    const row = matrix?.rows.find(({ direction }) => direction === 'exposure');
    expect(new Set(row?.cells.map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(row?.cells[0]?.because).toEqual(['its packet sets outgrow the memory set aside for them']);
    expect(matrix?.sums.covered).toBeLessThan(matrix?.sums.crossings ?? 0);
  });
});

test('an SRX policy is judged between zones, its default where no policy speaks of them', () => {
  const matrix = matrixOf(SRX);
  expect(said(cell(matrix, 'untrust > trust', 'mqtt'))).toBe('open by from-zone untrust to-zone trust: iot (10)');
  expect(said(cell(matrix, 'untrust > trust', 'mqtts'))).toMatch(/^blocked by no policy .* default-policy deny-all/u);
  const broker = approval({
    services: ['mqtt'],
    clients: addresses('192.0.2.0/24'),
    brokers: addresses('10.0.0.5/32'),
  });
  expect(cell(matrixOf(SRX, approved(broker)), 'untrust > trust', 'mqtt').state).toBe('excess');
  expect(matrixOf(SRX, approved({ ...broker, clients: addresses('0.0.0.0/0') })).sums).toMatchObject({ covered: 2 });
});

describe('a device that recognises applications', () => {
  test('is judged by first packets, and says whether sessions end', () => {
    const ended = cell(matrixOf(panos('web-browsing', 'any')), 'trust > untrust', 'mqtt');
    expect(ended).toMatchObject({ state: 'open', reach: 'first-packets', decidedBy: [{ name: 'rules of vsys1: r' }] });
    const kept = cell(matrixOf(panos('mqtt', 'any')), 'trust > untrust', 'mqtt');
    expect(kept).toMatchObject({ state: 'open', reach: 'session' });
  });

  test('says nothing of sessions where nothing passes', () => {
    const blocked = cell(matrixOf(panos('mqtt', 'any')), 'untrust > trust', 'mqtt');
    expect(said(blocked)).toMatch(/^blocked by .*interzone-default/u);
    expect(blocked).not.toHaveProperty('reach');
  });
});
