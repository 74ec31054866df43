import type { AddressSet, AddressTerm, Range4, Range6 } from '../model/address.ts';
import type { NumberRange } from '../model/service.ts';
import { addressFamily, range4, range6 } from '../model/address.ts';
import { portNumber } from './names.ts';
import { readPrefix } from './srx-prefix.ts';
import { entries } from './srx-entries.ts';
import { value, type JunosNode } from './tree.ts';

type Range = Range4 | Range6;

/** More single addresses or ports than these are not written out one by one. */
const MAX_WRITTEN_OUT = 64n;

/** A value, or the range that it begins (`1000 to 2000`). */
function withEnd(node: JunosNode): readonly [first: string, last: string] {
  return [node.word, value(node, 'to') ?? node.word];
}

/** `203.0.113.5/32`, `203.0.113.5/32 to 203.0.113.9/32`. */
export function readNatAddress(node: JunosNode): Range | undefined {
  const [first, last] = withEnd(node).map(readPrefix);
  if (first === undefined || last === undefined || addressFamily(first) !== addressFamily(last)) return undefined;
  if (first.kind === 'range4' && last.kind === 'range4') return range4(first.first, last.last);
  return first.kind === 'range6' && last.kind === 'range6' ? range6(first.first, last.last) : undefined;
}

/** `8883`, `8000 to 8003`, `8000-8003`. */
export function readNatPort(node: JunosNode): NumberRange | undefined {
  const [low, high] = withEnd(node);
  const words = low === high && low.includes('-') ? low.split('-') : [low, high];
  const [first, last] = words.map(portNumber);
  return first === undefined || last === undefined || words.length !== 2 ? undefined : { first, last };
}

/** Words and nothing else below a node: what a rule's `then` says. */
export function onlyWords(node: JunosNode | undefined): readonly string[] {
  return entries(node).map(({ word }) => word);
}

/**
 * How addresses before a translation become those behind it, one to one, or undefined when that cannot be said. Networks
 * of one size keep the offset; several addresses may all become a single one.
 */
export function addressPairs(
  before: AddressSet,
  behind: readonly AddressTerm[],
): readonly (readonly [from: Range, to: Range])[] | undefined {
  const [to] = behind;
  if (before.exclude.length > 0 || behind.length !== 1 || to === undefined || !isRange(to)) return undefined;
  const found: (readonly [Range, Range])[] = [];
  for (const from of before.include) {
    if (!isRange(from) || addressFamily(from) !== addressFamily(to)) return undefined;
    if (sizeOf(from) === sizeOf(to) && before.include.length === 1) return [[from, to]];
    if (sizeOf(to) !== 1n || sizeOf(from) > MAX_WRITTEN_OUT) return undefined;
    for (const one of singles(from)) found.push([one, to]);
  }
  return found;
}

/** How ports become others, or undefined when they are too many or of another number. */
export function portPairs(
  before: readonly NumberRange[],
  behind: NumberRange,
): readonly (readonly [from: number, to: number])[] | undefined {
  const ports = before.flatMap(({ first, last }) =>
    BigInt(last - first) < MAX_WRITTEN_OUT
      ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
      : [-1],
  );
  if (ports.includes(-1) || ports.length === 0) return undefined;
  if (behind.first === behind.last) return ports.map((port) => [port, behind.first]);
  if (ports.length !== behind.last - behind.first + 1) return undefined;
  return ports.map((port, index) => [port, behind.first + index]);
}

function isRange(term: AddressTerm): term is Range {
  return term.kind === 'range4' || term.kind === 'range6';
}

function sizeOf({ first, last }: Range): bigint {
  return BigInt(last) - BigInt(first) + 1n;
}

function singles(range: Range): Range[] {
  const count = Number(sizeOf(range));
  if (range.kind === 'range4') {
    return Array.from({ length: count }, (_, index) => range4(range.first + index, range.first + index));
  }
  return Array.from({ length: count }, (_, index) => {
    const address = range.first + BigInt(index);
    return range6(address, address);
  });
}
