import { describe, expect, test } from 'vitest';
import { judgeTrust } from '../../../checks/policy/trust.ts';
import { allow, readPanos } from './read-panos.ts';

const NO_OPTIONS = { untrusted: [], internal: [], internalNetworks: [] };

function trustOf(text: string): Readonly<Record<string, string>> {
  const judged = judgeTrust(readPanos(text).device(), NO_OPTIONS);
  return Object.fromEntries(judged.map(({ segment, trust }) => [segment, trust]));
}

function reasonsOf(text: string, zone: string): readonly string[] {
  return readPanos(text)
    .segment(zone)
    .evidence.map(({ weight, points, reason }) => `${weight} ${points}: ${reason}`);
}

const TWO = `
  network interface ethernet ethernet1/1 layer3 ip 10.255.0.2/30
  network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
  network virtual-router default interface [ ethernet1/1 ethernet1/2 ]
  zone A network layer3 ethernet1/1
  zone B network layer3 ethernet1/2`;
const ROUTE = 'network virtual-router default routing-table ip static-route d';

describe('the default route', () => {
  test.for([
    ['destination 0.0.0.0/0', 'nexthop ip-address 10.255.0.1'],
    ['destination 0.0.0.0/0', 'interface ethernet1/1'],
  ] as const)('%s %s leaves by its zone', ([destination, exit]) => {
    expect(trustOf(`${TWO}\n${ROUTE} ${destination}\n${ROUTE} ${exit}`)).toMatchObject({
      A: 'untrusted',
      B: 'internal',
    });
  });

  test('is one of IPv6, too', () => {
    const text = `
      network interface ethernet ethernet1/1 layer3 ipv6 enabled yes
      network interface ethernet ethernet1/1 layer3 ipv6 address 2001:db8::1/64
      network virtual-router default interface ethernet1/1
      network virtual-router default routing-table ipv6 static-route d destination ::/0
      network virtual-router default routing-table ipv6 static-route d nexthop ipv6-address 2001:db8::ff
      zone A network layer3 ethernet1/1`;
    expect(reasonsOf(text, 'A')).toEqual(['3 untrusted: default route ::/0 leaves here']);
  });

  test('is no other route', () => {
    expect(trustOf(`${TWO}\n${ROUTE} destination 10.0.0.0/8\n${ROUTE} nexthop ip-address 10.255.0.1`)).toMatchObject({
      A: 'internal',
    });
  });

  test('goes through another virtual router', () => {
    const text = `
      network interface ethernet ethernet1/1 layer3 ip 10.255.0.2/30
      network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
      network virtual-router outer interface ethernet1/1
      network virtual-router inner interface ethernet1/2
      network virtual-router inner routing-table ip static-route d destination 0.0.0.0/0
      network virtual-router inner routing-table ip static-route d nexthop next-vr outer
      network virtual-router outer routing-table ip static-route d destination 0.0.0.0/0
      network virtual-router outer routing-table ip static-route d nexthop ip-address 10.255.0.1
      zone A network layer3 ethernet1/1
      zone B network layer3 ethernet1/2`;
    expect(trustOf(text)).toMatchObject({ A: 'untrusted', B: 'internal' });
  });

  test('is learned with an address', () => {
    const text = (more: string): string => `network interface ethernet ethernet1/1 layer3 dhcp-client enable yes
      ${more}
      zone A network layer3 ethernet1/1`;
    expect(reasonsOf(text(''), 'A')).toEqual([
      '3 untrusted: default route learned here (`dhcp-client`)',
      '2 untrusted: the address comes from outside (`dhcp-client`)',
    ]);
    const kept = 'network interface ethernet ethernet1/1 layer3 dhcp-client create-default-route no';
    expect(reasonsOf(text(kept), 'A')).toEqual(['2 untrusted: the address comes from outside (`dhcp-client`)']);
  });
});

describe('addresses and words', () => {
  test('a public address, the name of the zone, the comment of the interface', () => {
    const text = `
      network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24
      network interface ethernet ethernet1/1 comment "uplink to ISP"
      zone L3-Untrust network layer3 ethernet1/1`;
    expect(reasonsOf(text, 'L3-Untrust')).toEqual([
      '2 untrusted: the zone is called "Untrust"',
      '2 untrusted: 203.0.113.2/24 is a public address',
      '1 untrusted: comment says "uplink"',
    ]);
  });

  test('zones that only rules name have their names', () => {
    expect(trustOf(allow('R', 'trust', '[ untrust mgmt x ]'))).toMatchObject({
      trust: 'internal',
      untrust: 'untrusted',
      mgmt: 'management',
      x: 'unknown',
    });
  });

  test('a BGP peer of another organisation', () => {
    const peer = (as: number): string => `${TWO}
      network virtual-router default protocol bgp local-as 64600
      network virtual-router default protocol bgp peer-group UP peer P peer-as ${as}
      network virtual-router default protocol bgp peer-group UP peer P peer-address ip 10.255.0.1`;
    expect(trustOf(peer(3320))).toMatchObject({ A: 'untrusted', B: 'internal' });
    expect(trustOf(peer(65010))).toMatchObject({ A: 'internal' });
  });
});

describe('tunnels', () => {
  const TUNNEL = `
    network interface tunnel units tunnel.1 ip 10.9.0.1/30
    network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
    network tunnel ipsec to-partner tunnel-interface tunnel.1
    zone remote network layer3 tunnel.1`;

  test('whose network is at the other end is for the user to say', () => {
    expect(trustOf(TUNNEL)).toMatchObject({ remote: 'unknown' });
    expect(reasonsOf(TUNNEL, 'remote')).toContain(
      "1 untrusted: IPsec tunnel to-partner: the other side may be somebody else's",
    );
    expect(trustOf(TUNNEL.replace('ipsec to-partner', 'global-protect-gateway GP'))).toMatchObject({
      remote: 'unknown',
    });
  });

  test('the name of the zone tells, and so does what else is in it', () => {
    expect(trustOf(TUNNEL.replace('zone remote', 'zone internal'))).toMatchObject({ internal: 'internal' });
    const mixed = TUNNEL.replace('layer3 tunnel.1', 'layer3 [ tunnel.1 ethernet1/2 ]');
    expect(trustOf(mixed)).toMatchObject({ remote: 'internal' });
  });
});
