import { filtered, type Filter, type Searchable, type Term } from './filter.ts';

/** Enough to go back a word letter by letter; each holds references only. */
const KEPT = 12;

/**
 * Filters the same rows again and again while a filter is typed. What fitted a filter that the new one implies is all that can fit the
 * new one, so that only the first letter looks at every row, and a letter that is taken back at none.
 */
export function narrowing<T extends Searchable>(): (rows: readonly T[], filter: Filter) => readonly T[] {
  let from: readonly T[] = [];
  let kept: { readonly filter: Filter; readonly fitting: readonly T[] }[] = [];
  return (rows, filter) => {
    if (rows !== from) {
      from = rows;
      kept = [];
    }
    let least = rows;
    for (const before of kept) {
      if (before.fitting.length <= least.length && implies(filter, before.filter)) least = before.fitting;
    }
    const fitting = filtered(least, filter, (row) => row);
    // What stays whole is the same list: nothing is kept twice.
    if (fitting.length < least.length) kept = [{ filter, fitting }, ...kept].slice(0, KEPT);
    return fitting.length === least.length ? least : fitting;
  };
}

/** Whether every row that fits the filter fits the other one as well; `false` where that cannot be told. */
function implies(filter: Filter, other: Filter): boolean {
  // A filter that is wrong lets all rows through.
  if (filter.kind === 'wrong' || other.kind === 'wrong') return false;
  return other.terms.every((weak) => filter.terms.some((strong) => termImplies(strong, weak)));
}

function termImplies(strong: Term, weak: Term): boolean {
  if (strong.written === weak.written) return true;
  if (strong.word === undefined || weak.word === undefined || strong.not !== weak.not) return false;
  // A row without `mq` is one without `mqtt`.
  return strong.not ? weak.word.includes(strong.word) : strong.word.includes(weak.word);
}
