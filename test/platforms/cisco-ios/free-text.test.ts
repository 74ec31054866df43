import { expect, test } from 'vitest';
import { takeFreeText } from '../../../parsers/cisco/free-text.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';

function statementsOf(dialect: 'ios' | 'asa', ...lines: readonly string[]): string[] {
  return takeFreeText(readLines(lines.join('\n')), dialect).statements.map(({ text }) => text);
}

test.each([
  ['a control character', 'banner motd \u0003', 'interface Gi0/0', 'text \u0003'],
  ['a caret and a C', 'banner motd ^C', 'interface Gi0/0', '^C'],
  ['a caret and several Cs', 'banner exec ^CCCC', 'access-list 1 permit any', '^C'],
  ['any character', 'banner login #', 'no ip access-list extended A', 'bye #'],
  ['a caret, before a word with C', 'banner motd ^Careful', 'interface Gi0/0', 'now^'],
  ['without a kind', 'banner @', 'interface Gi0/0', '@'],
])('a banner ends at its delimiter: %s', (_, ...lines) => {
  expect(statementsOf('ios', ...lines, 'hostname r1')).toEqual(['hostname r1']);
});

test('a banner may be one line', () => {
  expect(statementsOf('ios', 'banner motd #interface Gi0/0#', 'hostname r1')).toEqual(['hostname r1']);
});

test('ASA banners are one statement a line', () => {
  const lines = ['banner motd # No entry', 'banner motd ip address 10.0.0.1', 'hostname fw'];
  expect(statementsOf('asa', ...lines)).toEqual(lines);
});

test.each(['ios', 'asa'] as const)('hex of a certificate ends at quit (%s)', (dialect) => {
  const lines = [
    'crypto ca certificate chain T',
    ' certificate 018d',
    '    308202 30DEAD',
    '    beef',
    '  quit',
    'hostname x',
  ];
  expect(statementsOf(dialect, ...lines)).toEqual(['crypto ca certificate chain T', 'certificate 018d', 'hostname x']);
});

test('a certificate without quit ends where hex ends, and says so', () => {
  const lines = readLines(' certificate 018d\n  30820230\naccess-list 101 permit ip any any\n');
  const { statements, problems } = takeFreeText(lines, 'ios');
  expect(statements.map(({ text }) => text)).toContain('access-list 101 permit ip any any');
  expect(problems).toMatchObject([{ kind: 'unterminated', line: { number: 1 } }]);
});

test('the end of a banner that is missing is reported once, and nothing behind it is lost', () => {
  const { statements, problems } = takeFreeText(readLines('banner motd #hello\nhostname r1\nend'), 'ios');
  expect(statements.map(({ text }) => text)).toEqual(['hostname r1', 'end']);
  expect(problems).toMatchObject([{ kind: 'unterminated', what: 'banner motd with delimiter #' }]);
});

test.each([
  'R1#',
  'R1#show running-config',
  'R1>enable',
  'fw/ctx/act# show run',
  'Building configuration...',
  'Current configuration : 12 bytes',
  '*Mar  1 00:01:07.123: %LINK-3-UPDOWN: Interface Gi0/0, changed state to up',
  '000123: Sep 21 11:22:15.856 UTC: %SEC-6-IPACCESSLOGP: list A denied tcp 10.0.0.1(1) -> 10.0.0.2(2), 1 packet',
  '%SYS-5-CONFIG_I: Configured from console',
])('%s is no statement', (line) => {
  expect(statementsOf('ios', 'ip access-list extended A', line, ' permit ip any any')).toEqual([
    'ip access-list extended A',
    'permit ip any any',
  ]);
});

test('a command behind a prompt of configuration mode is a statement, at its own column', () => {
  const { statements } = takeFreeText(readLines('R1(config-if)#ip access-group A in'), 'ios');
  expect(statements).toMatchObject([{ text: 'ip access-group A in', column: 15 }]);
});

test.each(['% Invalid input detected at marker.', '% Incomplete command.', 'Command authorization failed.'])(
  '%s is reported',
  (line) => {
    const { problems } = takeFreeText(readLines(`hostname a\n${line}`), 'ios');
    expect(problems).toMatchObject([{ kind: 'refused-command', line: { number: 2 } }]);
  },
);

test.each(['username a#b', 'snmp-server community x#!@ RO 90', 'description uplink > core', 'key 7 0822455D0A16#'])(
  '%s stays a statement',
  (line) => {
    expect(statementsOf('ios', line)).toEqual([line]);
  },
);
