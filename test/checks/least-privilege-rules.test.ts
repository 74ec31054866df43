/** Rules about messaging that never come to their turn, or that change nothing. */
import { describe, expect, test } from 'vitest';
import { pubsubRuleRedundant } from '../../checks/least-privilege/pubsub-rule-redundant.ts';
import { pubsubRuleShadowed } from '../../checks/least-privilege/pubsub-rule-shadowed.ts';
import type { Finding } from '../../checks/finding.ts';
import { parse } from '../../parsers/index.ts';
import { checkText, reportsOn } from './one-check.ts';
import { panRule as rule } from './edge-texts.ts';

const ASA = [
  'hostname fw',
  'interface GigabitEthernet0/0',
  ' nameif outside',
  ' security-level 0',
  ' ip address 203.0.113.2 255.255.255.0',
  'interface GigabitEthernet0/1',
  ' nameif inside',
  ' security-level 100',
  ' ip address 10.0.0.1 255.255.255.0',
];

function asa(check: typeof pubsubRuleShadowed, ...entries: readonly string[]): Finding[] {
  const list = entries.map((entry) => `access-list OUT extended ${entry}`);
  return checkText(check, 'cisco-asa', [...ASA, ...list, 'access-group OUT in interface outside']);
}

const IOS = [
  'hostname r1',
  'interface GigabitEthernet0/0',
  ' ip address 203.0.113.2 255.255.255.0',
  ' ip access-group IN in',
  'interface GigabitEthernet0/1',
  ' ip address 10.0.0.1 255.255.255.0',
];

function ios(check: typeof pubsubRuleShadowed, ...entries: readonly string[]): Finding[] {
  return checkText(check, 'cisco-ios', [...IOS, 'ip access-list extended IN', ...entries.map((entry) => ` ${entry}`)]);
}

const PANOS = [
  'set deviceconfig system hostname fw',
  'set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24',
  'set network interface ethernet ethernet1/2 layer3 ip 10.0.0.1/24',
  'set network interface ethernet ethernet1/3 layer3 ip 10.9.0.1/24',
  'set network virtual-router default interface [ ethernet1/1 ethernet1/2 ethernet1/3 ]',
  'set zone untrust network layer3 ethernet1/1',
  'set zone trust network layer3 ethernet1/2',
  'set zone dmz network layer3 ethernet1/3',
  'set service tcp-1883 protocol tcp port 1883',
];

function panos(check: typeof pubsubRuleShadowed, ...rules: readonly (readonly string[])[]): Finding[] {
  return checkText(check, 'paloalto-panos', [...PANOS, ...rules.flat()]);
}

function srx(check: typeof pubsubRuleShadowed, ...policies: readonly (readonly [string, string, string])[]): Finding[] {
  const lines = policies.flatMap(([name, application, action]) => {
    const at = `set security policies from-zone trust to-zone untrust policy ${name}`;
    return [
      `${at} match source-address any`,
      `${at} match destination-address any`,
      `${at} match application ${application}`,
      `${at} then ${action}`,
    ];
  });
  return checkText(check, 'juniper-junos', [
    'set system host-name srx',
    'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/24',
    'set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24',
    'set security zones security-zone untrust interfaces ge-0/0/0.0',
    'set security zones security-zone trust interfaces ge-0/0/1.0',
    'set applications application mqtt protocol tcp destination-port 1883',
    'set applications application high protocol tcp destination-port 1024-65535',
    ...lines,
  ]);
}

const rulesOf = (findings: readonly Finding[]): (readonly string[])[] => findings.map((each) => each.rules);

describe(pubsubRuleShadowed.id, () => {
  test('finds a deny behind the permits that together take all of it', () => {
    const [finding, ...more] = asa(
      pubsubRuleShadowed,
      'permit tcp any 10.0.0.0 255.255.255.128 eq 1883',
      'permit tcp any 10.0.0.128 255.255.255.128 range 1880 1890',
      'deny tcp any 10.0.0.0 255.255.255.0 eq 1883',
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      confidence: 'definite',
      services: ['mqtt'],
      rules: ['OUT: #3'],
      message:
        'fw: rule #3 of extended access list OUT about mqtt can decide no packet: rules #1, #2 decide first, the other way',
    });
    expect(finding?.evidence.map(({ role, span }) => [role, span.line])).toEqual([
      ['decides', 12],
      ['context', 10],
      ['context', 11],
    ]);
  });

  test('is milder for a permit, and milder still where earlier rules do the same', () => {
    const behind = (first: string) =>
      ios(pubsubRuleShadowed, `${first} tcp any any eq 8883`, 'permit tcp any host 10.0.0.5 eq 8883');
    expect(behind('deny').map(({ severity }) => severity)).toEqual(['low']);
    expect(behind('permit').map(({ severity, message }) => [severity, message.includes('the same way')])).toEqual([
      ['info', true],
    ]);
  });

  test('tells rules with the same covering rules in one finding, and many of a list in few', () => {
    const two = ios(
      pubsubRuleShadowed,
      'deny tcp any any range 1880 5700',
      'permit tcp any host 10.0.0.5 eq 1883',
      'permit tcp any host 10.0.0.6 eq 5672',
    );
    expect(rulesOf(two)).toEqual([['IN: #2', 'IN: #3']]);
    const hosts = Array.from({ length: 20 }, (_, index) => `host 10.0.0.${index + 1}`);
    const many = ios(
      pubsubRuleShadowed,
      ...hosts.map((host) => `permit tcp any ${host} eq 1883`),
      ...hosts.map((host) => `deny tcp any ${host} eq 1883`),
    );
    expect(many.map(({ rules, evidence }) => [rules.length, evidence.length])).toEqual([[20, 24]]);
  });

  test('is silent where a packet is left, a cover may not match, and about rules that are not about messaging', () => {
    expect(
      asa(pubsubRuleShadowed, 'permit tcp any host 10.0.0.5 eq 1883', 'deny tcp any host 10.0.0.6 eq 1883'),
    ).toEqual([]);
    expect(
      asa(pubsubRuleShadowed, 'permit tcp any any eq 1883 time-range WORK', 'deny tcp any host 10.0.0.5 eq 1883'),
    ).toEqual([]);
    expect(asa(pubsubRuleShadowed, 'permit ip any any', 'permit tcp any any range 1024 65535')).toEqual([]);
    expect(asa(pubsubRuleShadowed, 'permit ip any any', 'deny tcp any any eq 443')).toEqual([]);
    expect(asa(pubsubRuleShadowed, 'permit ip any any', 'deny tcp any any eq 1883 inactive')).toEqual([]);
    const unbound = [
      ...ASA,
      'access-list A extended permit ip any any',
      'access-list A extended deny tcp any any eq 1883',
    ];
    expect(checkText(pubsubRuleShadowed, 'cisco-asa', unbound)).toEqual([]);
  });

  test('sees that a list of the whole device comes after that of the interface, for every interface', () => {
    const global = ['access-list G extended deny tcp any any eq 1883', 'access-group G global'];
    const outside = ['access-list O extended permit ip any any', 'access-group O in interface outside'];
    const inside = ['access-list I extended permit ip any any', 'access-group I in interface inside'];
    expect(checkText(pubsubRuleShadowed, 'cisco-asa', [...ASA, ...global, ...outside])).toEqual([]);
    const both = checkText(pubsubRuleShadowed, 'cisco-asa', [...ASA, ...global, ...outside, ...inside]);
    expect(both).toMatchObject([{ severity: 'medium', rules: ['G: #1'] }]);
    expect(both[0]?.message).toContain('rules #1 of O, #1 of I decide first');
  });

  test('compares rules of the same zones only', () => {
    const broad = rule('broad', {});
    const other = rule('dmz', { from: 'dmz', service: 'tcp-1883', action: 'deny' });
    const more = rule('more', { from: '[ trust dmz ]', service: 'tcp-1883', action: 'deny' });
    const same = rule('same', { service: 'tcp-1883', action: 'deny' });
    expect(panos(pubsubRuleShadowed, broad, other)).toEqual([]);
    expect(panos(pubsubRuleShadowed, broad, more)).toEqual([]);
    const [mixed] = panos(pubsubRuleShadowed, broad, other, more);
    expect(mixed?.message).toContain('rules broad, dmz decide first, in part the other way');
    expect(panos(pubsubRuleShadowed, broad, same)).toMatchObject([
      { rules: ['rules of vsys1: same'], severity: 'medium' },
    ]);
  });

  test('judges a rule about applications by their sessions', () => {
    const deny = rule('deny', { application: 'mqtt', action: 'deny' });
    const permit = rule('permit', { application: 'mqtt' });
    const web = rule('web', { application: 'web-browsing' });
    const [finding, ...more] = panos(pubsubRuleShadowed, deny, permit);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'low', rules: ['rules of vsys1: permit'] });
    expect(finding?.message).toContain('can decide no session: rule deny decides first, the other way');
    // Every first packet passes by the first rule; sessions of MQTT do not.
    expect(panos(pubsubRuleShadowed, web, permit)).toEqual([]);
  });

  test('names the crossings as not judged where the sets outgrow their memory', () => {
    const entries = Array.from(
      { length: 300 },
      (_, index) =>
        `access-list OUT extended deny tcp 192.${index % 250}.2.0 255.255.255.0 10.${index % 7}.0.0 255.255.0.0 eq ${index % 2 === 0 ? 1883 : 8883}`,
    );
    const source = { name: 'fw.cfg', text: [...ASA, ...entries, 'access-group OUT in interface outside'].join('\n') };
    const parsed = parse(source, { platform: 'cisco-asa' });
    const outcome = (maxNodes: number) =>
      reportsOn(pubsubRuleShadowed, parsed, [source], { maxNodes }).map(({ unjudged }) => unjudged.length > 0);
    expect(outcome(4_000_000)).toEqual([false]);
    expect(outcome(2_000)).toEqual([true]);
  });

  test('finds a policy of Junos behind a broader one', () => {
    expect(srx(pubsubRuleShadowed, ['all', 'high', 'permit'], ['no-mqtt', 'mqtt', 'deny'])).toMatchObject([
      { severity: 'medium', rules: ['from-zone trust to-zone untrust: no-mqtt'] },
    ]);
    expect(srx(pubsubRuleShadowed, ['no-mqtt', 'mqtt', 'deny'], ['all', 'high', 'permit'])).toEqual([]);
  });
});

describe(pubsubRuleRedundant.id, () => {
  test('finds a narrow permit ahead of a broad one', () => {
    const [finding, ...more] = asa(
      pubsubRuleRedundant,
      'permit tcp host 192.0.2.7 host 10.0.0.5 eq 8883',
      'deny tcp any any eq 1883',
      'permit tcp any host 10.0.0.5',
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'low',
      confidence: 'definite',
      services: ['mqtts'],
      rules: ['OUT: #1'],
      message:
        'fw: rule #1 of extended access list OUT about mqtts permits nothing that rule #3 would not permit without it',
    });
    expect(finding?.evidence.map(({ role, span }) => [role, span.line])).toEqual([
      ['decides', 10],
      ['context', 12],
    ]);
  });

  test('is silent where the follower does less: in addresses, in other ports, in its log', () => {
    const narrow = 'permit tcp any 10.0.0.0 255.255.255.0 range 1880 1890';
    expect(asa(pubsubRuleRedundant, narrow, 'permit tcp any host 10.0.0.5')).toEqual([]);
    expect(asa(pubsubRuleRedundant, narrow, 'permit tcp any any eq 1883')).toEqual([]);
    expect(asa(pubsubRuleRedundant, narrow, 'permit tcp any any range 1880 1890')).toHaveLength(1);
    expect(asa(pubsubRuleRedundant, `${narrow} log`, 'permit tcp any any')).toEqual([]);
  });

  test('is silent where the follower may not match, and where a deny stands between', () => {
    const narrow = 'permit tcp any host 10.0.0.5 eq 8883';
    expect(ios(pubsubRuleRedundant, narrow, 'permit tcp any any time-range WORK', 'deny ip any any')).toEqual([]);
    expect(ios(pubsubRuleRedundant, narrow, 'deny tcp any any eq 8883', 'permit ip any any')).toEqual([]);
    expect(ios(pubsubRuleRedundant, narrow, 'permit tcp any any established', 'deny ip any any')).toEqual([]);
    expect(ios(pubsubRuleRedundant, `${narrow} time-range WORK`, 'permit tcp any any')).toHaveLength(1);
  });

  test('leaves a deny that is written out ahead of a general one, and tells one ahead of another about messaging', () => {
    const deny = 'deny tcp any host 10.0.0.5 eq 1883';
    expect(ios(pubsubRuleRedundant, deny, 'deny ip any any')).toEqual([]);
    expect(ios(pubsubRuleRedundant, deny)).toEqual([]);
    expect(ios(pubsubRuleRedundant, deny, 'deny tcp any any eq 1883', 'permit ip any any')).toMatchObject([
      { severity: 'info', rules: ['IN: #1'] },
    ]);
  });

  test('leaves two equal rules to the check on shadowed ones', () => {
    const twice = ['permit tcp any host 10.0.0.5 eq 1883', 'permit tcp any host 10.0.0.5 eq 1883'];
    expect(asa(pubsubRuleRedundant, ...twice)).toEqual([]);
    expect(asa(pubsubRuleShadowed, ...twice)).toHaveLength(1);
  });

  test('asks first packets and sessions', () => {
    const mqtt = rule('mqtt', { application: 'mqtt', service: 'application-default' });
    const any = rule('any', {});
    const port = rule('port', { service: 'tcp-1883' });
    expect(panos(pubsubRuleRedundant, mqtt, any)).toMatchObject([{ rules: ['rules of vsys1: mqtt'], severity: 'low' }]);
    expect(panos(pubsubRuleRedundant, mqtt, rule('web', { application: 'web-browsing' }))).toEqual([]);
    expect(panos(pubsubRuleRedundant, mqtt, port)).toEqual([]);
    const inspected = [...any, 'set rulebase security rules any profile-setting profiles vulnerability strict'];
    const looked = [...mqtt, 'set rulebase security rules mqtt profile-setting profiles vulnerability strict'];
    expect(panos(pubsubRuleRedundant, looked, any)).toEqual([]);
    expect(panos(pubsubRuleRedundant, looked, inspected)).toHaveLength(1);
  });

  test('finds a policy of Junos ahead of a broader one', () => {
    expect(srx(pubsubRuleRedundant, ['mqtt-out', 'mqtt', 'permit'], ['all', 'any', 'permit'])).toMatchObject([
      { severity: 'low', rules: ['from-zone trust to-zone untrust: mqtt-out'] },
    ]);
    expect(srx(pubsubRuleRedundant, ['mqtt-out', 'mqtt', 'permit'])).toEqual([]);
  });
});
