/** Tables of rule lists, from texts of every platform. */
import { describe, expect, test } from 'vitest';
import { SERVICES } from '../../../checks/data/services.ts';
import { auditSource } from '../../../checks/index.ts';
import type { Day } from '../../../checks/policy/policy.ts';
import type { RuleTable } from '../../../checks/rule-table/rule-table.ts';
import { createRuleTables, type RuleTables } from '../../../checks/rule-table/rule-tables.ts';
import { parse } from '../../../parsers/index.ts';
import { generateRuleList } from '../../bench/rule-lists.ts';
import { ASA, JUNOS, PANOS, panRule } from '../plain-firewalls.ts';
import { build, INSIDE, OUTSIDE } from '../small-device.ts';
import { readSamples } from '../../samples/sample.ts';

function tablesOf(lines: readonly string[], more: { today?: Day; maxNodes?: number } = {}): RuleTables {
  const [device] = parse({ name: 'fw.cfg', text: lines.join('\n') }).devices;
  if (device === undefined) throw new Error('no device');
  return createRuleTables({ device, catalogue: SERVICES, findings: [], ...more });
}

function table(lines: readonly string[], name: string, more: { today?: Day; maxNodes?: number } = {}): RuleTable {
  const tables = tablesOf(lines, more);
  const head = tables.lists.find((each) => each.name === name);
  if (head === undefined) throw new Error(`no list ${name} among ${tables.lists.map((each) => each.name).join()}`);
  return tables.ruleTable(head.index);
}

/** `id mark by, by`. */
function marks({ name, rows }: RuleTable): string[] {
  return rows.map(({ id, effect: { mark, by, more } }) => {
    const others = by.map((each) => (each.list === name ? each.id : `${each.list}/${each.id}`));
    return [id, mark, ...others, ...(more ? ['…'] : [])].join(' ');
  });
}

describe('the effect of a rule', () => {
  test('counts every port, not only those of the catalogue', () => {
    const out = table(
      [
        ...ASA,
        'access-list OUT extended permit tcp any host 10.0.0.5 range 8000 8010',
        'access-list OUT extended deny tcp any host 10.0.0.5 eq 8005',
        'access-list OUT extended permit tcp any host 10.0.0.5 range 8010 8011',
        'access-list OUT extended permit udp any host 10.0.0.6 eq 53',
        'access-list OUT extended permit udp any 10.0.0.0 255.255.255.0 eq 53',
        'access-list OUT extended permit udp any host 10.0.0.7 eq 53 inactive',
        'access-list OUT extended deny ip any any',
        'access-list OUT extended permit tcp any any eq 1883',
      ],
      'OUT',
    );
    expect(marks(out)).toEqual([
      '#1 effective',
      '#2 shadowed #1',
      '#3 partly-shadowed #1',
      '#4 redundant #5',
      '#5 partly-shadowed #4',
      '#6 inactive',
      '#7 partly-shadowed #1 #3 #4 #5',
      '#8 shadowed #7',
    ]);
    expect(out.bindings.map(({ text }) => text)).toEqual(['bound in on outside']);
    expect(out.end).toMatchObject([{ kind: 'default', verdict: 'deny', reached: 'no' }]);
  });

  test('is shadowed by several rules together, and not by one that may or may not match', () => {
    const out = table(
      [
        ...ASA,
        'time-range T',
        ' periodic daily 8:00 to 17:00',
        'access-list OUT extended deny udp any any eq 514 time-range T',
        'access-list OUT extended permit udp any any eq 514',
        'access-list OUT extended permit tcp any any lt 1000',
        'access-list OUT extended permit tcp any any gt 999',
        'access-list OUT extended permit tcp any host 10.0.0.5',
      ],
      'OUT',
    );
    expect(marks(out)).toEqual(['#1 effective', '#2 effective', '#3 effective', '#4 effective', '#5 shadowed #3 #4']);
    expect(out.rows[0]?.conditions).toEqual(['time range T is active or not (fw.cfg:22)']);
    expect(out.end).toMatchObject([{ kind: 'default', verdict: 'deny', reached: 'yes' }]);
  });

  test('is redundant only where no less is logged, and a deny ahead of a general one is not', () => {
    const out = table(
      [
        ...ASA,
        'access-list OUT extended permit tcp any host 10.0.0.5 eq 443 log',
        'access-list OUT extended permit tcp any host 10.0.0.6 eq 443',
        'access-list OUT extended permit tcp any any eq 443',
        'access-list OUT extended deny tcp any any eq 1883',
        'access-list OUT extended deny tcp any host 10.0.0.5 range 1 99',
        'access-list OUT extended deny tcp any any range 1 200',
        'access-list OUT extended deny ip any any',
      ],
      'OUT',
    );
    expect(marks(out).slice(0, 6)).toEqual([
      '#1 effective',
      '#2 redundant #3',
      '#3 partly-shadowed #1 #2',
      '#4 effective',
      '#5 redundant #6',
      '#6 partly-shadowed #5',
    ]);
    expect(out.rows.map(({ logging }) => logging.writes)[0]).toBe('no');
  });

  test('ends with its time range, on the day after', () => {
    const lines = [
      ...ASA,
      'time-range T',
      ' absolute end 17:00 31 December 2025',
      'access-list OUT extended permit udp any any eq 514 time-range T',
    ];
    expect(marks(table(lines, 'OUT', { today: '2026-01-01' }))).toEqual(['#1 inactive']);
    expect(marks(table(lines, 'OUT', { today: '2025-12-31' }))).toEqual(['#1 effective']);
    expect(marks(table(lines, 'OUT'))).toEqual(['#1 effective']);
  });

  test('of rules for return traffic is not judged, and the note says why', () => {
    const { rows } = table(
      [
        'hostname r',
        'interface GigabitEthernet0/0',
        ' ip address 203.0.113.2 255.255.255.0',
        ' ip access-group IN in',
        'ip access-list extended IN',
        ' 10 permit tcp any any established',
        ' 20 permit tcp any any eq 22',
      ],
      'IN',
    );
    expect(rows.map(({ id, effect }) => [id, effect.mark])).toEqual([
      ['10', 'unknown'],
      ['20', 'effective'],
    ]);
    expect(rows[0]?.effect.note).toContain('only first packets are judged');
  });

  test('of a list that is bound nowhere is judged by itself', () => {
    const lines = [
      ...ASA,
      'access-list SPARE extended permit ip any any',
      'access-list SPARE extended deny tcp any any',
    ];
    const spare = table(lines, 'SPARE');
    expect(spare.bindings).toEqual([]);
    expect(marks(spare)).toEqual(['#1 effective', '#2 shadowed #1']);
  });

  test('counts lists that are tried before, and the end of a list leads to the next', () => {
    const lines = [
      ...ASA,
      'access-list OUT extended permit tcp any any eq 443',
      'access-list ALL extended permit tcp any host 10.0.0.5 eq 443',
      'access-group ALL global',
    ];
    expect(table(lines, 'OUT').end).toEqual([{ kind: 'next-list', list: 'ALL', reached: 'yes' }]);
    const all = table(lines, 'ALL');
    expect(all.bindings.map(({ text }) => text)).toEqual(['bound global']);
    // Behind OUT it is shadowed; behind IN and DMZ, which deny everything, it is as well.
    expect(marks(all)).toEqual(['#1 shadowed OUT/#1 IN/#1 DMZ/#1']);
  });
});

describe('zones and applications', () => {
  const rule = (name: string, from: string, to: string, fields: Readonly<Record<string, string>> = {}): string[] =>
    panRule(from, to, fields).map((line) => line.replace(' rules r ', ` rules ${name} `));

  test('a rule is covered only where all of its zones are', () => {
    const lines = [
      ...PANOS,
      ...rule('out', 'trust', 'untrust'),
      ...rule('in', 'untrust', 'trust'),
      ...rule('any-out', 'any', 'untrust'),
      ...rule('out-again', 'trust', 'untrust'),
    ];
    const { rows, end } = table(lines, 'rules of vsys1');
    expect(marks(table(lines, 'rules of vsys1'))).toEqual([
      'out redundant any-out',
      'in effective',
      'any-out partly-shadowed out …',
      'out-again shadowed out',
    ]);
    expect(rows.map(({ from, to }) => `${from?.short} ${to?.short}`)[2]).toBe('any untrust');
    expect(end.map((each) => (each.kind === 'default' ? each.verdict : each.list))).toEqual(['permit', 'deny']);
  });

  test('a rule for an application is judged by its sessions, not by handshakes that others let pass', () => {
    const lines = [
      ...PANOS,
      ...rule('mqtt', 'trust', 'untrust', { application: 'mqtt' }),
      ...rule('amqp', 'trust', 'untrust', { application: 'amqp' }),
      ...rule('mqtt-again', 'trust', 'untrust', { application: 'mqtt', source: '10.0.0.0/24', action: 'deny' }),
      ...rule('all', 'trust', 'untrust', { source: '10.0.0.0/24' }),
      ...rule('jabber', 'trust', 'untrust', { application: 'jabber', source: '10.0.0.9' }),
    ];
    expect(marks(table(lines, 'rules of vsys1'))).toEqual([
      'mqtt effective',
      'amqp effective',
      'mqtt-again shadowed mqtt',
      'all partly-shadowed amqp …',
      'jabber shadowed all',
    ]);
  });

  test('Junos policies stand between two zones', () => {
    const policy = (name: string, application: string): string[] =>
      ['source-address any', 'destination-address any', `application ${application}`]
        .map((what) => `set security policies from-zone trust to-zone untrust policy ${name} match ${what}`)
        .concat(`set security policies from-zone trust to-zone untrust policy ${name} then permit`);
    const lines = [...JUNOS, ...policy('all', 'any'), ...policy('web', 'junos-https')];
    const web = table(lines, 'from-zone trust to-zone untrust');
    expect(marks(web)).toEqual(['all effective', 'web shadowed all']);
    expect(web.end).toMatchObject([{ kind: 'default', verdict: 'deny', reached: 'no' }]);
  });
});

describe('rows', () => {
  test('shorten long fields and keep all of them in the details', () => {
    const lines = [
      ...ASA,
      'object-group network BROKERS',
      ' network-object host 10.9.0.5',
      ' network-object host 10.9.0.7',
      ' network-object host 10.9.0.9',
      ' network-object 10.9.1.0 255.255.255.0',
      'access-list OUT extended permit tcp any object-group BROKERS eq 8883',
    ];
    const tables = tablesOf(lines);
    const opened = tables.open(tables.lists.findIndex(({ name }) => name === 'OUT'));
    expect(opened.rows).toMatchObject([
      {
        rule: 'OUT: #1',
        action: { word: 'permit', kind: 'permit' },
        source: { short: 'any', terms: 1 },
        destination: { short: '10.9.0.5, 10.9.0.7 and 2 more', terms: 4 },
        service: { short: 'tcp to 8883', terms: 1 },
        services: ['mqtts'],
        named: ['mqtts'],
      },
    ]);
    expect(opened.details(0)).toMatchObject({
      statement: 'access-list OUT extended permit tcp any object-group BROKERS eq 8883',
      destination: ['10.9.0.5', '10.9.0.7', '10.9.0.9', '10.9.1.0/24'],
    });
  });

  test('say what a host name leaves open', () => {
    const lines = [
      ...ASA,
      'object network CLOUD',
      ' fqdn broker.example.com',
      'access-list OUT extended permit tcp any object CLOUD eq 8883',
    ];
    const [row] = table(lines, 'OUT').rows;
    expect(row?.destination.short).toMatch(/^may be /);
    expect(row?.conditions.join()).toContain('broker.example.com');
  });

  test('name the findings that are about them', () => {
    const source = { name: 'fw.cfg', text: [...ASA, 'access-list OUT extended permit tcp any any eq 1883'].join('\n') };
    const parsed = parse(source);
    const trust = { untrusted: [], internal: [], internalNetworks: [] };
    const findings = auditSource(parsed, source, { trust }).devices.flatMap((device) => device.findings);
    const [device] = parsed.devices;
    if (device === undefined) throw new Error('no device');
    const tables = createRuleTables({ device, catalogue: SERVICES, findings });
    const [row] = tables.open(tables.lists.findIndex(({ name }) => name === 'OUT')).rows;
    expect(row?.findings.length).toBeGreaterThan(0);
    expect(row?.findings.every((index) => findings[index]?.rules.includes('OUT: #1'))).toBe(true);
  });
});

describe('bounds', () => {
  test('a list that outgrows its memory is not judged, and says so', () => {
    const { ruleLists, ...device } = smallDevice();
    const tables = createRuleTables({
      device: { ...device, ruleLists: [generateRuleList('overlapping', 200)] },
      catalogue: SERVICES,
      findings: [],
      maxNodes: 2000,
    });
    expect(ruleLists).toHaveLength(0);
    const { rows, end } = tables.ruleTable(0);
    expect(new Set(rows.map(({ effect }) => effect.mark))).toEqual(new Set(['unknown']));
    expect(rows[0]?.effect.note).toContain('outgrow the memory');
    expect(end).toMatchObject([{ reached: 'unknown' }]);
  });

  test('every rule of every sample has a row with an effect, and the same twice', () => {
    let rules = 0;
    for (const { name, config } of readSamples()) {
      for (const device of parse({ name, text: config }).devices) {
        const make = (): RuleTable[] => {
          const tables = createRuleTables({ device, catalogue: SERVICES, findings: [] });
          return tables.lists.map(({ index }) => tables.ruleTable(index));
        };
        const made = make();
        expect(made.map(({ rows }) => rows.length)).toEqual(device.ruleLists.map((list) => list.rules.length));
        expect(structuredClone(made)).toEqual(make());
        rules += made.reduce((sum, { rows }) => sum + rows.length, 0);
      }
    }
    expect(rules).toBeGreaterThan(200);
  });
});

function smallDevice(): ReturnType<typeof build>['parsed']['devices'][number] {
  const [device] = build({ segments: [OUTSIDE, INSIDE] }).parsed.devices;
  if (device === undefined) throw new Error('no device');
  return device;
}
