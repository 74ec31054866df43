import { expect, test } from 'vitest';
import { child } from '../../../parsers/juniper-junos/tree.ts';
import { junosDevice, junosTree, leaves } from './read-junos.ts';

function below(word: string, ...lines: readonly string[]): string[] {
  const node = junosTree(...lines).root.get(word);
  return node === undefined ? [] : leaves(node);
}

test('what is inherited points at the group and at where it is applied', () => {
  const lines = [
    'set groups G firewall family inet filter F term t then discard',
    'set firewall family inet filter F interface-specific',
    'set apply-groups G',
  ];
  const node = child(junosTree(...lines).root, 'firewall', 'family', 'inet', 'filter', 'F', 'term', 't');
  expect(node?.span).toMatchObject({ line: 1, column: 49 });
  expect(node?.inheritance).toMatchObject({ group: 'G', applied: { line: 3, column: 18, endColumn: 19 } });
  const [rule] = junosDevice(...lines).ruleLists[0]?.rules ?? [];
  expect(rule?.span).toMatchObject({ line: 1 });
  expect(rule?.objects).toEqual([
    { name: 'group G', kind: 'other', span: { source: 'test.cfg', line: 3, column: 18, endColumn: 19 } },
  ]);
});

test.each([
  [
    'written values stay',
    ['set groups G s v b', 'set groups G s w c', 'set s v a', 'set apply-groups G'],
    ['v a', 'v b', 'w c'],
  ],
  [
    'the first group wins a single value',
    ['set groups A system host-name a', 'set groups B system host-name b', 'set apply-groups [ A B ]'],
    ['host-name a'],
  ],
  [
    'a written single value wins',
    ['set groups A system host-name a', 'set system host-name c', 'set apply-groups A'],
    ['host-name c'],
  ],
  [
    'the inner group wins',
    [
      'set groups A system host-name a',
      'set groups B system host-name b',
      'set apply-groups A',
      'set system apply-groups B',
    ],
    ['host-name b'],
  ],
])('%s', (_what, lines, expected) => {
  expect(below(lines[0]?.includes('system') === true ? 'system' : 's', ...lines)).toEqual(expected);
});

test('wildcards match names that other groups make, and make none', () => {
  const lines = [
    'set groups NAMES interfaces ge-0/0/7 unit 0',
    'set groups ALL interfaces <*> unit <*> family inet mtu 1500',
    'set groups ALL interfaces <xe-*> unit 0 family inet mtu 9000',
    'set apply-groups [ ALL NAMES ]',
    'set interfaces lo0 unit 0',
    'set interfaces interface-range R member ge-0/0/9',
  ];
  expect(below('interfaces', ...lines)).toEqual([
    'lo0 unit 0 family inet mtu 1500',
    'interface-range R member ge-0/0/9',
    'ge-0/0/7 unit 0 family inet mtu 1500',
    'ge-0/0/9',
  ]);
});

test.each([
  ['<*>', 'ge-0/0/0', true],
  ['<ge-*>', 'xe-0/0/0', false],
  ['<[gx]e-*>', 'xe-0/0/0', true],
  ['<ge-0/0/[0-3]>', 'ge-0/0/4', false],
  ['<ge-0/0/[!0-3]>', 'ge-0/0/4', true],
  ['<ge-0/0/?>', 'ge-0/0/10', false],
  ['<*.example>', 'axexample', false],
])('wildcard %s and %s', (pattern, name, isMatched) => {
  const lines = [`set groups G s ${pattern} v`, `set s ${name}`, 'set apply-groups G'];
  expect(below('s', ...lines)).toEqual([isMatched ? `${name} v` : name]);
});

test('an exception holds for everything inside, and not outside', () => {
  const lines = [
    'set groups G s <*> <*> v',
    'set apply-groups G',
    'set s a x',
    'set s b y',
    'set s b apply-groups-except G',
    'set s c z apply-groups-except G',
    'set s c w',
  ];
  expect(below('s', ...lines)).toEqual(['a x v', 'b y', 'c z', 'c w v']);
});

test('groups in groups stand behind them, and circles end', () => {
  const lines = [
    'set groups A s apply-groups B',
    'set groups A s t a',
    'set groups B s t b',
    'set groups B apply-groups A',
    'set groups B s apply-groups A',
    'set apply-groups A',
  ];
  expect(below('s', ...lines)).toEqual(['t a', 't b']);
});

test('junos-defaults count without being asked for, last', () => {
  const lines = [
    'set groups junos-defaults applications application junos-x protocol tcp',
    'set groups junos-defaults applications application junos-x destination-port 99',
    'set groups G applications application junos-x destination-port 98',
    'set apply-groups G',
    'set applications application own protocol udp',
  ];
  expect(below('applications', ...lines)).toEqual([
    'application own protocol udp',
    'application junos-x destination-port 98',
    'application junos-x protocol tcp',
  ]);
});

test('what is switched off is neither inherited nor applied', () => {
  const lines = ['set groups G s a', 'set groups G s b', 'set groups H s c', 'set apply-groups [ G H ]'];
  expect(below('s', ...lines, 'deactivate groups G s a')).toEqual(['b', 'c']);
  expect(below('s', ...lines, 'deactivate apply-groups H')).toEqual(['a', 'b']);
  expect(below('s', ...lines, 'deactivate groups G')).toEqual(['c']);
});

test('a path of a prefix list sees inherited addresses', () => {
  const lines = [
    'set groups G interfaces <ge-*> unit 0 family inet address 10.1.0.1/24',
    'set interfaces ge-0/0/0 unit 0',
    'set apply-groups G',
    'set policy-options prefix-list P apply-path "interfaces <*> unit <*> family inet address <*>"',
  ];
  expect(below('policy-options', ...lines)).toContain('prefix-list P 10.1.0.1/24');
});
