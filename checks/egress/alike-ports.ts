import type { Crossing } from '../../parsers/model/device.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import { namedRanges, permittedRanges } from './named-ranges.ts';

/** A range of at most this many ports names them; a wider one (`gt 1023`) takes them wholesale. */
const MAX_NAMED_PORTS = 1000;

/** Groups of alike ports told apart; the widest are looked at. */
const MAX_GROUPS = 32;

/** As above, where named ports are told apart too. */
const MAX_NAMED_GROUPS = 128;

/** Ports that no rule of a path distinguishes: what it does to one of them it does to all. */
export interface PortGroup {
  readonly ports: readonly NumberRange[];
  /** One of them, from the user ports where it can be. */
  readonly example: number;
}

/**
 * Destination ports of a protocol that no rule or translation of the crossing names, grouped by the wide ranges they
 * lie in. Exact: within a group every rule matches all ports or none.
 */
export function unnamedPorts(crossing: Crossing, protocol: number): PortGroup[] {
  const ranges = namedRanges(crossing, protocol);
  const named = ranges.filter(isNarrow);
  return groupsOf(piecesOf(ranges, named), MAX_GROUPS);
}

/**
 * Destination ports of a protocol without those of `except`, grouped by the rules and translations of the crossings that look
 * at them. Exact, as above.
 */
export function portsApartFrom(
  crossings: readonly Crossing[],
  protocol: number,
  except: readonly NumberRange[],
): PortGroup[] {
  const ranges = crossings.flatMap((crossing) => namedRanges(crossing, protocol));
  return groupsOf(piecesOf(ranges, except), MAX_GROUPS);
}

/** All ports but those of `except`, grouped by the ranges that they lie in, however many groups there are. */
export function portsWithin(ranges: readonly NumberRange[], except: readonly NumberRange[]): PortGroup[] {
  return groupsOf(piecesOf(ranges, except), Infinity);
}

/** All destination ports of a protocol, grouped as above, named ones too. */
export function allPorts(crossing: Crossing, protocol: number): PortGroup[] {
  return groupsOf(piecesOf(namedRanges(crossing, protocol), []), MAX_NAMED_GROUPS);
}

/**
 * Destination ports of a protocol that rules name which may permit them, without those of `except`, grouped by all rules and
 * translations of the crossing and by `split`.
 */
export function namedPorts(
  crossing: Crossing,
  protocol: number,
  except: readonly NumberRange[],
  split: readonly NumberRange[],
): PortGroup[] {
  const ranges = [...namedRanges(crossing, protocol), ...split];
  const isPermitted = cover(permittedRanges(crossing, protocol).filter(isNarrow));
  const named = piecesOf(ranges, except).filter(({ first }) => isPermitted(first));
  return groupsOf(named, MAX_NAMED_GROUPS);
}

/** For a port, one that no rule names and that lies in the same wide ranges: itself, another one, or none. */
export function unnamedBeside(crossing: Crossing, protocol: number): (port: number) => number | undefined {
  const ranges = namedRanges(crossing, protocol);
  const narrow = ranges.filter(isNarrow);
  const wide = ranges.filter((range) => !isNarrow(range));
  const isNamed = cover(narrow);
  const unnamed = new Map(piecesOf(wide, narrow).map(({ first, within }) => [within, first]));
  return (port) => (isNamed(port) ? unnamed.get(membership(wide, port)) : port);
}

function isNarrow({ first, last }: NumberRange): boolean {
  return last - first < MAX_NAMED_PORTS;
}

/** A run of ports that lie in the same ranges, with what tells those apart. */
interface Piece extends NumberRange {
  readonly within: string;
}

/** The ports that are not in `except`, cut where a range begins or ends. */
function piecesOf(ranges: readonly NumberRange[], except: readonly NumberRange[]): Piece[] {
  const cuts = new Set([0, 65536]);
  for (const { first, last } of [...ranges, ...except]) cuts.add(first).add(last + 1);
  const bounds = [...cuts].sort((a, b) => a - b);
  const isLeftOut = cover(except);
  const begins = Map.groupBy(ranges.entries(), ([, { first }]) => first);
  const ends = Map.groupBy(ranges.entries(), ([, { last }]) => last + 1);
  const open = new Set<number>();
  return bounds.slice(0, -1).flatMap((first, index): Piece[] => {
    for (const [range] of ends.get(first) ?? []) open.delete(range);
    for (const [range] of begins.get(first) ?? []) open.add(range);
    if (isLeftOut(first)) return [];
    return [{ first, last: (bounds[index + 1] ?? 65536) - 1, within: [...open].sort((a, b) => a - b).join() }];
  });
}

function membership(ranges: readonly NumberRange[], port: number): string {
  return ranges.flatMap(({ first, last }, index) => (first <= port && port <= last ? [index] : [])).join();
}

/** Pieces that lie in the same ranges together, the widest groups. */
function groupsOf(pieces: readonly Piece[], limit: number): PortGroup[] {
  const groups = [...Map.groupBy(pieces, ({ within }) => within).values()].map((group) =>
    group.map(({ first, last }) => ({ first, last })),
  );
  return groups
    .sort((a, b) => size(b) - size(a))
    .slice(0, limit)
    .map((ports) => ({ ports, example: exampleOf(ports) }));
}

function size(ports: readonly NumberRange[]): number {
  return ports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function exampleOf(ports: readonly NumberRange[]): number {
  const user = ports.find(({ last }) => last >= 1024) ?? ports.at(-1);
  return user === undefined ? 0 : Math.min(user.last, Math.max(user.first, 1024));
}

/** Tells whether a port lies in one of the ranges. */
function cover(ranges: readonly NumberRange[]): (port: number) => boolean {
  const ports = new Uint8Array(65536);
  for (const { first, last } of ranges) ports.fill(1, first, last + 1);
  return (port) => ports[port] === 1;
}
