import type { Family } from '../../parsers/model/address.ts';

/** One packet: the first of a new connection (TCP SYN, first UDP datagram), not a fragment, no IP options. */
export interface Packet {
  readonly family: Family;
  /** IPv4 as an unsigned 32-bit value, IPv6 as a 128-bit value. */
  readonly source: bigint;
  readonly destination: bigint;
  /** IP protocol number. */
  readonly protocol: number;
  readonly sourcePort: number;
  /** Destination port; for ICMP and ICMPv6 the selector `type * 256 + code`. */
  readonly destinationPort: number;
}
