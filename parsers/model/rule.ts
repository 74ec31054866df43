import type { Span } from '../source.ts';
import type { AddressSet, Family } from './address.ts';
import type { Condition } from './condition.ts';
import type { ServiceSet } from './service.ts';

/** A named object that a rule used, with the place that defines it: evidence for a finding. */
export interface ObjectUse {
  readonly name: string;
  readonly kind: 'address' | 'service' | 'list' | 'other';
  /** Where it is defined; absent when it is not defined in the text. */
  readonly span?: Span;
}

/**
 * One side of a match, in three values: `must ⊆ truth ⊆ may`. For a field that the text decides, `must` and `may` are
 * the same object and `conditions` is empty.
 */
export interface Tri<T> {
  readonly must: T;
  readonly may: T;
  /** Why `must` and `may` differ. */
  readonly conditions: readonly Condition[];
  /** The field as the text alone has it, where something that the text leaves open is assumed. Absent: nothing is. */
  readonly open?: Tri<T>;
}

/** Conditions of a rule on the packet. A packet matches when every field matches. */
export interface PacketMatch {
  readonly source: Tri<AddressSet>;
  readonly destination: Tri<AddressSet>;
  readonly service: Tri<ServiceSet>;
  /**
   * Set when no first packet of a connection can match (`established`, `fragments`, `evaluate`): why not. Such a rule
   * stays in the list, with its text, and decides nothing.
   */
  readonly never?: string;
}

/** Boolean combination of matches, for filters built from named classes (zone-based firewall class maps). */
export type MatchExpression =
  | { readonly kind: 'all'; readonly of: readonly MatchExpression[] }
  | { readonly kind: 'any'; readonly of: readonly MatchExpression[] }
  | { readonly kind: 'not'; readonly of: MatchExpression }
  | { readonly kind: 'match'; readonly match: PacketMatch; readonly span: Span; readonly text: string }
  /** The packets that a rule list permits; its implicit end denies. */
  | { readonly kind: 'permitted-by'; readonly list: RuleList; readonly span: Span }
  /** Undecided: may match anything, surely matches nothing. */
  | { readonly kind: 'undecided'; readonly condition: Condition };

/**
 * - `permit`, `deny`: final. (`reject`, `trust`, `inspect`, `pass`, `drop` are words of vendors, kept in `word`.)
 * - `continue`: matches and goes on with the next rule (Junos `next term`).
 * - `unknown`: the line could not be read well enough to know; it may permit and it may deny.
 */
export type Verdict = 'permit' | 'deny';
export type ActionKind = Verdict | 'continue' | 'unknown';

export interface Action {
  readonly kind: ActionKind;
  /** The vendor's own word, for showing: `permit`, `deny`, `trust`, `inspect`, `drop log`. */
  readonly word: string;
}

/** What the device writes when the rule decides. `default`: the platform's own default for such a rule. */
export interface RuleLogging {
  readonly logs: 'yes' | 'no' | 'default';
  /** The words that say so, as written (`log informational interval 300`); empty for the default. */
  readonly detail: string;
  /** Syslog severity of its records where the platform has one; absent: the device takes them whatever it is. */
  readonly level?: number;
  /**
   * Where the rule itself sends its records beside the device's own log: `syslog collector-1`, `Panorama`. Empty: the rule
   * forwards nothing. Absent: forwarding is no matter of rules on this platform.
   */
  readonly sentTo?: readonly string[];
}

/** A look into permitted sessions that a rule asks for. */
export interface InspectionProfile {
  readonly kind:
    | 'vulnerability'
    | 'anti-spyware'
    | 'antivirus'
    | 'url-filtering'
    | 'file-blocking'
    | 'sandbox'
    | 'data-filtering'
    | 'other';
  readonly name: string;
  /** `blocks`: stops some traffic; `alerts`: only writes about it; `nothing`; `unknown`: what it does is not in the text. */
  readonly effect: 'blocks' | 'alerts' | 'nothing' | 'unknown';
  /** Where it is defined; absent for predefined ones and those the text does not define. */
  readonly span?: Span;
}

/**
 * What a rule asks of the application that the device recognises once a session carries data. The rule's `match`, `also` and
 * `conditions` speak of first packets, of which the application is not known yet; this speaks of sessions.
 *
 * A session of application A matches when source, destination and the rule's conditions (but those of kind `application`)
 * match, A is wanted, and its port fits.
 */
export interface ApplicationMatch {
  /** Names of the device's own scheme that surely match; `any`: all. */
  readonly names: 'any' | ReadonlySet<string>;
  /** Why an application that is not among `names` may match too (filters, names that are not defined). Empty: none does. */
  readonly others: readonly Condition[];
  /** `default`: only on default ports of the session's own application; else the ports of `match.service.may`. */
  readonly ports: 'as-written' | 'default';
  /** Set where rules tell some sessions their application (application override). */
  readonly told?: ToldApplications;
}

/** Sessions that are told their application by address and port, whatever they carry. */
export interface ToldApplications {
  /** Permits each of them. */
  readonly all: RuleList;
  /** Permits those which are told an application that the rule wants, on ports that it wants. */
  readonly ours: RuleList;
}

/** How often a device says that a rule has matched. */
export interface RuleHits {
  readonly count: number;
  /** The day since which it counts, where the capture tells: `2026-03-01`. Else since the last start or clearing. */
  readonly since?: string;
  /** Where the count stands. */
  readonly span: Span;
}

export interface Rule {
  /** Unique in its list and stable over re-parsing: the sequence number where there is one, else `#1`, `#2`, … */
  readonly id: string;
  /** The vendor's name or the remark that stands directly above; absent where there is none. */
  readonly name?: string;
  /** The statement as written, without leading blanks. */
  readonly text: string;
  readonly span: Span;
  readonly action: Action;
  readonly match: PacketMatch;
  /** A further condition on the packet that must hold too. */
  readonly also?: MatchExpression;
  /** Restricts the rule to crossings from, to these segments (FTD `ifc`, zones); absent: every crossing. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  /** Restricts the rule to crossings within a segment, or between two different ones; absent: both. */
  readonly between?: 'same-segment' | 'different-segments';
  /** Present on devices that recognise applications. */
  readonly applications?: ApplicationMatch;
  /** What looks into the sessions it permits; empty: nothing. Absent: that is no matter of rules on this platform. */
  readonly inspection?: readonly InspectionProfile[];
  /** Undecided conditions on the rule as a whole (time range, header fields). While one is undecided, `must` is empty. */
  readonly conditions: readonly Condition[];
  /** False for a rule that is written but switched off (`inactive`, `disabled`). */
  readonly enabled: boolean;
  readonly logging: RuleLogging;
  readonly objects: readonly ObjectUse[];
  /** Absent: the texts have no count of it. */
  readonly hits?: RuleHits;
}

/** An ordered list of rules: ACL, filter, zone policy. First match wins. */
export interface RuleList {
  readonly name: string;
  /** The vendor's words for it: `extended access list`, `IPv6 access list`, `policy-map type inspect`. */
  readonly kind: string;
  /** Packets of the other family never reach this list. */
  readonly family: Family | 'both';
  readonly rules: readonly Rule[];
  readonly span: Span;
  /** What else refers to it besides filters: NAT, route maps, line access, crypto maps, class maps. Absent: nothing. */
  readonly usedBy?: readonly { readonly purpose: string; readonly span: Span }[];
}

/** A field that the text decides: `must` and `may` are the same. */
export function exactly<T>(value: T): Tri<T> {
  return { must: value, may: value, conditions: [] };
}

/** Several fields put together by what puts their values together, with and without what is assumed. */
export function together<T, R>(parts: readonly Tri<T>[], join: (parts: readonly Tri<T>[]) => Tri<R>): Tri<R> {
  const joined = join(parts);
  if (parts.every(({ open }) => open === undefined)) return joined;
  return { ...joined, open: join(parts.map((part) => part.open ?? part)) };
}
