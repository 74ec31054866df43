import type { AddressTerm } from '../model/address.ts';
import type { NatObjects } from './nat-rule.ts';
import { addressFamily } from '../model/address.ts';
import { prefix4, prefix6 } from '../model/address.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import { child, entries, isYes, type PanNode } from './tree.ts';

/** What becomes of the source address. */
export interface SourceChange {
  /** `static`: one to one; `pool`: some address of `addresses`. */
  readonly kind: 'static' | 'pool';
  /** Empty where the text does not tell them. */
  readonly addresses: readonly AddressTerm[];
  /** Packets to the new address are sent to the original one, without a rule of their own. */
  readonly bothWays: boolean;
}

/** What becomes of the destination address. */
export interface DestinationChange {
  /** Addresses that the packet may be sent to; undefined where the text does not tell them (host names). */
  readonly addresses: readonly AddressTerm[] | undefined;
  /** One of several is picked for each session. */
  readonly distributed: boolean;
  readonly port: number | undefined;
  /** A port that is written and cannot be read. */
  readonly badPort: boolean;
  readonly node: PanNode;
}

/** Kinds of source translation (PAN-OS Web Interface Help, "NAT Translated Packet Tab"). */
const POOLS: ReadonlySet<string> = new Set(['dynamic-ip-and-port', 'dynamic-ip', 'persistent-dynamic-ip-and-port']);

/** Reads `source-translation`. */
export function readSourceChange(rule: PanNode, objects: NatObjects): SourceChange | undefined {
  const kind = child(rule, 'source-translation')?.children[0];
  if (kind === undefined || kind.word === 'none') return undefined;
  if (kind.word === 'static-ip') {
    const addresses = translatedAddresses(kind, objects) ?? [];
    return { kind: 'static', addresses, bothWays: isYes(kind, 'bi-directional') };
  }
  if (!POOLS.has(kind.word)) {
    objects.notes.mark(kind, 'unrecognised');
    objects.notes.diagnose(
      'panos/nat-not-modelled',
      'warning',
      kind.span,
      `the source translation \`${kind.word}\` is not known`,
      'which address packets have behind the firewall is left open; security rules are compared with the original one',
    );
    return { kind: 'pool', addresses: [], bothWays: false };
  }
  const first = poolOf(kind, objects);
  const fallback = child(kind, 'fallback');
  const second = fallback === undefined ? [] : poolOf(fallback, objects);
  const known = first.length > 0 && (fallback === undefined || second.length > 0);
  return { kind: 'pool', addresses: known ? [...first, ...second] : [], bothWays: false };
}

function poolOf(node: PanNode, objects: NatObjects): readonly AddressTerm[] {
  const port = child(node, 'interface-address');
  if (port === undefined) return translatedAddresses(node, objects) ?? [];
  const named = entries(port, 'ip')[0] ?? entries(port, 'floating-ip')[0];
  if (named !== undefined) {
    const literal = hostOf(named.word);
    return literal === undefined ? (resolved([named], objects) ?? []) : [literal];
  }
  const name = entries(port, 'interface')[0];
  return name === undefined ? [] : objects.interfaceAddresses(name.word);
}

/** An interface writes its address with the length of its network: `203.0.113.2/29` is one host here. */
function hostOf(text: string): AddressTerm | undefined {
  const [address = ''] = text.split('/');
  const four = parseIp4(address);
  if (four !== undefined) return prefix4(four, 32);
  const six = parseIp6(address);
  return six === undefined ? undefined : prefix6(six, 128);
}

function translatedAddresses(node: PanNode, objects: NatObjects): readonly AddressTerm[] | undefined {
  return resolved(entries(node, 'translated-address'), objects);
}

/** Undefined where some of it is not decided by the text. */
function resolved(members: readonly PanNode[], { names }: NatObjects): readonly AddressTerm[] | undefined {
  if (members.length === 0) return undefined;
  const { set } = names.addresses(members, false);
  if (set.conditions.length > 0 || set.may.exclude.length > 0) return undefined;
  return set.may.include;
}

/**
 * Reads `destination-translation` and `dynamic-destination-translation`. The latter takes host names and groups, and picks
 * one of several addresses for each session (PAN-OS Web Interface Help, "NAT Translated Packet Tab").
 */
export function readDestinationChange(rule: PanNode, objects: NatObjects): DestinationChange | undefined {
  const fixed = child(rule, 'destination-translation');
  const node = fixed ?? child(rule, 'dynamic-destination-translation');
  if (node === undefined || entries(node, 'translated-address').length === 0) return undefined;
  const written = entries(node, 'translated-port')[0];
  const port = written === undefined || !/^\d{1,5}$/.test(written.word) ? undefined : Number(written.word);
  const addresses = translatedAddresses(node, objects)?.filter((term) => addressFamily(term) === 4 || natSix(rule));
  return {
    addresses,
    distributed: fixed === undefined && !isSingle(addresses),
    port,
    badPort: written !== undefined && (port === undefined || port > 65535),
    node,
  };
}

function natSix(rule: PanNode): boolean {
  const type = entries(rule, 'nat-type')[0]?.word;
  return type === 'nptv6' || type === 'nat64';
}

function isSingle(addresses: readonly AddressTerm[] | undefined): boolean {
  const [only, more] = addresses ?? [];
  return only !== undefined && more === undefined && 'first' in only && only.first === only.last;
}
