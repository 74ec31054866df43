import type { Hop } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import type { HostKeyVerdict } from './known-hosts.ts';

/** What to say of a host key that is not trusted. */
export function keyFailure(verdict: Exclude<HostKeyVerdict, { kind: 'known' }>, { hostKeyName }: Hop): Failure {
  const { fingerprint, keyType } = verdict;
  const key = `${keyType} ${fingerprint}`;
  switch (verdict.kind) {
    case 'unknown': {
      const detail = verdict.detail === undefined ? '' : ` (${verdict.detail})`;
      const how =
        'compare it with the one that the device shows, then run again with --accept-new, or add it to known_hosts';
      return failure('host-key-unknown', `the host key of ${hostKeyName} is not known: ${key}${detail}; ${how}`);
    }
    case 'short': {
      const how =
        'give the device a longer key (Cisco: `crypto key generate rsa modulus 2048`), or allow what is old for this ' +
        'device with `legacy: true` in the inventory';
      return failure(
        'host-key-unknown',
        `the host key of ${hostKeyName} is too short to be trusted: ${key}, ${verdict.bits} bits; ${how}`,
      );
    }
    case 'changed': {
      const danger = 'THE DEVICE MAY HAVE BEEN REPLACED, OR SOMEBODY SITS IN BETWEEN';
      const how = `if it was replaced on purpose, remove the line ${verdict.place} and accept the new key`;
      return failure(
        'host-key-changed',
        `THE HOST KEY OF ${hostKeyName} HAS CHANGED: it shows ${key}, another one is on record (${verdict.place}); ${danger}; nothing was sent; ${how}`,
      );
    }
    case 'revoked':
      return failure(
        'host-key-revoked',
        `THE HOST KEY OF ${hostKeyName} IS REVOKED (${verdict.place}): it shows ${key}; nothing was sent`,
      );
  }
}
