import { getCiphers, getHashes } from 'node:crypto';
import { matchesPattern } from './patterns.ts';

/*
 * The algorithms of ssh2 (lib/protocol/constants.js), best first: what it offers by itself, and what it knows beside it.
 * It refuses a list with a name that it does not know.
 */

export type AlgorithmClass = 'kex' | 'cipher' | 'hostKey' | 'mac';

interface Known {
  readonly defaults: readonly string[];
  readonly others: readonly string[];
}

const ETM = ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha1-etm@openssh.com'];

const KNOWN: Readonly<Record<AlgorithmClass, Known>> = {
  kex: {
    defaults: [
      'curve25519-sha256@libssh.org',
      'curve25519-sha256',
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
    others: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  },
  hostKey: {
    defaults: [
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
    ],
    others: ['ssh-dss'],
  },
  cipher: {
    defaults: [
      'aes128-gcm@openssh.com',
      'aes256-gcm@openssh.com',
      'aes128-ctr',
      'aes192-ctr',
      'aes256-ctr',
      'chacha20-poly1305@openssh.com',
    ],
    others: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  },
  mac: {
    defaults: [...ETM, 'hmac-sha2-256', 'hmac-sha2-512', 'hmac-sha1'],
    others: ['hmac-md5', 'hmac-sha2-256-96', 'hmac-sha2-512-96', 'hmac-ripemd160', 'hmac-sha1-96', 'hmac-md5-96'],
  },
};

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
  return usable([...KNOWN[of].defaults, ...KNOWN[of].others]);
}

interface ChosenAlgorithms {
  /** In order of preference; empty where nothing is left. */
  readonly names: readonly string[];
  /** Names in the list that ssh2 does not know. */
  readonly unknown: readonly string[];
}

/**
 * A list of algorithms as ssh_config(5) has it: names to be used, or with `+` to be added after the defaults, with `-` to be
 * taken from them, with `^` to be put before them. Names may be patterns. The defaults are those of ssh2.
 */
export function chosenAlgorithms(of: AlgorithmClass, list: string): ChosenAlgorithms {
  const all = usableAlgorithms(of);
  const defaults = usable(KNOWN[of].defaults);
  const sign = /^[-+^]/u.exec(list)?.[0];
  const patterns = (sign === undefined ? list : list.slice(1)).split(',').map((name) => name.trim());
  if (sign === '-') {
    const names = defaults.filter((name) => !patterns.some((pattern) => matchesPattern(name, pattern)));
    return { names, unknown: [] };
  }
  const named = patterns.flatMap((pattern) => all.filter((name) => matchesPattern(name, pattern)));
  const unknown = patterns.filter((pattern) => pattern !== '' && !all.some((name) => matchesPattern(name, pattern)));
  const lists = { '+': [...defaults, ...named], '^': [...named, ...defaults], '': named };
  return { names: [...new Set(sign === '+' || sign === '^' ? lists[sign] : lists[''])], unknown };
}
