import type { Span } from '../parsers/source.ts';

/** `info` never fails a run by default. Order matters: `SEVERITIES` is from worst to mildest. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** `definite`: every outcome of what the text leaves open shows it. `possible`: some outcome does. */
export type Confidence = 'definite' | 'possible';

/** One line of the configuration that carries a finding. The first `decides` is the finding's place. */
export interface Evidence {
  /** `decides`: the rule or default that lets the packets through. `binding`: what puts it in the path. */
  readonly role: 'decides' | 'binding' | 'object' | 'condition' | 'context';
  readonly span: Span;
  /** The statement as written, trimmed; secrets masked. */
  readonly text: string;
  /** What it does here: `access list OUTSIDE-IN rule 30 permits`, `bound inbound on GigabitEthernet0/0`. */
  readonly note: string;
}

/** Addresses and ports in text, sorted: `10.1.0.0/16`, `10.1.2.3-10.1.2.9`, `2001:db8::/32`, `any`, `1024-65535`. */
export interface FlowText {
  readonly family: 4 | 6;
  readonly source: readonly string[];
  readonly destination: readonly string[];
  readonly protocol: string;
  readonly sourcePort: readonly string[];
  readonly destinationPort: readonly string[];
}

/** The exact extra address space of a finding, in at most a few dozen rows. */
export interface FlowDescription {
  readonly flows: readonly FlowText[];
  /** True when there is more than is shown. */
  readonly truncated: boolean;
}

/** A concrete packet that shows the finding: `brokerfence trace` with these values gives the same answer. */
export interface Witness {
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** The finding is about sessions of this application. */
  readonly application?: string;
}

/** What becomes of sessions of one application on a device that recognises them, over all packets of a finding or flow. */
export interface ApplicationVerdict {
  /** In the device's own naming: `mqtt`, `ssl`, `unknown-tcp`. */
  readonly application: string;
  /** `partly`: some of the packets begin sessions that stay permitted, others not. */
  readonly verdict: 'permit' | 'deny' | 'unknown' | 'partly';
}

/**
 * How far a permitted connection comes on a device that recognises applications. `session`: it stays permitted once it is
 * recognised. `first-packets`: the connection is made and ended as soon as the application is known.
 */
export type Reach = 'session' | 'first-packets';

export interface CrossingName {
  readonly from: string;
  readonly to: string;
}

export interface Finding {
  readonly check: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly device: string;
  /** Crossings with the same deciding rules and the same flows are one finding. Empty: about the device as a whole. */
  readonly crossings: readonly CrossingName[];
  /** The rules that decide, as `LIST: ID`; empty where none does. */
  readonly rules: readonly string[];
  /** Catalogue names of the services concerned, in catalogue order: `mqtt`, `amqps`. */
  readonly services: readonly string[];
  /** One sentence. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** What is permitted and not approved. */
  readonly flows: FlowDescription;
  /** What the same rules permit that is approved; absent where nothing is. */
  readonly approved?: FlowDescription;
  readonly witness?: Witness;
  /** Only for devices that recognise applications, as `applications` is. */
  readonly reach?: Reach;
  /** The names that the traffic may be recognised as. */
  readonly applications?: readonly ApplicationVerdict[];
  /** For findings that are only possible: what would have to be so. */
  readonly conditions: readonly string[];
  /** What the policy assumes and it rests on: `time range OFFICE is active (brokerfence.yaml:12)`. Absent: nothing. */
  readonly assumptions?: readonly string[];
  /** What to do on this platform. */
  readonly fix: string;
  /**
   * 16 hex digits over check, device, crossings, services and the text of the deciding rule: the same after lines were
   * inserted elsewhere.
   */
  readonly fingerprint: string;
  /** The policy accepts the finding; it is shown and counted apart. */
  readonly waived?: {
    readonly reason: string;
    readonly owner: string;
    readonly expires?: string;
    readonly place: Span;
  };
}
