import type { AddressSet, AddressTerm, Range4, Range6 } from '../model/address.ts';
import { range4, range6 } from '../model/address.ts';

/** A prefix of a list, and whether what it holds is excepted. */
export interface PrefixEntry {
  readonly term: AddressTerm;
  readonly except: boolean;
}

interface Piece {
  readonly first: bigint;
  readonly last: bigint;
  readonly except: boolean;
}

/**
 * The addresses whose longest prefix in the list is no exception. Of two equal prefixes the exception counts. Prefixes
 * with scattered mask bits are taken as they are: the documentation does not say how long they are among others.
 */
export function longestMatch(list: readonly PrefixEntry[]): AddressSet {
  const include = list.filter(({ except }) => !except).map(({ term }) => term);
  const exclude = list.filter(({ except }) => except).map(({ term }) => term);
  if (exclude.length === 0 || include.length === 0) return { include, exclude: [] };
  const four = piecesOf(list, 'range4');
  const six = piecesOf(list, 'range6');
  // Without a prefix inside of an exception, taking the exceptions away says the same and shows what was written.
  if (!hasNested(four) && !hasNested(six)) return { include, exclude };
  const scattered = (terms: readonly AddressTerm[]): readonly AddressTerm[] =>
    terms.filter(({ kind }) => kind === 'wildcard4' || kind === 'wildcard6');
  return {
    include: [
      ...kept(four).map(([first, last]): Range4 => range4(Number(first), Number(last))),
      ...kept(six).map(([first, last]): Range6 => range6(first, last)),
      ...scattered(include),
    ],
    exclude: scattered(exclude),
  };
}

/** The prefixes of one family, those that hold others before them. */
function piecesOf(list: readonly PrefixEntry[], kind: 'range4' | 'range6'): Piece[] {
  const pieces = list.flatMap(({ term, except }): Piece[] =>
    term.kind === kind && 'first' in term ? [{ first: BigInt(term.first), last: BigInt(term.last), except }] : [],
  );
  const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
  return pieces.sort((a, b) => order(a.first, b.first) || order(b.last, a.last) || Number(a.except) - Number(b.except));
}

function hasNested(pieces: readonly Piece[]): boolean {
  let end = -1n;
  for (const { first, last, except } of pieces) {
    if (!except && last <= end && first <= end) return true;
    if (except && last > end) end = last;
  }
  return false;
}

/** Prefixes are nested or apart, so what is open at an address is a stack, and its top decides. */
function kept(pieces: readonly Piece[]): [bigint, bigint][] {
  const found: [bigint, bigint][] = [];
  const open: Piece[] = [];
  let at = 0n;
  const upTo = (end: bigint): void => {
    const top = open.at(-1);
    if (top !== undefined && !top.except && at <= end) found.push([at, end]);
    if (end >= at) at = end + 1n;
  };
  for (const piece of pieces) {
    for (let top = open.at(-1); top !== undefined && top.last < piece.first; top = open.at(-1)) {
      upTo(top.last);
      open.pop();
    }
    if (open.length > 0) upTo(piece.first - 1n);
    at = piece.first;
    open.push(piece);
  }
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    upTo(top.last);
    open.pop();
  }
  return found;
}
