import { isPortOperator, readPorts } from '../cisco/ports.ts';
import { icmp6Type, icmpType, portFor, protocolNumber } from '../cisco/names.ts';
import {
  addresses,
  ALL4,
  ALL6,
  ANY_ADDRESS,
  masked4,
  NO_ADDRESS,
  prefix4,
  prefix6,
  range4,
  range6,
  type AddressSet,
  type AddressTerm,
} from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import { exactly, type ObjectUse, type Tri } from '../model/rule.ts';
import {
  ALL_PORTS,
  ALL_PROTOCOLS,
  ANY_SERVICE,
  icmpSelector,
  PROTOCOLS_WITH_PORTS,
  single,
  type NumberRange,
  type ServiceSet,
  type ServiceTerm,
} from '../model/service.ts';
import type { Span } from '../source.ts';
import type { Statement } from '../syntax/statements.ts';
import type { IosText, TextGroup } from './text.ts';

/** What a group stands for in a rule, with the place of its definition. */
export interface GroupValue<T> {
  readonly tri: Tri<T>;
  readonly use: ObjectUse;
}

/** A member that was read, or could not be. */
type Member<T> = { readonly value: T } | { readonly group: string; readonly at: number } | undefined;

/**
 * Object groups by name. A group stands for its members, as if there were one entry for each of them (Catalyst 4500
 * configuration guide 15.2(5)Ex, "Configuring Object Group ACLs").
 */
export class Groups {
  private readonly text: IosText;
  private readonly addressesKnown = new Map<string, Tri<AddressSet>>();
  private readonly servicesKnown = new Map<string, Tri<ServiceSet>>();
  private readonly portsKnown = new Map<string, Tri<readonly NumberRange[]>>();

  constructor(text: IosText) {
    this.text = text;
  }

  addresses(name: string, span: Span): GroupValue<AddressSet> {
    const isOne = ({ kind }: TextGroup): boolean => kind === 'network' || kind === 'network6';
    const tri = this.resolve(name, span, [], isOne, this.addressesKnown, readAddressMember, joinAddresses, ANY_ADDRESS);
    return { tri, use: this.use(name, 'address') };
  }

  services(name: string, span: Span): GroupValue<ServiceSet> {
    const isOne = ({ kind }: TextGroup): boolean => kind === 'service' || kind === 'protocol';
    const tri = this.resolve(name, span, [], isOne, this.servicesKnown, readServiceMember, joinLists, ANY_SERVICE);
    return { tri, use: this.use(name, 'service') };
  }

  ports(name: string, span: Span): GroupValue<readonly NumberRange[]> {
    const isOne = ({ kind }: TextGroup): boolean => kind === 'port';
    const tri = this.resolve(name, span, [], isOne, this.portsKnown, readPortMember, joinLists, ALL_PORTS);
    return { tri, use: this.use(name, 'service') };
  }

  private use(name: string, kind: ObjectUse['kind']): ObjectUse {
    const group = this.text.groups.get(name);
    return group === undefined ? { name, kind } : { name, kind, span: this.text.reader.span(group.line) };
  }

  private resolve<T>(
    name: string,
    span: Span,
    path: readonly string[],
    isOne: (group: TextGroup) => boolean,
    known: Map<string, Tri<T>>,
    read: (statement: Statement) => Member<T>,
    join: (parts: readonly T[]) => T,
    everything: T,
  ): Tri<T> {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const group = this.text.groups.get(name);
    if (group === undefined || !isOne(group)) return this.missing(name, span, join([]), everything, 'not defined');
    if (group.members.length === 0) {
      return this.missing(name, this.text.reader.span(group.line), join([]), everything, 'empty');
    }
    const parts: Tri<T>[] = [];
    for (const member of group.members) {
      const found = read(member);
      if (found === undefined) parts.push(this.unreadMember(group, member, join([]), everything));
      else if ('value' in found) parts.push(exactly(found.value));
      else if (found.group === name || path.includes(found.group)) this.cycle(group, member);
      else {
        const at = this.text.reader.wordSpan(member, found.at);
        parts.push(this.resolve(found.group, at, [...path, name], isOne, known, read, join, everything));
      }
    }
    const conditions = parts.flatMap((part) => part.conditions);
    const may = join(parts.map((part) => part.may));
    const tri =
      conditions.length === 0 ? exactly(may) : { must: join(parts.map((part) => part.must)), may, conditions };
    // Inside a cycle the value depends on where it was entered.
    if (path.length === 0) known.set(name, tri);
    return tri;
  }

  /**
   * "You cannot remove an object group or make an object group empty if it is used in an ACL" (IOS-XE 17 security guide,
   * "Restrictions for Object Groups for ACLs"): on the device the group has members, and the text lacks them.
   */
  private missing<T>(name: string, span: Span, nothing: T, everything: T, state: 'not defined' | 'empty'): Tri<T> {
    const code = state === 'empty' ? 'ios/empty-object-group' : 'ios/undefined-object-group';
    const consequence = 'entries that use it may match anything; what they decide is possible, not definite';
    this.text.reader.diagnose(code, 'warning', span, `object group ${name} is ${state}`, consequence);
    return { must: nothing, may: everything, conditions: [{ kind: 'undefined-reference', name, span }] };
  }

  private unreadMember<T>(group: TextGroup, member: Statement, nothing: T, everything: T): Tri<T> {
    const span = this.text.reader.span(member.line);
    this.text.reader.mark(member.line, 'unrecognised');
    const message = `member of object group ${group.name} is not understood`;
    const consequence = 'entries that use the group may match anything';
    this.text.reader.diagnose('ios/group-member-not-understood', 'warning', span, message, consequence);
    return unsure(nothing, everything, { kind: 'not-understood', name: group.name, span });
  }

  private cycle(group: TextGroup, member: Statement): void {
    const message = `object group ${group.name} contains itself`;
    const span = this.text.reader.span(member.line);
    this.text.reader.diagnose('ios/object-group-cycle', 'warning', span, message, 'the member adds nothing');
  }
}

function unsure<T>(must: T, may: T, condition: Condition): Tri<T> {
  return { must, may, conditions: [condition] };
}

function joinAddresses(parts: readonly AddressSet[]): AddressSet {
  return parts.length === 0 ? NO_ADDRESS : addresses(...parts.flatMap(({ include }) => include));
}

function joinLists<T>(parts: readonly (readonly T[])[]): readonly T[] {
  return parts.flat();
}

/** Group members may carry a sequence number in front. */
function withoutNumber(words: readonly string[]): readonly string[] {
  return /^\d+$/.test(words[0] ?? '') && words.length > 1 && !/^\d+$/.test(words[1] ?? '') ? words.slice(1) : words;
}

/** `host A`, `A NETMASK`, `A/len`, `A /len`, `range A B`, `any`, `group-object N`, `network-object …`. */
function readAddressMember(statement: Statement): Member<AddressSet> {
  const words = withoutNumber(statement.words);
  const [first = '', second = '', third, ...rest] = words[0] === 'network-object' ? words.slice(1) : words;
  if (rest.length > 0) return undefined;
  if (first === 'group-object' && second !== '' && third === undefined)
    return { group: second, at: statement.words.length - 1 };
  if (first === 'any' && second === '') return { value: addresses(ALL4, ALL6) };
  if (first === 'range') return rangeMember(second, third ?? '');
  if (third !== undefined) return undefined;
  const term =
    first === 'host' || first === 'host-info'
      ? hostTerm(second)
      : second === ''
        ? prefixTerm(first)
        : maskedTerm(first, second);
  return term === undefined ? undefined : { value: addresses(term) };
}

function rangeMember(from: string, to: string): Member<AddressSet> {
  const [first, last] = [parseIp4(from), parseIp4(to)];
  if (first !== undefined && last !== undefined) return { value: addresses(range4(first, last)) };
  const [first6, last6] = [parseIp6(from), parseIp6(to)];
  return first6 === undefined || last6 === undefined ? undefined : { value: addresses(range6(first6, last6)) };
}

/** One address as a term; undefined when it is none. */
export function hostTerm(word: string): AddressTerm | undefined {
  const four = parseIp4(word);
  if (four !== undefined) return range4(four, four);
  const six = parseIp6(word);
  return six === undefined ? undefined : range6(six, six);
}

/** `A/len` as a term. Host bits are ignored, as the device does. */
export function prefixTerm(word: string): AddressTerm | undefined {
  const [address = '', length, ...rest] = word.split('/');
  if (length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length);
  const four = parseIp4(address);
  if (four !== undefined) return bits <= 32 ? prefix4(four, bits) : undefined;
  const six = parseIp6(address);
  return six === undefined || bits > 128 ? undefined : prefix6(six, bits);
}

function maskedTerm(address: string, mask: string): AddressTerm | undefined {
  if (mask.startsWith('/')) return prefixTerm(address + mask);
  const [value, bits] = [parseIp4(address), parseIp4(mask)];
  return value === undefined || bits === undefined ? undefined : masked4(value, bits);
}

function readPortMember(statement: Statement): Member<readonly NumberRange[]> {
  const words = withoutNumber(statement.words);
  if (words[0] === 'group-object' && words.length === 2)
    return { group: words[1] ?? '', at: statement.words.length - 1 };
  const ports = readPorts('ios', words, 0, (word) => portFor('ios', 6, word) ?? portFor('ios', 17, word));
  return ports === undefined || 'unknown' in ports || ports.next < words.length ? undefined : { value: ports.ranges };
}

function readServiceMember(statement: Statement): Member<ServiceSet> {
  const all = statement.words;
  const words = all[0] === 'service-object' || all[0] === 'protocol-object' ? all.slice(1) : all;
  const [first = '', second] = words;
  if (first === 'group-object' && second !== undefined && words.length === 2)
    return { group: second, at: statement.words.length - 1 };
  const protocols = protocolsOf(first);
  if (protocols === undefined) return undefined;
  if (protocols === 'any') return words.length === 1 ? { value: ANY_SERVICE } : undefined;
  if (words.length === 1) return { value: [term(protocols)] };
  if (first === 'icmp' || first === '1') return icmpMember(words, 1);
  if (first === 'icmp6' || first === 'icmpv6' || first === '58') return icmpMember(words, 58);
  return portMember(words, protocols);
}

function protocolsOf(word: string): readonly number[] | 'any' | undefined {
  if (word === 'tcp-udp') return [6, 17];
  if (word === 'icmpv6') return [58];
  const number = protocolNumber('ios', word);
  return number === undefined || number === 'any' ? number : [number];
}

function term(protocols: readonly number[], sourcePorts = ALL_PORTS, destinationPorts = ALL_PORTS): ServiceTerm {
  return { protocols: protocols.map(single), sourcePorts, destinationPorts };
}

function icmpMember(words: readonly string[], protocol: 1 | 58): Member<ServiceSet> {
  const message = protocol === 1 ? icmpType('ios', words[1] ?? '') : icmp6Type('ios', words[1] ?? '');
  const code = words[2];
  if (message === undefined || words.length > 3 || (code !== undefined && !/^\d{1,3}$/.test(code))) return undefined;
  const selector = icmpSelector(message.type, code === undefined ? message.code : Number(code));
  return { value: [term([protocol], ALL_PORTS, [selector])] };
}

/** `tcp [source OPERATOR PORT] [destination] [OPERATOR PORT]`; a port alone is `eq`. */
function portMember(words: readonly string[], protocols: readonly number[]): Member<ServiceSet> {
  if (!protocols.every((protocol) => PROTOCOLS_WITH_PORTS.includes(protocol))) return undefined;
  let at = 1;
  let source = ALL_PORTS;
  let destination = ALL_PORTS;
  while (at < words.length) {
    const isSource = words[at] === 'source';
    if (isSource || words[at] === 'destination') at += 1;
    const bare = !isPortOperator(words[at]);
    const read = bare ? ['eq', ...words.slice(at)] : words.slice(at);
    const ports = readPorts('ios', read, 0, (word) => portFor('ios', protocols[0] ?? 6, word));
    if (ports === undefined || 'unknown' in ports) return undefined;
    at += ports.next - (bare ? 1 : 0);
    if (isSource) source = ports.ranges;
    else destination = ports.ranges;
  }
  return { value: [term(protocols, source, destination)] };
}

/** Every packet of these protocols; `any` for all protocols. */
export function protocolService(protocol: number | 'any'): ServiceSet {
  return protocol === 'any' ? ANY_SERVICE : [term([protocol])];
}

/** The service narrowed to ports. Undefined when a protocol in it has none. */
export function withPorts(
  service: ServiceSet,
  sourcePorts: readonly NumberRange[] | undefined,
  destinationPorts: readonly NumberRange[] | undefined,
): ServiceSet | undefined {
  if (sourcePorts === undefined && destinationPorts === undefined) return service;
  if (service === ANY_SERVICE || service.some(({ protocols }) => protocols === ALL_PROTOCOLS)) return undefined;
  const narrowed: ServiceTerm[] = [];
  for (const { protocols, ...ports } of service) {
    if (!protocols.every(({ first, last }) => first === last && PROTOCOLS_WITH_PORTS.includes(first))) return undefined;
    narrowed.push({
      protocols,
      sourcePorts: sourcePorts ?? ports.sourcePorts,
      destinationPorts: destinationPorts ?? ports.destinationPorts,
    });
  }
  return narrowed;
}
