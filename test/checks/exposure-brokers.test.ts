/** Approved brokers, ports between brokers and ports for administrators. */
import { describe, expect, test } from 'vitest';
import type { Check } from '../../checks/check.ts';
import { approvedBrokerOpenToAnySource } from '../../checks/exposure/approved-broker-open-to-any-source.ts';
import { pubsubEgressUnapproved } from '../../checks/egress/pubsub-egress-unapproved.ts';
import { brokerClusterPortExposed } from '../../checks/exposure/broker-cluster-port-exposed.ts';
import { brokerManagementPortExposed } from '../../checks/exposure/broker-management-port-exposed.ts';
import { brokerReachableFromUntrusted } from '../../checks/exposure/broker-reachable-from-untrusted.ts';
import type { Finding } from '../../checks/finding.ts';
import { NO_POLICY, type Policy } from '../../checks/policy/policy.ts';
import { checkText, findingsOn } from './one-check.ts';
import { approving, ASA, JUNOS, PANOS, panRule, srxPolicy } from './plain-firewalls.ts';
import { build, DMZ, INSIDE, OUTSIDE, type SmallDevice, type SmallRule } from './small-device.ts';

function asa(check: Check, lines: readonly string[], policy: Policy = NO_POLICY): Finding[] {
  return checkText(check, 'cisco-asa', [...ASA, ...lines], { policy });
}

function small(check: Check, device: SmallDevice, policy: Policy = NO_POLICY): Finding[] {
  const { parsed, source } = build(device);
  return findingsOn(check, parsed, [source], { policy });
}

const flowsOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ flows }) =>
    flows.flows.map(
      ({ source, destination, destinationPort }) =>
        `${source.join()} → ${destination.join()} ${destinationPort.join()}`,
    ),
  );

const levels = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, confidence, services }) => `${severity} ${confidence} ${services.join()}`);

describe('an approved broker', () => {
  const open = (source: string): string[] => [`access-list OUT extended permit tcp ${source} host 10.0.0.5 eq 8883`];

  test('is found with exactly the sources beyond its clients', () => {
    const [finding, ...more] = asa(approvedBrokerOpenToAnySource, open('192.0.2.0 255.255.255.252'), approving());
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'medium', confidence: 'definite', services: ['mqtts'] });
    expect(flowsOf(finding === undefined ? [] : [finding])).toEqual(['192.0.2.2/31 → 10.0.0.5 8883']);
    expect(finding?.approved?.flows.map(({ source }) => source)).toEqual([['192.0.2.0/31']]);
    expect(finding?.message).toContain('to the approved broker 10.0.0.5 beyond its approved clients');
  });

  test('is no finding with its clients alone, and not of this check without an approval in force', () => {
    expect(asa(approvedBrokerOpenToAnySource, open('192.0.2.0 255.255.255.254'), approving())).toEqual([]);
    expect(asa(approvedBrokerOpenToAnySource, open('any'))).toEqual([]);
    const proposed = approving({ reviewed: false });
    expect(asa(approvedBrokerOpenToAnySource, open('any'), proposed)).toEqual([]);
    expect(asa(brokerReachableFromUntrusted, open('any'), proposed)).toHaveLength(1);
  });

  test('is left to this check by the one for brokers at large, which keeps all others', () => {
    const wide = ['access-list OUT extended permit tcp any 10.0.0.4 255.255.255.254 eq 8883'];
    expect(flowsOf(asa(approvedBrokerOpenToAnySource, wide, approving()))).toEqual([
      expect.stringMatching(/ → 10\.0\.0\.5 8883$/u),
    ]);
    expect(flowsOf(asa(brokerReachableFromUntrusted, wide, approving()))).toEqual(['any → 10.0.0.4 8883']);
  });

  test('is another one for another service, and for another direction', () => {
    const plain = ['access-list OUT extended permit tcp any host 10.0.0.5 eq 1883'];
    expect(asa(approvedBrokerOpenToAnySource, plain, approving())).toEqual([]);
    expect(asa(brokerReachableFromUntrusted, plain, approving())).toHaveLength(1);
    expect(asa(approvedBrokerOpenToAnySource, open('any'), approving({ direction: 'egress' }))).toEqual([]);
  });

  test('is left to another check where a source port has to be chosen', () => {
    const lines = ['access-list OUT extended permit tcp any eq 443 host 10.0.0.5 eq 8883'];
    expect(asa(approvedBrokerOpenToAnySource, lines, approving())).toEqual([]);
    const left = [
      'access-list OUT extended deny tcp host 192.0.2.7 gt 1023 any',
      'access-list OUT extended permit tcp host 192.0.2.7 lt 1024 any eq 22',
      'access-list OUT extended permit tcp 192.0.2.6 255.255.255.254 host 10.0.0.5 eq 8883',
    ];
    expect(flowsOf(asa(approvedBrokerOpenToAnySource, left, approving()))).toEqual(['192.0.2.6 → 10.0.0.5 8883']);
  });

  test('is only possibly open under a time range', () => {
    const lines = [
      'time-range NIGHT',
      ' periodic daily 22:00 to 23:00',
      'access-list OUT extended permit tcp any host 10.0.0.5 eq 8883 time-range NIGHT',
    ];
    expect(levels(asa(approvedBrokerOpenToAnySource, lines, approving()))).toEqual(['medium possible mqtts']);
  });

  test('is known by its own address where rules name the one before translation', () => {
    const nat = [
      'set rulebase nat rules n from untrust',
      'set rulebase nat rules n to untrust',
      'set rulebase nat rules n source any',
      'set rulebase nat rules n destination 203.0.113.10',
      'set rulebase nat rules n service any',
      'set rulebase nat rules n destination-translation translated-address 10.0.0.5',
      'set service mqtts protocol tcp port 8883',
      ...panRule('untrust', 'trust', { destination: '203.0.113.10', service: 'mqtts' }),
    ];
    const text = [...PANOS, ...nat];
    const found = checkText(approvedBrokerOpenToAnySource, 'paloalto-panos', text, { policy: approving() });
    expect(levels(found)).toEqual(['high definite mqtts']);
    expect(found[0]?.message).toContain('203.0.113.10');
    expect(checkText(brokerReachableFromUntrusted, 'paloalto-panos', text, { policy: approving() })).toEqual([]);
  });
});

describe('a port between brokers', () => {
  const permit = (source: string, port: number): string[] => [
    `access-list OUT extended permit tcp ${source} host 10.0.0.5 eq ${port}`,
  ];

  test.each([
    [25672, 'rabbitmq-cluster'],
    [4369, 'epmd'],
    [6222, 'nats-cluster'],
    [55556, 'solace-routing'],
    [61616, 'openwire'],
  ])('%i is found, and not as a broker besides', (port, service) => {
    expect(levels(asa(brokerClusterPortExposed, permit('any', port)))).toEqual([`critical definite ${service}`]);
    expect(asa(brokerReachableFromUntrusted, permit('any', port))).toEqual([]);
  });

  test('is milder from few sources, with TLS, and when it is only possible', () => {
    expect(levels(asa(brokerClusterPortExposed, permit('host 192.0.2.7', 4369)))).toEqual(['high definite epmd']);
    expect(levels(asa(brokerClusterPortExposed, permit('any', 61617)))).toEqual(['high definite openwire-tls']);
    const night = [
      'time-range NIGHT',
      ' periodic daily 22:00 to 23:00',
      `${permit('any', 4369).join()} time-range NIGHT`,
    ];
    expect(levels(asa(brokerClusterPortExposed, night))).toEqual(['high possible epmd']);
  });

  test('is no other port, and no denied one', () => {
    expect(asa(brokerClusterPortExposed, permit('any', 1883))).toEqual([]);
    expect(asa(brokerClusterPortExposed, permit('any', 15672))).toEqual([]);
    const denied = ['access-list OUT extended deny tcp any any eq 4369', ...permit('any', 4369)];
    expect(asa(brokerClusterPortExposed, denied)).toEqual([]);
  });

  test('is found on its way out and between own networks, more mildly, and not as messaging besides', () => {
    const out = [...JUNOS, 'set applications application erl protocol tcp destination-port 25672'];
    const leaving = [...out, ...srxPolicy('trust', 'untrust', 'erl')];
    expect(levels(checkText(brokerClusterPortExposed, 'juniper-junos', leaving))).toEqual([
      'medium definite rabbitmq-cluster',
    ]);
    expect(checkText(pubsubEgressUnapproved, 'juniper-junos', leaving)).toEqual([]);
    const lateral = [
      ...ASA.filter((line) => !line.includes('-list IN ')),
      'access-list OUT extended deny ip any any',
      'access-list IN extended permit tcp any 10.9.0.0 255.255.255.0 eq 25672',
    ];
    const [finding] = checkText(brokerClusterPortExposed, 'cisco-asa', lateral);
    expect(finding).toMatchObject({ severity: 'low', crossings: [{ from: 'inside', to: 'dmz' }] });
  });

  test('is messaging like any other where a rule lets everything leave, and nothing of note between own networks', () => {
    const all = [...JUNOS, ...srxPolicy('trust', 'untrust', 'any')];
    expect(checkText(brokerClusterPortExposed, 'juniper-junos', all)).toEqual([]);
    const [wholesale] = checkText(pubsubEgressUnapproved, 'juniper-junos', all);
    expect(wholesale?.services).toEqual(expect.arrayContaining(['mqtt', 'rabbitmq-cluster', 'rabbitmq-management']));
    const lateral = [
      ...ASA.filter((line) => !line.includes('-list IN ')),
      'access-list OUT extended deny ip any any',
      'access-list IN extended permit ip any any',
    ];
    expect(checkText(brokerClusterPortExposed, 'cisco-asa', lateral)).toEqual([]);
  });

  test('is found for those alone who get more than what leaves wholesale', () => {
    const lines = [
      ...ASA.filter((line) => !line.includes('-list IN ')),
      'access-list IN extended permit tcp 10.0.0.0 255.255.255.0 any eq 25672',
      'access-list IN extended permit ip 10.0.0.0 255.255.255.128 any',
    ];
    const outside = (found: readonly Finding[]): Finding[] =>
      found.filter(({ crossings }) => crossings[0]?.to === 'outside');
    const named = outside(checkText(brokerClusterPortExposed, 'cisco-asa', lines));
    expect(flowsOf(named)).toEqual(['10.0.0.128/25 → any 25672']);
    const rest = outside(checkText(pubsubEgressUnapproved, 'cisco-asa', lines));
    const cluster = rest.filter(({ services }) => services.includes('rabbitmq-cluster'));
    expect(cluster.flatMap(({ flows }) => flows.flows.map(({ source }) => source.join()))).toEqual(['10.0.0.0/25']);
  });

  test('is approved like other services', () => {
    const nodes = approving({ services: ['rabbitmq-cluster'] });
    expect(asa(brokerClusterPortExposed, permit('192.0.2.0 255.255.255.254', 25672), nodes)).toEqual([]);
    const excess = asa(brokerClusterPortExposed, permit('192.0.2.0 255.255.255.252', 25672), nodes);
    expect(flowsOf(excess)).toEqual(['192.0.2.2/31 → 10.0.0.5 25672']);
    expect(asa(approvedBrokerOpenToAnySource, permit('any', 25672), nodes)).toEqual([]);
  });
});

describe('a management port of a broker', () => {
  test('is found from outside whether or not it has TLS, and not as a broker besides', () => {
    const service = 'set service ui protocol tcp port 15671-15672';
    const text = [...PANOS, service, ...panRule('untrust', 'trust', { service: 'ui' })];
    expect(levels(checkText(brokerManagementPortExposed, 'paloalto-panos', text))).toEqual([
      'high definite rabbitmq-management-tls,rabbitmq-management',
    ]);
    expect(checkText(brokerReachableFromUntrusted, 'paloalto-panos', text)).toEqual([]);
  });

  test('is milder where App-ID ends the session', () => {
    const service = 'set service ui protocol tcp port 15672';
    const text = [...PANOS, service, ...panRule('untrust', 'trust', { service: 'ui', application: 'dns' })];
    const [finding] = checkText(brokerManagementPortExposed, 'paloalto-panos', text);
    expect(finding).toMatchObject({ severity: 'low', reach: 'first-packets' });
  });

  test('is silent about other ports and where it is denied', () => {
    const lines = (port: number): string[] => [`access-list OUT extended permit tcp any host 10.0.0.5 eq ${port}`];
    expect(asa(brokerManagementPortExposed, lines(5672))).toEqual([]);
    expect(asa(brokerManagementPortExposed, lines(25672))).toEqual([]);
    expect(levels(asa(brokerManagementPortExposed, lines(8222)))).toEqual(['high definite nats-monitoring']);
  });

  test('is in order from a management segment, and found from others', () => {
    const open = (trust: 'management' | 'internal'): SmallDevice => ({
      segments: [
        { ...INSIDE, trust, in: ['ANY'] },
        { ...DMZ, in: ['NONE'] },
      ],
      lists: {
        ANY: { rules: [{ action: 'permit', protocol: 'tcp', ports: [{ first: 15672, last: 15672 }] }] },
        NONE: { rules: [{ action: 'deny' }] },
      },
    });
    expect(small(brokerManagementPortExposed, open('management'))).toEqual([]);
    expect(levels(small(brokerManagementPortExposed, open('internal')))).toEqual(['low definite rabbitmq-management']);
  });

  test('is judged for the others of several crossings that share their rules', () => {
    const shared: SmallDevice = {
      segments: [
        { ...INSIDE, in: ['ANY'] },
        { ...INSIDE, name: 'oob', trust: 'management', addresses: ['10.2.0.1/24'], in: ['ANY'] },
        { ...DMZ, in: ['NONE'] },
      ],
      lists: {
        ANY: { rules: [{ action: 'permit', protocol: 'tcp', ports: [{ first: 15672, last: 15672 }] }] },
        NONE: { rules: [{ action: 'deny' }] },
      },
    };
    const crossings = small(brokerManagementPortExposed, shared).flatMap((finding) => finding.crossings);
    expect(crossings.some(({ from }) => from === 'oob')).toBe(false);
    expect(crossings).toContainEqual({ from: 'inside', to: 'dmz' });
  });

  test('is only possibly permitted by a line that was not read', () => {
    const rules: SmallRule[] = [
      { action: 'unknown' },
      { action: 'permit', ports: [{ first: 15672, last: 15672 }], protocol: 'tcp' },
    ];
    const device: SmallDevice = {
      segments: [
        { ...OUTSIDE, in: ['L'] },
        { ...INSIDE, in: ['N'] },
      ],
      lists: { L: { rules }, N: { rules: [] } },
    };
    const found = small(brokerManagementPortExposed, device);
    expect(found.map((each) => [each.severity, each.confidence, each.rules])).toEqual([
      ['medium', 'possible', ['L: 10']],
    ]);
  });
});
