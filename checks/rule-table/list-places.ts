import type { Crossing, Device, Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import { alone } from '../evaluate/alone.ts';
import { hasTooManyPairs, isSegmentBound, type RulePlace } from '../least-privilege/rule-places.ts';

/** Where a list is judged: a stage of a crossing, and the list as it stands there. */
export interface ListPlace {
  readonly crossing: Crossing;
  readonly stage: Stage;
  readonly list: RuleList;
  /** Where to find it again in the device as sessions meet it; absent for a list judged by itself. */
  readonly at?: Pick<RulePlace, 'crossing' | 'step' | 'position'>;
}

/** The places of a list, or why it cannot be judged. */
export type ListPlaces = { readonly kind: 'known'; readonly places: readonly ListPlace[] } | NotJudged;

interface NotJudged {
  readonly kind: 'not-judged';
  readonly reason: string;
}

/**
 * Where a list filters between segments, places that treat its packets alike once. A list that stands nowhere (bound to
 * nothing, to the device itself, or where nothing passes) is judged by itself, as if bound alone.
 */
export function listPlaces(
  device: Device,
  list: RuleList,
  all: ReadonlyMap<RuleList, readonly RulePlace[]>,
): ListPlaces {
  const found = [...all].flatMap(([each, places]) => (isSameList(each, list) ? distinct(each, places) : []));
  if (found.length > 0) return { kind: 'known', places: found };
  const isBound = device.bindings.some(({ list: name, plane }) => name === list.name && plane === 'transit');
  if (isBound && hasTooManyPairs(device)) {
    return { kind: 'not-judged', reason: 'the device has too many pairs of segments to look through' };
  }
  if (isSegmentBound(list)) {
    return {
      kind: 'not-judged',
      reason: 'its rules are for certain segments, and the list filters on no path between segments',
    };
  }
  return { kind: 'known', places: [{ ...alone(list), list }] };
}

/** A list as written, or what of it a path through several systems meets, which has the same span and the same rule ids. */
function isSameList(one: RuleList, other: RuleList): boolean {
  if (one === other) return true;
  return (
    one.name === other.name &&
    one.kind === other.kind &&
    one.family === other.family &&
    one.span.source === other.span.source &&
    one.span.line === other.span.line &&
    one.span.column === other.span.column
  );
}

/** Segments that no rule of the stage names are alike. */
function distinct(list: RuleList, places: readonly RulePlace[]): ListPlace[] {
  const known = new Map<string, ListPlace>();
  for (const place of places) {
    const { crossing, stage } = place;
    const named = stage.lists.map((each) => namedSegments(each.list));
    const sides = named.some(({ isAny }) => isAny)
      ? [
          named.some(({ from }) => from.has(crossing.from)) ? crossing.from : '',
          named.some(({ to }) => to.has(crossing.to)) ? crossing.to : '',
          crossing.from === crossing.to,
        ]
      : [];
    const lists = stage.lists.map((each) => [each.list.kind, each.list.name, each.list.rules.length]);
    const key = JSON.stringify([lists, stage.family, stage.otherwise.verdict, stage.otherwise.reason, sides]);
    if (!known.has(key)) known.set(key, { crossing, stage, list, at: place });
  }
  return [...known.values()];
}

interface NamedSegments {
  readonly isAny: boolean;
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
}

const named = new WeakMap<RuleList, NamedSegments>();

function namedSegments(list: RuleList): NamedSegments {
  const known = named.get(list);
  if (known !== undefined) return known;
  const made = {
    isAny: isSegmentBound(list),
    from: new Set(list.rules.flatMap(({ from }) => from ?? [])),
    to: new Set(list.rules.flatMap(({ to }) => to ?? [])),
  };
  named.set(list, made);
  return made;
}
