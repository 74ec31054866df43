import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import type { Secret } from './secret.ts';

/** What a key file is. */
export type PrivateKey =
  | { readonly kind: 'key'; readonly key: ParsedKey }
  | { readonly kind: 'encrypted'; readonly open: (passphrase: Secret) => ParsedKey | undefined }
  | { readonly kind: 'none'; readonly message?: string };

/** Larger files are no keys. */
const MAX_CHARACTERS = 1 << 20;

/** ssh2 cannot read these. */
const NOT_READ = 'which is not read here: hand it to the agent, or encrypt it anew (ssh-keygen -p -Z aes256-ctr)';

/** The private key in a file. A file that does not exist is none and nothing to speak of: default names often do not. */
export async function privateKeyIn(path: string): Promise<PrivateKey> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ENOENT' ? { kind: 'none' } : { kind: 'none', message: `${path} cannot be read (${code})` };
  }
  if (content.length > MAX_CHARACTERS) return { kind: 'none', message: `${path} is no private key` };
  const key = parsed(content);
  if (key instanceof Error) {
    if (isSealedByChacha(content))
      return { kind: 'none', message: `${path} is encrypted with chacha20-poly1305, ${NOT_READ}` };
    if (!/encrypted/iu.test(key.message))
      return { kind: 'none', message: `${path} is no private key that can be read` };
    return {
      kind: 'encrypted',
      open: (passphrase) => {
        const opened = parsed(content, passphrase.reveal());
        return opened instanceof Error || !opened.isPrivateKey() ? undefined : opened;
      },
    };
  }
  return key.isPrivateKey() ? { kind: 'key', key } : { kind: 'none', message: `${path} is a public key` };
}

/** The public halves of key files, as far as they can be known without a passphrase (`<file>.pub`, or the file itself). */
export async function publicHalves(paths: readonly string[]): Promise<readonly Buffer[]> {
  const halves = await Promise.all(
    paths
      .flatMap((path) => [`${path}.pub`, path])
      .map(async (path): Promise<readonly Buffer[]> => {
        try {
          const key = parsed(await readFile(path));
          return key instanceof Error ? [] : [key.getPublicSSH()];
        } catch {
          return [];
        }
      }),
  );
  return halves.flat();
}

function parsed(content: Buffer, passphrase?: string): ParsedKey | Error {
  const text = unpacked(content, passphrase);
  if (text instanceof Error) return text;
  const key: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(text, passphrase);
  return Array.isArray(key) ? (key[0] ?? new Error('no key')) : key;
}

const PKCS8 = /^\s*-----BEGIN (?<encrypted>ENCRYPTED )?PRIVATE KEY-----/u;

/** PKCS #8 (RFC 5958), which ssh reads and ssh2 does not, in the form of RFC 8017 or 5915; anything else as it is. */
function unpacked(content: Buffer, passphrase: string | undefined): Buffer | string | Error {
  const found = PKCS8.exec(content.toString('latin1', 0, 200));
  if (found === null) return content;
  if (found.groups?.['encrypted'] !== undefined && passphrase === undefined) return new Error('it is encrypted');
  try {
    const key = createPrivateKey({ key: content, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
    return key.export({ type: key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs1', format: 'pem' });
  } catch (error) {
    return error instanceof Error ? error : new Error('it cannot be read');
  }
}

/** Whether it says so at its beginning (OpenSSH's PROTOCOL.key: a magic text and the name of the cipher). */
function isSealedByChacha(content: Buffer): boolean {
  const [, base64 = ''] = /^\s*-----BEGIN OPENSSH PRIVATE KEY-----\s+(\S+)/u.exec(content.toString('latin1')) ?? [];
  return Buffer.from(base64, 'base64')
    .toString('latin1')
    .startsWith('openssh-key-v1\0\0\0\0\x1dchacha20-poly1305@openssh.com');
}
