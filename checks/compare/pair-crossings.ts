import type { Crossing } from '../../parsers/model/device.ts';
import { MAX_CROSSINGS, StepKeys } from '../boundaries/find-boundaries.ts';
import { DIRECTIONS } from '../boundaries/direction.ts';
import type { UnjudgedCrossing } from '../device-report.ts';
import type { OneSided } from './device-changes.ts';
import type { Side, Way } from './side.ts';

/** A way on one side with the crossings that have the same steps there. */
export interface GroupedWay {
  readonly way: Way;
  readonly crossings: readonly [Crossing, ...Crossing[]];
}

/** Crossings that have the same steps on each side, so that they changed alike; at least one side has a way. */
export interface CrossingPair {
  readonly before: GroupedWay | undefined;
  readonly after: GroupedWay | undefined;
  /** Why the other side has none, of the first of them. */
  readonly reason: string;
}

export interface PairedCrossings {
  readonly pairs: readonly CrossingPair[];
  readonly oneSided: readonly OneSided[];
  /** Crossings that say the same on both sides: nothing to compare. */
  readonly alike: number;
  readonly compared: number;
  readonly beyond: readonly UnjudgedCrossing[];
}

interface Named {
  readonly from: string;
  readonly to: string;
  readonly before: Way | undefined;
  readonly after: Way | undefined;
  readonly reason: string;
}

/** Pairs the crossings of two devices by the names of their segments, those with a direction first. */
export function pairCrossings(before: Side, after: Side): PairedCrossings {
  const all = namedWays(before, after);
  const named = all.slice(0, MAX_CROSSINGS);
  const groups = new Map<string, { readonly first: Named; readonly before: Crossing[]; readonly after: Crossing[] }>();
  const keys = { before: new StepKeys(), after: new StepKeys() };
  const oneSided: OneSided[] = [];
  let alike = 0;
  for (const each of named) {
    const { from, to, reason } = each;
    if (saysTheSame(before, after, each)) {
      alike += 1;
      continue;
    }
    const missing = each.before === undefined ? 'before' : 'after';
    if (each.before === undefined || each.after === undefined)
      oneSided.push({ crossing: { from, to }, missing, reason });
    const key = JSON.stringify([keyOf(keys.before, each.before), keyOf(keys.after, each.after), reason]);
    const group = groups.get(key) ?? { first: each, before: [], after: [] };
    if (each.before !== undefined) group.before.push(each.before.crossing);
    if (each.after !== undefined) group.after.push(each.after.crossing);
    groups.set(key, group);
  }
  return {
    pairs: [...groups.values()].map((group) => ({
      before: grouped(group.first.before, group.before),
      after: grouped(group.first.after, group.after),
      reason: group.first.reason,
    })),
    oneSided,
    alike,
    compared: named.length,
    beyond: beyondOf(all.slice(MAX_CROSSINGS)),
  };
}

function namedWays(before: Side, after: Side): Named[] {
  const names = [...new Set([...after.segments, ...before.segments])].sort();
  const found = names.flatMap((from) =>
    names.flatMap((to): Named[] => {
      if (from === to) return [];
      const [here, there] = [before.way(from, to), after.way(from, to)];
      if (here.kind === 'no-way' && there.kind === 'no-way') return [];
      const reason = here.kind === 'no-way' ? here.reason : there.kind === 'no-way' ? there.reason : '';
      return [
        {
          from,
          to,
          before: here.kind === 'way' ? here : undefined,
          after: there.kind === 'way' ? there : undefined,
          reason,
        },
      ];
    }),
  );
  const rank = ({ before: here, after: there }: Named): number => {
    const directions = [...DIRECTIONS, 'unjudged'];
    return Math.min(...[here, there].flatMap((way) => (way === undefined ? [] : [directions.indexOf(way.direction)])));
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

/**
 * The steps of a crossing say the same on both sides, but for names and places. Where applications are recognised their
 * definitions count too, which stand outside of the steps.
 */
function saysTheSame(before: Side, after: Side, { before: here, after: there }: Named): boolean {
  if (here === undefined || there === undefined) return false;
  const same = here.families.join() === there.families.join() && before.device.addressView === after.device.addressView;
  const { applications } = before.device;
  if (!same || applications !== after.device.applications) return false;
  const [one, other] = [here.crossing, there.crossing];
  const [mine, yours] = [before.shapes, after.shapes];
  return mine.of(one.steps) === yours.of(other.steps) && mine.of(one.conditions) === yours.of(other.conditions);
}

function keyOf(keys: StepKeys, way: Way | undefined): unknown {
  if (way === undefined) return 'none';
  return [way.direction, way.families, way.routingContext, keys.of(way.crossing)];
}

function grouped(way: Way | undefined, [first, ...others]: readonly Crossing[]): GroupedWay | undefined {
  return way === undefined || first === undefined ? undefined : { way, crossings: [first, ...others] };
}

function beyondOf(left: readonly Named[]): UnjudgedCrossing[] {
  const [first] = left;
  if (first === undefined) return [];
  const reason = `${left.length} crossings, beginning with this one, are beyond the ${MAX_CROSSINGS} compared for a device`;
  return [{ crossing: { from: first.from, to: first.to }, reason }];
}
