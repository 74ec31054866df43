import { describe, expect, test } from 'vitest';
import type { Device } from '../../../parsers/model/device.ts';
import { parse } from '../../../parsers/index.ts';

function read(...lines: string[]) {
  return parse({ name: 'fw.cfg', text: `${lines.join('\n')}\n` }, { platform: 'cisco-asa' });
}

function device(...lines: string[]): Device {
  const [only, second] = read(...lines).devices;
  if (only === undefined || second !== undefined) throw new Error('not exactly one device');
  return only;
}

const OUTSIDE = [
  'interface GigabitEthernet0/0',
  ' nameif outside',
  ' security-level 0',
  ' ip address 203.0.113.2 255.255.255.0',
];
const INSIDE = [
  'interface GigabitEthernet0/1',
  ' nameif inside',
  ' security-level 100',
  ' ip address 10.0.0.1 255.255.255.0',
];

describe('device', () => {
  test('takes name and version from the text, else the name of the source', () => {
    expect(device('ASA Version 9.12(4)37', 'hostname fw1')).toMatchObject({
      name: 'fw1',
      version: '9.12(4)37',
      addressView: 'real',
    });
    expect(device('access-list A extended permit ip any any')).toMatchObject({ name: 'fw.cfg' });
    expect(device('ASA Version 8.2(5)', 'hostname old')).toMatchObject({ addressView: 'arriving' });
    expect(device('PIX Version 6.3(5)')).toMatchObject({ addressView: 'arriving' });
  });

  test('a capture that shows its beginning but not its end is incomplete', () => {
    const complete = (...lines: string[]) => read(...lines).coverage.complete;
    expect(complete(': Saved', 'ASA Version 9.12(4)', 'hostname fw1', ': end')).toBe('yes');
    expect(complete(': Saved', 'ASA Version 9.12(4)', 'hostname fw1')).toBe('no');
    expect(complete('ASA Version 9.12(4)', 'hostname fw1')).toBe('unknown');
  });

  test('an unknown statement stays unknown behind a block that takes anything', () => {
    const last = (...lines: string[]) => read(...lines).texts[0].lineStates.at(-1);
    expect(last('hostname fw1', 'username admin password x', 'frobnicate y')).toBe('unrecognised');
    expect(last(...OUTSIDE, 'tunnel-group X ipsec-attributes', 'frobnicate y')).toBe('unrecognised');
    expect(last(...OUTSIDE, 'tunnel-group X ipsec-attributes', ' frobnicate y')).toBe('no-effect');
  });

  test('routes: static, connected, and not the tunneled default', () => {
    const { routes } = device(
      ...OUTSIDE,
      ...INSIDE,
      'route outside 0.0.0.0 0.0.0.0 203.0.113.1 1',
      'route inside 0 0 10.0.0.254 tunneled',
      'ipv6 route outside ::/0 2001:db8::1',
    );
    expect(routes.map(({ family, segment, span }) => [family, segment, span.line])).toEqual([
      [4, 'outside', 9],
      [4, 'inside', 10],
      [6, 'outside', 11],
      [4, 'outside', 4],
      [4, 'inside', 8],
    ]);
  });

  test('evidence of trust, strongest facts first to see', () => {
    const { segments } = device(
      ...OUTSIDE,
      ...INSIDE,
      'interface GigabitEthernet0/2',
      ' description partners DMZ',
      ' nameif services',
      ' security-level 40',
      ' ip address 198.51.100.1 255.255.255.0',
      'interface Management0/0',
      ' management-only',
      ' nameif mgmt',
      ' security-level 100',
      ' ip address 192.168.9.1 255.255.255.0',
      'route outside 0.0.0.0 0.0.0.0 203.0.113.1',
    );
    const of = (name: string) =>
      segments.find((segment) => segment.name === name)?.evidence.map(({ points, weight }) => `${points} ${weight}`);
    expect(of('outside')).toEqual(['untrusted 3', 'untrusted 2', 'untrusted 2', 'untrusted 1']);
    expect(of('inside')).toEqual(['internal 2', 'internal 1']);
    // Its address is public, but the default route leaves elsewhere.
    expect(of('services')).toEqual(['dmz 1', 'dmz 2']);
    expect(of('mgmt')).toContain('management 3');
  });

  test('a learned default route is a strong sign', () => {
    const { segments } = device('interface Vlan2', ' nameif link', ' security-level 0', ' ip address dhcp setroute');
    expect(segments[0]?.evidence).toContainEqual(expect.objectContaining({ points: 'untrusted', weight: 3 }));
    expect(segments[0]?.interfaces[0]).toMatchObject({ dynamicAddress: true, families: [4] });
  });

  test('what else uses a list', () => {
    const { ruleLists } = device(
      'access-list A extended permit ip any any',
      'crypto map M 10 match address A',
      'class-map C',
      ' match access-list A',
      'group-policy G attributes',
      ' vpn-filter value A',
      ' split-tunnel-network-list value A',
      'route-map R permit 10',
      ' match ip address A',
      'capture c access-list A interface inside',
    );
    expect(ruleLists[0]?.usedBy?.map(({ purpose, span }) => [purpose, span.line])).toEqual([
      ['crypto map', 2],
      ['class map', 4],
      ['VPN filter', 6],
      ['split tunnel', 7],
      ['route map', 9],
      ['capture', 10],
    ]);
  });

  test('bindings tell transit from the device itself', () => {
    const { bindings } = device(
      ...OUTSIDE,
      'access-list A extended permit ip any any',
      'access-group A in interface OUTSIDE',
      'access-group A in interface outside control-plane',
      'access-group A global',
      'access-group LOST out interface outside',
    );
    expect(
      bindings.map(({ list, direction, attachedTo, plane, defined }) => [list, direction, attachedTo, plane, defined]),
    ).toEqual([
      ['A', 'in', 'outside', 'transit', true],
      ['A', 'in', 'outside', 'control-plane', true],
      ['A', 'global', 'global', 'transit', true],
      ['LOST', 'out', 'outside', 'transit', false],
    ]);
  });
});

describe('rules', () => {
  test('take the remark directly above as their name, once', () => {
    const [list] = device(
      'access-list A remark brokers',
      'access-list A remark of the plant',
      'access-list A extended permit tcp any any eq 1883',
      'access-list A extended deny ip any any',
    ).ruleLists;
    expect(list?.rules.map(({ id, name }) => [id, name])).toEqual([
      ['#1', 'of the plant'],
      ['#2', undefined],
    ]);
  });

  test('say what they log', () => {
    const [list] = device(
      'access-list A extended permit tcp any any eq 1',
      'access-list A extended permit tcp any any eq 2 log',
      'access-list A extended permit tcp any any eq 3 log warnings interval 60',
      'access-list A extended permit tcp any any eq 4 log disable',
      'access-list A extended permit tcp any any eq 5 log default',
      'access-list F advanced permit tcp any any eq 6 rule-id 1',
    ).ruleLists;
    expect(list?.rules.map(({ logging }) => [logging.logs, logging.detail])).toEqual([
      ['default', ''],
      ['yes', 'log'],
      ['yes', 'log warnings interval 60'],
      ['no', 'log disable'],
      ['default', 'log default'],
    ]);
  });

  test('name the objects that they used, nested ones too', () => {
    const [list] = device(
      'object network H',
      ' host 10.0.0.5',
      'object-group network G',
      ' network-object object H',
      'object-group service P tcp',
      ' port-object eq 1883',
      'access-list A extended permit tcp any object-group G object-group P',
    ).ruleLists;
    const used = list?.rules[0]?.objects.map(({ name, kind, span }) => [name, kind, span?.line]);
    expect(used).toEqual([
      ['G', 'address', 3],
      ['H', 'address', 1],
      ['P', 'service', 5],
    ]);
  });
});

describe('telemetry', () => {
  test('collectors count only when logging is enabled', () => {
    expect(
      device('logging enable', 'logging trap informational', 'logging host inside 10.0.0.9').telemetry,
    ).toMatchObject([{ kind: 'syslog', target: '10.0.0.9', effective: true }]);
    expect(device('logging host inside 10.0.0.9').telemetry).toMatchObject([{ effective: false }]);
  });

  test('flow export needs a policy that sends to it', () => {
    const policy = ['policy-map P', ' class class-default', '  flow-export event-type all destination 10.0.0.8'];
    const target = 'flow-export destination inside 10.0.0.8 2055';
    expect(device(target, ...policy, 'service-policy P global').telemetry).toMatchObject([
      { kind: 'flow-export', effective: true },
    ]);
    expect(device(target, ...policy).telemetry).toMatchObject([{ kind: 'flow-export', effective: false }]);
  });

  test('inspection covers the interface of its policy', () => {
    const policy = ['policy-map P', ' class C', '  sfr fail-open'];
    expect(device(...policy, 'service-policy P interface outside').telemetry).toMatchObject([
      { kind: 'intrusion-prevention', target: 'sfr', covers: ['outside'], effective: true },
    ]);
    expect(device(...policy).telemetry).toMatchObject([{ effective: false }]);
  });
});

describe('the text', () => {
  test('shows its end or not', () => {
    expect(read('ASA Version 9.1(1)', 'hostname a', ': end').coverage.complete).toBe('yes');
    expect(read('ASA Version 9.1(1)', 'hostname a').coverage.complete).toBe('unknown');
  });

  test('a VPN is noted once, unless its packets meet the lists', () => {
    const codes = (...lines: string[]) => read(...lines).diagnostics.map(({ code }) => code);
    expect(codes('crypto map M interface outside')).toEqual(['asa/vpn-bypasses-access-lists']);
    expect(codes('crypto map M interface outside', 'no sysopt connection permit-vpn')).toEqual([]);
  });

  test('is recognised by what only ASA writes', () => {
    const platform = (...lines: string[]) => parse({ name: 'x', text: lines.join('\n') }).detection.platform;
    expect(platform('ASA Version 9.12(4)')).toBe('cisco-asa');
    expect(platform('interface Vlan1', ' nameif inside', ' security-level 100')).toBe('cisco-asa');
    expect(platform('nat (inside,outside) source dynamic any interface')).toBe('cisco-asa');
    expect(
      platform('access-list A; 2 elements; name hash: 0xaf1b712e', 'access-list A line 1 extended permit ip any any'),
    ).toBe('cisco-asa');
    expect(platform('hello', 'world')).toBeUndefined();
  });
});
