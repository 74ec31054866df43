/** Needless is permitted minus approved, exactly. */
import { describe, expect, test } from 'vitest';
import type { DeviceReport } from '../../checks/device-report.ts';
import type { Finding } from '../../checks/finding.ts';
import { auditSource } from '../../checks/index.ts';
import { NO_POLICY, type Approval, type Policy, type SegmentRole } from '../../checks/policy/policy.ts';
import { ANY_ADDRESS, type AddressSet } from '../../parsers/model/address.ts';
import { parse } from '../../parsers/index.ts';
import { parseNetwork } from '../../parsers/model/parse-address.ts';

const PLACE = { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 };

const ASA = `ASA Version 9.12(4)
hostname fw
interface GigabitEthernet0/0
 nameif outside
 security-level 0
 ip address 203.0.113.2 255.255.255.0
interface GigabitEthernet0/1
 nameif inside
 security-level 100
 ip address 10.0.0.1 255.255.255.0
route outside 0.0.0.0 0.0.0.0 203.0.113.1
access-list IN extended permit tcp 10.0.0.0 255.255.255.252 198.51.100.0 255.255.255.254 eq 8883
access-list IN extended deny ip any any
access-group IN in interface inside
access-list OUT extended permit tcp host 192.0.2.7 host 10.0.0.5 eq 8883
access-group OUT in interface outside
: end
`;

function addresses(...networks: string[]): AddressSet {
  return { include: networks.flatMap((network) => parseNetwork(network) ?? []), exclude: [] };
}

function approval(change: Partial<Approval> = {}): Approval {
  return {
    name: 'telemetry',
    services: ['mqtts'],
    ports: [],
    applications: [],
    clients: addresses('10.0.0.0/30'),
    brokers: addresses('198.51.100.0/31'),
    direction: 'any',
    transport: 'any',
    devices: ['*'],
    owner: 'plant',
    reason: 'sensor data',
    reviewed: true,
    place: PLACE,
    ...change,
  };
}

function report(policy: Partial<Policy>, today?: string, text = ASA): DeviceReport {
  const source = { name: 'fw.cfg', text };
  const trust = { untrusted: [], internal: [], internalNetworks: [] };
  const options = { trust, policy: { ...NO_POLICY, ...policy }, ...(today === undefined ? {} : { today }) };
  const [device] = auditSource(parse(source), source, options).devices;
  if (device === undefined) throw new Error('no device');
  return device;
}

function needless(approvals: readonly Approval[], today?: string): string[] {
  const checks = new Set(['pubsub-egress-unapproved', 'approval-exceeded']);
  const found = report({ approvals }, today).findings.filter(({ check }) => checks.has(check));
  return found.map(shown);
}

function shown({ check, flows }: Finding): string {
  const sets = flows.flows.map(({ source, destination }) => `${source.join(',')} → ${destination.join(',')}`);
  return `${check}: ${sets.join('; ')}`;
}

describe('what leaves', () => {
  test('is needless without an approval', () => {
    expect(needless([])).toEqual(['pubsub-egress-unapproved: 10.0.0.0/30 → 198.51.100.0/31']);
  });

  test('is no finding where all of it is approved', () => {
    expect(needless([approval()])).toEqual([]);
    expect(needless([approval({ services: ['mqtt-family'], clients: ANY_ADDRESS })])).toEqual([]);
    expect(
      needless([approval({ services: [], ports: [{ protocol: 'tcp', ports: [{ first: 8000, last: 9000 }] }] })]),
    ).toEqual([]);
  });

  test('is exactly the excess where less is approved: one address off gives that address', () => {
    const without = addresses('10.0.0.0/31', '10.0.0.2/32');
    expect(needless([approval({ clients: without })])).toEqual(['approval-exceeded: 10.0.0.3 → 198.51.100.0/31']);
    expect(needless([approval({ brokers: addresses('198.51.100.1/32') })])).toEqual([
      'approval-exceeded: 10.0.0.0/30 → 198.51.100.0',
    ]);
  });

  test('shows beside the excess what is approved', () => {
    const finding = report({ approvals: [approval({ clients: addresses('10.0.0.0/31') })] }).findings.find(
      ({ check }) => check === 'approval-exceeded',
    );
    expect(finding?.approved?.flows.map(({ source }) => source)).toEqual([['10.0.0.0/31']]);
    expect(finding?.flows.flows.map(({ source }) => source)).toEqual([['10.0.0.2/31']]);
  });

  test('is approved by several approvals together', () => {
    const [one, two] = [
      approval({ clients: addresses('10.0.0.0/31') }),
      approval({ clients: addresses('10.0.0.2/31') }),
    ];
    expect(needless([one, { ...two, name: 'second' }])).toEqual([]);
  });

  test.each([
    ['another service', { services: ['amqps'] }],
    ['another direction', { direction: 'exposure' }],
    ['another device', { devices: ['edge-*'] }],
    ['not reviewed', { reviewed: false }],
    ['another port', { services: [], ports: [{ protocol: 'tcp', ports: [{ first: 1883, last: 1883 }] }] }],
    ['an application that the device does not know', { services: [], applications: ['mqtt'] }],
  ] satisfies [string, Partial<Approval>][])('is not approved by one for %s', (_, change) => {
    expect(needless([approval(change)])).toEqual(['pubsub-egress-unapproved: 10.0.0.0/30 → 198.51.100.0/31']);
  });

  test('is approved until the end of the day that the approval expires on', () => {
    const until = approval({ expires: '2026-11-22' });
    expect(needless([until], '2026-11-22')).toEqual([]);
    expect(needless([until], '2026-11-23')).toHaveLength(1);
    expect(needless([until])).toEqual([]);
  });

  test('in clear text is not covered by an approval of TLS only', () => {
    const text = ASA.replaceAll('eq 8883', 'eq 1883');
    const findings = (transport: 'any' | 'tls'): string[] =>
      report({ approvals: [approval({ services: ['mqtt', 'mqtts'], transport })] }, undefined, text)
        .findings.filter(({ check }) => check === 'pubsub-egress-unapproved')
        .map(shown);
    expect(findings('any')).toEqual([]);
    expect(findings('tls')).toHaveLength(1);
  });
});

describe('a device says of every approval', () => {
  test.each([
    ['all', {}],
    ['part', { clients: addresses('10.0.0.0/29') }],
    ['none', { services: ['amqps'] }],
    ['none', { direction: 'lateral' }],
  ] satisfies [string, Partial<Approval>][])('that it permits %s of it', (permits, change) => {
    expect(report({ approvals: [approval(change)] }).approvals).toEqual([{ approval: 'telemetry', permits }]);
  });

  test('nothing, if it does not speak of the device', () => {
    expect(report({ approvals: [approval({ devices: ['other'] })] }).approvals).toEqual([]);
  });
});

describe('a broker behind a translation', () => {
  const PAN = [
    'set deviceconfig system hostname fw',
    'set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24',
    'set network interface ethernet ethernet1/2 layer3 ip 10.0.0.1/24',
    'set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]',
    'set zone untrust network layer3 ethernet1/1',
    'set zone trust network layer3 ethernet1/2',
    'set rulebase nat rules n from untrust',
    'set rulebase nat rules n to untrust',
    'set rulebase nat rules n source any',
    'set rulebase nat rules n destination 203.0.113.10',
    'set rulebase nat rules n service any',
    'set rulebase nat rules n destination-translation translated-address 10.0.0.5',
    ...[
      'from untrust',
      'to trust',
      'source 192.0.2.7',
      'destination 203.0.113.10',
      'application any',
      'service any',
    ].map((field) => `set rulebase security rules r ${field}`),
    'set rulebase security rules r action allow',
  ].join('\n');

  test('is approved by its own address', () => {
    const own = approval({
      services: ['mqtts', 'mqtts-client-cert'],
      clients: addresses('192.0.2.7/32'),
      brokers: addresses('10.0.0.5/32'),
    });
    const services = (approvals: readonly Approval[]): readonly string[] =>
      report({ approvals }, undefined, PAN)
        .findings.filter(({ check }) => check === 'broker-reachable-from-untrusted')
        .flatMap((finding) => finding.services);
    expect(services([])).toContain('mqtts');
    expect(services([own])).not.toContain('mqtts');
    expect(services([own])).toContain('mqtt');
  });
});

describe('the policy besides', () => {
  test('gives segments their roles, the last that fits, and the command line wins', () => {
    const segments = [
      { device: '*', segment: 'inside', role: 'ot' as const, place: PLACE },
      { device: 'fw', segment: 'out*', role: 'partner' as const, place: PLACE },
    ];
    const trust = report({ segments }).segments.map(({ segment, trust: is }) => `${segment} ${is}`);
    expect(trust).toEqual(expect.arrayContaining(['inside ot', 'outside partner']));
    expect(report({ segments }).findings.map(({ check }) => check)).toContain('pubsub-egress-unapproved');
  });

  test('lets a narrower entry or a later file change a role, and takes nothing from a contradiction', () => {
    const role = (
      device: string,
      segment: string,
      is: 'internal' | 'untrusted',
      source = PLACE.source,
    ): SegmentRole => ({
      device,
      segment,
      role: is,
      place: { ...PLACE, source },
    });
    const outside = (...segments: SegmentRole[]): unknown =>
      report({ segments }).segments.find(({ segment }) => segment === 'outside')?.trust;
    expect(outside(role('*', 'out*', 'untrusted'), role('fw', 'outside', 'internal'))).toBe('internal');
    expect(outside(role('*', 'out*', 'untrusted'), role('f*', 'out*', 'internal'))).toBe('internal');
    expect(outside(role('fw', 'outside', 'untrusted'), role('*', 'out*', 'internal'))).toBe('unknown');
    expect(outside(role('f*', 'outside', 'untrusted'), role('*w', 'outside', 'internal'))).toBe('unknown');
    expect(outside(role('fw', 'outside', 'untrusted'), role('*', 'out*', 'internal', 'site.yaml'))).toBe('internal');
    expect(outside(role('f*', 'outside', 'internal'), role('*w', 'outside', 'internal'))).toBe('internal');
  });

  test('switches checks off, and shifts severities by the same steps', () => {
    const with_ = (setting: 'off' | 'critical' | 'low'): string[] =>
      report({ checks: [{ check: 'pubsub-egress-unapproved', setting, place: PLACE }] })
        .findings.filter(({ check }) => check === 'pubsub-egress-unapproved')
        .map(({ severity }) => severity);
    expect(with_('off')).toEqual([]);
    // The finding is medium where the worst is high.
    expect(with_('critical')).toEqual(['high']);
    expect(with_('low')).toEqual(['info']);
  });

  test('waives findings by what it names, until it expires, and keeps them', () => {
    const waiver = { check: 'pubsub-egress-unapproved', reason: 'known', owner: 'net', place: PLACE };
    const waived = (change: object, today = '2026-11-22'): unknown[] =>
      report({ waivers: [{ ...waiver, ...change }] }, today)
        .findings.filter(({ check }) => check === 'pubsub-egress-unapproved')
        .map((finding) => finding.waived?.reason);
    expect(waived({})).toEqual(['known']);
    expect(waived({ device: 'f*', rule: 'IN: *' })).toEqual(['known']);
    expect(waived({ rule: 'OUT*' })).toEqual([undefined]);
    expect(waived({ device: 'other' })).toEqual([undefined]);
    expect(waived({ expires: '2026-11-21' })).toEqual([undefined]);
    expect(waived({ expires: '2026-11-22' })).toEqual(['known']);
    expect(waived({ check: undefined, fingerprint: '0000000000000000' })).toEqual([undefined]);
  });

  test('adds services of its own', () => {
    const text = ASA.replace('198.51.100.0 255.255.255.254 eq 8883', '198.51.100.0 255.255.255.254 eq 17001');
    const own = {
      name: 'plant-bus',
      title: 'Plant bus',
      protocol: 'tcp' as const,
      port: 17001,
      transportSecurity: 'cleartext' as const,
      family: 'mqtt' as const,
      role: 'client' as const,
      tier: 'core' as const,
      note: 'ours',
      source: 'policy',
      place: PLACE,
    };
    const services = (policy: Partial<Policy>): readonly string[] =>
      report(policy, undefined, text).findings.flatMap((finding) => finding.services);
    expect(services({})).not.toContain('plant-bus');
    expect(services({ services: [own] })).toContain('plant-bus');
  });
});
