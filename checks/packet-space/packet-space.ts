import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';
import type { Packet } from './packet.ts';

declare const packetSet: unique symbol;

/**
 * An exact set of packets of one `PacketSpace`. Canonical: two sets of one space are equal exactly when they are `===`.
 * The representation is private to this folder.
 */
export type PacketSet = number & { readonly [packetSet]: true };

declare const outcomes: unique symbol;

/**
 * What an ordered run of rules does with each packet: permit, deny, leave it to the rules below, or any of several where
 * that is undecided; for up to `MAX_SLICES` slices at once. Canonical like `PacketSet`.
 */
export type Outcomes = number & { readonly [outcomes]: true };

/** Slices that one `Outcomes` can tell apart, numbered from 0. */
export const MAX_SLICES = 256;

/** What a run of rules does with packets: permit or deny them in some case, take them in every case. */
export type OutcomeReading = 'permits' | 'denies' | 'takes';

export type RuleVerdict = 'permit' | 'deny' | 'unknown';

export type AddressField = 'source' | 'destination';
export type Field = AddressField | 'source-port' | 'destination-port' | 'protocol' | 'family';

/** A readable part of a set: the packets of all combinations of the fields. Lists are sorted, disjoint and minimal. */
export interface Box {
  readonly family: Family;
  readonly source: readonly AddressTerm[];
  readonly destination: readonly AddressTerm[];
  readonly protocols: readonly NumberRange[];
  readonly sourcePorts: readonly NumberRange[];
  readonly destinationPorts: readonly NumberRange[];
}

/** Disjoint boxes whose union is the set, unless `truncated` says how it was cut. */
export interface Description {
  readonly boxes: readonly Box[];
  /** True when the set has more boxes, or boxes more terms, than asked for. What is shown is still part of the set. */
  readonly truncated: boolean;
}

/** Thrown when a set outgrows the space's node limit: the caller reports a failure, never a shortened set. */
export class PacketSpaceFull extends Error {
  override readonly name = 'PacketSpaceFull';
}

/** The algebra. Sets live as long as their space; nothing is freed before. */
export interface PacketSpace {
  readonly none: PacketSet;
  readonly all: PacketSet;

  /** Packets whose family, source, destination and service are in the given sets: one rule's match. */
  box(source: AddressSet, destination: AddressSet, service: ServiceSet): PacketSet;
  /** As `box` with every service, narrowed to these source ports: one rule within a slice (protocol, port fixed). */
  flow(source: AddressSet, destination: AddressSet, sourcePorts: readonly NumberRange[]): PacketSet;
  family(family: Family): PacketSet;
  addressIn(field: AddressField, set: AddressSet): PacketSet;
  serviceIn(service: ServiceSet): PacketSet;
  packet(packet: Packet): PacketSet;

  union(a: PacketSet, b: PacketSet): PacketSet;
  intersect(a: PacketSet, b: PacketSet): PacketSet;
  /** The packets of `a` that are not in `b`. */
  subtract(a: PacketSet, b: PacketSet): PacketSet;
  complement(a: PacketSet): PacketSet;
  /** `a ∪ (b \ m)`: how two halves of a rule list combine. */
  unionOutside(a: PacketSet, b: PacketSet, m: PacketSet): PacketSet;

  /** The outcome of no rules at all: every packet is left to the rules below. */
  readonly noOutcome: Outcomes;
  /**
   * One rule within slices: packets of `must` surely match it, packets of `may` perhaps, `must ⊆ may`.
   *
   * @param slices bit n: the rule takes part in slice n; absent: in every slice. Evaluating all slices of a list in one
   *   run is several times faster than one after the other, since their address parts are mostly the same.
   */
  rule(verdict: RuleVerdict, must: PacketSet, may: PacketSet, slices?: bigint): Outcomes;
  /** As `rule` with `flow(source, destination, sourcePorts)` both as `must` and as `may`, without building that set. */
  flowRule(
    verdict: RuleVerdict,
    source: AddressSet,
    destination: AddressSet,
    sourcePorts: readonly NumberRange[],
    slices?: bigint,
  ): Outcomes;
  /** The rules of `first`, then those of `second`. Associative: combine long lists by halves. */
  inOrder(first: Outcomes, second: Outcomes): Outcomes;
  /** Packets of a slice that the run permits, in some case. */
  permits(run: Outcomes, slice?: number): PacketSet;
  /** What a run permits, denies or takes in each of many slices, in their order: far cheaper than one by one. */
  readInSlices(run: Outcomes, reading: OutcomeReading, slices: readonly number[]): readonly PacketSet[];
  /** Packets of a slice that the run denies, in some case. */
  denies(run: Outcomes, slice?: number): PacketSet;
  /** Packets of a slice that the run leaves to no later rule, in any case. */
  takes(run: Outcomes, slice?: number): PacketSet;

  /** Whether the run permits, denies or takes some packet of `a`: cheaper than intersecting with what it permits. */
  meets(a: PacketSet, run: Outcomes, reading: OutcomeReading, slice?: number): boolean;
  /** The packets of `a` that the run does not surely take: what goes on to the rules after it. */
  outside(a: PacketSet, run: Outcomes, slice?: number): PacketSet;

  isEmpty(a: PacketSet): boolean;
  isSubset(a: PacketSet, b: PacketSet): boolean;
  intersects(a: PacketSet, b: PacketSet): boolean;
  contains(a: PacketSet, packet: Packet): boolean;
  /** The number of packets. IPv4: 2³² addresses a side; 256 protocols; every packet has 2¹⁶ × 2¹⁶ port values. */
  count(a: PacketSet): bigint;
  /**
   * One packet of the set, or undefined when it is empty. `prefer` is tried in order: each set that leaves something
   * narrows the choice. Deterministic.
   */
  witness(a: PacketSet, prefer?: readonly PacketSet[]): Packet | undefined;
  /** Prefixes and ranges, shortest form, cut after `maxBoxes` boxes (and as many terms in a field of a box). */
  describe(a: PacketSet, maxBoxes: number): Description;

  /** The packets that are in `a` for some value of the field (the field becomes free). */
  forSome(a: PacketSet, field: Field): PacketSet;
  /** The packets that are in `a` for every value of the field. */
  forEvery(a: PacketSet, field: Field): PacketSet;
  /**
   * The packets that are in `a` after a one-to-one rewriting of an address: packets whose `field` is in `from`, and
   * which with that address moved to the same offset in `to` are in `a`. Both terms: ranges of one family and size.
   */
  beforeRewrite(a: PacketSet, field: AddressField, from: AddressTerm, to: AddressTerm): PacketSet;
  /** As `beforeRewrite` for the destination port: packets with port `from` that are in `a` with port `to`. */
  beforePortRewrite(a: PacketSet, from: number, to: number): PacketSet;

  /** Nodes, bytes: for benchmarks. */
  readonly statistics: { readonly nodes: number; readonly bytes: number };
}
