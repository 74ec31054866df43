/** Which permits and denials leave a record, as each platform writes them. */
import { describe, expect, test } from 'vitest';
import { egressDenyNotLogged } from '../../checks/visibility/egress-deny-not-logged.ts';
import { pubsubPermitNotLogged } from '../../checks/visibility/pubsub-permit-not-logged.ts';
import { asaEdge, findingsBy, iosEdge, panEdge, panRule, srxEdge, srxPolicy, summary } from './edge-texts.ts';

const BOUND = { inside: [' ip access-group IN in'] };
const MQTT = 'permit tcp any host 192.0.2.9 eq 1883';

const onIos = (entries: readonly string[], more: readonly string[] = []): readonly string[] =>
  iosEdge(['ip access-list extended IN', ...entries.map((entry) => ` ${entry}`), ...more], {
    ...BOUND,
    out: [' ip access-group OUT in'],
  });
const CLOSED = ['ip access-list extended OUT', ' deny ip any any log'];

describe('permits', () => {
  const permits = (platform: Parameters<typeof findingsBy>[1], text: readonly string[]): string[] =>
    findingsBy(pubsubPermitNotLogged, platform, text).map(summary);

  test('IOS writes what says log', () => {
    const [found, ...more] = findingsBy(pubsubPermitNotLogged, 'cisco-ios', onIos([MQTT, 'deny ip any any'], CLOSED));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      severity: 'low',
      confidence: 'definite',
      services: ['mqtt'],
      rules: ['IN: #1'],
      crossings: [{ from: 'GigabitEthernet0/1', to: 'GigabitEthernet0/0' }],
      message:
        'r1: GigabitEthernet0/1 → GigabitEthernet0/0: mqtt pass without a record, decided by extended access list IN rule #1',
    });
    expect(found?.evidence[0]?.text).toBe(MQTT);
    expect(permits('cisco-ios', onIos([`${MQTT} log`, 'deny ip any any'], CLOSED))).toEqual([]);
  });

  test('IOS with logging off writes nothing, whatever rules say', () => {
    expect(permits('cisco-ios', onIos([`${MQTT} log`], [...CLOSED, 'no logging on']))).toHaveLength(1);
  });

  test('one finding for all rules of a list', () => {
    const entries = Array.from({ length: 20 }, (_, host) => `permit tcp any host 192.0.2.${host + 1} eq 1883`);
    const found = findingsBy(pubsubPermitNotLogged, 'cisco-ios', onIos(entries, CLOSED));
    expect(found).toHaveLength(1);
    expect(found[0]?.rules).toHaveLength(20);
    expect(found[0]?.evidence).toHaveLength(12);
  });

  test('is milder where flow records are exported, and possible where the permit is', () => {
    const exporter = ['flow exporter E', ' destination 10.1.0.9', 'flow monitor M', ' exporter E'];
    const watched = iosEdge(['ip access-list extended IN', ` ${MQTT}`, ...CLOSED, ...exporter], {
      inside: [' ip access-group IN in', ' ip flow monitor M input'],
      out: [' ip access-group OUT in'],
    });
    expect(permits('cisco-ios', watched)).toEqual([
      'info definite GigabitEthernet0/1 → GigabitEthernet0/0: mqtt pass without a record, decided by extended access list IN ' +
        'rule #1; flow records of them are exported',
    ]);
    const timed = onIos([`${MQTT} time-range T`], [...CLOSED, 'time-range T', ' periodic daily 8:00 to 9:00']);
    expect(permits('cisco-ios', timed)).toEqual([
      'info possible GigabitEthernet0/1 → GigabitEthernet0/0: mqtt may pass without a record, decided by extended access list IN ' +
        'rule #1',
    ]);
  });

  test('the zone firewall of IOS writes sessions with audit-trail', () => {
    const zoned = (parameters: readonly string[], action: string): readonly string[] =>
      iosEdge(
        [
          'zone security A',
          'zone security B',
          'class-map type inspect match-any C',
          ' match protocol tcp',
          ...parameters,
          'policy-map type inspect P',
          ' class type inspect C',
          `  ${action}`,
          ' class class-default',
          '  drop log',
          'zone-pair security Z source A destination B',
          ' service-policy type inspect P',
        ],
        { out: [' zone-member security B'], inside: [' zone-member security A'] },
      );
    const audited = ['parameter-map type inspect M', ' audit-trail on'];
    expect(permits('cisco-ios', zoned([], 'inspect'))).toHaveLength(1);
    expect(permits('cisco-ios', zoned(audited, 'inspect'))).toHaveLength(1);
    expect(permits('cisco-ios', zoned(audited, 'inspect M'))).toEqual([]);
  });

  test('ASA writes built connections where a place takes severity 6', () => {
    const asa = (...logging: readonly string[]): string[] =>
      permits(
        'cisco-asa',
        asaEdge([`access-list IN extended ${MQTT}`, 'access-group IN in interface inside', ...logging]),
      );
    const silent =
      'low definite inside → outside: mqtt pass without a record, decided by extended access list IN rule #1';
    expect(asa()).toEqual([silent]);
    expect(asa('logging enable')).toEqual([silent]);
    expect(asa('logging buffered informational')).toEqual([silent]);
    expect(asa('logging enable', 'logging buffered notifications')).toEqual([silent]);
    expect(asa('logging enable', 'logging buffered informational')).toEqual([]);
    expect(asa('logging enable', 'logging buffered informational', 'no logging message 302013')).toEqual([silent]);
    expect(asa('logging enable', 'logging buffered warnings', 'logging message 302013 level 4')).toEqual([silent]);
    expect(
      asa(
        'logging enable',
        'logging buffered warnings',
        'logging message 302013 level 4',
        'logging message 302015 level 3',
      ),
    ).toEqual([]);
    // Which messages a list of a class takes is not followed.
    expect(asa('logging enable', 'logging list L level warnings class vpn', 'logging buffered L')).toEqual([
      'info possible inside → outside: mqtt may pass without a record, decided by extended access list IN rule #1',
    ]);
  });

  test('a log keyword of ASA has a severity of its own', () => {
    const asa = (option: string): string[] =>
      permits(
        'cisco-asa',
        asaEdge([
          `access-list IN extended ${MQTT} ${option}`,
          'access-group IN in interface inside',
          'logging enable',
          'logging buffered errors',
        ]),
      );
    expect(asa('log')).toHaveLength(1);
    expect(asa('log errors')).toEqual([]);
    expect(asa('log disable')).toHaveLength(1);
  });

  test('what ASA lets pass by security level is written as well', () => {
    const [found] = findingsBy(pubsubPermitNotLogged, 'cisco-asa', asaEdge([]));
    expect(found).toMatchObject({ rules: [], severity: 'low' });
    expect(found?.message).toContain('decided by security-level 100 → 0');
    expect(permits('cisco-asa', asaEdge(['logging enable', 'logging asdm debugging']))).toEqual([]);
  });

  test('SRX writes what has log, filters what has syslog or log', () => {
    expect(permits('juniper-junos', srxEdge(srxPolicy('out')))).toHaveLength(1);
    expect(permits('juniper-junos', srxEdge(srxPolicy('out', 'permit', 'log session-close')))).toEqual([]);
    const term = 'set firewall family inet filter F term';
    const router = (...then: readonly string[]): readonly string[] => [
      ...srxEdge([]).filter((line) => !line.includes('security')),
      'set interfaces ge-0/0/1 unit 0 family inet filter input F',
      ...then.map((action) => `${term} t then ${action}`),
      'set interfaces ge-0/0/0 unit 0 family inet filter input G',
      'set firewall family inet filter G term t then discard',
    ];
    expect(permits('juniper-junos', router('accept'))).toHaveLength(1);
    expect(permits('juniper-junos', router('accept', 'syslog'))).toEqual([]);
    expect(permits('juniper-junos', router('accept', 'log'))).toEqual([]);
  });

  test('PAN-OS writes at session end unless told not to, and keeps what no profile sends', () => {
    const sent = [
      'set shared server-profile syslog S server s server 10.1.0.9',
      'set shared log-settings profiles L match-list m log-type traffic',
      'set shared log-settings profiles L match-list m send-syslog S',
    ];
    expect(permits('paloalto-panos', panEdge(panRule('out')))).toEqual([]);
    expect(permits('paloalto-panos', panEdge(panRule('out', { 'log-end': 'no' })))).toHaveLength(1);
    const two = panEdge([
      ...sent,
      ...panRule('a', { destination: '192.0.2.1', 'log-setting': 'L' }),
      ...panRule('b', { destination: '192.0.2.2' }),
    ]);
    expect(findingsBy(pubsubPermitNotLogged, 'paloalto-panos', two)).toMatchObject([
      { severity: 'info', confidence: 'definite', rules: [expect.stringContaining(': b')] },
    ]);
  });
});

describe('denials', () => {
  const denials = (platform: Parameters<typeof findingsBy>[1], text: readonly string[]): string[] =>
    findingsBy(egressDenyNotLogged, platform, text).map(summary);

  test('the implicit deny of IOS writes nothing; an entry of its own does', () => {
    expect(denials('cisco-ios', onIos([MQTT], CLOSED))).toEqual([
      'low definite GigabitEthernet0/1 → GigabitEthernet0/0: no record is written of what is denied by implicit deny at the end of ' +
        'access list IN',
    ]);
    expect(denials('cisco-ios', onIos([MQTT, 'deny ip any any log'], CLOSED))).toEqual([]);
    expect(denials('cisco-ios', onIos([MQTT, 'deny ip any any'], CLOSED))).toEqual([
      'low definite GigabitEthernet0/1 → GigabitEthernet0/0: no record is written of what is denied by extended access list IN rule #2',
    ]);
  });

  test('a denial of a messaging port by name counts, one of other ports or of wide ranges does not', () => {
    const others = ['deny tcp any any eq 25', 'deny tcp any any range 1024 9000', 'deny ip any 10.9.0.0 0.0.255.255'];
    const entries = ['deny tcp any any eq 1883', ...others, 'permit ip any any'];
    expect(denials('cisco-ios', onIos(entries, CLOSED))).toEqual([
      'low definite GigabitEthernet0/1 → GigabitEthernet0/0: no record is written of what is denied by extended access list IN rule #1',
    ]);
  });

  test('a filter that ends in a permit denies nothing at its end', () => {
    expect(denials('cisco-ios', onIos(['permit ip any any'], CLOSED))).toEqual([]);
  });

  test('ASA writes denied entries; of its implicit deny the guides and devices disagree', () => {
    const asa = (entry: string, ...logging: readonly string[]): string[] =>
      denials('cisco-asa', asaEdge([entry, 'access-group IN in interface inside', ...logging]));
    const entry = 'access-list IN extended deny ip any any';
    const on = ['logging enable', 'logging buffered warnings'];
    expect(asa(entry, ...on)).toEqual([]);
    expect(asa(`${entry} log disable`, ...on)).toHaveLength(1);
    expect(asa(entry, ...on, 'no logging message 106023')).toHaveLength(1);
    expect(asa(entry, 'logging enable', 'logging buffered errors')).toHaveLength(1);
    expect(asa(`access-list IN extended ${MQTT}`, ...on)).toEqual([
      'info possible inside → outside: whether a record is written of what is denied by implicit deny at the end of access list IN is ' +
        'not in the text',
    ]);
    expect(asa(`access-list IN extended ${MQTT}`)).toEqual([
      'low definite inside → outside: no record is written of what is denied by implicit deny at the end of access list IN',
    ]);
  });

  test('SRX and PAN-OS write nothing by their defaults', () => {
    expect(denials('juniper-junos', srxEdge([]))).toHaveLength(1);
    expect(denials('juniper-junos', srxEdge(srxPolicy('last', 'deny', 'log session-init')))).toEqual([]);
    expect(denials('paloalto-panos', panEdge([]))).toHaveLength(1);
    expect(denials('paloalto-panos', panEdge(panRule('last', { action: 'deny' })))).toEqual([]);
    const overridden = [
      'set rulebase default-security-rules rules interzone-default action deny',
      'set rulebase default-security-rules rules interzone-default log-end yes',
    ];
    expect(denials('paloalto-panos', panEdge(overridden))).toEqual([]);
  });
});
