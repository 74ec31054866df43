/** Approvals and waivers that have expired, and approvals that nothing permits. */
import { describe, expect, test } from 'vitest';
import type { FleetContext } from '../../checks/check.ts';
import type { ApprovalUse, DeviceReport, UnjudgedCrossing } from '../../checks/device-report.ts';
import type { Finding } from '../../checks/finding.ts';
import { approvalExpired } from '../../checks/least-privilege/approval-expired.ts';
import { approvalUnused } from '../../checks/least-privilege/approval-unused.ts';
import { waiverExpired } from '../../checks/least-privilege/waiver-expired.ts';
import { NO_POLICY, type Approval, type Waiver } from '../../checks/policy/policy.ts';
import { runFleetChecks } from '../../checks/reporting/reporter.ts';
import { quoting, sourceText } from '../../checks/reporting/source-text.ts';
import { auditSource } from '../../checks/index.ts';
import { ANY_ADDRESS } from '../../parsers/model/address.ts';
import { parse } from '../../parsers/index.ts';

const TODAY = '2026-11-22';
const SOURCE = 'brokerfence.yaml';
const TEXT = ['approvals:', '  - name: telemetry', '    owner: plant', 'waivers:', '  - owner: net'].join('\n');

function place(line: number): Approval['place'] {
  return { source: SOURCE, line, column: 3, endColumn: 10 };
}

function approval(change: Partial<Approval> = {}): Approval {
  return {
    name: 'telemetry',
    services: ['mqtts'],
    ports: [],
    applications: [],
    clients: ANY_ADDRESS,
    brokers: ANY_ADDRESS,
    direction: 'any',
    transport: 'any',
    devices: ['*'],
    owner: 'plant',
    reason: 'sensor data',
    reviewed: true,
    place: place(2),
    ...change,
  };
}

function waiver(change: Partial<Waiver> = {}): Waiver {
  return { check: 'filter-not-applied', reason: 'kept ready', owner: 'net', place: place(5), ...change };
}

/** A device with what it permits of the approval. */
function device(
  name: string,
  permits: ApprovalUse['permits'] | undefined,
  unjudged: UnjudgedCrossing[] = [],
): DeviceReport {
  const text = `hostname ${name}\ninterface GigabitEthernet0/0\n ip address 10.0.0.1 255.255.255.0\n`;
  const source = { name: `${name}.cfg`, text };
  const trust = { untrusted: [], internal: [], internalNetworks: [] };
  const [report] = auditSource(parse(source, { platform: 'cisco-ios' }), source, { trust }).devices;
  if (report === undefined) throw new Error('no device');
  return { ...report, unjudged, approvals: permits === undefined ? [] : [{ approval: 'telemetry', permits }] };
}

function found(
  check: typeof approvalUnused,
  more: Partial<FleetContext>,
  today: string | undefined = TODAY,
): Finding[] {
  const text = quoting([sourceText({ name: SOURCE, text: TEXT })]);
  return runFleetChecks([check], { policy: NO_POLICY, today, devices: [], text, ...more });
}

describe(approvalExpired.id, () => {
  const expired = (change: Partial<Approval>, today?: string): Finding[] =>
    found(approvalExpired, { policy: { ...NO_POLICY, approvals: [approval(change)] } }, today);

  test('finds the line of an approval whose last day is over', () => {
    expect(expired({ expires: '2026-11-21' })).toMatchObject([
      {
        severity: 'medium',
        confidence: 'definite',
        device: '',
        message: 'approval telemetry of plant expired on 2026-11-21',
        evidence: [{ role: 'decides', span: { source: SOURCE, line: 2 }, text: '- name: telemetry' }],
      },
    ]);
  });

  test('is silent on the last day, without an end, and about proposals', () => {
    expect(expired({ expires: TODAY })).toEqual([]);
    expect(expired({})).toEqual([]);
    expect(expired({ expires: '2026-01-01', reviewed: false })).toEqual([]);
    const policy = { ...NO_POLICY, approvals: [approval({ expires: '2026-01-01' })] };
    const text = quoting([]);
    expect(runFleetChecks([approvalExpired], { policy, today: undefined, devices: [], text })).toEqual([]);
  });
});

describe(waiverExpired.id, () => {
  const expired = (change: Partial<Waiver>): string[] =>
    found(waiverExpired, { policy: { ...NO_POLICY, waivers: [waiver(change)] } }).map(
      ({ severity, message }) => `${severity} ${message}`,
    );

  test('finds a waiver whose last day is over, and says what it accepted', () => {
    expect(expired({ expires: '2026-11-21' })).toEqual([
      'low the waiver of net for filter-not-applied expired on 2026-11-21',
    ]);
    expect(expired({ expires: '2026-11-21', device: 'edge-*', rule: 'IN: 10' })).toEqual([
      'low the waiver of net for filter-not-applied of rule IN: 10 on edge-* expired on 2026-11-21',
    ]);
  });

  test('is silent on the last day and without an end', () => {
    expect(expired({ expires: TODAY })).toEqual([]);
    expect(expired({})).toEqual([]);
  });
});

describe(approvalUnused.id, () => {
  const unused = (...devices: readonly DeviceReport[]): Finding[] =>
    found(approvalUnused, { policy: { ...NO_POLICY, approvals: [approval()] }, devices });

  test('finds an approval that no device permits', () => {
    expect(unused(device('a', 'none'), device('b', 'none'), device('c', undefined))).toMatchObject([
      {
        severity: 'low',
        confidence: 'definite',
        message: 'approval telemetry of plant is permitted by none of a, b',
        evidence: [{ span: { line: 2 } }],
      },
    ]);
  });

  test('finds one that is wider than every rule', () => {
    expect(unused(device('a', 'none'), device('b', 'part'))).toMatchObject([
      { severity: 'info', message: 'approval telemetry of plant is wider than what b permits of it' },
    ]);
  });

  test('is only possible where crossings were not judged', () => {
    const gap = { crossing: { from: 'x', to: 'y' }, reason: 'not known' };
    const [finding] = unused(device('a', 'none', [gap, gap]));
    expect(finding).toMatchObject({ confidence: 'possible' });
    expect(finding?.conditions).toEqual(['what a permits on crossings that were not judged (x → y and 1 more)']);
  });

  test('is silent where some device permits all of it, or none is asked', () => {
    expect(unused(device('a', 'part'), device('b', 'all'))).toEqual([]);
    expect(unused(device('a', undefined))).toEqual([]);
    expect(unused()).toEqual([]);
  });
});
