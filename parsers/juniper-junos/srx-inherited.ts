import type { Condition } from '../model/condition.ts';
import { together, type ObjectUse, type Tri } from '../model/rule.ts';
import { descendants, type JunosNode } from './tree.ts';

/** Where the groups are applied that a statement, or something in it, was inherited from: evidence beside the statement. */
export function inheritedUses(node: JunosNode): ObjectUse[] {
  const found = new Map<string, ObjectUse>();
  for (const { inheritance } of descendants(node)) {
    if (inheritance === undefined || found.has(inheritance.group)) continue;
    found.set(inheritance.group, { name: `group ${inheritance.group}`, kind: 'other', span: inheritance.applied });
  }
  return [...found.values()];
}

/** What the text leaves open about a statement because a group counts only on some systems or at some times. */
export function inheritedConditions(node: JunosNode): Condition[] {
  const found = new Map<string, Condition>();
  for (const { inheritance } of descendants(node)) {
    if (inheritance?.conditional !== true || found.has(inheritance.group)) continue;
    const { group, applied } = inheritance;
    found.set(group, { kind: 'runtime-state', name: `group ${group}`, span: applied });
  }
  return [...found.values()];
}

/** What a name stands for when its definition, or its place in a list, may not be there: perhaps nothing. */
export function perhaps<T>(tri: Tri<T>, node: JunosNode, nothing: T): Tri<T> {
  const { inheritance } = node;
  if (inheritance?.conditional !== true) return tri;
  const { group, applied } = inheritance;
  const condition: Condition = { kind: 'runtime-state', name: `group ${group}`, span: applied };
  return together([tri], ([field = tri]) => ({
    must: nothing,
    may: field.may,
    conditions: [...field.conditions, condition],
  }));
}
