import type { AddressSet } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import { ANY_ADDRESS, NO_ADDRESS } from '../model/address.ts';
import { exactly, together } from '../model/rule.ts';

/** What one name or literal stands for. None of its sets excludes anything. */
export interface AddressPart {
  readonly tri: Tri<AddressSet>;
  readonly objects: readonly ObjectUse[];
  /** Some of it is an `ip-wildcard` object. */
  readonly hasWildcard: boolean;
}

/** May be any address, surely is none. */
export function undecidedAddress(condition: Condition, objects: readonly ObjectUse[]): AddressPart {
  return { tri: { must: NO_ADDRESS, may: ANY_ADDRESS, conditions: [condition] }, objects, hasWildcard: false };
}

/**
 * Several parts together: the members of a group, the list of a rule. One part alone is returned as it is, so that what many
 * rules share stays one object.
 */
export function unionOf(parts: readonly AddressPart[], own: readonly ObjectUse[] = []): AddressPart {
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return own.length === 0 ? only : { ...only, objects: [...own, ...only.objects] };
  const objects = [...own, ...parts.flatMap((part) => part.objects)];
  const hasWildcard = parts.some((part) => part.hasWildcard);
  const tri = together(
    parts.map((part) => part.tri),
    inOne,
  );
  return { tri, objects, hasWildcard };
}

function inOne(parts: readonly Tri<AddressSet>[]): Tri<AddressSet> {
  const conditions = distinct(parts.flatMap((part) => part.conditions));
  const may = allOf(parts.map((part) => part.may));
  if (conditions.length === 0) return exactly(may);
  return { must: allOf(parts.map((part) => part.must)), may, conditions };
}

/**
 * `negate-source yes`: every address but those of the list. What surely is in the list surely is not outside of it, so `must`
 * and `may` change places.
 */
export function outside(tri: Tri<AddressSet>): Tri<AddressSet> {
  return together([tri], ([part = tri]) => {
    const { must, may, conditions } = part;
    if (conditions.length === 0) return exactly(complement(may));
    return { must: complement(may), may: complement(must), conditions };
  });
}

/** The same fact once, whoever names it. */
export function distinct(conditions: readonly Condition[]): readonly Condition[] {
  if (conditions.length < 2) return conditions;
  return [...new Map(conditions.map((each) => [`${each.kind}\n${each.name}`, each])).values()];
}

function allOf(sets: readonly AddressSet[]): AddressSet {
  if (sets.includes(ANY_ADDRESS)) return ANY_ADDRESS;
  const include = sets.flatMap((set) => set.include);
  return include.length === 0 ? NO_ADDRESS : { include, exclude: [] };
}

function complement(set: AddressSet): AddressSet {
  if (set === ANY_ADDRESS) return NO_ADDRESS;
  if (set.include.length === 0) return ANY_ADDRESS;
  return { include: ANY_ADDRESS.include, exclude: set.include };
}
