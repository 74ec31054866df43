import type { HostNames } from '../model/host-names.ts';
import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import type { Notes } from './notes.ts';
import { ALL4, ALL6, ANY4, ANY6, ANY_ADDRESS, masked4, NO_ADDRESS, range4, range6 } from '../model/address.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import { exactly, together } from '../model/rule.ts';
import { perhaps } from './srx-inherited.ts';
import { hasHostBits, readPrefix } from './srx-prefix.ts';
import { entries } from './srx-entries.ts';
import { child, value, type JunosNode } from './tree.ts';

/** What a name of an address book stands for, and the entries it is made of. */
export interface NamedAddresses {
  readonly tri: Tri<AddressSet>;
  readonly uses: readonly ObjectUse[];
}

/** One `address-book`, or the one inside a zone (before Junos 11.2). */
type Book = JunosNode;

/**
 * Resolves names of addresses. A policy's source names are looked up in the book of the from-zone, destination names in
 * that of the to-zone, and then in the book `global` (Junos "Address Books and Address Sets": a zone's own book wins);
 * global policies and NAT rules know only the book `global`.
 */
export class AddressBooks {
  private readonly notes: Notes;
  private readonly hosts: HostNames;
  private readonly security: JunosNode | undefined;
  private readonly globalBook: Book | undefined;
  private readonly byZone = new Map<string, Book[]>();
  private readonly known = new Map<JunosNode, NamedAddresses>();
  private readonly open = new Set<JunosNode>();

  constructor(scope: JunosNode, notes: Notes, hosts: HostNames) {
    this.notes = notes;
    this.hosts = hosts;
    this.security = child(scope, 'security');
    const all = entries(this.security, 'address-book');
    for (const node of all) {
      // A book that is attached to no zone is in no policy's sight.
      if (node.word !== 'global' && entries(node, 'attach', 'zone').length === 0) notes.mark(node, 'no-effect');
      for (const zone of entries(node, 'attach', 'zone')) this.attach(zone.word, node);
    }
    const shared = all.find(({ word }) => word === 'global');
    this.globalBook = shared;
    for (const zone of entries(this.security, 'zones', 'security-zone')) {
      const own = child(zone, 'address-book');
      if (own !== undefined) this.attach(zone.word, own);
    }
  }

  /** Reads every entry of every book, so that each line has its state, used or not. */
  resolveAll(): void {
    for (const book of [
      ...(this.globalBook === undefined ? [] : [this.globalBook]),
      ...[...this.byZone.values()].flat(),
    ]) {
      for (const node of entries(book, 'address')) this.entry(node);
      for (const node of entries(book, 'address-set')) this.set(node, book);
    }
  }

  /**
   * A name in a policy or NAT rule.
   *
   * @param user The name's place there.
   * @param zone Whose book is looked at first; undefined: only the book `global`.
   */
  resolve(user: JunosNode, zone: string | undefined): NamedAddresses {
    const { word } = user;
    if (word === 'any') return { tri: exactly(ANY_ADDRESS), uses: [] };
    if (word === 'any-ipv4') return { tri: exactly(ANY4), uses: [] };
    if (word === 'any-ipv6') return { tri: exactly(ANY6), uses: [] };
    const own = zone === undefined ? [] : (this.byZone.get(zone) ?? []);
    for (const book of [...own, ...(this.globalBook === undefined ? [] : [this.globalBook])]) {
      const found = this.inBook(word, book);
      if (found !== undefined) return found;
    }
    const feed = child(this.security, 'dynamic-address', 'address-name', word);
    if (feed !== undefined) {
      const uses: ObjectUse[] = [{ name: word, kind: 'address', span: feed.span }];
      this.notes.mark(user, 'conditional');
      return undecided(ANY_ADDRESS, { kind: 'dynamic-group', name: word, span: feed.span }, uses);
    }
    return this.missing(user, zone);
  }

  private attach(zone: string, book: Book): void {
    const books = this.byZone.get(zone);
    if (books === undefined) this.byZone.set(zone, [book]);
    else books.push(book);
  }

  private inBook(name: string, book: Book): NamedAddresses | undefined {
    const entry = child(book, 'address', name);
    if (entry !== undefined) return this.entry(entry);
    const set = child(book, 'address-set', name);
    return set === undefined ? undefined : this.set(set, book);
  }

  private missing(user: JunosNode, zone: string | undefined): NamedAddresses {
    const { word, span } = user;
    this.notes.mark(user, 'conditional');
    this.notes.diagnose(
      'junos/undefined-reference',
      'warning',
      span,
      `address \`${word}\` is not in ${zone === undefined ? '' : `the address book of zone \`${zone}\` or in `}the global address book`,
      'a device would not commit this, so text is missing: rules that use it are possible, not definite',
    );
    return undecided(ANY_ADDRESS, { kind: 'undefined-reference', name: word, span }, [{ name: word, kind: 'address' }]);
  }

  private entry(node: JunosNode): NamedAddresses {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const found = this.readEntry(node);
    this.known.set(node, found);
    return found;
  }

  private readEntry(node: JunosNode): NamedAddresses {
    const uses: ObjectUse[] = [{ name: node.word, kind: 'address', span: node.span }];
    const terms: AddressTerm[] = [];
    let conditional: NamedAddresses | undefined;
    for (const part of entries(node)) {
      if (part.word === 'description') {
        this.notes.mark(part, 'no-effect');
        continue;
      }
      if (part.word === 'dns-name') {
        conditional = this.readName(part, uses);
        continue;
      }
      const term =
        part.word === 'range-address'
          ? readRange(entries(part)[0])
          : part.word === 'wildcard-address'
            ? readWildcard(value(part) ?? '')
            : readPrefix(part.word);
      if (term === undefined) return this.unread(part, node, uses);
      if (hasHostBits(part.word)) this.hostBits(part);
      terms.push(term);
    }
    if (conditional !== undefined) return conditional;
    if (terms.length === 0) return this.unread(node, node, uses);
    this.notes.mark(node, 'modelled');
    return { tri: perhaps(exactly({ include: terms, exclude: [] }), entries(node)[0] ?? node, NO_ADDRESS), uses };
  }

  /** `dns-name D [ipv4-only|ipv6-only]`: resolved while the device runs. */
  private readName(part: JunosNode, uses: readonly ObjectUse[]): NamedAddresses {
    const name = entries(part)[0];
    const only = name === undefined ? undefined : entries(name)[0]?.word;
    const may = only === 'ipv4-only' ? ANY4 : only === 'ipv6-only' ? ANY6 : ANY_ADDRESS;
    this.notes.mark(part, 'conditional');
    const [word, span] = name === undefined ? ['', part.span] : [name.word, name.span];
    const open = undecided(may, { kind: 'fqdn', name: word, span }, uses);
    const family = only === 'ipv4-only' ? 4 : only === 'ipv6-only' ? 6 : undefined;
    return { ...open, tri: this.hosts.assumed(word, span, family, open.tri) };
  }

  private hostBits(part: JunosNode): void {
    this.notes.diagnose(
      'junos/host-bits',
      'note',
      part.span,
      `\`${part.word}\` is an address inside a network, where an address book holds networks`,
      'the whole network is taken',
    );
  }

  private unread(part: JunosNode, node: JunosNode, uses: readonly ObjectUse[]): NamedAddresses {
    this.notes.mark(part, 'unrecognised');
    this.notes.diagnose(
      'junos/address-not-understood',
      'warning',
      part.span,
      `address \`${node.word}\` has nothing that can be read as an address`,
      'it may stand for any address: rules that use it are possible, not definite',
    );
    return undecided(ANY_ADDRESS, { kind: 'not-understood', name: node.word, span: part.span }, uses);
  }

  private set(node: JunosNode, book: Book): NamedAddresses {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const own: ObjectUse = { name: node.word, kind: 'address', span: node.span };
    if (this.open.has(node)) {
      this.notes.diagnose(
        'junos/address-set-cycle',
        'warning',
        node.span,
        `address-set \`${node.word}\` contains itself`,
        'the reference adds nothing; a device would not commit it, so the text may be wrong elsewhere too',
      );
      return { tri: exactly(NO_ADDRESS), uses: [own] };
    }
    this.open.add(node);
    this.notes.mark(node, 'modelled');
    const members = [...entries(node, 'address'), ...entries(node, 'address-set')].map((member) => {
      const { tri, uses } = this.member(member, book);
      return { tri: perhaps(tri, member, NO_ADDRESS), uses };
    });
    this.open.delete(node);
    const found = members.length === 0 ? this.empty(node, own) : unionOf(members, [own]);
    this.known.set(node, found);
    return found;
  }

  private member(member: JunosNode, book: Book): NamedAddresses {
    const found = this.inBook(member.word, book);
    if (found !== undefined) return found;
    const shared = this.globalBook === undefined ? undefined : this.inBook(member.word, this.globalBook);
    return shared ?? this.missing(member, undefined);
  }

  private empty(node: JunosNode, own: ObjectUse): NamedAddresses {
    this.notes.mark(node, 'conditional');
    this.notes.diagnose(
      'junos/empty-address-set',
      'warning',
      node.span,
      `address-set \`${node.word}\` has no members in the text`,
      'members may be missing: rules that use it are possible, not definite',
    );
    return undecided(ANY_ADDRESS, { kind: 'undefined-reference', name: node.word, span: node.span }, [own]);
  }
}

function undecided(may: AddressSet, condition: Condition, uses: readonly ObjectUse[]): NamedAddresses {
  return { tri: { must: NO_ADDRESS, may, conditions: [condition] }, uses };
}

/** Several names together: a list in a policy, the members of a set. */
export function unionOf(parts: readonly NamedAddresses[], own: readonly ObjectUse[] = []): NamedAddresses {
  const uses = [...own, ...parts.flatMap((part) => part.uses)];
  return {
    tri: together(
      parts.map(({ tri }) => tri),
      inOne,
    ),
    uses,
  };
}

function inOne(parts: readonly Tri<AddressSet>[]): Tri<AddressSet> {
  const conditions = parts.flatMap((part) => part.conditions);
  const may: AddressSet = { include: parts.flatMap((part) => part.may.include), exclude: [] };
  if (conditions.length === 0) return exactly(may);
  const must: AddressSet = { include: parts.flatMap((part) => part.must.include), exclude: [] };
  return { must, may, conditions };
}

/**
 * `source-address-excluded`: all addresses but those of the list. What surely is in the list surely is not outside, so
 * `must` and `may` change places. Books hold no exclusions, so the list's terms are all there is to take out.
 */
export function complementOf({ tri, uses }: NamedAddresses): NamedAddresses {
  const outside = ({ include }: AddressSet): AddressSet => ({ include: [ALL4, ALL6], exclude: include });
  const complement = together([tri], ([part = tri]): Tri<AddressSet> => {
    const { must, may, conditions } = part;
    if (conditions.length === 0) return exactly(outside(may));
    return { must: outside(may), may: outside(must), conditions };
  });
  return { tri: complement, uses };
}

/** `range-address A { to { B; } }`. */
function readRange(first: JunosNode | undefined): AddressTerm | undefined {
  const last = value(first, 'to');
  if (first === undefined || last === undefined) return undefined;
  const [low4, high4] = [parseIp4(first.word), parseIp4(last)];
  if (low4 !== undefined && high4 !== undefined) return range4(low4, high4);
  const [low6, high6] = [parseIp6(first.word), parseIp6(last)];
  return low6 === undefined || high6 === undefined ? undefined : range6(low6, high6);
}

/** `wildcard-address A/M`: a 1 bit of the mask has to agree (Junos "Understanding Wildcard Addresses"). */
function readWildcard(text: string): AddressTerm | undefined {
  const [address, mask] = text.split('/').map(parseIp4);
  return address === undefined || mask === undefined ? undefined : masked4(address, mask);
}
