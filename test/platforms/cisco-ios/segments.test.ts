import { expect, test } from 'vitest';
import type { Device, Segment } from '../../../parsers/model/device.ts';
import { iosDevice, readIos } from './read-ios.ts';

function segment(device: Device, name: string): Segment {
  const found = device.segments.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no segment ${name}`);
  return found;
}

function evidence(device: Device, name: string): string[] {
  return segment(device, name).evidence.map(({ points, weight, reason }) => `${points} ${weight}: ${reason}`);
}

test('an interface goes by its name, its short form and its zone when it is alone in it', () => {
  const device = iosDevice(
    'interface GigabitEthernet0/0',
    ' ip address 203.0.113.1 255.255.255.0',
    ' zone-member security OUTSIDE',
    'interface GigabitEthernet0/1',
    ' zone-member security LAN',
    'interface GigabitEthernet0/2',
    ' zone-member security LAN',
  );
  expect(segment(device, 'GigabitEthernet0/0').aliases.toSorted()).toEqual([
    'Gi0/0',
    'OUTSIDE',
    'gi0/0',
    'gigabitethernet0/0',
  ]);
  expect(segment(device, 'GigabitEthernet0/1').aliases).not.toContain('LAN');
  expect(segment(device, 'self')).toMatchObject({ kind: 'self', transit: 'none' });
});

test('spellings of one interface are one interface', () => {
  const device = iosDevice(
    'interface Gi0/0',
    ' ip address 10.0.0.1 255.255.255.0',
    'interface gigabitethernet 0/0',
    ' shutdown',
  );
  expect(device.segments.map(({ name }) => name)).toEqual(['Gi0/0', 'self']);
  expect(segment(device, 'Gi0/0').transit).toBe('dormant');
});

test('the default route speaks for its interface, named or by next hop', () => {
  const device = iosDevice(
    'interface GigabitEthernet0/0',
    ' ip address 198.18.0.1 255.255.255.252',
    'interface Dialer1',
    ' ip address negotiated',
    'interface GigabitEthernet0/2',
    ' ip address 10.0.0.1 255.255.255.0',
    'ip route 0.0.0.0 0.0.0.0 198.18.0.2',
    'ip route 0.0.0.0 0.0.0.0 Dialer1 200',
    'ip route 10.9.0.0 255.255.0.0 10.0.0.254',
  );
  expect(evidence(device, 'GigabitEthernet0/0')).toContain('untrusted 3: default route 0.0.0.0/0 leaves here');
  expect(evidence(device, 'Dialer1')).toEqual([
    'untrusted 3: default route 0.0.0.0/0 leaves here',
    'untrusted 2: the address comes from outside (`ip address negotiated`)',
  ]);
  expect(evidence(device, 'GigabitEthernet0/2')).toEqual([]);
  expect(
    device.routes.find(({ destination }) => destination.kind === 'range4' && destination.first === 0x0a090000),
  ).toMatchObject({
    segment: 'GigabitEthernet0/2',
    routingContext: 'default',
  });
});

test('an IPv6 default route and the default route of another VRF', () => {
  const device = iosDevice(
    'interface GigabitEthernet0/0',
    ' vrf forwarding RED',
    ' ip address 10.0.0.1 255.255.255.0',
    'interface GigabitEthernet0/1',
    ' ip address 10.0.0.2 255.255.255.0',
    ' ipv6 address 2001:db8::1/64',
    'ip route vrf RED 0.0.0.0 0.0.0.0 10.0.0.254',
    'ipv6 route ::/0 2001:db8::ffff',
  );
  expect(evidence(device, 'GigabitEthernet0/0')).toEqual(['untrusted 3: default route 0.0.0.0/0 leaves here']);
  expect(evidence(device, 'GigabitEthernet0/1')).toEqual(['untrusted 3: default route ::/0 leaves here']);
});

test.each([
  ['ip address 203.0.113.1 255.255.255.0', ['untrusted 2: 203.0.113.1/24 is a public address']],
  ['ip address 10.0.0.1 255.255.255.0', []],
  ['ip address 172.31.255.1 255.255.255.0', []],
  ['ip address 172.32.0.1 255.255.255.0', ['untrusted 2: 172.32.0.1/24 is a public address']],
  ['ip address 100.127.0.1 255.255.255.0', []],
  ['ipv6 address 2001:db8::1/64', []],
  ['ip nat outside', ['untrusted 2: `ip nat outside`']],
  ['ip nat inside', ['internal 2: `ip nat inside`']],
  ['zone-member security DMZ_1', ['dmz 1: zone says "DMZ"']],
  ['description uplink to ISP-A', ['untrusted 1: description says "uplink"']],
  ['description plant LAN', ['internal 1: description says "plant"']],
  ['description lantern shop', []],
])('evidence of `%s`', (statement, expected) => {
  expect(evidence(iosDevice('interface GigabitEthernet0/0', ` ${statement}`), 'GigabitEthernet0/0')).toEqual(expected);
});

test('IPv6 is forwarded where the full text says so, or where the text is a fragment', () => {
  const body = ['interface GigabitEthernet0/0', ' ipv6 address 2001:db8::1/64'];
  const families = (...lines: readonly string[]): readonly number[] =>
    segment(iosDevice(...lines), 'GigabitEthernet0/0').families;
  expect(families(...body)).toEqual([6]);
  expect(families('version 15.2', ...body, 'end')).toEqual([]);
  expect(families('version 15.2', 'ipv6 unicast-routing', ...body, 'end')).toEqual([6]);
  expect(families('no ipv6 unicast-routing', ...body)).toEqual([]);
  const { diagnostics } = readIos('version 15.2', ...body, 'end');
  expect(diagnostics.map(({ code }) => code)).toEqual(['ios/ipv6-not-routed']);
});

test('whether the text is whole', () => {
  expect(readIos('version 15.2', 'hostname r1', 'end').complete).toBe('yes');
  expect(readIos('version 15.2', 'hostname r1').complete).toBe('no');
  expect(readIos('Building configuration...', 'hostname r1').complete).toBe('no');
  expect(readIos('hostname r1').complete).toBe('unknown');
});
