/** Which file is edited, what the edit shows as, and how it is written. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { unifiedDiff } from '../../../cli/policy/edit/unified-diff.ts';
import { whichFile } from '../../../cli/policy/edit/which-file.ts';
import { writePolicy } from '../../../cli/policy/edit/write-policy.ts';
import { nodeFileSystem } from '../../../cli/sources/file-system.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { edited, waiving } from './editing.ts';
import { policyText } from './layouts.ts';

const FILE = 'brokerfence.yaml';

test('the file that was loaded is edited, not one that it includes', () => {
  const texts = [
    { name: 'group/base.yaml', text: 'version: 1\n' },
    { name: '../plant.yaml', text: 'version: 1\ninclude: [group/base.yaml]\n' },
  ];
  expect(whichFile({ file: '../plant.yaml', texts }, new MemoryFiles({}))).toEqual({
    kind: 'existing',
    path: '../plant.yaml',
    text: 'version: 1\ninclude: [group/base.yaml]\n',
  });
});

test('without a policy a new file is named, unless there is one that the run does not use', () => {
  expect(whichFile(undefined, new MemoryFiles({}))).toEqual({
    kind: 'new',
    path: FILE,
    message: 'there is no policy file yet; brokerfence.yaml will be written in the working directory',
  });
  for (const name of [FILE, 'brokerfence.yml']) {
    expect(whichFile(undefined, new MemoryFiles({ [name]: 'version: 1\n' }))).toEqual({
      kind: 'none',
      message: `${name} is there, but this run does not use it; run again with --policy ${name}`,
    });
  }
  expect(whichFile(undefined, new MemoryFiles({ [FILE]: { error: 'EACCES' } })).kind).toBe('none');
});

test('a diff shows what is added with three lines around it', () => {
  const before = 'version: 1\nnetworks: []\nchecks: {}\n\nwaivers:\n# one\n\n# two\n\n# three\n';
  expect(unifiedDiff(before, edited(waiving(before)), FILE)).toEqual([
    { kind: 'hunk', text: '--- brokerfence.yaml' },
    { kind: 'hunk', text: '+++ brokerfence.yaml' },
    { kind: 'hunk', text: '@@ -3,6 +3,11 @@' },
    { kind: 'context', text: ' checks: {}' },
    { kind: 'context', text: ' ' },
    { kind: 'context', text: ' waivers:' },
    { kind: 'added', text: '+  # mqtt from outside to dmz on edge-1: reachable from anywhere' },
    { kind: 'added', text: '+  - fingerprint: 00112233445566aa' },
    { kind: 'added', text: '+    reason: lab, until it moves' },
    { kind: 'added', text: '+    owner: net' },
    { kind: 'added', text: '+    expires: 2027-03-31' },
    { kind: 'context', text: ' # one' },
    { kind: 'context', text: ' ' },
    { kind: 'context', text: ' # two' },
  ]);
});

test('a diff of a new file, of nothing, and of text that could steer a terminal', () => {
  expect(unifiedDiff(undefined, 'version: 1\r\n', FILE).map(({ text }) => text)).toEqual([
    '--- /dev/null',
    '+++ brokerfence.yaml',
    '@@ -0,0 +1 @@',
    '+version: 1',
  ]);
  expect(unifiedDiff('a\n', 'a\n', FILE)).toEqual([]);
  expect(unifiedDiff('a\n# \u001b[2J\n', 'b\n# \u001b[2J\n', FILE).at(-1)?.text).toBe(' # ·[2J');
});

test('a diff is the edit: put on the old text it gives the new one', () => {
  fc.assert(
    fc.property(policyText, (before) => {
      const after = edited(waiving(before));
      const lines = unifiedDiff(before, after, FILE);
      expect(lines.filter(({ kind }) => kind === 'added').length).toBeGreaterThan(0);
      if (before.includes('\r')) return;
      expect(applyPatch(before, `${lines.map(({ text }) => text).join('\n')}\n`)).toBe(after);
    }),
    { numRuns: 100 },
  );
});

const BOM = '\ufeff';

test('a file is written if it is as it was read', () => {
  const files = new MemoryFiles({ 'a.yaml': 'version: 1\n', 'bom.yaml': `${BOM}version: 1\n` });
  expect(writePolicy(files, 'a.yaml', 'version: 1\n', 'version: 1 # after\n')).toEqual({ kind: 'written' });
  expect(writePolicy(files, 'bom.yaml', 'version: 1\n', 'version: 1 # after\n')).toEqual({ kind: 'written' });
  expect(writePolicy(files, 'new.yaml', undefined, 'version: 1\n')).toEqual({ kind: 'written' });
  expect(Object.fromEntries(files.written)).toEqual({
    'a.yaml': 'version: 1 # after\n',
    'bom.yaml': `${BOM}version: 1 # after\n`,
    'new.yaml': 'version: 1\n',
  });
});

const CHANGED =
  'has changed since it was read, or is not in UTF-8; nothing was written; ask for the change again to see it in what the file says now';

test.each([
  ['edited', 'version: 1 # mine\n', 'version: 1\n', CHANGED],
  ['made longer', `version: 1\n${'# more\n'.repeat(9)}`, 'version: 1\n', CHANGED],
  ['in another encoding', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'a', CHANGED],
  ['made', 'version: 1\n', undefined, 'has been made since the policy was read; start again to use it'],
  ['replaced by a directory', null, 'version: 1\n', 'is no regular file, so it cannot be replaced as a whole'],
  ['closed to us', { error: 'EACCES' }, 'version: 1\n', 'cannot be read: permission denied'],
])('nothing is written over a file that was %s', (_, node, before, message) => {
  const files = new MemoryFiles({ 'a.yaml': node });
  expect(writePolicy(files, 'a.yaml', before, 'after\n')).toEqual({ kind: 'refused', message: `a.yaml ${message}` });
  expect(files.written.size).toBe(0);
});

test('a file that is gone is not made again, and one that cannot be made is said', () => {
  const files = new MemoryFiles({});
  expect(writePolicy(files, 'a.yaml', 'version: 1\n', 'after\n')).toEqual({
    kind: 'refused',
    message: 'a.yaml does not exist',
  });
  expect(writePolicy(files, 'lost/a.yaml', undefined, 'after\n')).toEqual({
    kind: 'refused',
    message: 'lost/a.yaml cannot be written: ENOENT',
  });
});

const directory = mkdtempSync(join(tmpdir(), 'policy-edit-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('on a disk the bytes of the file are those of the edit, and its permissions stay', () => {
  const before = '# Grüße\r\nversion: 1\r\nwaivers: []\r\n';
  const path = join(directory, FILE);
  writeFileSync(path, `${BOM}${before}`, { mode: 0o640 });
  const after = edited(waiving(before));
  expect(writePolicy(nodeFileSystem(directory), FILE, before, after)).toEqual({ kind: 'written' });
  expect(readFileSync(path, 'utf8')).toBe(`${BOM}${after}`);
  expect(statSync(path).mode & 0o777).toBe(0o640);
});
