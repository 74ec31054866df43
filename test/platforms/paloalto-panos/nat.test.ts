import { describe, expect, test } from 'vitest';
import { natOf } from './nat-policy.ts';

const EXPOSED = `
set address broker-pub ip-netmask 203.0.113.10
set address broker ip-netmask 10.1.1.5
set service mqtts protocol tcp port 8883
set rulebase nat rules broker-in from untrust
set rulebase nat rules broker-in to untrust
set rulebase nat rules broker-in source any
set rulebase nat rules broker-in destination broker-pub
set rulebase nat rules broker-in service mqtts
set rulebase nat rules broker-in destination-translation translated-address broker
set rulebase nat rules broker-in destination-translation translated-port 1883
`;

describe('a published address', () => {
  const { verdict, behind, diagnostics } = natOf(EXPOSED);

  test('is on the crossing to the zone of the real host, and on no other', () => {
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:8883';
    expect(verdict('untrust', 'dmz', packet)).toBe('permit');
    expect(verdict('untrust', 'lan', packet)).toBe('deny');
    expect(verdict('untrust', 'untrust', packet)).toBe('deny');
    expect(diagnostics).toEqual([]);
  });

  test('leads to its own zone on ports that no rule translates', () => {
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:1883';
    expect(verdict('untrust', 'dmz', packet)).toBe('deny');
    expect(verdict('untrust', 'untrust', packet)).toBe('permit');
  });

  test('is no matter of the rule for packets from other zones', () => {
    expect(verdict('lan', 'untrust', 'tcp 10.2.0.9:40000 > 203.0.113.10:8883')).toBe('permit');
  });

  test('leaves the real address to the security policy', () => {
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 10.1.1.5:1883')).toBe('permit');
  });

  test('becomes the real address and port behind the security policy', () => {
    expect(behind('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toEqual({
      packet: '198.51.100.7 > 10.1.1.5:1883',
      by: ['broker-in'],
    });
  });
});

describe('the first NAT rule that matches takes the packet', () => {
  const NO_NAT = `
set rulebase nat rules no-nat from untrust
set rulebase nat rules no-nat to untrust
set rulebase nat rules no-nat source 198.51.100.0/24
set rulebase nat rules no-nat destination 203.0.113.10
set rulebase nat rules no-nat service any
`;

  test('a rule without a translation keeps packets from later rules', () => {
    const { verdict } = natOf(NO_NAT + EXPOSED.trim());
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('deny');
    expect(verdict('untrust', 'untrust', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('permit');
    expect(verdict('untrust', 'dmz', 'tcp 192.0.2.7:40000 > 203.0.113.10:8883')).toBe('permit');
  });

  test('behind them it does nothing', () => {
    const { verdict } = natOf(EXPOSED.trim() + NO_NAT);
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('permit');
  });

  test('a source translation for everything shadows the destination translations behind it', () => {
    const hide = `
set rulebase nat rules hide from trust
set rulebase nat rules hide to untrust
set rulebase nat rules hide source any
set rulebase nat rules hide destination any
set rulebase nat rules hide service any
set rulebase nat rules hide source-translation dynamic-ip-and-port translated-address 203.0.113.2
`;
    const hairpin = EXPOSED.replaceAll('from untrust', 'from trust');
    const packet = 'tcp 10.3.0.9:40000 > 203.0.113.10:8883';
    const [shadowed, first] = [natOf(hide + hairpin.trim()), natOf(hairpin.trim() + hide)];
    expect(shadowed.verdict('trust', 'dmz', packet)).toBe('deny');
    expect(shadowed.verdict('trust', 'untrust', packet)).toBe('permit');
    expect(shadowed.behind('trust', 'untrust', packet)).toEqual({
      packet: '203.0.113.2 > 203.0.113.10:8883',
      by: ['hide'],
    });
    expect(first.verdict('trust', 'dmz', packet)).toBe('permit');
    expect(first.verdict('trust', 'untrust', packet)).toBe('deny');
  });

  test('pre-rules come before local ones', () => {
    const pre = EXPOSED.replaceAll('set rulebase', '%pre set rulebase').replaceAll('broker-in', 'pre-in');
    const local = `set address other ip-netmask 10.2.0.5\n${EXPOSED.trim().replace('address broker\n', 'address other\n')}`;
    const { verdict } = natOf(`${local}\n${pre.trim()}`);
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('permit');
    expect(verdict('untrust', 'lan', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('deny');
  });

  test('a rule that is switched off takes nothing', () => {
    const off = natOf(`${EXPOSED.trim()}\nset rulebase nat rules broker-in disabled yes`);
    expect(off.nat.translations).toEqual([]);
    expect(off.verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('permit');
  });

  test('a rule for other firewalls takes nothing, and one that may be for others is open', () => {
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:8883';
    expect(natOf(EXPOSED, undefined, { appliesTo: () => false }).nat.translations).toEqual([]);
    const perhaps = natOf(EXPOSED, undefined, { appliesTo: () => 'perhaps' });
    expect(perhaps.verdict('untrust', 'dmz', packet)).toBe('unknown');
    expect(perhaps.verdict('untrust', 'untrust', packet)).toBe('unknown');
  });

  test('rules that are missing from the text may take packets first', () => {
    const missing = [
      { title: 'rules pushed by Panorama', where: 'pre', span: { source: 'fw.set', line: 1, column: 1, endColumn: 2 } },
    ] as const;
    const { verdict } = natOf(EXPOSED, undefined, { missing });
    expect(verdict('untrust', 'untrust', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('unknown');
    expect(verdict('untrust', 'untrust', 'tcp 198.51.100.7:40000 > 203.0.113.99:8883')).toBe('permit');
    const behind = [{ ...missing[0], where: 'post' }] as const;
    const late = natOf(EXPOSED, undefined, { missingBehind: behind });
    expect(late.verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('permit');
    expect(late.verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('unknown');
  });

  test('within a zone too', () => {
    const inside = EXPOSED.replace('ip-netmask 10.1.1.5', 'ip-netmask 192.0.2.5');
    const { behind } = natOf(NO_NAT + inside.trim());
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:8883';
    expect(behind('untrust', 'untrust', packet)).toEqual({
      packet: '198.51.100.7 > 203.0.113.10:8883',
      by: ['no-nat'],
    });
    expect(behind('untrust', 'untrust', packet.replace('198.51.100.7', '198.18.0.7'))).toEqual({
      packet: '198.18.0.7 > 192.0.2.5:1883',
      by: ['broker-in'],
    });
  });
});

describe('zones', () => {
  test('a rule is compared with the zone that the original destination leads to', () => {
    const { verdict, diagnostics } = natOf(EXPOSED.replace('to untrust', 'to dmz'));
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('permit');
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'panos/nat-never-matches: NAT rule broker-in takes no packet: no route leads from its destinations to zone dmz',
    ]);
  });

  test('a rule that takes no packet does nothing to any', () => {
    expect(natOf(EXPOSED.replace('to untrust', 'to lan')).nat.steps('untrust', 'dmz').after).toEqual([]);
  });

  test('of several destinations the rule takes those that lead to its zone', () => {
    const both = EXPOSED.replace('destination broker-pub', 'destination [ broker-pub 10.2.0.7 ]');
    const packet = 'tcp 198.51.100.7:40000 > 10.2.0.7:8883';
    const { verdict } = natOf(both);
    expect(verdict('untrust', 'lan', packet)).toBe('permit');
    expect(verdict('untrust', 'lan', packet.replace('10.2.0.7', '203.0.113.10'))).toBe('deny');
    // The second rule sends on what the first leaves: the address that leads to another zone.
    const second = both
      .replace('set address broker-pub ip-netmask 203.0.113.10\n', '')
      .replaceAll('broker-in to untrust', 'broker-in to any')
      .replaceAll('broker-in', 'other');
    const chained = natOf(`${both.trim().replace('address broker\n', 'address 10.2.0.50\n')}${second}`);
    expect(chained.verdict('untrust', 'lan', packet)).toBe('deny');
    expect(chained.verdict('untrust', 'dmz', packet)).toBe('permit');
    expect(chained.verdict('untrust', 'lan', packet.replace('10.2.0.7', '203.0.113.10'))).toBe('permit');
  });

  test('where two rules compete for an address of which no route tells, either may take it', () => {
    const out = EXPOSED.replace('to untrust', 'to partner')
      .replaceAll('broker-in', 'out')
      .replace('address broker\n', 'address 192.0.2.5\n');
    const { verdict } = natOf(`${EXPOSED.trim()}${out}`, { dmz: ['10.1.1.0/24'], untrust: ['192.0.2.0/24'] });
    expect(verdict('untrust', 'untrust', 'tcp 198.51.100.7:40000 > 203.0.113.10:8883')).toBe('unknown');
  });

  test('where no route tells of the real host, its packets count on every crossing', () => {
    const { verdict, diagnostics } = natOf(EXPOSED, { untrust: ['203.0.113.0/24'] });
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:8883';
    expect(verdict('untrust', 'dmz', packet)).toBe('permit');
    expect(verdict('untrust', 'lan', packet)).toBe('permit');
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('deny');
    expect(diagnostics.map(({ code }) => code)).toEqual(['panos/nat-zone-unknown']);
  });

  test('where no route tells of the published address, the zone of the rule does', () => {
    const { verdict } = natOf(EXPOSED, { dmz: ['10.1.1.0/24'] });
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:8883';
    expect(verdict('untrust', 'dmz', packet)).toBe('permit');
    expect(verdict('untrust', 'untrust', packet)).toBe('deny');
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('permit');
  });

  test('`to-interface` restricts the rule where the zone has other interfaces', () => {
    const text = `${EXPOSED.trim()}\nset rulebase nat rules broker-in to-interface ethernet1/1`;
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:8883';
    const [one, two] = [['ethernet1/1'], ['ethernet1/1', 'ethernet1/2']];
    expect(natOf(text, undefined, { interfacesOf: () => one }).verdict('untrust', 'untrust', packet)).toBe('deny');
    expect(natOf(text, undefined, { interfacesOf: () => two }).verdict('untrust', 'untrust', packet)).toBe('unknown');
    const any = text.replace('ethernet1/1', 'any');
    expect(natOf(any, undefined, { interfacesOf: () => two }).verdict('untrust', 'untrust', packet)).toBe('deny');
  });

  test('redirecting everything on a port takes it off the crossing to the outside', () => {
    const { verdict } = natOf(`
set service mqtt protocol tcp port 1883
set rulebase nat rules redirect from lan
set rulebase nat rules redirect to untrust
set rulebase nat rules redirect source any
set rulebase nat rules redirect destination any
set rulebase nat rules redirect service mqtt
set rulebase nat rules redirect destination-translation translated-address 10.1.1.5
`);
    expect(verdict('lan', 'untrust', 'tcp 10.2.0.9:40000 > 192.0.2.7:1883')).toBe('deny');
    expect(verdict('lan', 'dmz', 'tcp 10.2.0.9:40000 > 192.0.2.7:1883')).toBe('permit');
    expect(verdict('lan', 'trust', 'tcp 10.2.0.9:40000 > 10.3.0.9:1883')).toBe('permit');
    expect(verdict('lan', 'untrust', 'tcp 10.2.0.9:40000 > 192.0.2.7:8883')).toBe('permit');
  });
});
