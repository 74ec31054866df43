import { bindingsOf, BINDINGS, shownKey, type Binding } from '../keymap.ts';
import type { Line } from '../line.ts';
import type { HelpScreen } from '../store/screens.ts';
import type { View } from '../view.ts';
import { cellLine, cellWidths, type CellColumn } from '../../terminal/cells.ts';
import { filtered, readFilter } from '../filter.ts';
import { shown } from '../list.ts';
import { filterLine } from './frame-lines.ts';
import { titleLine } from './table-lines.ts';

const COLUMNS: readonly CellColumn[] = [
  { title: 'KEYS', width: 14 },
  { title: 'WHAT IT DOES', width: 'fill' },
  { title: 'WHERE', width: 26 },
];

/** Rather than cut what a key does, narrow terminals do not show where: keys of the view come first. */
const LEAST_TEXT = 50;

const FIELDS = ['key', 'where'];

/** Keys of the view that was left come first, then those of all views, then those of others. */
function rowsOf({ filter, about }: HelpScreen): readonly Binding[] {
  const here = bindingsOf(about);
  const own = here.filter(({ views }) => views !== undefined);
  const everywhere = here.filter(({ views }) => views === undefined);
  const elsewhere = BINDINGS.filter((binding) => !here.includes(binding));
  return filtered(
    [...own, ...everywhere, ...elsewhere],
    readFilter(filter, FIELDS),
    ({ keys, help, hint, views = ['everywhere'] }) => ({
      text: [...keys, help, hint, ...views].join(' ').toLowerCase(),
      fields: { key: keys, where: views },
    }),
  );
}

export const helpView: View<HelpScreen> = {
  fields: FIELDS,
  title: ({ about }) => `Keys, those of ${about} first`,
  extent: (screen, _model, { height }) => ({ length: rowsOf(screen).length, height: Math.max(1, height - 2) }),

  draw(screen, _model, area) {
    const rows = rowsOf(screen);
    const widths = cellWidths(COLUMNS, area.width, LEAST_TEXT);
    const titles = titleLine(COLUMNS, widths);
    const head = [filterLine(screen.filter, readFilter(screen.filter, FIELDS)), titles];
    const { first, end, cursor } = shown(screen.list, { length: rows.length, height: Math.max(1, area.height - 2) });
    const lines = rows.slice(first, end).map((row): Line => [['plain', cellLine(COLUMNS, widths, cellsOf(row))]]);
    return { head, rows: lines.length === 0 ? [[['faint', 'no key fits the filter']]] : lines, cursor: cursor - first };
  },

  act: () => undefined,
  refuses: (act) => (act === 'open' ? 'this page only tells; esc goes back' : undefined),
  subject: () => ({}),
  needs: () => [],
  export: (screen) =>
    rowsOf(screen)
      .map((row) => `${cellsOf(row).join('\t')}\n`)
      .join(''),
};

function cellsOf({ keys, help, views }: Binding): string[] {
  return [keys.map(shownKey).join(' '), help, views === undefined ? 'everywhere' : views.join(', ')];
}
