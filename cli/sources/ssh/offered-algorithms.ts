import type { Algorithms, CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';
import { usableAlgorithms } from './algorithm-lists.ts';
import type { Hop } from './endpoint.ts';
import type { AlgorithmNames } from './server-hello.ts';

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
const MODERN: Offer = {
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
const OLD: Offer = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
  hostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  mac: ['hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'],
};

const CHOICES: readonly (readonly [choice: keyof Offer, what: string])[] = [
  ['kex', 'key exchange'],
  ['hostKey', 'the host key'],
  ['cipher', 'the cipher'],
  ['mac', 'message authentication'],
];

/** What a hop is offered: of the types of host keys those on record first, as OpenSSH does. */
export function offerFor({ algorithms, legacy }: Hop, recordedTypes: readonly string[]): Offer {
  const hostKey = chosen('hostKey', MODERN.hostKey, OLD.hostKey, algorithms.hostKey, legacy);
  return {
    kex: chosen('kex', MODERN.kex, OLD.kex, algorithms.kex, legacy),
    hostKey: recordedFirst(hostKey, recordedTypes),
    cipher: chosen('cipher', MODERN.cipher, OLD.cipher, algorithms.cipher, legacy),
    mac: chosen('mac', MODERN.mac, OLD.mac, algorithms.mac, legacy),
  };
}

/** The user's own list where there is one: what of it is old was asked for by name. */
function chosen<Name extends string>(
  of: keyof Offer,
  modern: readonly Name[],
  old: readonly Name[],
  wanted: readonly string[] | undefined,
  legacy: boolean,
): readonly Name[] {
  const usable = usableAlgorithms(of);
  const all = [...modern, ...old].filter((name) => usable.includes(name));
  const named = (wanted ?? []).flatMap((name) => all.filter((known) => known === name));
  const usual = named.length > 0 ? named : all.filter((name) => modern.includes(name));
  return legacy ? [...usual, ...all.filter((name) => old.includes(name) && !usual.includes(name))] : usual;
}

function recordedFirst<Name extends string>(names: readonly Name[], recordedTypes: readonly string[]): readonly Name[] {
  const isRecorded = (name: string): boolean => recordedTypes.includes(keyTypeOf(name));
  return [...names.filter(isRecorded), ...names.filter((name) => !isRecorded(name))];
}

/** RSA keys sign by several algorithms (RFC 8332). */
function keyTypeOf(algorithm: string): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;
}

/** An offer in the words of ssh2. */
export function ssh2Algorithms({ kex, hostKey, cipher, mac }: Offer): Algorithms {
  return { kex: [...kex], serverHostKey: [...hostKey], cipher: [...cipher], hmac: [...mac], compress: ['none'] };
}

/** Those of the names that are old, each once. */
export function oldAmong(names: readonly string[]): readonly string[] {
  const old = new Set<string>([...OLD.kex, ...OLD.hostKey, ...OLD.cipher, ...OLD.mac]);
  return [...new Set(names.filter((name) => old.has(name)))];
}

/** Names in a list of key exchanges that are no algorithms but signs between client and server. */
const SIGNS = /^(?:ext-info-|kex-strict-)/u;

/** Why client and server find no common algorithms, and what to do; undefined when they have some of every kind. */
export function mismatch(offer: Offer, server: AlgorithmNames, legacy: boolean): string | undefined {
  const missing = CHOICES.filter(([choice]) => !haveCommon(offer[choice], server[choice]));
  if (missing.length === 0) return undefined;
  const says = missing.map(([choice, what]) => {
    const names = server[choice].filter((name) => !SIGNS.test(name));
    return `for ${what} it offers ${names.length === 0 ? 'nothing' : `only ${names.join(', ')}`}`;
  });
  const canHelp = missing.every(([choice]) => haveCommon(OLD[choice], server[choice]));
  const remedy =
    canHelp && !legacy
      ? 'these are old and weak; allow them for this device with `legacy: true` in the inventory, or with --legacy'
      : 'none of these can be used';
  return `${says.join('; ')}; ${remedy}`;
}

function haveCommon(ours: readonly string[], theirs: readonly string[]): boolean {
  return theirs.some((name) => ours.includes(name));
}
