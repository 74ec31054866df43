import { hash } from 'node:crypto';
import { lowerCase, matchesPatternList } from './patterns.ts';
import { keyNamed, type RecordedKey } from './host-key.ts';

/** A line of a known_hosts file: which hosts it is about, and their key. */
export interface KnownHostsEntry extends RecordedKey {
  readonly line: number;
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  readonly matches: (name: string) => boolean;
}

type LineResult =
  | { readonly kind: 'entry'; readonly entry: KnownHostsEntry }
  | { readonly kind: 'nothing' }
  /** ssh passes over such a line without a word. */
  | { readonly kind: 'damaged'; readonly message: string; readonly part: string };

const MARKERS: Readonly<Record<string, KnownHostsEntry['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
};

/**
 * A line as sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT", describes it: markers, host names, key type, key, comment. Only blanks
 * and tabs stand between them (hostfile.c), so that a byte order mark, say, belongs to the name behind it.
 */
export function readKnownHostsLine(text: string, line: number): LineResult {
  if (text.trim() === '') return { kind: 'nothing' };
  const fields = text.replace(/^[ \t]+/u, '').split(/[ \t]+/u);
  const [first = ''] = fields;
  if (first.startsWith('#')) return { kind: 'nothing' };
  const isMarked = first.startsWith('@');
  const marker = isMarked ? MARKERS[first] : 'none';
  if (marker === undefined) return damaged(`no marker ${first}; there are @revoked and @cert-authority`, first);
  const [hosts = '', keyType = '', encoded = ''] = isMarked ? fields.slice(1) : fields;
  if (/^\d+$/u.test(keyType)) return damaged('a key of SSH version 1, which nothing uses any more', keyType);
  if (encoded.trim() === '') return damaged('not a line of host names, key type and key', text.trim());
  const matches = hostMatcher(hosts);
  if (matches === undefined) return damaged('a hashed name is |1|, its salt, |, and its hash', hosts);
  const key = decoded(encoded);
  const recorded = key === undefined ? undefined : keyNamed(keyType, key);
  if (recorded === undefined) return damaged(`the key is not a whole key of type ${keyType}`, encoded.trim());
  return { kind: 'entry', entry: { line, marker, matches, ...recorded } };
}

const damaged = (message: string, part: string): LineResult => ({ kind: 'damaged', message, part });

/** Base64 (RFC 4648, section 4) with its padding and no bits left over; the end of a line and the like may stand in it. */
function decoded(encoded: string): Buffer | undefined {
  const bare = encoded.replaceAll(/[\f\v\r]/gu, '');
  const bytes = Buffer.from(bare, 'base64');
  return bytes.toString('base64') === bare ? bytes : undefined;
}

function hostMatcher(hosts: string): ((name: string) => boolean) | undefined {
  if (hosts.startsWith('|')) return hashedMatcher(hosts);
  const patterns = lowerCase(hosts).split(',');
  return (name) => matchesPatternList(lowerCase(name), patterns);
}

/** `|1|salt|hash`: the HMAC-SHA1 of the name, keyed with the salt. A hashed line names one host and has no patterns. */
function hashedMatcher(field: string): ((name: string) => boolean) | undefined {
  const [, version, salted = '', hashed = '', ...rest] = field.split('|');
  const salt = decoded(salted);
  const wanted = decoded(hashed);
  if (version !== '1' || rest.length > 0 || salt?.length !== SHA1_BYTES || wanted?.length !== SHA1_BYTES) {
    return undefined;
  }
  const text = wanted.toString('latin1');
  const hmac = hmacSha1(salt);
  return (name) => hmac(lowerCase(name)) === text;
}

/**
 * HMAC-SHA1 (RFC 2104) with a key of at most a block, the result a character a byte. Every line has a salt of its own, so a
 * name is hashed once for each; `createHmac` takes twenty times as long for a text as short as that.
 */
function hmacSha1(key: Uint8Array): (text: string) => string {
  const padded = (pad: number, room: number): Buffer => {
    const bytes = Buffer.alloc(BLOCK_BYTES + room, 0);
    for (let index = 0; index < BLOCK_BYTES; index += 1) bytes[index] = (key[index] ?? 0) ^ pad;
    return bytes;
  };
  const inner = padded(0x36, 0).toString('latin1');
  const outer = padded(0x5c, SHA1_BYTES);
  return (text) => {
    const first = hash('sha1', Buffer.from(inner + Buffer.from(text).toString('latin1'), 'latin1'), 'binary');
    outer.write(first, BLOCK_BYTES, 'latin1');
    return hash('sha1', outer, 'binary');
  };
}

const BLOCK_BYTES = 64;
const SHA1_BYTES = 20;
