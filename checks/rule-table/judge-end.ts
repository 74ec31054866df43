import type { ListPlace } from './list-places.ts';
import type { EndRow } from './rule-table.ts';

/** Places looked at for one kind of end. */
const MOST_PLACES = 200;

/**
 * What stands behind the last rule of a list: the next list of the stage, or the default. Each kind once, reached where
 * packets may come to it in some place.
 *
 * @param reaches whether packets may come to the end in a place; undefined: not known.
 */
export function judgeEnd(places: readonly ListPlace[], reaches: (place: ListPlace) => boolean | undefined): EndRow[] {
  const kinds = Map.groupBy(places, (place) => JSON.stringify(kindOf(place)));
  return [...kinds.values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ ...kindOf(first), reached: reachedIn(alike, reaches) }];
  });
}

function kindOf({ stage, list }: ListPlace): WithoutReached {
  const at = stage.lists.findIndex((each) => each.list === list);
  const next = stage.lists[at + 1];
  if (next !== undefined) return { kind: 'next-list', list: next.list.name };
  const { verdict, reason, span } = stage.otherwise;
  return { kind: 'default', verdict, reason, ...(span === undefined ? {} : { span }) };
}

type WithoutReached = EndRow extends infer Row ? (Row extends EndRow ? Omit<Row, 'reached'> : never) : never;

function reachedIn(
  places: readonly ListPlace[],
  reaches: (place: ListPlace) => boolean | undefined,
): EndRow['reached'] {
  let isKnown = places.length <= MOST_PLACES;
  for (const place of places.slice(0, MOST_PLACES)) {
    const reached = reaches(place);
    if (reached === true) return 'yes';
    if (reached === undefined) isKnown = false;
  }
  return isKnown ? 'no' : 'unknown';
}
