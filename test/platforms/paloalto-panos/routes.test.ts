import { describe, expect, test } from 'vitest';
import { formatAddressTerm } from '../../../parsers/model/format.ts';
import { allow, readPanos, type ReadFirewall } from './read-panos.ts';

const ROUTED = `
  network interface ethernet ethernet1/1 layer3 ip 203.0.113.1/24
  network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
  network interface ethernet ethernet1/3 layer3 ip 10.0.3.1/24
  zone untrust network layer3 ethernet1/1
  zone trust network layer3 ethernet1/2
  zone dmz network layer3 ethernet1/3
  ${allow('R', 'any', 'any')}`;

const DEFAULT = 'network virtual-router default';
const STATIC = `${DEFAULT} routing-table ip static-route`;

function routes({ device }: ReadFirewall): readonly string[] {
  return device().routes.map(
    ({ destination, segment = '?', routingContext }) =>
      `${formatAddressTerm(destination)} ${segment} ${routingContext}`,
  );
}

describe('routes', () => {
  test('of networks and statements, by what they leave by', () => {
    const read = readPanos(`${ROUTED}
      ${DEFAULT} interface [ ethernet1/1 ethernet1/2 ethernet1/3 ]
      ${STATIC} d destination 0.0.0.0/0
      ${STATIC} d nexthop ip-address 203.0.113.254
      ${STATIC} lab destination 10.20.0.1/16
      ${STATIC} lab interface ethernet1/2
      ${STATIC} gone destination 10.30.0.0/16
      ${STATIC} gone nexthop discard
      ${STATIC} kept-out destination 10.31.0.0/16
      ${STATIC} kept-out nexthop ip-address 10.0.2.9
      ${STATIC} kept-out route-table no-install
      ${STATIC} far destination 10.40.0.0/16
      ${STATIC} far nexthop ip-address 172.16.0.1`);
    expect(routes(read)).toEqual([
      '203.0.113.0/24 untrust default',
      '10.0.2.0/24 trust default',
      '10.0.3.0/24 dmz default',
      '0.0.0.0/0 untrust default',
      '10.20.0.0/16 trust default',
      '10.40.0.0/16 ? default',
    ]);
  });

  test('of logical routers, and of IPv6', () => {
    const read = readPanos(`${ROUTED}
      network interface ethernet ethernet1/1 layer3 ipv6 enabled yes
      network interface ethernet ethernet1/1 layer3 ipv6 address 2001:db8::1/64
      network logical-router LR vrf default interface [ ethernet1/1 ethernet1/2 ]
      network logical-router LR vrf default routing-table ipv6 static-route d destination ::/0
      network logical-router LR vrf default routing-table ipv6 static-route d nexthop ipv6-address 2001:db8::ff`);
    expect(routes(read)).toContain('::/0 untrust LR');
    expect(read.segment('trust').routingContext).toBe('LR');
  });

  test('may go to an address object', () => {
    const read = readPanos(`${ROUTED}
      shared address LAB ip-netmask 10.20.0.0/16
      ${DEFAULT} interface ethernet1/2
      ${STATIC} lab destination LAB
      ${STATIC} lab nexthop ip-address 10.0.2.9`);
    expect(routes(read)).toContain('10.20.0.0/16 trust default');
  });
});

const TWO = `
  network virtual-router outer interface ethernet1/1
  network virtual-router inner interface [ ethernet1/2 ethernet1/3 ]`;
const TO_INNER = 'network virtual-router outer routing-table ip static-route in';
const PACKET = 'tcp 203.0.113.9:50000 > 10.0.2.2:1883';

describe('two virtual routers', () => {
  test('have no way from one to the other without a route', () => {
    const { verdict, segment } = readPanos(`${ROUTED}${TWO}`);
    expect(verdict('untrust', 'trust', PACKET)).toBe(
      'different virtual routers, and no route from the one to the other: outer and inner',
    );
    expect(verdict('trust', 'dmz', PACKET)).toBe('permit');
    expect(segment('untrust').routingContext).toBe('outer');
  });

  test.for([
    ['in destination 0.0.0.0/0', 'permit', 'permit'],
    ['in destination 10.0.2.0/24', 'permit', 'deny'],
    ['in destination $inside', 'unknown', 'unknown'],
  ] as const)('a route (%s) is one way for what it covers', ([route, covered, other]) => {
    const { verdict } = readPanos(`${ROUTED}${TWO}
      network virtual-router outer routing-table ip static-route ${route}
      ${TO_INNER} nexthop next-vr inner`);
    expect(verdict('untrust', 'trust', PACKET)).toBe(covered);
    expect(verdict('untrust', 'trust', 'tcp 203.0.113.9:50000 > 10.9.2.2:1883')).toBe(other);
    expect(verdict('trust', 'untrust', PACKET)).toMatch(/^different virtual routers/u);
  });

  test('a routing protocol may add to it', () => {
    const { verdict } = readPanos(`${ROUTED}${TWO}
      ${TO_INNER} destination 10.0.2.0/24
      ${TO_INNER} nexthop next-vr inner
      network virtual-router outer protocol bgp enable yes`);
    expect(verdict('untrust', 'trust', PACKET)).toBe('permit');
    expect(verdict('untrust', 'trust', 'tcp 203.0.113.9:50000 > 10.9.2.2:1883')).toBe('unknown');
  });

  test('what goes on behind a third one is not definite', () => {
    const { verdict } = readPanos(`${ROUTED}${TWO}
      network virtual-router middle interface loopback.1
      ${TO_INNER} destination 0.0.0.0/0
      ${TO_INNER} nexthop next-vr middle
      network virtual-router middle routing-table ip static-route on destination 0.0.0.0/0
      network virtual-router middle routing-table ip static-route on nexthop next-vr inner`);
    expect(verdict('untrust', 'trust', PACKET)).toBe('unknown');
  });

  test('the destination is that behind NAT', () => {
    const { verdict } = readPanos(`${ROUTED}${TWO}
      ${TO_INNER} destination 10.0.2.0/24
      ${TO_INNER} nexthop next-vr inner
      rulebase nat rules broker from untrust
      rulebase nat rules broker to untrust
      rulebase nat rules broker source any
      rulebase nat rules broker destination 203.0.113.10
      rulebase nat rules broker service any
      rulebase nat rules broker destination-translation translated-address 10.0.2.2`);
    expect(verdict('untrust', 'trust', 'tcp 198.51.100.9:50000 > 203.0.113.10:1883')).toBe('permit');
    expect(verdict('untrust', 'trust', 'tcp 198.51.100.9:50000 > 203.0.113.11:1883')).toBe('deny');
  });

  test('policy-based forwarding may lead from one to the other', () => {
    const pbf = 'rulebase pbf rules GUESTS';
    const { verdict } = readPanos(`${ROUTED}${TWO}
      ${pbf} from zone trust
      ${pbf} action forward egress-interface ethernet1/1`);
    expect(verdict('trust', 'untrust', PACKET)).toBe('unknown');
    expect(verdict('dmz', 'untrust', PACKET)).toMatch(/^different virtual routers/u);
  });
});

test('a zone whose interfaces are in no virtual router is not audited, which is said', () => {
  const { segment, codes, verdict } = readPanos(`${ROUTED}
    ${DEFAULT} interface [ ethernet1/1 ethernet1/2 ]`);
  expect(segment('dmz').transit).toBe('dormant');
  expect(codes).toContain('panos/zone-without-router');
  expect(verdict('trust', 'dmz', PACKET)).toBe('no interface of zone dmz is in a virtual router');
});

test('a text without virtual routers says nothing about them', () => {
  const { segment, verdict } = readPanos(ROUTED);
  expect(segment('dmz')).toMatchObject({ transit: 'yes', routingContext: 'default' });
  expect(verdict('trust', 'dmz', PACKET)).toBe('permit');
});

describe('the zone that a translated destination leaves by', () => {
  /** Two destination translations: to a host of a connected network, and to one that only a static route knows. */
  const NAT = (to: string): string => `
    ${DEFAULT} interface [ ethernet1/1 ethernet1/2 ethernet1/3 ]
    ${STATIC} d destination 0.0.0.0/0
    ${STATIC} d nexthop ip-address 203.0.113.254
    ${STATIC} lab destination 10.20.0.0/16
    ${STATIC} lab nexthop ip-address 10.0.2.9
    rulebase nat rules broker from untrust
    rulebase nat rules broker to untrust
    rulebase nat rules broker source any
    rulebase nat rules broker destination 203.0.113.10
    rulebase nat rules broker service any
    rulebase nat rules broker destination-translation translated-address ${to}`;
  const OUTSIDE = 'tcp 198.51.100.9:50000 > 203.0.113.10:1883';

  test.for([
    ['10.0.3.5', '', 'dmz'],
    ['10.20.0.5', '', 'trust'],
    ['10.21.0.5', '', 'untrust'],
    ['10.0.3.5', `${DEFAULT} protocol ospf enable yes`, 'dmz'],
  ] as const)('%s %s: %s', ([to, more, zone]) => {
    const { verdict } = readPanos(`${ROUTED}${NAT(to)}\n${more}`);
    const verdicts = ['untrust', 'trust', 'dmz'].filter((each) => verdict('untrust', each, OUTSIDE) === 'permit');
    expect(verdicts).toEqual([zone]);
  });

  test('is found in the virtual router that the way leads to', () => {
    const nat = 'rulebase nat rules CLOUD';
    const { verdict } = readPanos(`${ROUTED}${TWO}
      network virtual-router inner routing-table ip static-route d destination 0.0.0.0/0
      network virtual-router inner routing-table ip static-route d nexthop next-vr outer
      network virtual-router outer routing-table ip static-route d destination 0.0.0.0/0
      network virtual-router outer routing-table ip static-route d nexthop ip-address 203.0.113.254
      ${nat} from trust\n${nat} to dmz\n${nat} source any\n${nat} destination 10.0.3.10\n${nat} service any
      ${nat} destination-translation translated-address 198.51.100.5`);
    const packet = 'tcp 10.0.2.9:50000 > 10.0.3.10:8883';
    expect([verdict('trust', 'untrust', packet), verdict('trust', 'dmz', packet)]).toEqual(['permit', 'deny']);
  });

  test('may be any where routes are learned', () => {
    const { verdict } = readPanos(`${ROUTED}${NAT('10.20.0.5')}\n${DEFAULT} protocol ospf enable yes`);
    expect(verdict('untrust', 'dmz', OUTSIDE)).not.toBe('deny');
    expect(verdict('untrust', 'trust', OUTSIDE)).not.toBe('deny');
  });
});
