/**
 * A small router as model and text at once, so that every span points at a line that says the thing. Lists are bound
 * inbound on the segment a packet comes from and outbound on the one it goes to.
 */
import type { Coverage, LineState } from '../../parsers/diagnostics.ts';
import type { ParseResult } from '../../parsers/index.ts';
import { addressFamily, ANY4, ANY6, type AddressSet, type Family } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Binding, Crossing, Device, Platform, Route, Segment, Stage, Step } from '../../parsers/model/device.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import { parseIp4, parseIp6, parseNetwork } from '../../parsers/model/parse-address.ts';
import { exactly, type ActionKind, type Rule, type RuleList } from '../../parsers/model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, single, type NumberRange, type ServiceSet } from '../../parsers/model/service.ts';
import type { Source, Span } from '../../parsers/source.ts';
import type { SourceReport, Trust } from '../../checks/device-report.ts';
import type { Finding } from '../../checks/finding.ts';
import { auditSource } from '../../checks/index.ts';

export interface SmallSegment {
  readonly name: string;
  readonly trust: Exclude<Trust, 'partner' | 'ot'>;
  /** `10.1.0.1/24`; decides the families. */
  readonly addresses: readonly string[];
  readonly in?: readonly string[];
  readonly out?: readonly string[];
}

export interface SmallRule {
  readonly action: ActionKind;
  readonly protocol?: 'tcp' | 'udp';
  readonly from?: string;
  readonly to?: string;
  readonly ports?: readonly NumberRange[];
  readonly sourcePorts?: readonly NumberRange[];
  readonly timeRange?: string;
}

interface SmallList {
  readonly family?: Family;
  readonly rules: readonly SmallRule[];
  readonly usedBy?: string;
}

export interface SmallDevice {
  readonly segments: readonly SmallSegment[];
  readonly lists?: Readonly<Record<string, SmallList>>;
  /** Lines before everything else, in the state given. */
  readonly preamble?: readonly (readonly [string, LineState])[];
  readonly conditions?: readonly Condition['kind'][];
  readonly platform?: Platform;
  readonly translations?: (span: Span) => readonly Translation[];
  readonly complete?: 'yes' | 'no';
  readonly addressView?: Device['addressView'];
}

interface Built {
  readonly source: Source;
  readonly parsed: ParseResult;
}

/** Device and text of a description. */
export function build(small: SmallDevice): Built {
  const lines: string[] = [];
  const states: LineState[] = [];
  const add = (text: string, state: LineState = 'modelled'): Span => {
    lines.push(text);
    states.push(state);
    const column = text.length - text.trimStart().length + 1;
    return { source: 'small.cfg', line: lines.length, column, endColumn: text.length + 1 };
  };
  for (const [text, state] of small.preamble ?? []) add(text, state);
  const lists = new Map<string, RuleList>();
  for (const [name, list] of Object.entries(small.lists ?? {})) lists.set(name, listOf(name, list, add));
  const bindings: Binding[] = [];
  const segments = small.segments.map((segment) => segmentOf(segment, add, lists, bindings));
  const translations = small.translations?.(add('nat statement')) ?? [];
  const conditions = (small.conditions ?? []).map((kind) => ({ kind, name: 'X', span: span(1) }));
  const device: Device = {
    name: 'r1',
    platform: small.platform ?? 'cisco-ios',
    source: 'small.cfg',
    segments,
    ruleLists: [...lists.values()],
    bindings,
    translations,
    routes: segments.flatMap(routesOf),
    telemetry: [],
    addressView: small.addressView ?? 'arriving',
    crossing: (from, to): Crossing => ({
      from,
      to,
      conditions,
      steps: [
        ...translations.map((translation): Step => ({ kind: 'translation', translation })),
        ...stagesOf(from, 'in', bindings, lists),
        ...stagesOf(to, 'out', bindings, lists),
      ],
    }),
  };
  const count = (wanted: LineState): number => states.filter((state) => state === wanted).length;
  const coverage: Coverage = {
    source: 'small.cfg',
    lines: lines.length,
    complete: small.complete ?? 'yes',
    states: {
      modelled: count('modelled'),
      'no-effect': count('no-effect'),
      conditional: count('conditional'),
      unsupported: count('unsupported'),
      unrecognised: count('unrecognised'),
    },
  };
  const parsed: ParseResult = {
    detection: { platform: device.platform, reasons: ['test'] },
    devices: [device],
    diagnostics: [],
    coverage,
    texts: [{ coverage, lineStates: states }],
    ruleCounts: [],
    assumed: [],
  };
  return { source: { name: 'small.cfg', text: lines.join('\n') }, parsed };
}

/** The audit of a small device, with the trust that its segments name. */
export function audit(small: SmallDevice): SourceReport {
  const { source, parsed } = build(small);
  return auditSource(parsed, source, { trust: { untrusted: [], internal: [], internalNetworks: [] } });
}

/** The findings of one check on a small device. */
export function findingsOf(check: string, small: SmallDevice): Finding[] {
  return audit(small).devices.flatMap(({ findings }) => findings.filter((finding) => finding.check === check));
}

export const OUTSIDE: SmallSegment = { name: 'outside', trust: 'untrusted', addresses: ['203.0.113.2/30'] };
export const INSIDE: SmallSegment = { name: 'inside', trust: 'internal', addresses: ['10.1.0.1/24'] };
export const DMZ: SmallSegment = { name: 'dmz', trust: 'dmz', addresses: ['10.9.0.1/24'] };

function span(line: number): Span {
  return { source: 'small.cfg', line, column: 1, endColumn: 2 };
}

function listOf(name: string, { family = 4, rules, usedBy }: SmallList, add: (text: string) => Span): RuleList {
  const header = add(`access list ${name}`);
  const made = rules.map((rule, index): Rule => {
    const text = ` ${rule.action} ${rule.protocol ?? 'ip'} ${rule.from ?? 'any'} ${rule.to ?? 'any'} ${(rule.ports ?? []).map(({ first, last }) => `${first}-${last}`).join(' ')}${rule.timeRange === undefined ? '' : ` time-range ${rule.timeRange}`}`;
    const at = add(text.trimEnd());
    return {
      id: `${(index + 1) * 10}`,
      text: text.trim(),
      span: at,
      action: { kind: rule.action, word: rule.action },
      match: {
        source: exactly(addressesOf(rule.from, family)),
        destination: exactly(addressesOf(rule.to, family)),
        service: exactly(serviceOf(rule)),
      },
      conditions: rule.timeRange === undefined ? [] : [{ kind: 'time-range', name: rule.timeRange, span: at }],
      enabled: true,
      logging: { logs: 'default', detail: '' },
      objects: [],
    };
  });
  const list: RuleList = { name, kind: 'access list', family, rules: made, span: header };
  return usedBy === undefined ? list : { ...list, usedBy: [{ purpose: usedBy, span: header }] };
}

function addressesOf(text: string | undefined, family: Family): AddressSet {
  if (text === undefined) return family === 4 ? ANY4 : ANY6;
  const network = parseNetwork(text);
  if (network === undefined || addressFamily(network) !== family) throw new Error(`not a network: ${text}`);
  return { include: [network], exclude: [] };
}

function serviceOf({ protocol, ports = ALL_PORTS, sourcePorts = ALL_PORTS }: SmallRule): ServiceSet {
  if (protocol === undefined) return ANY_SERVICE;
  return [{ protocols: [single(protocol === 'tcp' ? 6 : 17)], sourcePorts, destinationPorts: ports }];
}

function segmentOf(
  small: SmallSegment,
  add: (text: string) => Span,
  lists: ReadonlyMap<string, RuleList>,
  bindings: Binding[],
): Segment {
  const header = add(`interface ${small.name}`);
  const own = small.addresses.map((text) => {
    const [ip = '', length = ''] = text.split('/');
    const at = add(` address ${text}`);
    const four = parseIp4(ip);
    const address = four ?? parseIp6(ip);
    if (address === undefined) throw new Error(`not an address: ${ip}`);
    return {
      family: four === undefined ? (6 as const) : (4 as const),
      address,
      prefixLength: Number(length),
      span: at,
    };
  });
  const families = ([4, 6] as const).filter((family) => own.some((address) => address.family === family));
  for (const direction of ['in', 'out'] as const) {
    for (const list of small[direction] ?? []) {
      const at = add(` filter ${list} ${direction}`);
      const family = lists.get(list)?.family ?? 4;
      const defined = lists.has(list);
      bindings.push({ list, direction, attachedTo: small.name, family, defined, plane: 'transit', span: at });
    }
  }
  return {
    name: small.name,
    aliases: [],
    kind: 'interface',
    interfaces: [{ name: small.name, addresses: own, families, dynamicAddress: false, enabled: true, span: header }],
    routingContext: 'default',
    transit: 'yes',
    families,
    evidence:
      small.trust === 'unknown'
        ? [
            { points: 'untrusted', weight: 3, reason: 'says one thing', span: header },
            { points: 'internal', weight: 3, reason: 'says another', span: header },
          ]
        : [{ points: small.trust, weight: 3, reason: 'the test says so', span: header }],
    span: header,
  };
}

function routesOf({ name, interfaces }: Segment): Route[] {
  return interfaces.flatMap((port) =>
    port.addresses.flatMap(({ family, span: at }) => {
      const destination = family === 4 ? parseNetwork('172.16.0.0/12') : parseNetwork('fd00::/8');
      return destination === undefined
        ? []
        : [{ family, destination, segment: name, routingContext: 'default', span: at }];
    }),
  );
}

function stagesOf(
  segment: string,
  direction: 'in' | 'out',
  bindings: readonly Binding[],
  lists: ReadonlyMap<string, RuleList>,
): Step[] {
  return bindings.flatMap((binding): Step[] => {
    const list = lists.get(binding.list);
    if (list === undefined || binding.attachedTo !== segment || binding.direction !== direction) return [];
    const stage: Stage = {
      id: `acl-${direction}`,
      title: `access list ${list.name} ${direction} on ${segment}`,
      family: list.family,
      lists: [{ list, binding }],
      otherwise: { verdict: 'deny', reason: `implicit deny at the end of access list ${list.name}` },
    };
    return [{ kind: 'stage', stage }];
  });
}
