/** Captures beside a configuration: counters in a text of their own. */
import { describe, expect, test } from 'vitest';
import type { RuleHits } from '../../parsers/model/rule.ts';
import { parse, type ParseResult } from '../../parsers/index.ts';
import type { Source } from '../../parsers/source.ts';

const text = (name: string, ...lines: readonly string[]): Source => ({ name, text: `${lines.join('\n')}\n` });

const ASA = text(
  'fw.cfg',
  'ASA Version 9.16(1)',
  'hostname fw',
  'interface GigabitEthernet0/0',
  ' nameif outside',
  ' ip address 198.51.100.1 255.255.255.0',
  'access-list OUT extended permit tcp any host 10.1.0.9 eq 8883',
  'access-list OUT extended deny ip any any log',
  'access-group OUT in interface outside',
  ': end',
);
const ASA_COUNTERS = text(
  'fw-acl.txt',
  'fw# show access-list',
  'access-list cached ACL log flows: total 0, denied 0 (deny-flow-max 4096)',
  '            alert-interval 300',
  'access-list OUT; 2 elements; name hash: 0x2c1a54f1',
  'access-list OUT line 1 extended permit tcp any host 10.1.0.9 eq 8883 (hitcnt=412) 0x61fe98bb',
  'access-list OUT line 2 extended deny ip any any log informational interval 300 (hitcnt=9) 0x37cf3004',
);
const IOS = text(
  'rt.cfg',
  'version 16.9',
  'hostname rt',
  'interface GigabitEthernet0/0',
  ' ip address 198.51.100.1 255.255.255.0',
  ' ip access-group OUT in',
  'ip access-list extended OUT',
  ' 10 permit tcp any host 10.1.0.9 eq 8883',
  ' 20 deny ip any any log',
  'end',
);
const IOS_COUNTERS = text(
  'rt-acl.txt',
  'rt#show ip access-lists',
  'Extended IP access list OUT',
  '    10 permit tcp any host 10.1.0.9 eq 8883 (412 matches)',
  '    20 deny ip any any log (9 matches)',
);
const SRX = text(
  'srx.cfg',
  'set version 21.4R3',
  'set system host-name srx',
  'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/24',
  'set security zones security-zone untrust interfaces ge-0/0/0.0',
  'set security zones security-zone trust',
  'set security policies from-zone untrust to-zone trust policy p1 match source-address any',
  'set security policies from-zone untrust to-zone trust policy p1 match destination-address any',
  'set security policies from-zone untrust to-zone trust policy p1 match application any',
  'set security policies from-zone untrust to-zone trust policy p1 then permit',
);
const SRX_COUNTERS = text(
  'srx-hits.txt',
  'admin@srx> show security policies hit-count',
  'Logical system: root-logical-system',
  'Index   From zone        To zone           Name           Policy count  Action',
  '1       untrust          trust             p1             412           Permit',
  'Number of policy: 1',
);

const PAIRS = [
  ['ASA', ASA, ASA_COUNTERS],
  ['IOS', IOS, IOS_COUNTERS],
  ['SRX', SRX, SRX_COUNTERS],
] as const;

function hits({ devices }: ParseResult): (RuleHits | undefined)[] {
  return devices.flatMap(({ ruleLists }) => ruleLists.flatMap(({ rules }) => rules.map((rule) => rule.hits)));
}

/** A device as text, without counters; its functions are left out. */
function plain({ devices }: ParseResult): string {
  return JSON.stringify(
    devices,
    (key, value: unknown) => (key === 'hits' ? undefined : typeof value === 'bigint' ? String(value) : value),
    1,
  );
}

describe.each(PAIRS)('%s', (_name, config, counters) => {
  test('counters beside the configuration count for its rules, and stand in their own text', () => {
    const first = hits(parse([config, counters]))[0];
    const line = counters.text.split('\n').findIndex((each) => each.includes('412')) + 1;
    expect(first).toMatchObject({ count: 412, span: { source: counters.name, line } });
  });

  test('everything else is as it is without them, and each text has its own lines', () => {
    const [alone, both] = [parse(config), parse([config, counters])];
    expect(plain(both)).toBe(plain(alone));
    expect(both.diagnostics).toEqual(alone.diagnostics);
    expect(both.texts[0]).toEqual(alone.texts[0]);
    const [, beside] = both.texts;
    expect(beside?.coverage).toMatchObject({ source: counters.name, lines: counters.text.trim().split('\n').length });
    expect(beside?.lineStates.filter((state) => state !== 'no-effect')).toEqual([]);
  });

  test('a second device is refused and not mixed in', () => {
    const other: Source = { ...config, name: 'other.cfg' };
    const both = parse([config, other]);
    expect(plain(both)).toBe(plain(parse(config)));
    expect(both.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'source/not-combined', span: { source: 'other.cfg', line: 1 } },
    ]);
    expect(new Set(both.texts[1]?.lineStates)).toEqual(new Set(['unrecognised']));
  });
});

test('Cisco: the order of the texts does not matter', () => {
  expect(hits(parse([IOS_COUNTERS, IOS]))[0]).toMatchObject({ count: 412, span: { source: 'rt-acl.txt', line: 3 } });
  expect(parse([IOS_COUNTERS, IOS]).devices.map(({ name }) => name)).toEqual(['rt']);
  expect(hits(parse([ASA_COUNTERS, ASA]))[0]).toMatchObject({ count: 412, span: { source: 'fw-acl.txt', line: 5 } });
});
