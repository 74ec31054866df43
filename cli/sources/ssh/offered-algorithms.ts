import type { Algorithms } from 'ssh2';
import { MODERN, OLD, usableAlgorithms, type Offer } from './algorithm-lists.ts';
import type { Hop } from './endpoint.ts';
import type { AlgorithmNames } from './server-hello.ts';

const NO_COMPRESSION = ['none'] as const;

const CHOICES: readonly (readonly [choice: keyof Offer, what: string])[] = [
  ['kex', 'key exchange'],
  ['hostKey', 'the host key'],
  ['cipher', 'the cipher'],
  ['mac', 'message authentication'],
];

/**
 * What a hop is offered: of the types of host keys those on record first, as OpenSSH does, unless the user gave the order
 * (sshconnect2.c, ssh_kex2).
 */
export function offerFor({ algorithms, legacy }: Hop, recordedTypes: readonly string[]): Offer {
  const hostKey = chosen('hostKey', MODERN.hostKey, OLD.hostKey, algorithms.hostKey, legacy);
  return {
    kex: chosen('kex', MODERN.kex, OLD.kex, algorithms.kex, legacy),
    hostKey: algorithms.hostKeyInOrder === true ? hostKey : recordedFirst(hostKey, recordedTypes),
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

/** Where the one that is liked best is on record, all stay as they are (sshconnect2.c, order_hostkeyalgs). */
function recordedFirst<Name extends string>(names: readonly Name[], recordedTypes: readonly string[]): readonly Name[] {
  const isRecorded = (name: string): boolean => recordedTypes.includes(keyTypeOf(name));
  if (names.slice(0, 1).some(isRecorded)) return names;
  return [...names.filter(isRecorded), ...names.filter((name) => !isRecorded(name))];
}

/** RSA keys sign by several algorithms (RFC 8332). */
function keyTypeOf(algorithm: string): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;
}

/** An offer in the words of ssh2. */
export function ssh2Algorithms({ kex, hostKey, cipher, mac }: Offer): Algorithms {
  return {
    kex: [...kex],
    serverHostKey: [...hostKey],
    cipher: [...cipher],
    hmac: [...mac],
    compress: [...NO_COMPRESSION],
  };
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
  if (!haveCommon(NO_COMPRESSION, server.compression))
    return `for compression it offers only ${server.compression.join(', ')}; none of these can be used`;
  const missing = CHOICES.filter(([choice]) => !haveCommon(offer[choice], server[choice]));
  if (missing.length === 0) return undefined;
  const says = missing.map(([choice, what]) => {
    const names = server[choice].filter((name) => !SIGNS.test(name));
    return `for ${what} it offers ${names.length === 0 ? 'nothing' : `only ${names.join(', ')}`}`;
  });
  const canHelp = missing.every(([choice]) => haveCommon(OLD[choice], server[choice]));
  const remedy =
    canHelp && !legacy
      ? 'these are old and weak; allow them for this device with `legacy: true` in the inventory, or by their names in ~/.ssh/config'
      : 'none of these can be used';
  return `${says.join('; ')}; ${remedy}`;
}

function haveCommon(ours: readonly string[], theirs: readonly string[]): boolean {
  return theirs.some((name) => ours.includes(name));
}
