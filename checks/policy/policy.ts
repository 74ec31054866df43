import type { AddressSet } from '../../parsers/model/address.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import type { Span } from '../../parsers/source.ts';
import type { Service } from '../data/services.ts';
import type { Severity } from '../finding.ts';

/*
 * What the user says is needed, as checked data. `cli/policy` reads it from `brokerfence.yaml`; nothing here knows of files. Entries of included files come
 * first, so that those of the including file win where one has to.
 */

/** What a segment faces. `partner` counts as untrusted, `ot` and `management` as own. */
type Role = 'internal' | 'untrusted' | 'dmz' | 'partner' | 'management' | 'ot';

/** Names with `*` for anything, in any case: of devices, of segments. */
type Pattern = string;

/** The role of segments, set instead of inferred. Of several that fit, the last counts. */
export interface SegmentRole {
  readonly device: Pattern;
  readonly segment: Pattern;
  readonly role: Role;
  readonly place: Span;
}

/** A network of the organisation. */
interface OwnNetwork {
  /** As written: `10.0.0.0/8`. */
  readonly network: string;
  readonly place: Span;
}

/** A day as `2027-03-31`, in UTC; what expires on it is in force until its end. */
export type Day = string;

/** Which way approved connections go. */
type ApprovedDirection = 'exposure' | 'egress' | 'lateral' | 'any';

/** An approved use of messaging: who may connect where, with what, for whom and until when. */
export interface Approval {
  /** Unique. */
  readonly name: string;
  /** Catalogue names (`mqtts`), own services, or names of families (`mqtt-family`: everything that carries MQTT). */
  readonly services: readonly string[];
  readonly ports: readonly { readonly protocol: 'tcp' | 'udp'; readonly ports: readonly NumberRange[] }[];
  /** Names that devices recognise sessions as (`mqtt`): approved on every port where sessions have that name. */
  readonly applications: readonly string[];
  readonly clients: AddressSet;
  readonly brokers: AddressSet;
  readonly direction: ApprovedDirection;
  /** `tls`: services that carry messages in clear text are not covered, even if they are named. */
  readonly transport: 'any' | 'tls';
  readonly devices: readonly Pattern[];
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly expires?: Day;
  /** False for a proposal (`init` writes those): it approves nothing. */
  readonly reviewed: boolean;
  readonly place: Span;
}

/** Addresses that nothing of ours may talk to. */
export interface BlockList {
  readonly name: string;
  readonly networks: AddressSet;
  /** Where the list comes from: its file, and what the user says of its origin. */
  readonly provenance: string;
  readonly place: Span;
}

/** A value for something that a configuration leaves open; verdicts that rest on it say so. */
export type Assumption =
  | { readonly kind: 'fqdn'; readonly name: string; readonly addresses: AddressSet; readonly place: Span }
  | { readonly kind: 'time-range'; readonly name: string; readonly active: boolean; readonly place: Span }
  | { readonly kind: 'identity'; readonly name: string; readonly matches: boolean; readonly place: Span };

/** An accepted finding. Every given field has to fit. */
export interface Waiver {
  readonly fingerprint?: string;
  readonly check?: string;
  readonly device?: Pattern;
  /** Id of a deciding rule, or `LIST: ID`. */
  readonly rule?: Pattern;
  readonly reason: string;
  readonly owner: string;
  readonly expires?: Day;
  readonly place: Span;
}

export interface CheckSetting {
  readonly check: string;
  /** `off` switches it off; a severity is what its worst form counts as, milder forms as much milder as before. */
  readonly setting: 'off' | 'on' | Severity;
  readonly place: Span;
}

export interface Policy {
  readonly networks: readonly OwnNetwork[];
  readonly segments: readonly SegmentRole[];
  /** Added to the catalogue; one with the name of a catalogue service replaces it. */
  readonly services: readonly (Service & { readonly place: Span })[];
  readonly approvals: readonly Approval[];
  readonly blockLists: readonly BlockList[];
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
  readonly checks: readonly CheckSetting[];
}

export const NO_POLICY: Policy = {
  networks: [],
  segments: [],
  services: [],
  approvals: [],
  blockLists: [],
  assumptions: [],
  waivers: [],
  checks: [],
};
