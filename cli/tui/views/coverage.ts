import { cellLine, cellWidths, type CellColumn } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { cut, cutMiddle, wrap } from '../../terminal/width.ts';
import type { Line } from '../line.ts';
import { LIST_START, shown, type Extent } from '../list.ts';
import type { Model } from '../store/model.ts';
import { sourceAt } from '../store/source-at.ts';
import type { CoverageScreen } from '../store/screens.ts';
import type { Style } from '../theme.ts';
import type { Area, View } from '../view.ts';
import {
  COVERAGE_FIELDS,
  inputRows,
  inputTexts,
  readCoverageFilter,
  troubleRows,
  type InputRow,
  type TroubleRow,
} from './coverage-rows.ts';
import { openEditor } from './finding-acts.ts';
import { emptyLines, filterLine, understoodText } from './frame-lines.ts';
import { filledUp, titleLine } from './table-lines.ts';

/** On narrow terminals the names of inputs have the room; what is wrong stands below in full. */
function inputColumns(width: number): readonly CellColumn[] {
  return [
    { title: 'INPUT', width: 'fill' },
    { title: 'UNDERSTOOD', width: 10, align: 'right' },
    { title: 'WHY NOT TO TRUST IT', width: width < 120 ? 20 : 'fill' },
    { title: 'LINES BY STATE', width: 46 },
  ];
}

const TROUBLES: readonly CellColumn[] = [
  { title: 'LINE', width: 6, align: 'right' },
  { title: 'KIND', width: 7 },
  { title: 'TEXT', width: 'fill' },
  { title: 'CODE', width: 34 },
];
/** Lines about the row under the cursor. */
function detailRows({ height }: Area): number {
  return height < 16 ? 2 : 5;
}

type Row = InputRow | TroubleRow;

function rowsOf({ source, filter }: CoverageScreen, { fleet }: Model): readonly Row[] {
  if (source === undefined) return inputRows(fleet, filter);
  return troubleRows(
    fleet.sources.find((each) => each.source === source),
    filter,
  );
}

function extentOf(screen: CoverageScreen, model: Model, area: Area): Extent {
  return { length: rowsOf(screen, model).length, height: Math.max(1, area.height - 2 - detailRows(area)) };
}

export const coverageView: View<CoverageScreen> = {
  fields: COVERAGE_FIELDS,
  title: ({ source }, { fleet }) =>
    source === undefined
      ? `How well the inputs are understood: ${understoodText(fleet)}`
      : `Not understood or worth knowing in ${source}`,
  extent: extentOf,

  draw(screen, model, area) {
    const columns = screen.source === undefined ? inputColumns(area.width) : TROUBLES;
    const widths = cellWidths(columns, area.width, 20);
    const titles = titleLine(columns, widths);
    const head = [filterLine(screen.filter, readCoverageFilter(screen.filter)), titles];
    const rows = rowsOf(screen, model);
    if (rows.length === 0) {
      const { source, filter } = screen;
      const isFine = source !== undefined && filter === '';
      return { head, rows: isFine ? [NOTHING_WRONG] : emptyLines(model, 'inputs', filter, area.width) };
    }
    const { first, end, cursor } = shown(screen.list, extentOf(screen, model, area));
    const [nameWidth = 0] = widths;
    const lines = rows
      .slice(first, end)
      .map((row): Line => [[styleOf(row), cellLine(columns, widths, cellsOf(row, nameWidth))]]);
    return {
      head,
      rows: [
        ...filledUp(lines, extentOf(screen, model, area).height),
        ...detail(rows[cursor], area.width, detailRows(area)),
      ],
      cursor: cursor - first,
    };
  },

  act(act, screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    if (row === undefined) return undefined;
    if (act === 'edit') return 'span' in row ? openEditor(row.span) : undefined;
    if (act !== 'open') return undefined;
    if ('span' in row) return { open: sourceAt(model, screen.source ?? row.span.source, row.span) };
    if (row.kind !== 'input') return {};
    return { open: { view: 'coverage', list: LIST_START, filter: '', source: row.result.source } };
  },

  refuses(act, screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    if (act === 'open' && row === undefined) return 'there is nothing here';
    if (act === 'open' && row !== undefined && (row.kind === 'failed' || row.kind === 'skipped'))
      return 'this file was not read as a configuration';
    if (act === 'edit' && (row === undefined || !('span' in row))) return 'no line is chosen';
    return undefined;
  },

  subject(screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    if (row === undefined) return {};
    if ('span' in row) return { source: screen.source ?? row.span.source, line: row.span.line, text: row.span.source };
    return row.kind === 'input' ? { source: row.result.source } : {};
  },

  needs: () => [],
  export: (screen, model) =>
    rowsOf(screen, model)
      .map((row) => `${cellsOf(row, Number.MAX_SAFE_INTEGER).join('\t')}\n`)
      .join(''),
};

const NOTHING_WRONG: Line = [['good', 'every line of it is understood, and there is nothing to say about any']];

function cellsOf(row: Row, nameWidth: number): string[] {
  if ('span' in row) return [String(row.span.line), row.kind, visible(row.text), row.code];
  const [name, share, states, why] = inputTexts(row);
  // Files of a fleet are often called the same, in folders whose names differ.
  return [cutMiddle(visible(name), nameWidth), share, visible(why), states];
}

function styleOf({ kind, ...row }: Row): Style {
  if (kind === 'failed' || kind === 'error') return 'danger';
  if (kind === 'warning' || ('why' in row && row.why !== '')) return 'warning';
  return kind === 'skipped' || kind === 'note' ? 'faint' : 'plain';
}

function detail(row: Row | undefined, width: number, height: number): Line[] {
  if (row === undefined) return [];
  const [, , states = '', why = ''] = 'span' in row ? [] : inputTexts(row);
  const text =
    'span' in row
      ? `${row.span.source}:${row.span.line} ${row.message}`
      : [why, states].filter((each) => each !== '').join('; ');
  const lines = wrap(visible(text), width);
  const cutOff = lines.length > height ? [cut(`${lines[height - 1] ?? ''} …`, width)] : [];
  return [...lines.slice(0, height - cutOff.length), ...cutOff].map((line): Line => [['accent', line]]);
}
