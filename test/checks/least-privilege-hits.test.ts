/** Counters of rules beside the configuration, and permits that have counted nothing. */
import { describe, expect, test } from 'vitest';
import { pubsubRuleUnused } from '../../checks/least-privilege/pubsub-rule-unused.ts';
import { parse, type Bundle } from '../../parsers/index.ts';
import { printDevice } from '../../parsers/model/print.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { checkText, findingsOn } from './one-check.ts';

const ASA = [
  'hostname fw',
  'interface GigabitEthernet0/0',
  ' nameif outside',
  ' security-level 0',
  ' ip address 203.0.113.2 255.255.255.0',
  'object-group network CLIENTS',
  ' network-object host 192.0.2.1',
  ' network-object host 192.0.2.2',
  'access-list OUT remark telemetry',
  'access-list OUT extended permit tcp any host 10.0.0.5 eq 8883 log',
  'access-list OUT extended permit tcp object-group CLIENTS host 10.0.0.6 eq 1883',
  'access-list OUT extended deny ip any any',
  'access-group OUT in interface outside',
];

const ASA_SHOWN = [
  'access-list OUT; 4 elements; name hash: 0xaf1b712e',
  'access-list OUT line 1 remark telemetry',
  'access-list OUT line 2 extended permit tcp any host 10.0.0.5 eq 8883 log informational interval 300 (hitcnt=7) 0x61fe98bb',
  'access-list OUT line 3 extended permit tcp object-group CLIENTS host 10.0.0.6 eq 1883 0xca48629c',
  '  access-list OUT line 3 extended permit tcp host 192.0.2.1 host 10.0.0.6 eq 1883 (hitcnt=0) 0xca48629d',
  '  access-list OUT line 3 extended permit tcp host 192.0.2.2 host 10.0.0.6 eq 1883 (hitcnt=0) 0xca48629e',
  'access-list OUT line 4 extended deny ip any any (hitcnt=55) 0x37cf3004',
];

const IOS = [
  'hostname r1',
  'interface GigabitEthernet0/0',
  ' ip address 203.0.113.2 255.255.255.0',
  ' ip access-group IN in',
  'ip access-list extended IN',
  ' remark telemetry',
  ' permit tcp any host 10.0.0.5 eq 1883',
  ' permit tcp any host 10.0.0.5 eq 8883 log',
  ' deny ip any any',
];

const IOS_SHOWN = [
  'Extended IP access list IN',
  '    10 permit tcp any host 10.0.0.5 eq 1883',
  '    20 permit tcp any host 10.0.0.5 eq 8883 log (12 matches)',
  '    30 deny ip any any (1 match)',
];

const SRX = [
  'set system host-name srx',
  'set security zones security-zone untrust interfaces ge-0/0/0.0',
  'set security zones security-zone trust interfaces ge-0/0/1.0',
  ...['mqtt-out', 'web-out'].flatMap((name) => {
    const at = `set security policies from-zone trust to-zone untrust policy ${name}`;
    return [
      `${at} match source-address any`,
      `${at} match destination-address any`,
      `${at} match application ${name === 'mqtt-out' ? 'mqtt' : 'junos-https'}`,
      `${at} then permit`,
    ];
  }),
  'set applications application mqtt protocol tcp destination-port 1883',
];

const RULE = '-'.repeat(74);

function srxTable(mqtt: number, web: number): string[] {
  return [
    RULE,
    'Logical system: root-logical-system',
    'Index   From zone        To zone           Name           Policy count  Action',
    `1       trust            untrust           mqtt-out       ${mqtt}             Permit`,
    `2       trust            untrust           web-out        ${web}             Permit`,
    'Number of policy: 2',
  ];
}

const PANOS = [
  'set deviceconfig system hostname fw',
  'set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24',
  'set zone untrust network layer3 ethernet1/1',
  ...[
    ['"mqtt out"', 'mqtt'],
    ['web', 'ssl'],
  ].flatMap(([name, application]) =>
    ['from any', 'to untrust', 'source any', 'destination any', 'service any', 'action allow']
      .map((part) => `set rulebase security rules ${name} ${part}`)
      .concat(`set rulebase security rules ${name} application ${application}`),
  ),
];

const PANOS_TABLE = [
  'admin@fw> show rule-hit-count vsys vsys-name vsys1 rule-base security rules all',
  'Vsys-name : vsys1',
  'Rule Name    Hit Count    Last Hit Timestamp          Last Reset Timestamp        First Hit Timestamp',
  RULE,
  'mqtt out     0            -                           Sun Mar  1 08:00:00 2026    -',
  'web          812          Fri Nov 20 09:00:00 2026    Sun Mar  1 08:00:00 2026    Sun Mar  1 09:00:00 2026',
];

function counts(platform: Platform, ...texts: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = texts;
  const source = (lines: readonly string[], index: number) => ({ name: `${index}.cfg`, text: `${lines.join('\n')}\n` });
  const bundle: Bundle = [source(first, 0), ...others.map((lines, index) => source(lines, index + 1))];
  const { devices, coverage, diagnostics } = parse(bundle, { platform });
  expect(coverage.states.unrecognised).toBe(0);
  const isOther = ({ code, severity }: (typeof diagnostics)[number]): boolean =>
    severity !== 'note' && code !== 'asa/undefined-reference';
  expect(diagnostics.filter(isOther)).toEqual([]);
  return devices.flatMap(({ ruleLists }) =>
    ruleLists.flatMap(({ rules }) =>
      rules.map(
        ({ id, hits }) => `${id} ${hits?.count ?? '-'}${hits?.since === undefined ? '' : ` since ${hits.since}`}`,
      ),
    ),
  );
}

describe('counters', () => {
  test('are part of the canonical form of a device', () => {
    const [device] = parse({ name: 'fw.cfg', text: ASA_SHOWN.join('\n') }, { platform: 'cisco-asa' }).devices;
    expect(device && printDevice(device)).toContain('hits: 7\n');
  });

  test('of ASA stand beside the configuration, behind it, or alone', () => {
    const expected = ['#1 7', '#2 0', '#3 55'];
    expect(counts('cisco-asa', [...ASA, 'fw# show access-list', ...ASA_SHOWN])).toEqual(expected);
    expect(counts('cisco-asa', [...ASA_SHOWN, ...ASA])).toEqual(expected);
    expect(counts('cisco-asa', ASA_SHOWN)).toEqual(expected);
    expect(counts('cisco-asa', ASA)).toEqual(['#1 -', '#2 -', '#3 -']);
  });

  test('of IOS stand beside the configuration, behind it, or alone', () => {
    expect(counts('cisco-ios', [...IOS, 'end', 'r1#show access-lists', ...IOS_SHOWN])).toEqual([
      '#1 0',
      '#2 12',
      '#3 1',
    ]);
    expect(counts('cisco-ios', [...IOS_SHOWN, 'r1#show running-config', ...IOS])).toEqual(['#1 0', '#2 12', '#3 1']);
    expect(counts('cisco-ios', IOS_SHOWN)).toEqual(['10 0', '20 12', '30 1']);
    expect(counts('cisco-ios', IOS)).toEqual(['#1 -', '#2 -', '#3 -']);
  });

  test('of IOS that fit no entry are said, and make no rule', () => {
    const shown = ['Extended IP access list IN', '    40 permit ip any any (3 matches)'];
    const { devices, diagnostics } = parse(
      { name: 'r.cfg', text: [...IOS, ...shown].join('\n') },
      { platform: 'cisco-ios' },
    );
    expect(devices[0]?.ruleLists[0]?.rules).toHaveLength(3);
    expect(diagnostics.map(({ code, severity, span }) => [code, severity, span.line])).toEqual([
      ['ios/counter-without-entry', 'note', 11],
    ]);
  });

  test('of ASA that fit no entry are entries, for nothing else tells of them', () => {
    const lines = [...ASA, 'access-list OUT line 4 extended permit tcp any any eq 5671 (hitcnt=3) 0x11821a52'];
    expect(counts('cisco-asa', lines)).toEqual(['#1 -', '#2 -', '#3 3', '#4 -']);
  });

  test('of Junos are added over the members of a cluster', () => {
    const command = 'admin@srx> show security policies hit-count';
    expect(counts('juniper-junos', [...SRX, command, ...srxTable(0, 5)])).toEqual(['mqtt-out 0', 'web-out 5']);
    const cluster = [...SRX, command, 'node0:', ...srxTable(0, 5), 'node1:', ...srxTable(3, 0)];
    expect(counts('juniper-junos', cluster)).toEqual(['mqtt-out 3', 'web-out 5']);
    expect(counts('juniper-junos', SRX)).toEqual(['mqtt-out -', 'web-out -']);
  });

  test('of PAN-OS come as a table or as XML, in the text or beside it', () => {
    const expected = ['mqtt out 0 since 2026-03-01', 'web 812 since 2026-03-01'];
    expect(counts('paloalto-panos', [...PANOS, ...PANOS_TABLE])).toEqual(expected);
    expect(counts('paloalto-panos', PANOS, PANOS_TABLE)).toEqual(expected);
    const xml = [
      '<response status="success"><result><rule-hit-count><vsys><entry name="vsys1"><rule-base><entry name="security"><rules>',
      '<entry name="mqtt out"><latest>yes</latest><hit-count>0</hit-count><last-reset-timestamp>1772352000</last-reset-timestamp></entry>',
      '<entry name="web"><hit-count>812</hit-count><last-reset-timestamp>0</last-reset-timestamp></entry>',
      '</rules></entry></rule-base></entry></vsys></rule-hit-count></result></response>',
    ];
    expect(counts('paloalto-panos', PANOS, xml)).toEqual(['mqtt out 0 since 2026-03-01', 'web 812']);
    const other = xml.map((line) => line.replace('vsys1', 'vsys2'));
    expect(counts('paloalto-panos', PANOS, other)).toEqual(['mqtt out -', 'web -']);
  });
});

describe(pubsubRuleUnused.id, () => {
  test('finds a permit that counted nothing, which proves little', () => {
    const [finding, ...more] = checkText(pubsubRuleUnused, 'cisco-asa', [...ASA, ...ASA_SHOWN]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'low',
      confidence: 'possible',
      services: ['mqtt'],
      rules: ['OUT: #2'],
      message: 'fw: rule #2 of extended access list OUT about mqtt has counted nothing',
    });
    expect(finding?.conditions).toHaveLength(1);
    expect(finding?.evidence.map(({ role, span }) => [role, span.line])).toEqual([
      ['decides', 11],
      ['context', 17],
    ]);
  });

  test('is definite where the capture says since when it counts', () => {
    const [finding] = checkText(pubsubRuleUnused, 'paloalto-panos', [...PANOS, ...PANOS_TABLE]);
    expect(finding).toMatchObject({ severity: 'low', confidence: 'definite', rules: ['rules of vsys1: mqtt out'] });
    expect(finding?.message).toContain('has counted nothing since 2026-03-01');
  });

  test('quotes the counter from the text that it stands in', () => {
    const texts: Bundle = [
      { name: 'fw.txt', text: PANOS.join('\n') },
      { name: 'hits.txt', text: PANOS_TABLE.join('\n') },
    ];
    const [finding] = findingsOn(pubsubRuleUnused, parse(texts, { platform: 'paloalto-panos' }), texts);
    expect(finding?.evidence.map(({ span, text }) => [span.source, text.slice(0, 14)])).toEqual([
      ['fw.txt', 'set rulebase s'],
      ['hits.txt', 'mqtt out     0'],
    ]);
  });

  test('only informs where no rule of the list has counted anything', () => {
    const silent = IOS_SHOWN.map((line) => line.replace(/ \(.*/u, ''));
    const [finding] = checkText(pubsubRuleUnused, 'cisco-ios', [...IOS, ...silent]);
    expect(finding).toMatchObject({ severity: 'info', confidence: 'possible', rules: ['IN: #1', 'IN: #2'] });
    expect(finding?.message).toContain('neither has any other rule of the list');
  });

  test('is silent without counters, about denies, other services, and lists that apply nowhere', () => {
    expect(checkText(pubsubRuleUnused, 'cisco-asa', ASA)).toEqual([]);
    const shown = (entry: string) => [
      'Extended IP access list IN',
      `    10 ${entry}`,
      '    20 permit ip any any (5 matches)',
    ];
    expect(checkText(pubsubRuleUnused, 'cisco-ios', shown('permit tcp any any eq 1883'))).toHaveLength(1);
    expect(checkText(pubsubRuleUnused, 'cisco-ios', shown('deny tcp any any eq 1883'))).toEqual([]);
    expect(checkText(pubsubRuleUnused, 'cisco-ios', shown('permit tcp any any eq 443'))).toEqual([]);
    const unbound = IOS.filter((line) => !line.includes('access-group'));
    const elsewhere = [' ip access-group OTHER in', 'ip access-list extended OTHER', ' permit ip any any'];
    const lines = [...unbound.slice(0, 3), ...elsewhere, ...unbound.slice(3), ...IOS_SHOWN];
    expect(checkText(pubsubRuleUnused, 'cisco-ios', lines)).toEqual([]);
  });

  test('finds a policy of Junos', () => {
    const found = checkText(pubsubRuleUnused, 'juniper-junos', [...SRX, ...srxTable(0, 5)]);
    expect(found).toMatchObject([{ severity: 'low', rules: ['from-zone trust to-zone untrust: mqtt-out'] }]);
  });
});
