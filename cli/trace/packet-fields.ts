import type { Packet } from '../../checks/packet-space/packet.ts';
import { parseIp4, parseIp6 } from '../../parsers/model/parse-address.ts';
import { icmpSelector, PROTOCOL, PROTOCOLS_WITH_PORTS } from '../../parsers/model/service.ts';
import { protocolNumber } from './protocols.ts';

/** The fields of one packet as the user wrote them; empty where not given. */
export interface PacketFields {
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly destination: string;
  /** A port; for ICMP a type, or a type and a code: `8`, `3/1`. */
  readonly destinationPort: string;
  /** Empty: the first packet; else a session that turns out to be this application. */
  readonly application: string;
}

export type PacketResult =
  | {
      readonly kind: 'packet';
      readonly packet: Packet;
      /** The source port was left open: the packet carries a stand-in, and the answer must hold for every high port. */
      readonly anySourcePort: boolean;
    }
  | Problem;

/** Why what the user wrote names nothing. */
export interface Problem {
  readonly kind: 'problem';
  readonly message: string;
}

export function problem(message: string): Problem {
  return { kind: 'problem', message };
}

/** Ports that clients pick for themselves; below are the well-known ones (RFC 6335 §6). */
export const HIGH_PORTS = { first: 1024, last: 65535 } as const;
/** The first dynamic port of RFC 6335 §6: stands for any high port. */
const STAND_IN_PORT = 49152;
/** Echo request (RFC 792, RFC 4443), for ICMP without a type. */
const ECHO_REQUEST = { v4: 8, v6: 128 } as const;

export function toPacket(fields: PacketFields): PacketResult {
  const source = address(fields.source);
  if (source === undefined) return problem(`source ${quoted(fields.source)} is not an IPv4 or IPv6 address`);
  const destination = address(fields.destination);
  if (destination === undefined) {
    return problem(`destination ${quoted(fields.destination)} is not an IPv4 or IPv6 address`);
  }
  if (source.family !== destination.family) return problem('source and destination are of different IP versions');
  const { family } = source;
  const protocol =
    fields.protocol.toLowerCase() === 'icmp' && family === 6 ? PROTOCOL.icmp6 : protocolNumber(fields.protocol);
  if (protocol === undefined) {
    return problem(`protocol ${quoted(fields.protocol)} is neither a known name nor a number from 0 to 255`);
  }
  const ports = portsOf(fields, protocol);
  if ('kind' in ports) return ports;
  const packet = { family, source: source.value, destination: destination.value, protocol, ...ports.fields };
  return { kind: 'packet', packet, anySourcePort: ports.anySourcePort };
}

interface Ports {
  readonly fields: Pick<Packet, 'sourcePort' | 'destinationPort'>;
  readonly anySourcePort: boolean;
}

function portsOf({ sourcePort, destinationPort }: PacketFields, protocol: number): Ports | Problem {
  if (protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmp6) {
    if (sourcePort !== '') return problem('ICMP has no source port');
    const selector = icmp(destinationPort, protocol);
    if (selector === undefined)
      return problem(`ICMP type ${quoted(destinationPort)} is not TYPE or TYPE/CODE, 0 to 255`);
    return { fields: { sourcePort: 0, destinationPort: selector }, anySourcePort: false };
  }
  if (!PROTOCOLS_WITH_PORTS.includes(protocol)) {
    if (sourcePort !== '' || destinationPort !== '') return problem(`IP protocol ${protocol} has no ports`);
    return { fields: { sourcePort: 0, destinationPort: 0 }, anySourcePort: false };
  }
  const to = port(destinationPort);
  if (to === undefined) return problem(`destination port ${quoted(destinationPort)} is not a number from 0 to 65535`);
  if (sourcePort === '') return { fields: { sourcePort: STAND_IN_PORT, destinationPort: to }, anySourcePort: true };
  const from = port(sourcePort);
  if (from === undefined) return problem(`source port ${quoted(sourcePort)} is not a number from 0 to 65535`);
  return { fields: { sourcePort: from, destinationPort: to }, anySourcePort: false };
}

function address(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
  const ip4 = parseIp4(text);
  if (ip4 !== undefined) return { family: 4, value: BigInt(ip4) };
  const ip6 = parseIp6(text);
  return ip6 === undefined ? undefined : { family: 6, value: ip6 };
}

function port(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

function icmp(text: string, protocol: number): number | undefined {
  if (text === '') return icmpSelector(protocol === PROTOCOL.icmp ? ECHO_REQUEST.v4 : ECHO_REQUEST.v6, 0).first;
  const match = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(text);
  const type = Number(match?.[1] ?? Number.NaN);
  const code = Number(match?.[2] ?? 0);
  return type <= 255 && code <= 255 ? icmpSelector(type, code).first : undefined;
}

function quoted(text: string): string {
  return text === '' ? '(none)' : `"${text}"`;
}
