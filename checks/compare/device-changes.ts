import type { Span } from '../../parsers/source.ts';
import type { Direction } from '../boundaries/direction.ts';
import type { UnjudgedCrossing } from '../device-report.ts';
import type { Confidence, CrossingName, Evidence, FlowDescription, Witness } from '../finding.ts';

/**
 * - `opened`: permitted after and not before.
 * - `closed`: permitted before and not after.
 * - `undecided`: open on both sides, and not for the same reasons: it may have opened, closed or stayed.
 */
export type Change = 'opened' | 'closed' | 'undecided';
export const CHANGES: readonly Change[] = ['opened', 'closed', 'undecided'];

/** What turns the witness away on the side that does not permit it: a rule, a default, or that there is no way at all. */
export interface TurnedAway {
  /** `access list OUTSIDE-IN rule 30 denies`, `there is no segment "dmz"`. */
  readonly text: string;
  readonly span?: Span;
}

/** Packets of one service, or of other ports of a protocol, that changed sides in the same way over the same crossings. */
export interface FlowChange {
  readonly change: Change;
  /** `definite`: in every outcome of what the texts leave open. Always `possible` for `undecided`. */
  readonly confidence: Confidence;
  /** Crossings with the same steps on both sides; at least one. */
  readonly crossings: readonly CrossingName[];
  /** On the side that permits the packets; of `undecided`, after. */
  readonly direction: Direction | 'unjudged';
  /** Catalogue name. Absent: everything on ports and protocols that are none of the catalogue. */
  readonly service?: string;
  /** `tcp`; of other ports `icmp`, `gre, esp`. */
  readonly protocol: string;
  /** As ranges in text; `any` for protocols without ports. */
  readonly ports: readonly string[];
  /** The port behind a translation, where packets arrive on another one. */
  readonly forwardedTo?: number;
  /**
   * Only for devices that recognise applications. `first-packets`: the connection can begin, whatever becomes of it.
   * `session`: it can begin and stays permitted once it is recognised.
   */
  readonly reach?: 'first-packets' | 'session';
  readonly flows: FlowDescription;
  /** Lines that let the packets through, on the side that does; of `undecided`, after. Empty: nothing filters them. */
  readonly decidedBy: readonly Evidence[];
  /** A packet of the set, as it arrives. */
  readonly witness?: Witness;
  /** Absent for `undecided`. */
  readonly turnedAway?: TurnedAway;
  /** Whether the policy approves the packets on the side that permits them. */
  readonly approved: 'yes' | 'partly' | 'no';
  /** What leaves the packets undecided before and after; empty where they are decided. */
  readonly conditions: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** A crossing of one side only: on the other side nothing is permitted over it. */
export interface OneSided {
  readonly crossing: CrossingName;
  readonly missing: 'before' | 'after';
  /** Why no packet goes this way there: `there is no segment "dmz"`, `different VRFs`. */
  readonly reason: string;
}

/** How what a device permits changed: plain data. */
export interface DeviceChanges {
  readonly changes: readonly FlowChange[];
  readonly oneSided: readonly OneSided[];
  /** What could not be compared and why; of a crossing in this list no changes are told, or not all. */
  readonly notJudged: readonly UnjudgedCrossing[];
  /** Crossings of which at least one side exists, and those of them whose steps say the same on both. */
  readonly crossings: { readonly compared: number; readonly alike: number };
  /** What changed beside flows, and what the comparison does not show. */
  readonly notes: readonly string[];
}
