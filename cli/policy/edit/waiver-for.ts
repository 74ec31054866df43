import type { Finding } from '../../../checks/finding.ts';
import { aboutFinding } from './about.ts';
import type { Draft, WaiverEntry } from './entry-text.ts';

/** What a person says about a waiver; empty `expires`: it does not expire. */
export interface WaiverWords {
  readonly reason: string;
  readonly owner: string;
  readonly expires?: string;
}

/**
 * A waiver of exactly this finding. The fingerprint decides; it is over check and device already, which stand beside it for whoever reads the
 * entry later: `waiver-expired` names them, and a device or check that is gone shows.
 */
export function waiverFor(finding: Finding, { reason, owner, expires = '' }: WaiverWords): Draft<WaiverEntry> {
  const { fingerprint, check, device } = finding;
  return {
    about: aboutFinding(finding),
    entry: {
      fingerprint,
      check,
      // Findings about the policy belong to no device.
      ...(device === '' ? {} : { device }),
      reason: reason.trim(),
      owner: owner.trim(),
      ...(expires.trim() === '' ? {} : { expires: expires.trim() }),
    },
  };
}
