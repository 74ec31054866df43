import { addressFamily, range4, range6 } from './address.ts';
import type { AddressSet, AddressTerm, Range4, Range6 } from './address.ts';

type Range = Range4 | Range6;

/** A term with more addresses than these is not written out one by one. */
const MAX_WRITTEN_OUT = 64n;

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
