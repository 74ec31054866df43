/** The files that `Include` stands for: `ssh -v -G` of OpenSSH 9.2 read the same of such a folder, in this order. */
import { expect, test } from 'vitest';
import { includePaths } from '../../../cli/sources/ssh/include-paths.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const NAMES = ['.10.swp', '10', '20', '20.conf', 'B', '[a]', 'a', 'a-b', 'b', '{a,b}'];
const FILES = new MemoryFiles({
  ...Object.fromEntries(NAMES.map((name) => [`d/${name}`, ''])),
  'e1/x': '',
  'e2/x': '',
  'e2/y': '',
});

test.each([
  ['d/*', ['10', '20', '20.conf', 'B', '[a]', 'a', 'a-b', 'b', '{a,b}']],
  ['d/**', ['10', '20', '20.conf', 'B', '[a]', 'a', 'a-b', 'b', '{a,b}']],
  ['d/.*', ['.10.swp']],
  ['d/?', ['B', 'a', 'b']],
  ['d/[0-9]*', ['10', '20', '20.conf']],
  ['d/[!a]', ['B', 'b']],
  // Only `!` says which not.
  ['d/[^a]', ['a']],
  ['d/[ab]', ['a', 'b']],
  ['d/[b-a]', []],
  ['d/\\[a]', ['[a]']],
  ['d/{a,b}', ['{a,b}']],
  ['d/2*.conf', ['20.conf']],
  ['d/2*conf.', []],
  ['d/none', []],
  ['none/*', []],
])('%s', (pattern, names) => {
  expect(includePaths(pattern, FILES)).toEqual(names.map((name) => `d/${name}`));
});

test('a pattern for a folder', () => {
  expect(includePaths('e?/[xy]', FILES)).toEqual(['e1/x', 'e2/x', 'e2/y']);
});
