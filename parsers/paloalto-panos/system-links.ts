import type { Condition } from '../model/condition.ts';
import type { Party } from './parties.ts';

/** External zones that a connection from one system to another is looked up with, on each side; none at a shared gateway. */
export type SystemLink =
  | { readonly none: string }
  | {
      readonly leaving: readonly string[];
      readonly entering: readonly string[];
      readonly conditions: readonly Condition[];
    };

/** A gateway's side, where no zone is needed. */
const NO_ZONE: readonly string[] = [''];

/**
 * How connections get from one virtual system or gateway to another. Each virtual system needs an external zone that stands for
 * the other one (PAN-OS administrator's guide, "Inter-VSYS Traffic That Remains Within the Firewall"); shared gateways need none
 * ("External Zones and Shared Gateway").
 */
export function linkOf(from: Party, to: Party): SystemLink {
  const leaving = side(from, to);
  const entering = side(to, from);
  if (leaving.length === 0) return { none: `${from.id} has no external zone for ${to.id}` };
  if (entering.length === 0) return { none: `${to.id} has no external zone for ${from.id}` };
  return { leaving, entering, conditions: visibility(from, to) };
}

function side(party: Party, other: Party): readonly string[] {
  const zones = party.externals.get(other.id) ?? [];
  return zones.length === 0 && party.security === undefined ? NO_ZONE : zones;
}

/**
 * Virtual systems that exchange packets must be made visible to each other. Where neither side says so, the external zones do: a
 * device offers only visible systems for them. Where one side lists others, it may have been taken back.
 */
function visibility(from: Party, to: Party): Condition[] {
  if (from.security === undefined || to.security === undefined) return [];
  const sides = [from.sees?.has(to.id), to.sees?.has(from.id)];
  if (sides.every((sees) => sees === undefined) || sides.every((sees) => sees === true)) return [];
  const { span } = from.system.node;
  return [{ kind: 'vendor-unverified', name: `visibility of ${to.id} to ${from.id}`, span }];
}

/** Whether anything in either of them speaks of exchanging packets with the other. */
export function areRelated(a: Party, b: Party): boolean {
  const names = (one: Party, other: Party): boolean =>
    one.externals.has(other.id) || one.sees?.has(other.id) === true || other.security === undefined;
  return names(a, b) || names(b, a);
}
