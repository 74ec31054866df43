/** Where records go: syslog, flow records, and what a device gives to detection altogether. */
import { describe, expect, test } from 'vitest';
import { prefix4, type AddressSet } from '../../parsers/model/address.ts';
import { NO_POLICY, type Approval } from '../../checks/policy/policy.ts';
import { noFlowExport } from '../../checks/visibility/no-flow-export.ts';
import { noRemoteSyslog } from '../../checks/visibility/no-remote-syslog.ts';
import {
  asaEdge,
  findingsBy,
  iosEdge,
  panEdge,
  panRule,
  read,
  reportsOf,
  srxEdge,
  srxPolicy,
  summary,
} from './edge-texts.ts';

describe('no-remote-syslog', () => {
  const found = (platform: Parameters<typeof findingsBy>[1], text: readonly string[]): string[] =>
    findingsBy(noRemoteSyslog, platform, text).map(summary);
  const NONE = 'medium definite records are sent to no collector';

  test('IOS: a host, logging on, and a severity that rules reach', () => {
    const [finding] = findingsBy(noRemoteSyslog, 'cisco-ios', iosEdge([]));
    expect(finding && summary(finding)).toBe(NONE);
    // The place is the untrusted segment.
    expect(finding?.evidence.map(({ text }) => text)).toEqual(['interface GigabitEthernet0/0']);
    expect(found('cisco-ios', iosEdge(['logging host 10.1.0.9']))).toEqual([]);
    expect(found('cisco-ios', iosEdge(['logging host 10.1.0.9', 'no logging on']))).toEqual([
      'medium definite records have a collector (10.1.0.9) and are not sent to it',
    ]);
    const logged = ['ip access-list extended A', ' permit tcp any any eq 1883 log'];
    const short = ['logging host 10.1.0.9', 'logging trap warnings'];
    expect(found('cisco-ios', iosEdge([...logged, ...short]))).toEqual([
      'low definite collectors get records up to severity 4, and records of permitted connections have 6',
    ]);
    expect(found('cisco-ios', iosEdge(short))).toEqual([]);
  });

  test('ASA: enabled, a host, and a trap level', () => {
    const asa = (...lines: readonly string[]): string[] => found('cisco-asa', asaEdge(lines));
    const host = 'logging host inside 10.1.0.9';
    const idle = 'medium definite records have a collector (10.1.0.9) and are not sent to it';
    expect(asa()).toEqual([NONE]);
    expect(asa(host)).toEqual([idle]);
    expect(asa(host, 'logging enable')).toEqual([idle]);
    expect(asa(host, 'logging trap informational')).toEqual([idle]);
    expect(asa(host, 'logging enable', 'logging trap informational')).toEqual([]);
    expect(asa(host, 'logging enable', 'logging trap informational', 'no logging trap')).toEqual([idle]);
    expect(asa(host, 'logging enable', 'logging trap notifications')).toEqual([
      'low definite collectors get records up to severity 5, and records of permitted connections have 6',
    ]);
  });

  test('FTD: what rules log goes to the manager', () => {
    const rule = 'access-list CSM_FW_ACL_ advanced permit tcp any any eq 1883 rule-id 1';
    const ftd = (...lines: readonly string[]): string[] =>
      found('cisco-asa', ['NGFW Version 7.2.5', ...asaEdge(lines).slice(1)]);
    expect(ftd(rule, 'access-group CSM_FW_ACL_ global')).toEqual([NONE]);
    expect(ftd(`${rule} event-log flow-end`, 'access-group CSM_FW_ACL_ global')).toEqual([]);
  });

  test('Junos: hosts of the system log and streams of the session log', () => {
    expect(found('juniper-junos', srxEdge([]))).toEqual([NONE]);
    expect(found('juniper-junos', srxEdge(['set system syslog host 10.1.0.9 any any']))).toEqual([]);
    expect(
      found('juniper-junos', srxEdge(['set security log mode stream', 'set security log stream S host 10.1.0.9'])),
    ).toEqual([]);
  });

  test('PAN-OS: a server that rules forward to', () => {
    const server = ['set shared server-profile syslog S server s server 10.1.0.9'];
    const profile = [
      'set shared log-settings profiles L match-list m log-type traffic',
      'set shared log-settings profiles L match-list m send-syslog S',
    ];
    expect(found('paloalto-panos', panEdge(panRule('r')))).toEqual([NONE]);
    expect(found('paloalto-panos', panEdge([...server, ...profile, ...panRule('r')]))).toEqual([
      'medium definite records have a collector (10.1.0.9) and are not sent to it',
    ]);
    expect(found('paloalto-panos', panEdge([...server, ...profile, ...panRule('r', { 'log-setting': 'L' })]))).toEqual(
      [],
    );
  });

  test('a text that is cut may have it in the missing part', () => {
    const cut = ['Current configuration : 1200 bytes', ...iosEdge([]).slice(0, -1)];
    expect(findingsBy(noRemoteSyslog, 'cisco-ios', cut)).toMatchObject([
      { confidence: 'possible', conditions: [expect.stringContaining('missing')] },
    ]);
  });

  test('a device without an untrusted segment has nothing to record', () => {
    const inside = ['hostname r', 'interface Vlan1', ' ip address 10.1.0.1 255.255.255.0', 'end'];
    expect(found('cisco-ios', inside)).toEqual([]);
  });
});

describe('no-flow-export', () => {
  const found = (platform: Parameters<typeof findingsBy>[1], text: readonly string[]): string[] =>
    findingsBy(noFlowExport, platform, text).map(summary);
  const NONE = 'low definite no flow records are exported';

  test('IOS: an exporter that a monitor of the interface uses', () => {
    const exporter = ['flow exporter E', ' destination 10.1.0.9', 'flow monitor M', ' exporter E'];
    const monitored = { out: [' ip flow monitor M input'] };
    expect(found('cisco-ios', iosEdge([]))).toEqual([NONE]);
    expect(found('cisco-ios', iosEdge(exporter))).toEqual([
      'low definite flow records have a collector (10.1.0.9) and nothing is exported to it',
    ]);
    expect(found('cisco-ios', iosEdge(exporter, monitored))).toEqual([]);
  });

  test('only crossings that no side covers are named', () => {
    const exporter = ['flow exporter E', ' destination 10.1.0.9', 'flow monitor M', ' exporter E'];
    const second = ['interface GigabitEthernet0/2', ' ip address 10.2.0.1 255.255.255.0'];
    const text = iosEdge([...second, ...exporter], { inside: [' ip flow monitor M input'] });
    expect(findingsBy(noFlowExport, 'cisco-ios', text)).toMatchObject([
      {
        severity: 'info',
        crossings: [
          { from: 'GigabitEthernet0/0', to: 'GigabitEthernet0/2' },
          { from: 'GigabitEthernet0/2', to: 'GigabitEthernet0/0' },
        ],
      },
    ]);
  });

  test('ASA, SRX and PAN-OS', () => {
    const nsel = [
      'flow-export destination inside 10.1.0.9 2055',
      'policy-map global_policy',
      ' class class-default',
      '  flow-export event-type all destination 10.1.0.9',
    ];
    expect(found('cisco-asa', asaEdge([]))).toEqual([NONE]);
    expect(found('cisco-asa', asaEdge(nsel))).toHaveLength(1);
    expect(found('cisco-asa', asaEdge([...nsel, 'service-policy global_policy global']))).toEqual([]);
    const jflow = 'set forwarding-options sampling instance S family inet output flow-server 10.1.0.9 port 2055';
    expect(found('juniper-junos', srxEdge([]))).toEqual([NONE]);
    expect(found('juniper-junos', srxEdge([jflow]))).toHaveLength(1);
    expect(
      found('juniper-junos', srxEdge([jflow, 'set interfaces ge-0/0/0 unit 0 family inet sampling input'])),
    ).toEqual([]);
    const netflow = ['set shared server-profile netflow N server s host 10.1.0.9'];
    expect(found('paloalto-panos', panEdge([]))).toEqual([NONE]);
    expect(found('paloalto-panos', panEdge(netflow))).toHaveLength(1);
    expect(
      found(
        'paloalto-panos',
        panEdge([...netflow, 'set network interface ethernet ethernet1/1 layer3 netflow-profile N']),
      ),
    ).toEqual([]);
  });
});

describe('readiness', () => {
  const states = (
    platform: Parameters<typeof read>[0],
    text: readonly string[],
    approvals: readonly Approval[] = [],
  ): Readonly<Record<string, string>> => {
    const [report] = reportsOf([], read(platform, text), { ...NO_POLICY, approvals });
    return Object.fromEntries((report?.readiness ?? []).map(({ need, state }) => [need, state]));
  };
  const BROKERS: AddressSet = { include: [prefix4(0xc0000200, 24)], exclude: [] };
  const approval = (brokers: AddressSet): Approval => ({
    name: 'telemetry',
    services: ['mqtts'],
    ports: [],
    applications: [],
    clients: { include: [prefix4(0, 0)], exclude: [] },
    brokers,
    direction: 'egress',
    transport: 'any',
    devices: ['*'],
    owner: 'ot',
    reason: 'telemetry',
    reviewed: true,
    place: { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 },
  });

  test('a router that gives nothing', () => {
    expect(states('cisco-ios', iosEdge([]))).toEqual({
      'rule-logging': 'no',
      'remote-syslog': 'no',
      'flow-export': 'no',
      'application-recognition': 'no',
      'broker-allow-list': 'no',
      'deny-list': 'no',
    });
  });

  test('a firewall that gives all of it', () => {
    const text = panEdge([
      'set shared server-profile syslog S server s server 10.1.0.9',
      'set shared log-settings profiles L match-list m log-type traffic',
      'set shared log-settings profiles L match-list m send-syslog S',
      'set shared server-profile netflow N server s host 10.1.0.9',
      'set network interface ethernet ethernet1/1 layer3 netflow-profile N',
      'set external-list bad type ip url https://lists.example.com/bad.txt',
      ...panRule('bad', { destination: 'bad', action: 'deny' }),
      'set service p protocol tcp port 8883',
      ...panRule('out', { destination: '192.0.2.0/24', service: 'p', application: 'mqtt', 'log-setting': 'L' }),
    ]);
    expect(states('paloalto-panos', text, [approval(BROKERS)])).toEqual({
      'rule-logging': 'yes',
      'remote-syslog': 'yes',
      'flow-export': 'yes',
      'application-recognition': 'yes',
      'broker-allow-list': 'yes',
      'deny-list': 'yes',
    });
    const anywhere = { include: [prefix4(0, 0)], exclude: [] };
    expect(states('paloalto-panos', text, [approval(anywhere)])['broker-allow-list']).toBe('partly');
    const fewer = { include: [prefix4(0xc0000200, 25)], exclude: [] };
    expect(states('paloalto-panos', text, [approval(fewer)])['broker-allow-list']).toBe('partly');
  });

  test('a deny-list below the permits is worth less', () => {
    const text = panEdge([
      'set external-list bad type ip url https://lists.example.com/bad.txt',
      ...panRule('out'),
      ...panRule('bad', { destination: 'bad', action: 'deny' }),
    ]);
    expect(states('paloalto-panos', text)['deny-list']).toBe('partly');
  });

  test('some of the flows, and some of the records', () => {
    const text = srxEdge([
      'set system syslog host 10.1.0.9 any any',
      'set security address-book global address A 192.0.2.1/32',
      'set security policies from-zone trust to-zone untrust policy a match source-address any',
      'set security policies from-zone trust to-zone untrust policy a match destination-address A',
      'set security policies from-zone trust to-zone untrust policy a match application any',
      'set security policies from-zone trust to-zone untrust policy a then permit',
      ...srxPolicy('b', 'permit', 'log session-init'),
    ]);
    expect(states('juniper-junos', text)).toMatchObject({ 'rule-logging': 'partly', 'remote-syslog': 'yes' });
    const asa = asaEdge([
      'logging enable',
      'logging asdm informational',
      'logging host inside 10.1.0.9',
      'logging trap 3',
    ]);
    expect(states('cisco-asa', asa)).toMatchObject({ 'rule-logging': 'yes', 'remote-syslog': 'partly' });
  });

  test('nothing is asked of a device without an untrusted segment', () => {
    const inside = ['hostname r', 'interface Vlan1', ' ip address 10.1.0.1 255.255.255.0', 'end'];
    expect(states('cisco-ios', inside)).toEqual({});
  });
});
