import type { AddressSet, AddressTerm } from '../../parsers/model/address.ts';
import {
  formatAddressSet,
  formatIcmpSelectors,
  formatPortRanges,
  formatProtocols,
} from '../../parsers/model/format.ts';
import { ALL_PORTS, ALL_PROTOCOLS, PROTOCOL, single, type NumberRange } from '../../parsers/model/service.ts';
import type { Slice } from '../evaluate/slice.ts';
import type { FlowDescription, FlowText } from '../finding.ts';
import type { Box, PacketSet, PacketSpace } from '../packet-space/packet-space.ts';

/** Rows of a flow description; a set with more parts is cut and says so. */
const MAX_ROWS = 24;

/** What a set was computed for: one service, or ports that all behave like `slice.port`. */
export interface Target {
  /** Catalogue name; absent for ports that are no service. */
  readonly service?: string;
  /** Absent: `otherProtocols`, or every protocol and port. */
  readonly protocol?: 'tcp' | 'udp';
  /** Protocols that all behave like that of the slice; none of them is TCP or UDP. */
  readonly otherProtocols?: readonly NumberRange[];
  readonly ports: readonly NumberRange[];
  readonly slice: Slice;
  /** Sessions of this application are meant, not first packets alone. */
  readonly application?: string;
  /** Packets to these addresses only: a translation forwards them to the service, on port `forwardedTo`. */
  readonly destinations?: AddressSet;
  readonly forwardedTo?: number;
}

/** Packets of a target, over family, addresses and source port. */
export interface TargetSet {
  readonly target: Target;
  readonly set: PacketSet;
}

/** Targets with the same packets share their rows; rows come in the order of the targets. */
export function describeFlows(space: PacketSpace, sets: readonly TargetSet[]): FlowDescription {
  const flows: FlowText[] = [];
  let truncated = false;
  const alike = Map.groupBy(sets, ({ target, set }) => `${protocolText(target)} ${set}`);
  for (const group of alike.values()) {
    const [first] = group;
    const room = MAX_ROWS - flows.length;
    if (first === undefined || space.isEmpty(first.set)) continue;
    if (room <= 0) return { flows, truncated: true };
    const description = space.describe(first.set, room);
    const ports = group.flatMap(({ target }) => target.ports);
    flows.push(...description.boxes.map((box) => rowOf(box, first.target, ports)));
    truncated ||= description.truncated;
  }
  return { flows, truncated };
}

function rowOf(box: Box, target: Target, ports: readonly NumberRange[]): FlowText {
  return {
    family: box.family,
    source: addressTexts(box.source),
    destination: addressTexts(box.destination),
    protocol: protocolText(target),
    sourcePort: formatPortRanges(box.sourcePorts),
    destinationPort: portTexts(target, ports),
  };
}

/** `tcp`, `icmp`, `gre, esp`; `ip` for every protocol. */
export function protocolText({ protocol, otherProtocols = ALL_PROTOCOLS }: Target): string {
  return protocol ?? formatProtocols(otherProtocols).join(', ');
}

/** Ports of a target, or of several alike ones: as selectors where they are those of ICMP. */
export function portTexts({ protocol, otherProtocols, slice }: Target, ports: readonly NumberRange[]): string[] {
  if (protocol === undefined && otherProtocols === undefined) return formatPortRanges(ALL_PORTS);
  const isIcmp = slice.protocol === PROTOCOL.icmp || slice.protocol === PROTOCOL.icmp6;
  return isIcmp ? formatIcmpSelectors(ports) : formatPortRanges(ports);
}

function addressTexts(terms: readonly AddressTerm[]): string[] {
  return formatAddressSet({ include: terms, exclude: [] }).map((text) =>
    text === '0.0.0.0/0' || text === '::/0' ? 'any' : text,
  );
}

/** A service of the catalogue as a target. */
export function serviceTarget(service: { name: string; protocol: 'tcp' | 'udp'; port: number }): Target {
  return {
    service: service.name,
    protocol: service.protocol,
    ports: [single(service.port)],
    slice: { protocol: service.protocol === 'tcp' ? 6 : 17, port: service.port },
  };
}
