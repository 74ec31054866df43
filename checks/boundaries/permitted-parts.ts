import type { Crossing } from '../../parsers/model/device.ts';
import type { CheckContext } from '../check.ts';
import type { Decision } from '../evaluate/evaluation.ts';
import type { PacketSet } from '../packet-space/packet-space.ts';
import { firstPackets } from '../reporting/draft.ts';
import type { Target } from '../reporting/flow-text.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import type { Boundary } from './boundary.ts';

/** Packets of one service that the same decisions let through a boundary. */
export interface PermittedPart {
  readonly boundary: Boundary;
  readonly target: Target;
  readonly set: PacketSet;
  readonly decisions: readonly Decision[];
  /** Some of the packets surely pass, and by these decisions. */
  readonly sure: boolean;
  /** The crossings that some of the packets can take; at least one. */
  readonly crossings: readonly Crossing[];
}

type PartsContext = Pick<CheckContext, 'device' | 'space' | 'catalogue'>;

/** Several checks ask for the same boundary, which belongs to one audit. */
const found = new WeakMap<Boundary, readonly PermittedPart[]>();

/**
 * What a boundary lets through of the services of the catalogue, approved or not, by the rules that decide. Packets that the
 * device takes for itself are left out.
 */
export function permittedParts(context: PartsContext, boundary: Boundary): readonly PermittedPart[] {
  const known = found.get(boundary) ?? split(context, boundary);
  found.set(boundary, known);
  return known;
}

function split({ device, space, catalogue }: PartsContext, boundary: Boundary): PermittedPart[] {
  return serviceTargets(device, boundary, catalogue).flatMap((target) => {
    const { definite, possible } = firstPackets(space, boundary, target);
    if (space.isSubset(possible, boundary.toDevice)) return [];
    const parts: PermittedPart[] = [];
    let told = space.none;
    // Where parts overlap, surely permitted packets count for the last, which takes them when no earlier one does.
    for (const { set: all, decisions } of boundary.parts(target.slice, possible).parts.toReversed()) {
      const set = space.intersect(all, possible);
      const crossings = boundary.taken([set]);
      if (crossings.length === 0) continue;
      const sure = !space.isSubset(space.intersect(set, definite), told);
      parts.push({ boundary, target, set, decisions, sure, crossings });
      told = space.union(told, set);
    }
    return parts.toReversed();
  });
}
