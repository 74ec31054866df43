import * as fc from 'fast-check';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { Box, PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { addressFamily, ALL4, ALL6 } from '../../parsers/model/address.ts';
import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import { ALL_PORTS, ALL_PROTOCOLS } from '../../parsers/model/service.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';

/**
 * A universe small enough to try: generated terms tell addresses apart only by their last three bits and by lying
 * below, in or above one block of eight; ports and protocols only at a few edges. One value of each class stands for
 * all others, so "for some value" can be tried out.
 */
export const BASE4 = 0x0a0000f8;
export const BASE6 = 0x20010db8_00000000_00000001_000000f8n;
const MAX4 = 0xffffffff;
const MAX6 = (1n << 128n) - 1n;

const LAST = [0, 1, 2, 3, 4, 5, 6, 7];

export const ADDRESSES: Readonly<Record<Family, readonly bigint[]>> = {
  4: [0, BASE4, MAX4 - 7].flatMap((block) => LAST.map((last) => BigInt(block + last))),
  6: [0n, BASE6, MAX6 - 7n].flatMap((block) => LAST.map((last) => block + BigInt(last))),
};
export const PORTS: readonly number[] = [0, 80, 81, 1024, 1883, 1884, 65535];
export const PROTOCOLS: readonly number[] = [0, 6, 7, 17, 18, 255];

const portRanges: fc.Arbitrary<readonly NumberRange[]> = fc.oneof(
  fc.constant(ALL_PORTS),
  fc.subarray(
    [
      { first: 0, last: 80 },
      { first: 1883, last: 1883 },
      { first: 1024, last: 65535 },
      { first: 81, last: 1883 },
    ],
    { minLength: 1 },
  ),
);

const protocolRanges: fc.Arbitrary<readonly NumberRange[]> = fc.oneof(
  fc.constant(ALL_PROTOCOLS),
  fc.subarray(
    [
      { first: 6, last: 6 },
      { first: 17, last: 17 },
      { first: 7, last: 17 },
    ],
    { minLength: 1 },
  ),
);

const serviceSets: fc.Arbitrary<ServiceSet> = fc.array(
  fc.record({ protocols: protocolRanges, sourcePorts: portRanges, destinationPorts: portRanges }),
  { maxLength: 3 },
);

const last = fc.integer({ min: 0, max: 7 });
const sixteen = fc.integer({ min: 1, max: 15 });

const terms: fc.Arbitrary<AddressTerm> = fc.oneof(
  fc.constantFrom<AddressTerm>(ALL4, ALL6),
  fc.tuple(last, last).map(([a, b]): AddressTerm => {
    return { kind: 'range4', first: BASE4 + Math.min(a, b), last: BASE4 + Math.max(a, b) };
  }),
  fc.tuple(last, last).map(([a, b]): AddressTerm => {
    return { kind: 'range6', first: BASE6 + BigInt(Math.min(a, b)), last: BASE6 + BigInt(Math.max(a, b)) };
  }),
  last.map((at): AddressTerm => ({ kind: 'range4', first: 0, last: BASE4 + at })),
  last.map((at): AddressTerm => ({ kind: 'range6', first: BASE6 + BigInt(at), last: MAX6 })),
  fc.tuple(last, sixteen).map(([bits, care]): AddressTerm => wildcard4(BASE4 + bits, care)),
  fc.tuple(last, sixteen).map(([bits, care]): AddressTerm => wildcard6(BASE6 + BigInt(bits), BigInt(care))),
);

/** `care` 1–7: these of the last three bits, anywhere; 8–15: the same inside the block. */
function wildcard4(value: number, care: number): AddressTerm {
  const full = care >= 8 ? (0xfffffff8 | (care & 7)) >>> 0 : care;
  return { kind: 'wildcard4', value: (value & full) >>> 0, care: full };
}

function wildcard6(value: bigint, care: bigint): AddressTerm {
  const full = care >= 8n ? (MAX6 ^ 7n) | (care & 7n) : care;
  return { kind: 'wildcard6', value: value & full, care: full };
}

const addressSets: fc.Arbitrary<AddressSet> = fc.record({
  include: fc.array(terms, { maxLength: 4 }),
  exclude: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(terms, { maxLength: 3 }) },
  ),
});

export const packets: fc.Arbitrary<Packet> = fc.constantFrom<Family>(4, 6).chain((family) =>
  fc.record({
    family: fc.constant(family),
    source: fc.constantFrom(...ADDRESSES[family]),
    destination: fc.constantFrom(...ADDRESSES[family]),
    protocol: fc.constantFrom(...PROTOCOLS),
    sourcePort: fc.constantFrom(...PORTS),
    destinationPort: fc.constantFrom(...PORTS),
  }),
);

/** A set written down: built by the algebra, and decided packet by packet without it. */
export interface Written {
  readonly text: string;
  readonly build: (space: PacketSpace) => PacketSet;
  readonly has: (packet: Packet) => boolean;
}

const leaves: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(addressSets, addressSets, serviceSets).map(([source, destination, service]) => ({
    text: 'box',
    build: (space: PacketSpace) => space.box(source, destination, service),
    has: (packet: Packet) =>
      inAddresses(source, packet.family, packet.source) &&
      inAddresses(destination, packet.family, packet.destination) &&
      inService(service, packet),
  })),
  fc.tuple(addressSets, addressSets, portRanges).map(([source, destination, ports]) => ({
    text: 'flow',
    build: (space: PacketSpace) => space.flow(source, destination, ports),
    has: (packet: Packet) =>
      inAddresses(source, packet.family, packet.source) &&
      inAddresses(destination, packet.family, packet.destination) &&
      inRanges(ports, packet.sourcePort),
  })),
  fc.constantFrom<Family>(4, 6).map((family) => ({
    text: `family ${family}`,
    build: (space: PacketSpace) => space.family(family),
    has: (packet: Packet) => packet.family === family,
  })),
  fc.tuple(fc.constantFrom('source' as const, 'destination' as const), addressSets).map(([field, set]) => ({
    text: `${field} in`,
    build: (space: PacketSpace) => space.addressIn(field, set),
    has: (packet: Packet) => inAddresses(set, packet.family, packet[field]),
  })),
  serviceSets.map((service) => ({
    text: 'service in',
    build: (space: PacketSpace) => space.serviceIn(service),
    has: (packet: Packet) => inService(service, packet),
  })),
  packets.map((one) => ({
    text: 'packet',
    build: (space: PacketSpace) => space.packet(one),
    has: (packet: Packet) => samePacket(one, packet),
  })),
);

/** Sets of any shape. */
export const written: fc.Arbitrary<Written> = fc.letrec<{ set: Written }>((tie) => ({
  set: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaves,
    fc.tuple(tie('set'), tie('set')).map(([a, b]) => ({
      text: `(${a.text} ∪ ${b.text})`,
      build: (space: PacketSpace) => space.union(a.build(space), b.build(space)),
      has: (packet: Packet) => a.has(packet) || b.has(packet),
    })),
    fc.tuple(tie('set'), tie('set')).map(([a, b]) => ({
      text: `(${a.text} ∩ ${b.text})`,
      build: (space: PacketSpace) => space.intersect(a.build(space), b.build(space)),
      has: (packet: Packet) => a.has(packet) && b.has(packet),
    })),
    fc.tuple(tie('set'), tie('set')).map(([a, b]) => ({
      text: `(${a.text} \\ ${b.text})`,
      build: (space: PacketSpace) => space.subtract(a.build(space), b.build(space)),
      has: (packet: Packet) => a.has(packet) && !b.has(packet),
    })),
    tie('set').map((a) => ({
      text: `¬${a.text}`,
      build: (space: PacketSpace) => space.complement(a.build(space)),
      has: (packet: Packet) => !a.has(packet),
    })),
  ),
})).set;

function inAddresses(set: AddressSet, family: Family, address: bigint): boolean {
  const within = (term: AddressTerm): boolean => inTerm(term, family, address);
  return set.include.some(within) && !set.exclude.some(within);
}

export function inTerm(term: AddressTerm, family: Family, address: bigint): boolean {
  if (addressFamily(term) !== family) return false;
  if (term.kind === 'range4' || term.kind === 'range6') {
    return address >= BigInt(term.first) && address <= BigInt(term.last);
  }
  return (address & BigInt(term.care)) === BigInt(term.value);
}

function inService(service: ServiceSet, packet: Packet): boolean {
  return service.some(
    (term) =>
      inRanges(term.protocols, packet.protocol) &&
      inRanges(term.sourcePorts, packet.sourcePort) &&
      inRanges(term.destinationPorts, packet.destinationPort),
  );
}

function inRanges(ranges: readonly NumberRange[], value: number): boolean {
  return ranges.some((range) => value >= range.first && value <= range.last);
}

export function inBox(box: Box, packet: Packet): boolean {
  return (
    box.family === packet.family &&
    box.source.some((term) => inTerm(term, packet.family, packet.source)) &&
    box.destination.some((term) => inTerm(term, packet.family, packet.destination)) &&
    inRanges(box.protocols, packet.protocol) &&
    inRanges(box.sourcePorts, packet.sourcePort) &&
    inRanges(box.destinationPorts, packet.destinationPort)
  );
}

/** The set of a box, built by the algebra. */
export function setOfBox(space: PacketSpace, box: Box): PacketSet {
  return space.box({ include: box.source, exclude: [] }, { include: box.destination, exclude: [] }, [
    { protocols: box.protocols, sourcePorts: box.sourcePorts, destinationPorts: box.destinationPorts },
  ]);
}

function samePacket(a: Packet, b: Packet): boolean {
  return (
    a.family === b.family &&
    a.source === b.source &&
    a.destination === b.destination &&
    a.protocol === b.protocol &&
    a.sourcePort === b.sourcePort &&
    a.destinationPort === b.destinationPort
  );
}
