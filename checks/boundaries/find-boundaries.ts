import type { Family } from '../../parsers/model/address.ts';
import type { Crossing, Device, Segment, Step } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { SegmentTrust, UnjudgedCrossing } from '../device-report.ts';
import type { EvaluatedCrossing, EvaluationContract } from '../evaluate/evaluation.ts';
import { createBoundary, type Boundary } from './boundary.ts';
import { directionOf, DIRECTIONS, type Direction } from './direction.ts';
import { Elsewhere } from './elsewhere.ts';
import { packetsToDevice } from './own-addresses.ts';
import { unjudgedPairs } from './unjudged.ts';

/**
 * Crossings built for one device. A box with hundreds of segments on both sides has more pairs than anyone reads; the
 * pairs beyond are named as not judged, exposure first, then egress, then lateral.
 */
export const MAX_CROSSINGS = 20_000;

export interface FoundBoundaries {
  readonly boundaries: readonly Boundary[];
  readonly unjudged: readonly UnjudgedCrossing[];
}

interface Pair {
  readonly direction: Direction;
  readonly from: Segment;
  readonly to: Segment;
  readonly families: readonly Family[];
}

/** Every pair of segments with a direction, grouped where the steps between them are the same. */
export function findBoundaries(
  evaluation: EvaluationContract,
  trust: ReadonlyMap<string, SegmentTrust>,
): FoundBoundaries {
  const { device, space } = evaluation;
  const segments = device.segments.filter(({ kind, transit }) => kind !== 'self' && transit === 'yes');
  const pairs = directedPairs(segments, trust);
  const unjudged = [...unjudgedPairs(segments, trust), ...beyond(pairs.slice(MAX_CROSSINGS))];
  const groups = new Map<string, { pair: Pair; crossings: [Crossing, ...Crossing[]] }>();
  const keys = new StepKeys();
  for (const pair of pairs.slice(0, MAX_CROSSINGS)) {
    const crossing = crossingOf(device, pair, unjudged);
    if (crossing === undefined) continue;
    const key = `${pair.direction} ${pair.families.join()} ${pair.from.routingContext} ${keys.of(crossing)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { pair, crossings: [crossing] });
    else group.crossings.push(crossing);
  }
  const boundaries: Boundary[] = [];
  const elsewhere = new Elsewhere(space, device);
  for (const { pair, crossings } of groups.values()) {
    const evaluated = evaluation.crossing(pair.from.name, pair.to.name);
    if ('none' in evaluated) continue;
    const toDevice = packetsToDevice(space, device, crossings[0]);
    const session = (application: string): EvaluatedCrossing | undefined => {
      const found = evaluation.sessions(application)?.crossing(pair.from.name, pair.to.name);
      return found === undefined || 'none' in found ? undefined : found;
    };
    boundaries.push(
      createBoundary(space, pair.direction, crossings, pair.families, toDevice, elsewhere, evaluated, session),
    );
  }
  return { boundaries, unjudged };
}

function directedPairs(segments: readonly Segment[], trust: ReadonlyMap<string, SegmentTrust>): Pair[] {
  const pairs: Pair[] = [];
  for (const from of segments) {
    for (const to of segments) {
      if (from === to) continue;
      const sides = [trust.get(from.name)?.trust ?? 'unknown', trust.get(to.name)?.trust ?? 'unknown'] as const;
      const direction = directionOf(...sides);
      if (direction === undefined) continue;
      pairs.push({ direction, from, to, families: from.families.filter((family) => to.families.includes(family)) });
    }
  }
  return DIRECTIONS.flatMap((wanted) => pairs.filter(({ direction }) => direction === wanted));
}

function crossingOf(device: Device, pair: Pair, unjudged: UnjudgedCrossing[]): Crossing | undefined {
  const name = { from: pair.from.name, to: pair.to.name };
  const crossing = device.crossing(name.from, name.to);
  // No path at all is an answer, not a gap: nothing crosses.
  if ('none' in crossing) return undefined;
  if (pair.families.length > 0) return crossing;
  unjudged.push({ crossing: name, reason: 'the text gives the two sides no address family in common' });
  return undefined;
}

function beyond(pairs: readonly Pair[]): UnjudgedCrossing[] {
  const first = pairs[0];
  if (first === undefined) return [];
  const reason = `${pairs.length} crossings, beginning with this one, are beyond the ${MAX_CROSSINGS} judged for a device`;
  return [{ crossing: { from: first.from.name, to: first.to.name }, reason }];
}

/** Tells whether two crossings do the same to every packet, by the identity of what stands on their way. */
export class StepKeys {
  private readonly ids = new Map<object, number>();
  private readonly segmentBound = new Map<RuleList, boolean>();

  of(crossing: Crossing): string {
    const conditions = crossing.conditions.map(({ kind, name, span }) => `${kind} ${name} ${span.line}`);
    return JSON.stringify([...crossing.steps.map((step) => this.step(step, crossing)), conditions]);
  }

  private step(step: Step, crossing: Crossing): unknown {
    if (step.kind === 'translation') {
      const { fromSegment, toSegment } = step.translation;
      const sides = [fromSegment && crossing.from, toSegment && crossing.to];
      return ['translation', this.id(step.translation), sides];
    }
    const { family, lists, otherwise } = step.stage;
    const bound = lists.some(({ list }) => this.isSegmentBound(list));
    const sides = bound ? [crossing.from, crossing.to] : [];
    return [family, lists.map(({ list }) => this.id(list)), otherwise.verdict, otherwise.reason, sides];
  }

  private id(thing: object): number {
    const known = this.ids.get(thing) ?? this.ids.size;
    this.ids.set(thing, known);
    return known;
  }

  private isSegmentBound(list: RuleList): boolean {
    let bound = this.segmentBound.get(list);
    if (bound === undefined) {
      bound = list.rules.some(
        ({ from, to, between }) => from !== undefined || to !== undefined || between !== undefined,
      );
      this.segmentBound.set(list, bound);
    }
    return bound;
  }
}
