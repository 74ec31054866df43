/** Inclusive range of whole numbers: ports, protocol numbers, ICMP selectors. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Packets by IP protocol number and, for protocols that have them, ports.
 *
 * `destinationPorts` of ICMP (1) and ICMPv6 (58) hold the selector `type * 256 + code` instead; their `sourcePorts`
 * are free. A term that narrows ports or a selector names only protocols that have them; for all other protocols both
 * fields are the full range.
 */
export interface ServiceTerm {
  readonly protocols: readonly NumberRange[];
  readonly sourcePorts: readonly NumberRange[];
  readonly destinationPorts: readonly NumberRange[];
}

/** The packets in some term. Empty: none. */
export type ServiceSet = readonly ServiceTerm[];

export const ALL_PORTS: readonly NumberRange[] = [{ first: 0, last: 65535 }];
export const ALL_PROTOCOLS: readonly NumberRange[] = [{ first: 0, last: 255 }];

/** Every packet of every protocol. */
export const ANY_SERVICE: ServiceSet = [
  { protocols: ALL_PROTOCOLS, sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS },
];

/** IP protocol numbers the model speaks of by name (IANA protocol-numbers). */
export const PROTOCOL = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmp6: 58,
  sctp: 132,
} as const;

/** Protocols whose headers begin with a source and a destination port (TCP, UDP, DCCP, SCTP, UDP-Lite). */
export const PROTOCOLS_WITH_PORTS: readonly number[] = [6, 17, 33, 132, 136];

/** One number as a range. */
export function single(value: number): NumberRange {
  return { first: value, last: value };
}

/** A term of one protocol with all ports, to be narrowed by the caller. */
export function protocolTerm(protocol: number): ServiceTerm {
  return { protocols: [single(protocol)], sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS };
}

/** Lowest and highest ICMP selector of a type, or of one code of it. Selector = type × 256 + code. */
export function icmpSelector(type: number, code?: number): NumberRange {
  return code === undefined ? { first: type * 256, last: type * 256 + 255 } : single(type * 256 + code);
}
