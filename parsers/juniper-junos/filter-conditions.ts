import type { Family } from '../model/address.ts';
import type { Condition, ConditionKind } from '../model/condition.ts';
import type { NumberRange } from '../model/service.ts';
import { single } from '../model/service.ts';
import { evaluateBits, firstPacketFlags, wholePacketFlags, type Bits } from './bit-expression.ts';
import { common, complement, type AskedService } from './filter-service.ts';
import { icmpCodeNumber } from './icmp-codes.ts';
import { icmpTypeNumber, portNumber, protocolNumber } from './names.ts';
import type { Notes } from './notes.ts';
import type { JunosNode } from './tree.ts';

/** What the conditions of a term come to. */
export interface TermConditions {
  readonly asked: AskedService;
  /** Address conditions by direction; `either` is `address`, `prefix-list`. */
  readonly addresses: Readonly<Record<'source' | 'destination' | 'either', AddressNodes>>;
  /** Interfaces, interface sets and interface groups that the packet must (not) have come in by. */
  readonly interfaces: readonly {
    readonly kind: 'interface' | 'set' | 'group';
    readonly except: boolean;
    readonly names: readonly JunosNode[];
  }[];
  readonly conditions: readonly Condition[];
  /** Why no first packet matches. */
  readonly never: string | undefined;
}

interface AddressNodes {
  readonly written: JunosNode[];
  readonly lists: JunosNode[];
}

type Direction = keyof TermConditions['addresses'];

const ADDRESSES: ReadonlyMap<string, readonly [Direction, keyof AddressNodes]> = new Map([
  ['source-address', ['source', 'written']],
  ['destination-address', ['destination', 'written']],
  ['address', ['either', 'written']],
  ['ip-source-address', ['source', 'written']],
  ['ip-destination-address', ['destination', 'written']],
  ['ip-address', ['either', 'written']],
  ['ipv6-source-address', ['source', 'written']],
  ['ipv6-destination-address', ['destination', 'written']],
  ['ipv6-address', ['either', 'written']],
  ['ip6-source-address', ['source', 'written']],
  ['ip6-destination-address', ['destination', 'written']],
  ['source-prefix-list', ['source', 'lists']],
  ['destination-prefix-list', ['destination', 'lists']],
  ['prefix-list', ['either', 'lists']],
  ['ip-source-prefix-list', ['source', 'lists']],
  ['ip-destination-prefix-list', ['destination', 'lists']],
  ['ipv6-source-prefix-list', ['source', 'lists']],
  ['ipv6-destination-prefix-list', ['destination', 'lists']],
]);

type NumberField = 'protocols' | 'sourcePorts' | 'destinationPorts' | 'eitherPorts' | 'icmpTypes' | 'icmpCodes';

const NUMBERS: ReadonlyMap<string, NumberField> = new Map([
  ['protocol', 'protocols'],
  ['ip-protocol', 'protocols'],
  ['next-header', 'protocols'],
  ['payload-protocol', 'protocols'],
  ['ipv6-next-header', 'protocols'],
  ['ipv6-payload-protocol', 'protocols'],
  ['source-port', 'sourcePorts'],
  ['source-port-range-optimize', 'sourcePorts'],
  ['destination-port', 'destinationPorts'],
  ['destination-port-range-optimize', 'destinationPorts'],
  ['port', 'eitherPorts'],
  ['icmp-type', 'icmpTypes'],
  ['icmp-code', 'icmpCodes'],
]);

/** Conditions that a first packet may or may not meet, and on what that depends. `-except` forms count too. */
const OPEN: ReadonlyMap<string, ConditionKind> = new Map([
  ...`dscp precedence ttl hop-limit packet-length ip-options forwarding-class loss-priority traffic-class flow-label
     extension-headers flexible-match-mask flexible-match-range flexible-match ah-spi esp-spi gre-key vxlan learn-vlan-id
     learn-vlan-1p-priority learn-vlan-dei user-vlan-id user-vlan-1p-priority user-vlan-dei vlan dot1q-tag
     dot1q-user-priority source-mac-address destination-mac-address mac-address isid isid-dei isid-priority-code-point
     traffic-type exp vlan-ether-type hw-type l2-token packet-type ip-version ip-precedence cfm-opcode
     payload-type tunnel mpls-label label rat-type apn egress-to-ingress gre-flags hop-count`
    .split(/\s+/)
    .map((word) => [word, 'header'] as const),
  ...'source-class destination-class redirect-reason next-hop-group gbp-src-tag gbp-dst-tag policy-map'
    .split(' ')
    .map((word) => [word, 'route'] as const),
  ...'service-filter-hit source-checkpoint probability'.split(' ').map((word) => [word, 'runtime-state'] as const),
]);

/** Reads `from` of a term: every condition is understood, or becomes a condition that is not. */
export class ConditionReader {
  private readonly notes: Notes;
  private readonly family: Family | 'both';
  private readonly asked: AskedService = {};
  private readonly conditions: Condition[] = [];
  private readonly addresses: TermConditions['addresses'] = {
    source: { written: [], lists: [] },
    destination: { written: [], lists: [] },
    either: { written: [], lists: [] },
  };
  private readonly interfaces: { kind: 'interface' | 'set' | 'group'; except: boolean; names: readonly JunosNode[] }[] =
    [];
  private never: string | undefined;

  constructor(notes: Notes, family: Family | 'both') {
    this.notes = notes;
    this.family = family;
  }

  read(from: JunosNode | undefined): TermConditions {
    for (const node of from?.children ?? []) this.condition(node);
    const { asked, addresses, interfaces, conditions, never } = this;
    return { asked, addresses, interfaces, conditions, never };
  }

  private condition(node: JunosNode): void {
    const { word } = node;
    // What was switched off is not there; a statement that never had a value is broken.
    if (node.emptied && node.children.length === 0) return;
    const address = ADDRESSES.get(word);
    if (address !== undefined) {
      const [direction, kind] = address;
      if (node.children.length === 0) return this.unknown(node);
      this.addresses[direction][kind].push(...node.children);
      return;
    }
    const isException = word.endsWith('-except');
    const name = isException ? word.slice(0, -'-except'.length) : word;
    const field = NUMBERS.get(name);
    if (field !== undefined) return this.numbers(node, field, isException);
    const kind = OPEN.get(name);
    if (kind !== undefined) return this.open(node, kind);
    this.named(node, name, isException);
  }

  private named(node: JunosNode, name: string, isException: boolean): void {
    switch (name) {
      case 'tcp-established':
        return this.flags(node, false);
      case 'tcp-initial':
        return this.flags(node, true);
      case 'tcp-flags':
        return this.flagExpression(node);
      case 'is-fragment':
        this.never = 'only fragments match, and no first packet is one';
        return;
      case 'first-fragment':
        // An alias of `fragment-offset 0`, which packets that are no fragments have too (Junos 10.4, page 228).
        return;
      case 'fragment-flags':
        return this.fragmentFlags(node);
      case 'fragment-offset':
        return this.fragmentOffset(node, isException);
      case 'interface':
      case 'interface-set':
      case 'interface-group':
        if (node.children.length === 0) return this.unknown(node);
        this.interfaces.push({
          kind: name === 'interface' ? 'interface' : name === 'interface-set' ? 'set' : 'group',
          except: isException,
          names: node.children,
        });
        return;
      case 'ether-type':
        return this.etherType(node, isException);
      default:
        return this.unknown(node);
    }
  }

  private numbers(node: JunosNode, field: NumberField, isException: boolean): void {
    const ranges: NumberRange[] = [];
    for (const each of node.children) {
      const range = this.range(each.word, field);
      if (range === undefined) return this.unknown(each);
      ranges.push(range);
    }
    if (ranges.length === 0) return this.unknown(node);
    const most = field === 'protocols' || field === 'icmpTypes' || field === 'icmpCodes' ? 255 : 65535;
    const wanted = isException ? complement(ranges, most) : ranges;
    const known = this.asked[field];
    this.asked[field] = known === undefined ? wanted : common(known, wanted);
  }

  private range(word: string, field: NumberField): NumberRange | undefined {
    const number = (text: string): number | undefined => {
      if (field === 'protocols') return protocolNumber(text);
      if (field === 'icmpTypes') return icmpTypeNumber(this.family === 6 ? 58 : 1, text);
      if (field === 'icmpCodes') return icmpCodeNumber(this.family === 6 ? 58 : 1, text);
      return portNumber(text);
    };
    const exact = number(word);
    if (exact !== undefined) return single(exact);
    // Names have hyphens too: `ftp-data-ssh` is a range from 20 to 22.
    for (let at = word.indexOf('-'); at > 0; at = word.indexOf('-', at + 1)) {
      const [first, last] = [number(word.slice(0, at)), number(word.slice(at + 1))];
      if (first !== undefined && last !== undefined) return first <= last ? { first, last } : undefined;
    }
    return undefined;
  }

  private flags(node: JunosNode, matches: boolean): void {
    const known = this.asked.flags;
    const both = known === undefined ? matches : known.matches && matches;
    this.asked.flags = {
      matches: both,
      span: node.span,
      text: known === undefined || !matches ? node.word : known.text,
    };
  }

  private flagExpression(node: JunosNode): void {
    const value = this.bits(node, firstPacketFlags);
    if (value === 'unreadable' || value === undefined) return this.unknown(node);
    this.flags(node, value);
  }

  private fragmentFlags(node: JunosNode): void {
    const value = this.bits(node, wholePacketFlags);
    if (value === 'unreadable') this.unknown(node);
    else if (value === undefined) this.open(node, 'header');
    else if (!value) this.never = 'only fragments match, and no first packet is one';
  }

  private bits(node: JunosNode, bits: Bits): boolean | undefined | 'unreadable' {
    if (node.children.length === 0) return 'unreadable';
    return evaluateBits(node.children.map(({ word }) => word).join(' '), bits);
  }

  /** A packet that is no fragment has offset 0. */
  private fragmentOffset(node: JunosNode, isException: boolean): void {
    if (node.children.some(({ word }) => !/^\d+(?:-\d+)?$/.test(word)) || node.children.length === 0)
      return this.unknown(node);
    const hasZero = node.children.some(({ word }) => /^0(?:-|$)/.test(word));
    if (hasZero === isException) this.never = 'only later fragments match, and no first packet is one';
  }

  /** Packets that are judged here are IPv4 or IPv6. */
  private etherType(node: JunosNode, isException: boolean): void {
    if (isException || node.children.some(({ word }) => /^(?:ipv4|ipv6|0x0?800|0x86dd|2048|34525|\$.*)$/i.test(word)))
      return this.open(node, 'header');
    this.never = 'only frames that are not IP match';
  }

  private open(node: JunosNode, kind: ConditionKind): void {
    const values = node.children.map(({ word, children }) => [word, ...children.map((each) => each.word)].join(' '));
    this.notes.mark(node, 'conditional');
    this.conditions.push({ kind, name: [node.word, ...values.sort()].join(' '), span: node.span });
  }

  private unknown(node: JunosNode): void {
    this.notes.mark(node, 'unrecognised');
    const shown = node.parent?.word === 'from' ? node.word : `${node.parent?.word ?? ''} ${node.word}`;
    this.conditions.push({ kind: 'not-understood', name: shown, span: node.span });
    this.notes.diagnose(
      'junos/unknown-condition',
      'warning',
      node.span,
      `the condition \`${shown}\` is not understood`,
      'what the term matches is possible, not definite; so is what stands below it',
    );
  }
}
