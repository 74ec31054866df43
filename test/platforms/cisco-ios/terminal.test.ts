import { expect, test } from 'vitest';
import { readLines } from '../../../parsers/syntax/lines.ts';
import { iosDevice, readIos } from './read-ios.ts';

const BACK = '\b'.repeat(9);

test.each([
  ['backspaces and blanks, as IOS takes its prompt back', ` --More-- ${BACK}        ${BACK} deny tcp any any eq 1883`],
  ['a carriage return and blanks', '<--- More --->\r              \r deny tcp any any eq 1883'],
  ['the prompt alone, without what took it back', ' --More--  deny tcp any any eq 1883'],
  ['colours of a terminal', '\u001b[7m--More--\u001b[m\r        \r deny tcp any any eq 1883'],
])('a pager does not take an entry out of its list: %s', (_, paged) => {
  const text = [
    'ip access-list extended A',
    ' permit tcp any any eq 8883',
    paged,
    ' permit ip any any',
    'line vty 0 4',
  ];
  const [list] = iosDevice(...text).ruleLists;
  expect(list?.rules.map(({ action }) => action.kind)).toEqual(['permit', 'deny', 'permit']);
  expect(readIos(...text).lineStates).not.toContain('unrecognised');
});

test('a pager before a statement of the top level does not push it into the block above', () => {
  const device = iosDevice('interface GigabitEthernet0/0', ` --More-- ${BACK}        ${BACK}access-list 10 permit any`);
  expect(device.ruleLists.map(({ name }) => name)).toEqual(['10']);
});

test('backspaces show what was typed over', () => {
  expect(readLines('hostnamr\be r1')).toMatchObject([{ text: 'hostname r1' }]);
});

test('line numbers and columns are those of the text, a byte order mark counted, whatever its line ends', () => {
  for (const end of ['\n', '\r\n']) {
    const lines = readLines(`\ufeffhostname r1${end}${end}  shutdown  ${end}`);
    expect(lines.map(({ number, column, indent, text }) => [number, column, indent, text])).toEqual([
      [1, 2, 0, 'hostname r1'],
      [3, 3, 2, 'shutdown'],
    ]);
  }
});

test.each([
  ['ip access-g A in', 'modelled'],
  ['ip ac A in', 'unrecognised'],
  ['ip add 10.0.0.1 255.255.255.0', 'modelled'],
  ['desc uplink', 'modelled'],
  ['sh', 'unrecognised'],
])('a short form counts when it can mean one statement only: `%s` is %s', (statement, state) => {
  const { lineStates } = readIos(
    'interface GigabitEthernet0/0',
    ` ${statement}`,
    'ip access-list extended A',
    ' permit ip any any',
  );
  expect(lineStates[1]).toBe(state);
});
