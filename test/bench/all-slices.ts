import type { Slice } from '../../checks/evaluate/slice.ts';
import { MAX_SLICES } from '../../checks/packet-space/packet-space.ts';
import type { Outcomes, PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';

/** A rule within the slices of the mask: bit n for slice n. */
interface RulePart {
  readonly sourcePorts: readonly NumberRange[];
  readonly mask: bigint;
}

/**
 * Permitted sets of a list of decided rules for all slices in one run: every rule is one outcome diagram that tells the
 * slices apart below the addresses, the list is combined by halves once, and each slice's set is read off the result.
 */
export function permittedInAllSlices(
  space: PacketSpace,
  list: RuleList,
  slices: readonly Slice[],
): readonly PacketSet[] {
  if (slices.length > MAX_SLICES) throw new RangeError(`more than ${MAX_SLICES} slices`);
  const runs = list.rules.flatMap((rule) =>
    partsOf(rule, slices).map(({ sourcePorts, mask }) =>
      space.flowRule(
        rule.action.kind === 'permit' ? 'permit' : 'deny',
        rule.match.source.may,
        rule.match.destination.may,
        sourcePorts,
        mask,
      ),
    ),
  );
  return space.readInSlices(byHalves(space, runs, 0, runs.length), 'permits', [...slices.keys()]);
}

function partsOf(rule: Rule, slices: readonly Slice[]): RulePart[] {
  const parts: RulePart[] = [];
  for (const term of rule.match.service.may) {
    let mask = 0n;
    for (const [index, slice] of slices.entries()) {
      if (within(term.protocols, slice.protocol) && within(term.destinationPorts, slice.port))
        mask |= 1n << BigInt(index);
    }
    if (mask !== 0n) parts.push({ sourcePorts: term.sourcePorts, mask });
  }
  return parts;
}

function byHalves(space: PacketSpace, runs: readonly Outcomes[], from: number, to: number): Outcomes {
  if (to - from <= 1) return runs[from] ?? space.noOutcome;
  const middle = (from + to) >>> 1;
  return space.inOrder(byHalves(space, runs, from, middle), byHalves(space, runs, middle, to));
}

/** Source ports of the service's packets within the slice; empty when it has none. */
export function sourcePortsIn(service: ServiceSet, slice: Slice): readonly NumberRange[] {
  return service.flatMap((term) =>
    within(term.protocols, slice.protocol) && within(term.destinationPorts, slice.port) ? term.sourcePorts : [],
  );
}

function within(ranges: readonly NumberRange[], value: number): boolean {
  for (const range of ranges) if (value >= range.first && value <= range.last) return true;
  return false;
}
