import type { AddressSet } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { NumberRange, ServiceSet } from '../model/service.ts';
import type { Action, ObjectUse, RuleLogging, Tri } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, Notes } from './tree.ts';
import { nameifOf } from './tree.ts';
import type { Addresses } from './addresses.ts';
import type { NetworkObjects } from './convert-objects.ts';
import type { ServiceObjects } from './convert-services.ts';
import type { PortReader, Services } from './services.ts';
import { ANY_ADDRESS } from '../model/address.ts';
import { ALL_PORTS, ANY_SERVICE, icmpSelector, protocolTerm, PROTOCOLS_WITH_PORTS, single } from '../model/service.ts';
import { exactly } from '../model/rule.ts';
import { wordSpan } from '../syntax/lines.ts';
import { icmp6Type, icmpType, protocolNumber } from '../cisco/names.ts';
import { isPortOperator, readPorts } from '../cisco/ports.ts';
import { endOf } from '../cisco/time-range.ts';
import { condition, EVERY4, EVERY6, NO_USES, sure, sureTerm } from './addresses.ts';
import { codeOf, EVERY_SERVICE, narrow, portReader } from './services.ts';
import { LogOptions } from './log-options.ts';

/** One access control entry as far as it could be read. What could not be read may match anything. */
export interface Ace {
  readonly action: Action;
  readonly source: Tri<AddressSet>;
  readonly destination: Tri<AddressSet>;
  readonly service: Tri<ServiceSet>;
  /** FTD: the interfaces that `ifc` names. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly conditions: readonly Condition[];
  readonly inactive: boolean;
  readonly logging: RuleLogging;
  readonly ruleId: string | undefined;
  readonly objects: readonly ObjectUse[];
  /** The first word not understood: its index, and whether only what follows the addresses is lost. */
  readonly problem: { readonly word: number; readonly modifierOnly: boolean } | undefined;
}

/** What a protocol word allows to follow. */
interface Protocol {
  readonly services: Services;
  /** Reads port words; undefined for protocols without ports. */
  readonly port: PortReader | undefined;
  /** The number, where it is one protocol. */
  readonly number: number | undefined;
  readonly byPort: Map<number, Tri<ServiceSet>>;
}

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['permit', { kind: 'permit', word: 'permit' }],
  ['deny', { kind: 'deny', word: 'deny' }],
  // FTD: permitted without going through Snort.
  ['trust', { kind: 'permit', word: 'trust' }],
]);

const NO_CONDITIONS: readonly Condition[] = [];
const ANY_TRI = exactly(ANY_ADDRESS);
const EVERYTHING: Tri<ServiceSet> = EVERY_SERVICE.tri;

const USERS: ReadonlySet<string> = new Set(['user', 'user-group', 'object-group-user']);
const TAGS: ReadonlySet<string> = new Set(['security-group', 'object-group-security']);

/** Reads the entries of extended and advanced access lists. One reader a device: equal parts of rules are shared. */
export class AceReader {
  private readonly source: string;
  private readonly tree: AsaTree;
  private readonly notes: Notes;
  private readonly networks: NetworkObjects;
  private readonly services: ServiceObjects;
  private readonly protocols = new Map<string, Protocol>();
  private readonly addresses = new Map<string, Addresses>();
  private readonly log: LogOptions;
  private line: Line = { number: 1, column: 1, indent: 0, text: '' };
  private words: readonly string[] = [];
  private at = 0;
  private any: Addresses = EVERY4;
  private conditions: Condition[] | undefined;
  private uses: ObjectUse[] | undefined;

  constructor(source: string, tree: AsaTree, notes: Notes, networks: NetworkObjects, services: ServiceObjects) {
    this.source = source;
    this.tree = tree;
    this.notes = notes;
    this.networks = networks;
    this.services = services;
    this.log = new LogOptions();
  }

  /**
   * Reads one entry from its action at `words[from]`.
   *
   * @param kind `advanced`: FTD's form with `ifc`; `ipv6`: an entry of `ipv6 access-list`, where `any` is IPv6.
   */
  read(line: Line, words: readonly string[], from: number, kind: 'extended' | 'advanced' | 'ipv6'): Ace {
    this.line = line;
    this.words = words;
    this.at = from;
    this.conditions = undefined;
    this.uses = undefined;
    this.any = kind === 'ipv6' ? EVERY6 : this.networks.any;
    this.log.reset(kind === 'advanced');
    const action = ACTIONS.get(words[from] ?? '');
    if (action === undefined) return this.broken({ kind: 'unknown', word: words[from] ?? '' }, {});
    this.at += 1;
    const protocol = this.readProtocol();
    if (protocol === undefined) return this.broken(action, {});
    this.readIdentity(USERS);
    this.readIdentity(TAGS);
    const ifcFrom = this.readIfc();
    const source = this.readAddress();
    if (source === undefined) return this.broken(action, { service: protocol.services.tri });
    const sourcePorts = this.readPorts(protocol, true);
    if (sourcePorts === undefined) return this.broken(action, { source, service: protocol.services.tri });
    this.readIdentity(TAGS);
    const ifcTo = this.readIfc();
    const destination = this.readAddress();
    if (destination === undefined) return this.broken(action, { source, service: protocol.services.tri });
    const service = this.readDestinationService(protocol, sourcePorts);
    const parts = { source, destination, service: service ?? protocol.services.tri };
    if (service === undefined) return this.broken(action, parts);
    const rest = this.readOptions();
    if (rest !== undefined) {
      this.at = rest;
      return { ...this.broken(action, parts), from: ifcFrom, to: ifcTo, problem: { word: rest, modifierOnly: true } };
    }
    return {
      action,
      source,
      destination,
      service,
      from: ifcFrom,
      to: ifcTo,
      conditions: this.conditions ?? NO_CONDITIONS,
      inactive: this.log.inactive,
      logging: this.log.logging(),
      ruleId: this.log.ruleId,
      objects: this.uses ?? NO_USES,
      problem: undefined,
    };
  }

  /** An entry of which only some fields are known; the word at `this.at` was not understood. */
  private broken(
    action: Action,
    known: { source?: Tri<AddressSet>; destination?: Tri<AddressSet>; service?: Tri<ServiceSet> },
  ): Ace {
    const unread = condition('not-understood', this.words[this.at] ?? 'end of line', this.span(this.at));
    const inactive = this.words.includes('inactive');
    return {
      action,
      source: known.source ?? ANY_TRI,
      destination: known.destination ?? ANY_TRI,
      service: known.service ?? EVERYTHING,
      from: undefined,
      to: undefined,
      conditions: [...(this.conditions ?? []), unread],
      inactive: inactive && action.kind !== 'unknown',
      logging: this.log.logging(),
      ruleId: this.log.ruleId,
      objects: this.uses ?? NO_USES,
      problem: { word: this.at, modifierOnly: false },
    };
  }

  private span(word: number): Span {
    return wordSpan(this.source, this.line, word);
  }

  /** The entry as a statement, for resolvers that point at words of it. */
  private statement(): Statement {
    return { line: this.line, words: this.words, negated: false, arguments: 1 };
  }

  private use(uses: readonly ObjectUse[]): void {
    if (uses.length === 0) return;
    if (this.uses === undefined) this.uses = [...uses];
    else this.uses.push(...uses);
  }

  private readProtocol(): Protocol | undefined {
    const word = this.words[this.at] ?? '';
    if (word === 'object' || word === 'object-group') {
      const name = this.words[this.at + 1];
      if (name === undefined) return undefined;
      const services =
        word === 'object'
          ? this.services.object(name, this.statement(), this.at + 1)
          : this.services.group(name, this.statement(), this.at + 1);
      this.use(services.uses);
      this.at += 2;
      const takesPorts = word === 'object-group' && this.tree.groups.get(name)?.kind === 'protocol';
      return { services, port: takesPorts ? portReader(undefined) : undefined, number: undefined, byPort: new Map() };
    }
    const known = this.protocols.get(word);
    if (known !== undefined) {
      this.at += 1;
      return known;
    }
    const number = protocolNumber('asa', word);
    if (number === undefined) return undefined;
    const protocol: Protocol =
      number === 'any'
        ? { services: EVERY_SERVICE, port: undefined, number: undefined, byPort: new Map() }
        : {
            services: { tri: exactly([protocolTerm(number)]), uses: NO_USES },
            port: PROTOCOLS_WITH_PORTS.includes(number) ? portReader(number === 17 ? 'udp' : 'tcp') : undefined,
            number,
            byPort: new Map(),
          };
    this.protocols.set(word, protocol);
    this.at += 1;
    return protocol;
  }

  /** `user D\\u`, `security-group name X`: who is behind the address, which the text does not tell. */
  private readIdentity(keywords: ReadonlySet<string>): void {
    const word = this.words[this.at];
    const code = word?.charCodeAt(0);
    // Nearly every entry has an address here, which begins with none of u, s, o.
    if (word === undefined || (code !== 117 && code !== 115 && code !== 111) || !keywords.has(word)) return;
    const tagged = word === 'security-group';
    const name = this.words[this.at + (tagged ? 2 : 1)];
    if (name === undefined) return;
    this.addCondition(condition('identity', `${word} ${name}`, this.span(this.at)));
    this.at += tagged ? 3 : 2;
  }

  private addCondition(added: Condition): void {
    if (this.conditions === undefined) this.conditions = [added];
    else this.conditions.push(added);
  }

  private readIfc(): string | undefined {
    if (this.words[this.at] !== 'ifc') return undefined;
    const name = this.words[this.at + 1];
    this.at += 2;
    return name === undefined ? undefined : nameifOf(this.tree, name);
  }

  private readAddress(): Tri<AddressSet> | undefined {
    const { words, at } = this;
    const first = words[at];
    if (first === undefined) return undefined;
    if (first === 'any' || first === 'any4' || first === 'any6') {
      this.at += 1;
      return (first === 'any' ? this.any : first === 'any4' ? EVERY4 : EVERY6).tri;
    }
    if (first === 'object' || first === 'object-group' || first === 'interface') return this.readNamed(first);
    if (first.includes('/')) {
      const [term] = this.networks.literals.prefix(first)?.include ?? [];
      if (term === undefined) return undefined;
      this.at += 1;
      return sureTerm(term);
    }
    const second = words[at + 1];
    if (second === undefined) return undefined;
    const { literals } = this.networks;
    const term = first === 'host' ? literals.hostTerm(second) : literals.maskedTerm(first, second);
    if (term === undefined) return undefined;
    this.at += 2;
    return sureTerm(term);
  }

  private readNamed(kind: 'object' | 'object-group' | 'interface'): Tri<AddressSet> | undefined {
    const name = this.words[this.at + 1];
    if (name === undefined) return undefined;
    const key = `${kind} ${name}`;
    let found = this.addresses.get(key);
    if (found === undefined) {
      const { networks } = this;
      const user = this.statement();
      const word = this.at + 1;
      if (kind === 'object') found = networks.object(name, user, word);
      else found = kind === 'interface' ? networks.ownAddress(name, user, word) : networks.group(name, user, word);
      this.addresses.set(key, found);
    }
    this.at += 2;
    if (found.uses.length > 0) this.use(found.uses);
    return found.tri;
  }

  /** Ports at this place, all where none are written; undefined when an operator's port is not understood. */
  private readPorts(protocol: Protocol, source: boolean): Tri<readonly NumberRange[]> | undefined {
    const word = this.words[this.at];
    if (word === undefined || (protocol.port === undefined && word !== 'object-group')) return EVERY_PORT;
    if (isPortOperator(word) && protocol.port !== undefined) {
      const read = readPorts('asa', this.words, this.at, protocol.port);
      if (read === undefined) return EVERY_PORT;
      if ('unknown' in read) {
        this.at = read.at;
        return undefined;
      }
      if (read.swapped) this.warnSwapped();
      this.at = read.next;
      return sure(read.ranges);
    }
    if (word !== 'object-group' || protocol.port === undefined || !this.isPortGroup(source)) return EVERY_PORT;
    const name = this.words[this.at + 1] ?? '';
    const ports = this.services.ports(name, protocol.number, this.statement(), this.at + 1);
    this.use(ports.uses);
    this.at += 2;
    return ports.tri;
  }

  private warnSwapped(): void {
    this.notes.diagnose(
      'asa/reversed-range',
      'warning',
      this.span(this.at),
      'a port range is written from high to low',
      'it is read with its ends swapped',
    );
  }

  /**
   * Whether the `object-group` here names ports. Behind the source a group may name source ports or the destination;
   * its type decides. The type of an undefined group follows from what stands behind it: an address must still come.
   */
  private isPortGroup(source: boolean): boolean {
    const kind = this.tree.groups.get(this.words[this.at + 1] ?? '')?.kind;
    if (kind !== undefined) return kind === 'service';
    return !source || this.beginsAddress(this.at + 2);
  }

  private beginsAddress(at: number): boolean {
    const word = this.words[at] ?? '';
    if (word === 'object-group') {
      const kind = this.tree.groups.get(this.words[at + 1] ?? '')?.kind;
      // Two undefined groups: destination and destination ports are far more common than source ports alone.
      return kind === 'network' || (kind === undefined && isPortOperator(this.words[at + 2]));
    }
    if (['any', 'any4', 'any6', 'host', 'object', 'interface', 'ifc'].includes(word)) return true;
    return this.networks.literals.ip4(word) !== undefined || word.includes(':');
  }

  /** What follows the destination: ports or an ICMP type. */
  private readDestinationService(
    protocol: Protocol,
    sourcePorts: Tri<readonly NumberRange[]>,
  ): Tri<ServiceSet> | undefined {
    if (protocol.number === 1 || protocol.number === 58) return this.readIcmp(protocol, protocol.number);
    if (protocol.port === undefined) return protocol.services.tri;
    const destinationPorts = this.readPorts(protocol, false);
    if (destinationPorts === undefined) return undefined;
    if (destinationPorts === EVERY_PORT && sourcePorts === EVERY_PORT) return protocol.services.tri;
    const { tri } = protocol.services;
    const [range] = destinationPorts.may;
    const shared = sourcePorts === EVERY_PORT && tri.must === tri.may && destinationPorts.must === destinationPorts.may;
    const key =
      shared && range !== undefined && destinationPorts.may.length === 1 ? range.first * 65536 + range.last : undefined;
    const known = key === undefined ? undefined : protocol.byPort.get(key);
    if (known !== undefined) return known;
    const may = narrow(tri.may, sourcePorts.may, destinationPorts.may);
    const conditions = [...tri.conditions, ...sourcePorts.conditions, ...destinationPorts.conditions];
    const made =
      conditions.length === 0
        ? sure(may)
        : { must: narrow(tri.must, sourcePorts.must, destinationPorts.must), may, conditions };
    if (key !== undefined) protocol.byPort.set(key, made);
    return made;
  }

  private readIcmp(protocol: Protocol, number: 1 | 58): Tri<ServiceSet> | undefined {
    const word = this.words[this.at];
    if (word === undefined) return protocol.services.tri;
    if (word === 'object-group') {
      const { tri, uses } = this.services.group(this.words[this.at + 1] ?? '', this.statement(), this.at + 1);
      this.use(uses);
      this.at += 2;
      const own = (set: ServiceSet): ServiceSet =>
        set === ANY_SERVICE ? [protocolTerm(number)] : set.filter((term) => term.protocols[0]?.first === number);
      if (tri.must === tri.may) return exactly(own(tri.may));
      return { must: own(tri.must), may: own(tri.may), conditions: tri.conditions };
    }
    const message = number === 1 ? icmpType('asa', word) : icmp6Type('asa', word);
    if (message === undefined) return protocol.services.tri;
    this.at += 1;
    const code = codeOf(this.words[this.at]);
    if (code !== undefined) this.at += 1;
    const selector = icmpSelector(message.type, code ?? message.code);
    const known = protocol.byPort.get(selector.first * 65536 + selector.last);
    if (known !== undefined) return known;
    const made = exactly([{ protocols: [single(number)], sourcePorts: ALL_PORTS, destinationPorts: [selector] }]);
    protocol.byPort.set(selector.first * 65536 + selector.last, made);
    return made;
  }

  /** Logging, time range, `inactive`, counters of `show`. Gives the index of the first word that is none of these. */
  private readOptions(): number | undefined {
    while (this.at < this.words.length) {
      if (this.words[this.at] === 'time-range') {
        const name = this.words[this.at + 1];
        if (name === undefined) return this.at;
        this.addCondition(this.timeRange(name));
        this.at += 2;
        continue;
      }
      const next = this.log.take(this.words, this.at);
      if (next === this.at) return this.at;
      this.at = next;
    }
    return undefined;
  }

  private timeRange(name: string): Condition {
    const span = this.span(this.at + 1);
    const range = this.tree.timeRanges.get(name);
    if (range === undefined) {
      this.notes.diagnose(
        'asa/undefined-time-range',
        'note',
        span,
        `time-range \`${name}\` is not defined in the text`,
        'rules that use it are possible, not definite',
      );
    }
    const ends = range === undefined ? undefined : endOf(range);
    return ends === undefined ? condition('time-range', name, span) : { kind: 'time-range', name, span, ends };
  }
}

const EVERY_PORT: Tri<readonly NumberRange[]> = exactly(ALL_PORTS);
