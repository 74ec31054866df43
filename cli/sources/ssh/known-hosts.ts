import type { Hop } from './endpoint.ts';

/** What the known_hosts files say about a key that a host shows. Fingerprints as ssh prints them: `SHA256:…`. */
export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown'; readonly fingerprint: string; readonly keyType: string }
  /** `place`: file and line of the key that is on record. */
  | { readonly kind: 'changed'; readonly fingerprint: string; readonly keyType: string; readonly place: string }
  | { readonly kind: 'revoked'; readonly fingerprint: string; readonly keyType: string; readonly place: string };

export interface HostKeys {
  /** `key` as it stands on the wire (RFC 4253, section 6.6). */
  judge(hop: Hop, key: Uint8Array): HostKeyVerdict;
  /** Key types on record for the hop, so that the server is asked for one of these first, as OpenSSH does. */
  recordedTypes(hop: Hop): readonly string[];
  /** Adds an unknown key, appended whole to the hop's first known_hosts file. Throws where that cannot be written. */
  accept(hop: Hop, key: Uint8Array): void;
}
