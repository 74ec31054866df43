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
  const key: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(content, passphrase);
  return Array.isArray(key) ? (key[0] ?? new Error('no key')) : key;
}
