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
import type { CoverageMatrix } from './matrix/coverage-matrix.ts';

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
  /** Networks that its interfaces have an address in: `10.1.0.0/16`. Absent: none is known. */
  readonly networks?: readonly string[];
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

/** Whether a device gives something that detecting publish/subscribe misuse (ATT&CK AN0005) needs. */
export interface Readiness {
  readonly need:
    | 'rule-logging'
    | 'remote-syslog'
    | 'flow-export'
    | 'application-recognition'
    | 'broker-allow-list'
    | 'deny-list';
  readonly state: 'yes' | 'partly' | 'no' | 'unknown';
  /** For showing: `records go to 10.0.0.9`. */
  readonly reason: string;
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
  readonly readiness: readonly Readiness[];
  /** Only where it was asked for. */
  readonly matrix?: CoverageMatrix;
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
