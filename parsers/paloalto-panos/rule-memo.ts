import type { Condition } from '../model/condition.ts';
import type { Rule } from '../model/rule.ts';
import type { Names, Rulebase } from './firewall.ts';
import type { PanNode } from './tree.ts';

/**
 * What was read so far, by its node and the names it was read with. The firewalls of a device group have its rules in
 * common: read once, a rule stands in all of them.
 */
export class RuleMemo<T> {
  private readonly byNames = new WeakMap<Names, Map<PanNode, T>>();

  /** What was made of a node, made now if it was not. */
  take(node: PanNode, names: Names, make: () => T): T {
    let known = this.byNames.get(names);
    if (known === undefined) this.byNames.set(names, (known = new Map()));
    const found = known.get(node);
    if (found !== undefined) return found;
    const made = make();
    known.set(node, made);
    return made;
  }
}

/** One value for each owner, made when it is first asked for: notes own what is kept during one reading. */
export function onceFor<T>(make: () => T): (owner: object) => T {
  const made = new WeakMap<object, T>();
  return (owner) => {
    let value = made.get(owner);
    if (value === undefined) made.set(owner, (value = make()));
    return value;
  };
}

/** A rule of a rulebase that counts for a firewall, and whether that is sure. */
interface AppliedRule {
  readonly node: PanNode;
  readonly unsure: Condition | undefined;
}

/** The rules of a list that count for the firewall: those whose `target` does not leave it out. */
export function appliedRules(rules: readonly PanNode[], { appliesTo }: Rulebase): readonly AppliedRule[] {
  return rules.flatMap((node): AppliedRule[] => {
    const applies = appliesTo?.(node) ?? true;
    if (applies === false) return [];
    const { word, span } = node;
    const unsure =
      applies === 'perhaps' ? ({ kind: 'not-understood', name: `target of rule ${word}`, span } as const) : undefined;
    return [{ node, unsure }];
  });
}

/** The rule under a further condition, if there is one. */
export function under(rule: Rule, condition: Condition | undefined): Rule {
  return condition === undefined ? rule : { ...rule, conditions: [...rule.conditions, condition] };
}
