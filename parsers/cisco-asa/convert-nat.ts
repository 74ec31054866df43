import type { Condition } from '../model/condition.ts';
import type { AddressSet } from '../model/address.ts';
import type { Translation } from '../model/nat.ts';
import type { Span } from '../source.ts';
import type { Statement } from '../syntax/statements.ts';
import type { NetworkObjects } from './convert-objects.ts';
import type { AsaTree, Notes, ObjectNode } from './tree.ts';
import { addresses, ANY_ADDRESS, NO_ADDRESS, range4, range6 } from '../model/address.ts';
import { lowestOf, readInterfacePair, sizeOf } from './nat-terms.ts';
import { segments, translationsOf, type NatRule } from './nat-rules.ts';
import { portChange, servicePorts } from './nat-ports.ts';

/** NAT of ASA 8.3 and later, in the order in which it is tried: twice NAT, object NAT, twice NAT `after-auto`. */
export function convertNat(tree: AsaTree, notes: Notes, networks: NetworkObjects): Translation[] {
  const converter = new NatConverter(tree, notes, networks);
  const [manual, afterAuto] = inSections(tree);
  return [
    ...manual.flatMap((statement) => converter.twice(statement)),
    ...converter.objects(),
    ...afterAuto.flatMap((statement) => converter.twice(statement)),
  ];
}

/** A number behind the interfaces puts a rule at that place of its section, as typed; a device does not print it. */
function inSections(tree: AsaTree): [Statement[], Statement[]] {
  const manual: Statement[] = [];
  const afterAuto: Statement[] = [];
  for (const statement of tree.twiceNat) {
    const { words } = statement;
    const section = words.includes('after-auto') ? afterAuto : manual;
    const { next } = readInterfacePair(tree, statement);
    const place = Number(words[words[next] === 'after-auto' ? next + 1 : next]);
    if (Number.isInteger(place) && place >= 1 && place <= section.length) section.splice(place - 1, 0, statement);
    else section.push(statement);
  }
  return [manual, afterAuto];
}

interface NamedSet {
  readonly set: AddressSet;
  /** False when objects are undefined or learned: the set is an upper bound. */
  readonly exact: boolean;
  readonly conditions: readonly Condition[];
}

class NatConverter {
  private readonly tree: AsaTree;
  private readonly notes: Notes;
  private readonly networks: NetworkObjects;

  constructor(tree: AsaTree, notes: Notes, networks: NetworkObjects) {
    this.tree = tree;
    this.notes = notes;
    this.networks = networks;
  }

  /**
   * Section 2: static rules before dynamic ones; then fewer real addresses first, then the lower address, then the name
   * (Cisco ASA configuration guide, "NAT Rule Order").
   */
  objects(): Translation[] {
    const rules = [...this.tree.networkObjects.values()].flatMap((node) =>
      node.nat.map((statement) => ({ node, statement, real: this.named(node.name, statement, 0).set })),
    );
    const isStatic = ({ words }: Statement): number => (words.includes('static') ? 0 : 1);
    rules.sort(
      (a, b) =>
        isStatic(a.statement) - isStatic(b.statement) ||
        compare(sizeOf(a.real), sizeOf(b.real)) ||
        compare(lowestOf(a.real), lowestOf(b.real)) ||
        compare(a.node.name, b.node.name),
    );
    return rules.flatMap(({ node, statement }) => this.object(node, statement));
  }

  private object(node: ObjectNode, statement: Statement): readonly Translation[] {
    const { words } = statement;
    const { real: realIf, mapped: mappedIf, next } = readInterfacePair(this.tree, statement);
    const kind = words[next];
    if (kind !== 'static' && kind !== 'dynamic') return this.unread(statement, next);
    const real = this.named(node.name, statement, 0);
    const side = this.sourceSide(statement, next + 1, { kind, realIf, mappedIf }, real);
    if (side === undefined) return this.unread(statement, next + 1);
    const at = words.indexOf('service');
    const sourcePort = at < 0 ? undefined : portChange(words[at + 1], words[at + 2], words[at + 3]);
    if (at >= 0 && sourcePort === undefined) return this.unread(statement, at);
    return this.express({ ...side.rule, sourcePort }, statement, side.exact);
  }

  /** `nat (in,out) [after-auto] source … [destination static …] [service …]`. */
  twice(statement: Statement): readonly Translation[] {
    const { words } = statement;
    if (words.includes('inactive')) return [];
    const { real: realIf, mapped: mappedIf, next } = readInterfacePair(this.tree, statement);
    const at = words.indexOf('source', next);
    const kind = words[at + 1];
    if (kind !== 'static' && kind !== 'dynamic') return this.unread(statement, at + 1);
    const real = this.named(words[at + 2] ?? '', statement, at + 2);
    const side = this.sourceSide(statement, at + 3, { kind, realIf, mappedIf }, real);
    if (side === undefined) return this.unread(statement, at + 3);
    const { rule } = side;
    let { exact } = side;
    const end = words.indexOf('description');
    const to = words.indexOf('destination', side.next);
    let destination: NatRule['destination'];
    if (to >= 0 && (end < 0 || to < end) && words[to + 1] === 'static') {
      const seen =
        words[to + 2] === 'interface' ? this.ownAddress(realIf) : this.named(words[to + 2] ?? '', statement, to + 2);
      const actual = this.named(words[to + 3] ?? '', statement, to + 3);
      exact &&= seen.exact && actual.exact;
      destination = { mapped: seen.set, real: actual.set };
    } else if (to >= 0 && (end < 0 || to < end) && words[to + 1] !== 'any') return this.unread(statement, to);
    const service = words.indexOf('service', side.next);
    const ports =
      service < 0 || (end >= 0 && service > end) ? {} : servicePorts(this.tree, words[service + 1], words[service + 2]);
    if (ports === undefined) return this.unmodelled(statement, { ...rule, destination });
    return this.express({ ...rule, destination, ...ports }, statement, exact);
  }

  /** The rule as far as its source goes, read from the mapped addresses at `words[at]`; `next` stands behind them. */
  private sourceSide(
    statement: Statement,
    at: number,
    sides: Pick<NatRule, 'kind' | 'realIf' | 'mappedIf'>,
    real: NamedSet,
  ): { readonly rule: NatRule; readonly exact: boolean; readonly next: number } | undefined {
    const mapped = this.mapped(statement, at, sides.mappedIf, sides.kind, real.set);
    if (mapped === undefined) return undefined;
    const rule: NatRule = {
      ...sides,
      real: real.set,
      mapped: mapped.set.set,
      conditions: real.conditions,
      text: statement.line.text,
      span: this.notes.span(statement.line),
      destination: undefined,
      sourcePort: undefined,
      destinationPort: undefined,
      unidirectional: statement.words.includes('unidirectional'),
    };
    return { rule, exact: real.exact && mapped.set.exact, next: mapped.next };
  }

  private express(rule: NatRule, statement: Statement, exact: boolean): readonly Translation[] {
    // A dynamic rule cannot change what access rules see, so an upper bound of its sources is enough.
    const found = exact || rule.kind === 'dynamic' ? translationsOf(rule) : undefined;
    return found ?? this.unmodelled(statement, rule);
  }

  private unmodelled(statement: Statement, rule: NatRule): readonly Translation[] {
    const { text, span, mapped, destination, realIf, mappedIf } = rule;
    this.notes.mark(statement.line, 'conditional');
    if (mapped.include.length === 0) this.learned(span);
    else
      this.notes.diagnose(
        'asa/twice-nat',
        'warning',
        span,
        'this translation is not expressed exactly',
        'access rules are compared with real addresses, so permitted sets stay exact; traces to the mapped addresses are possible, not definite',
      );
    // Only what a packet is sent to matters: sources are rewritten after the access rules.
    const base = { text, span, conditions: [], kind: 'unmodelled' } as const;
    const there: Translation = { ...base, touches: bounded(destination?.mapped), ...segments(realIf, mappedIf) };
    const back: Translation = { ...base, touches: bounded(mapped), ...segments(mappedIf, realIf) };
    return [there, back].filter((one) => one.kind === 'unmodelled' && one.touches.include.length > 0);
  }

  private learned(span: Span): void {
    this.notes.diagnose(
      'asa/mapped-address-unknown',
      'note',
      span,
      'the mapped address is not in the text',
      'packets to it cannot be traced; trace the real address instead',
    );
  }

  private unread(statement: Statement, word: number): readonly Translation[] {
    this.notes.mark(statement.line, 'unrecognised');
    this.notes.diagnose(
      'asa/nat-not-understood',
      'warning',
      this.notes.wordSpan(statement, word),
      'a translation could not be read from here',
      'access rules are compared with real addresses, so permitted sets stay exact; traces may miss the translation',
    );
    return [];
  }

  /** A name in a NAT rule: `any`, an object, a group, or an address. */
  private named(name: string, statement: Statement, word: number): NamedSet {
    if (name === 'any') return { set: ANY_ADDRESS, exact: true, conditions: [] };
    const literal = this.networks.literals.host(name);
    if (literal !== undefined && !this.tree.networkObjects.has(name))
      return { set: literal, exact: true, conditions: [] };
    const found = this.tree.groups.has(name)
      ? this.networks.group(name, statement, word)
      : this.networks.object(name, statement, word);
    return { set: found.tri.may, exact: found.tri.must === found.tri.may, conditions: found.tri.conditions };
  }

  private ownAddress(nameif: string | undefined): NamedSet {
    const set = nameif === undefined ? undefined : this.networks.known(nameif);
    return set === undefined ? { set: NO_ADDRESS, exact: false, conditions: [] } : { set, exact: true, conditions: [] };
  }

  /** What stands behind `static REAL` or `dynamic REAL`: an object, an address, `interface`, a PAT pool. */
  private mapped(
    statement: Statement,
    at: number,
    mappedIf: string | undefined,
    kind: 'static' | 'dynamic',
    real: AddressSet,
  ): { readonly set: NamedSet; readonly next: number } | undefined {
    const { words } = statement;
    const word = words[at];
    if (word === undefined) return undefined;
    if (word === 'interface') return { set: this.ownAddress(mappedIf), next: at + 1 };
    if (word === 'pat-pool') return { set: this.named(words[at + 1] ?? '', statement, at + 1), next: at + 2 };
    const named = this.named(word, statement, at);
    const inline = this.networks.literals.host(word);
    if (kind === 'static' && inline !== undefined && !this.tree.networkObjects.has(word)) {
      return { set: { set: sameSizeAs(real, inline), exact: true, conditions: [] }, next: at + 1 };
    }
    return { set: named, next: at + 1 };
  }
}

/** An inline mapped address takes the size of the real network or range, and for a network its mask. */
function sameSizeAs(real: AddressSet, mapped: AddressSet): AddressSet {
  const [from] = real.include;
  const [to] = mapped.include;
  if (real.include.length !== 1 || from === undefined || to === undefined) return mapped;
  if (from.kind === 'range4' && to.kind === 'range4') {
    const size = from.last - from.first;
    const network = (size & (size + 1)) === 0 && (from.first & size) === 0;
    const first = network ? (to.first & ~size) >>> 0 : to.first;
    return addresses(range4(first, first + size));
  }
  if (from.kind === 'range6' && to.kind === 'range6') {
    const size = from.last - from.first;
    return addresses(range6(to.first, to.first + size));
  }
  return mapped;
}

/** A set without whole families: a mapped `any` is no address of its own. */
function bounded(set: AddressSet | undefined): AddressSet {
  return set === undefined || sizeOf(set) >= 1n << 32n ? NO_ADDRESS : set;
}

function compare<T extends bigint | string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
