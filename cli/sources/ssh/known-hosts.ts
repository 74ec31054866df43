import { problemAt, type FileProblem } from '../../yaml/problem.ts';
import type { Hop } from './endpoint.ts';
import { bitsOfShortKey, fingerprintOf, keyTypeOf } from './host-key.ts';
import type { HostKeyFiles } from './known-hosts-files.ts';
import { readKnownHostsLine, type KnownHostsEntry } from './known-hosts-line.ts';

/** What the known_hosts files say about a key that a host shows. Fingerprints as ssh prints them: `SHA256:…`. */
export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | {
      readonly kind: 'unknown';
      readonly fingerprint: string;
      readonly keyType: string;
      /** A sentence without a full stop: why what is on record does not help. */
      readonly detail?: string;
    }
  /** `place`: file and line of the key that is on record. */
  | { readonly kind: 'changed'; readonly fingerprint: string; readonly keyType: string; readonly place: string }
  | { readonly kind: 'revoked'; readonly fingerprint: string; readonly keyType: string; readonly place: string }
  /** An RSA key that is so short that nobody's record of it counts. */
  | { readonly kind: 'short'; readonly fingerprint: string; readonly keyType: string; readonly bits: number };

export interface HostKeys {
  /** `key` as it stands on the wire (RFC 4253, section 6.6). */
  judge(hop: Hop, key: Uint8Array): HostKeyVerdict;
  /**
   * Key types on record for the hop, so that the server is asked for one of these first, as OpenSSH does. A type of which
   * the first key is revoked is none, and what is on record for the usual port is not looked at (hostfile.c,
   * lookup_key_in_hostkeys_by_type; sshconnect2.c, order_hostkeyalgs).
   */
  recordedTypes(hop: Hop): readonly string[];
  /** Adds an unknown key, appended whole to the hop's first known_hosts file. Throws where that cannot be written. */
  accept(hop: Hop, key: Uint8Array): void;
}

interface KnownHosts extends HostKeys {
  /** Lines that say nothing because they are damaged, and files that could not be read, of the files looked at so far. */
  problems(): readonly FileProblem[];
}

/**
 * Host keys as `ssh` with `StrictHostKeyChecking=yes` judges them (OpenSSH 9.2, hostfile.c and sshconnect.c): a revoked
 * key is refused whatever else is said of it; a key on record is known; where any other key is on record, be it of
 * another type, the key has changed; else it is unknown.
 */
export function knownHosts(files: HostKeyFiles): KnownHosts {
  return new RecordedKeys(files);
}

interface Recorded {
  readonly file: string;
  readonly entry: KnownHostsEntry;
}

interface KnownHostsFile {
  readonly entries: KnownHostsEntry[];
  lines: number;
}

class RecordedKeys implements KnownHosts {
  readonly #files: HostKeyFiles;
  readonly #read = new Map<string, KnownHostsFile>();
  readonly #found = new Map<string, Recorded[]>();
  readonly #problems: FileProblem[] = [];

  constructor(files: HostKeyFiles) {
    this.#files = files;
  }

  judge(hop: Hop, key: Uint8Array): HostKeyVerdict {
    const verdict = this.#onRecord(hop, key);
    if (verdict.kind !== 'known' && verdict.kind !== 'unknown') return verdict;
    // Devices of twenty years ago made keys of 512 bits: whoever allows what is old takes these, too.
    const bits = bitsOfShortKey(key, Math.max(hop.legacy ? 0 : LEAST_RSA_BITS, hop.requiredRsaBits ?? 0));
    return bits === undefined ? verdict : { kind: 'short', ...shown(key), bits };
  }

  #onRecord(hop: Hop, key: Uint8Array): HostKeyVerdict {
    const own = this.#about(hop, hop.hostKeyName);
    const bare = this.#withoutPort(hop);
    const revoked = [...own, ...bare].find(({ entry }) => entry.marker === 'revoked' && isSame(entry, key));
    if (revoked !== undefined) return { kind: 'revoked', ...shown(key), place: placeOf(revoked) };
    const plain = own.filter(({ entry }) => entry.marker === 'none');
    if (plain.some(({ entry }) => isTrusted(entry, key))) return { kind: 'known' };
    const [other] = plain;
    if (other !== undefined) return { kind: 'changed', ...shown(key), place: placeOf(other) };
    // A key recorded for the host at the usual port vouches for it at another, but another key there says nothing.
    if (bare.some(({ entry }) => entry.marker === 'none' && isTrusted(entry, key))) return { kind: 'known' };
    const authority = own.find(({ entry }) => entry.marker === 'cert-authority');
    if (authority === undefined) return { kind: 'unknown', ...shown(key) };
    const detail = `${placeOf(authority)} has an authority for its certificate, but certificates are not supported here`;
    return { kind: 'unknown', ...shown(key), detail };
  }

  recordedTypes(hop: Hop): readonly string[] {
    const own = this.#about(hop, hop.hostKeyName);
    const revoked = own.filter(({ entry }) => entry.marker === 'revoked');
    const firsts = new Map<string, Uint8Array>();
    for (const { entry } of own) {
      const { marker, keyType, key, isCertificate } = entry;
      if (marker === 'none' && !isCertificate && !firsts.has(keyType)) firsts.set(keyType, key);
    }
    return [...firsts]
      .filter(([, key]) => !revoked.some(({ entry }) => isSame(entry, key)))
      .map(([keyType]) => keyType);
  }

  accept(hop: Hop, key: Uint8Array): void {
    const verdict = this.judge(hop, key);
    if (verdict.kind === 'known') return;
    const [file] = hop.knownHostsFiles;
    const keyType = keyTypeOf(key);
    if (verdict.kind !== 'unknown' || keyType === undefined || file === undefined) {
      throw new Error(`the ${verdict.kind} key of ${hop.hostKeyName} cannot be accepted`);
    }
    // Stricter than ssh, which writes an alias such as `*` as it is, and so trusts the key for every host from then on.
    if (/[\s,*?!|#@]/u.test(hop.hostKeyName)) {
      throw new Error(`"${hop.hostKeyName}" would stand for other hosts, too`);
    }
    const encoded = Buffer.from(key).toString('base64');
    const text = `${hop.hostKeyName} ${keyType} ${encoded}`;
    const known = this.#file(file);
    this.#files.append(file, text);
    known.lines += 1;
    const read = readKnownHostsLine(text, known.lines);
    if (read.kind === 'entry') known.entries.push(read.entry);
    this.#found.clear();
  }

  problems(): readonly FileProblem[] {
    return this.#problems;
  }

  /** An alias counts as it is written, even where it looks like a host with a port (sshconnect.c, check_host_key). */
  #withoutPort(hop: Hop): readonly Recorded[] {
    if (hop.hostKeyIsAlias === true) return [];
    const bare = /^\[(?<host>.+)\]:\d+$/u.exec(hop.hostKeyName)?.groups?.['host'];
    return bare === undefined ? [] : this.#about(hop, bare);
  }

  /** The lines about a name. Kept: a hashed name is compared with by computing its hash, which takes time. */
  #about(hop: Hop, name: string): readonly Recorded[] {
    const key = [name, ...hop.knownHostsFiles].join('\0');
    let found = this.#found.get(key);
    if (found === undefined) {
      found = hop.knownHostsFiles.flatMap((file) =>
        this.#file(file)
          .entries.filter(({ matches }) => matches(name))
          .map((entry) => ({ file, entry })),
      );
      this.#found.set(key, found);
    }
    return found;
  }

  #file(path: string): KnownHostsFile {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const entries: KnownHostsEntry[] = [];
    const read = this.#files.read(path);
    const text = read.kind === 'text' ? read.text : '';
    if (read.kind === 'unread') this.#problems.push({ message: read.message, file: path });
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      const result = readKnownHostsLine(line, index + 1);
      if (result.kind === 'entry') entries.push(result.entry);
      if (result.kind === 'damaged') {
        const column = line.indexOf(result.part) + 1;
        const span = { source: path, line: index + 1, column, endColumn: column + result.part.length };
        this.#problems.push(problemAt({ name: path, text }, span, result.message));
      }
    }
    const file = { entries, lines: lines.at(-1) === '' ? lines.length - 1 : lines.length };
    this.#read.set(path, file);
    return file;
  }
}

const isSame = ({ key }: KnownHostsEntry, other: Uint8Array): boolean => Buffer.compare(key, other) === 0;

/** OpenSSH takes no shorter ones (sshkey.h, SSH_RSA_MINIMUM_MODULUS_SIZE). */
const LEAST_RSA_BITS = 1024;

const shown = (key: Uint8Array) => ({
  fingerprint: fingerprintOf(key),
  keyType: keyTypeOf(key) ?? 'of an unknown type',
});

/** A certificate on record revokes its key, but vouches for none. */
const isTrusted = (entry: KnownHostsEntry, key: Uint8Array): boolean => !entry.isCertificate && isSame(entry, key);

const placeOf = ({ file, entry }: Recorded): string => `${file}:${entry.line}`;
