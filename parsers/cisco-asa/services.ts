import type { NumberRange, ServiceSet, ServiceTerm } from '../model/service.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, icmpSelector, protocolTerm, PROTOCOLS_WITH_PORTS, single } from '../model/service.ts';
import { exactly } from '../model/rule.ts';
import { isPortOperator, readPorts } from '../cisco/ports.ts';
import { icmp6Type, icmpType, protocolNumber, tcpPort, udpPort } from '../cisco/names.ts';

/** A service expression with the objects it used. */
export interface Services {
  readonly tri: Tri<ServiceSet>;
  readonly uses: readonly ObjectUse[];
}

/** Ports of a service group in a port position. */
export interface Ports {
  readonly tri: Tri<readonly NumberRange[]>;
  readonly uses: readonly ObjectUse[];
}

/** A port by name or number for TCP, UDP, or whichever of the two knows the name. */
export type PortReader = (word: string) => number | undefined;

const readTcp: PortReader = (word) => tcpPort('asa', word);
const readUdp: PortReader = (word) => udpPort('asa', word);
const readEither: PortReader = (word) => tcpPort('asa', word) ?? udpPort('asa', word);

export function portReader(transport: string | undefined): PortReader {
  return transport === 'tcp' || transport === 'sctp' ? readTcp : transport === 'udp' ? readUdp : readEither;
}

const TRANSPORTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['tcp', [6]],
  ['udp', [17]],
  ['tcp-udp', [6, 17]],
  ['sctp', [132]],
]);

/** What a `service` statement says, or the index of the first word that is not understood. */
export type ServiceRead =
  | { readonly ok: true; readonly set: ServiceSet; readonly swapped: boolean }
  | { readonly ok: false; readonly at: number };

/**
 * Reads `PROTOCOL [source OP PORTS] [[destination] OP PORTS]` or `icmp TYPE [CODE]` from `words[from]`, as after
 * `service` in `object service` and after `service-object`. Ports without a word are destination ports.
 */
export function readService(words: readonly string[], from: number): ServiceRead {
  const name = words[from];
  if (name === undefined) return { ok: false, at: from };
  const transport = TRANSPORTS.get(name) ?? numberedTransport(name);
  if (transport !== undefined) return readTransport(words, from, transport);
  const protocol = protocolNumber('asa', name);
  if (protocol === undefined) return { ok: false, at: from };
  if (protocol === 'any') return rest(words, from + 1, ANY_SERVICE);
  if (protocol !== 1 && protocol !== 58) return rest(words, from + 1, [protocolTerm(protocol)]);
  return readIcmp(words, from + 1, protocol);
}

function numberedTransport(word: string): readonly number[] | undefined {
  return word === '6' ? [6] : word === '17' ? [17] : word === '132' ? [132] : undefined;
}

function rest(words: readonly string[], at: number, set: ServiceSet): ServiceRead {
  return isEnd(words, at) ? { ok: true, set, swapped: false } : { ok: false, at };
}

/** Nothing more, or only a comment that someone wrote behind the statement. */
function isEnd(words: readonly string[], at: number): boolean {
  return words[at] === undefined || words[at] === '!';
}

function readIcmp(words: readonly string[], at: number, protocol: number): ServiceRead {
  if (isEnd(words, at)) return { ok: true, set: [protocolTerm(protocol)], swapped: false };
  const message = protocol === 1 ? icmpType('asa', words[at] ?? '') : icmp6Type('asa', words[at] ?? '');
  if (message === undefined) return { ok: false, at };
  const code = isEnd(words, at + 1) ? message.code : codeOf(words[at + 1]);
  if (code === undefined && !isEnd(words, at + 1)) return { ok: false, at: at + 1 };
  const set = [{ ...protocolTerm(protocol), destinationPorts: [icmpSelector(message.type, code)] }];
  return rest(words, isEnd(words, at + 1) ? at + 1 : at + 2, set);
}

export function codeOf(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,3}$/.test(word) && Number(word) <= 255 ? Number(word) : undefined;
}

function readTransport(words: readonly string[], from: number, transport: readonly number[]): ServiceRead {
  const port = portReader(transport.length > 1 ? undefined : transport[0] === 17 ? 'udp' : 'tcp');
  let sourcePorts: readonly NumberRange[] = ALL_PORTS;
  let destinationPorts: readonly NumberRange[] = ALL_PORTS;
  let swapped = false;
  let at = from + 1;
  if (words[at] === 'source') {
    const read = readPorts('asa', words, at + 1, port);
    if (read === undefined || 'unknown' in read) return { ok: false, at: read?.at ?? at + 1 };
    sourcePorts = read.ranges;
    swapped = read.swapped;
    at = read.next;
  }
  const keyword = words[at] === 'destination';
  if (keyword || isPortOperator(words[at])) {
    const read = readPorts('asa', words, keyword ? at + 1 : at, port);
    if (read === undefined || 'unknown' in read) return { ok: false, at: read?.at ?? at + 1 };
    destinationPorts = read.ranges;
    swapped ||= read.swapped;
    at = read.next;
  }
  if (!isEnd(words, at)) return { ok: false, at };
  return { ok: true, set: [{ protocols: transport.map(single), sourcePorts, destinationPorts }], swapped };
}

/** The service with these ports: protocols without ports fall away where ports are narrowed. */
export function narrow(
  set: ServiceSet,
  sourcePorts: readonly NumberRange[],
  destinationPorts: readonly NumberRange[],
): ServiceSet {
  if (sourcePorts === ALL_PORTS && destinationPorts === ALL_PORTS) return set;
  const terms: ServiceTerm[] = [];
  for (const term of set) {
    const protocols = term.protocols.flatMap(({ first, last }) =>
      PROTOCOLS_WITH_PORTS.filter((protocol) => first <= protocol && protocol <= last).map(single),
    );
    if (protocols.length > 0) terms.push({ protocols, sourcePorts, destinationPorts });
  }
  return terms;
}

const BUILT_IN = /^(icmp6?)-(.+)$/;

/** Service objects that the device has of itself: `icmp-echo`, `ospf`. */
export function builtInService(name: string): ServiceSet | undefined {
  const icmp = BUILT_IN.exec(name);
  if (icmp !== null) {
    const [, protocol, type = ''] = icmp;
    const message = protocol === 'icmp' ? icmpType('asa', type) : icmp6Type('asa', type);
    if (message === undefined) return undefined;
    const term = protocolTerm(protocol === 'icmp' ? 1 : 58);
    return [{ ...term, destinationPorts: [icmpSelector(message.type, message.code)] }];
  }
  const protocol = /^\d+$/.test(name) ? undefined : protocolNumber('asa', name);
  return protocol === undefined || protocol === 'any' ? undefined : [protocolTerm(protocol)];
}

export const EVERY_SERVICE: Services = { tri: exactly(ANY_SERVICE), uses: [] };
