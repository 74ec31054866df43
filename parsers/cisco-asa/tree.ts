import type { TimeRange } from '../cisco/time-range.ts';
import type { Line } from '../syntax/lines.ts';
import type { Statement, StatementReader } from '../syntax/statements.ts';
import type { Software } from './version.ts';
import { emptyLogging, type LoggingNode } from './read-logging.ts';

/** The vendor's tree: statements in the places where the device keeps them, before any meaning is given to them. */
export interface AsaTree {
  hostname: Statement | undefined;
  software: Software | undefined;
  transparent: boolean;
  /** `name ADDRESS WORD`: the address text by its word. */
  readonly names: Map<string, string>;
  readonly interfaces: Map<string, InterfaceNode>;
  /** Names of interfaces as written where they are given, by their lower-case form: case does not matter. */
  readonly nameifs: Map<string, string>;
  readonly networkObjects: Map<string, ObjectNode>;
  readonly serviceObjects: Map<string, ObjectNode>;
  readonly groups: Map<string, GroupNode>;
  readonly accessLists: Map<string, AccessListNode>;
  readonly ip6AccessLists: Map<string, AccessListNode>;
  accessGroups: Statement[];
  /** Same-security-traffic permit. */
  interInterface: Statement | undefined;
  intraInterface: Statement | undefined;
  /** Twice NAT: `nat (in,out) source …`. */
  twiceNat: Statement[];
  /** Before 8.3: `static`, `nat (in) 1`, `global`, in order. */
  oldNat: Statement[];
  natControl: Statement | undefined;
  routes: Statement[];
  ip6Routes: Statement[];
  readonly timeRanges: Map<string, TimeRange>;
  /** Statements that name an access list for another purpose than filtering: purpose, list and place. */
  readonly uses: {
    readonly list: string;
    readonly purpose: string;
    readonly statement: Statement;
    readonly word: number;
  }[];
  readonly logging: LoggingNode;
  readonly flowExports: Statement[];
  /** Policy maps by name: what their classes do to traffic that matters here. */
  readonly policyMaps: Map<string, PolicyMapNode>;
  readonly servicePolicies: Statement[];
  readonly captures: Statement[];
  /** `aaa authentication match|include`: users must log in before their connections pass. */
  readonly cutThrough: Statement[];
  readonly established: Statement[];
  /** `no sysopt connection permit-vpn`. */
  vpnFiltered: boolean;
  /** Crypto maps or WebVPN bound to an interface. */
  readonly vpnEntries: Statement[];
  readonly conduits: Statement[];
}

export interface InterfaceNode {
  readonly name: string;
  readonly statement: Statement;
  nameif: Statement | undefined;
  /** The nameif in words; for old PIX text, where the statement holds more. */
  label: string | undefined;
  level: { readonly value: number; readonly statement: Statement } | undefined;
  description: string | undefined;
  shutdown: boolean;
  managementOnly: Statement | undefined;
  noAddress: boolean;
  readonly addresses: Statement[];
  readonly ip6: Statement[];
  bridgeGroup: string | undefined;
  /** Virtual router of FTD; absent: `default`. */
  vrf: string | undefined;
}

/** `object network NAME`, `object service NAME`: all blocks of the name together. */
export interface ObjectNode {
  readonly name: string;
  readonly statement: Statement;
  body: Statement | undefined;
  /** Object NAT: `nat (in,out) static …`. */
  readonly nat: Statement[];
}

export type GroupKind = 'network' | 'service' | 'protocol' | 'icmp-type' | 'user' | 'security';

export interface GroupNode {
  readonly name: string;
  readonly kind: GroupKind;
  /** `tcp`, `udp`, `tcp-udp` of a service group that holds ports only. */
  readonly transport: string | undefined;
  readonly statement: Statement;
  members: Statement[];
}

/** All lines of one access list in the order of the text. */
export interface AccessListNode {
  readonly name: string;
  lines: Line[];
}

export interface PolicyMapNode {
  readonly name: string;
  readonly inspections: Statement[];
  readonly exports: Statement[];
}

/** What the tables of forms work on. */
export interface Reading {
  readonly tree: AsaTree;
  /** The open blocks. */
  currentInterface: InterfaceNode | undefined;
  currentObject: ObjectNode | undefined;
  currentGroup: GroupNode | undefined;
  currentPolicyMap: PolicyMapNode | undefined;
  currentTimeRange: TimeRange | undefined;
}

/** Where line states and diagnostics go. */
export type Notes = Pick<StatementReader<Reading>, 'mark' | 'diagnose' | 'span' | 'wordSpan'>;

export function emptyTree(): AsaTree {
  return {
    hostname: undefined,
    software: undefined,
    transparent: false,
    names: new Map(),
    interfaces: new Map(),
    nameifs: new Map(),
    networkObjects: new Map(),
    serviceObjects: new Map(),
    groups: new Map(),
    accessLists: new Map(),
    ip6AccessLists: new Map(),
    accessGroups: [],
    interInterface: undefined,
    intraInterface: undefined,
    twiceNat: [],
    oldNat: [],
    natControl: undefined,
    routes: [],
    ip6Routes: [],
    timeRanges: new Map(),
    uses: [],
    logging: emptyLogging(),
    flowExports: [],
    policyMaps: new Map(),
    servicePolicies: [],
    captures: [],
    cutThrough: [],
    established: [],
    vpnFiltered: false,
    vpnEntries: [],
    conduits: [],
  };
}

/** The name of an interface as its `nameif` writes it (ASA command reference, `nameif`: not case-sensitive). */
export function nameifOf(tree: AsaTree, word: string): string {
  return tree.nameifs.get(word.toLowerCase()) ?? word;
}
