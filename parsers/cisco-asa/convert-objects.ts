import type { HostNames } from '../model/host-names.ts';
import type { AddressSet } from '../model/address.ts';
import type { ObjectUse } from '../model/rule.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, GroupNode, Notes, ObjectNode } from './tree.ts';
import { nameifOf } from './tree.ts';
import { ANY4, ANY6, ANY_ADDRESS } from '../model/address.ts';
import { condition, decided, EVERY, EVERY4, EVERY6, NOWHERE, NO_USES, undecided, union } from './addresses.ts';
import type { Addresses, Literals } from './addresses.ts';

/** Resolves network objects, network groups and the addresses of interfaces, each once. */
export class NetworkObjects {
  readonly literals: Literals;
  /** What `any` means to this software. */
  readonly any: Addresses;
  private readonly tree: AsaTree;
  private readonly notes: Notes;
  private readonly hosts: HostNames;
  private readonly interfaceAddresses: ReadonlyMap<string, AddressSet | undefined>;
  private readonly objects = new Map<string, Addresses>();
  private readonly groups = new Map<string, Addresses>();
  private readonly open = new Set<string>();

  /** @param interfaceAddresses own addresses by nameif; undefined where the text does not tell (DHCP). */
  constructor(
    tree: AsaTree,
    notes: Notes,
    literals: Literals,
    unified: boolean,
    interfaceAddresses: ReadonlyMap<string, AddressSet | undefined>,
    hosts: HostNames,
  ) {
    this.tree = tree;
    this.notes = notes;
    this.literals = literals;
    this.any = unified ? EVERY : EVERY4;
    this.interfaceAddresses = interfaceAddresses;
    this.hosts = hosts;
  }

  /** Resolves everything that is defined, so that every line of an object has its state, used or not. */
  resolveAll(): void {
    for (const [name, node] of this.tree.networkObjects) if (node.body !== undefined) this.object(name, node.body, 0);
    for (const [name, node] of this.tree.groups) if (node.kind === 'network') this.group(name, node.statement, 0);
  }

  /** `object NAME`; `user` is the statement that names it and `word` the name's place in it. */
  object(name: string, user: Statement, word: number): Addresses {
    const known = this.objects.get(name);
    if (known !== undefined) return known;
    const node = this.tree.networkObjects.get(name);
    if (node?.body === undefined) return this.missing('object network', name, user, word);
    const found = this.readObject(node, node.body);
    this.objects.set(name, found);
    return found;
  }

  /** `object-group NAME`. Groups that contain themselves contribute what else they hold. */
  group(name: string, user: Statement, word: number): Addresses {
    const known = this.groups.get(name);
    if (known !== undefined) return known;
    const node = this.tree.groups.get(name);
    if (node === undefined || (node.kind !== 'network' && node.kind !== 'security' && node.kind !== 'user')) {
      return this.missing('object-group network', name, user, word);
    }
    if (this.open.has(name)) {
      this.notes.mark(user.line, 'unrecognised');
      this.notes.diagnose(
        'asa/object-group-cycle',
        'warning',
        this.notes.wordSpan(user, word),
        `object-group \`${name}\` contains itself`,
        'the reference adds nothing; a device would not accept it, so the text may be wrong elsewhere too',
      );
      return NOWHERE;
    }
    this.open.add(name);
    const found = this.readGroup(node);
    this.open.delete(name);
    this.groups.set(name, found);
    return found;
  }

  /** The interface's own addresses, where the text tells them. */
  known(nameif: string): AddressSet | undefined {
    return this.interfaceAddresses.get(nameif);
  }

  /** `interface NAMEIF`: the interface's own addresses. */
  ownAddress(written: string, user: Statement, word: number): Addresses {
    const nameif = nameifOf(this.tree, written);
    const span = this.notes.wordSpan(user, word);
    if (!this.interfaceAddresses.has(nameif)) {
      return this.missing('interface', nameif, user, word);
    }
    const set = this.interfaceAddresses.get(nameif);
    if (set !== undefined) return decided(set);
    return undecided(ANY4, condition('dynamic-group', `address of interface ${nameif}`, span));
  }

  private missing(kind: string, name: string, user: Statement, word: number): Addresses {
    const span = this.notes.wordSpan(user, word);
    this.notes.mark(user.line, 'conditional');
    this.notes.diagnose(
      'asa/undefined-reference',
      'warning',
      span,
      `${kind} \`${name}\` is not defined in the text`,
      'it may stand for any address and surely stands for none: rules that use it are possible, not definite',
    );
    return undecided(ANY_ADDRESS, condition('undefined-reference', name, span), [{ name, kind: 'address' }]);
  }

  private readObject(node: ObjectNode, body: Statement): Addresses {
    const [kind, first = '', second = ''] = body.words;
    const use: ObjectUse = { name: node.name, kind: 'address', span: this.notes.span(node.statement.line) };
    const { literals } = this;
    let set: AddressSet | undefined;
    if (kind === 'host' || kind === 'network') set = literals.host(first);
    else if (kind === 'subnet') set = second === '' ? literals.prefix(first) : literals.masked(first, second);
    else if (kind === 'range') set = literals.range(first, second);
    else if (kind === 'fqdn') {
      const family = first === 'v4' || first === 'v6' ? first : undefined;
      const name = family === undefined ? first : second;
      const may = family === 'v4' ? ANY4 : family === 'v6' ? ANY6 : ANY_ADDRESS;
      const span = this.notes.wordSpan(body, family === undefined ? 1 : 2);
      this.notes.mark(body.line, 'conditional');
      const open = undecided(may, condition('fqdn', name, span), [use]);
      const only = family === 'v4' ? 4 : family === 'v6' ? 6 : undefined;
      return { ...open, tri: this.hosts.assumed(name, span, only, open.tri) };
    }
    if (set === undefined) return this.unread(body, use);
    return { ...decided(set), uses: [use] };
  }

  private unread(member: Statement, use: ObjectUse): Addresses {
    const span = this.notes.span(member.line);
    this.notes.mark(member.line, 'unrecognised');
    this.notes.diagnose(
      'asa/object-not-understood',
      'warning',
      span,
      `\`${member.words[0] ?? ''}\` of object \`${use.name}\` has no address that can be read`,
      'it may stand for any address: rules that use the object are possible, not definite',
    );
    return undecided(ANY_ADDRESS, condition('not-understood', use.name, span), [use]);
  }

  private readGroup(node: GroupNode): Addresses {
    const use: ObjectUse = { name: node.name, kind: 'address', span: this.notes.span(node.statement.line) };
    if (node.kind !== 'network') {
      return undecided(ANY_ADDRESS, condition('identity', node.name, this.notes.span(node.statement.line)), [use]);
    }
    if (node.members.length === 0) {
      this.notes.diagnose(
        'asa/empty-object-group',
        'warning',
        this.notes.span(node.statement.line),
        `object-group \`${node.name}\` has no members in the text`,
        'a device keeps no empty group, so members may be missing: rules that use it are possible, not definite',
      );
      return undecided(ANY_ADDRESS, condition('undefined-reference', node.name, this.notes.span(node.statement.line)), [
        use,
      ]);
    }
    return union(
      node.members.map((member) => this.readMember(member, node)),
      [use],
    );
  }

  private readMember(member: Statement, node: GroupNode): Addresses {
    const { words } = member;
    const [kind, first = '', second = ''] = words;
    if (kind === 'group-object' || kind === 'network-group') return this.group(first, member, 1);
    if (kind === 'network-object') {
      if (first === 'object') return this.object(second, member, 2);
      if (first === 'object-group') return this.group(second, member, 2);
      if (first === 'any') return this.any;
      if (first === 'any4') return EVERY4;
      if (first === 'any6') return EVERY6;
      const { literals } = this;
      const set =
        first === 'host'
          ? literals.host(second)
          : second === ''
            ? (literals.prefix(first) ?? literals.host(first))
            : literals.masked(first, second);
      if (set !== undefined) return decided(set);
    }
    return { ...this.unread(member, { name: node.name, kind: 'address' }), uses: NO_USES };
  }
}
