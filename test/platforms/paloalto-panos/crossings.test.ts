import { describe, expect, test } from 'vitest';
import { allow, readPanos } from './read-panos.ts';

const ZONES = `
  network interface ethernet ethernet1/1 layer3 ip 203.0.113.1/24
  network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
  network interface ethernet ethernet1/3 layer3 ip 10.0.3.1/24
  network interface ethernet ethernet1/4 layer3 ip 10.0.4.1/24
  zone untrust network layer3 ethernet1/1
  zone trust network layer3 [ ethernet1/2 ethernet1/4 ]
  zone dmz network layer3 ethernet1/3`;

const PACKET = 'tcp 10.0.2.9:50000 > 10.0.3.9:1883';

describe('defaults', () => {
  test('within a zone everything passes, between zones nothing', () => {
    const { verdict } = readPanos(ZONES);
    expect(verdict('trust', 'trust', PACKET)).toBe('permit');
    expect(verdict('trust', 'dmz', PACKET)).toBe('deny');
  });

  test('may be overridden', () => {
    const { verdict } = readPanos(`${ZONES}
      rulebase default-security-rules rules intrazone-default action deny
      rulebase default-security-rules rules interzone-default action allow`);
    expect(verdict('trust', 'trust', PACKET)).toBe('deny');
    expect(verdict('trust', 'dmz', PACKET)).toBe('permit');
  });
});

describe('rules', () => {
  test('are tried in order, whichever zone they name', () => {
    const { verdict } = readPanos(`${ZONES}
      ${allow('STOP', 'trust', 'dmz').replace('action allow', 'action deny')}
      ${allow('ALL', 'any', 'any')}`);
    expect(verdict('trust', 'dmz', PACKET)).toBe('deny');
    expect(verdict('dmz', 'trust', PACKET)).toBe('permit');
  });

  test('for several zones are about the zones themselves, too', () => {
    const both = `${ZONES}
      rulebase default-security-rules rules intrazone-default action deny
      ${allow('R', '[ trust dmz ]', '[ trust dmz ]')}`;
    expect(readPanos(both).verdict('trust', 'trust', PACKET)).toBe('permit');
    expect(readPanos(`${both}\nrulebase security rules R rule-type interzone`).verdict('trust', 'trust', PACKET)).toBe(
      'deny',
    );
    expect(readPanos(`${both}\nrulebase security rules R rule-type intrazone`).verdict('trust', 'dmz', PACKET)).toBe(
      'deny',
    );
  });

  test('see the address that arrives and the zone behind NAT', () => {
    const text = (from: string, to: string, destination: string): string => `${ZONES}
      rulebase nat rules BROKER from untrust
      rulebase nat rules BROKER to untrust
      rulebase nat rules BROKER source any
      rulebase nat rules BROKER destination 203.0.113.10
      rulebase nat rules BROKER service any
      rulebase nat rules BROKER destination-translation translated-address 10.0.3.5
      ${allow('R', from, to).replace('destination any', `destination ${destination}`)}`;
    const packet = 'tcp 198.51.100.7:50000 > 203.0.113.10:8883';
    expect(readPanos(text('untrust', 'dmz', '203.0.113.10')).verdict('untrust', 'dmz', packet)).toBe('permit');
    expect(readPanos(text('untrust', 'dmz', '10.0.3.5')).verdict('untrust', 'dmz', packet)).toBe('deny');
    expect(readPanos(text('untrust', 'any', 'any')).verdict('untrust', 'trust', packet)).toBe('deny');
  });

  test('stand in one stage, with the same lists for every pair of zones', () => {
    const device = readPanos(`${ZONES}\n${allow('R', 'any', 'any')}`).device();
    const lists = (from: string, to: string): readonly unknown[] => {
      const crossing = device.crossing(from, to);
      if ('none' in crossing) throw new Error(crossing.none);
      return crossing.steps.flatMap((step) => (step.kind === 'stage' ? step.stage.lists.map(({ list }) => list) : []));
    };
    expect(lists('trust', 'dmz')).toEqual(device.ruleLists);
    expect(lists('trust', 'dmz')[0]).toBe(lists('dmz', 'dmz')[0]);
    expect(device.crossing('trust', 'dmz')).toBe(device.crossing('trust', 'dmz'));
  });
});

describe('the firewall itself', () => {
  test('what it sends is not filtered; what it takes in is not known', () => {
    const { verdict } = readPanos(ZONES);
    expect(verdict('self', 'trust', PACKET)).toBe('permit');
    expect(verdict('untrust', 'self', PACKET)).toBe('unknown');
    expect(verdict('self', 'self', PACKET)).toBe('both are the device itself');
    expect(verdict('trust', 'nowhere', PACKET)).toBe('no such segment');
  });
});

describe('IPv6 firewalling', () => {
  const WIRE = `
    network interface ethernet ethernet1/1 virtual-wire
    network interface ethernet ethernet1/2 virtual-wire
    network interface ethernet ethernet1/3 layer3 ipv6 enabled yes
    network interface ethernet ethernet1/4 layer3 ipv6 enabled yes
    network virtual-wire w interface1 ethernet1/1
    network virtual-wire w interface2 ethernet1/2
    zone outside network virtual-wire ethernet1/1
    zone inside network virtual-wire ethernet1/2
    zone left network layer3 ethernet1/3
    zone right network layer3 ethernet1/4`;
  const SIX = 'tcp [2001:db8::1]:50000 > [2001:db8:1::1]:1883';

  test('is on', () => {
    const { verdict, codes } = readPanos(WIRE);
    expect([verdict('outside', 'inside', SIX), verdict('left', 'right', SIX)]).toEqual(['deny', 'deny']);
    expect(codes).not.toContain('panos/ipv6-firewalling');
    expect(
      readPanos(`${WIRE}\ndeviceconfig setting session ipv6-firewalling yes`).verdict('outside', 'inside', SIX),
    ).toBe('deny');
  });

  test('where it is off, wires let IPv6 through, and nothing is known of the rest', () => {
    const { verdict, codes } = readPanos(`${WIRE}\ndeviceconfig setting session ipv6-firewalling no`);
    expect(codes).toContain('panos/ipv6-firewalling');
    expect([verdict('outside', 'inside', SIX), verdict('left', 'right', SIX)]).toEqual(['permit', 'unknown']);
    expect([verdict('outside', 'inside', PACKET), verdict('left', 'right', PACKET)]).toEqual(['deny', 'deny']);
  });
});
