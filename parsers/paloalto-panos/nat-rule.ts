import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { PacketMatch, Tri } from '../model/rule.ts';
import type { ServiceSet } from '../model/service.ts';
import type { Span } from '../source.ts';
import type { ListedServices, Names } from './firewall.ts';
import type { Notes } from './notes.ts';
import { addressFamily } from '../model/address.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { readDestinationChange, readSourceChange, type DestinationChange, type SourceChange } from './nat-change.ts';
import { natRuleText } from './nat-text.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

type NatType = 'ipv4' | 'nat64' | 'nptv6';

/** One NAT rule: which packets it takes, as they arrive, and what it makes of them. */
export interface NatRule {
  readonly name: string;
  readonly node: PanNode;
  /** One canonical line, the same for all forms of a text. */
  readonly text: string;
  readonly span: Span;
  readonly type: NatType;
  /** Zones of the packet as it arrives; absent: any. */
  readonly from: ReadonlySet<string> | undefined;
  /** Zones that the original destination address leads to; absent: any. */
  readonly to: ReadonlySet<string> | undefined;
  readonly match: PacketMatch;
  readonly conditions: readonly Condition[];
  /** Undefined: the source stays as it is. */
  readonly source: SourceChange | undefined;
  /** Undefined: the destination stays as it is. */
  readonly destination: DestinationChange | undefined;
}

/** What reading a NAT rule asks others for. */
export interface NatObjects {
  readonly names: Names;
  readonly notes: Notes;
  /** Own addresses of an interface; none where the text does not tell. */
  readonly interfaceAddresses: (name: string) => readonly AddressTerm[];
  /** Interfaces of a zone, where the caller knows them. */
  readonly interfacesOf: ((zone: string) => readonly string[]) | undefined;
}

/** Fields of a NAT rule that decide nothing about its packets. */
const INERT: ReadonlySet<string> = new Set(['description', 'tag', 'group-tag', 'audit-comment', 'uuid']);
const KNOWN: ReadonlySet<string> = new Set([
  'from',
  'to',
  'to-interface',
  'source',
  'destination',
  'service',
  'nat-type',
  'source-translation',
  'destination-translation',
  'dynamic-destination-translation',
  'active-active-device-binding',
  'disabled',
  'target',
]);

/**
 * Reads one entry of `nat rules`; `undefined` for a rule that is switched off. NAT rules compare the packet as it arrives:
 * its original addresses, and the zone that a route lookup for the original destination gives (PAN-OS Networking
 * Administrator's Guide, "NAT Policy Rules").
 *
 * @param perhaps whether the rule is for this firewall is not known (its `target`).
 */
export function readNatRule(node: PanNode, objects: NatObjects, perhaps: boolean): NatRule | undefined {
  const { notes } = objects;
  notes.mark(node, 'modelled');
  for (const part of node.children) if (INERT.has(part.word)) notes.mark(part, 'no-effect');
  const disabled = isYes(node, 'disabled');
  notes.count(node, disabled ? 'disabled' : 'modelled');
  if (disabled) return undefined;
  const conditions = [...unread(node, notes), ...bindings(node, objects)];
  if (perhaps)
    conditions.push({ kind: 'not-understood', name: 'target', span: child(node, 'target')?.span ?? node.span });
  const type = natType(node, notes, conditions);
  const match = readMatch(node, type, objects, conditions);
  if (conditions.length > 0) notes.mark(node, 'conditional');
  return {
    name: node.word,
    node,
    text: natRuleText(node),
    span: node.span,
    type,
    from: zones(node, 'from'),
    to: zones(node, 'to'),
    match,
    conditions,
    source: readSourceChange(node, objects),
    destination: readDestinationChange(node, objects),
  };
}

function zones(node: PanNode, side: 'from' | 'to'): ReadonlySet<string> | undefined {
  const names = entries(node, side).map(({ word }) => word);
  return names.length === 0 || names.includes('any') ? undefined : new Set(names);
}

function unread(node: PanNode, notes: Notes): Condition[] {
  const found: Condition[] = node.cut ? [{ kind: 'not-understood', name: node.word, span: node.span }] : [];
  for (const part of node.children) {
    if (KNOWN.has(part.word) || INERT.has(part.word)) continue;
    notes.mark(part, 'unrecognised');
    notes.diagnose(
      'panos/unknown-rule-field',
      'warning',
      part.span,
      `\`${part.word}\` in a NAT rule is not known`,
      'whether the rule takes a packet is left open',
    );
    found.push({ kind: 'not-understood', name: part.word, span: part.span });
  }
  return found;
}

/** Facts beside the packet: the interface that it leaves by, and which of two active firewalls handles it. */
function bindings(node: PanNode, { interfacesOf }: NatObjects): Condition[] {
  const found: Condition[] = [];
  const port = child(node, 'to-interface')?.children[0];
  if (port !== undefined && port.word !== 'any') {
    const zone = value(node, 'to');
    const all = zone === undefined ? undefined : interfacesOf?.(zone);
    const sole = all !== undefined && all.every((each) => each === port.word) && all.length === 1;
    if (!sole) found.push({ kind: 'route', name: port.word, span: port.span });
  }
  const device = child(node, 'active-active-device-binding')?.children[0];
  if (device !== undefined && device.word !== 'both') {
    found.push({ kind: 'runtime-state', name: `active-active device ${device.word}`, span: device.span });
  }
  return found;
}

function natType(node: PanNode, notes: Notes, conditions: Condition[]): NatType {
  const type = child(node, 'nat-type')?.children[0];
  if (type === undefined || type.word === 'ipv4') return 'ipv4';
  if (type.word === 'nat64' || type.word === 'nptv6') return type.word;
  notes.mark(type, 'unrecognised');
  notes.diagnose(
    'panos/unknown-nat-type',
    'warning',
    type.span,
    `the NAT type \`${type.word}\` is not known`,
    'the rule is read as IPv4 translation, and whether it takes a packet is left open',
  );
  conditions.push({ kind: 'not-understood', name: type.word, span: type.span });
  return 'ipv4';
}

function readMatch(node: PanNode, type: NatType, { names, notes }: NatObjects, conditions: Condition[]): PacketMatch {
  const side = (word: 'source' | 'destination'): Tri<AddressSet> =>
    ofType(names.addresses(entries(node, word), false).set, type);
  const services = names.services(entries(node, 'service'));
  if (services.kind === 'application-default') {
    const span = child(node, 'service')?.span ?? node.span;
    notes.diagnose(
      'panos/nat-service',
      'warning',
      span,
      'a NAT rule cannot have the service `application-default`',
      'which packets the rule takes is left open',
    );
    conditions.push({ kind: 'not-understood', name: 'application-default', span });
  }
  return { source: side('source'), destination: side('destination'), service: ports(services) };
}

function ports(services: ListedServices): Tri<ServiceSet> {
  return services.kind === 'ports' ? services.ports : exactly(ANY_SERVICE);
}

/** IPv4 rules take IPv4 packets, the others IPv6 ones, whatever their `any` could mean. */
function ofType(set: Tri<AddressSet>, type: NatType): Tri<AddressSet> {
  const may = ofFamily(set.may, type);
  if (set.must === set.may) return { must: may, may, conditions: set.conditions };
  return { must: ofFamily(set.must, type), may, conditions: set.conditions };
}

function ofFamily(set: AddressSet, type: NatType): AddressSet {
  const family = type === 'ipv4' ? 4 : 6;
  return {
    include: set.include.filter((term) => addressFamily(term) === family),
    exclude: set.exclude.filter((term) => addressFamily(term) === family),
  };
}
