import { expect, test } from 'vitest';
import { child, pathOf } from '../../../parsers/juniper-junos/tree.ts';
import { junosDevice, junosTree, leaves, readJunos } from './read-junos.ts';

const BRACES = [
  'system {',
  '    host-name fw;',
  '}',
  'interfaces {',
  '    ge-0/0/0 {',
  '        unit 0 {',
  '            family inet {',
  '                address 10.0.0.1/24 {',
  '                    primary;',
  '                }',
  '            }',
  '        }',
  '    }',
  '}',
  'security {',
  '    policies {',
  '        from-zone a to-zone b {',
  '            policy p {',
  '                match {',
  '                    application [ x y ];',
  '                }',
  '            }',
  '        }',
  '    }',
  '}',
];
const SET = [
  'set system host-name fw',
  'set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24 primary',
  'set security policies from-zone a to-zone b policy p match application x',
  'set security policies from-zone a to-zone b policy p match application y',
];
const XML = [
  '<configuration>',
  '<system><host-name>fw</host-name></system>',
  '<interfaces><interface><name>ge-0/0/0</name><unit><name>0</name>',
  '<family><inet><address><name>10.0.0.1/24</name><primary/></address></inet></family>',
  '</unit></interface></interfaces>',
  '<security><policies><policy><from-zone-name>a</from-zone-name><to-zone-name>b</to-zone-name>',
  '<policy><name>p</name><match><application>x</application><application>y</application></match></policy>',
  '</policy></policies></security>',
  '</configuration>',
];

test('three forms are one tree', () => {
  const expected = SET.map((line) => line.replace(/^set /u, ''));
  expect(leaves(junosTree(...SET).root)).toEqual(expected);
  expect(leaves(junosTree(...BRACES).root)).toEqual(expected);
  expect(leaves(junosTree(...XML).root)).toEqual(expected);
});

test('every word knows where it stands first', () => {
  const place = (lines: readonly string[], ...words: readonly string[]): string => {
    const span = child(junosTree(...lines).root, ...words)?.span;
    return lines[(span?.line ?? 0) - 1]?.slice((span?.column ?? 1) - 1, (span?.endColumn ?? 1) - 1) ?? '';
  };
  for (const lines of [BRACES, SET, XML]) {
    expect(place(lines, 'system', 'host-name', 'fw')).toBe('fw');
    expect(place(lines, 'interfaces', 'ge-0/0/0')).toBe('ge-0/0/0');
    expect(place(lines, 'interfaces', 'ge-0/0/0', 'unit', '0', 'family', 'inet', 'address', '10.0.0.1/24')).toBe(
      '10.0.0.1/24',
    );
  }
  expect(child(junosTree('system { host-name "a b"; }').root, 'system', 'host-name', 'a b')?.span).toMatchObject({
    column: 21,
    endColumn: 24,
  });
});

test('a path leads back to the top', () => {
  const node = child(junosTree(...SET).root, 'interfaces', 'ge-0/0/0', 'unit');
  expect(node === undefined ? [] : pathOf(node)).toEqual(['interfaces', 'ge-0/0/0', 'unit']);
});

test.each([
  ['delete takes a statement out', ['set a b c', 'set a b d', 'delete a b c'], ['a b d']],
  ['delete takes everything below', ['set a b c', 'set a e', 'delete a b'], ['a e']],
  ['delete of nothing does nothing', ['set a b', 'delete a c'], ['a b']],
  [
    'what comes back comes last',
    ['set f term a', 'set f term b', 'delete f term a', 'set f term a'],
    ['f term b', 'f term a'],
  ],
  [
    'insert before',
    ['set f term a', 'set f term b', 'set f term c', 'insert f term c before term a'],
    ['f term c', 'f term a', 'f term b'],
  ],
  [
    'insert after',
    ['set f term a', 'set f term b', 'set f term c', 'insert f term a after term b'],
    ['f term b', 'f term a', 'f term c'],
  ],
  ['rename keeps place and content', ['set f a x', 'set f b y', 'rename f a to f c'], ['f c x', 'f b y']],
  ['deactivate', ['set f a', 'set f b', 'deactivate f a'], ['f b']],
  ['activate', ['set f a', 'deactivate f a', 'activate f a'], ['f a']],
  ['edit and up', ['edit s t', 'set u', 'up', 'set v', 'exit', 'set w'], ['s t u', 'v', 'w']],
  ['top', ['edit s', 'set t', 'top', 'set u', 'top edit x', 'set y'], ['s t', 'u', 'x y']],
  ['lists', ['set p [ a b ]', 'delete p [ a ]'], ['p b']],
  ['one value', ['set system host-name a', 'set system host-name b'], ['system host-name b']],
  [
    'one action',
    [
      'set firewall filter f term t then accept',
      'set firewall filter f term t then discard',
      'set firewall filter f term t then log',
    ],
    ['firewall filter f term t then discard', 'firewall filter f term t then log'],
  ],
])('%s', (_what, lines, expected) => {
  expect(leaves(junosTree(...lines).root)).toEqual(expected);
});

test('a filter called like a keyword keeps its neighbours', () => {
  const lines = ['input', 'output', 'host-name'].map(
    (name) => `set firewall family inet filter ${name} term t then accept`,
  );
  expect(junosDevice(...lines).ruleLists.map(({ name }) => name)).toEqual(['input', 'output', 'host-name']);
});

test('values with blanks, brackets and quotation marks', () => {
  expect(leaves(junosTree('a "b \\"c\\" { } ; [ d" { e; }').root)).toEqual(['a b "c" { } ; [ d e']);
  expect(leaves(junosTree('set a "b [ c ] # d" e').root)).toEqual(['a b [ c ] # d e']);
  expect(leaves(junosTree('a { <[xg]e-0/[0-3]/*> { b; } }').root)).toEqual(['a <[xg]e-0/[0-3]/*> b']);
});

test('strings go on over lines as long as no statement is swallowed', () => {
  expect(leaves(junosTree('a { cert "-----BEGIN', 'MIIB', '-----END"; b; }').root)).toEqual([
    'a cert -----BEGIN',
    'a b',
  ]);
  expect(leaves(junosTree('a { text "open', 'b;', 'c "d";', '}').root)).toEqual(['a text open', 'a b', 'a c d']);
  expect(leaves(junosTree('set a "open', 'set b "c"').root)).toEqual(['a open', 'b c']);
});

test('every line has one state, also where statements share it', () => {
  const { lineStates } = readJunos(
    'system { host-name x; }',
    '',
    '# note',
    'firewall { family inet { filter F { frobnicate; term a { then accept; } } } }',
    'snmp {',
    '    community public;',
    '}',
  );
  expect(lineStates).toEqual([
    'modelled',
    undefined,
    'no-effect',
    'unrecognised',
    'no-effect',
    'no-effect',
    'no-effect',
  ]);
});

test('the JSON form is refused, not misread', () => {
  const { devices, diagnostics } = readJunos('{', '  "configuration" : {', '  }', '}');
  expect(devices).toEqual([]);
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['junos/json', 'error']]);
});

test('what the login may not see is an error', () => {
  const { diagnostics } = readJunos('set system host-name x', 'set security ACCESS-DENIED');
  expect(diagnostics.map(({ code }) => code)).toContain('junos/access-denied');
});

test('a capture that stops at a pager is incomplete', () => {
  expect(readJunos('firewall {', '    family inet;', '}', '---(more)---').complete).toBe('no');
  expect(readJunos('firewall {', '    family inet;', '}').complete).toBe('yes');
  expect(readJunos('firewall {', '    family inet;').complete).toBe('no');
  expect(readJunos('set firewall family inet').complete).toBe('unknown');
});
