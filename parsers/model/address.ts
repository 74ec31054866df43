/**
 * Addresses as plain data: what a config says, not yet an algebra (that is checks/packet-space).
 * IPv4 addresses are unsigned 32-bit numbers, IPv6 addresses are 128-bit bigints.
 */

export type Family = 4 | 6;

/** Inclusive range of IPv4 addresses, `0 ≤ first ≤ last < 2³²`. */
export interface Range4 {
  readonly kind: 'range4';
  readonly first: number;
  readonly last: number;
}

/** Inclusive range of IPv6 addresses, `0n ≤ first ≤ last < 2¹²⁸`. */
export interface Range6 {
  readonly kind: 'range6';
  readonly first: bigint;
  readonly last: bigint;
}

/** IPv4 addresses `a` with `a & care === value`; `care` need not be contiguous (Cisco wildcard masks, inverted). */
export interface Wildcard4 {
  readonly kind: 'wildcard4';
  readonly value: number;
  readonly care: number;
}

/** IPv6 addresses `a` with `a & care === value`. */
export interface Wildcard6 {
  readonly kind: 'wildcard6';
  readonly value: bigint;
  readonly care: bigint;
}

export type AddressTerm = Range4 | Range6 | Wildcard4 | Wildcard6;

/** The addresses in some term of `include` and in no term of `exclude`. Both families may be mixed. */
export interface AddressSet {
  readonly include: readonly AddressTerm[];
  readonly exclude: readonly AddressTerm[];
}

const MAX4 = 0xffffffff;
const MAX6 = (1n << 128n) - 1n;

export const ALL4: Range4 = { kind: 'range4', first: 0, last: MAX4 };
export const ALL6: Range6 = { kind: 'range6', first: 0n, last: MAX6 };

export const NO_ADDRESS: AddressSet = { include: [], exclude: [] };
export const ANY4: AddressSet = { include: [ALL4], exclude: [] };
export const ANY6: AddressSet = { include: [ALL6], exclude: [] };
export const ANY_ADDRESS: AddressSet = { include: [ALL4, ALL6], exclude: [] };

export function addressFamily(term: AddressTerm): Family {
  return term.kind === 'range4' || term.kind === 'wildcard4' ? 4 : 6;
}

/** A set of exactly these terms. */
export function addresses(...include: AddressTerm[]): AddressSet {
  return { include, exclude: [] };
}

/** Inclusive IPv4 range; swapped bounds are put in order. */
export function range4(first: number, last: number): Range4 {
  return first <= last ? { kind: 'range4', first, last } : { kind: 'range4', first: last, last: first };
}

/** Inclusive IPv6 range; swapped bounds are put in order. */
export function range6(first: bigint, last: bigint): Range6 {
  return first <= last ? { kind: 'range6', first, last } : { kind: 'range6', first: last, last: first };
}

/** The IPv4 prefix that holds `address`; host bits are cleared. `length` 0–32. */
export function prefix4(address: number, length: number): Range4 {
  const host = length === 0 ? MAX4 : length === 32 ? 0 : MAX4 >>> length;
  return { kind: 'range4', first: (address & ~host) >>> 0, last: (address | host) >>> 0 };
}

/** The IPv6 prefix that holds `address`; host bits are cleared. `length` 0–128. */
export function prefix6(address: bigint, length: number): Range6 {
  const host = (1n << BigInt(128 - length)) - 1n;
  return { kind: 'range6', first: address & (MAX6 ^ host), last: address | host };
}

/**
 * The IPv4 addresses that agree with `address` where `care` has a 1 bit. Contiguous masks give a range, others keep
 * their bits, so nothing is ever widened.
 */
export function masked4(address: number, care: number): Range4 | Wildcard4 {
  const host = ~care >>> 0;
  const value = (address & care) >>> 0;
  if ((host & (host + 1)) === 0) return { kind: 'range4', first: value, last: (value | host) >>> 0 };
  return { kind: 'wildcard4', value, care: care >>> 0 };
}

/** The IPv6 addresses that agree with `address` where `care` has a 1 bit. */
export function masked6(address: bigint, care: bigint): Range6 | Wildcard6 {
  const host = MAX6 ^ care;
  const value = address & care;
  if ((host & (host + 1n)) === 0n) return { kind: 'range6', first: value, last: value | host };
  return { kind: 'wildcard6', value, care };
}
