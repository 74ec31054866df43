import { FIELD_LEVELS, UNUSED_IPV4_LEVELS } from './levels.ts';
import type { FieldLevels } from './levels.ts';
import type { Field } from './packet-space.ts';
import { EMPTY, FULL, isEnd } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/** Frees a field: `some` value or `every` value of it must keep the packet in the set. */
export function quantifyField(sets: SetOperations, set: number, field: Field, quantifier: 'some' | 'every'): number {
  if (field === 'family') return quantifyFamily(sets, set, quantifier);
  return quantifyLevels(sets, set, FIELD_LEVELS[field], quantifier);
}

function quantifyLevels(sets: SetOperations, set: number, levels: FieldLevels, quantifier: 'some' | 'every'): number {
  const end = levels.top + levels.bits;
  const known = new Map<number, number>();
  const free = (node: number): number => {
    if (isEnd(node)) return node;
    const level = sets.level(node);
    if (level >= end) return node;
    const before = known.get(node);
    if (before !== undefined) return before;
    const low = free(sets.low(node));
    const high = free(sets.high(node));
    let result: number;
    if (level < levels.top) result = sets.node(level, low, high);
    else result = quantifier === 'some' ? sets.union(low, high) : sets.intersect(low, high);
    known.set(node, result);
    return result;
  };
  return free(set);
}

/**
 * A packet's other family is the packet with the same numbers there. An IPv6 packet with an address beyond 32 bits has
 * no IPv4 counterpart, so IPv6 is the only value its family can take.
 */
function quantifyFamily(sets: SetOperations, set: number, quantifier: 'some' | 'every'): number {
  const tested = sets.level(set) === FIELD_LEVELS.family.top;
  const four = tested ? sets.low(set) : set;
  const six = tested ? sets.high(set) : set;
  const small = smallAddresses(sets);
  let sixAsFour = sets.intersect(six, small);
  for (const field of ['source', 'destination'] as const) {
    sixAsFour = quantifyLevels(sets, sixAsFour, { top: FIELD_LEVELS[field].top, bits: UNUSED_IPV4_LEVELS }, 'some');
  }
  if (quantifier === 'some') {
    return sets.node(0, sets.union(four, sixAsFour), sets.union(six, sets.intersect(four, small)));
  }
  const large = sets.subtract(FULL, small);
  return sets.node(0, sets.intersect(four, sixAsFour), sets.intersect(six, sets.union(four, large)));
}

/** Addresses below 2³² on both sides. */
function smallAddresses(sets: SetOperations): number {
  let node: number = FULL;
  for (const field of ['source', 'destination'] as const) {
    const { top } = FIELD_LEVELS[field];
    for (let level = top + UNUSED_IPV4_LEVELS - 1; level >= top; level--) node = sets.node(level, node, EMPTY);
  }
  return node;
}
