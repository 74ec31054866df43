/** Short configurations and what their coverage matrix says, for the tests of the matrix. */
import type { DeviceReport } from '../../checks/device-report.ts';
import { auditSource, type AuditOptions } from '../../checks/index.ts';
import type { CoverageMatrix, MatrixCell } from '../../checks/matrix/coverage-matrix.ts';
import { NO_POLICY, type Approval } from '../../checks/policy/policy.ts';
import type { AddressSet } from '../../parsers/model/address.ts';
import { parse } from '../../parsers/index.ts';
import { parseNetwork } from '../../parsers/model/parse-address.ts';

export const NO_TRUST = { untrusted: [], internal: [], internalNetworks: [] };
export const PLACE = { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 };

export const ASA = `ASA Version 9.12(4)
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
access-list OUT extended deny ip any any
access-group OUT in interface outside
: end
`;

export function addresses(...networks: string[]): AddressSet {
  return { include: networks.flatMap((network) => parseNetwork(network) ?? []), exclude: [] };
}

export function approval(change: Partial<Approval> = {}): Approval {
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

function reports(text: string, options: Partial<AuditOptions> = {}): readonly DeviceReport[] {
  const source = { name: 'fw.cfg', text };
  const matrix = { maxUnknownPercent: 5 };
  return auditSource(parse(source), source, { trust: NO_TRUST, matrix, today: '2026-11-22', ...options }).devices;
}

export function matrixOf(text: string, options: Partial<AuditOptions> = {}): CoverageMatrix {
  const [device] = reports(text, options);
  if (device?.matrix === undefined) throw new Error('no matrix');
  return device.matrix;
}

export function approved(...approvals: readonly Approval[]): Partial<AuditOptions> {
  return { policy: { ...NO_POLICY, approvals } };
}

export function cell({ rows }: CoverageMatrix, crossing: string, service: string): MatrixCell {
  const [from, to] = crossing.split(' > ');
  const row = rows.find(({ crossings }) => crossings.some((name) => name.from === from && name.to === to));
  const found = row?.cells.filter(({ services }) => services.includes(service)) ?? [];
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} cells of ${service} on ${crossing}`);
  return only;
}

export function said({ state, decidedBy }: MatrixCell): string {
  return [state, ...decidedBy.map(({ name, span }) => `${name} (${span?.line ?? 'no line'})`)].join(' by ');
}

export const IOS = `version 15.2
hostname r
time-range OFFICE
 periodic weekdays 8:00 to 17:00
interface GigabitEthernet0/0
 ip address 203.0.113.2 255.255.255.0
 ip access-group UP in
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
 ip access-group DOWN in
ip access-list extended UP
 deny tcp any any eq 5672
 permit tcp host 192.0.2.7 host 10.0.0.5 eq 1883 time-range OFFICE
 deny ip any any
ip access-list extended DOWN
 deny ip any any
ip route 0.0.0.0 0.0.0.0 203.0.113.1
end
`;
export const SRX = `set version 20.4R3
set system host-name srx
set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/24
set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24
set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1
set security zones security-zone untrust interfaces ge-0/0/0.0
set security zones security-zone trust interfaces ge-0/0/1.0
set security address-book global address broker 10.0.0.5/32
set applications application mqtt protocol tcp destination-port 1883
set security policies from-zone untrust to-zone trust policy iot match source-address any
set security policies from-zone untrust to-zone trust policy iot match destination-address broker
set security policies from-zone untrust to-zone trust policy iot match application mqtt
set security policies from-zone untrust to-zone trust policy iot then permit
`;

export const PAN = [
  'set deviceconfig system hostname fw',
  'set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24',
  'set network interface ethernet ethernet1/2 layer3 ip 10.0.0.1/24',
  'set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]',
  'set network virtual-router default routing-table ip static-route d destination 0.0.0.0/0',
  'set network virtual-router default routing-table ip static-route d interface ethernet1/1',
  'set network virtual-router default routing-table ip static-route d nexthop ip-address 203.0.113.1',
  'set zone untrust network layer3 ethernet1/1',
  'set zone trust network layer3 ethernet1/2',
];

export function panos(application: string, service: string): string {
  const fields = ['from trust', 'to untrust', 'source any', 'destination any', `application ${application}`];
  const rule = [...fields, `service ${service}`, 'action allow'].map(
    (field) => `set rulebase security rules r ${field}`,
  );
  return [...PAN, ...rule].join('\n');
}
