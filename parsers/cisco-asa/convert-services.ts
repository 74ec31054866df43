import type { Condition } from '../model/condition.ts';
import type { NumberRange, ServiceSet } from '../model/service.ts';
import type { ObjectUse } from '../model/rule.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, GroupNode, Notes } from './tree.ts';
import type { Ports, ServiceRead, Services } from './services.ts';
import { ALL_PORTS, ANY_SERVICE, icmpSelector, protocolTerm, single } from '../model/service.ts';
import { exactly } from '../model/rule.ts';
import { icmp6Type, icmpType, protocolNumber } from '../cisco/names.ts';
import { readPorts } from '../cisco/ports.ts';
import { condition } from './addresses.ts';
import { builtInService, portReader, readService } from './services.ts';

/** Resolves service objects and the groups of services, ports, protocols and ICMP types, each once. */
export class ServiceObjects {
  private readonly tree: AsaTree;
  private readonly notes: Notes;
  private readonly objects = new Map<string, Services>();
  private readonly groups = new Map<string, Services>();
  private readonly portGroups = new Map<string, Ports>();
  private readonly open = new Set<string>();

  constructor(tree: AsaTree, notes: Notes) {
    this.tree = tree;
    this.notes = notes;
  }

  /** Resolves everything that is defined, so that every line of an object has its state, used or not. */
  resolveAll(): void {
    for (const [name, node] of this.tree.serviceObjects) if (node.body !== undefined) this.object(name, node.body, 0);
    for (const [name, node] of this.tree.groups) {
      if (node.kind === 'service' || node.kind === 'protocol' || node.kind === 'icmp-type') {
        this.group(name, node.statement, 0);
      }
    }
  }

  /** `object NAME` in the place of the protocol. */
  object(name: string, user: Statement, word: number): Services {
    const known = this.objects.get(name);
    if (known !== undefined) return known;
    const node = this.tree.serviceObjects.get(name);
    const use: ObjectUse = { name, kind: 'service', ...(node && { span: this.notes.span(node.statement.line) }) };
    if (node?.body === undefined) {
      const own = node === undefined ? builtInService(name) : undefined;
      return own === undefined ? this.missing('object service', name, user, word) : { tri: exactly(own), uses: [use] };
    }
    const found = this.taken(readService(node.body.words, 1), node.body, use);
    this.objects.set(name, found);
    return found;
  }

  /** `object-group NAME` in the place of the protocol: services, protocols, or ports of a transport. */
  group(name: string, user: Statement, word: number): Services {
    const known = this.groups.get(name);
    if (known !== undefined) return known;
    const node = this.tree.groups.get(name);
    if (node === undefined || node.kind === 'network') return this.missing('object-group service', name, user, word);
    if (this.open.has(name)) {
      this.notes.mark(user.line, 'unrecognised');
      this.notes.diagnose(
        'asa/object-group-cycle',
        'warning',
        this.notes.wordSpan(user, word),
        `object-group \`${name}\` contains itself`,
        'the reference adds nothing; a device would not accept it, so the text may be wrong elsewhere too',
      );
      return { tri: exactly([]), uses: [] };
    }
    this.open.add(name);
    const found = this.readGroup(node);
    this.open.delete(name);
    this.groups.set(name, found);
    return found;
  }

  /** `object-group NAME` in a port position of a rule for `protocol`: its destination ports. */
  ports(name: string, protocol: number | undefined, user: Statement, word: number): Ports {
    const key = `${protocol ?? ''} ${name}`;
    const known = this.portGroups.get(key);
    if (known !== undefined) return known;
    const { tri, uses } = this.group(name, user, word);
    // Groups with a transport hold ports; of other groups only the services of the rule's protocol count.
    const own = this.tree.groups.get(name)?.transport === undefined ? protocol : undefined;
    const ranges = (set: ServiceSet): readonly NumberRange[] => {
      if (set === ANY_SERVICE) return ALL_PORTS;
      const terms = own === undefined ? set : set.filter((term) => holds(term.protocols, own));
      return terms.flatMap((term) => term.destinationPorts);
    };
    const found =
      tri.must === tri.may
        ? { tri: exactly(ranges(tri.may)), uses }
        : { tri: { must: ranges(tri.must), may: ranges(tri.may), conditions: tri.conditions }, uses };
    this.portGroups.set(key, found);
    return found;
  }

  private missing(kind: string, name: string, user: Statement, word: number): Services {
    const span = this.notes.wordSpan(user, word);
    this.notes.mark(user.line, 'conditional');
    this.notes.diagnose(
      'asa/undefined-reference',
      'warning',
      span,
      `${kind} \`${name}\` is not defined in the text`,
      'it may stand for any service and surely stands for none: rules that use it are possible, not definite',
    );
    return this.undecided(condition('undefined-reference', name, span), { name, kind: 'service' });
  }

  private undecided(why: Condition, use: ObjectUse): Services {
    return { tri: { must: [], may: ANY_SERVICE, conditions: [why] }, uses: [use] };
  }

  private taken(read: ServiceRead, member: Statement, use: ObjectUse): Services {
    if (!read.ok) return this.unread(member, read.at, use);
    if (read.swapped) this.warnSwapped(member);
    return { tri: exactly(read.set), uses: [use] };
  }

  private warnSwapped(member: Statement): void {
    this.notes.diagnose(
      'asa/reversed-range',
      'warning',
      this.notes.span(member.line),
      'a port range is written from high to low',
      'it is read with its ends swapped',
    );
  }

  private unread(member: Statement, at: number, use: ObjectUse): Services {
    const span = this.notes.wordSpan(member, at);
    this.notes.mark(member.line, 'unrecognised');
    this.notes.diagnose(
      'asa/object-not-understood',
      'warning',
      span,
      `a member of \`${use.name}\` could not be read from here`,
      'it may stand for any service: rules that use it are possible, not definite',
    );
    return this.undecided(condition('not-understood', use.name, span), use);
  }

  private readGroup(node: GroupNode): Services {
    const use: ObjectUse = { name: node.name, kind: 'service', span: this.notes.span(node.statement.line) };
    if (node.members.length === 0) {
      this.notes.diagnose(
        'asa/empty-object-group',
        'warning',
        this.notes.span(node.statement.line),
        `object-group \`${node.name}\` has no members in the text`,
        'a device keeps no empty group, so members may be missing: rules that use it are possible, not definite',
      );
      return this.undecided(condition('undefined-reference', node.name, this.notes.span(node.statement.line)), use);
    }
    const parts = node.members.map((member) => this.readMember(member, node, use));
    const uses = [use, ...parts.flatMap((part) => part.uses.filter((own) => own !== use))];
    const conditions = parts.flatMap(({ tri }) => tri.conditions);
    const may = parts.flatMap(({ tri }) => tri.may);
    if (conditions.length === 0) return { tri: exactly(may), uses };
    return { tri: { must: parts.flatMap(({ tri }) => tri.must), may, conditions }, uses };
  }

  private readMember(member: Statement, node: GroupNode, use: ObjectUse): Services {
    const { words } = member;
    const [kind = '', first = ''] = words;
    switch (kind) {
      case 'group-object':
        return this.group(first, member, 1);
      case 'service-object':
        if (first === 'object') return this.object(words[2] ?? '', member, 2);
        return this.taken(readService(words, 1), member, use);
      case 'port-object': {
        const ports = readPorts('asa', words, 1, portReader(node.transport));
        if (ports === undefined || 'unknown' in ports) return this.unread(member, ports?.at ?? 1, use);
        if (ports.swapped) this.warnSwapped(member);
        const protocols = node.transport === 'tcp' ? [6] : node.transport === 'udp' ? [17] : [6, 17];
        const term = { protocols: protocols.map(single), sourcePorts: ALL_PORTS, destinationPorts: ports.ranges };
        return { tri: exactly([term]), uses: [use] };
      }
      case 'protocol-object': {
        const protocol = protocolNumber('asa', first);
        if (protocol === undefined) return this.unread(member, 1, use);
        return { tri: exactly(protocol === 'any' ? ANY_SERVICE : [protocolTerm(protocol)]), uses: [use] };
      }
      case 'icmp-object': {
        const terms = icmpTerms(first);
        return terms.length === 0 ? this.unread(member, 1, use) : { tri: exactly(terms), uses: [use] };
      }
      default:
        return this.unread(member, 0, use);
    }
  }
}

function holds(ranges: readonly NumberRange[], value: number): boolean {
  return ranges.some(({ first, last }) => first <= value && value <= last);
}

/** An ICMP type group serves `icmp` and `icmp6` rules: each name stands for the types that it has in either. */
function icmpTerms(word: string): ServiceSet {
  const [four, six] = [icmpType('asa', word), icmp6Type('asa', word)];
  return [
    ...(four === undefined ? [] : [{ ...protocolTerm(1), destinationPorts: [icmpSelector(four.type, four.code)] }]),
    ...(six === undefined ? [] : [{ ...protocolTerm(58), destinationPorts: [icmpSelector(six.type, six.code)] }]),
  ];
}
