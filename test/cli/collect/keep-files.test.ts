/** What becomes of the texts of a device in the directory of a collection. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ended } from '../../../cli/collect/events.ts';
import { captureFile, deviceStemOf, partialFile } from '../../../cli/collect/capture-names.ts';
import { CaptureDirectory } from '../../../cli/collect/keep-files.ts';
import { nodePrivateFiles } from '../../../cli/collect/private-files.ts';
import { collected, endpoint, failure, text } from './fake-fleet.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'brokerfence-keep-'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function keep(name: string, ended: Ended, mask = false) {
  const files = nodePrivateFiles((path) => join(root, path));
  return new CaptureDirectory('.', await files.open('.'), files, mask).keep(endpoint(name), ended);
}

const present = (): string[] => readdirSync(root).sort();
const CONFIG = text('fw1', 'hostname fw1\nend\n');
const COUNTERS = text('fw1', 'Extended IP access list A\n', { what: 'hit-counts', command: 'show access-lists' });

describe('the files of a device', () => {
  test('are named after it, with what stands beside a configuration named after that', async () => {
    const version = text('fw1', 'Cisco IOS', { what: 'version', command: 'show version' });
    const { kept } = await keep('fw1', collected(version, CONFIG, COUNTERS));
    expect(present()).toEqual(['fw1+hit-counts.txt', 'fw1.cfg']);
    expect(kept.files).toMatchObject([
      {
        file: 'fw1.cfg',
        what: 'configuration',
        command: 'show running-config',
        bytes: 17,
        // sha256sum of the text.
        sha256: '9eee4ca8ff88dd0cee4dbb04c3cddfda9562edddc03cc8dbdc7e9032d6bd8018',
        change: 'new',
        partial: false,
      },
      { file: 'fw1+hit-counts.txt', what: 'hit-counts', change: 'new' },
    ]);
  });

  test('are after a whole collection those of that collection and no others', async () => {
    for (const name of ['fw1+hit-counts.txt', 'fw1@old.cfg', 'fw1.partial', 'fw1.xml', 'fw10.cfg', 'fw1-notes.md']) {
      writeFileSync(join(root, name), 'x');
    }
    const { kept } = await keep('fw1', collected(CONFIG));
    expect(present()).toEqual(['fw1-notes.md', 'fw1.cfg', 'fw10.cfg']);
    expect(kept.removed).toEqual(['fw1+hit-counts.txt', 'fw1.xml', 'fw1@old.cfg']);
  });

  test('stay as they are when a collection fails, and what arrived is kept aside', async () => {
    writeFileSync(join(root, 'fw1.cfg'), 'of before');
    const { kept } = await keep('fw1', failure('lost', true, [text('fw1', 'hostname fw1\n')]));
    expect(present()).toEqual(['fw1.cfg', 'fw1.partial']);
    expect(readFileSync(join(root, 'fw1.cfg'), 'utf8')).toBe('of before');
    expect(kept).toMatchObject({ files: [{ file: 'fw1.partial', partial: true }], earlier: ['fw1.cfg'], removed: [] });
    expect((await keep('fw1', failure('refused', true))).kept).toMatchObject({ files: [], earlier: ['fw1.cfg'] });
    expect(present()).toEqual(['fw1.cfg', 'fw1.partial']);
  });

  test('that cannot be written are a failure of the device', async () => {
    const files = nodePrivateFiles((path) => join(root, path));
    const gone = new CaptureDirectory('gone', [], files, false);
    expect(await gone.keep(endpoint('fw1'), collected(CONFIG))).toMatchObject({
      problem: 'gone cannot be written: it is no longer there (ENOENT)',
    });
  });

  test('are masked where that is wanted, partial ones too', async () => {
    const secret = 'hostname fw1\nenable secret 9 $9$s3cr3t\nend\n';
    await keep('fw1', collected(text('fw1', secret)), true);
    await keep('fw2', failure('lost', true, [text('fw2', secret)]), true);
    expect(present()).toEqual(['fw1.cfg', 'fw2.partial']);
    expect(
      present()
        .map((name) => readFileSync(join(root, name), 'utf8'))
        .join(''),
    ).not.toContain('s3cr3t');
  });
});

describe('names of files', () => {
  test('never clash, and tell whose they are', () => {
    const context = { device: 'core/1/dmz', what: 'hit-counts' } as const;
    expect(captureFile(context, 'core/1', 'cisco-asa')).toBe('core%2F1@dmz+hit-counts.txt');
    expect(captureFile({ device: 'a+b', what: 'configuration' }, 'a+b', 'cisco-ios')).toBe('a%2Bb.cfg');
    const pushed = { device: 'pa', what: 'pushed-policy', scope: 'vsys1' } as const;
    expect(captureFile(pushed, 'pa', 'paloalto-panos')).toBe('pa+pushed-policy+vsys1.xml');
    expect(partialFile(pushed, 'pa')).toBe('pa+pushed-policy+vsys1.partial');
    expect(deviceStemOf('core%2F1@dmz+hit-counts.txt')).toBe('core%2F1');
    expect(deviceStemOf('fw1.example.com.cfg')).toBe('fw1.example.com');
    expect(deviceStemOf('pa+pushed-policy+vsys1.xml')).toBe('pa');
    expect(deviceStemOf('collect.json')).toBeUndefined();
  });
});
