import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { Condition, ConditionKind } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import type { Span } from '../source.ts';
import {
  addresses,
  masked4,
  prefix4,
  prefix6,
  range4,
  range6,
  ANY4,
  ANY6,
  ANY_ADDRESS,
  NO_ADDRESS,
} from '../model/address.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import { exactly, together } from '../model/rule.ts';

/** An address expression with the objects it used. */
export interface Addresses {
  readonly tri: Tri<AddressSet>;
  readonly uses: readonly ObjectUse[];
}

export const NO_USES: readonly ObjectUse[] = [];

const NO_TERMS: readonly AddressTerm[] = [];
const NO_CONDITIONS: readonly Condition[] = [];

/** One term as a field that the text decides. The empty parts are shared: large lists hold hundreds of thousands. */
export function sureTerm(term: AddressTerm): Tri<AddressSet> {
  return sure({ include: [term], exclude: NO_TERMS });
}

/** As `exactly`, with the list of conditions shared. */
export function sure<T>(value: T): Tri<T> {
  return { must: value, may: value, conditions: NO_CONDITIONS };
}

export function decided(set: AddressSet): Addresses {
  return { tri: exactly(set), uses: NO_USES };
}

export const EVERY4 = decided(ANY4);
export const EVERY6 = decided(ANY6);
export const EVERY = decided(ANY_ADDRESS);
export const NOWHERE = decided(NO_ADDRESS);

/** Addresses that the text does not decide: surely none, perhaps any of `may`. */
export function undecided(may: AddressSet, condition: Condition, uses: readonly ObjectUse[] = NO_USES): Addresses {
  return { tri: { must: NO_ADDRESS, may, conditions: [condition] }, uses };
}

/** Several address expressions together. One that is decided stays one object, so that its fields stay equal. */
export function union(parts: readonly Addresses[], own: readonly ObjectUse[]): Addresses {
  const uses = [...own, ...parts.flatMap((part) => part.uses)];
  return {
    tri: together(
      parts.map(({ tri }) => tri),
      unionOf,
    ),
    uses,
  };
}

function unionOf(parts: readonly Tri<AddressSet>[]): Tri<AddressSet> {
  const conditions = parts.flatMap((part) => part.conditions);
  const may = { include: parts.flatMap((part) => part.may.include), exclude: [] };
  if (conditions.length === 0) return exactly(may);
  const must = { include: parts.flatMap((part) => part.must.include), exclude: [] };
  return { must, may, conditions };
}

/** Single words of addresses, with `name` aliases put in. */
export class Literals {
  private readonly names: ReadonlyMap<string, string>;

  constructor(names: ReadonlyMap<string, string>) {
    this.names = names;
  }

  /** An IPv4 address; `0` stands for 0.0.0.0 where it is typed. */
  ip4(word: string): number | undefined {
    const value = parseIp4(word);
    if (value !== undefined) return value;
    if (word === '0') return 0;
    const named = this.names.get(word);
    return named === undefined ? undefined : parseIp4(named);
  }

  ip6(word: string): bigint | undefined {
    const named = this.names.get(word);
    return parseIp6(named ?? word);
  }

  /** `host WORD`. */
  hostTerm(word: string): AddressTerm | undefined {
    const ip4 = this.ip4(word);
    if (ip4 !== undefined) return range4(ip4, ip4);
    const ip6 = this.ip6(word);
    return ip6 === undefined ? undefined : range6(ip6, ip6);
  }

  host(word: string): AddressSet | undefined {
    const term = this.hostTerm(word);
    return term === undefined ? undefined : addresses(term);
  }

  /** `ADDRESS NETMASK`. ASA masks are netmasks; holes in them are kept exactly. */
  maskedTerm(address: string, mask: string): AddressTerm | undefined {
    const value = this.ip4(address);
    const care = mask === '0' ? 0 : parseIp4(mask);
    return value === undefined || care === undefined ? undefined : masked4(value, care);
  }

  masked(address: string, mask: string): AddressSet | undefined {
    const term = this.maskedTerm(address, mask);
    return term === undefined ? undefined : addresses(term);
  }

  /** `2001:db8::/32`, and `10.0.0.0/8` where a reader writes it. */
  prefix(word: string): AddressSet | undefined {
    const slash = word.indexOf('/');
    if (slash < 0) return undefined;
    const text = word.slice(slash + 1);
    if (!/^\d{1,3}$/.test(text)) return undefined;
    const length = Number(text);
    const base = word.slice(0, slash);
    const ip4 = this.ip4(base);
    if (ip4 !== undefined) return length > 32 ? undefined : addresses(prefix4(ip4, length));
    const ip6 = this.ip6(base);
    return ip6 === undefined || length > 128 ? undefined : addresses(prefix6(ip6, length));
  }

  range(first: string, last: string): AddressSet | undefined {
    const [from4, to4] = [this.ip4(first), this.ip4(last)];
    if (from4 !== undefined && to4 !== undefined) return addresses(range4(from4, to4));
    const [from6, to6] = [this.ip6(first), this.ip6(last)];
    return from6 === undefined || to6 === undefined ? undefined : addresses(range6(from6, to6));
  }
}

export function condition(kind: ConditionKind, name: string, span: Span): Condition {
  return { kind, name, span };
}
