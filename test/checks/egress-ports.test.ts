/** Irregular ports and block lists: what leaves beside messaging. */
import { describe, expect, test } from 'vitest';
import type { Check } from '../../checks/check.ts';
import { egressDefaultPermit } from '../../checks/egress/egress-default-permit.ts';
import { egressIrregularPorts } from '../../checks/egress/egress-irregular-ports.ts';
import { egressToBlocklisted } from '../../checks/egress/egress-to-blocklisted.ts';
import type { Finding } from '../../checks/finding.ts';
import { NO_POLICY, type Approval, type BlockList, type Policy } from '../../checks/policy/policy.ts';
import { ANY_ADDRESS } from '../../parsers/model/address.ts';
import { checkText } from './one-check.ts';
import { addresses, approving, JUNOS, PANOS, PLACE } from './plain-firewalls.ts';

/** A firewall with the entries of the list bound inbound on `inside`. */
function asa(check: Check, entries: readonly string[], policy: Policy = NO_POLICY): Finding[] {
  const lines = [
    'hostname fw',
    'interface GigabitEthernet0/0',
    ' nameif outside',
    ' security-level 0',
    ' ip address 203.0.113.2 255.255.255.0',
    'interface GigabitEthernet0/1',
    ' nameif inside',
    ' security-level 100',
    ' ip address 10.0.0.1 255.255.255.0',
    'route outside 0.0.0.0 0.0.0.0 203.0.113.1',
    'time-range NIGHT',
    ' periodic daily 22:00 to 23:00',
    ...entries.map((entry) => `access-list IN extended ${entry}`),
    'access-group IN in interface inside',
  ];
  return checkText(check, 'cisco-asa', lines, { policy });
}

function srxPolicy(name: string, application: string, action = 'permit'): string[] {
  const policy = `set security policies from-zone trust to-zone untrust policy ${name}`;
  return [
    `${policy} match source-address any`,
    `${policy} match destination-address any`,
    `${policy} match application ${application}`,
    `${policy} then ${action}`,
  ];
}

const ODD_PORT = [
  ...PANOS,
  'set service odd protocol tcp port 2222',
  ...['from trust', 'to untrust', 'source any', 'destination any', 'application any', 'service odd'].map(
    (field) => `set rulebase security rules r ${field}`,
  ),
  'set rulebase security rules r action allow',
];

/** An approval of a port, for everyone. */
function byPort(change: Partial<Approval> = {}): Policy {
  const ports = [{ protocol: 'tcp' as const, ports: [{ first: 9443, last: 9443 }] }];
  return approving({ services: [], ports, clients: ANY_ADDRESS, brokers: ANY_ADDRESS, ...change });
}

function blocking(...lists: (readonly [name: string, ...networks: string[]])[]): Policy {
  const blockLists = lists.map(([name, ...networks]): BlockList => ({
    name,
    networks: addresses(...networks),
    provenance: `lists/${name}.txt, abuse desk`,
    place: PLACE,
  }));
  return { ...NO_POLICY, blockLists };
}

const shown = ({ severity, confidence, rules }: Finding): string => `${severity} ${confidence} ${rules.join()}`;

const ports = (found: readonly Finding[]): string[] =>
  found.flatMap(({ flows }) =>
    flows.flows.map(({ protocol, destinationPort }) => `${protocol} ${destinationPort.join()}`),
  );

describe('irregular ports', () => {
  test('are those that a rule names and that are neither services nor of everyday use', () => {
    const found = asa(egressIrregularPorts, ['permit tcp any any range 8080 8090', 'permit udp any any eq 3478']);
    expect(found.map(shown)).toEqual(['medium definite IN: #1', 'medium definite IN: #2']);
    // 8083 and 8084 carry MQTT over WebSocket.
    expect(ports(found)).toEqual(['tcp 8080-8082,8085-8090', 'udp 3478']);
    expect(found[0]?.message).toContain('permits irregular ports (tcp 8080-8082, 8085-8090) from any to any');
    expect(found[0]?.services).toEqual([]);
  });

  test('are one finding for each rule, whatever it names', () => {
    const lines = [
      'object-group service ODD tcp',
      ' port-object eq 2222',
      ' port-object range 7000 7010',
      ' port-object eq https',
    ];
    const text = [...lines, 'access-list IN extended permit tcp any any object-group ODD'];
    const found = checkText(egressIrregularPorts, 'cisco-asa', [
      'interface GigabitEthernet0/0',
      ' nameif outside',
      ' security-level 0',
      ' ip address 203.0.113.2 255.255.255.0',
      'interface GigabitEthernet0/1',
      ' nameif inside',
      ' security-level 100',
      ' ip address 10.0.0.1 255.255.255.0',
      'route outside 0.0.0.0 0.0.0.0 203.0.113.1',
      ...text,
      'access-group IN in interface inside',
    ]);
    expect(ports(found)).toEqual(['tcp 2222,7000-7010']);
  });

  test('are not the everyday ones, services, or what is denied', () => {
    const everyday = [22, 25, 53, 80, 443, 465, 587, 853, 993, 995].map((port) => `permit tcp any any eq ${port}`);
    expect(asa(egressIrregularPorts, [...everyday, 'permit udp any any eq 123', 'permit icmp any any'])).toEqual([]);
    expect(asa(egressIrregularPorts, ['permit tcp any any eq 1883', 'permit tcp any any eq 9092'])).toEqual([]);
    expect(asa(egressIrregularPorts, ['deny tcp any any eq 4444', 'permit tcp any any eq 443'])).toEqual([]);
    expect(asa(egressIrregularPorts, ['deny tcp any any eq 4444', 'permit tcp any any range 4444 4444'])).toEqual([]);
    // The same number is not an everyday port of the other protocol.
    expect(ports(asa(egressIrregularPorts, ['permit udp any any eq 22']))).toEqual(['udp 22']);
  });

  test('are milder to few destinations, and where they are only possible', () => {
    expect(asa(egressIrregularPorts, ['permit tcp any host 198.51.100.7 eq 2222']).map(shown)).toEqual([
      'low definite IN: #1',
    ]);
    expect(asa(egressIrregularPorts, ['permit tcp any any eq 2222 time-range NIGHT']).map(shown)).toEqual([
      'low possible IN: #1',
    ]);
  });

  test('are none where only private addresses are reached, behind a tunnel', () => {
    expect(asa(egressIrregularPorts, ['permit tcp any 10.0.0.0 255.0.0.0 eq 445'])).toEqual([]);
    expect(asa(egressIrregularPorts, ['permit udp any any eq bootps'])).toEqual([]);
  });

  test('are left to the default permit where it lets them out, and are what goes beyond it', () => {
    const all = ['permit tcp any any eq 2222', 'permit ip any any'];
    expect(asa(egressIrregularPorts, all)).toEqual([]);
    expect(asa(egressDefaultPermit, all)).toHaveLength(1);
    const some = ['permit tcp any any eq 2222', 'permit ip 10.0.0.0 255.255.255.128 any'];
    const found = asa(egressIrregularPorts, some);
    expect(found.map(shown)).toEqual(['medium definite IN: #1']);
    expect(found.flatMap(({ flows }) => flows.flows.flatMap(({ source }) => source))).not.toContain('any');
    expect(asa(egressIrregularPorts, ['permit tcp any any gt 2000'])).toEqual([]);
    expect(asa(egressDefaultPermit, ['permit tcp any any gt 2000'])).toHaveLength(1);
    expect(asa(egressIrregularPorts, ['permit tcp any any eq 5555', 'permit tcp any any gt 2000'])).toEqual([]);
    // A rule that takes another range wholesale says nothing of a port outside of it.
    expect(ports(asa(egressIrregularPorts, ['permit tcp any any eq 1234', 'permit tcp any any gt 2000']))).toEqual([
      'tcp 1234',
    ]);
  });

  test('are silent where they are approved by port, exactly', () => {
    const lines = ['permit tcp any any range 9440 9450'];
    expect(ports(asa(egressIrregularPorts, lines, byPort()))).toEqual(['tcp 9440-9442,9444-9450']);
    const one = ['permit tcp any any eq 9443'];
    expect(asa(egressIrregularPorts, one, byPort())).toEqual([]);
    const found = asa(egressIrregularPorts, one, byPort({ clients: addresses('10.0.0.0/8') }));
    expect(found).toHaveLength(1);
    expect(found[0]?.approved?.flows.map(({ source }) => source)).toEqual([['10.0.0.0/8']]);
    expect(asa(egressIrregularPorts, one, byPort({ direction: 'exposure' }))).toHaveLength(1);
  });

  test('are found in a policy between zones, and not where another one denies them first', () => {
    const application = 'set applications application odd protocol tcp destination-port 2222';
    const lines = [...JUNOS, application];
    const found = checkText(egressIrregularPorts, 'juniper-junos', [...lines, ...srxPolicy('odd', 'odd')]);
    expect(found.map(({ severity }) => severity)).toEqual(['medium']);
    expect(ports(found)).toEqual(['tcp 2222']);
    const denied = [...lines, ...srxPolicy('no', 'odd', 'deny'), ...srxPolicy('odd', 'odd')];
    expect(checkText(egressIrregularPorts, 'juniper-junos', denied)).toEqual([]);
  });

  test('are a matter of applications where the device recognises them', () => {
    expect(checkText(egressIrregularPorts, 'paloalto-panos', ODD_PORT)).toEqual([]);
  });
});

describe('a block list', () => {
  test('is not enforced by a permit of everything: by name, origin, addresses and every port', () => {
    const [finding, ...more] = asa(egressToBlocklisted, ['permit ip any any'], blocking(['c2', '198.51.100.0/24']));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'high', confidence: 'definite', rules: ['IN: #1'] });
    expect(finding?.message).toContain('to 198.51.100.0/24 of block list c2 (lists/c2.txt, abuse desk), decided by');
    expect(
      finding?.flows.flows.map(({ protocol, destination, destinationPort }) => [
        protocol,
        destination,
        destinationPort,
      ]),
    ).toEqual([
      ['tcp', ['198.51.100.0/24'], ['any']],
      ['udp', ['198.51.100.0/24'], ['any']],
    ]);
    expect(finding?.witness?.destination).toMatch(/^198\.51\.100\./u);
  });

  test('is open for exactly the ports and addresses that rules let through', () => {
    const entries = [
      'permit tcp any host 198.51.100.9 eq 443',
      'deny ip any 198.51.100.0 255.255.255.128',
      'permit tcp any any eq www',
      'deny ip any any',
    ];
    const found = asa(egressToBlocklisted, entries, blocking(['c2', '198.51.100.0/24']));
    expect(
      found.map(({ rules, flows }) => [rules, flows.flows.map((each) => [each.destination, each.destinationPort])]),
    ).toEqual([
      [['IN: #1'], [[['198.51.100.9'], ['443']]]],
      [['IN: #3'], [[['198.51.100.128/25'], ['80']]]],
    ]);
  });

  test('is enforced by a deny above the permits, and says nothing without lists', () => {
    const entries = ['deny ip any 198.51.100.0 255.255.255.0', 'permit ip any any'];
    expect(asa(egressToBlocklisted, entries, blocking(['c2', '198.51.100.0/24']))).toEqual([]);
    expect(asa(egressToBlocklisted, ['permit ip any any'])).toEqual([]);
  });

  test('is judged beside others, each by its name', () => {
    const policy = blocking(['c2', '198.51.100.0/24'], ['tor', '192.0.2.0/24']);
    const entries = ['deny ip any 198.51.100.0 255.255.255.0', 'permit ip any any'];
    expect(asa(egressToBlocklisted, entries, policy).map(({ message }) => message)).toEqual([
      expect.stringContaining('192.0.2.0/24 of block list tor (lists/tor.txt'),
    ]);
    const both = asa(egressToBlocklisted, ['permit ip any any'], policy);
    expect(new Set(both.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  test('holds against an approval', () => {
    const policy = {
      ...byPort({ ports: [{ protocol: 'tcp', ports: [{ first: 8883, last: 8883 }] }] }),
      blockLists: blocking(['c2', '198.51.100.0/24']).blockLists,
    };
    expect(asa(egressToBlocklisted, ['permit tcp any any eq 8883'], policy)).toHaveLength(1);
  });

  test('is possibly open where a time range decides', () => {
    const entries = ['permit tcp any any eq 443 time-range NIGHT'];
    expect(asa(egressToBlocklisted, entries, blocking(['c2', '198.51.100.0/24'])).map(shown)).toEqual([
      'medium possible IN: #1',
    ]);
  });

  test('is judged in policies between zones and in rules about applications', () => {
    const policy = blocking(['c2', '198.51.100.0/24']);
    const web = checkText(egressToBlocklisted, 'juniper-junos', [...JUNOS, ...srxPolicy('web', 'junos-https')], {
      policy,
    });
    expect(ports(web)).toEqual(['tcp 443']);
    expect(ports(checkText(egressToBlocklisted, 'paloalto-panos', ODD_PORT, { policy }))).toEqual(['tcp 2222']);
  });
});
