import type { CrossingName } from '../finding.ts';
import { sha256 } from './sha256.ts';

/** What makes a finding the same finding in another run. No line numbers: lines inserted elsewhere change nothing. */
export interface FindingIdentity {
  readonly check: string;
  readonly device: string;
  readonly crossings: readonly CrossingName[];
  readonly services: readonly string[];
  /** List and statement of the deciding rules, or the lines that the finding is about. */
  readonly place: readonly string[];
}

/** 16 hex digits of SHA-256: 64 bits, so that a fleet of a million findings has no two alike by chance. */
export function fingerprintOf(identity: FindingIdentity, occurrence: number): string {
  const { check, device, crossings, services, place } = identity;
  const ends = crossings.map(({ from, to }) => [from, to]);
  return sha256(JSON.stringify([check, device, ends, services, place, occurrence])).slice(0, 16);
}
