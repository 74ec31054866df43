import type { NumberRange, ServiceSet, ServiceTerm } from '../model/service.ts';
import { ALL_PORTS, PROTOCOL, single } from '../model/service.ts';

/** Protocols that services and default ports of applications are written with. */
export const PORT_PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['tcp', PROTOCOL.tcp],
  ['udp', PROTOCOL.udp],
  ['sctp', PROTOCOL.sctp],
]);

/**
 * A list of ports: `80,443,1000-2000`, in one word or several; `dynamic` and `any` are all ports. Undefined: it is none.
 */
export function readPorts(words: readonly string[]): NumberRange[] | undefined {
  const ranges: NumberRange[] = [];
  for (const part of words.flatMap((word) => word.split(','))) {
    const text = part.trim();
    if (text === 'dynamic' || text === 'any') ranges.push(...ALL_PORTS);
    else {
      const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/u.exec(text);
      const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
      if (match === null || first > last || last > 65535) return undefined;
      ranges.push({ first, last });
    }
  }
  return ranges.length === 0 ? undefined : joined(ranges);
}

/** Packets of a protocol to these ports. */
export function portTerm(protocol: number, ports: readonly NumberRange[], from = ALL_PORTS): ServiceTerm {
  return { protocols: [single(protocol)], sourcePorts: from, destinationPorts: ports };
}

/** Several sets as one, with one term for each protocol and choice of source ports. */
export function unionOfServices(sets: readonly ServiceSet[]): ServiceSet {
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return only;
  const terms = new Map<string, ServiceTerm>();
  const ports = new Map<string, NumberRange[]>();
  for (const term of new Set(sets.flat())) {
    const key = `${printed(term.protocols)}/${printed(term.sourcePorts)}`;
    if (!terms.has(key)) terms.set(key, term);
    const own = ports.get(key);
    if (own === undefined) ports.set(key, [...term.destinationPorts]);
    else own.push(...term.destinationPorts);
  }
  return [...terms].map(([key, term]) => ({ ...term, destinationPorts: joined(ports.get(key) ?? []) }));
}

/** In order, with what overlaps or touches made one. */
function joined(ranges: readonly NumberRange[]): NumberRange[] {
  const made: NumberRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first || a.last - b.last)) {
    const before = made.at(-1);
    if (before === undefined || range.first > before.last + 1) made.push(range);
    else if (range.last > before.last) made[made.length - 1] = { first: before.first, last: range.last };
  }
  return made;
}

function printed(ranges: readonly NumberRange[]): string {
  return ranges.map(({ first, last }) => `${first}-${last}`).join();
}
