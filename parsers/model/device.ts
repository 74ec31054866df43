import type { Span } from '../source.ts';
import type { AddressTerm, Family } from './address.ts';
import type { Condition } from './condition.ts';
import type { InspectionProfile, RuleList, RuleLogging, Verdict } from './rule.ts';
import type { Translation } from './nat.ts';
import type { ServiceSet } from './service.ts';

export type Platform = 'cisco-ios' | 'cisco-nxos' | 'cisco-iosxr' | 'cisco-asa' | 'juniper-junos' | 'paloalto-panos';

/** An address of an interface with its prefix length. */
export interface InterfaceAddress {
  readonly family: Family;
  /** The interface's own address as an IPv4 number or an IPv6 bigint. */
  readonly address: number | bigint;
  readonly prefixLength: number;
  readonly span: Span;
}

export interface NetworkInterface {
  readonly name: string;
  readonly description?: string;
  readonly addresses: readonly InterfaceAddress[];
  /** Families that the interface carries: an address, `ipv6 enable`, DHCP. Empty for layer 2 ports. */
  readonly families: readonly Family[];
  /** True when the address comes from outside (`dhcp`, `negotiated`, `autoconfig`): typical of an uplink. */
  readonly dynamicAddress: boolean;
  /** False when the text shuts it down. */
  readonly enabled: boolean;
  readonly span: Span;
}

/** Where the text attaches a rule list. */
export interface Binding {
  readonly list: string;
  /** As the vendor names it: `in`, `out`, `global`, `zone-pair OUT-IN`. */
  readonly direction: string;
  /** The interface, zone pair or `global` that it is attached to. */
  readonly attachedTo: string;
  readonly family: Family | 'both';
  /** False when the text defines no such list. */
  readonly defined: boolean;
  /** `transit` filters through-traffic; `control-plane` only traffic to the device itself. */
  readonly plane: 'transit' | 'control-plane';
  readonly span: Span;
}

/** What decides when no rule of a stage matched, and why, in words an engineer knows. */
export interface StageDefault {
  readonly verdict: Verdict | 'unknown';
  /** `implicit deny at the end of access list OUT`, `security-level 100 → 0`, `no zone-pair from A to B`. */
  readonly reason: string;
  /** The line that makes it so, where there is one. */
  readonly span?: Span;
  /** What the device writes when the default decides, and what looks into sessions that it permits; absent: not known. */
  readonly logging?: RuleLogging;
  readonly inspection?: readonly InspectionProfile[];
}

/**
 * Rule lists tried in order until a rule matches, then a default. Packets of a family that the stage does not apply to
 * pass it untouched.
 */
export interface Stage {
  /** Stable and short: `acl-in`, `acl-out`, `zone-policy`, `access-rules`. */
  readonly id: string;
  /** For showing: `access list OUTSIDE-IN, inbound on GigabitEthernet0/0`. */
  readonly title: string;
  readonly family: Family | 'both';
  readonly lists: readonly StageList[];
  readonly otherwise: StageDefault;
  /** True for a stage that only takes some packets away (`otherwise` permits): that it let one pass is not worth saying. */
  readonly incidental?: true;
}

export interface StageList {
  readonly list: RuleList;
  readonly binding: Binding;
}

/** What a packet meets on its way, in order. */
export type Step =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'translation'; readonly translation: Translation };

/**
 * An ordered pair of segments and the steps of a new connection between them. A crossing with no stages permits
 * everything. `conditions` are undecided facts about the path itself (a VRF leak); while undecided nothing is definite.
 */
export interface Crossing {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly Step[];
  readonly conditions: readonly Condition[];
}

/** No packet goes from the one segment to the other, and why: `different VRFs`, `GigabitEthernet0/3 is shut down`. */
export interface NoCrossing {
  readonly from: string;
  readonly to: string;
  readonly none: string;
}

/** A fact of the text that speaks for or against a segment facing an untrusted network. */
export interface TrustEvidence {
  readonly points: 'untrusted' | 'internal' | 'dmz' | 'management';
  /** 3 strong (default route leaves here), 2 good (public address, security level), 1 weak (a word in a name). */
  readonly weight: 1 | 2 | 3;
  /** For showing: `default route 0.0.0.0/0 leaves here`. */
  readonly reason: string;
  readonly span: Span;
}

/** Interfaces that every filter of the device treats alike: a zone, an ASA nameif, a router interface. */
export interface Segment {
  readonly name: string;
  /** Other names that `--from`/`--to` accept: the interface's, the short form. */
  readonly aliases: readonly string[];
  /** `self` is the device itself as source or destination. It is traced when asked for and never audited as a boundary. */
  readonly kind: 'interface' | 'zone' | 'self';
  readonly interfaces: readonly NetworkInterface[];
  /** VRF, routing instance, or `default`. */
  readonly routingContext: string;
  /**
   * Whether through-traffic can enter or leave here. `dormant`: shut down or without address. `none`: loopback,
   * management-only, the device itself.
   */
  readonly transit: 'yes' | 'dormant' | 'none';
  /** Families that packets here can have. */
  readonly families: readonly Family[];
  readonly evidence: readonly TrustEvidence[];
  readonly span: Span;
}

/** Where records of traffic go: what the visibility checks ask. */
export interface Telemetry {
  readonly kind: 'syslog' | 'flow-export' | 'intrusion-prevention' | 'packet-capture';
  /** The collector's address or the feature's name. */
  readonly target: string;
  /** Segments or interfaces it covers; empty: the whole device. */
  readonly covers: readonly string[];
  /** False when the text has it but something it needs is missing (`logging host` without `logging enable`). */
  readonly effective: boolean;
  /** Looks at a copy of the traffic and stops nothing (`ips promiscuous`). */
  readonly passive?: true;
  readonly span: Span;
}

/** A syslog severity from 0 to 7, the higher the more detail; `none`: nothing; `unknown`: not in the text. */
export type LogLevel = number | 'none' | 'unknown';

/** What a device writes of connections beside what its rules say, and where records go by their severity. */
export interface DeviceLogging {
  /** The most detailed records that any place takes, on the device or elsewhere. */
  readonly takes: LogLevel;
  /** The most detailed records that leave the device. */
  readonly sends: LogLevel;
  /** Severity of what is written where a rule or default with `logs: 'default'` permits, where one denies. */
  readonly permits: LogLevel;
  readonly denies: LogLevel;
  /** The line that decides where records go, where there is one. */
  readonly span?: Span;
}

/** A connected or static route, as far as the text tells. */
export interface Route {
  readonly family: Family;
  readonly destination: AddressTerm;
  /** Leaves by this segment; absent when the text does not tell. */
  readonly segment?: string;
  readonly routingContext: string;
  readonly span: Span;
}

/** How a device recognises applications, and what it takes them for. */
export interface ApplicationRecognition {
  /** Whose names its rules use. */
  readonly scheme: 'app-id';
  /** Default ports of an application, as the device's own definitions or the shipped table have them; undefined: not known. */
  readonly defaultPorts: (application: string) => ServiceSet | undefined;
  /** For showing: which release the shipped table is from. */
  readonly content: string;
}

/**
 * One filtering system in one configuration. Plain data but for `crossing`, which builds the steps between two
 * segments on demand (a router with 500 interfaces has 250,000 pairs; few are asked for).
 */
export interface Device {
  /** `hostname`, or `hostname/context`; the source's name where the text has no hostname. */
  readonly name: string;
  readonly platform: Platform;
  /** As printed: `9.12(4)`, `15.2`; absent when the text does not tell. */
  readonly version?: string;
  /** What writes this configuration and undoes changes made on the device, for a sentence: `the management center`. */
  readonly managedBy?: string;
  readonly source: string;
  readonly segments: readonly Segment[];
  /** Every rule list of the text, bound or not, in order of appearance. */
  readonly ruleLists: readonly RuleList[];
  readonly bindings: readonly Binding[];
  readonly translations: readonly Translation[];
  readonly routes: readonly Route[];
  readonly telemetry: readonly Telemetry[];
  /** Absent: rules alone say what is written, and the device takes all of it. */
  readonly logging?: DeviceLogging;
  /**
   * Which addresses rules are compared with: `arriving` (as on the wire when the packet enters the device) or `real`
   * (translated destinations already undone: ASA 8.3 and later).
   */
  readonly addressView: 'arriving' | 'real';
  /** Absent: the device decides by addresses and ports alone. */
  readonly applications?: ApplicationRecognition;
  /** Rules that open encrypted sessions, in order: `permit` opens, `deny` leaves closed. Absent: the platform has none. */
  readonly decryption?: readonly RuleList[];
  /** The steps between two of `segments`, by name. Pure. */
  readonly crossing: (from: string, to: string) => Crossing | NoCrossing;
}
