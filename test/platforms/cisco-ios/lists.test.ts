import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { RuleList } from '../../../parsers/model/rule.ts';
import { countStates } from '../../../parsers/syntax/statements.ts';
import { ciscoIos } from '../../../parsers/cisco-ios/index.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';
import { iosDevice, readIos } from './read-ios.ts';

function list(name: string, ...lines: readonly string[]): RuleList {
  const found = iosDevice(...lines).ruleLists.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no list ${name}`);
  return found;
}

test('a rule has its number, its remark, its words and its place', () => {
  const { rules } = list(
    'A',
    'ip access-list extended A',
    ' remark brokers',
    ' 20 permit tcp any any eq 8883 log',
    ' deny ip any any',
  );
  expect(rules.map(({ id, name, text, logging }) => ({ id, name, text, logging }))).toEqual([
    {
      id: '20',
      name: 'brokers',
      text: '20 permit tcp any any eq 8883 log',
      logging: { logs: 'yes', detail: 'log', level: 6 },
    },
    { id: '#2', name: undefined, text: 'deny ip any any', logging: { logs: 'no', detail: '' } },
  ]);
  expect(rules[0]?.span).toEqual({ source: 'test.cfg', line: 3, column: 2, endColumn: 35 });
});

test('a rule names the groups it uses, with the place of their definition', () => {
  const { rules } = list(
    'A',
    'object-group network BROKERS',
    ' host 10.0.0.5',
    'object-group service MQ',
    ' tcp eq 8883',
    'ip access-list extended A',
    ' permit object-group MQ any object-group BROKERS',
  );
  expect(rules[0]?.objects.map(({ name, kind, span }) => [name, kind, span?.line])).toEqual([
    ['MQ', 'service', 3],
    ['BROKERS', 'address', 1],
  ]);
});

test('a wildcard keeps its bits', () => {
  const { rules } = list('A', 'ip access-list extended A', ' permit tcp 10.0.10.0 0.255.0.255 any');
  expect(rules[0]?.match.source.may.include).toEqual([{ kind: 'wildcard4', value: 0x0a000a00, care: 0xff00ff00 }]);
});

test.each([
  ['line vty 0 4', ' access-class 10 in', 'line access'],
  ['route-map RM permit 10', ' match ip address 10', 'route map RM'],
  ['crypto map M 10 ipsec-isakmp', ' match address 10', 'crypto map'],
  ['class-map match-any C', ' match access-group 10', 'class map'],
  ['router ospf 1', ' distribute-list 10 in', 'distribute list'],
  ['snmp-server community public RO 10', '', 'SNMP'],
  ['ntp access-group peer 10', '', 'NTP'],
  ['ip http access-class 10', '', 'HTTP server'],
  ['ip nat inside source list 10 interface Gi0/0 overload', '', 'NAT'],
  ['class-map type inspect Z', ' match access-group 10', 'class map Z'],
])('`%s` uses a list for something else than filtering', (first, second, purpose) => {
  const found = list('10', 'access-list 10 permit any', first, second);
  expect(found.usedBy?.map((use) => use.purpose)).toEqual([purpose]);
});

test('bindings say where a list filters and whether it exists', () => {
  const { bindings } = iosDevice(
    'interface GigabitEthernet0/0',
    ' ip access-group A in',
    ' ipv6 traffic-filter B out',
    'ip access-list extended A',
    ' permit ip any any',
  );
  expect(
    bindings.map(({ list: name, direction, family, defined, span }) => [name, direction, family, defined, span.column]),
  ).toEqual([
    ['A', 'in', 4, true, 18],
    ['B', 'out', 6, false, 22],
  ]);
});

test('telemetry: where records of traffic go', () => {
  const { telemetry } = iosDevice(
    'logging host 192.0.2.9',
    'logging 192.0.2.10',
    'flow exporter E',
    ' destination 192.0.2.11',
    'flow monitor M',
    ' exporter E',
    'interface GigabitEthernet0/0',
    ' ip flow monitor M input',
    'flow exporter UNUSED',
    ' destination 192.0.2.12',
  );
  expect(telemetry.map(({ kind, target, covers, effective }) => [kind, target, covers, effective])).toEqual([
    ['syslog', '192.0.2.9', [], true],
    ['syslog', '192.0.2.10', [], true],
    ['flow-export', '192.0.2.11', ['GigabitEthernet0/0'], true],
    ['flow-export', '192.0.2.12', [], false],
  ]);
});

test('logging that is off reaches no host', () => {
  expect(iosDevice('logging host 192.0.2.9', 'no logging on').telemetry).toMatchObject([{ effective: false }]);
});

test('secrets are not quoted', () => {
  const { diagnostics } = readIos(
    'snmp-server community S3cret RO',
    'enable secret 5 $1$S3cret',
    'username a password S3cret',
  );
  expect(JSON.stringify(diagnostics)).not.toContain('S3cret');
});

/** Words that statements are made of, in any order: nothing may throw, and every line has one state. */
const WORDS =
  `ip ipv6 access-list access-group extended standard permit deny tcp udp any host 10.0.0.1 0.0.0.255 eq range 1883 interface Gi0/0 in out no
  object-group network service NAME remark evaluate time-range zone security zone-pair class-map policy-map type inspect match nat inside source static
  banner motd ^C exit end ! sequence 10 log established route vrf 0.0.0.0 switchport vlan filter {`.split(/\s+/);

test('no order of words throws, and line states add up', () => {
  const line = array(constantFrom(...WORDS), { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
  const indented = tuple(nat({ max: 2 }), line).map(([indent, text]) => ' '.repeat(indent) + text);
  assert(
    property(array(indented, { maxLength: 25 }), (lines) => {
      const text = lines.join('\n');
      const read = readLines(text);
      const result = ciscoIos.read({ name: 'x', text }, read);
      expect(countStates('x', result.lineStates, 'unknown').lines).toBe(read.length);
      for (const device of result.devices) {
        const names = device.segments.map(({ name }) => name);
        for (const from of names) for (const to of names) device.crossing(from, to);
      }
    }),
    { numRuns: 400 },
  );
});
