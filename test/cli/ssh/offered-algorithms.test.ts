/** Which algorithms are offered to a host, and what is said where there are no common ones. */
import { describe, expect, test } from 'vitest';
import { mismatch, offerFor } from '../../../cli/sources/ssh/offered-algorithms.ts';
import { ServerHello } from '../../../cli/sources/ssh/server-hello.ts';
import { hopTo } from './collecting.ts';

const OLD = /sha1$|^ssh-rsa$|^ssh-dss$|cbc$|md5|sha1-96/;

describe('what is offered', () => {
  test('has nothing old in it but for a message authentication that is still sound', () => {
    const { kex, hostKey, cipher, mac } = offerFor(hopTo(22), []);
    expect([...kex, ...hostKey, ...cipher, ...mac].filter((name) => OLD.test(name))).toEqual(['hmac-sha1']);
  });

  test('has what is old behind the rest where the user allowed it', () => {
    const { kex, cipher } = offerFor(hopTo(22, { legacy: true }), []);
    expect(kex[0]).toMatch(/^curve25519/);
    expect(kex.at(-1)).toBe('diffie-hellman-group1-sha1');
    expect(cipher.at(-1)).toBe('3des-cbc');
  });

  test('begins with the types of keys that are on record', () => {
    const first = (types: readonly string[]) => offerFor(hopTo(22), types).hostKey.slice(0, 2);
    expect(first([])[0]).toBe('ssh-ed25519');
    expect(first(['ecdsa-sha2-nistp256'])[0]).toBe('ecdsa-sha2-nistp256');
    expect(first(['ssh-rsa'])).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
  });

  test('stays as it is where the type that is liked best is on record, or where the user gave the order', () => {
    const first = (types: readonly string[], hostKeyInOrder?: true) => {
      const hostKey = ['rsa-sha2-512', 'ecdsa-sha2-nistp256', 'ssh-ed25519'];
      const algorithms = { hostKey, ...(hostKeyInOrder === undefined ? {} : { hostKeyInOrder }) };
      return offerFor(hopTo(22, { algorithms }), types).hostKey[1];
    };
    expect(first(['ssh-ed25519'])).toBe('rsa-sha2-512');
    expect(first(['ssh-rsa', 'ssh-ed25519'])).toBe('ecdsa-sha2-nistp256');
    expect(first(['ssh-ed25519'], true)).toBe('ecdsa-sha2-nistp256');
  });

  test('is what the user listed, as far as it can be done', () => {
    const kex = ['diffie-hellman-group14-sha1', 'sntrup761x25519-sha512', 'curve25519-sha256'];
    expect(offerFor(hopTo(22, { algorithms: { kex } }), []).kex).toEqual([
      'diffie-hellman-group14-sha1',
      'curve25519-sha256',
    ]);
  });
});

describe('a mismatch', () => {
  const modern = { ...offerFor(hopTo(22), []), compression: ['none', 'zlib'] };

  test('is one where the server insists on compression', () => {
    const compression = ['zlib@openssh.com', 'zlib'];
    expect(mismatch(modern, { ...modern, compression }, false)).toBe(
      'for compression it offers only zlib@openssh.com, zlib; none of these can be used',
    );
  });

  test('is none where there is something of every kind', () => {
    expect(mismatch(modern, modern, false)).toBeUndefined();
  });

  test('names what is missing and, where that helps, the option', () => {
    const server = { ...modern, kex: ['diffie-hellman-group1-sha1', 'kex-strict-s-v00@openssh.com'] };
    expect(mismatch(modern, server, false)).toBe(
      'for key exchange it offers only diffie-hellman-group1-sha1; these are old and weak; allow them for this device with `legacy: true` in the inventory, or by their names in ~/.ssh/config',
    );
  });

  test('does not promise that the option helps where it cannot', () => {
    const server = { ...modern, cipher: ['arcfour'] };
    expect(mismatch(modern, server, false)).toBe('for the cipher it offers only arcfour; none of these can be used');
  });
});

describe('the first bytes of a server', () => {
  /** A KEXINIT packet with these lists (RFC 4253, 6 and 7.1). */
  function kexinit(lists: readonly string[]): Buffer {
    const body = lists.map((list) => {
      const bytes = Buffer.alloc(4 + list.length, list.padStart(4 + list.length));
      bytes.writeUInt32BE(list.length, 0);
      return bytes;
    });
    const payload = Buffer.concat([Buffer.from([20]), Buffer.alloc(16), ...body, Buffer.alloc(5)]);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(payload.length + 1 + 4, 0);
    head.writeUInt8(4, 4);
    return Buffer.concat([head, payload, Buffer.alloc(4)]);
  }

  const bytes = Buffer.concat([
    Buffer.from('Welcome\r\nSSH-2.0-Cisco-1.25\r\n'),
    kexinit(['kex-a,kex-b', 'key-a', 'cipher-a,cipher-b', 'cipher-c', 'mac-a', 'mac-b', 'none', 'none', '', '']),
  ]);

  test.each([1, 7, 10_000])('are understood in pieces of %i', (size) => {
    const hello = new ServerHello();
    for (let at = 0; at < bytes.length; at += size) hello.hear(bytes.subarray(at, at + size));
    expect(hello).toMatchObject({
      ident: 'SSH-2.0-Cisco-1.25',
      isDone: true,
      offers: {
        kex: ['kex-a', 'kex-b'],
        hostKey: ['key-a'],
        cipher: ['cipher-a', 'cipher-b'],
        mac: ['mac-a'],
        compression: ['none'],
      },
    });
  });

  test('may be damaged', () => {
    const hello = new ServerHello();
    const damaged = Buffer.from(bytes);
    damaged.writeUInt32BE(0x7f_ff_ff_ff, bytes.indexOf('kex-a') - 4);
    hello.hear(damaged);
    expect(hello).toMatchObject({ isDone: true, offers: undefined });
  });
});
