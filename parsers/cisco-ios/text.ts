import type { InterfaceAddress, Telemetry } from '../model/device.ts';
import type { Family } from '../model/address.ts';
import type { RuleHits } from '../model/rule.ts';
import type { HostNames } from '../model/host-names.ts';
import type { LineState } from '../diagnostics.ts';
import type { TimeRange } from '../cisco/time-range.ts';
import type { Source, Span } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import type { Statement, StatementReader } from '../syntax/statements.ts';

/**
 * What the statements of one IOS text say, still by name and unresolved: lists, groups and classes may be defined after
 * their use. The reading tables fill it, the conversion reads it once the last line is known.
 */
export interface IosText {
  readonly source: Source;
  readonly hosts: HostNames;
  /** Something to point at for what no line says. */
  readonly firstLine: Line | undefined;
  /** The tables report states and diagnostics through it. */
  readonly reader: StatementReader<IosText>;
  hostname: string | undefined;
  version: string | undefined;
  readonly interfaces: Map<string, TextInterface>;
  readonly templates: Map<string, TextInterface>;
  /** What interface statements apply to: several for `interface range`, none for an interface that is removed. */
  currentInterfaces: readonly TextInterface[];
  readonly lists: Map<string, TextList>;
  currentList: TextList | undefined;
  /**
   * What is open is output of `show access-lists`: `own` where the text has the list nowhere else, `beside` where it repeats
   * the entries of a list with their counters.
   */
  counting: 'own' | 'beside' | undefined;
  readonly groups: Map<string, TextGroup>;
  currentGroup: TextGroup | undefined;
  readonly timeRanges: Map<string, TimeRange>;
  currentTimeRange: TimeRange | undefined;
  readonly uses: ListUse[];
  readonly zones: Map<string, Line>;
  readonly zonePairs: Map<string, TextZonePair>;
  currentZonePair: TextZonePair | undefined;
  readonly classMaps: Map<string, TextClassMap>;
  currentClassMap: TextClassMap | undefined;
  readonly policyMaps: Map<string, TextPolicyMap>;
  currentPolicyMap: TextPolicyMap | undefined;
  currentClass: TextClass | undefined;
  /** Names of QoS policy maps with a class that drops. */
  readonly droppingPolicies: Map<string, Line>;
  currentQosPolicy: string | undefined;
  readonly portMaps: Statement[];
  readonly routeMaps: Map<string, TextRouteMap>;
  currentRouteMap: TextRouteMap | undefined;
  readonly nat: Statement[];
  readonly natPools: Map<string, Statement>;
  readonly routes: Statement[];
  readonly vrfs: Map<string, TextVrf>;
  currentVrf: TextVrf | undefined;
  readonly accessMaps: Map<string, TextAccessMap[]>;
  readonly vlanFilters: Statement[];
  currentAccessMap: TextAccessMap | undefined;
  readonly telemetry: Telemetry[];
  readonly exporters: Map<string, { target: string; line: Line }>;
  currentExporter: string | undefined;
  readonly monitors: Map<string, string[]>;
  currentMonitor: string | undefined;
  /** `no ip routing`: nothing is forwarded. */
  noRouting: Line | undefined;
  ipv6Routing: Line | undefined;
  noIpv6Routing: Line | undefined;
  loggingOff: Line | undefined;
  /** `logging trap LEVEL`: the most detailed records that collectors get. */
  trapLevel: number;
  /** The Snort engine of IOS-XE (`utd`): whether it stops what it finds, and whether it sees all interfaces. */
  readonly utd: { protects: boolean; everywhere: boolean };
  /** Parameter maps with `audit-trail on`, by name. */
  readonly auditTrails: Set<string>;
  currentParameterMap: string | undefined;
  endSeen: boolean;
  /** Something that only a full configuration begins with (`version`, `Current configuration`). */
  beginSeen: boolean;
}

export interface AccessGroup {
  readonly list: string;
  readonly direction: 'in' | 'out';
  readonly family: Family;
  readonly common: boolean;
  readonly line: Line;
  readonly span: Span;
}

export interface TextInterface {
  readonly key: string;
  readonly name: string;
  readonly line: Line;
  description: string | undefined;
  descriptionLine: Line | undefined;
  addresses: InterfaceAddress[];
  /** The statement that takes an address from outside, by family. */
  dynamic: Map<Family, Line>;
  ipv6Enabled: boolean;
  unnumbered: Map<Family, string>;
  shutdown: Line | undefined;
  /** Undefined: neither said. */
  switchport: boolean | undefined;
  accessVlan: number | undefined;
  trunk: boolean;
  vrf: string | undefined;
  zone: { readonly name: string; readonly line: Line } | undefined;
  accessGroups: AccessGroup[];
  nat: { readonly side: 'inside' | 'outside' | 'either'; readonly line: Line } | undefined;
  bridged: Line | undefined;
  templates: string[];
  policies: { readonly name: string; readonly line: Line }[];
  /** `ip flow …`, `ip ips …`: what watches the interface. */
  watched: Statement[];
}

export interface ListEntry {
  readonly line: Line;
  /** From `permit`, `deny`, `remark`, `evaluate`, `dynamic` on. */
  readonly words: readonly string[];
  /** Index in the line of the first of `words`, for spans. */
  readonly offset: number;
  /** The number it has in the list: as written, else ten more than the one before. */
  readonly sequence: number;
  readonly numbered: boolean;
}

export interface TextList {
  readonly name: string;
  readonly kind: 'standard' | 'extended' | 'ipv6';
  readonly line: Line;
  entries: ListEntry[];
  /** What `show access-lists` says of entries, by their words. */
  readonly counters: Map<string, RuleHits>;
  /** Its entries are those that `show access-lists` prints. */
  isShown: boolean;
}

interface ListUse {
  readonly list: string;
  readonly purpose: string;
  readonly line: Line;
}

export interface TextGroup {
  readonly name: string;
  readonly kind: 'network' | 'network6' | 'service' | 'protocol' | 'port' | 'other';
  readonly line: Line;
  members: Statement[];
}

export interface TextZonePair {
  readonly name: string;
  readonly source: string;
  readonly destination: string;
  readonly line: Line;
  policy: { readonly name: string; readonly line: Line } | undefined;
}

export interface TextClassMap {
  readonly name: string;
  readonly all: boolean;
  readonly line: Line;
  readonly matches: Statement[];
}

export interface TextClass {
  readonly name: string;
  readonly line: Line;
  actions: Statement[];
}

export interface TextPolicyMap {
  readonly name: string;
  readonly line: Line;
  readonly classes: TextClass[];
}

interface TextRouteMap {
  readonly name: string;
  readonly entries: { readonly permit: boolean; readonly lists: string[]; otherMatch: boolean }[];
}

export interface TextVrf {
  readonly name: string;
  readonly line: Line;
  readonly imports: { readonly target: string; readonly line: Line }[];
  readonly exports: { readonly target: string; readonly line: Line }[];
  /** Other VRFs, or `global`, whose routes it imports by name. */
  readonly importsFrom: { readonly vrf: string; readonly line: Line }[];
}

export interface TextAccessMap {
  readonly name: string;
  readonly sequence: number;
  readonly line: Line;
  readonly lists: { readonly name: string; readonly family: Family; readonly line: Line }[];
  otherMatch: Line | undefined;
  action: string;
}

/** A text before its first statement. The reader and its context need each other; the reader is made when first used. */
export function emptyText(
  source: Source,
  hosts: HostNames,
  firstLine: Line | undefined,
  createReader: (text: IosText) => StatementReader<IosText>,
): IosText {
  let reader: StatementReader<IosText> | undefined;
  const text: IosText = {
    source,
    hosts,
    firstLine,
    get reader() {
      return (reader ??= createReader(text));
    },
    hostname: undefined,
    version: undefined,
    interfaces: new Map(),
    templates: new Map(),
    currentInterfaces: [],
    lists: new Map(),
    currentList: undefined,
    counting: undefined,
    groups: new Map(),
    currentGroup: undefined,
    timeRanges: new Map(),
    currentTimeRange: undefined,
    uses: [],
    zones: new Map(),
    zonePairs: new Map(),
    currentZonePair: undefined,
    classMaps: new Map(),
    currentClassMap: undefined,
    policyMaps: new Map(),
    currentPolicyMap: undefined,
    currentClass: undefined,
    droppingPolicies: new Map(),
    currentQosPolicy: undefined,
    portMaps: [],
    routeMaps: new Map(),
    currentRouteMap: undefined,
    nat: [],
    natPools: new Map(),
    routes: [],
    vrfs: new Map(),
    currentVrf: undefined,
    accessMaps: new Map(),
    vlanFilters: [],
    currentAccessMap: undefined,
    telemetry: [],
    exporters: new Map(),
    currentExporter: undefined,
    monitors: new Map(),
    currentMonitor: undefined,
    noRouting: undefined,
    ipv6Routing: undefined,
    noIpv6Routing: undefined,
    loggingOff: undefined,
    trapLevel: 6,
    utd: { protects: false, everywhere: false },
    auditTrails: new Set(),
    currentParameterMap: undefined,
    endSeen: false,
    beginSeen: false,
  };
  return text;
}

export function emptyInterface(key: string, name: string, line: Line): TextInterface {
  return {
    key,
    name,
    line,
    description: undefined,
    descriptionLine: undefined,
    addresses: [],
    dynamic: new Map(),
    ipv6Enabled: false,
    unnumbered: new Map(),
    shutdown: undefined,
    switchport: undefined,
    accessVlan: undefined,
    trunk: false,
    vrf: undefined,
    zone: undefined,
    accessGroups: [],
    nat: undefined,
    bridged: undefined,
    templates: [],
    policies: [],
    watched: [],
  };
}

/** The words after the keywords of the form. */
export function argumentsOf(statement: Statement): readonly string[] {
  return statement.words.slice(statement.arguments);
}

/** Reports a statement whose arguments do not fit, and says the state of its line. */
export function notUnderstood(statement: Statement, text: IosText, at: number, consequence: string): LineState {
  const word = statement.words[at];
  const message =
    word === undefined
      ? `\`${statement.words[0] ?? ''}\` lacks an argument`
      : `\`${word}\` is not understood in \`${statement.words.slice(0, statement.arguments).join(' ')}\``;
  text.reader.diagnose('ios/not-understood', 'warning', text.reader.wordSpan(statement, at), message, consequence);
  return 'unrecognised';
}

/** Access groups that filter a layer 2 port. */
export function portRules(target: TextInterface): readonly AccessGroup[] {
  return target.switchport === true ? target.accessGroups : [];
}
