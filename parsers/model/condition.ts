import type { Span } from '../source.ts';

/**
 * Something the configuration alone does not decide. It separates what surely matches from what may match.
 *
 * Two conditions with the same `kind` and `name` are the same fact: evaluation tries both of its values everywhere at
 * once, so a permit and a deny under one time range never contradict each other.
 */
export interface Condition {
  readonly kind: ConditionKind;
  /** The vendor's name of the thing: the time range, the host name, the user group. Empty where it has none. */
  readonly name: string;
  readonly span: Span;
  /**
   * Of a time range: after this day or minute it holds never again (`2025-12-31`, `2025-12-31T17:00`, on the device's own
   * clock). Absent: it comes again, or the text does not tell.
   */
  readonly ends?: string;
}

export type ConditionKind =
  /** A time range or schedule: inside or outside of it. */
  | 'time-range'
  /** A name resolved by DNS while the device runs. */
  | 'fqdn'
  /** Members fetched or learned while the device runs: dynamic groups, feeds, external lists, regions. */
  | 'dynamic-group'
  /** Who is behind the address: users, groups, security group tags, host checks. */
  | 'identity'
  /** Recognised by content: App-ID, L7 rules. */
  | 'application'
  /** A header field that the audit leaves free: DSCP, TTL, IP options, packet length. */
  | 'header'
  /** State built by earlier traffic or logins: lock-and-key, reflexive entries, `established permitto`. */
  | 'runtime-state'
  /** Routing decides whether the path exists at all: VRF leaks, policy routing, redirects. */
  | 'route'
  /** A name that the text does not define. */
  | 'undefined-reference'
  /** A line, or a part of one, that we could not read. */
  | 'not-understood'
  /** The vendor's behaviour is not documented, or sources disagree. */
  | 'vendor-unverified';
