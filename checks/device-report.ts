import type { Coverage, Diagnostic, RuleCount } from '../parsers/diagnostics.ts';
import type { Platform } from '../parsers/model/device.ts';
import type {
  ApplicationVerdict,
  Confidence,
  CrossingName,
  Evidence,
  Finding,
  FlowDescription,
  Reach,
} from './finding.ts';

/** `partner` counts as untrusted; `ot` and `management` are own networks, as `internal` and `dmz` are. Only the user sets `partner` and `ot`. */
export type Trust = 'untrusted' | 'partner' | 'internal' | 'dmz' | 'management' | 'ot' | 'unknown';

/** How a segment is judged and why. */
export interface SegmentTrust {
  readonly segment: string;
  readonly trust: Trust;
  readonly source: 'set' | 'inferred';
  /** For showing: `default route leaves here (edge.cfg:120); public address 203.0.113.2/30`. */
  readonly reasons: readonly string[];
  readonly transit: 'yes' | 'dormant' | 'none';
}

/** A permitted service over a crossing: one row of `brokerfence flows`. */
export interface PermittedFlow {
  readonly crossing: CrossingName;
  readonly direction: 'exposure' | 'egress' | 'lateral' | 'unjudged';
  readonly service: string;
  readonly protocol: string;
  readonly port: number;
  /** The port behind a translation, where packets arrive on another one. */
  readonly forwardedTo?: number;
  readonly confidence: Confidence;
  readonly flows: FlowDescription;
  readonly decidedBy: readonly Evidence[];
  readonly approved: 'yes' | 'partly' | 'no';
  readonly conditions: readonly string[];
  /** Only for devices that recognise applications. */
  readonly reach?: Reach;
  readonly applications?: readonly ApplicationVerdict[];
}

/** A crossing that no direction could be given, or that could not be computed, and why. */
export interface UnjudgedCrossing {
  readonly crossing: CrossingName;
  readonly reason: string;
}

/** What a device permits of an approval that speaks of it. */
export interface ApprovalUse {
  readonly approval: string;
  /** `all`: everything that is approved, on some crossing; `part`: some of it; `none`: nothing. */
  readonly permits: 'all' | 'part' | 'none';
}

/** All that is known of one device after an audit: plain, small data. */
export interface DeviceReport {
  readonly device: string;
  readonly platform: Platform;
  readonly version?: string;
  readonly source: string;
  readonly segments: readonly SegmentTrust[];
  readonly findings: readonly Finding[];
  readonly flows: readonly PermittedFlow[];
  readonly unjudged: readonly UnjudgedCrossing[];
  readonly approvals: readonly ApprovalUse[];
  readonly ruleLists: { readonly lists: number; readonly rules: number };
}

/** The report of one source: its devices, and what was not understood in it. */
export interface SourceReport {
  readonly source: string;
  /** Further texts that describe the same devices. */
  readonly combinedWith?: readonly string[];
  readonly platform?: Platform;
  readonly detectedBy: readonly string[];
  readonly devices: readonly DeviceReport[];
  readonly diagnostics: readonly Diagnostic[];
  /** Over all texts. */
  readonly coverage: Coverage;
  /** Rules counted in the texts beside those in the model; empty where the platform does not count. */
  readonly ruleCounts: readonly RuleCount[];
}
