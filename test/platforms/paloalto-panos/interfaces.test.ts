import { describe, expect, test } from 'vitest';
import type { NetworkInterface } from '../../../parsers/model/device.ts';
import { readPanos } from './read-panos.ts';

/** The interface, wherever it is. */
function port(name: string, text: string): NetworkInterface {
  const all = readPanos(text)
    .device()
    .segments.flatMap(({ interfaces }) => interfaces);
  const found = all.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no interface ${name}: ${all.map((each) => each.name).join(', ')}`);
  return found;
}

function addresses({ addresses: all }: NetworkInterface): readonly string[] {
  return all.map(({ address, prefixLength }) => `${address.toString(16)}/${prefixLength}`);
}

describe('addresses', () => {
  test('of ports, subinterfaces, aggregates and virtual interfaces', () => {
    const text = `
      network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24
      network interface ethernet ethernet1/2 layer3 units ethernet1/2.10 ip 10.0.10.1/24
      network interface aggregate-ethernet ae1 layer3 units ae1.20 ip [ 10.0.20.1/24 10.0.21.1/24 ]
      network interface vlan units vlan.30 ip 10.0.30.1/24
      network interface loopback units loopback.1 ip 10.0.40.1
      network interface tunnel units tunnel.5 ip 10.0.50.1/30`;
    expect(addresses(port('ethernet1/1', text))).toEqual(['c0000201/24']);
    expect(addresses(port('ethernet1/2.10', text))).toEqual(['a000a01/24']);
    expect(addresses(port('ae1.20', text))).toEqual(['a001401/24', 'a001501/24']);
    expect(addresses(port('vlan.30', text))).toEqual(['a001e01/24']);
    expect(addresses(port('loopback.1', text))).toEqual(['a002801/32']);
    expect(addresses(port('tunnel.5', text))).toEqual(['a003201/30']);
  });

  test('a port that only carries its subinterfaces is not one itself', () => {
    const { device } = readPanos('network interface ethernet ethernet1/2 layer3 units ethernet1/2.10 ip 10.0.10.1/24');
    expect(device().segments.map(({ name }) => name)).toEqual(['ethernet1/2.10', 'self']);
  });

  test('may be address objects, the system before shared', () => {
    const text = `
      shared address OWN ip-netmask 192.0.2.9/24
      shared address OTHER ip-netmask 192.0.2.10/24
      vsys vsys1 address OWN ip-netmask 10.0.0.1/16
      network interface ethernet ethernet1/1 layer3 ip OWN
      network interface ethernet ethernet1/2 layer3 ip OTHER`;
    expect(addresses(port('ethernet1/1', text))).toEqual(['a000001/16']);
    expect(addresses(port('ethernet1/2', text))).toEqual(['c000020a/24']);
  });

  test('that are no addresses are reported, and the interface still carries IPv4', () => {
    const text = `
      address POOL ip-range 10.0.0.1-10.0.0.9
      network interface ethernet ethernet1/1 layer3 ip POOL
      network interface ethernet ethernet1/2 layer3 ip 10.0.0.1/33
      network interface ethernet ethernet1/3 layer3 ip 10.0.0.1/24/24`;
    expect(readPanos(text).codes.filter((code) => code === 'panos/interface-address')).toHaveLength(3);
    expect(port('ethernet1/1', text)).toMatchObject({ addresses: [], families: [4] });
  });

  test('of IPv6 count where it is enabled', () => {
    const text = `
      network interface ethernet ethernet1/1 layer3 ipv6 enabled yes
      network interface ethernet ethernet1/1 layer3 ipv6 address 2001:db8::1/64 enable-on-interface yes
      network interface ethernet ethernet1/2 layer3 ipv6 enabled no
      network interface ethernet ethernet1/2 layer3 ipv6 address 2001:db8:1::1/64 enable-on-interface yes
      network interface ethernet ethernet1/3 layer3 ip 10.0.0.1/24`;
    expect(port('ethernet1/1', text).families).toEqual([6]);
    expect(addresses(port('ethernet1/1', text))).toEqual(['20010db8000000000000000000000001/64']);
    expect(port('ethernet1/2', text).families).toEqual([]);
    expect(port('ethernet1/3', text).families).toEqual([4]);
  });

  test.for([
    ['dhcp-client enable yes', true],
    ['dhcp-client create-default-route no', true],
    ['dhcp-client enable no', false],
    ['pppoe enable yes', true],
    ['mtu 1500', false],
  ] as const)('%s: learned %s', ([said, learned]) => {
    const one = port('ethernet1/1', `network interface ethernet ethernet1/1 layer3 ${said}`);
    expect([one.dynamicAddress, one.families]).toEqual([learned, learned ? [4] : []]);
  });

  test('a tunnel carries IPv4 without one', () => {
    expect(port('tunnel.7', 'network interface tunnel units tunnel.7 comment branch').families).toEqual([4]);
  });
});

describe('state', () => {
  test('the last word about the link counts, for subinterfaces too', () => {
    const text = `
      network interface ethernet ethernet1/1 link-state down
      network interface ethernet ethernet1/1 layer3 units ethernet1/1.5 ip 10.0.0.1/24
      network interface ethernet ethernet1/2 link-state auto
      network interface ethernet ethernet1/2 layer3 ip 10.0.1.1/24`;
    expect(port('ethernet1/1.5', text).enabled).toBe(false);
    expect(port('ethernet1/2', text).enabled).toBe(true);
  });

  test('an aggregate is down when all its ports are', () => {
    const aggregate = `
      network interface aggregate-ethernet ae1 layer3 ip 10.0.0.1/24
      network interface ethernet ethernet1/1 aggregate-group ae1
      network interface ethernet ethernet1/2 aggregate-group ae1
      network interface ethernet ethernet1/1 link-state down`;
    expect(port('ae1', aggregate).enabled).toBe(true);
    expect(port('ae1', `${aggregate}\nnetwork interface ethernet ethernet1/2 link-state down`).enabled).toBe(false);
  });

  test('a comment describes its subinterfaces, unless they have one', () => {
    const text = `
      network interface ethernet ethernet1/1 comment uplink
      network interface ethernet ethernet1/1 layer3 units ethernet1/1.5 ip 10.0.0.1/24
      network interface ethernet ethernet1/1 layer3 units ethernet1/1.6 comment guests
      network interface ethernet ethernet1/1 layer3 units ethernet1/1.6 ip 10.0.1.1/24`;
    expect(port('ethernet1/1.5', text).description).toBe('uplink');
    expect(port('ethernet1/1.6', text).description).toBe('guests');
  });
});

test('high availability, members of aggregates and ports without a mode need no zone', () => {
  const { device } = readPanos(`
    network interface ethernet ethernet1/1 ha
    network interface ethernet ethernet1/2 aggregate-group ae1
    network interface ethernet ethernet1/3 link-state auto
    network interface ethernet ethernet1/4 tap`);
  expect(device().segments.map(({ name }) => name)).toEqual(['ethernet1/4', 'self']);
});
