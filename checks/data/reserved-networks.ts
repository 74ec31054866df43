import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import { addresses, prefix4, prefix6, range4, range6 } from '../../parsers/model/address.ts';

/** A block of addresses that no host on the public internet has. */
interface ReservedNetwork {
  readonly network: AddressTerm;
  readonly name: string;
  /** The document that reserves it. */
  readonly source: string;
}

function v4(a: number, b: number, c: number, d: number, length: number, name: string, source: string): ReservedNetwork {
  return { network: prefix4(((a << 24) | (b << 16) | (c << 8) | d) >>> 0, length), name, source };
}

/** `groups` are the leading 16-bit groups of the prefix; the rest is zero. */
function v6(groups: readonly number[], length: number, name: string, source: string): ReservedNetwork {
  const address = groups.reduce((sum, group, index) => sum | (BigInt(group) << BigInt(112 - 16 * index)), 0n);
  return { network: prefix6(address, length), name, source };
}

/**
 * Blocks that are not globally reachable according to the IANA IPv4 and IPv6 Special-Purpose Address Registries
 * (RFC 6890, state of 2025-10-09), with multicast and the reserved class E beside them.
 */
const RESERVED_NETWORKS: readonly ReservedNetwork[] = [
  v4(0, 0, 0, 0, 8, 'this network', 'RFC 791 §3.2'),
  v4(10, 0, 0, 0, 8, 'private use', 'RFC 1918'),
  v4(100, 64, 0, 0, 10, 'shared address space', 'RFC 6598'),
  v4(127, 0, 0, 0, 8, 'loopback', 'RFC 1122 §3.2.1.3'),
  v4(169, 254, 0, 0, 16, 'link local', 'RFC 3927'),
  v4(172, 16, 0, 0, 12, 'private use', 'RFC 1918'),
  v4(192, 0, 0, 0, 24, 'IETF protocol assignments', 'RFC 6890 §2.1'),
  v4(192, 0, 2, 0, 24, 'documentation', 'RFC 5737'),
  v4(192, 168, 0, 0, 16, 'private use', 'RFC 1918'),
  v4(198, 18, 0, 0, 15, 'benchmarking', 'RFC 2544'),
  v4(198, 51, 100, 0, 24, 'documentation', 'RFC 5737'),
  v4(203, 0, 113, 0, 24, 'documentation', 'RFC 5737'),
  v4(224, 0, 0, 0, 4, 'multicast', 'RFC 5771'),
  v4(240, 0, 0, 0, 4, 'reserved, limited broadcast', 'RFC 1112 §4, RFC 8190'),
  v6([], 8, 'unspecified, loopback, IPv4-mapped, translation', 'RFC 4291, RFC 6052, RFC 8215'),
  v6([0x0100], 64, 'discard only', 'RFC 6666'),
  v6([0x2001], 23, 'IETF protocol assignments', 'RFC 2928'),
  v6([0x2001, 0x0db8], 32, 'documentation', 'RFC 3849'),
  v6([0x2002], 16, '6to4', 'RFC 3056'),
  v6([0x3fff], 20, 'documentation', 'RFC 9637'),
  v6([0x5f00], 16, 'segment routing SIDs', 'RFC 9602'),
  v6([0xfc00], 7, 'unique local', 'RFC 4193'),
  v6([0xfe80], 10, 'link local', 'RFC 4291'),
  v6([0xff00], 8, 'multicast', 'RFC 4291'),
];

/** Private use (RFC 1918) and unique local (RFC 4193) addresses. */
export const PRIVATE_NETWORKS: readonly AddressTerm[] = RESERVED_NETWORKS.filter(
  ({ name }) => name === 'private use' || name === 'unique local',
).map(({ network }) => network);

const GLOBAL_UNICAST_6 = prefix6(0x2000n << 112n, 3);

/**
 * Addresses that hosts on the public internet have: IPv4 outside the reserved blocks; of IPv6 what IANA hands out
 * (2000::/3, RFC 4291 §2.4) outside of them.
 */
export function publicAddresses(family: Family): AddressSet {
  const exclude = RESERVED_NETWORKS.map(({ network }) => network);
  return family === 4
    ? { include: [range4(0, 0xffffffff)], exclude: exclude.filter(({ kind }) => kind === 'range4') }
    : { include: [GLOBAL_UNICAST_6], exclude: exclude.filter(({ kind }) => kind === 'range6') };
}

/** Documentation addresses that stand for "some host out there" in witness packets (RFC 5737, RFC 3849). */
export const EXAMPLE_OUTSIDE: AddressSet = addresses(
  range4(0xc6336407, 0xc63364fe),
  range6((0x2001_0db8n << 96n) | (0xffffn << 80n) | 7n, (0x2001_0db8n << 96n) | (0xffffn << 80n) | 0xfffen),
);
