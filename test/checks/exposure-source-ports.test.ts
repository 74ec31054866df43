/** Permits by source port: what they open, and that other checks leave it to this one. */
import { describe, expect, test } from 'vitest';
import type { Check } from '../../checks/check.ts';
import { approvalExceeded } from '../../checks/egress/approval-exceeded.ts';
import { egressDefaultPermit } from '../../checks/egress/egress-default-permit.ts';
import { pubsubEgressUnapproved } from '../../checks/egress/pubsub-egress-unapproved.ts';
import { brokerClusterPortExposed } from '../../checks/exposure/broker-cluster-port-exposed.ts';
import { brokerManagementPortExposed } from '../../checks/exposure/broker-management-port-exposed.ts';
import { brokerReachableFromUntrusted } from '../../checks/exposure/broker-reachable-from-untrusted.ts';
import { sourcePortHole } from '../../checks/exposure/source-port-hole.ts';
import type { Finding } from '../../checks/finding.ts';
import { checkText } from './one-check.ts';
import { PANOS, panRule } from './plain-firewalls.ts';

/** A router whose lists `IN` (from outside) and `OUT` (from inside) are given; what is not given denies. */
function ios(check: Check, inbound: readonly string[], outbound: readonly string[] = ['deny ip any any']): Finding[] {
  return checkText(check, 'cisco-ios', [
    'hostname edge',
    'interface GigabitEthernet0/0',
    ' ip address 203.0.113.2 255.255.255.252',
    ' ip access-group IN in',
    'interface GigabitEthernet0/1',
    ' ip address 10.0.0.1 255.255.255.0',
    ' ip access-group OUT in',
    'ip route 0.0.0.0 0.0.0.0 203.0.113.1',
    'time-range NIGHT',
    ' periodic daily 22:00 to 23:00',
    'ip access-list extended IN',
    ...inbound.map((line) => ` ${line}`),
    'ip access-list extended OUT',
    ...outbound.map((line) => ` ${line}`),
  ]);
}

/** A router with a stateless filter on the interface to the outside. */
function junos(...terms: readonly string[]): Finding[] {
  return checkText(sourcePortHole, 'juniper-junos', [
    'set system host-name mx',
    'set interfaces ge-0/0/0 unit 0 family inet filter input EDGE',
    'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/30',
    'set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24',
    'set interfaces ge-0/0/1 unit 0 family inet filter input NONE',
    'set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1',
    'set firewall family inet filter NONE term all then discard',
    ...terms.map((term) => `set firewall family inet filter EDGE term ${term}`),
  ]);
}

const shown = ({ severity, confidence, rules }: Finding): string => `${severity} ${confidence} ${rules.join()}`;

const rows = (found: readonly Finding[]): string[] =>
  found.flatMap(({ flows }) =>
    flows.flows.map(
      ({ protocol, sourcePort, destinationPort }) => `${protocol} ${sourcePort.join()} → ${destinationPort.join()}`,
    ),
  );

describe('a permit by source port', () => {
  test('for answers of web servers opens brokers and all other ports', () => {
    const [finding, ...more] = ios(sourcePortHole, ['permit tcp any eq 443 any', 'deny ip any any']);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'critical', confidence: 'definite', rules: ['IN: #1'] });
    expect(finding?.services).toContain('mqtt');
    expect(finding?.services).toContain('rabbitmq-cluster');
    expect(finding?.services).not.toContain('coap');
    expect(rows(finding === undefined ? [] : [finding])).toEqual(['tcp 443 → any']);
    expect(finding?.message).toContain('if they come from source port 443, decided by');
    expect(finding?.witness).toMatchObject({ sourcePort: 443 });
  });

  test('opens high ports where no service lies among them', () => {
    const [finding, ...more] = ios(sourcePortHole, ['permit udp any eq domain any gt 20000']);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'medium', services: [] });
    expect(rows(finding === undefined ? [] : [finding])).toEqual(['udp 53 → 20001-65535']);
    expect(ios(sourcePortHole, ['permit udp host 192.0.2.53 eq 53 any gt 20000']).map(shown)).toEqual([
      'low definite IN: #1',
    ]);
  });

  test('opens nothing with established, to a port that is named, or from most ports', () => {
    expect(ios(sourcePortHole, ['permit tcp any eq 443 any established'])).toEqual([]);
    expect(ios(sourcePortHole, ['permit udp any eq 123 any eq 123'])).toEqual([]);
    expect(ios(sourcePortHole, ['permit tcp any gt 1023 any eq 1883'])).toEqual([]);
    expect(ios(sourcePortHole, ['permit tcp any range 49152 65535 any'])).toEqual([]);
    expect(ios(sourcePortHole, ['permit tcp any neq 25 any eq 1883'])).toEqual([]);
    expect(ios(sourcePortHole, ['permit tcp any any eq 1883'])).toEqual([]);
  });

  test('counts all privileged ports as chosen, and no range that is wider', () => {
    expect(ios(sourcePortHole, ['permit tcp any lt 1024 any eq 1883'])).toHaveLength(1);
    expect(ios(sourcePortHole, ['permit tcp any lt 1026 any eq 1883'])).toEqual([]);
  });

  test('is no hole for hosts that may connect from any port, and one for all others', () => {
    const found = ios(sourcePortHole, [
      'permit tcp 192.0.2.0 0.0.0.255 any eq 8883',
      'permit tcp 192.0.2.0 0.0.1.255 eq 443 host 10.0.0.5 eq 8883',
    ]);
    expect(found.map(({ flows }) => flows.flows.map(({ source }) => source))).toEqual([[['192.0.3.0/24']]]);
  });

  test('adds nothing for hosts that may connect from other ports, and stays certain beside what is only possible', () => {
    const hole = 'permit tcp any eq 443 any eq 1883';
    const open = 'permit tcp any host 10.0.0.5 eq 1883';
    expect(ios(brokerReachableFromUntrusted, [hole, open]).map(shown)).toEqual(['critical definite IN: #2']);
    expect(ios(sourcePortHole, [hole, open])[0]?.witness?.destination).not.toBe('10.0.0.5');
    const lines = ['permit tcp any eq 443 host 10.0.0.5 eq 1883', `${open} time-range NIGHT`];
    expect(ios(sourcePortHole, lines).map(shown)).toEqual(['critical definite IN: #1']);
    expect(ios(brokerReachableFromUntrusted, lines).map(shown)).toEqual(['high possible IN: #2']);
    const others = ['permit tcp host 192.0.2.7 eq 443 host 10.0.0.9 eq 22', `${open} time-range NIGHT`];
    expect(ios(sourcePortHole, others)).toEqual([]);
  });

  test.each([
    [1883, brokerReachableFromUntrusted, pubsubEgressUnapproved],
    [4369, brokerClusterPortExposed, brokerClusterPortExposed],
    [15672, brokerManagementPortExposed, brokerManagementPortExposed],
  ])('is what a deny leaves of the permit of port %i for one host', (port, inward, outward) => {
    const lines = (host: string): string[] => [
      `deny tcp host ${host} gt 1023 any`,
      `permit tcp host ${host} lt 1024 any eq 22`,
      `permit tcp any any eq ${port}`,
    ];
    const [inbound, outbound] = [lines('192.0.2.7'), lines('10.0.0.7')];
    const sources = (check: Check): string[] =>
      ios(check, inbound, outbound).flatMap(({ flows }) => flows.flows.flatMap(({ source }) => source));
    expect(sources(sourcePortHole)).toEqual(expect.arrayContaining(['192.0.2.7', '10.0.0.7']));
    for (const [check, found, hole] of [
      [inward, '192.0.2.8-255.255.255.255', '192.0.2.7'],
      [outward, '10.0.0.8-255.255.255.255', '10.0.0.7'],
    ] as const) {
      expect(sources(check)).toContain(found);
      expect(sources(check)).not.toContain(hole);
    }
  });

  test('is only possible under a time range', () => {
    expect(ios(sourcePortHole, ['permit tcp any eq 443 any eq 1883 time-range NIGHT']).map(shown)).toEqual([
      'high possible IN: #1',
    ]);
  });

  test('is found on its way out as well', () => {
    const [finding] = ios(sourcePortHole, ['deny ip any any'], ['permit tcp host 10.0.0.80 eq 443 any']);
    expect(finding).toMatchObject({
      severity: 'high',
      crossings: [{ from: 'GigabitEthernet0/1', to: 'GigabitEthernet0/0' }],
    });
  });

  test('is reported by this check alone', () => {
    const [inbound, outbound] = [['permit tcp any eq 443 any'], ['permit tcp any eq 443 any']];
    for (const check of [brokerReachableFromUntrusted, pubsubEgressUnapproved, approvalExceeded, egressDefaultPermit]) {
      expect(ios(check, inbound, outbound), check.id).toEqual([]);
    }
  });

  test('leaves to the other checks what passes from other ports too', () => {
    const lines = ['permit tcp any eq 443 any', 'permit tcp any host 10.0.0.5 eq 1883'];
    const found = ios(brokerReachableFromUntrusted, lines);
    expect(found.flatMap(({ flows }) => flows.flows.flatMap(({ destination }) => destination))).toEqual(
      expect.arrayContaining(['10.0.0.5']),
    );
    const others = ios(sourcePortHole, lines).flatMap(({ witness }) => witness?.destination);
    expect(others).not.toContain('10.0.0.5');
  });

  test('is found in a term of a stateless filter, and not with tcp-established', () => {
    const term = ['web from protocol tcp', 'web from source-port 443', 'web then accept'];
    expect(junos(...term).map(shown)).toEqual(['critical definite EDGE: web']);
    expect(junos(...term, 'web from tcp-established')).toEqual([]);
  });

  test('is found in a service object', () => {
    const found = checkText(sourcePortHole, 'paloalto-panos', [
      ...PANOS,
      'set service answers protocol tcp port 1024-65535',
      'set service answers protocol tcp source-port 443',
      ...panRule('untrust', 'trust', { service: 'answers' }),
    ]);
    expect(found.map(shown)).toContain('critical definite rules of vsys1: r');
    expect(rows(found)).toContain('tcp 443 → 1024-65535');
  });
});
