import type { AddressSet, AddressTerm, Family, Range4, Range6 } from './address.ts';
import type { NumberRange } from './service.ts';
import { PROTOCOL } from './service.ts';

const MAX6 = (1n << 128n) - 1n;
/** `::ffff:0:0/96`, the one prefix whose last 32 bits RFC 5952 §5 recommends to write as an IPv4 address. */
const MAPPED_PREFIX = 0xffffn;

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(PROTOCOL).map(([name, number]) => [number, name]),
);

/**
 * An address as text: IPv4 dotted, IPv6 in the canonical form of RFC 5952.
 *
 * @param value unsigned 32-bit (family 4) or 128-bit (family 6) value, as number or bigint.
 */
export function formatIp(family: Family, value: bigint | number): string {
  return family === 4 ? formatIp4(Number(value)) : formatIp6(BigInt(value));
}

function formatIp4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function formatIp6(value: bigint): string {
  if (value >> 32n === MAPPED_PREFIX) return `::ffff:${formatIp4(Number(value & 0xffffffffn))}`;
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  const zeros = longestZeroRun(groups);
  const text = groups.map((group) => group.toString(16));
  if (zeros === undefined) return text.join(':');
  return `${text.slice(0, zeros.start).join(':')}::${text.slice(zeros.start + zeros.length).join(':')}`;
}

/** The run of zero groups that `::` stands for: the longest, the first among equals, never a single group (§4.2). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } | undefined {
  let best: { start: number; length: number } | undefined;
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) {
      start = index + 1;
      continue;
    }
    const length = index - start + 1;
    if (length >= 2 && length > (best?.length ?? 0)) best = { start, length };
  }
  return best;
}

/**
 * One term: `10.1.2.3`, `10.1.0.0/16` where the range is one prefix, else `10.1.2.3-10.1.2.9`; bit patterns as
 * `10.0.0.1 wildcard 0.255.0.255`, where a 1 bit of the wildcard is free. All of a family is `0.0.0.0/0`, `::/0`.
 */
export function formatAddressTerm(term: AddressTerm): string {
  if (term.kind === 'range4') return formatRange(4, BigInt(term.first), BigInt(term.last));
  if (term.kind === 'range6') return formatRange(6, term.first, term.last);
  if (term.kind === 'wildcard4') return `${formatIp4(term.value)} wildcard ${formatIp4(~term.care >>> 0)}`;
  return `${formatIp6(term.value)} wildcard ${formatIp6(MAX6 ^ term.care)}`;
}

function formatRange(family: Family, first: bigint, last: bigint): string {
  if (first === last) return formatIp(family, first);
  const host = first ^ last;
  const isPrefix = (host & (host + 1n)) === 0n && (first & host) === 0n;
  if (!isPrefix) return `${formatIp(family, first)}-${formatIp(family, last)}`;
  const bits = family === 4 ? 32 : 128;
  return `${formatIp(family, first)}/${bits - host.toString(2).length}`;
}

/**
 * The terms of a set as text: ranges merged where they touch, IPv4 before IPv6, ranges before bit patterns, ascending.
 * Excluded terms follow as `not 10.0.0.0/8`. Both families whole and nothing excluded is `any`. Empty: no terms.
 */
export function formatAddressSet(set: AddressSet): string[] {
  const include = formatTerms(set.include);
  const exclude = formatTerms(set.exclude);
  if (include.length === 0) return [];
  const everything = include.length === 2 && include[0] === '0.0.0.0/0' && include[1] === '::/0';
  return [...(everything ? ['any'] : include), ...exclude.map((term) => `not ${term}`)];
}

function formatTerms(terms: readonly AddressTerm[]): string[] {
  const ranges4 = terms.filter((term) => term.kind === 'range4');
  const ranges6 = terms.filter((term) => term.kind === 'range6');
  return [
    ...mergeRanges4(ranges4).map(formatAddressTerm),
    ...formatPatterns(terms, 'wildcard4'),
    ...mergeRanges6(ranges6).map(formatAddressTerm),
    ...formatPatterns(terms, 'wildcard6'),
  ];
}

function formatPatterns(terms: readonly AddressTerm[], kind: 'wildcard4' | 'wildcard6'): string[] {
  const patterns = terms.filter((term) => term.kind === 'wildcard4' || term.kind === 'wildcard6');
  const sorted = patterns
    .filter((term) => term.kind === kind)
    .sort((a, b) => compare(a.value, b.value) || compare(a.care, b.care));
  return [...new Set(sorted.map(formatAddressTerm))];
}

function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function mergeRanges4(ranges: readonly Range4[]): Range4[] {
  return mergeRanges(ranges).map(({ first, last }) => ({ kind: 'range4', first, last }));
}

function mergeRanges6(ranges: readonly Range6[]): Range6[] {
  const merged: Range6[] = [];
  for (const range of ranges.toSorted((a, b) => compare(a.first, b.first))) {
    const previous = merged.at(-1);
    if (previous === undefined || range.first > previous.last + 1n) merged.push(range);
    else if (range.last > previous.last) merged[merged.length - 1] = { ...previous, last: range.last };
  }
  return merged;
}

function mergeRanges(ranges: readonly NumberRange[]): NumberRange[] {
  const merged: NumberRange[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous === undefined || first > previous.last + 1) merged.push({ first, last });
    else if (last > previous.last) merged[merged.length - 1] = { first: previous.first, last };
  }
  return merged;
}

/** Ports as text, merged and ascending: `1883`, `1024-65535`; all ports are `any`. Empty: none. */
export function formatPortRanges(ranges: readonly NumberRange[]): string[] {
  return mergeRanges(ranges).map(({ first, last }) => {
    if (first === 0 && last === 65535) return 'any';
    return first === last ? `${first}` : `${first}-${last}`;
  });
}

/** ICMP selectors (type × 256 + code) as text: `8` for every code of a type, `3/1`, `3/1-4/0`; all are `any`. */
export function formatIcmpSelectors(ranges: readonly NumberRange[]): string[] {
  return mergeRanges(ranges).map(({ first, last }) => {
    if (first === 0 && last === 65535) return 'any';
    if (first % 256 === 0 && last % 256 === 255) {
      return first + 255 === last ? `${first >> 8}` : `${first >> 8}-${last >> 8}`;
    }
    const low = `${first >> 8}/${first & 255}`;
    return first === last ? low : `${low}-${last >> 8}/${last & 255}`;
  });
}

/** The name of an IP protocol as configurations write it (`tcp`, `udp`, `icmp`, `icmp6`), else its number: `89`. */
export function protocolName(protocol: number): string {
  return PROTOCOL_NAMES.get(protocol) ?? String(protocol);
}

/** Protocols as text, merged and ascending: `tcp`, `18-46`; all protocols are `ip`. Empty: none. */
export function formatProtocols(ranges: readonly NumberRange[]): string[] {
  return mergeRanges(ranges).map(({ first, last }) => {
    if (first === 0 && last === 255) return 'ip';
    return first === last ? protocolName(first) : `${first}-${last}`;
  });
}
