import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import { addressFamily } from '../../parsers/model/address.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import { FIELD_LEVELS, UNUSED_IPV4_LEVELS } from './levels.ts';
import type { FieldLevels } from './levels.ts';
import type { AddressField } from './packet-space.ts';
import { EMPTY, FULL } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/** Levels of an address field as the packets of a family use it. */
export function addressLevels(field: AddressField, family: Family): FieldLevels {
  const levels = FIELD_LEVELS[field];
  return family === 6 ? levels : { top: levels.top + UNUSED_IPV4_LEVELS, bits: levels.bits - UNUSED_IPV4_LEVELS };
}

/** Diagrams over the bits of one field, each built from the last bit up so that no node is made in vain. */
export class FieldDiagrams {
  private readonly sets: SetOperations;
  private readonly known: Readonly<Record<AddressField, Readonly<Record<Family, WeakMap<AddressSet, number>>>>> = {
    source: { 4: new WeakMap(), 6: new WeakMap() },
    destination: { 4: new WeakMap(), 6: new WeakMap() },
  };

  constructor(sets: SetOperations) {
    this.sets = sets;
  }

  /** `next` for packets whose number is in some range, else empty. Ranges may overlap and stand in any order. */
  numbers(levels: FieldLevels, ranges: readonly NumberRange[], next: number): number {
    const first = ranges[0];
    if (first !== undefined && ranges.length === 1) return this.range32(levels, first.first, first.last, next);
    const each = ranges.map((range) => this.range32(levels, range.first, range.last, FULL));
    return this.sets.continueWith(this.sets.unionAll(each), next);
  }

  /** `next` for packets of the family whose address is in the set, else empty. The family itself is not tested. */
  address(field: AddressField, family: Family, set: AddressSet, next: number): number {
    if (next === EMPTY) return EMPTY;
    const only = set.include[0];
    if (only !== undefined && set.include.length === 1 && set.exclude.length === 0) {
      return addressFamily(only) === family ? this.term(field, only, next) : EMPTY;
    }
    return this.sets.continueWith(this.addressSet(field, family, set), next);
  }

  private addressSet(field: AddressField, family: Family, set: AddressSet): number {
    const known = this.known[field][family];
    const before = known.get(set);
    if (before !== undefined) return before;
    const included = this.terms(field, family, set.include);
    const result = included === EMPTY ? EMPTY : this.sets.subtract(included, this.terms(field, family, set.exclude));
    known.set(set, result);
    return result;
  }

  private terms(field: AddressField, family: Family, terms: readonly AddressTerm[]): number {
    const own = terms.filter((term) => addressFamily(term) === family).sort(byFirst);
    return this.sets.unionAll(own.map((term) => this.term(field, term, FULL)));
  }

  /** `next` for packets whose address is in the term, else empty. The term's family is not tested. */
  term(field: AddressField, term: AddressTerm, next: number): number {
    const levels = addressLevels(field, addressFamily(term));
    if (term.kind === 'range4') return this.range32(levels, term.first, term.last, next);
    if (term.kind === 'wildcard4') return this.ternary32(levels, term.value, term.care, next);
    if (term.kind === 'range6') return this.range128(levels, term.first, term.last, next);
    return this.ternary128(levels, term.value, term.care, next);
  }

  /** Numbers of up to 32 bits with `first ≤ number ≤ last`. */
  private range32(levels: FieldLevels, first: number, last: number, next: number): number {
    if (first > last) return EMPTY;
    const differing = (first ^ last) >>> 0;
    // Bits above the highest differing one are fixed. Where the range is not a whole block, the bits below it follow
    // two chains: at least `first` on the low side and at most `last` on the high side.
    const free = 32 - Math.clz32(differing);
    const { sets } = this;
    const bottom = levels.top + levels.bits - 1;
    let inside = next;
    const block = free === 32 ? 0xffffffff : (1 << free) - 1;
    if ((first & block) >>> 0 !== 0 || (last & block) >>> 0 !== block >>> 0) {
      let atLeast = next;
      let atMost = next;
      for (let bit = 0; bit < free - 1; bit++) {
        const level = bottom - bit;
        atLeast = (first >>> bit) & 1 ? sets.node(level, EMPTY, atLeast) : sets.node(level, atLeast, next);
        atMost = (last >>> bit) & 1 ? sets.node(level, next, atMost) : sets.node(level, atMost, EMPTY);
      }
      inside = sets.node(bottom - (free - 1), atLeast, atMost);
    }
    for (let bit = free; bit < levels.bits; bit++) {
      const level = bottom - bit;
      inside = (first >>> bit) & 1 ? sets.node(level, EMPTY, inside) : sets.node(level, inside, EMPTY);
    }
    return inside;
  }

  private ternary32(levels: FieldLevels, value: number, care: number, next: number): number {
    const { sets } = this;
    const bottom = levels.top + levels.bits - 1;
    let inside = next;
    for (let bit = 0; bit < levels.bits; bit++) {
      if (((care >>> bit) & 1) === 0) continue;
      const level = bottom - bit;
      inside = (value >>> bit) & 1 ? sets.node(level, EMPTY, inside) : sets.node(level, inside, EMPTY);
    }
    return inside;
  }

  private range128(levels: FieldLevels, first: bigint, last: bigint, next: number): number {
    if (first > last) return EMPTY;
    const { sets } = this;
    const low = words128(first);
    const high = words128(last);
    let free = 128;
    while (free > 0 && bitOf(low, free - 1) === bitOf(high, free - 1)) free--;
    const bottom = levels.top + levels.bits - 1;
    let inside = next;
    if (!isBlock(first, last)) {
      let atLeast = next;
      let atMost = next;
      for (let bit = 0; bit < free - 1; bit++) {
        const level = bottom - bit;
        atLeast = bitOf(low, bit) ? sets.node(level, EMPTY, atLeast) : sets.node(level, atLeast, next);
        atMost = bitOf(high, bit) ? sets.node(level, next, atMost) : sets.node(level, atMost, EMPTY);
      }
      inside = sets.node(bottom - (free - 1), atLeast, atMost);
    }
    for (let bit = free; bit < levels.bits; bit++) {
      const level = bottom - bit;
      inside = bitOf(low, bit) ? sets.node(level, EMPTY, inside) : sets.node(level, inside, EMPTY);
    }
    return inside;
  }

  private ternary128(levels: FieldLevels, value: bigint, care: bigint, next: number): number {
    const { sets } = this;
    const values = words128(value);
    const cares = words128(care);
    const bottom = levels.top + levels.bits - 1;
    let inside = next;
    for (let bit = 0; bit < levels.bits; bit++) {
      if (bitOf(cares, bit) === 0) continue;
      const level = bottom - bit;
      inside = bitOf(values, bit) ? sets.node(level, EMPTY, inside) : sets.node(level, inside, EMPTY);
    }
    return inside;
  }
}

/** Whether an inclusive range is one aligned block of a power of two: a prefix. */
function isBlock(first: bigint, last: bigint): boolean {
  const host = first ^ last;
  return (host & (host + 1n)) === 0n && (first & host) === 0n;
}

/** Four 32-bit words, the least significant first. */
function words128(value: bigint): Int32Array {
  return Int32Array.of(
    Number(BigInt.asIntN(32, value)),
    Number(BigInt.asIntN(32, value >> 32n)),
    Number(BigInt.asIntN(32, value >> 64n)),
    Number(BigInt.asIntN(32, value >> 96n)),
  );
}

function bitOf(words: Int32Array, bit: number): number {
  return ((words[bit >>> 5] as number) >>> (bit & 31)) & 1;
}

function byFirst(a: AddressTerm, b: AddressTerm): number {
  const firstA = 'first' in a ? a.first : a.value;
  const firstB = 'first' in b ? b.first : b.value;
  return firstA < firstB ? -1 : firstA > firstB ? 1 : 0;
}
