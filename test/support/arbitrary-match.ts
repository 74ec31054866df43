/**
 * Random matches over a universe so small that trying every packet of `packetsOf` tells all sets apart that a match
 * can name.
 */
import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import type { Condition, ConditionKind } from '../../parsers/model/condition.ts';
import type { PacketMatch, Tri } from '../../parsers/model/rule.ts';
import type { ServiceTerm } from '../../parsers/model/service.ts';
import type { Span } from '../../parsers/source.ts';
import type { OraclePacket } from './oracle.ts';
import * as fc from 'fast-check';
import { ALL4, ALL6, masked4, masked6, range4, range6 } from '../../parsers/model/address.ts';
import { exactly } from '../../parsers/model/rule.ts';
import { ALL_PORTS, ALL_PROTOCOLS, PROTOCOL, icmpSelector, single } from '../../parsers/model/service.ts';

export interface Service {
  readonly protocol: number;
  readonly port: number;
}

/** The services that random matches name. */
export const SERVICES: readonly Service[] = [
  { protocol: PROTOCOL.tcp, port: 1883 },
  { protocol: PROTOCOL.tcp, port: 8883 },
  { protocol: PROTOCOL.udp, port: 1883 },
  { protocol: PROTOCOL.icmp, port: 8 * 256 },
  { protocol: PROTOCOL.gre, port: 0 },
];

const BASE4 = 0x0a000000;
const BASE6 = 0x20010db8_00000000_00000000_00000000n;
const OUTSIDE = { 4: 0xc0000201n, 6: 0x20010db9_00000000_00000000_00000001n } as const;
const SOURCE_PORTS = [1000, 1024, 49152] as const;
/** Addresses `BASE` … `BASE + SIZE - 1` can be told apart; all others are alike. */
const SIZE = 4;

/** One packet of each kind that matches tell apart, for one service. */
export function packetsOf(family: Family, { protocol, port }: Service): OraclePacket[] {
  const base = family === 4 ? BigInt(BASE4) : BASE6;
  const addresses = [...Array.from({ length: SIZE }, (_, offset) => base + BigInt(offset)), OUTSIDE[family]];
  return addresses.flatMap((source) =>
    addresses.flatMap((destination) =>
      SOURCE_PORTS.map((sourcePort) => ({ family, source, destination, protocol, sourcePort, destinationPort: port })),
    ),
  );
}

let lines = 0;

/** A place of its own, so that no two random facts are one. */
export function freshSpan(): Span {
  lines += 1;
  return { source: 'random', line: lines, column: 1, endColumn: 2 };
}

/** The value once in `times`, else undefined. (`fc.option` leaves out once in `freq`.) */
export function rarely<T>(value: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

const offset = fc.nat({ max: SIZE - 1 });

/** `size` neighbouring addresses of a family. */
export function addressRun(family: Family, size: number): fc.Arbitrary<AddressTerm> {
  return fc.nat({ max: SIZE - size }).map((first) => {
    if (family === 4) return range4(BASE4 + first, BASE4 + first + size - 1);
    return range6(BASE6 + BigInt(first), BASE6 + BigInt(first + size - 1));
  });
}

/** Any address, runs of them, and bit patterns. */
const addressTerm: fc.Arbitrary<AddressTerm> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<AddressTerm>(ALL4, ALL6) },
  { weight: 4, arbitrary: fc.tuple(offset, offset).map(([a, b]) => range4(BASE4 + a, BASE4 + b)) },
  { weight: 2, arbitrary: fc.tuple(offset, offset).map(([a, b]) => range6(BASE6 + BigInt(a), BASE6 + BigInt(b))) },
  {
    weight: 2,
    arbitrary: fc.tuple(offset, offset).map(([value, free]) => masked4(BASE4 + value, ~free >>> 0)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(offset, offset)
      .map(([value, free]) => masked6(BASE6 + BigInt(value), ((1n << 128n) - 1n) ^ BigInt(free))),
  },
);

export const addressSet: fc.Arbitrary<AddressSet> = fc.record({
  include: fc.oneof(
    { weight: 1, arbitrary: fc.constant([ALL4, ALL6]) },
    { weight: 3, arbitrary: fc.array(addressTerm, { minLength: 1, maxLength: 3 }) },
  ),
  exclude: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(addressTerm, { minLength: 1, maxLength: 2 }) },
  ),
});

const ports = fc.constantFrom([single(1883)], [{ first: 1024, last: 8883 }], ALL_PORTS, [single(8883), single(53)]);
const sourcePorts = fc.constantFrom(ALL_PORTS, ALL_PORTS, [{ first: 1024, last: 65535 }], [single(49152)]);

const serviceTerm: fc.Arbitrary<ServiceTerm> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constant({ protocols: ALL_PROTOCOLS, sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      protocols: fc.constantFrom([single(6)], [single(6)], [single(17)], [single(6), single(17)]),
      sourcePorts,
      destinationPorts: ports,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      protocols: [single(PROTOCOL.icmp)],
      sourcePorts: ALL_PORTS,
      destinationPorts: [icmpSelector(8)],
    }),
  },
);

const serviceSet = fc.array(serviceTerm, { minLength: 1, maxLength: 2 });

/** Conditions of the given kinds; two names, so that some of them are one fact. */
export function conditionsOf(kinds: readonly ConditionKind[], maxLength: number): fc.Arbitrary<Condition[]> {
  const name = fc.constantFrom('A', 'B');
  const one = fc.tuple(fc.constantFrom(...kinds), name);
  return fc
    .array(one, { minLength: 1, maxLength })
    .map((chosen) => chosen.map(([kind, name]) => ({ kind, name, span: freshSpan() })));
}

function tri<T>(may: fc.Arbitrary<T>, narrow: (value: T) => T, kinds: readonly ConditionKind[]): fc.Arbitrary<Tri<T>> {
  return fc.oneof(
    { weight: 5, arbitrary: may.map(exactly) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(may, conditionsOf(kinds, 2))
        .map(([value, conditions]) => ({ must: narrow(value), may: value, conditions })),
    },
  );
}

/** Part of the terms: at most what the whole has. */
function narrowAddresses({ include, exclude }: AddressSet): AddressSet {
  return { include: include.slice(1), exclude };
}

const ADDRESS_CONDITIONS: readonly ConditionKind[] = ['fqdn', 'undefined-reference'];
const SERVICE_CONDITIONS: readonly ConditionKind[] = ['time-range', 'application'];

export const packetMatch: fc.Arbitrary<PacketMatch> = fc
  .record({
    source: tri(addressSet, narrowAddresses, ADDRESS_CONDITIONS),
    destination: tri(addressSet, narrowAddresses, ADDRESS_CONDITIONS),
    service: tri(serviceSet, (terms) => terms.slice(1), SERVICE_CONDITIONS),
    never: rarely(fc.constant('only later packets'), 20),
  })
  .map(({ never, ...match }) => (never === undefined ? match : { ...match, never }));
