import type { Crossing, Device, Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';

/** Pairs of segments looked at; with more of them, only lists that do the same everywhere are told. */
const MOST_PAIRS = 20_000;

/** A stage of a crossing with a rule list in it. */
export interface RulePlace {
  readonly crossing: Crossing;
  readonly stage: Stage;
  /** Number of the stage among the steps of the crossing, and of the list among those of the stage. */
  readonly step: number;
  readonly position: number;
}

/**
 * Where each rule list filters packets between segments, places that treat all packets alike once. Lists of which places
 * may be missing are left out.
 */
export function placesOf(device: Device): ReadonlyMap<RuleList, readonly RulePlace[]> {
  const segments = device.segments.filter(({ kind, transit }) => kind !== 'self' && transit === 'yes');
  const places = new Map<RuleList, Map<string, RulePlace>>();
  const ids = new Map<object, number>();
  const idOf = (thing: object): number => {
    const id = ids.get(thing) ?? ids.size;
    ids.set(thing, id);
    return id;
  };
  let pairs = 0;
  for (const from of segments) {
    for (const to of segments) {
      if (++pairs > MOST_PAIRS) return onlyAlike(places);
      const crossing = device.crossing(from.name, to.name);
      if ('none' in crossing) continue;
      for (const [step, each] of crossing.steps.entries()) {
        if (each.kind !== 'stage') continue;
        const { stage } = each;
        const sides = stage.lists.some(({ list }) => isSegmentBound(list)) ? [from.name, to.name] : [];
        const lists = stage.lists.map(({ list }) => idOf(list));
        const key = JSON.stringify([lists, stage.otherwise.verdict, stage.otherwise.reason, sides]);
        for (const [position, { list }] of stage.lists.entries()) {
          const known = places.get(list) ?? new Map<string, RulePlace>();
          places.set(list, known);
          if (!known.has(key)) known.set(key, { crossing, stage, step, position });
        }
      }
    }
  }
  return new Map([...places].map(([list, known]) => [list, [...known.values()]]));
}

/** Lists that stand alone and name no segments do the same wherever they are bound: one place tells of all. */
function onlyAlike(places: ReadonlyMap<RuleList, ReadonlyMap<string, RulePlace>>): Map<RuleList, readonly RulePlace[]> {
  const all = [...places].map(([list, known]) => [list, [...known.values()]] as const);
  return new Map(
    all.filter(([list, known]) => !isSegmentBound(list) && known.every(({ stage }) => stage.lists.length === 1)),
  );
}

/** A place in the device as sessions of an application meet it; undefined where there is no such stage. */
export function placeIn(
  device: Device,
  { crossing: { from, to }, step, position }: Pick<RulePlace, 'crossing' | 'step' | 'position'>,
): { readonly crossing: Crossing; readonly stage: Stage; readonly list: RuleList } | undefined {
  const crossing = device.crossing(from, to);
  const met = 'none' in crossing ? undefined : crossing.steps[step];
  if ('none' in crossing || met?.kind !== 'stage') return undefined;
  const list = met.stage.lists[position]?.list;
  return list === undefined ? undefined : { crossing, stage: met.stage, list };
}

/** Whether the device has more pairs of segments than are looked at: lists may then stand in places that are not known. */
export function hasTooManyPairs({ segments }: Device): boolean {
  const count = segments.filter(({ kind, transit }) => kind !== 'self' && transit === 'yes').length;
  return count * count > MOST_PAIRS;
}

const bound = new WeakMap<RuleList, boolean>();

/** Whether some rule of the list is for certain segments only. */
export function isSegmentBound(list: RuleList): boolean {
  let known = bound.get(list);
  if (known === undefined) {
    known = list.rules.some(({ from, to, between }) => from !== undefined || to !== undefined || between !== undefined);
    bound.set(list, known);
  }
  return known;
}
