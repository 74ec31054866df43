import { getCiphers, getHashes } from 'node:crypto';
import type { CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';
import { matchesPattern, matchesPatternList } from './patterns.ts';

/*
 * The algorithms of ssh2 (lib/protocol/constants.js). It refuses a list with a name that it does not know.
 */

/** What a host is offered, each in order of preference. */
export interface Offer {
  readonly kex: readonly KexAlgorithm[];
  readonly hostKey: readonly ServerHostKeyAlgorithm[];
  readonly cipher: readonly CipherAlgorithm[];
  readonly mac: readonly MacAlgorithm[];
}

/**
 * Offered to every device: what ssh2 offers by itself, without signatures over SHA-1 (`ssh-rsa`), which OpenSSH 8.8 left
 * out too.
 */
export const MODERN: Offer = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group15-sha512',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group17-sha512',
    'diffie-hellman-group18-sha512',
  ],
  hostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'chacha20-poly1305@openssh.com',
  ],
  mac: [
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha1-etm@openssh.com',
    'hmac-sha2-256',
    'hmac-sha2-512',
    'hmac-sha1',
  ],
};

/** Offered behind the modern ones to devices for which the user allowed it, the least weak first. */
export const OLD: Offer = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
  hostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  mac: ['hmac-sha2-512-96', 'hmac-sha2-256-96', 'hmac-sha1-96', 'hmac-ripemd160', 'hmac-md5', 'hmac-md5-96'],
};

export type AlgorithmClass = keyof Offer;

/** What the OpenSSL of this Node must have for a name to be usable; of the names not listed it always has it. */
const NEEDS: ReadonlyMap<string, string> = new Map([
  ['3des-cbc', 'des-ede3-cbc'],
  ['chacha20-poly1305@openssh.com', 'chacha20'],
  ['hmac-md5', 'md5'],
  ['hmac-md5-96', 'md5'],
  ['hmac-ripemd160', 'ripemd160'],
]);

let available: ReadonlySet<string> | undefined;

function usable(names: readonly string[]): readonly string[] {
  available ??= new Set([...getCiphers(), ...getHashes()].map((name) => name.toLowerCase()));
  return names.filter((name) => {
    const needed = NEEDS.get(name);
    return needed === undefined || available?.has(needed) === true;
  });
}

/** All that can be used of a class, those that are offered by default first. */
export function usableAlgorithms(of: AlgorithmClass): readonly string[] {
  return usable([...MODERN[of], ...OLD[of]]);
}

interface ChosenAlgorithms {
  /** In order of preference; empty where nothing is left. */
  readonly names: readonly string[];
  /** Names in the list that ssh2 does not know. */
  readonly unknown: readonly string[];
}

/**
 * A list of algorithms as ssh_config(5) has it: names to be used, or with `+` to be added after the defaults, with `-` to be
 * taken from them, with `^` to be put before them. Names may be patterns where they are taken away or are those of host keys.
 * The defaults are what every device is offered, so that what is old is used only by its name.
 */
export function chosenAlgorithms(of: AlgorithmClass, list: string): ChosenAlgorithms {
  const all = usableAlgorithms(of);
  const defaults = usable(MODERN[of]);
  const sign = /^[-+^]/u.exec(list)?.[0];
  const patterns = (sign === undefined ? list : list.slice(1)).split(',').map((name) => name.trim());
  if (sign === '-') {
    const names = defaults.filter((name) => !matchesPatternList(name, patterns));
    return { names, unknown: [] };
  }
  const isNamed = (name: string, pattern: string): boolean =>
    of === 'hostKey' ? matchesPattern(name, pattern) : name === pattern;
  const named = patterns.flatMap((pattern) => all.filter((name) => isNamed(name, pattern)));
  const unknown = patterns.filter((pattern) => pattern !== '' && !all.some((name) => isNamed(name, pattern)));
  const lists = { '+': [...defaults, ...named], '^': [...named, ...defaults], '': named };
  return { names: [...new Set(sign === '+' || sign === '^' ? lists[sign] : lists[''])], unknown };
}
