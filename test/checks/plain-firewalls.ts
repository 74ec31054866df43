/** Texts that tests add rules to: an outside and one or two networks behind it, and what a policy approves of it. */
import { NO_POLICY, type Approval, type Policy } from '../../checks/policy/policy.ts';
import type { AddressSet } from '../../parsers/model/address.ts';
import { parseNetwork } from '../../parsers/model/parse-address.ts';

export const PLACE = { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 };

/** Lists OUT, IN and DMZ are bound inbound; rules for OUT are to be added. */
export const ASA = [
  'hostname fw',
  'interface GigabitEthernet0/0',
  ' nameif outside',
  ' security-level 0',
  ' ip address 203.0.113.2 255.255.255.0',
  'interface GigabitEthernet0/1',
  ' nameif inside',
  ' security-level 100',
  ' ip address 10.0.0.1 255.255.255.0',
  'interface GigabitEthernet0/2',
  ' nameif dmz',
  ' security-level 50',
  ' ip address 10.9.0.1 255.255.255.0',
  'route outside 0.0.0.0 0.0.0.0 203.0.113.1',
  'access-group OUT in interface outside',
  'access-group IN in interface inside',
  'access-group DMZ in interface dmz',
  'access-list IN extended deny ip any any',
  'access-list DMZ extended deny ip any any',
];

/** Zones untrust and trust without a policy between them. */
export const JUNOS = [
  'set system host-name srx',
  'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/24',
  'set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24',
  'set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1',
  'set security zones security-zone untrust interfaces ge-0/0/0.0',
  'set security zones security-zone trust interfaces ge-0/0/1.0',
  'set security policies default-policy deny-all',
];

/** As above. */
export const PANOS = [
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

/** A rule between the zones of the firewall above. */
export function panRule(from: string, to: string, fields: Readonly<Record<string, string>>): string[] {
  const all = {
    from,
    to,
    source: 'any',
    destination: 'any',
    application: 'any',
    service: 'any',
    action: 'allow',
    ...fields,
  };
  return Object.entries(all).map(([key, value]) => `set rulebase security rules r ${key} ${value}`);
}

/** A policy p for an application, from anywhere to anywhere. */
export function srxPolicy(from: string, to: string, application: string): string[] {
  const policy = `set security policies from-zone ${from} to-zone ${to} policy p`;
  return [
    `${policy} match source-address any`,
    `${policy} match destination-address any`,
    `${policy} match application ${application}`,
    `${policy} then permit`,
  ];
}

export function addresses(...networks: string[]): AddressSet {
  return { include: networks.flatMap((network) => parseNetwork(network) ?? []), exclude: [] };
}

/** A policy that approves TLS from two clients to the broker 10.0.0.5, with changes. */
export function approving(change: Partial<Approval> = {}): Policy {
  const approval: Approval = {
    name: 'telemetry',
    services: ['mqtts'],
    ports: [],
    applications: [],
    clients: addresses('192.0.2.0/31'),
    brokers: addresses('10.0.0.5/32'),
    direction: 'any',
    transport: 'any',
    devices: ['*'],
    owner: 'plant',
    reason: 'sensor data',
    reviewed: true,
    place: PLACE,
    ...change,
  };
  return { ...NO_POLICY, approvals: [approval] };
}
