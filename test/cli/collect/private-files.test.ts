/** Files of a collection on a real disk. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePrivateFiles } from '../../../cli/collect/private-files.ts';

let root = '';
const files = nodePrivateFiles((path) => join(root, path));
const mode = (path: string): string => (statSync(join(root, path)).mode & 0o777).toString(8);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'brokerfence-files-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('private files', () => {
  test('are for their owner alone, in a directory for its owner alone', async () => {
    expect(await files.open('a/b')).toEqual([]);
    expect((await files.write('a/b/fw1.cfg', 'hostname fw1\n')).change).toBe('new');
    expect([mode('a'), mode('a/b'), mode('a/b/fw1.cfg')]).toEqual(['700', '700', '600']);
    expect(readFileSync(join(root, 'a/b/fw1.cfg'), 'utf8')).toBe('hostname fw1\n');
    expect(readdirSync(join(root, 'a/b'))).toEqual(['fw1.cfg']);
  });

  test('are left alone where nothing changed, but for who may read them', async () => {
    await files.write('fw1.cfg', 'same');
    utimesSync(join(root, 'fw1.cfg'), 1, 1);
    chmodSync(join(root, 'fw1.cfg'), 0o644);
    expect((await files.write('fw1.cfg', 'same')).change).toBe('unchanged');
    expect(statSync(join(root, 'fw1.cfg')).mtimeMs).toBe(1000);
    expect(mode('fw1.cfg')).toBe('600');
    expect((await files.write('fw1.cfg', 'else')).change).toBe('changed');
    expect((await files.write('fw1.cfg', 'something else')).change).toBe('changed');
    expect((await files.write('fw1.cfg', '')).change).toBe('changed');
    expect((await files.write('fw1.cfg', '')).change).toBe('unchanged');
  });

  test('that differ only in when they were captured are left alone, and are what they were', async () => {
    const at = (time: string): string => `!Command: show running-config\n!Time: ${time}\nhostname fw1\n`;
    await files.write('fw1.cfg', at('10:00'));
    const again = await files.write('fw1.cfg', at('11:30'), /^!Time: .*$/gmu);
    expect(again).toEqual({ change: 'unchanged', text: at('10:00') });
    expect(readFileSync(join(root, 'fw1.cfg'), 'utf8')).toBe(at('10:00'));
    const changed = await files.write('fw1.cfg', at('12:00').replace('fw1', 'fw2'), /^!Time: .*$/gmu);
    expect(changed.change).toBe('changed');
  });

  test('take the place of a link instead of what it leads to', async () => {
    writeFileSync(join(root, 'elsewhere'), 'theirs');
    symlinkSync(join(root, 'elsewhere'), join(root, 'fw1.cfg'));
    await files.write('fw1.cfg', 'ours');
    expect(readFileSync(join(root, 'elsewhere'), 'utf8')).toBe('theirs');
    expect(readFileSync(join(root, 'fw1.cfg'), 'utf8')).toBe('ours');
  });

  test('leave nothing behind when the system refuses', async () => {
    await files.open('fw1.cfg');
    await expect(files.write('fw1.cfg', 'x')).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(files.write('gone/fw1.cfg', 'x')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(root)).toEqual(['fw1.cfg']);
  });

  test('that a killed writer left unfinished go away; those of one that runs stay', async () => {
    // No process has this number: Linux ends at 4,194,304.
    writeFileSync(join(root, '.fw1.cfg.99999999-0badcafe.unfinished'), 'half');
    writeFileSync(join(root, `.fw2.cfg.${process.ppid}-0badcafe.unfinished`), 'half');
    writeFileSync(join(root, 'fw3.cfg'), 'whole');
    expect([...(await files.open('.'))].sort()).toEqual([`.fw2.cfg.${process.ppid}-0badcafe.unfinished`, 'fw3.cfg']);
    expect(existsSync(join(root, '.fw1.cfg.99999999-0badcafe.unfinished'))).toBe(false);
  });
});
