import { PROTOCOL, type NumberRange, type ServiceSet, type ServiceTerm } from '../model/service.ts';

const TCP: readonly NumberRange[] = [{ first: PROTOCOL.tcp, last: PROTOCOL.tcp }];
const UDP: readonly NumberRange[] = [{ first: PROTOCOL.udp, last: PROTOCOL.udp }];
const NEITHER: readonly NumberRange[] = [
  { first: 0, last: PROTOCOL.tcp - 1 },
  { first: PROTOCOL.tcp + 1, last: PROTOCOL.udp - 1 },
  { first: PROTOCOL.udp + 1, last: 255 },
];

/** The packets of a set that are TCP. */
export function tcpOf(set: ServiceSet): ServiceSet {
  return ofProtocols(set, TCP);
}

/** The packets of a set that are UDP. */
export function udpOf(set: ServiceSet): ServiceSet {
  return ofProtocols(set, UDP);
}

/** The packets of a set that are neither TCP nor UDP: ICMP, GRE, ESP, … */
export function neitherTcpNorUdpOf(set: ServiceSet): ServiceSet {
  return ofProtocols(set, NEITHER);
}

function ofProtocols(set: ServiceSet, allowed: readonly NumberRange[]): ServiceSet {
  return set.flatMap((term): ServiceTerm[] => {
    const protocols = inBoth(term.protocols, allowed);
    return protocols.length === 0 ? [] : [{ ...term, protocols }];
  });
}

/** The packets that are in both sets. */
export function inBothSets(left: ServiceSet, right: ServiceSet): ServiceSet {
  return left.flatMap((one) =>
    right.flatMap((other): ServiceTerm[] => {
      const protocols = inBoth(one.protocols, other.protocols);
      const sourcePorts = inBoth(one.sourcePorts, other.sourcePorts);
      const destinationPorts = inBoth(one.destinationPorts, other.destinationPorts);
      const isEmpty = protocols.length === 0 || sourcePorts.length === 0 || destinationPorts.length === 0;
      return isEmpty ? [] : [{ protocols, sourcePorts, destinationPorts }];
    }),
  );
}

function inBoth(left: readonly NumberRange[], right: readonly NumberRange[]): readonly NumberRange[] {
  return left.flatMap((one) =>
    right.flatMap((other): NumberRange[] => {
      const [first, last] = [Math.max(one.first, other.first), Math.min(one.last, other.last)];
      return first > last ? [] : [{ first, last }];
    }),
  );
}
