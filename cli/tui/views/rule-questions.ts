import type { Question } from '../engine/questions.ts';
import type { RulesScreen } from '../store/screens.ts';
import type { RulesShown } from './rules-shown.ts';
import { shown as shownRows, type Extent } from '../list.ts';
import { placeOfList } from './rules-shown.ts';

/** Rows that are asked for at once while a filter waits for effects: most of them fall out again. */
const FILTERED_ROWS = 100;

/** Effects of the rows that are shown and that nobody has asked for, and the end of the list where it is shown. */
export function effectQuestions(
  { source, list: state, filter }: RulesScreen,
  { list, asked, rows }: Extract<RulesShown, { kind: 'rules' }>,
  extent: Extent,
): Question[] {
  const { first, end } = shownRows(state, extent);
  const isByEffect = /(?:^|\s)!?effect:/iu.test(filter);
  const looked = rows.slice(first, isByEffect ? Math.max(end, first + FILTERED_ROWS) : end);
  const open = looked.flatMap((each) =>
    each.kind === 'rule' && !asked.judged.has(each.row.index) ? [each.row.index] : [],
  );
  const needsEnd = asked.end === undefined && looked.some(({ kind }) => kind === 'open-end');
  if (open.length === 0 && !needsEnd) return [];
  return [{ kind: 'rule-effects', ...placeOfList(source, list), rows: open, end: needsEnd }];
}
