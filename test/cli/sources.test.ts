import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Input } from '../../cli/sources/input.ts';
import type { Node } from './support/memory-files.ts';
import { decode } from '../../cli/sources/decode.ts';
import { nodeFileSystem } from '../../cli/sources/file-system.ts';
import { openInputs } from '../../cli/sources/read.ts';
import { fakeIo } from './support/fake-io.ts';

const CONFIG = 'hostname a\nend\n';

async function read(paths: readonly string[], files: Readonly<Record<string, Node>>, stdin = ''): Promise<string[]> {
  const inputs = await openInputs(paths, 1000, fakeIo({ files, stdin }).io);
  return [...inputs.read()].map(shown);
}

function shown(input: Input): string {
  if (input.kind === 'text') return `${input.source.name}: ${input.expected ? 'expected ' : ''}text`;
  return `${input.name}: ${input.kind === 'failure' ? input.reason : 'skipped'}`;
}

describe('paths', () => {
  test('a directory is walked in the order of its names, hidden entries left out', async () => {
    const files = {
      'd/b.cfg': CONFIG,
      'd/a/z': CONFIG,
      'd/.git/x.cfg': CONFIG,
      'd/README.md': '# x',
      'd/.hidden': 'x',
    };
    expect(await read(['d'], files)).toEqual(['d/README.md: skipped', 'd/a/z: text', 'd/b.cfg: expected text']);
  });

  test('a capture that is not whole is a failure, and the record of a collection none', async () => {
    const files = { 'd/fw1.cfg': CONFIG, 'd/fw2.partial': CONFIG, 'd/collect.json': '{}' };
    expect(await read(['d'], files)).toEqual([
      'd/collect.json: skipped',
      'd/fw1.cfg: expected text',
      'd/fw2.partial: partial',
    ]);
    expect(await read(['d/fw2.partial'], files)).toEqual(['d/fw2.partial: partial']);
  });

  test('paths keep the order they are given in, and a file reached twice is read once', async () => {
    const files = { 'd/a.cfg': CONFIG, 'b.txt': CONFIG };
    expect(await read(['b.txt', 'd', './d/a.cfg'], files)).toEqual([
      'b.txt: expected text',
      'd/a.cfg: expected text',
      'd/a.cfg: skipped',
    ]);
  });

  test('a pattern is expanded, unless a file has that name', async () => {
    const files = { 'd/a.cfg': CONFIG, 'd/b.cfg': CONFIG, 'x[1].cfg': CONFIG, 'x1.cfg': CONFIG };
    expect(await read(['d/*.cfg'], files)).toEqual(['d/a.cfg: expected text', 'd/b.cfg: expected text']);
    expect(await read(['x[1].cfg'], files)).toEqual(['x[1].cfg: expected text']);
    expect(await read(['e/*.cfg'], files)).toEqual(['e/*.cfg: not-found']);
  });

  test('standard input is an input like any other', async () => {
    expect(await read(['<stdin>'], {}, CONFIG)).toEqual(['<stdin>: expected text']);
    expect(await read(['<stdin>'], {}, '')).toEqual(['<stdin>: empty']);
    expect(await read(['<stdin>'], {}, 'x'.repeat(1001))).toEqual(['<stdin>: too-large']);
  });

  test('a loop of directories ends and is named; what stands beside it is read', async () => {
    const files = { 'd/a.cfg': CONFIG, 'd/sub/loop': { link: 'd' }, 'd/z.cfg': CONFIG };
    expect(await read(['d'], files)).toEqual(['d/a.cfg: expected text', 'd/sub/loop: loop', 'd/z.cfg: expected text']);
  });

  test('a link that leads to itself is a failure', async () => {
    expect(await read(['d'], { 'd/x.cfg': { link: 'd/x.cfg' } })).toEqual(['d/x.cfg: loop']);
  });

  test('a directory reached by two links is read once', async () => {
    const files = { 'd/a.cfg': CONFIG, 'e/one': { link: 'd' }, 'e/two': { link: 'd' } };
    expect(await read(['e'], files)).toEqual(['e/one/a.cfg: expected text', 'e/two: skipped']);
  });
});

describe('files that cannot be audited', () => {
  const files = {
    'd/denied.txt': { error: 'EACCES' },
    'd/empty.cfg': '',
    'd/logo': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]),
    'd/broken.conf': new Uint8Array([1, 0, 2, 0, 0, 3]),
    'd/big.cfg': 'x'.repeat(1001),
    'd/backup.cfg': new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
    'd/good.cfg': CONFIG,
  };

  test('in a directory fail when they are named like configs or cannot be opened, and stop nothing', async () => {
    expect(await read(['d'], files)).toEqual([
      'd/backup.cfg: archive',
      'd/big.cfg: too-large',
      'd/broken.conf: binary',
      'd/denied.txt: no-permission',
      'd/empty.cfg: empty',
      'd/good.cfg: expected text',
      'd/logo: skipped',
    ]);
  });

  test('fail whatever their name is when the user named them', async () => {
    expect(await read(['d/logo', 'd/none', 'nowhere/x'], files)).toEqual([
      'd/logo: binary',
      'd/none: not-found',
      'nowhere/x: not-found',
    ]);
  });

  test('a directory with nothing in it is a failure', async () => {
    expect(await read(['d'], { 'd/.keep': '' })).toEqual(['d: empty']);
  });
});

describe('decoding', () => {
  const text = 'hostname zürich\nend\n';
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  const utf16le = Uint8Array.from(codes.flatMap((code) => [code, 0]));
  const utf16be = Uint8Array.from(codes.flatMap((code) => [0, code]));
  const utf8 = new TextEncoder().encode(text);

  test.each([
    ['UTF-8', utf8],
    ['UTF-8 with mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8])],
    ['UTF-16LE with mark', Uint8Array.from([0xff, 0xfe, ...utf16le])],
    ['UTF-16BE with mark', Uint8Array.from([0xfe, 0xff, ...utf16be])],
    ['UTF-16LE', utf16le],
    ['UTF-16BE', utf16be],
    ['ISO 8859-1', Uint8Array.from(codes)],
    ['UTF-8 padded with NUL', Uint8Array.from([...utf8, 0, 0, 0])],
  ])('%s', (_name, bytes) => {
    expect(decode(bytes)).toEqual({ kind: 'text', text });
  });

  test.each([
    ['nothing', [], 'empty'],
    ['NUL only', [0, 0, 0], 'empty'],
    ['blanks only', [32, 10, 9, 10], 'empty'],
    ['a NUL in the middle', [104, 0, 105, 106, 107], 'binary'],
    ['many controls', [1, 2, 3, 104, 105], 'binary'],
    ['zip', [0x50, 0x4b, 3, 4, 20, 0], 'archive'],
  ])('%s is %s', (_name, bytes, kind) => {
    expect(decode(Uint8Array.from(bytes)).kind).toBe(kind);
  });

  test('the control characters of a terminal capture are text', () => {
    const capture = 'banner motd \u0003\nkeep out\n\u0003\n --More-- \b\b\b\b\b\b\b\b\b\b interface Gi0\n';
    expect(decode(new TextEncoder().encode(capture.repeat(1) + CONFIG.repeat(20))).kind).toBe('text');
  });
});

describe('the real file system', () => {
  const directory = mkdtempSync(join(tmpdir(), 'brokerfence-test-'));
  const files = nodeFileSystem(directory);
  afterAll(() => rmSync(directory, { recursive: true }));

  test('reads a file up to the limit and not beyond', () => {
    writeFileSync(join(directory, 'a.cfg'), 'x'.repeat(2_500_000));
    expect(files.read('a.cfg', 2_500_000)).toHaveLength(2_500_000);
    expect(files.read('a.cfg', 2_499_999)).toBe('too-large');
  });

  test('stops reading a device that never ends', () => {
    expect(files.read('/dev/zero', 3_000_000)).toBe('too-large');
  });

  test('follows links and reports loops as the system does', () => {
    symlinkSync('loop', join(directory, 'loop'));
    expect(() => files.kind('loop')).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  });

  test('replaces a file whole, through a link, and leaves nothing else behind', () => {
    writeFileSync(join(directory, 'report'), 'old');
    symlinkSync('report', join(directory, 'link'));
    files.writeWhole('link', 'new');
    expect(readFileSync(join(directory, 'report'), 'utf8')).toBe('new');
    expect(readdirSync(directory).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('writes to a device instead of replacing it', () => {
    files.writeWhole('/dev/null', 'text');
    expect(files.kind('/dev/null')).toBe('other');
  });

  test('a file that cannot be written is left as it was', () => {
    expect(() => files.writeWhole('none/report', 'text')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
