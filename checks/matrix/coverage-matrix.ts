import type { Span } from '../../parsers/source.ts';
import type { Direction } from '../boundaries/direction.ts';
import type { CrossingName, Reach } from '../finding.ts';

/**
 * What a crossing does with first packets of a service.
 *
 * - `blocked`: none can pass.
 * - `approved`: none can pass but those that the policy approves.
 * - `excess`: some that are approved pass, and others surely pass as well.
 * - `open`: some surely pass, and none that pass are approved.
 * - `unknown`: whether others than approved ones pass is not known, or the text is not understood well enough to say `blocked`
 *   or `approved`.
 */
export type CellState = 'blocked' | 'approved' | 'excess' | 'open' | 'unknown';

/** From best to worst; `unknown` is worse than what is known to be in order, and no finding. */
export const CELL_STATES: readonly CellState[] = ['blocked', 'approved', 'unknown', 'excess', 'open'];

/** A rule, as `LIST: ID`, or the reason of a default. */
export interface MatrixDecider {
  readonly kind: 'rule' | 'default';
  readonly name: string;
  /** Absent for a default that no line sets. */
  readonly span?: Span;
}

/** The family of all messaging that ATT&CK T1071.005 does not name. */
export const KIN = 'kin';

/** Services of one family that a crossing treats alike. */
export interface MatrixCell {
  /** `mqtt`, `amqp`, `stomp`, `xmpp` for the protocols that ATT&CK names, `kin` for all other messaging. */
  readonly family: string;
  readonly state: CellState;
  /** Catalogue names. */
  readonly services: readonly string[];
  /** What lets the packets pass that the state speaks of. For `blocked`, what turns an example packet of each family away. */
  readonly decidedBy: readonly MatrixDecider[];
  /** True when further rules decide. */
  readonly truncated: boolean;
  /** For `unknown`: what would have to be known. */
  readonly because: readonly string[];
  /** What the policy assumes and the state rests on: `time range OFFICE is active (brokerfence.yaml:12)`. Absent: nothing. */
  readonly assumptions?: readonly string[];
  /** Only where the device recognises applications and first packets pass: whether sessions stay permitted. */
  readonly reach?: Reach;
}

/** Crossings that treat every service alike, by the same rules. */
export interface MatrixRow {
  readonly direction: Direction;
  readonly crossings: readonly CrossingName[];
  readonly cells: readonly MatrixCell[];
}

/** Pairs of a crossing and a service, by state. */
export type StateCounts = Readonly<Record<CellState, number>>;

export interface MatrixSums {
  /** Crossings between segments of different trust. */
  readonly crossings: number;
  /** Of those, the ones where every service but kin is `blocked` or `approved`. */
  readonly covered: number;
  readonly directions: readonly {
    readonly direction: Direction;
    readonly crossings: number;
    readonly covered: number;
  }[];
  readonly families: readonly { readonly family: string; readonly states: StateCounts }[];
  /** Crossings of which a side is of unknown trust: they are in none of these numbers. */
  readonly unjudged: number;
}

/** How far a device filters publish/subscribe traffic between its segments, as ATT&CK M1037 asks. */
export interface CoverageMatrix {
  readonly rows: readonly MatrixRow[];
  readonly sums: MatrixSums;
}
