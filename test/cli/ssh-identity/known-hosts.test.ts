/**
 * Host keys, judged by files that ssh-keygen of OpenSSH 9.2 wrote, hashed and looked hosts up in (`-H`, `-F`, `-l`); the
 * verdicts are those of its ssh with `StrictHostKeyChecking=yes` before a server that showed each key.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Hop } from '../../../cli/sources/ssh/endpoint.ts';
import { fingerprintOf, keyTypeOf } from '../../../cli/sources/ssh/host-key.ts';
import { knownHosts, type HostKeyVerdict } from '../../../cli/sources/ssh/known-hosts.ts';
import { nodeHostKeyFiles, type HostKeyFiles } from '../../../cli/sources/ssh/known-hosts-files.ts';
import { hop } from './hops.ts';

const FOLDER = join(import.meta.dirname, 'known-hosts');
const PUBLIC = readFileSync(join(FOLDER, 'keys.pub'), 'utf8').trim().split('\n');
const encodedKey = (name: string): string =>
  PUBLIC.map((line) => line.split(' ')).find(([, , comment]) => comment === name)?.[1] ?? '';
const key = (name: string): Buffer => Buffer.from(encodedKey(name), 'base64');
/** Certificates of keys, for hosts, by the name of the key: type and certificate. */
const CERTIFICATES: Readonly<Record<string, string>> = Object.fromEntries(
  readFileSync(join(FOLDER, 'certificates.pub'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([type = '', encoded = '', comment = '']) => [comment, `${type} ${encoded}`]),
);

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

  test('has the types on record, and none of the usual port for another one', () => {
    const keys = knownHosts(new Files({ f: text }));
    const types = (name: string): readonly string[] =>
      keys.recordedTypes(hop({ hostKeyName: name, knownHostsFiles: ['f'] }));
    expect(types('multi.example')).toEqual(['ssh-rsa', 'ecdsa-sha2-nistp521']);
    expect(types('[fw1.example]:2222')).toEqual(['ecdsa-sha2-nistp256']);
    // The key there is known when it is shown, but ssh does not ask for it first.
    expect(types('[fw1.example]:2200')).toEqual([]);
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

describe('a line that is not quite as ssh writes it', () => {
  const rsa = `ssh-rsa ${encodedKey('rsa')}`;
  const p256 = `ecdsa-sha2-nistp256 ${encodedKey('ecdsa-256')}`;
  const hashed = '|1|AQIDBAUGBwgJCgsMDQ4PEBESExQ=|XRZ+0Rkpkgj2GPVUX4A2cJK91yI=';
  test.each([
    ['base64 that ends before its padding', `h ${rsa}\nh ${p256.slice(0, -1)}`, 'ecdsa-256', 'changed f:1'],
    ['base64 with more than its padding', `h ${p256}=`, 'ecdsa-256', 'unknown'],
    ['base64 with bits left over', `h ${p256.slice(0, -2)}N=`, 'ecdsa-256', 'unknown'],
    ['the end of a line in the base64', `h ${rsa.slice(0, 40)}\r${rsa.slice(40)}\r`, 'rsa', 'known'],
    [
      'a form feed in what is revoked',
      `h ${rsa}\n@revoked h ${rsa.slice(0, 40)}\f${rsa.slice(40)}`,
      'rsa',
      'revoked f:2',
    ],
    ['a byte order mark before it', `\u{FEFF}h ${rsa}`, 'rsa', 'unknown'],
    ['a blank of another kind before it', `\u{A0}h ${rsa}`, 'rsa', 'unknown'],
    ['a way to sign for a type', `h rsa-sha2-512 ${encodedKey('rsa')}`, 'rsa', 'known'],
    [
      'a way to sign for a type, revoked',
      `h ${rsa}\n@revoked * rsa-sha2-256 ${encodedKey('rsa')}`,
      'rsa',
      'revoked f:2',
    ],
    ['a type in capital letters', `h SSH-RSA ${encodedKey('rsa')}`, 'rsa', 'unknown'],
    ['a certificate', `h ${CERTIFICATES['rsa'] ?? ''}`, 'rsa', 'changed f:1'],
    ['a certificate that is revoked', `h ${rsa}\n@revoked h ${CERTIFICATES['rsa'] ?? ''}`, 'rsa', 'revoked f:2'],
    ['a certificate of a curve', `h ${rsa}\n@revoked h ${CERTIFICATES['ecdsa-521'] ?? ''}`, 'ecdsa-521', 'revoked f:2'],
    ['a certificate of another key', `h ${rsa}\n@revoked h ${CERTIFICATES['ed25519'] ?? ''}`, 'rsa', 'known'],
    ['a pattern that ssh does not take', `h,${'x'.repeat(1023)} ${rsa}`, 'rsa', 'unknown'],
    ['the longest pattern that it takes', `h,${'x'.repeat(1022)} ${rsa}`, 'rsa', 'known'],
    ['a letter that is small for a K', `\u{212A} ${rsa}`, 'rsa', 'unknown', 'k'],
    ['a hashed name', `${hashed} ${rsa}`, 'rsa', 'known', 'hashed.example'],
    ['a hashed name without its padding', `${hashed.replace(/=$/u, '')} ${rsa}`, 'rsa', 'unknown', 'hashed.example'],
    ['a salt without its padding', `${hashed.replace('=', '')} ${rsa}`, 'rsa', 'unknown', 'hashed.example'],
    ['a hashed name and another', `${hashed},h ${rsa}`, 'rsa', 'unknown', 'hashed.example'],
    ['a hashed name and a field more', `${hashed}| ${rsa}`, 'rsa', 'unknown', 'hashed.example'],
  ])('with %s', (_, text, keyName, verdict, name = 'h') => {
    expect(judge(text, name, keyName)).toBe(verdict);
  });

  // Stricter than ssh, which looks for the blank behind the marker in the whole line and finds the wrong one.
  test('with a tab behind @revoked', () => {
    expect(judge(`h ${rsa}\n@revoked\th ${rsa}`, 'h', 'rsa')).toBe('revoked f:2');
  });
});

test('an alias that looks like a host with a port is none', () => {
  const keys = knownHosts(new Files({ f: `fw1 ssh-rsa ${encodedKey('rsa')}` }));
  const at = hop({ hostKeyName: '[fw1]:2222', knownHostsFiles: ['f'] });
  expect(judged(keys.judge(at, key('rsa')))).toBe('known');
  expect(judged(keys.judge({ ...at, hostKeyIsAlias: true }, key('rsa')))).toBe('unknown');
});

test('a type is on record by the first key of it, unless that is revoked', () => {
  const lines = ['rsa', 'ecdsa-521', 'ed25519', 'ed25519-b'].map(
    (name) => `h ${PUBLIC.find((line) => line.endsWith(` ${name}`)) ?? ''}`,
  );
  const types = (...more: string[]): readonly string[] =>
    knownHosts(new Files({ f: [...lines, ...more].join('\n') })).recordedTypes(
      hop({ hostKeyName: 'h', knownHostsFiles: ['f'] }),
    );
  expect(types()).toEqual(['ssh-rsa', 'ecdsa-sha2-nistp521', 'ssh-ed25519']);
  expect(types(`@revoked * ssh-ed25519 ${encodedKey('ed25519')}`)).toEqual(['ssh-rsa', 'ecdsa-sha2-nistp521']);
  expect(types(`@revoked * ssh-ed25519 ${encodedKey('ed25519-b')}`)).toHaveLength(3);
});

/** A key that nobody has: all bits of its modulus are ones. */
function rsaKeyOf(bits: number): Buffer {
  const modulus = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  modulus[0] = 0xff >> ((8 - (bits % 8)) % 8);
  const fields = [
    Buffer.from('ssh-rsa'),
    Buffer.from([1, 0, 1]),
    Buffer.concat([Buffer.alloc(bits % 8 === 0 ? 1 : 0), modulus]),
  ];
  return Buffer.concat(fields.flatMap((field) => [Buffer.from([0, 0, field.length >> 8, field.length & 0xff]), field]));
}

test('an RSA key of fewer than 1024 bits is not trusted, even where it is on record', () => {
  const verdict = (bits: number, requiredRsaBits?: number): HostKeyVerdict =>
    knownHosts(new Files({ f: `h ssh-rsa ${rsaKeyOf(bits).toString('base64')}` })).judge(
      hop({ hostKeyName: 'h', knownHostsFiles: ['f'], ...(requiredRsaBits === undefined ? {} : { requiredRsaBits }) }),
      rsaKeyOf(bits),
    );
  expect(verdict(768)).toMatchObject({ kind: 'short', bits: 768 });
  expect(verdict(1023)).toMatchObject({ kind: 'short', bits: 1023 });
  expect(verdict(1024)).toEqual({ kind: 'known' });
  // The user may ask for more, not for less.
  expect(verdict(2047, 2048)).toMatchObject({ kind: 'short', bits: 2047 });
  expect(verdict(2048, 2048)).toEqual({ kind: 'known' });
  expect(verdict(1023, 512)).toMatchObject({ kind: 'short' });
});

test('an RSA key that is too short is taken where what is old is allowed, but no other one than that on record', () => {
  const judged = (bits: number, more: Partial<Hop>): HostKeyVerdict =>
    knownHosts(new Files({ f: `h ssh-rsa ${rsaKeyOf(768).toString('base64')}` })).judge(
      hop({ hostKeyName: 'h', knownHostsFiles: ['f'], ...more }),
      rsaKeyOf(bits),
    );
  expect(judged(768, { legacy: true })).toEqual({ kind: 'known' });
  expect(judged(768, { legacy: true, requiredRsaBits: 1024 })).toMatchObject({ kind: 'short' });
  // Whatever else is wrong with it, that another key is there is said first, and loudly.
  expect(judged(512, {})).toMatchObject({ kind: 'changed' });
  expect(judged(512, { legacy: true })).toMatchObject({ kind: 'changed' });
  expect(judged(512, { hostKeyName: 'other' })).toMatchObject({ kind: 'short', bits: 512 });
  expect(judged(512, { hostKeyName: 'other', legacy: true })).toMatchObject({ kind: 'unknown' });
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

  test.each(['*', 'a,b', 'fw?', '!a', '|1|a', '@revoked', '#a', 'a b'])(
    'for the alias %s is refused',
    (hostKeyName) => {
      const files = new Files({});
      const at = hop({ hostKeyName, knownHostsFiles: ['f'] });
      expect(() => knownHosts(files).accept(at, key('rsa'))).toThrow('would stand for other hosts');
      expect(files.read('f')).toEqual({ kind: 'absent' });
    },
  );

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
