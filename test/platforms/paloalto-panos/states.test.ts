import { assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../../parsers/index.ts';
import { loadText } from '../../../parsers/paloalto-panos/load.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { lineStates } from '../../../parsers/paloalto-panos/states.ts';
import { child } from '../../../parsers/paloalto-panos/tree.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';
import { allForms } from '../../support/panos-forms.ts';
import { load, statesOf } from './load-panos.ts';

test('lines of set commands', () => {
  expect(
    statesOf(
      'set deviceconfig system hostname fw',
      'set deviceconfig system timezone UTC',
      'set mgt-config users admin phash x',
      'set rulebase security rules r from any',
      'set rulebase security rules r from any',
      'set rulebase security rules r source-user bob',
      'set rulebase security rules r description words',
      'set rulebase security rules r new-field x',
      'set rulebase pbf rules p action forward egress-interface ethernet1/1',
      'set address a ip-netmask 192.0.2.1',
      'set address a new-kind 192.0.2.1',
      'set zone z network layer3 ethernet1/1',
      'set frobnicate x',
      '# a note',
      'this is nothing',
    ),
  ).toEqual([
    'modelled',
    'no-effect',
    'no-effect',
    'modelled',
    'modelled',
    'conditional',
    'no-effect',
    'unrecognised',
    'unsupported',
    'modelled',
    'unrecognised',
    'modelled',
    'unrecognised',
    'no-effect',
    'unrecognised',
  ]);
});

test('a line that also begins what holds its value has the state of the value', () => {
  expect(statesOf('set rulebase security rules r description words')).toEqual(['no-effect']);
});

test('who reads a statement says its state, and that of what is below it', () => {
  const text = [
    'rulebase {',
    ' security {',
    '  rules {',
    '   r {',
    '    from a;',
    '    description b;',
    '   }',
    '  }',
    ' }',
    '}',
  ];
  const lines = readLines(text.join('\n'));
  const notes = new Notes();
  const loaded = loadText({ name: 'fw', text: text.join('\n') }, lines, notes);
  const rule = child(loaded.root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules', 'r');
  const from = child(rule, 'from');
  if (rule !== undefined) notes.mark(rule, 'conditional');
  if (from !== undefined) notes.mark(from, 'unrecognised');
  const states = lineStates(loaded, lines, notes);
  expect(states.slice(2, 8)).toEqual([
    'modelled',
    'conditional',
    'unrecognised',
    'no-effect',
    'conditional',
    'modelled',
  ]);
});

test('lines of XML take the state of what they open and close', () => {
  const lines = [
    ['<config version="10.1.0" urldb="paloaltonetworks">', 'modelled'],
    ['<devices>', 'modelled'],
    ['<entry name="localhost.localdomain">', 'modelled'],
    ['<deviceconfig>', 'no-effect'],
    ['<system>', 'no-effect'],
    ['<hostname>fw</hostname>', 'modelled'],
    ['</system>', 'no-effect'],
    ['</deviceconfig>', 'no-effect'],
    ['<vsys><entry name="vsys1">', 'modelled'],
    ['<rulebase><security><rules>', 'modelled'],
    ['<entry name="r">', 'modelled'],
    ['<from>', 'modelled'],
    ['<member>any</member>', 'modelled'],
    ['</from>', 'modelled'],
    ['<category>', 'conditional'],
    ['<member>games</member>', 'conditional'],
    ['</category>', 'conditional'],
    ['<new-field>', 'unrecognised'],
    ['<x/>', 'unrecognised'],
    ['</new-field>', 'unrecognised'],
    ['<!-- a note -->', 'no-effect'],
    ['<description>one', 'no-effect'],
    ['two</description>', 'no-effect'],
    ['</entry>', 'modelled'],
    ['</rules></security></rulebase>', 'modelled'],
    ['</entry></vsys>', 'modelled'],
    ['</entry></devices></config>', 'modelled'],
  ];
  const states = statesOf(...lines.map(([line = '']) => line));
  expect(states.map((state, index) => [lines[index]?.[0], state])).toEqual(lines);
});

test('what stands on one line has its worst state', () => {
  expect(
    statesOf('<config><shared><address><entry name="a"><fqdn>x</fqdn></entry></address></shared></config>'),
  ).toEqual(['modelled']);
  expect(statesOf('<config><shared><address><entry name="a"><odd>x</odd></entry></address></shared></config>')).toEqual(
    ['unrecognised'],
  );
});

test('braces', () => {
  expect(
    statesOf(
      'deviceconfig {',
      '  system {',
      '    hostname fw;',
      '    login-banner "one',
      'two";',
      '  }',
      '}',
      'rulebase {',
      '  dos {',
      '    rules {',
      '      d {',
      '        action deny;',
      '      }',
      '    }',
      '  }',
      '}',
    ),
  ).toEqual([
    'no-effect',
    'no-effect',
    'modelled',
    'no-effect',
    'no-effect',
    'no-effect',
    'no-effect',
    'modelled',
    'modelled',
    'modelled',
    'unsupported',
    'unsupported',
    'unsupported',
    'modelled',
    'modelled',
    'modelled',
  ]);
});

test('templates, device groups and pushed policy hold what firewalls hold', () => {
  expect(
    statesOf(
      'set template T config devices localhost.localdomain network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24',
      'set template T config devices localhost.localdomain vsys vsys1 zone z network layer3 ethernet1/1',
      'set template T config deviceconfig system timezone UTC',
      'set template T variable $a type ip-netmask 192.0.2.1',
      'set template-stack S templates T',
      'set device-group D pre-rulebase security rules r action allow',
      'set device-group D post-rulebase default-security-rules rules intrazone-default action deny',
      'set device-group D devices 0001',
      'set device-group D odd x',
      'set readonly devices localhost.localdomain device-group D parent-dg E',
      'set policy panorama pre-rulebase security rules r action allow',
      'set shared region R address 192.0.2.0/24',
    ),
  ).toEqual([
    'modelled',
    'modelled',
    'no-effect',
    'modelled',
    'modelled',
    'modelled',
    'modelled',
    'modelled',
    'unrecognised',
    'modelled',
    'modelled',
    'modelled',
  ]);
});

test('what later commands replace or delete is understood', () => {
  expect(
    statesOf(
      'set rulebase security rules a action allow',
      'set rulebase security rules a action deny',
      'set rulebase security rules b action deny',
      'delete rulebase security rules b',
      'delete rulebase security rules c',
    ),
  ).toEqual(['modelled', 'modelled', 'modelled', 'modelled', 'no-effect']);
});

const WHOLE = [
  'set deviceconfig system hostname fw',
  'set network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24',
  'set zone a network layer3 ethernet1/1',
  'set address "x & y" ip-netmask 10.0.0.0/8',
  'set rulebase security rules r from a',
  'set rulebase security rules r to [ a b ]',
  'set rulebase security rules r source "x & y"',
  'set rulebase security rules r destination any',
  'set rulebase security rules r application [ mqtt ssl ]',
  'set rulebase security rules r service application-default',
  'set rulebase security rules r description "say "so" {now}; [x]"',
  'set rulebase security rules r action allow',
  'set rulebase nat rules n from a',
  'set rulebase nat rules n to b',
  'set rulebase nat rules n source any',
  'set rulebase nat rules n destination 192.0.2.9',
  'set rulebase nat rules n service any',
  'set rulebase nat rules n destination-translation translated-address 10.0.0.1',
];

test('every line has one state, however a text is cut or damaged, and nothing throws', () => {
  const texts = Object.values(allForms(load(...WHOLE).root));
  const edit = constantFrom(
    '',
    '"',
    '<',
    '>',
    '&',
    '{',
    '}',
    ';',
    '[',
    ']',
    '\n',
    '\r',
    '\0',
    '\u001B[m',
    '</entry>',
    ' set ',
  );
  assert(
    property(
      constantFrom(...texts),
      integer({ min: 0, max: 3000 }),
      integer({ min: 0, max: 40 }),
      edit,
      (text, at, length, put) => {
        const from = at % text.length;
        for (const damaged of [text.slice(0, from), text.slice(0, from) + put + text.slice(from + length)]) {
          const { lineStates } = parse({ name: 'fw', text: damaged }, { platform: 'paloalto-panos' }).texts[0];
          const lines = damaged.split('\n');
          for (const [index, line] of lines.entries()) {
            const isPlain = !['\0', '\r', '\u001B'].some((odd) => line.includes(odd));
            if (isPlain && /[\w<{}"]/u.test(line)) expect(lineStates[index], line).toBeDefined();
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});
