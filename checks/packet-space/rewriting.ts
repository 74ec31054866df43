import type { AddressTerm, Range4, Range6 } from '../../parsers/model/address.ts';
import { addressFamily } from '../../parsers/model/address.ts';
import { addressLevels } from './field-diagrams.ts';
import { FIELD_LEVELS } from './levels.ts';
import type { FieldLevels } from './levels.ts';
import type { AddressField } from './packet-space.ts';
import { quantifyField } from './quantify.ts';
import type { RuleDiagrams } from './rule-diagrams.ts';
import { EMPTY, isEnd } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/**
 * Packets with their address in `from` that are in `set` once it is moved to the same offset in `to`.
 *
 * @throws RangeError unless both terms are ranges of one family and one size.
 */
export function beforeAddressRewrite(
  sets: SetOperations,
  diagrams: RuleDiagrams,
  set: number,
  field: AddressField,
  from: AddressTerm,
  to: AddressTerm,
): number {
  const before = rangeOf(from);
  const after = rangeOf(to);
  const family = addressFamily(from);
  if (before === undefined || after === undefined || family !== addressFamily(to)) {
    throw new RangeError('an address rewriting needs two ranges of one family');
  }
  if (before.last - before.first !== after.last - after.first) {
    throw new RangeError('an address rewriting needs two ranges of one size');
  }
  const levels = addressLevels(field, family);
  const arriving = within(sets, diagrams, field, from);
  const rewritten = sets.intersect(set, within(sets, diagrams, field, to));
  const distance = BigInt.asUintN(levels.bits, after.first - before.first);
  return sets.intersect(arriving, shifted(sets, rewritten, levels, distance));
}

/** Packets with destination port `from` that are in `set` with port `to`. */
export function beforePortRewrite(
  sets: SetOperations,
  diagrams: RuleDiagrams,
  set: number,
  from: number,
  to: number,
): number {
  const port = (value: number): number =>
    diagrams.fields.numbers(FIELD_LEVELS['destination-port'], [{ first: value, last: value }], 1);
  const rewritten = quantifyField(sets, sets.intersect(set, port(to)), 'destination-port', 'some');
  return sets.intersect(port(from), rewritten);
}

function rangeOf(term: AddressTerm): { first: bigint; last: bigint } | undefined {
  if (!isRange(term)) return undefined;
  return { first: BigInt(term.first), last: BigInt(term.last) };
}

function isRange(term: AddressTerm): term is Range4 | Range6 {
  return term.kind === 'range4' || term.kind === 'range6';
}

function within(sets: SetOperations, diagrams: RuleDiagrams, field: AddressField, term: AddressTerm): number {
  const addresses = diagrams.fields.term(field, term, 1);
  return addressFamily(term) === 4 ? sets.node(0, addresses, EMPTY) : sets.node(0, EMPTY, addresses);
}

/**
 * The packets that are in `set` after `distance` is added to a field (modulo its size). Diagrams test the highest bit
 * first while carries come from below, so each level is solved for both carries that it may hand up.
 */
function shifted(sets: SetOperations, set: number, levels: FieldLevels, distance: bigint): number {
  if (distance === 0n) return set;
  const end = levels.top + levels.bits;
  // Below the lowest 1 bit of the distance nothing changes and nothing carries.
  let still = end;
  while (((distance >> BigInt(end - still)) & 1n) === 0n) still--;
  const known = new Map<number, number>();

  const solve = (node: number, level: number, carryOut: 0 | 1): number => {
    if (node === EMPTY) return EMPTY;
    if (level === still) return carryOut === 0 ? node : EMPTY;
    const key = (node * 512 + level) * 2 + carryOut;
    const before = known.get(key);
    if (before !== undefined) return before;
    const tests = !isEnd(node) && sets.level(node) === level;
    const sumLow = tests ? sets.low(node) : node;
    const sumHigh = tests ? sets.high(node) : node;
    const added = (distance >> BigInt(end - 1 - level)) & 1n;
    // bit + added + carryIn = 2 × carryOut + sum
    const branch = (bit: number): number => {
      let result: number = EMPTY;
      for (const carryIn of [0, 1] as const) {
        const total = bit + Number(added) + carryIn;
        if (total >> 1 !== carryOut) continue;
        result = sets.union(result, solve((total & 1) === 0 ? sumLow : sumHigh, level + 1, carryIn));
      }
      return result;
    };
    const low = branch(0);
    const result = sets.node(level, low, branch(1));
    known.set(key, result);
    return result;
  };

  const above = new Map<number, number>();
  const descend = (node: number): number => {
    if (node === EMPTY) return EMPTY;
    const level = sets.level(node);
    if (level >= levels.top) return sets.union(solve(node, levels.top, 0), solve(node, levels.top, 1));
    const before = above.get(node);
    if (before !== undefined) return before;
    const low = descend(sets.low(node));
    const result = sets.node(level, low, descend(sets.high(node)));
    above.set(node, result);
    return result;
  };
  return descend(set);
}
