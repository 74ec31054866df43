import type { NumberRange } from '../model/service.ts';
import { single } from '../model/service.ts';
import type { Dialect } from './names.ts';

/** What a port operator and its arguments say. */
export interface PortsRead {
  /** Sorted and disjoint; empty for `lt 0` and `gt 65535`. */
  readonly ranges: readonly NumberRange[];
  /** Index of the first word after it. */
  readonly next: number;
  /** True for a range written high to low. Devices swap it; the reader should warn. */
  readonly swapped: boolean;
}

/** An operator whose argument is no port: `at` is the index of the word not understood. */
interface PortsUnread {
  readonly unknown: true;
  readonly at: number;
}

const LAST = 65535;

/** Most ports after one `eq` or `neq` of an IOS rule (IOS command reference, `permit (IP)`). */
const MOST_PORTS = 10;

/** Whether the word begins a port condition. */
export function isPortOperator(word: string | undefined): boolean {
  return word === 'eq' || word === 'gt' || word === 'lt' || word === 'neq' || word === 'range';
}

/**
 * Reads `eq`, `neq`, `gt`, `lt` or `range` at `words[at]`. `gt` and `lt` exclude their port. IOS takes several ports
 * after `eq` and `neq`, ASA one. Undefined when no operator stands there.
 *
 * @param port reads one port word; see `tcpPort`, `udpPort`.
 */
export function readPorts(
  dialect: Dialect,
  words: readonly string[],
  at: number,
  port: (word: string) => number | undefined,
): PortsRead | PortsUnread | undefined {
  const operator = words[at];
  if (operator === undefined || !isPortOperator(operator)) return undefined;
  const first = portAt(words, at + 1, port);
  if (first === undefined) return { unknown: true, at: at + 1 };
  switch (operator) {
    case 'gt':
      return { ranges: first === LAST ? [] : [{ first: first + 1, last: LAST }], next: at + 2, swapped: false };
    case 'lt':
      return { ranges: first === 0 ? [] : [{ first: 0, last: first - 1 }], next: at + 2, swapped: false };
    case 'range': {
      const last = portAt(words, at + 2, port);
      if (last === undefined) return { unknown: true, at: at + 2 };
      const swapped = last < first;
      return { ranges: [swapped ? { first: last, last: first } : { first, last }], next: at + 3, swapped };
    }
    default: {
      const ports = [first];
      const most = dialect === 'ios' ? MOST_PORTS : 1;
      let next = at + 2;
      for (let more = portAt(words, next, port); more !== undefined; more = portAt(words, next, port)) {
        if (ports.length >= most) break;
        ports.push(more);
        next += 1;
      }
      return { ranges: operator === 'eq' ? joined(ports) : allBut(ports), next, swapped: false };
    }
  }
}

function portAt(words: readonly string[], at: number, port: (word: string) => number | undefined): number | undefined {
  const word = words[at];
  return word === undefined ? undefined : port(word);
}

/** The ports as sorted ranges, neighbours joined. */
function joined(ports: readonly number[]): NumberRange[] {
  const [only] = ports;
  if (ports.length === 1 && only !== undefined) return [single(only)];
  const ranges: NumberRange[] = [];
  for (const value of ports.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last === undefined || value > last.last + 1) ranges.push(single(value));
    else if (value > last.last) ranges[ranges.length - 1] = { first: last.first, last: value };
  }
  return ranges;
}

/** Every port but these. */
function allBut(ports: readonly number[]): NumberRange[] {
  const ranges: NumberRange[] = [];
  let from = 0;
  for (const { first, last } of joined(ports)) {
    if (first > from) ranges.push({ first: from, last: first - 1 });
    from = last + 1;
  }
  if (from <= LAST) ranges.push({ first: from, last: LAST });
  return ranges;
}
