import type { PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Slice } from '../../checks/evaluate/slice.ts';
import { ALL4, addresses, type AddressSet, range4, range6 } from '../../parsers/model/address.ts';
import {
  ALL_PORTS,
  ANY_SERVICE,
  icmpSelector,
  type NumberRange,
  PROTOCOLS_WITH_PORTS,
  single,
} from '../../parsers/model/service.ts';
import { readIp } from '../support/read-ip.ts';

/** The packets that a row speaks of: `any` and an empty field stand for every value. */
export interface Asked {
  readonly set: PacketSet;
  /** Protocol and port where the row fixes both; else all have to be looked at. */
  readonly slice: Slice | undefined;
}

export interface RowFields {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: string;
  readonly destinationPort: string;
  readonly icmp: { readonly type: number; readonly code?: number } | undefined;
}

const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmp6: 58,
  ospf: 89,
  sctp: 132,
};

/** Undefined when a field is not understood. `any` addresses are IPv4 addresses: the tables ask about nothing else. */
export function askedSet(space: PacketSpace, row: RowFields): Asked | undefined {
  const source = addressesOf(row.source);
  const destination = addressesOf(row.destination);
  if (source === undefined || destination === undefined) return undefined;
  if (row.protocol === 'any') return { set: space.box(source, destination, ANY_SERVICE), slice: undefined };
  const protocol = PROTOCOL_NUMBERS[row.protocol];
  if (protocol === undefined) return undefined;
  const withPorts = PROTOCOLS_WITH_PORTS.includes(protocol);
  const sourcePorts = withPorts ? portsOf(row.sourcePort) : ALL_PORTS;
  const destinationPorts = withPorts ? portsOf(row.destinationPort) : selectors(row.icmp);
  if (sourcePorts === undefined || destinationPorts === undefined) return undefined;
  const set = space.box(source, destination, [{ protocols: [single(protocol)], sourcePorts, destinationPorts }]);
  const [port, second] = destinationPorts;
  const fixed = port !== undefined && second === undefined && port.first === port.last;
  return { set, slice: fixed ? { protocol, port: port.first } : undefined };
}

function addressesOf(text: string): AddressSet | undefined {
  if (text === '' || text === 'any') return addresses(ALL4);
  const ip = readIp(text);
  if (ip === undefined) return undefined;
  return addresses(ip.family === 4 ? range4(Number(ip.value), Number(ip.value)) : range6(ip.value, ip.value));
}

function portsOf(text: string): readonly NumberRange[] | undefined {
  if (text === '' || text === 'any') return ALL_PORTS;
  return /^\d+$/u.test(text) ? [single(Number(text))] : undefined;
}

function selectors(icmp: RowFields['icmp']): readonly NumberRange[] {
  return icmp === undefined ? ALL_PORTS : [icmpSelector(icmp.type, icmp.code)];
}
