import type { CellColumn } from '../../terminal/cells.ts';
import type { Line } from '../line.ts';
import type { Model } from '../store/model.ts';
import type { FindingsScreen } from '../store/screens.ts';
import type { View } from '../view.ts';
import { cellLine, cellWidths } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { LIST_START, shown } from '../list.ts';
import { keepLast } from '../memo.ts';
import { severityStyle } from '../theme.ts';
import type { FindingRow } from '../store/fleet.ts';
import { emptyLines, filterLine } from './frame-lines.ts';
import { FINDING_FIELDS, findingRows, placeOf, readFindingFilter, SORTS } from './finding-rows.ts';
import { exportedFinding, findingLines } from './finding-text.ts';
import { formFor } from '../store/form-input.ts';
import { headline } from './finding-headline.ts';
import { findingRefusal, findingSubject, openEditor, traceCommandOf, wishFor } from './finding-acts.ts';
import { filledUp, titleLine } from './table-lines.ts';

/** What was found is read first; there is room for the check's name and the services on wider terminals. */
function columnsFor(width: number): readonly CellColumn[] {
  return [
    { title: 'SEVERITY', width: 9 },
    { title: 'DEVICE', width: width < 100 ? 14 : 18 },
    { title: 'FINDING', width: 'fill' },
    { title: 'CHECK', width: width < 150 ? 24 : 34 },
    { title: 'SERVICES', width: 24 },
  ];
}

/** Columns from the right fall out rather than leave less to what was found. */
const LEAST_FINDING = 48;

const SHORT_DETAIL = 5;

/** The list, above the beginning of the finding under the cursor where there is room for it. */
function listHeight(height: number): number {
  const room = Math.max(1, height - 2);
  if (height < 18) return room;
  return room - (height < 30 ? SHORT_DETAIL : Math.floor(room * 0.45));
}

/** The lines of the finding under the cursor; `enter` shows them whole. */
const detailOf = keepLast((row: FindingRow | undefined, width: number): readonly Line[] => {
  if (row === undefined) return [];
  return [[['faint', '─'.repeat(width)]], ...findingLines(row.finding, width).map(({ line }) => line)];
});

function rowsOf({ filter, sort }: FindingsScreen, { fleet }: Model): readonly FindingRow[] {
  return findingRows(fleet.findings, filter, sort);
}

function selected(screen: FindingsScreen, model: Model): FindingRow | undefined {
  return rowsOf(screen, model)[screen.list.cursor];
}

export const findingsView: View<FindingsScreen> = {
  fields: FINDING_FIELDS,

  title(screen, model) {
    const rows = rowsOf(screen, model).length;
    const all = model.fleet.findings.length;
    return `Findings, ${rows === all ? all : `${rows} of ${all}`}, by ${screen.sort}`;
  },

  extent(screen, model, { height }) {
    return { length: rowsOf(screen, model).length, height: listHeight(height) };
  },

  draw(screen, model, area) {
    const rows = rowsOf(screen, model);
    const columns = columnsFor(area.width);
    const widths = cellWidths(columns, area.width, LEAST_FINDING);
    const titles = titleLine(columns, widths);
    const head = [filterLine(screen.filter, readFindingFilter(screen.filter)), titles];
    if (rows.length === 0) return { head, rows: emptyLines(model, 'findings', screen.filter, area.width) };
    const height = listHeight(area.height);
    const { first, end, cursor } = shown(screen.list, { length: rows.length, height });
    const lines = rows.slice(first, end).map((row) => drawn(row, columns, widths));
    const detail = detailOf(rows[cursor], area.width).slice(0, area.height - head.length - height);
    return { head, rows: [...filledUp(lines, height), ...detail], cursor: cursor - first };
  },

  act(act, screen, model) {
    const row = selected(screen, model);
    switch (act) {
      case 'open':
        return row === undefined ? {} : { open: { view: 'finding', list: LIST_START, id: row.id } };
      case 'sort': {
        const sort = SORTS[(SORTS.indexOf(screen.sort) + 1) % SORTS.length] ?? 'severity';
        return { screen: { ...screen, sort, list: LIST_START }, notice: { tone: 'said', text: `sorted by ${sort}` } };
      }
      case 'copy':
        return row === undefined ? {} : { effects: [{ kind: 'copy', text: traceCommandOf(row, model) ?? '' }] };
      case 'edit':
        return openEditor(row === undefined ? undefined : placeOf(row));
      case 'waive':
      case 'approve':
        return row === undefined ? {} : { dialog: formFor(wishFor(act, row, model), model) };
      default:
        return undefined;
    }
  },

  refuses(act, screen, model) {
    const row = selected(screen, model);
    if (row === undefined)
      return ['open', 'copy', 'edit', 'waive', 'approve'].includes(act) ? 'there is no finding here' : undefined;
    return findingRefusal(act, row, model);
  },

  subject: (screen, model) => findingSubject(selected(screen, model)),
  needs: () => [],
  export: (screen, model) => rowsOf(screen, model).map(exportedFinding).join('\n'),
};

function drawn({ finding }: FindingRow, columns: readonly CellColumn[], widths: readonly number[]): Line {
  const { severity, confidence, waived, device, services, check } = finding;
  const word = waived === undefined ? severity : 'accepted';
  const doubt = confidence === 'possible' ? '?' : '';
  // The device has a column of its own.
  const said = headline(finding, widths[2] ?? 0);
  const cells = [`${word}${doubt}`, visible(device), said, check, services.join(',')];
  const line = cellLine(columns, widths, cells);
  const [first = 0] = widths;
  return [
    [waived === undefined ? severityStyle(severity) : 'faint', line.slice(0, first)],
    [waived === undefined ? 'plain' : 'faint', line.slice(first)],
  ];
}
