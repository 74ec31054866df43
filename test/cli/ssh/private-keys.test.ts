/** Key files in the forms that ssh-keygen and OpenSSL write. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { privateKeyIn } from '../../../cli/sources/ssh/private-keys.ts';
import { Secret } from '../../../cli/sources/ssh/secret.ts';

const PASSPHRASE = 'correct horse';
const folder = mkdtempSync(join(tmpdir(), 'brokerfence-key-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAIRS = [
  ['ssh-rsa', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['ecdsa-sha2-nistp256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['ecdsa-sha2-nistp521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
] as const;

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

test.each(PAIRS)('PKCS #8 is read: %s', async (type, { privateKey }) => {
  const path = written(type, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(await privateKeyIn(path)).toMatchObject({ kind: 'key', key: { type } });
});

test.each(PAIRS)('PKCS #8 is opened with its passphrase and no other: %s', async (type, { privateKey }) => {
  const sealed = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE });
  const found = await privateKeyIn(written(`${type}-sealed`, sealed));
  if (found.kind !== 'encrypted') throw new Error(found.kind);
  expect(found.open(new Secret('wrong'))).toBeUndefined();
  expect(found.open(new Secret(PASSPHRASE))).toMatchObject({ type });
});

test('PKCS #8 that is damaged is none', async () => {
  const path = written('damaged', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
  expect(await privateKeyIn(path)).toMatchObject({ kind: 'none', message: expect.stringContaining('no private key') });
});

test('a cipher that cannot be read is named, and no passphrase asked for', async () => {
  // The beginning of what `ssh-keygen -Z chacha20-poly1305@openssh.com` writes.
  const name = 'chacha20-poly1305@openssh.com';
  const head = Buffer.from(`openssh-key-v1\0\0\0\0\u001d${name}\0\0\0\u0006bcrypt`, 'latin1').toString('base64');
  const path = written('chacha', `-----BEGIN OPENSSH PRIVATE KEY-----\n${head}\n-----END OPENSSH PRIVATE KEY-----\n`);
  expect(await privateKeyIn(path)).toEqual({
    kind: 'none',
    message: expect.stringContaining('encrypted with chacha20-poly1305'),
  });
});
