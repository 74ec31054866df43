/**
 * Which addresses and source ports a translation with an open outcome has to be tried with, so that every rule behind
 * it is met from both sides: for each class of values that all terms of the crossing treat alike, one.
 */
import type { AddressTerm, Family } from '../../parsers/model/address.ts';
import type { Crossing } from '../../parsers/model/device.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import { addressFamily } from '../../parsers/model/address.ts';
import { inRanges, inTerm } from './membership.ts';

interface Bounds {
  readonly addresses: readonly bigint[];
  readonly ports: readonly number[];
}

/** @param pool terms of `family` and a range of ports that values are taken from. */
export function boundsOf(
  crossing: Crossing,
  pool: readonly AddressTerm[],
  portPool: NumberRange,
  family: Family,
): Bounds {
  const { terms, ranges } = namedIn(crossing);
  const own = terms.filter((term) => addressFamily(term) === family);
  const candidates = [...pool, ...own]
    .flatMap((term) => edges(term, pool))
    .filter((address) => pool.some((term) => inTerm(term, family, address)));
  const ports = [portPool, ...ranges]
    .flatMap(({ first, last }) => [first - 1, first, last, last + 1])
    .filter((port) => inRanges([portPool], port));
  return {
    addresses: oneOfEach(candidates, (address) => own.map((term) => inTerm(term, family, address))),
    ports: oneOfEach(ports, (port) => ranges.map((range) => inRanges([range], port))),
  };
}

interface Named {
  readonly terms: AddressTerm[];
  readonly ranges: NumberRange[];
}

const known = new WeakMap<object, Named>();

/** Every address term and range of source ports that the steps of a crossing name. */
function namedIn({ steps }: Crossing): Named {
  const found = known.get(steps);
  if (found !== undefined) return found;
  const named: Named = { terms: [], ranges: [] };
  collect(steps, named.terms, named.ranges, new Set());
  known.set(steps, named);
  return named;
}

/** Both sides of both ends of a range; for a bit pattern, its members nearest in spirit to the ends of the pool. */
function edges(term: AddressTerm, pool: readonly AddressTerm[]): bigint[] {
  if ('first' in term) {
    const [first, last] = [BigInt(term.first), BigInt(term.last)];
    return [first - 1n, first, last, last + 1n];
  }
  const [value, care] = [BigInt(term.value), BigInt(term.care)];
  const free = (term.kind === 'wildcard4' ? 0xffffffffn : (1n << 128n) - 1n) ^ care;
  return pool.flatMap((given) => {
    if (!('first' in given)) return [value, value | free];
    return [value | (BigInt(given.first) & free), value | (BigInt(given.last) & free)];
  });
}

function oneOfEach<T extends bigint | number>(values: readonly T[], classOf: (value: T) => readonly boolean[]): T[] {
  const byClass = new Map<string, T>();
  for (const value of values) {
    const key = classOf(value).map(Number).join('');
    if (!byClass.has(key)) byClass.set(key, value);
  }
  return [...byClass.values()];
}

function collect(value: unknown, terms: AddressTerm[], ranges: NumberRange[], seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (isTerm(value)) terms.push(value);
  else if ('sourcePorts' in value && isRanges(value.sourcePorts)) ranges.push(...value.sourcePorts);
  for (const inner of Object.values(value)) collect(inner, terms, ranges, seen);
}

function isTerm(value: object): value is AddressTerm {
  return 'kind' in value && ['range4', 'range6', 'wildcard4', 'wildcard6'].includes(String(value.kind));
}

function isRanges(value: unknown): value is NumberRange[] {
  return (
    Array.isArray(value) && value.every((range) => typeof range === 'object' && range !== null && 'first' in range)
  );
}
