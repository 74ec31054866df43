import type { AddressSet, Family } from '../model/address.ts';
import type { InterfaceAddress, NetworkInterface, Segment } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { Literals } from './addresses.ts';
import type { AsaTree, InterfaceNode, Notes } from './tree.ts';
import { nameifOf } from './tree.ts';
import type { Semantics } from './version.ts';
import { addresses, range4, range6 } from '../model/address.ts';
import { netmaskLength, parseIp4 } from '../model/parse-address.ts';
import { evidenceOf, type RouteFacts } from './trust-evidence.ts';

/** A segment with what the security levels and bridge groups need. */
export interface AsaSegment {
  readonly segment: Segment;
  /** Undefined when the text does not define the interface. */
  readonly level: { readonly value: number; readonly span: Span; readonly reason: string } | undefined;
  readonly bridgeGroup: string | undefined;
  /** The bridge group whose addresses this interface holds (BVI). */
  readonly bridgeOf: string | undefined;
  /** Why nothing passes here, where `transit` is not `yes`. */
  readonly closed: string | undefined;
}

interface ReadAddresses {
  readonly own: readonly InterfaceAddress[];
  readonly dynamic: boolean;
  readonly ip6: boolean;
}

export class Interfaces {
  readonly all: readonly AsaSegment[];
  /** Own addresses by nameif; undefined where the text does not tell. */
  readonly ownAddresses = new Map<string, AddressSet | undefined>();
  private readonly notes: Notes;
  private readonly literals: Literals;
  private readonly tree: AsaTree;
  private readonly semantics: Semantics;

  constructor(tree: AsaTree, notes: Notes, literals: Literals, semantics: Semantics, routes: RouteFacts) {
    this.tree = tree;
    this.notes = notes;
    this.literals = literals;
    this.semantics = semantics;
    const nodes = [...tree.interfaces.values()];
    const read = new Map(nodes.map((node) => [node, this.readAddresses(node)]));
    // A text without any address is an excerpt: then a missing address says nothing.
    const excerpt = ![...read.values()].some(({ own, dynamic }) => own.length > 0 || dynamic);
    const bvis = new Map<string, ReadAddresses>();
    for (const [node, found] of read) if (/^BVI\d+$/i.test(node.name)) bvis.set(node.name.slice(3), found);
    const segments: AsaSegment[] = [];
    for (const [node, found] of read) {
      if (node.label !== undefined && !this.ownAddresses.has(node.label)) {
        const bridge = node.bridgeGroup === undefined ? undefined : bvis.get(node.bridgeGroup);
        this.ownAddresses.set(node.label, ownSet(found.own.length > 0 ? found : (bridge ?? found)));
      }
      segments.push(this.segmentOf(node, found, excerpt, routes));
    }
    this.all = [...segments, ...this.mentioned(new Set(segments.map(({ segment }) => segment.name)))];
  }

  private readAddresses(node: InterfaceNode): ReadAddresses {
    const own: InterfaceAddress[] = [];
    let dynamic = false;
    for (const statement of node.addresses) {
      const [, , first = '', second = ''] = statement.words;
      if (first === 'dhcp' || first === 'pppoe') {
        dynamic = true;
        continue;
      }
      const address = this.literals.ip4(first);
      const mask = parseIp4(second);
      const prefixLength = mask === undefined ? undefined : netmaskLength(mask);
      if (address === undefined || prefixLength === undefined) {
        this.notes.mark(statement.line, 'unrecognised');
        continue;
      }
      own.push({ family: 4, address, prefixLength, span: this.notes.span(statement.line) });
    }
    let ip6 = false;
    for (const statement of node.ip6) {
      ip6 = true;
      const word = statement.words[2] ?? '';
      if (statement.words[1] === 'enable') continue;
      if (word === 'autoconfig' || word === 'dhcp') {
        dynamic = true;
        continue;
      }
      const [base = '', length] = word.split('/');
      const address = this.literals.ip6(base);
      if (address === undefined) this.notes.mark(statement.line, 'unrecognised');
      else if (length !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= 128) {
        own.push({ family: 6, address, prefixLength: Number(length), span: this.notes.span(statement.line) });
      }
    }
    return { own, dynamic, ip6 };
  }

  private segmentOf(node: InterfaceNode, read: ReadAddresses, excerpt: boolean, routes: RouteFacts): AsaSegment {
    const span = this.notes.span((node.nameif ?? node.statement).line);
    const bridgeOf = /^BVI\d+$/i.test(node.name) ? node.name.slice(3) : undefined;
    const bridged = node.bridgeGroup !== undefined || this.tree.transparent;
    const hasAddress = read.own.length > 0 || read.dynamic || read.ip6;
    const [transit, closed] = transitOf(node, bridgeOf, hasAddress || bridged || (excerpt && !node.noAddress));
    const families: Family[] = [];
    const unknown = bridged || (excerpt && !node.noAddress);
    if (unknown || read.dynamic || read.own.some(({ family }) => family === 4)) families.push(4);
    if (unknown || read.ip6) families.push(6);
    const member: NetworkInterface = {
      name: node.name,
      ...(node.description === undefined ? {} : { description: node.description }),
      addresses: read.own,
      families,
      dynamicAddress: read.dynamic,
      enabled: !node.shutdown,
      span: this.notes.span(node.statement.line),
    };
    const level = this.levelOf(node, span);
    const name = node.label ?? node.name;
    return {
      segment: {
        name,
        aliases: node.label === undefined ? [] : [node.name],
        kind: 'interface',
        interfaces: [member],
        routingContext: node.vrf ?? 'default',
        transit,
        families,
        evidence: evidenceOf(
          name,
          member,
          { ...level, span },
          node.managementOnly !== undefined,
          routes,
          this.notes,
          node,
        ),
        span,
      },
      level,
      bridgeGroup: node.bridgeGroup,
      bridgeOf,
      closed,
    };
  }

  /** The level as written; without it 100 for `inside` and 0 for all others (ASA command reference, `security-level`). */
  private levelOf(node: InterfaceNode, span: Span): NonNullable<AsaSegment['level']> {
    if (node.level !== undefined) {
      const { value, statement } = node.level;
      return { value, span: this.notes.span(statement.line), reason: `security-level ${value}` };
    }
    const value = node.label?.toLowerCase() === 'inside' && this.semantics.product !== 'ftd' ? 100 : 0;
    return { value, span, reason: `security-level ${value} by default` };
  }

  /** Interfaces that only access groups name: an excerpt without interfaces still has its crossings. */
  private mentioned(known: Set<string>): AsaSegment[] {
    const found: AsaSegment[] = [];
    for (const statement of this.tree.accessGroups) {
      const at = statement.words.indexOf('interface');
      const word = at < 0 ? undefined : statement.words[at + 1];
      const name = word === undefined ? undefined : nameifOf(this.tree, word);
      if (name === undefined || known.has(name)) continue;
      known.add(name);
      const span = this.notes.wordSpan(statement, at + 1);
      this.notes.diagnose(
        'asa/undefined-interface',
        'warning',
        span,
        `interface \`${name}\` of an access-group is not defined in the text`,
        'its security level is unknown: what crosses it is possible, not definite',
      );
      found.push({
        segment: {
          name,
          aliases: [],
          kind: 'interface',
          interfaces: [],
          routingContext: 'default',
          transit: 'yes',
          families: [4, 6],
          evidence: [],
          span,
        },
        level: undefined,
        bridgeGroup: undefined,
        bridgeOf: undefined,
        closed: undefined,
      });
    }
    return found;
  }
}

function ownSet({ own, dynamic }: ReadAddresses): AddressSet | undefined {
  if (own.length === 0 || (dynamic && !own.some(({ family }) => family === 4))) return undefined;
  return addresses(
    ...own.map(({ address }) => (typeof address === 'number' ? range4(address, address) : range6(address, address))),
  );
}

function transitOf(
  node: InterfaceNode,
  bridgeOf: string | undefined,
  hasAddress: boolean,
): [Segment['transit'], string | undefined] {
  if (node.label === undefined) return ['none', `${node.name} has no nameif`];
  if (node.managementOnly !== undefined) return ['none', `${node.label} is management-only`];
  if (bridgeOf !== undefined)
    return ['none', `${node.label} holds the addresses of bridge group ${bridgeOf}; packets enter by its members`];
  if (node.shutdown) return ['dormant', `${node.label} is shut down`];
  if (!hasAddress) return ['dormant', `${node.label} has no address`];
  return ['yes', undefined];
}
