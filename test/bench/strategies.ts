import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { Slice } from '../../checks/evaluate/slice.ts';
import type { PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Device } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import { permittedInAllSlices, sourcePortsIn } from './all-slices.ts';

/** A way to the permitted sets of a list of decided rules, one for each slice. */
type Strategy = (space: PacketSpace, list: RuleList, slices: readonly Slice[]) => readonly PacketSet[];

/** `evaluation` is what the program does; the others are what it was chosen from. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  evaluation: (space, list, slices) => {
    const crossing = createEvaluation(deviceOf(list), space, slices).list(list);
    return slices.map((slice) => crossing.permitted(slice).possible);
  },
  'all-slices': permittedInAllSlices,
  'halves-in-order': (space, list, slices) =>
    slices.map((slice) => {
      const runs = remaining(list, slice).map(([rule, ports]) =>
        space.flowRule(verdictOf(rule), rule.match.source.may, rule.match.destination.may, ports),
      );
      return space.permits(halves(runs, space.noOutcome, (first, second) => space.inOrder(first, second)));
    }),
  'halves-one-apply': (space, list, slices) => pairs(space, list, slices, (a, b, m) => space.unionOutside(a, b, m)),
  'halves-two-applies': (space, list, slices) =>
    pairs(space, list, slices, (a, b, m) => space.union(a, space.subtract(b, m))),
  'rule-by-rule': (space, list, slices) =>
    slices.map((slice) => {
      let [permitted, matched] = [space.none, space.none];
      for (const [rule, ports] of remaining(list, slice)) {
        const flow = space.flow(rule.match.source.may, rule.match.destination.may, ports);
        if (rule.action.kind === 'permit') permitted = space.unionOutside(permitted, flow, matched);
        matched = space.union(matched, flow);
      }
      return permitted;
    }),
  'from-the-end': (space, list, slices) =>
    slices.map((slice) => {
      let permitted = space.none;
      for (const [rule, ports] of remaining(list, slice).toReversed()) {
        const flow = space.flow(rule.match.source.may, rule.match.destination.may, ports);
        permitted = rule.action.kind === 'permit' ? space.union(permitted, flow) : space.subtract(permitted, flow);
      }
      return permitted;
    }),
};

/** The list with source and destination exchanged: what testing the destination first would cost. */
export function exchanged(list: RuleList): RuleList {
  const rules = list.rules.map((rule) => {
    const { source, destination } = rule.match;
    return { ...rule, match: { ...rule.match, source: destination, destination: source } };
  });
  return { ...list, rules };
}

interface Pair {
  readonly permits: PacketSet;
  readonly matches: PacketSet;
}

function pairs(
  space: PacketSpace,
  list: RuleList,
  slices: readonly Slice[],
  combine: (a: PacketSet, b: PacketSet, m: PacketSet) => PacketSet,
): PacketSet[] {
  return slices.map((slice) => {
    const leaves = remaining(list, slice).map(([rule, ports]): Pair => {
      const matches = space.flow(rule.match.source.may, rule.match.destination.may, ports);
      return { permits: rule.action.kind === 'permit' ? matches : space.none, matches };
    });
    const empty: Pair = { permits: space.none, matches: space.none };
    return halves(leaves, empty, (first, second) => ({
      permits: combine(first.permits, second.permits, first.matches),
      matches: space.union(first.matches, second.matches),
    })).permits;
  });
}

function halves<T>(of: readonly T[], empty: T, join: (first: T, second: T) => T, from = 0, to = of.length): T {
  if (to - from <= 1) return of[from] ?? empty;
  const middle = (from + to) >>> 1;
  return join(halves(of, empty, join, from, middle), halves(of, empty, join, middle, to));
}

function remaining(list: RuleList, slice: Slice): (readonly [Rule, ReturnType<typeof sourcePortsIn>])[] {
  return list.rules.flatMap((rule) => {
    const ports = sourcePortsIn(rule.match.service.may, slice);
    return ports.length === 0 ? [] : [[rule, ports] as const];
  });
}

function verdictOf(rule: Rule): 'permit' | 'deny' {
  return rule.action.kind === 'permit' ? 'permit' : 'deny';
}

/** A device that has nothing but the list. */
function deviceOf(list: RuleList): Device {
  return {
    name: list.name,
    platform: 'cisco-asa',
    source: list.span.source,
    segments: [],
    ruleLists: [list],
    bindings: [],
    translations: [],
    routes: [],
    telemetry: [],
    addressView: 'arriving',
    crossing: (from, to) => ({ from, to, none: 'the list is not bound' }),
  };
}
