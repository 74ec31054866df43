import type { Coverage, Diagnostic, RuleCount } from '../parsers/diagnostics.ts';
import type { Family } from '../parsers/model/address.ts';
import type { Device, Platform } from '../parsers/model/device.ts';
import type { Boundary } from './boundaries/boundary.ts';
import type { Direction } from './boundaries/direction.ts';
import type { AttackId, ControlId } from './data/attack.ts';
import type { Service } from './data/services.ts';
import type { DeviceReport, SegmentTrust } from './device-report.ts';
import type { EvaluationContract } from './evaluate/evaluation.ts';
import type { Confidence, CrossingName, Evidence, Severity } from './finding.ts';
import type { PacketSet, PacketSpace } from './packet-space/packet-space.ts';
import type { Target, TargetSet } from './reporting/flow-text.ts';
import type { AssumptionJudge } from './reporting/assumptions.ts';
import type { Approvals } from './policy/approvals.ts';
import type { Day, Policy } from './policy/policy.ts';
import type { SessionJudge } from './reporting/sessions.ts';
import type { Quoting, ReadLines } from './reporting/source-text.ts';

type CheckFamily = 'exposure' | 'egress' | 'least-privilege' | 'inspection' | 'visibility' | 'integrity';

/** What to do, in general and in the words of a platform. `{list}`, `{rule}`, `{from}` and `{to}` are filled in. */
type PlatformText = { readonly general: string } & { readonly [P in Platform]?: string };

/** A check with its documentation; `M` are the names of its messages. */
export interface CheckDefinition<M extends string> {
  /** Names the pattern found and reads well after "allow": `broker-reachable-from-untrusted`. */
  readonly id: string;
  readonly title: string;
  readonly family: CheckFamily;
  /** Of its worst form. */
  readonly severity: Severity;
  /** What makes a finding of it worse or milder. */
  readonly severityNote: string;
  /** Version of this program that first had it. */
  readonly since: string;
  readonly attack: readonly AttackId[];
  readonly controls: readonly ControlId[];
  /** What it finds and how exactly, with its bounds. */
  readonly finds: string;
  readonly why: string;
  readonly fix: PlatformText;
  /** When the pattern is legitimate. */
  readonly exceptions: string;
  readonly references: readonly string[];
  /**
   * One sentence each. Filled in: `{device}`, `{crossings}`, `{services}`, `{source}`, `{destination}`, `{permits}`
   * (`permits` or `may permit`), `{decidedBy}`, and what the report adds.
   */
  readonly messages: Readonly<Record<M, string>>;
  /** About one device. A check has this or `runFleet`. */
  run?(context: CheckContext, report: Reporter<M>): void;
  /** About the policy and all audited devices together. */
  runFleet?(context: FleetContext, report: FleetReporter<M>): void;
}

/** What a check of the whole fleet may look at. */
export interface FleetContext {
  readonly policy: Policy;
  readonly today: Day | undefined;
  /** Reports of all devices, in input order; findings of the fleet are not among theirs. */
  readonly devices: readonly DeviceReport[];
  /** Quotes from the policy's files. */
  readonly text: Quoting;
}

/** Reports about lines of the policy's files. */
type FleetReporter<M extends string> = Pick<Reporter<M>, 'lines'>;

export type Check = CheckDefinition<string>;

/** Names the type of a check; checks are plain data with one function. */
export function defineCheck<const M extends string>(definition: CheckDefinition<M>): Check {
  return definition;
}

/** What a check may look at. */
export interface CheckContext {
  readonly device: Device;
  /** The device as it was read: `device`, before the policy decided time ranges and users. */
  readonly written: Device;
  readonly space: PacketSpace;
  readonly catalogue: readonly Service[];
  /** What rules do, on any crossing. */
  readonly evaluation: Pick<EvaluationContract, 'effect' | 'sessions'>;
  readonly trust: ReadonlyMap<string, SegmentTrust>;
  /**
   * Visits the boundaries of these directions. A boundary that cannot be computed is recorded as not judged, with the
   * reason, and the others are still visited.
   */
  readonly eachBoundary: (directions: readonly Direction[], visit: (boundary: Boundary) => void) => void;
  readonly policy: Policy;
  /** What the policy approves on this device. Needless = permitted \ approved. */
  readonly approvals: Approvals;
  /** Which of the policy's assumptions verdicts rest on; undefined where nothing is assumed. */
  readonly assumptions: AssumptionJudge | undefined;
  /** The day of the audit, for what expires; undefined: nothing has expired. */
  readonly today: Day | undefined;
  /** Undefined for a device that recognises no applications. */
  readonly sessions: SessionJudge | undefined;
  readonly text: Quoting;
  /** The texts that the device was read from, with the states of their lines. */
  readonly texts: readonly ReadLines[];
  /** Diagnostics of the part of the source that describes this device. */
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: Coverage;
  /** Rules of the texts by kind, for the first device of them alone; empty where the platform does not count. */
  readonly ruleCounts: readonly RuleCount[];
  /** Whether a line of a text belongs to this device; a text may hold several. */
  readonly ownsLine: (source: string, line: number) => boolean;
}

/** What a severity is decided by: the packets that one set of rules lets through. */
export interface PartFacts {
  readonly targets: readonly Target[];
  /** At least half of the public addresses may be the source, the destination. */
  readonly anySource: boolean;
  readonly anyDestination: boolean;
}

export interface PermittedReport<M extends string> {
  readonly message: M;
  readonly targets: readonly Target[];
  /**
   * Packets that the policy approves are taken off, unless this is `ignore`. With `none` only rules are reported that let
   * nothing pass that is approved for the targets, with `partly` only those that do and let more pass.
   */
  readonly approvals?: 'ignore' | 'none' | 'partly';
  /** Takes packets off that are none of the check's business. */
  readonly narrow?: (set: PacketSet, target: Target) => PacketSet;
  /** Drops parts; without it every part is reported. */
  readonly keep?: (part: PacketSet, target: Target) => boolean;
  /** Adds to what the message is filled with, for the packets of one finding. */
  readonly data?: (sets: readonly PacketSet[]) => Readonly<Record<string, string>>;
  /** For packets that are surely permitted; those only possibly permitted are one step milder. */
  readonly severity: (facts: PartFacts) => Severity;
}

export interface PathReport<M extends string> {
  readonly message: M;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly families: readonly Family[];
  readonly data?: Readonly<Record<string, string>>;
}

/** Packets that show a finding about lines. */
export interface Shown {
  /** Where the witness is taken from, and whether it surely passes. */
  readonly boundary: Boundary;
  readonly example: TargetSet;
  readonly sure: boolean;
  /** All of them; sets of one target are put together. */
  readonly sets: readonly TargetSet[];
}

export interface LinesReport<M extends string> {
  readonly message: M;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The first is the finding's place. */
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly crossings?: readonly CrossingName[];
  readonly conditions?: readonly string[];
  /** Catalogue names of the services concerned. */
  readonly services?: readonly string[];
  /** The packets that it is about: the finding's flows, and one of them as its witness. */
  readonly shows?: Shown;
  /** The rules that it is about, as `LIST: ID`. */
  readonly rules?: readonly string[];
  readonly data: Readonly<Record<string, string>>;
}

/** The only way to report: it adds place, binding, objects, witness, flows, conditions, fix and fingerprint. */
export interface Reporter<M extends string> {
  /** What the boundary lets through of the targets: one finding for each set of deciding rules. */
  permitted(boundary: Boundary, what: PermittedReport<M>): void;
  /** The path as such, for all packets of the families. */
  path(boundary: Boundary, what: PathReport<M>): void;
  /** Lines of the text. */
  lines(what: LinesReport<M>): void;
}
