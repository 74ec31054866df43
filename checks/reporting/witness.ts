import { addressFamily, addresses, range4, range6, type AddressSet, type Family } from '../../parsers/model/address.ts';
import type { Crossing, Device, InterfaceAddress, Segment } from '../../parsers/model/device.ts';
import { ANY_ADDRESS } from '../../parsers/model/address.ts';
import { formatIp, protocolName } from '../../parsers/model/format.ts';
import type { StaticTranslation } from '../../parsers/model/nat.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { EXAMPLE_OUTSIDE, publicAddresses } from '../data/reserved-networks.ts';
import type { EvaluationContract, Trace } from '../evaluate/evaluation.ts';
import type { Confidence, Witness } from '../finding.ts';
import type { Packet } from '../packet-space/packet.ts';
import type { AddressField, PacketSet } from '../packet-space/packet-space.ts';
import type { TargetSet } from './flow-text.ts';

const EPHEMERAL = [{ first: 49152, last: 65535 }];

/**
 * A packet of the set as it would arrive on the wire: from the outside, to a host that the text places behind the
 * other side, with an ephemeral source port, as far as the set has such packets. A trace of it gives the finding's
 * answer; where none is found that does, there is no witness.
 */
export function witnessOf(
  evaluation: EvaluationContract,
  boundary: Boundary,
  { target, set }: TargetSet,
  confidence: Confidence,
): Witness | undefined {
  const { device, space } = evaluation;
  const picked = space.witness(set, preferences(evaluation, boundary));
  if (picked === undefined) return undefined;
  const { protocol, port } = target.slice;
  const packet: Packet = { ...picked, protocol, destinationPort: port };
  const wanted = confidence === 'definite' ? 'permit' : 'unknown';
  const candidates = [...beforeTranslation(device, boundary.crossings[0], packet), packet];
  const verdicts = candidates.map((candidate) => evaluation.trace(boundary.evaluated, candidate).verdict);
  const same = candidates[verdicts.indexOf(wanted)];
  const chosen = same ?? candidates.find((_, index) => verdicts[index] !== 'deny');
  if (chosen === undefined) return undefined;
  return { ...witnessText(chosen), ...(target.application === undefined ? {} : { application: target.application }) };
}

/** What the path does with one packet of the set, picked as a witness is. */
export function exampleTrace(
  evaluation: EvaluationContract,
  boundary: Boundary,
  { target, set }: TargetSet,
): Trace | undefined {
  const picked = evaluation.space.witness(set, preferences(evaluation, boundary));
  if (picked === undefined) return undefined;
  const { protocol, port } = target.slice;
  return evaluation.trace(boundary.evaluated, { ...picked, protocol, destinationPort: port });
}

function witnessText(packet: Packet): Witness {
  return {
    protocol: protocolName(packet.protocol),
    source: formatIp(packet.family, packet.source),
    sourcePort: packet.sourcePort,
    destination: formatIp(packet.family, packet.destination),
    destinationPort: packet.destinationPort,
  };
}

function preferences({ device, space }: EvaluationContract, boundary: Boundary): PacketSet[] {
  const { direction, crossings } = boundary;
  const [{ from, to }] = crossings;
  const outside = (field: AddressField): PacketSet[] => [
    space.addressIn(field, EXAMPLE_OUTSIDE),
    space.union(space.addressIn(field, publicAddresses(4)), space.addressIn(field, publicAddresses(6))),
  ];
  const inside = (field: AddressField, name: string): PacketSet[] =>
    behind(device, name).map((set) => space.addressIn(field, set));
  return [
    space.family(4),
    ...(direction === 'egress' ? outside('destination') : inside('destination', to)),
    ...(direction === 'exposure' ? outside('source') : inside('source', from)),
    space.flow(ANY_ADDRESS, ANY_ADDRESS, EPHEMERAL),
  ];
}

/** Hosts that the text places behind a segment: on its connected networks, else where its static routes lead. */
function behind(device: Device, name: string): AddressSet[] {
  const segment = device.segments.find((candidate) => candidate.name === name);
  if (segment === undefined) return [];
  const connected = connectedHosts(segment);
  const routed = device.routes.filter(({ segment: via }) => via === name).map(({ destination }) => destination);
  return [...(connected.include.length > 0 ? [connected] : []), ...(routed.length > 0 ? [addresses(...routed)] : [])];
}

function connectedHosts(segment: Segment): AddressSet {
  const own = segment.interfaces.flatMap((port) => port.addresses);
  const networks = own.flatMap(hostsBeside);
  return { include: networks.flatMap(({ include }) => include), exclude: networks.flatMap(({ exclude }) => exclude) };
}

/** The other hosts of an address's network, without network and broadcast address where it has them. */
function hostsBeside({ family, address, prefixLength }: InterfaceAddress): AddressSet[] {
  const bits = BigInt((family === 4 ? 32 : 128) - prefixLength);
  if (bits === 0n) return [];
  const own = BigInt(address);
  const first = (own >> bits) << bits;
  const last = first + (1n << bits) - 1n;
  const ends = bits > 1n ? 1n : 0n;
  const range = (low: bigint, high: bigint) => (family === 4 ? range4(Number(low), Number(high)) : range6(low, high));
  return [{ include: [range(first + ends, last - ends)], exclude: [range(own, own)] }];
}

/** Where rules compare real addresses, the packet on the wire has the translated ones. */
function beforeTranslation(device: Device, crossing: Crossing, packet: Packet): Packet[] {
  if (device.addressView !== 'real') return [];
  return crossing.steps.flatMap((step) => {
    if (step.kind !== 'translation' || step.translation.kind !== 'static-destination') return [];
    const before = undo(step.translation, packet);
    return before === undefined ? [] : [before];
  });
}

function undo({ from, to, port }: StaticTranslation, packet: Packet): Packet | undefined {
  if (from.kind === 'wildcard4' || from.kind === 'wildcard6' || to.kind === 'wildcard4' || to.kind === 'wildcard6') {
    return undefined;
  }
  const family: Family = addressFamily(to);
  const offset = packet.destination - BigInt(to.first);
  if (family !== packet.family || offset < 0n || packet.destination > BigInt(to.last)) return undefined;
  if (port !== undefined && port.to !== packet.destinationPort) return undefined;
  const destination = BigInt(from.first) + offset;
  return { ...packet, destination, destinationPort: port?.from ?? packet.destinationPort };
}
