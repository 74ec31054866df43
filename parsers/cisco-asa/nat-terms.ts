import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { AsaTree } from './tree.ts';
import { nameifOf } from './tree.ts';
import type { Statement } from '../syntax/statements.ts';

/** `(real,mapped)`; undefined for `any` and where none is written. `next` is the index of the word behind it. */
export function readInterfacePair(
  tree: AsaTree,
  statement: Statement,
): {
  readonly real: string | undefined;
  readonly mapped: string | undefined;
  readonly next: number;
} {
  const { words } = statement;
  let text = '';
  let next = 1;
  if (words[1]?.startsWith('(') === true) {
    for (; next < words.length && !text.endsWith(')'); next += 1) text += words[next] ?? '';
  }
  const [real = '', mapped = ''] = text.slice(1, -1).split(',');
  const name = (word: string): string | undefined =>
    word === '' || word.toLowerCase() === 'any' ? undefined : nameifOf(tree, word);
  return { real: name(real), mapped: name(mapped), next };
}

/** One real range and the mapped range of the same size. */
export interface Pair {
  readonly real: AddressTerm;
  readonly mapped: AddressTerm;
}

/** The most pieces that one real range may be repeated in (static NAT with more mapped than real addresses). */
const MOST_PIECES = 64;

/**
 * How static NAT pairs real and mapped addresses: one to one for sets of the same size; with more mapped addresses the
 * real ones are repeated over them, the first piece being used outbound (Cisco ASA configuration guide, "Static NAT").
 * Undefined where the pairing is not one to one or the order of several parts is not told.
 */
export function pairsOf(real: AddressSet, mapped: AddressSet): readonly Pair[] | undefined {
  if (sameSet(real, mapped)) return real.include.map((term) => ({ real: term, mapped: term }));
  const [from] = real.include;
  const [to] = mapped.include;
  if (real.include.length !== 1 || mapped.include.length !== 1 || from === undefined || to === undefined)
    return undefined;
  if (from.kind === 'range4' && to.kind === 'range4') {
    return pieces(BigInt(from.first), BigInt(from.last), BigInt(to.first), BigInt(to.last)).map(([a, b, c, d]) => ({
      real: { kind: 'range4', first: Number(a), last: Number(b) },
      mapped: { kind: 'range4', first: Number(c), last: Number(d) },
    }));
  }
  if (from.kind === 'range6' && to.kind === 'range6') {
    return pieces(from.first, from.last, to.first, to.last).map(([a, b, c, d]) => ({
      real: { kind: 'range6', first: a, last: b },
      mapped: { kind: 'range6', first: c, last: d },
    }));
  }
  return undefined;
}

type Piece = readonly [bigint, bigint, bigint, bigint];

function pieces(first: bigint, last: bigint, mappedFirst: bigint, mappedLast: bigint): readonly Piece[] {
  const size = last - first + 1n;
  const mappedSize = mappedLast - mappedFirst + 1n;
  if (mappedSize < size || mappedSize > size * BigInt(MOST_PIECES)) return [];
  const found: Piece[] = [];
  for (let start = mappedFirst; start <= mappedLast; start += size) {
    const end = start + size - 1n > mappedLast ? mappedLast : start + size - 1n;
    found.push([first, first + (end - start), start, end]);
  }
  return found;
}

export function sameSet(a: AddressSet, b: AddressSet): boolean {
  return (
    a.exclude.length === 0 &&
    b.exclude.length === 0 &&
    a.include.length === b.include.length &&
    a.include.every((term, index) => sameTerm(term, b.include[index]))
  );
}

function sameTerm(a: AddressTerm, b: AddressTerm | undefined): boolean {
  if (b === undefined || a.kind !== b.kind) return false;
  if ('first' in a && 'first' in b) return a.first === b.first && a.last === b.last;
  return 'care' in a && 'care' in b && a.value === b.value && a.care === b.care;
}

/** The size of a set of ranges, for the order of NAT rules; bit patterns count as large. */
export function sizeOf({ include }: AddressSet): bigint {
  let size = 0n;
  for (const term of include) size += 'first' in term ? BigInt(term.last) - BigInt(term.first) + 1n : 1n << 32n;
  return size;
}

export function lowestOf({ include }: AddressSet): bigint {
  let lowest = 1n << 128n;
  for (const term of include) {
    const first = BigInt('first' in term ? term.first : term.value);
    if (first < lowest) lowest = first;
  }
  return lowest;
}
