import type { FieldLevels } from './levels.ts';
import { EMPTY } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/** Inclusive range of field values. */
export interface Range {
  readonly kind: 'range';
  readonly first: bigint;
  readonly last: bigint;
}

/** Field values `v` with `v & care === value`, free bits not only at the end. */
interface Ternary {
  readonly kind: 'ternary';
  readonly value: bigint;
  readonly care: bigint;
}

export type Term = Range | Ternary;

/** The values of one field that lead to the same rest of the diagram; terms disjoint, by lowest value. */
export interface Group<T extends Term> {
  readonly rest: number;
  readonly terms: readonly T[];
}

export interface Groups<T extends Term> {
  readonly groups: readonly Group<T>[];
  /** True when there are more groups, or more terms in one, than asked for. */
  readonly truncated: boolean;
}

export interface GroupBounds {
  readonly groups: number;
  /** Terms in one group. */
  readonly terms: number;
}

/** Ternary terms are shown as ranges when that makes at most so many. */
const MOST_RANGES = 64;

/** No more ranges than this are tried for the ternary terms of a group. */
const MOST_EXPANDED = 256;

interface Collected {
  readonly rest: number;
  readonly ranges: Range[];
  readonly ternaries: Ternary[];
}

/** Splits a field by where its values lead, in ranges. */
export function groupByRanges(
  sets: SetOperations,
  node: number,
  levels: FieldLevels,
  bounds: GroupBounds,
): Groups<Range> {
  const { collected, truncated } = collect(sets, node, levels, bounds, false);
  return cut(
    collected.map((group) => ({ rest: group.rest, terms: group.ranges })),
    bounds,
    truncated,
  );
}

/** Splits a field by where its values lead; sets that take too many ranges keep their ternary terms. */
export function groupByTerms(
  sets: SetOperations,
  node: number,
  levels: FieldLevels,
  bounds: GroupBounds,
): Groups<Term> {
  const { collected, truncated } = collect(sets, node, levels, bounds, true);
  return cut(
    collected.map((group) => ({ rest: group.rest, terms: shortest(group, levels, bounds.terms) })),
    bounds,
    truncated,
  );
}

function cut<T extends Term>(groups: readonly Group<T>[], bounds: GroupBounds, truncated: boolean): Groups<T> {
  return {
    groups: groups.map((group) => ({ rest: group.rest, terms: group.terms.slice(0, bounds.terms) })),
    truncated: truncated || groups.some((group) => group.terms.length > bounds.terms),
  };
}

/**
 * Walks the paths of a field from the lowest value up. Every path leads to some packet, so that the cost is that of the
 * result. Once it is certain that the result is cut, the walk goes on only a little, to show something of later groups.
 */
function collect(
  sets: SetOperations,
  node: number,
  levels: FieldLevels,
  bounds: GroupBounds,
  ternary: boolean,
): { collected: readonly Collected[]; truncated: boolean } {
  const end = levels.top + levels.bits;
  const groups = new Map<number, Collected>();
  // Writing ternary terms as ranges can save at most two terms for each of those ranges.
  const surelyTooMany = bounds.terms + (ternary ? 2 * MOST_EXPANDED : 0);
  let truncated = false;
  let stopped = false;
  let patience = 16 * bounds.terms;

  const take = (rest: number, value: bigint, care: bigint, free: bigint): void => {
    let group = groups.get(rest);
    if (group === undefined) {
      if (groups.size === bounds.groups) {
        truncated = true;
        stopped = true;
        return;
      }
      group = { rest, ranges: [], ternaries: [] };
      groups.set(rest, group);
    }
    if (truncated && patience-- <= 0) stopped = true;
    if (group.ranges.length + group.ternaries.length > surelyTooMany) truncated = true;
    else if ((care | free) === allOnes(levels.bits)) append(group.ranges, value, value | free);
    else group.ternaries.push({ kind: 'ternary', value, care });
  };

  const walk = (at: number, level: number, value: bigint, care: bigint): void => {
    if (at === EMPTY || stopped) return;
    const own = sets.level(at);
    if (own >= end) {
      take(at, value, care, care === 0n ? allOnes(levels.bits) : (care & -care) - 1n);
      return;
    }
    const here = ternary ? own : level;
    const bit = 1n << BigInt(end - 1 - here);
    const tested = here === own;
    walk(tested ? sets.low(at) : at, here + 1, value, care | bit);
    walk(tested ? sets.high(at) : at, here + 1, value | bit, care | bit);
  };
  walk(node, levels.top, 0n, 0n);
  return { collected: [...groups.values()], truncated };
}

/** Ranges alone where they are few enough, else ranges and ternary terms. */
function shortest(group: Collected, levels: FieldLevels, mostTerms: number): readonly Term[] {
  if (group.ternaries.length === 0) return group.ranges;
  const mixed = [...group.ranges, ...group.ternaries].sort((a, b) => compare(lowest(a), lowest(b)));
  const expanded = expand(group, levels);
  if (expanded === undefined) return mixed;
  if (expanded.length <= mixed.length) return expanded;
  return expanded.length <= MOST_RANGES && expanded.length <= mostTerms ? expanded : mixed;
}

function expand(group: Collected, levels: FieldLevels): readonly Range[] | undefined {
  const ranges: Range[] = [];
  for (const { value, care } of group.ternaries) {
    const below = (care & -care) - 1n;
    const scattered = allOnes(levels.bits) ^ care ^ below;
    if (ranges.length + 2 ** ones(scattered) > MOST_EXPANDED) return undefined;
    let bits = 0n;
    do {
      const first = value | bits;
      ranges.push({ kind: 'range', first, last: first | below });
      bits = (bits - scattered) & scattered;
    } while (bits !== 0n);
  }
  const joined: Range[] = [];
  for (const range of [...group.ranges, ...ranges].sort((a, b) => compare(a.first, b.first))) {
    append(joined, range.first, range.last);
  }
  return joined;
}

/** Appends a range above all others, joined with the last one where they touch. */
function append(ranges: Range[], first: bigint, last: bigint): void {
  const previous = ranges.at(-1);
  if (previous !== undefined && previous.last + 1n === first) {
    ranges[ranges.length - 1] = { kind: 'range', first: previous.first, last };
  } else {
    ranges.push({ kind: 'range', first, last });
  }
}

function allOnes(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

function lowest(term: Term): bigint {
  return term.kind === 'range' ? term.first : term.value;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ones(bits: bigint): number {
  let count = 0;
  for (let left = bits; left !== 0n; left &= left - 1n) count++;
  return count;
}
