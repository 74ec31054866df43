/** What the policy assumes decides what a configuration leaves open, and findings that rest on it say so. */
import { describe, expect, test } from 'vitest';
import type { DeviceReport, SourceReport } from '../../checks/device-report.ts';
import type { Finding } from '../../checks/finding.ts';
import { auditSource } from '../../checks/index.ts';
import { assumptionText, parserAssumptions, unusedAssumptions } from '../../checks/policy/assumptions.ts';
import { NO_POLICY, type Assumption } from '../../checks/policy/policy.ts';
import { addresses, prefix4 } from '../../parsers/model/address.ts';
import { parse } from '../../parsers/index.ts';

const EXPOSED = 'broker-reachable-from-untrusted';

function at(line: number): Assumption['place'] {
  return { source: 'brokerfence.yaml', line, column: 5, endColumn: 9 };
}

function hours(active: boolean, name = 'OFFICE'): Assumption {
  return { kind: 'time-range', name, active, place: at(20) };
}

function user(name: string, matches: boolean): Assumption {
  return { kind: 'identity', name, matches, place: at(30) };
}

const CLOUD: Assumption = {
  kind: 'fqdn',
  name: 'broker.example.com',
  addresses: addresses(prefix4(0xc0000207, 32)),
  place: at(10),
};

const ASA = (...lists: string[]): string => `ASA Version 9.12(4)
hostname edge-1
interface GigabitEthernet0/0
 nameif outside
 security-level 0
 ip address 203.0.113.2 255.255.255.0
interface GigabitEthernet0/1
 nameif dmz
 security-level 50
 ip address 10.20.30.1 255.255.255.0
object network CLOUD
 fqdn v4 broker.example.com
time-range OFFICE
 periodic weekdays 8:00 to 18:00
${lists.join('\n')}
access-list DMZ-IN extended deny ip any any
access-group OUTSIDE-IN in interface outside
access-group DMZ-IN in interface dmz
route outside 0.0.0.0 0.0.0.0 203.0.113.1 1
: end
`;

const PERMIT = 'access-list OUTSIDE-IN extended permit tcp any host 10.20.30.10 eq 1883';

const panos = (...fields: string[]): string => `set deviceconfig system hostname fw
set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24
set network interface ethernet ethernet1/2 layer3 ip 10.0.0.1/24
set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]
set network virtual-router default routing-table ip static-route d destination 0.0.0.0/0
set network virtual-router default routing-table ip static-route d interface ethernet1/1
set network virtual-router default routing-table ip static-route d nexthop ip-address 203.0.113.1
set zone untrust network layer3 ethernet1/1
set zone trust network layer3 ethernet1/2
set schedule OFFICE schedule-type recurring daily 08:00-18:00
set rulebase security rules r from trust
set rulebase security rules r to untrust
set rulebase security rules r source any
set rulebase security rules r destination any
set rulebase security rules r application mqtt
set rulebase security rules r service application-default
set rulebase security rules r action allow
${fields.map((field) => `set rulebase security rules r ${field}`).join('\n')}
`;

function report(text: string, ...assumptions: Assumption[]): SourceReport {
  const source = { name: 'edge.cfg', text };
  const parsed = parse(source, { assumptions: parserAssumptions(assumptions) });
  return auditSource(parsed, source, {
    trust: { untrusted: [], internal: [], internalNetworks: [] },
    policy: { ...NO_POLICY, assumptions },
    today: '2026-11-22',
  });
}

function device(text: string, ...assumptions: Assumption[]): DeviceReport {
  const [first] = report(text, ...assumptions).devices;
  if (first === undefined) throw new Error('no device');
  return first;
}

function findings(check: string, text: string, ...assumptions: Assumption[]): Finding[] {
  return device(text, ...assumptions).findings.filter((finding) => finding.check === check);
}

function told(found: readonly Finding[]): unknown[] {
  return found.map(({ confidence, assumptions, conditions }) => ({ confidence, assumptions, conditions }));
}

describe('a time range', () => {
  const text = ASA(`${PERMIT} time-range OFFICE`);

  test('that nothing is said of leaves it possible', () => {
    const conditions = [expect.stringContaining('time range OFFICE is active or not')];
    expect(told(findings(EXPOSED, text))).toEqual([{ confidence: 'possible', assumptions: undefined, conditions }]);
    expect(told(findings(EXPOSED, text, hours(true, 'office')))).toEqual(told(findings(EXPOSED, text)));
  });

  test('that is active makes it sure, and the finding says what it assumes', () => {
    const assumptions = ['time range OFFICE is active (brokerfence.yaml:20)'];
    expect(told(findings(EXPOSED, text, hours(true)))).toEqual([
      { confidence: 'definite', assumptions, conditions: [] },
    ]);
  });

  test('that is not active switches the rule off', () => {
    expect(findings(EXPOSED, text, hours(false))).toEqual([]);
  });

  test('of a rule that denies: the permit below it rests on it', () => {
    const denied = ASA(`${PERMIT.replace('permit', 'deny')} time-range OFFICE`, PERMIT);
    const assumptions = ['time range OFFICE is not active (brokerfence.yaml:20)'];
    expect(told(findings(EXPOSED, denied, hours(false)))).toEqual([
      { confidence: 'definite', assumptions, conditions: [] },
    ]);
    expect(findings(EXPOSED, denied, hours(true))).toEqual([]);
  });

  test('of rules that other packets meet is no matter of the finding', () => {
    const beside = ASA(
      'access-list OUTSIDE-IN extended deny tcp any host 10.20.30.11 eq 1883 time-range OFFICE',
      PERMIT,
    );
    expect(told(findings(EXPOSED, beside, hours(true)))).toEqual([
      { confidence: 'definite', assumptions: undefined, conditions: [] },
    ]);
  });

  test('is noted once, as what nobody read in the text', () => {
    const twice = ASA(`${PERMIT} time-range OFFICE`, `${PERMIT.replace('1883', '5672')} time-range OFFICE`);
    const { diagnostics } = report(twice, hours(true));
    expect(diagnostics.filter(({ code }) => code === 'source/assumed')).toMatchObject([
      {
        severity: 'note',
        message: 'it is assumed that time range OFFICE is active (brokerfence.yaml:20)',
        span: { line: 15 },
        more: 1,
      },
    ]);
  });
});

describe('schedules of other platforms', () => {
  const EGRESS = 'pubsub-egress-unapproved';
  const scheduled = panos('schedule OFFICE');

  test('PAN-OS', () => {
    expect(findings(EGRESS, scheduled).map(({ confidence }) => confidence)).not.toContain('definite');
    const [finding] = findings(EGRESS, scheduled, hours(true));
    expect(finding).toMatchObject({ confidence: 'definite', services: ['mqtt'] });
    expect(finding?.assumptions).toEqual(['time range OFFICE is active (brokerfence.yaml:20)']);
    expect(findings(EGRESS, scheduled, hours(false))).toEqual([]);
  });

  test('IOS', () => {
    const text = `version 15.2
hostname r
interface GigabitEthernet0/0
 ip address 203.0.113.2 255.255.255.0
 ip access-group IN in
interface GigabitEthernet0/1
 ip address 10.20.30.1 255.255.255.0
time-range OFFICE
 periodic weekdays 8:00 to 18:00
ip access-list extended IN
 permit tcp any host 10.20.30.10 eq 1883 time-range OFFICE
ip route 0.0.0.0 0.0.0.0 203.0.113.1
end
`;
    expect(told(findings(EXPOSED, text))).toMatchObject([{ confidence: 'possible' }]);
    expect(told(findings(EXPOSED, text, hours(true)))).toMatchObject([
      { confidence: 'definite', assumptions: ['time range OFFICE is active (brokerfence.yaml:20)'] },
    ]);
    expect(findings(EXPOSED, text, hours(false))).toEqual([]);
  });

  test('Junos', () => {
    const text = `set version 20.4R3
set system host-name srx
set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/24
set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24
set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1
set schedulers scheduler OFFICE daily start-time 08:00:00 stop-time 18:00:00
set security zones security-zone trust interfaces ge-0/0/1.0
set security zones security-zone untrust interfaces ge-0/0/0.0
set security policies from-zone untrust to-zone trust policy p match source-address any
set security policies from-zone untrust to-zone trust policy p match destination-address any
set security policies from-zone untrust to-zone trust policy p match application any
set security policies from-zone untrust to-zone trust policy p then permit
set security policies from-zone untrust to-zone trust policy p scheduler-name OFFICE
`;
    expect(new Set(findings(EXPOSED, text).map(({ confidence }) => confidence))).toEqual(new Set(['possible']));
    const sure = findings(EXPOSED, text, hours(true));
    expect(new Set(sure.map(({ confidence }) => confidence))).toEqual(new Set(['definite']));
    expect(sure[0]?.assumptions).toEqual(['time range OFFICE is active (brokerfence.yaml:20)']);
    expect(findings(EXPOSED, text, hours(false))).toEqual([]);
  });
});

describe('who sends', () => {
  const asa = ASA('access-list OUTSIDE-IN extended permit tcp user LAB\\kim any host 10.20.30.10 eq 1883');

  test('is decided by the name, with or without the word for what it is, in any case', () => {
    expect(told(findings(EXPOSED, asa))).toMatchObject([{ confidence: 'possible' }]);
    for (const name of ['LAB\\kim', 'user LAB\\kim', 'lab\\KIM']) {
      const found = findings(EXPOSED, asa, user(name, true));
      expect(told(found)).toMatchObject([
        { confidence: 'definite', assumptions: [`who sends is ${name} (brokerfence.yaml:30)`] },
      ]);
      expect(findings(EXPOSED, asa, user(name, false))).toEqual([]);
    }
    expect(told(findings(EXPOSED, asa, user('kim', true)))).toMatchObject([{ confidence: 'possible' }]);
  });

  test('on PAN-OS as well', () => {
    const text = panos('source-user lab\\kim');
    const [finding] = findings('pubsub-egress-unapproved', text, user('lab\\kim', true));
    expect(finding).toMatchObject({ confidence: 'definite', services: ['mqtt'] });
    expect(finding?.assumptions).toEqual(['who sends is lab\\kim (brokerfence.yaml:30)']);
    expect(findings('pubsub-egress-unapproved', text, user('lab\\kim', false))).toEqual([]);
  });
});

describe('a host name', () => {
  const text = ASA(
    'access-list OUTSIDE-IN extended deny tcp object CLOUD host 10.20.30.10 eq 1883',
    'access-list OUTSIDE-IN extended permit tcp any host 10.20.30.10 eq 1883',
  );

  test('is its addresses, and what is permitted beside them rests on it', () => {
    expect(told(findings(EXPOSED, text))).toMatchObject([{ confidence: 'possible', assumptions: undefined }]);
    const [finding, ...others] = findings(EXPOSED, text, CLOUD);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      confidence: 'definite',
      conditions: [],
      assumptions: ['host name broker.example.com is 192.0.2.7 (brokerfence.yaml:10)'],
    });
    expect(finding?.flows.flows.flatMap(({ source }) => source)).toEqual([
      '0.0.0.0-192.0.2.6',
      '192.0.2.8-255.255.255.255',
    ]);
  });

  test('and a time range: both are said, in the order of the policy', () => {
    const both = ASA(
      'access-list OUTSIDE-IN extended permit tcp object CLOUD host 10.20.30.10 eq 1883 time-range OFFICE',
    );
    const [finding] = findings(EXPOSED, both, hours(true), CLOUD);
    expect(finding).toMatchObject({
      confidence: 'definite',
      assumptions: [hours(true), CLOUD].map(assumptionText),
    });
    const [half] = findings(EXPOSED, both, CLOUD);
    expect(half).toMatchObject({ confidence: 'possible', assumptions: [assumptionText(CLOUD)] });
  });
});

describe('of several entries for a name', () => {
  test('the last counts', () => {
    const text = ASA(`${PERMIT} time-range OFFICE`);
    expect(findings(EXPOSED, text, hours(true), hours(false))).toEqual([]);
    const other = { ...CLOUD, name: 'BROKER.example.com', addresses: addresses(prefix4(0xc0000300, 32)) };
    const { fqdn } = parserAssumptions([CLOUD, other]);
    expect([...fqdn]).toEqual([['broker.example.com', { addresses: other.addresses, place: CLOUD.place }]]);
  });
});

describe('what names nothing', () => {
  test('is told, after all inputs were looked at', () => {
    const all = [CLOUD, hours(true), hours(true, 'NIGHT'), user('LAB\\kim', true), { ...CLOUD, name: 'x.example.com' }];
    const parsedOf = (text: string) => parse({ name: 'a.cfg', text }, { assumptions: parserAssumptions(all) });
    const left = unusedAssumptions(parsedOf(ASA(`${PERMIT} time-range OFFICE`)), all);
    expect(left.map(({ name }) => name)).toEqual(['NIGHT', 'LAB\\kim', 'x.example.com']);
    const second = unusedAssumptions(parsedOf(panos('source-user lab\\kim')), left);
    expect(second.map(({ name }) => name)).toEqual(['NIGHT', 'x.example.com']);
  });
});
