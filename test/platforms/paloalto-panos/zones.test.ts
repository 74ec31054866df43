import { describe, expect, test } from 'vitest';
import { allow, readPanos } from './read-panos.ts';

const ROUTED = `
  network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/24
  network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
  network interface ethernet ethernet1/3 layer3 ip 10.0.3.1/24`;

const PACKET = 'tcp 10.0.1.2:50000 > 10.0.2.2:1883';

describe('segments', () => {
  test('a zone is one, with its interfaces for aliases', () => {
    const { segment, device } = readPanos(`${ROUTED}
      zone trust network layer3 [ ethernet1/1 ethernet1/2 ]
      zone dmz network layer3 ethernet1/3`);
    expect(device().segments.map(({ name, kind }) => [name, kind])).toEqual([
      ['trust', 'zone'],
      ['dmz', 'zone'],
      ['self', 'self'],
    ]);
    expect(segment('ethernet1/2')).toMatchObject({ name: 'trust', transit: 'yes', families: [4] });
    expect(segment('trust').interfaces.map(({ name }) => name)).toEqual(['ethernet1/1', 'ethernet1/2']);
  });

  test('an interface in no zone is closed, and said to be', () => {
    const { segment, verdict, codes } = readPanos(`${ROUTED}
      zone trust network layer3 ethernet1/1
      zone dmz network layer3 ethernet1/2
      ${allow('R', 'any', 'any')}`);
    expect(segment('ethernet1/3')).toMatchObject({ kind: 'interface', transit: 'none' });
    expect(verdict('trust', 'dmz', PACKET)).toBe('permit');
    expect(verdict('trust', 'ethernet1/3', PACKET)).toMatch(/^ethernet1\/3 is in no zone/u);
    expect(verdict('ethernet1/3', 'trust', PACKET)).toMatch(/^ethernet1\/3 is in no zone/u);
    expect(codes).toContain('panos/interface-without-zone');
  });

  test.for([
    ['zone spare', '', 'dormant', 'zone spare has no interface'],
    [
      'zone spare network layer3 ethernet1/3',
      'network interface ethernet ethernet1/3 link-state down',
      'dormant',
      'every interface of zone spare is down',
    ],
    [
      'zone spare network layer3 ethernet1/4',
      'network interface ethernet ethernet1/4 layer3 mtu 1500',
      'dormant',
      'no interface of zone spare has an address',
    ],
    [
      'zone spare network tap ethernet1/4',
      'network interface ethernet ethernet1/4 tap',
      'none',
      'tap zone spare only listens',
    ],
    ['zone spare network tunnel', '', 'none', /^zone spare stands for what is inside of tunnels/u],
    [
      'zone spare network layer3 loopback.1',
      'network interface loopback units loopback.1 ip 10.9.0.1',
      'none',
      'permit',
    ],
  ] as const)('%s (%s): %s', ([zone, more, transit, none]) => {
    const { segment, verdict } = readPanos(`${ROUTED}
      zone trust network layer3 ethernet1/1
      ${zone}\n${more}\n${allow('R', 'any', 'any')}`);
    expect(segment('spare').transit).toBe(transit);
    expect(verdict('trust', 'spare', PACKET)).toMatch(none instanceof RegExp ? none : new RegExp(`^${none}$`, 'u'));
  });

  test('an interface that the text does not describe may be anything', () => {
    const { segment, verdict } = readPanos(`${ROUTED}
      zone trust network layer3 ethernet1/1
      zone far network layer3 ethernet1/9
      ${allow('R', 'trust', 'far')}`);
    expect(segment('ethernet1/9')).toMatchObject({ name: 'far', transit: 'yes', families: [4, 6] });
    expect(verdict('trust', 'far', PACKET)).toBe('permit');
  });

  test('an unknown word in a zone is reported', () => {
    const { codes } = readPanos('zone trust network layer9 ethernet1/1\nzone dmz colour red');
    expect(codes.filter((code) => code === 'panos/zone-not-understood')).toHaveLength(2);
  });
});

describe('zones that the text does not define', () => {
  test('count as there where it is policy alone, with one note', () => {
    const { segment, verdict, codes } = readPanos(`
      ${allow('OUT', 'trust', '[ untrust dmz ]')}`);
    expect(segment('dmz')).toMatchObject({ transit: 'yes', families: [4, 6], interfaces: [] });
    expect(verdict('trust', 'untrust', PACKET)).toBe('permit');
    expect(verdict('untrust', 'trust', PACKET)).toBe('deny');
    expect(codes.filter((code) => code === 'panos/no-zones')).toHaveLength(1);
    expect(codes).not.toContain('panos/undefined-zone');
  });

  test('are reported each where others are defined, and audited all the same', () => {
    const { segment, verdict, codes } = readPanos(`${ROUTED}
      zone trust network layer3 ethernet1/1
      ${allow('OUT', 'trust', '[ guests lab ]')}`);
    expect(codes.filter((code) => code === 'panos/undefined-zone')).toHaveLength(2);
    expect(segment('lab').transit).toBe('yes');
    expect(verdict('trust', 'guests', PACKET)).toBe('permit');
  });

  test('words of PAN-OS are none', () => {
    const { device, codes } = readPanos(`${ROUTED}
      zone trust network layer3 ethernet1/1
      ${allow('OUT', 'any', 'multicast')}`);
    expect(device().segments.map(({ name }) => name)).toEqual(['trust', 'ethernet1/2', 'ethernet1/3', 'self']);
    expect(codes).not.toContain('panos/undefined-zone');
  });

  test('rules for any zone in a text without zones leave nothing to judge, which is said', () => {
    const { result, device } = readPanos(allow('ALL', 'any', 'any'));
    expect(readPanos(`${allow('ALL', 'any', 'any')}\nrulebase security rules ALL disabled yes`).codes).toEqual([]);
    expect(device().segments.map(({ name }) => name)).toEqual(['self']);
    expect(result.diagnostics.find(({ code }) => code === 'panos/no-zones')?.severity).toBe('warning');
  });
});

describe('types of zones', () => {
  const WIRES = `
    network interface ethernet ethernet1/1 virtual-wire
    network interface ethernet ethernet1/2 virtual-wire
    network interface ethernet ethernet1/3 virtual-wire
    network interface ethernet ethernet1/4 virtual-wire
    network interface ethernet ethernet1/5 layer3 ip 10.0.5.1/24
    network virtual-wire w1 interface1 ethernet1/1
    network virtual-wire w1 interface2 ethernet1/2
    network virtual-wire w2 interface1 ethernet1/3
    network virtual-wire w2 interface2 ethernet1/4
    zone outside network virtual-wire ethernet1/1
    zone inside network virtual-wire ethernet1/2
    zone both network virtual-wire [ ethernet1/3 ethernet1/4 ]
    zone routed network layer3 ethernet1/5
    ${allow('R', 'any', 'any')}`;

  test.for([
    ['outside', 'inside', 'permit'],
    ['inside', 'outside', 'permit'],
    ['both', 'both', 'permit'],
    ['outside', 'outside', 'no virtual wire joins outside and outside'],
    ['outside', 'both', 'no virtual wire joins outside and both'],
    ['outside', 'routed', 'outside is of type virtual-wire, routed of type layer3'],
    ['routed', 'inside', 'routed is of type layer3, inside of type virtual-wire'],
  ] as const)('over virtual wires: %s to %s', ([from, to, expected]) => {
    expect(readPanos(WIRES).verdict(from, to, PACKET)).toBe(expected);
  });

  test('subinterfaces of the two ends of a wire are joined', () => {
    const { verdict } = readPanos(`
      network interface ethernet ethernet1/1 virtual-wire units ethernet1/1.7 tag 7
      network interface ethernet ethernet1/2 virtual-wire units ethernet1/2.7 tag 7
      network interface ethernet ethernet1/3 virtual-wire units ethernet1/3.7 tag 7
      network virtual-wire w1 interface1 ethernet1/1
      network virtual-wire w1 interface2 ethernet1/2
      zone outside network virtual-wire ethernet1/1.7
      zone inside network virtual-wire ethernet1/2.7
      zone other network virtual-wire ethernet1/3.7
      ${allow('R', 'any', 'any')}`);
    expect(verdict('outside', 'inside', PACKET)).toBe('permit');
    expect(verdict('outside', 'other', PACKET)).toBe('no virtual wire joins outside and other');
  });

  test('where the text has no wires, nothing is definite', () => {
    const { verdict } = readPanos(`
      network interface ethernet ethernet1/1 virtual-wire
      network interface ethernet ethernet1/2 virtual-wire
      zone outside network virtual-wire ethernet1/1
      zone inside network virtual-wire ethernet1/2
      ${allow('R', 'any', 'any')}`);
    expect(verdict('outside', 'inside', PACKET)).toBe('unknown');
  });

  test('layer 2 zones meet in a VLAN', () => {
    const { verdict, segment } = readPanos(`
      network interface ethernet ethernet1/1 layer2
      network interface ethernet ethernet1/2 layer2 units ethernet1/2.20 tag 20
      network interface ethernet ethernet1/3 layer2
      network interface vlan units vlan.10 ip 10.0.10.1/24
      network vlan V10 interface [ ethernet1/1 ethernet1/2.20 ]
      network vlan V10 virtual-interface interface vlan.10
      network vlan V30 interface ethernet1/3
      network virtual-router default interface vlan.10
      zone clients network layer2 ethernet1/1
      zone servers network layer2 ethernet1/2.20
      zone lab network layer2 ethernet1/3
      zone gateway network layer3 vlan.10
      ${allow('R', 'any', 'any')}`);
    expect(segment('clients').families).toEqual([4, 6]);
    expect(verdict('clients', 'servers', PACKET)).toBe('permit');
    expect(verdict('clients', 'lab', PACKET)).toBe('no VLAN has interfaces of both clients and lab');
    expect(verdict('clients', 'gateway', PACKET)).toBe('clients is of type layer2, gateway of type layer3');
  });
});
