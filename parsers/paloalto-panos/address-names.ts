import type { HostNames } from '../model/host-names.ts';
import type { ConditionKind } from '../model/condition.ts';
import type { ObjectUse } from '../model/rule.ts';
import type { ListedAddresses } from './firewall.ts';
import type { Found, NameLookup } from './name-lookup.ts';
import type { Notes } from './notes.ts';
import { ANY_ADDRESS, NO_ADDRESS } from '../model/address.ts';
import { exactly } from '../model/rule.ts';
import { fulfils, readTagFilter, type TagFilter } from './address-filter.ts';
import { outside, undecidedAddress, unionOf, type AddressPart } from './address-parts.ts';
import { PREDEFINED_REGIONS } from './address-regions.ts';
import { readLiteral, readNetwork, readRange, readWildcard, type AddressText } from './address-text.ts';
import { membersOf, takeApart } from './name-groups.ts';
import { entries, value, type PanNode } from './tree.ts';

/** The lists that a name in `source` or `destination` may be in; names are unique in all of them together. */
const KINDS = ['address', 'address-group', 'external-list', 'region'];

const READERS: readonly (readonly [kind: string, read: (text: string) => AddressText | undefined])[] = [
  ['ip-netmask', readNetwork],
  ['ip-range', readRange],
  ['ip-wildcard', readWildcard],
];

/** Lists of addresses that Palo Alto Networks keeps (PAN-OS Administrator's Guide "Built-in External Dynamic Lists"). */
const BUILT_IN_LIST = /^panw-[a-z0-9-]+-list$/u;

const ANY: AddressPart = { tri: exactly(ANY_ADDRESS), objects: [], hasWildcard: false };

/** Resolves what rules name in `source` and `destination`. Objects are read when they are first asked for, and once. */
export class AddressNames {
  private readonly lookup: NameLookup;
  private readonly notes: Notes;
  private readonly hosts: HostNames;
  private readonly known = new Map<string, AddressPart>();
  private readonly lists = new Map<string, ListedAddresses>();
  private tagged: readonly { readonly name: string; readonly tags: ReadonlySet<string> }[] | undefined;

  constructor(lookup: NameLookup, notes: Notes, hosts: HostNames) {
    this.lookup = lookup;
    this.notes = notes;
    this.hosts = hosts;
  }

  /** A list in a rule; without members it means any. */
  list(members: readonly PanNode[], negate: boolean): ListedAddresses {
    const any = members.length === 0 ? undefined : members.find(({ word }) => word === 'any');
    if (members.length === 0 || any !== undefined) return negate ? this.negatedAny(any) : listed(ANY);
    const key = `${negate ? '!' : ''}${members.map(({ word }) => word).join('\n')}`;
    const seen = this.lists.get(key);
    if (seen !== undefined) return seen;
    const part = unionOf(members.map((member) => this.named(member)));
    const made = listed(negate ? { ...part, tri: outside(part.tri) } : part);
    // What is not defined is diagnosed at each place, so such lists are looked up anew.
    if (members.every(({ word }) => this.known.has(word))) this.lists.set(key, made);
    return made;
  }

  /** One name or literal. */
  private named(member: PanNode): AddressPart {
    const seen = this.known.get(member.word);
    if (seen !== undefined) return seen;
    const part = this.resolve(member);
    if (part === undefined) return this.missing(member);
    this.known.set(member.word, part);
    return part;
  }

  private resolve(member: PanNode): AddressPart | undefined {
    const { word, span } = member;
    if (word === 'any') return ANY;
    const found = this.lookup.find(word, KINDS);
    if (found !== undefined) return this.entry(found);
    if (BUILT_IN_LIST.test(word))
      return undecidedAddress({ kind: 'dynamic-group', name: word, span }, [{ name: word, kind: 'list' }]);
    if (PREDEFINED_REGIONS.has(word))
      return undecidedAddress({ kind: 'dynamic-group', name: word, span }, [{ name: word, kind: 'other' }]);
    const text = readLiteral(word);
    if (text === undefined) return undefined;
    if ('wrong' in text) return this.unread(member, member, `\`${word}\` ${text.wrong}`, []);
    if (text.hostBits) this.hostBits(member, `\`${word}\``);
    return { tri: exactly({ include: text.terms, exclude: [] }), objects: [], hasWildcard: false };
  }

  private missing(member: PanNode): AddressPart {
    const { word, span } = member;
    const variable = word.startsWith('$');
    this.notes.mark(member, 'conditional');
    this.notes.diagnose(
      variable ? 'panos/unresolved-variable' : 'panos/undefined-reference',
      'warning',
      span,
      variable
        ? `no value of the template variable \`${word}\` is in the text`
        : `\`${word}\` is no address, and no address object, group, region or external list of that name is in the text`,
      'rules that use it are possible, not definite',
    );
    return undecidedAddress({ kind: 'undefined-reference', name: word, span }, [{ name: word, kind: 'address' }]);
  }

  private entry({ kind, node }: Found): AddressPart {
    if (node.cut) return this.unread(node, node, `the text ends inside of \`${node.word}\``, [useOf(node)]);
    if (kind === 'address') return this.object(node);
    if (kind === 'address-group') return this.group(node);
    return kind === 'region' ? this.region(node) : this.externalList(node);
  }

  private object(node: PanNode): AddressPart {
    const objects = [useOf(node)];
    const kinds = entries(node).filter(({ word }) => word === 'fqdn' || READERS.some(([each]) => each === word));
    const [statement] = kinds;
    const written = statement?.children[0]?.word;
    if (statement === undefined || written === undefined || kinds.length > 1)
      return this.unread(node, node, `address \`${node.word}\` has no address, or more than one`, objects);
    if (written.startsWith('$')) {
      this.notes.mark(node, 'conditional');
      const [name] = statement.children;
      return name === undefined ? ANY : { ...this.missing(name), objects };
    }
    if (statement.word === 'fqdn') {
      const open = this.conditional(node, 'fqdn', written, objects);
      return { ...open, tri: this.hosts.assumed(written, node.span, undefined, open.tri) };
    }
    const text = READERS.find(([kind]) => kind === statement.word)?.[1](written);
    if (text === undefined)
      return this.unread(statement, node, `\`${written}\` is not what \`${statement.word}\` takes`, objects);
    if ('wrong' in text)
      return this.unread(statement, node, `address \`${node.word}\`: \`${written}\` ${text.wrong}`, objects);
    if (text.hostBits) this.hostBits(statement, `address \`${node.word}\`: \`${written}\``);
    this.notes.mark(node, 'modelled');
    const hasWildcard = statement.word === 'ip-wildcard';
    return { tri: exactly({ include: text.terms, exclude: [] }), objects, hasWildcard };
  }

  private group(node: PanNode): AddressPart {
    const isDynamic = node.get('dynamic') !== undefined;
    if (isDynamic && node.get('static') !== undefined)
      return this.unread(node, node, `group \`${node.word}\` is static and dynamic at once`, [useOf(node)]);
    if (isDynamic) return this.dynamicGroup(node);
    const { groups, leaves } = takeApart(node, 'static', (member) => this.staticGroup(member), this.notes);
    for (const group of groups) this.notes.mark(group, group.cut ? 'unrecognised' : 'modelled');
    const bad = groups.filter((group) => group.cut || membersOf(group, 'static').length === 0);
    const parts = [
      ...leaves.map((leaf) => this.named(leaf)),
      ...bad.map((group) =>
        this.unread(group, group, `group \`${group.word}\` has no members in the text`, [], 'undefined-reference'),
      ),
    ];
    return unionOf(parts, groups.map(useOf));
  }

  /** The static group that a member names. */
  private staticGroup(member: PanNode): PanNode | undefined {
    const found = this.lookup.find(member.word, KINDS);
    return found?.kind === 'address-group' && found.node.get('dynamic') === undefined ? found.node : undefined;
  }

  /**
   * Address objects whose tags fulfil the filter are members at any rate; addresses that are registered with tags while the
   * device runs join them (PAN-OS Administrator's Guide "Use Dynamic Address Groups in Policy").
   */
  private dynamicGroup(node: PanNode): AddressPart {
    const written = value(node, 'dynamic', 'filter') ?? '';
    const filter = readTagFilter(written);
    if (filter === undefined)
      return this.unread(node, node, `the filter of dynamic group \`${node.word}\` cannot be read`, [useOf(node)]);
    const sure = this.taggedParts(filter);
    const own = this.conditional(node, 'dynamic-group', node.word, [useOf(node)]);
    const surely = unionOf(sure);
    return {
      tri: { ...own.tri, must: surely.tri.must },
      objects: [...own.objects, ...surely.objects],
      hasWildcard: surely.hasWildcard,
    };
  }

  private taggedParts(filter: TagFilter): readonly AddressPart[] {
    this.tagged ??= this.lookup.visible('address', KINDS).flatMap((node) => {
      const tags = entries(node, 'tag');
      return tags.length === 0 ? [] : { name: node.word, tags: new Set(tags.map(({ word }) => word)) };
    });
    return this.tagged.filter(({ tags }) => fulfils(filter, tags)).flatMap(({ name }) => this.objectNamed(name));
  }

  private objectNamed(name: string): readonly AddressPart[] {
    const seen = this.known.get(name);
    if (seen !== undefined) return [seen];
    const found = this.lookup.find(name, KINDS);
    if (found === undefined) return [];
    const part = this.entry(found);
    this.known.set(name, part);
    return [part];
  }

  /** A region of the text is the addresses that it lists; one with the code of a country adds to what the device knows. */
  private region(node: PanNode): AddressPart {
    const objects: ObjectUse[] = [{ name: node.word, kind: 'other', span: node.span }];
    const listed = entries(node, 'address');
    if (listed.length === 0)
      return this.unread(node, node, `region \`${node.word}\` has no addresses in the text`, objects);
    const parts = listed.map((each): AddressPart => {
      const text = readLiteral(each.word);
      if (text === undefined || 'wrong' in text)
        return this.unread(each, node, `region \`${node.word}\`: \`${each.word}\` cannot be read as an address`, []);
      return { tri: exactly({ include: text.terms, exclude: [] }), objects: [], hasWildcard: false };
    });
    const written = unionOf(parts, objects);
    if (!PREDEFINED_REGIONS.has(node.word)) {
      this.notes.mark(node, written.tri.conditions.length === 0 ? 'modelled' : 'conditional');
      return written;
    }
    const own = this.conditional(node, 'dynamic-group', node.word, objects);
    return { ...own, tri: { ...own.tri, must: written.tri.must } };
  }

  /** Lists of URLs, domains or subscribers stand where addresses do only by mistake; a device would not commit that. */
  private externalList(node: PanNode): AddressPart {
    const objects: ObjectUse[] = [{ name: node.word, kind: 'list', span: node.span }];
    const kind = entries(node, 'type')[0]?.word;
    if (kind === undefined || kind === 'ip' || kind === 'predefined-ip')
      return this.conditional(node, 'dynamic-group', node.word, objects);
    this.notes.mark(node, 'modelled');
    this.notes.diagnose(
      'panos/list-without-addresses',
      'warning',
      node.span,
      `external list \`${node.word}\` is of type \`${kind}\` and stands where addresses do`,
      'it matches no address; a device would not commit it, so the text may be wrong elsewhere too',
    );
    return { tri: exactly(NO_ADDRESS), objects, hasWildcard: false };
  }

  /** What a device makes of it is not documented. */
  private negatedAny(any: PanNode | undefined): ListedAddresses {
    const span = any?.span ?? this.lookup.span;
    this.notes.diagnose(
      'panos/negated-any',
      'warning',
      span,
      'a list of addresses that means any is negated',
      'the rule may match any address and surely matches none',
    );
    return listed(undecidedAddress({ kind: 'vendor-unverified', name: 'not any', span }, []));
  }

  private conditional(node: PanNode, kind: ConditionKind, name: string, objects: readonly ObjectUse[]): AddressPart {
    this.notes.mark(node, 'conditional');
    return undecidedAddress({ kind, name, span: node.span }, objects);
  }

  private unread(
    at: PanNode,
    node: PanNode,
    message: string,
    objects: readonly ObjectUse[],
    kind: ConditionKind = 'not-understood',
  ): AddressPart {
    this.notes.mark(at, kind === 'not-understood' ? 'unrecognised' : 'conditional');
    this.notes.diagnose(
      'panos/address-not-understood',
      'warning',
      at.span,
      message,
      'it may stand for any address: rules that use it are possible, not definite',
    );
    return undecidedAddress({ kind, name: node.word, span: at.span }, objects);
  }

  private hostBits(at: PanNode, what: string): void {
    this.notes.diagnose(
      'panos/host-bits',
      'note',
      at.span,
      `${what} is an address inside a network`,
      'in rules the whole network is taken',
    );
  }
}

function useOf(node: PanNode): ObjectUse {
  return { name: node.word, kind: 'address', span: node.span };
}

function listed({ tri, objects, hasWildcard }: AddressPart): ListedAddresses {
  return { set: tri, objects, hasWildcard };
}
