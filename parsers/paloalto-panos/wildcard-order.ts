import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { Rule } from '../model/rule.ts';
import type { SecurityRule } from './security-rule.ts';
import type { Notes } from './notes.ts';
import { isYes, type PanNode } from './tree.ts';

/** Whether the device tries rules with wildcard masks strictly from the top. */
export function triesFromTheTop(node: PanNode): boolean {
  let root = node;
  while (root.parent !== undefined) root = root.parent;
  return isYes(root, 'deviceconfig', 'setting', 'management', 'wildcard-topdown-match-mode');
}

/**
 * Rules with `ip-wildcard` objects that overlap. Where an address fits the masks of several, only the rule with the longest
 * prefix in its mask is tried, unless the device has the top-down mode of 10.2.1 on ("Security Policy Rule Top-Down Order
 * When Wildcard Masks Overlap", PAN-OS 10.2 new features; KB kA14u000000XguPCAS). Which one that is for a packet with other
 * sides to compare is not documented, so each of them may be passed over. Gives the condition for each such rule.
 */
export function wildcardConditions(rules: readonly SecurityRule[], notes: Notes): ReadonlyMap<Rule, Condition> {
  const found = new Map<Rule, Condition>();
  const candidates = rules.filter(({ rule, wildcards }) => rule.enabled && wildcards.length > 0);
  for (const [index, one] of candidates.entries()) {
    for (const other of candidates.slice(index + 1)) {
      if (!mayMeet(one, other)) continue;
      for (const { rule } of [one, other]) {
        const { span } = rule;
        found.set(rule, { kind: 'vendor-unverified', name: `order of wildcard masks at ${rule.id}`, span });
      }
    }
  }
  const [first] = found.values();
  if (first !== undefined) {
    notes.diagnose(
      'panos/wildcard-order',
      'warning',
      first.span,
      'rules with wildcard masks overlap, and the text does not switch on `wildcard-topdown-match-mode`',
      'the firewall tries the one with the longest prefix in its mask, not the first: they are possible, not definite',
    );
  }
  return found;
}

function mayMeet(one: SecurityRule, other: SecurityRule): boolean {
  return one.wildcards.some(
    (side) => other.wildcards.includes(side) && overlap(one.rule.match[side].may, other.rule.match[side].may),
  );
}

/** Whether two sets have an address in common; exceptions are left aside. */
function overlap(left: AddressSet, right: AddressSet): boolean {
  return left.include.some((one) => right.include.some((other) => termsMeet(one, other)));
}

function termsMeet(one: AddressTerm, other: AddressTerm): boolean {
  const ranges = [one, other].every(({ kind }) => kind === 'range4');
  if (one.kind === 'range4' && other.kind === 'range4' && ranges) {
    return one.first <= other.last && other.first <= one.last;
  }
  if (one.kind === 'wildcard4' && other.kind === 'wildcard4') {
    return ((one.value ^ other.value) & one.care & other.care) === 0;
  }
  const isIpv6 = [one, other].some(({ kind }) => kind === 'range6' || kind === 'wildcard6');
  return !isIpv6;
}
