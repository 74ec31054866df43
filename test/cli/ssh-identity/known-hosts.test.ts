/**
 * Host keys, judged by files that ssh-keygen of OpenSSH 9.2 wrote, hashed and looked hosts up in (`-H`, `-F`, `-l`); the
 * verdicts are those of its ssh with `StrictHostKeyChecking=yes` before a server that showed each key.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprintOf, keyTypeOf } from '../../../cli/sources/ssh/host-key.ts';
import { knownHosts, type HostKeyVerdict } from '../../../cli/sources/ssh/known-hosts.ts';
import { nodeHostKeyFiles, type HostKeyFiles } from '../../../cli/sources/ssh/known-hosts-files.ts';
import { hop } from './hops.ts';

const FOLDER = join(import.meta.dirname, 'known-hosts');
const PUBLIC = readFileSync(join(FOLDER, 'keys.pub'), 'utf8').trim().split('\n');
const encodedKey = (name: string): string =>
  PUBLIC.map((line) => line.split(' ')).find(([, , comment]) => comment === name)?.[1] ?? '';
const key = (name: string): Buffer => Buffer.from(encodedKey(name), 'base64');

/** Files by path; what was appended is kept. */
class Files implements HostKeyFiles {
  readonly #texts: Map<string, string>;

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = new Map(Object.entries(texts));
  }

  read(path: string): ReturnType<HostKeyFiles['read']> {
    const text = this.#texts.get(path);
    return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
  }

  append(path: string, line: string): void {
    this.#texts.set(path, `${this.#texts.get(path) ?? ''}${line}\n`);
  }
}

const judged = (verdict: HostKeyVerdict): string =>
  'place' in verdict ? `${verdict.kind} ${verdict.place}` : verdict.kind;

const judge = (text: string, name: string, keyName: string, rest: Readonly<Record<string, string>> = {}): string => {
  const files = new Files({ f: text, ...rest });
  return judged(
    knownHosts(files).judge(hop({ hostKeyName: name, knownHostsFiles: ['f', ...Object.keys(rest)] }), key(keyName)),
  );
};

test('a fingerprint is written as ssh-keygen -l writes it', () => {
  const expected = readFileSync(join(FOLDER, 'fingerprints.txt'), 'utf8').trim().split('\n');
  const names = expected.map((line) => line.split(' ')[2] ?? '');
  expect(names).toHaveLength(5);
  expect(names.map((name) => fingerprintOf(key(name)))).toEqual(expected.map((line) => line.split(' ')[1]));
});

describe('a known_hosts file', () => {
  const text = readFileSync(join(FOLDER, 'known_hosts'), 'utf8');
  test.each([
    ['fw1.example', 'ed25519', 'known'],
    ['FW1.example', 'ed25519', 'known'],
    ['upper.example', 'ed25519', 'known'],
    ['192.0.2.1', 'ed25519', 'known'],
    ['tabs.example', 'ed25519', 'known'],
    ['a.edge.example', 'rsa', 'known'],
    ['old.edge.example', 'rsa', 'unknown'],
    ['sw1.example', 'rsa', 'known'],
    ['sw10.example', 'rsa', 'unknown'],
    ['[fw1.example]:2222', 'ecdsa-256', 'known'],
    ['multi.example', 'rsa', 'known'],
    ['multi.example', 'ecdsa-521', 'known'],
    // Of another key the place is that of the first one on record.
    ['multi.example', 'ecdsa-256', 'changed f:6'],
    // A key of another type than the recorded one has changed, says ssh.
    ['fw1.example', 'rsa', 'changed f:3'],
    ['new.example', 'rsa', 'unknown'],
    // Revoked wins over being on record, and over being unknown.
    ['gone.example', 'ed25519-b', 'revoked f:9'],
    ['new.example', 'ed25519-b', 'revoked f:9'],
    // An authority's key is not the host's.
    ['x.signed.example', 'ecdsa-256', 'unknown'],
    ['x.signed.example', 'rsa', 'unknown'],
    // The key of the usual port vouches at another port; a different one there says nothing.
    ['[fw1.example]:2200', 'ed25519', 'known'],
    ['[fw1.example]:2200', 'rsa', 'unknown'],
    ['[fw1.example]:2222', 'ed25519', 'changed f:5'],
  ])('of %s with the %s key: %s', (name, keyName, verdict) => {
    expect(judge(text, name, keyName)).toBe(verdict);
  });

  test('says of an authority that certificates do not count', () => {
    const verdict = knownHosts(new Files({ f: text })).judge(
      hop({ hostKeyName: 'x.signed.example', knownHostsFiles: ['f'] }),
      key('rsa'),
    );
    expect(verdict).toMatchObject({ kind: 'unknown', keyType: 'ssh-rsa', fingerprint: fingerprintOf(key('rsa')) });
    expect('detail' in verdict ? verdict.detail : '').toMatch(/^f:11 has an authority/u);
  });

  test('has the types on record, those of the usual port where there are none of the port', () => {
    const keys = knownHosts(new Files({ f: text }));
    const types = (name: string): readonly string[] =>
      keys.recordedTypes(hop({ hostKeyName: name, knownHostsFiles: ['f'] }));
    expect(types('multi.example')).toEqual(['ssh-rsa', 'ecdsa-sha2-nistp521']);
    expect(types('[fw1.example]:2222')).toEqual(['ecdsa-sha2-nistp256']);
    expect(types('[fw1.example]:2200')).toEqual(['ssh-ed25519']);
    expect(types('x.signed.example')).toEqual([]);
  });
});

test.each([
  ['h1.example', 'ed25519', 'known'],
  ['192.0.2.1', 'ed25519', 'known'],
  ['h1.example', 'rsa', 'changed f:1'],
  ['[h1.example]:2222', 'rsa', 'known'],
  ['2001:db8::1', 'ecdsa-256', 'known'],
  ['h2.example', 'ed25519', 'unknown'],
])('a hashed name of %s with the %s key: %s', (name, keyName, verdict) => {
  expect(judge(readFileSync(join(FOLDER, 'hashed'), 'utf8'), name, keyName)).toBe(verdict);
});

test('a key in a later file counts, and so does a revocation there', () => {
  const line = (name: string, keyName: string): string =>
    `${name} ${PUBLIC.find((each) => each.endsWith(` ${keyName}`)) ?? ''}\n`;
  expect(judge('', 'h', 'rsa', { g: line('h', 'rsa') })).toBe('known');
  expect(judge(line('h', 'rsa'), 'h', 'rsa', { g: line('@revoked h', 'rsa') })).toBe('revoked g:1');
  // A key that is revoked for the host is so at every port of it.
  expect(judge(line('@revoked h', 'rsa') + line('[h]:22000', 'rsa'), '[h]:22000', 'rsa')).toBe('revoked f:1');
  expect(judge(line('h', 'ed25519'), 'h', 'rsa', { g: line('h', 'rsa') })).toBe('known');
});

test('lines that say nothing because they are damaged are said, with their places', () => {
  const rsa = encodedKey('rsa');
  const lines = [
    'h ssh-rsa',
    `h ssh-ed25519 ${rsa}`,
    `h ssh-rsa ${rsa.slice(0, -8)}`,
    `h ssh-rsa ${rsa}!`,
    `|1|abc ssh-rsa ${rsa}`,
    `|2|abc|def ssh-rsa ${rsa}`,
    `@trusted h ssh-rsa ${rsa}`,
    'h 1024 65537 1234567890',
    '# a comment',
    '   ',
    `h ssh-rsa ${rsa}`,
  ];
  const keys = knownHosts(new Files({ f: lines.join('\r\n') }));
  expect(judged(keys.judge(hop({ hostKeyName: 'h', knownHostsFiles: ['f'] }), key('rsa')))).toBe('known');
  expect(keys.problems().map(({ span, message }) => `${span?.line ?? 0}:${span?.column ?? 0} ${message}`)).toEqual([
    '1:1 not a line of host names, key type and key',
    '2:15 the key is not a whole key of type ssh-ed25519',
    '3:11 the key is not a whole key of type ssh-rsa',
    '4:11 the key is not a whole key of type ssh-rsa',
    '5:1 a hashed name is |1|, its salt, |, and its hash',
    '6:1 a hashed name is |1|, its salt, |, and its hash',
    '7:1 no marker @trusted; there are @revoked and @cert-authority',
    '8:3 a key of SSH version 1, which nothing uses any more',
  ]);
});

test('a name of many stars is compared with in a moment', () => {
  const line = `${'*a'.repeat(40)}b ssh-rsa ${encodedKey('rsa')}`;
  expect(judge(line, 'a'.repeat(5000), 'rsa')).toBe('unknown');
});

test('a key is whole only with all its fields', () => {
  expect(keyTypeOf(key('ecdsa-521'))).toBe('ecdsa-sha2-nistp521');
  expect(keyTypeOf(key('rsa').subarray(0, -1))).toBeUndefined();
  expect(keyTypeOf(Buffer.concat([key('rsa'), Buffer.alloc(2)]))).toBeUndefined();
  expect(keyTypeOf(new Uint8Array())).toBeUndefined();
});

describe('accepting a key', () => {
  const inFolder = (run: (folder: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'brokerfence-known-hosts-'));
    try {
      run(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('creates a file that only its owner may read, in a folder of that kind', () => {
    inFolder((folder) => {
      const file = join(folder, 'ssh', 'known_hosts');
      const keys = knownHosts(nodeHostKeyFiles());
      const at = hop({ hostKeyName: '[fw9.example]:2222', knownHostsFiles: [file] });
      keys.accept(at, key('rsa'));
      keys.accept(at, key('rsa'));
      expect(readFileSync(file, 'utf8')).toBe(`[fw9.example]:2222 ssh-rsa ${encodedKey('rsa')}\n`);
      expect([statSync(file).mode & 0o777, statSync(join(folder, 'ssh')).mode & 0o777]).toEqual([0o600, 0o700]);
      expect(judged(keys.judge(at, key('rsa')))).toBe('known');
      expect(judged(keys.judge(at, key('ed25519')))).toBe(`changed ${file}:1`);
    });
  });

  test('begins a line of its own after a last line without its end', () => {
    inFolder((folder) => {
      const file = join(folder, 'known_hosts');
      writeFileSync(file, `a ssh-rsa ${encodedKey('rsa')}`);
      const keys = knownHosts(nodeHostKeyFiles());
      keys.accept(hop({ hostKeyName: 'b', knownHostsFiles: [file] }), key('ed25519'));
      keys.accept(hop({ hostKeyName: 'c', knownHostsFiles: [file] }), key('ed25519'));
      const lines = readFileSync(file, 'utf8').split('\n');
      expect(lines.map((line) => line.split(' ')[0])).toEqual(['a', 'b', 'c', '']);
      expect(judged(keys.judge(hop({ hostKeyName: 'c', knownHostsFiles: [file] }), key('rsa')))).toBe(
        `changed ${file}:3`,
      );
    });
  });

  test('of a host whose key has changed or is revoked is refused', () => {
    const files = new Files({ f: readFileSync(join(FOLDER, 'known_hosts'), 'utf8') });
    const keys = knownHosts(files);
    const before = files.read('f');
    expect(() => keys.accept(hop({ hostKeyName: 'fw1.example', knownHostsFiles: ['f'] }), key('rsa'))).toThrow(
      'changed',
    );
    expect(() => keys.accept(hop({ hostKeyName: 'n', knownHostsFiles: ['f'] }), key('ed25519-b'))).toThrow('revoked');
    expect(files.read('f')).toEqual(before);
  });
});
