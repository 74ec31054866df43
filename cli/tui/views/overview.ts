import type { MatrixCell } from '../../../checks/matrix/coverage-matrix.ts';
import type { Line, Run } from '../line.ts';
import type { Model } from '../store/model.ts';
import type { OverviewScreen, Subject } from '../store/screens.ts';
import type { Area, View } from '../view.ts';
import { fit } from '../../terminal/cells.ts';
import { fieldTerm } from '../filter.ts';
import { LIST_START, shown } from '../list.ts';
import { heatStyle } from '../theme.ts';
import { cellDetail, cellText } from './overview-cell.ts';
import { nameOf, shortName } from './overview-name.ts';
import { summaryLines } from './overview-summary.ts';
import {
  OVERVIEW_FIELDS,
  overviewColumns,
  overviewRows,
  readOverviewFilter,
  type OverviewColumn,
  type OverviewRow,
} from './overview-rows.ts';
import { findingRows } from './finding-rows.ts';
import { emptyLines, filterLine } from './frame-lines.ts';
import { filledUp } from './table-lines.ts';

/** Lines about the cell under the cursor. */
const DETAIL_ROWS = 4;
/** The longest state with a mark; on narrow terminals marks fall out behind it, so that names keep some room. */
const FAMILY_WIDTH = 9;
const NARROW_FAMILY_WIDTH = 8;
const SERVICE_WIDTH = 6;
const LEAST_NAME = 30;
/** So that the eye finds the way from a name to its cells. */
const MOST_NAME = 72;

function rowsOf({ filter }: OverviewScreen, { fleet }: Model): readonly OverviewRow[] {
  return overviewRows(fleet.sources, filter);
}

function columnsOf(screen: OverviewScreen, model: Model): readonly OverviewColumn[] {
  return overviewColumns(rowsOf(screen, model), screen.columns);
}

function selected(
  screen: OverviewScreen,
  model: Model,
): { row: OverviewRow; column: OverviewColumn; cells: readonly MatrixCell[] } | undefined {
  const row = rowsOf(screen, model)[screen.list.cursor];
  const columns = columnsOf(screen, model);
  const column = columns[Math.min(screen.column, columns.length - 1)];
  return row === undefined || column === undefined ? undefined : { row, column, cells: column.cells(row.row) };
}

function listHeight(model: Model, { height }: Area): number {
  return Math.max(1, height - summaryLines(model).length - 2 - (height > 16 ? DETAIL_ROWS : 0));
}

/** Letters of single services; families have words. */
const LEGEND = '   O open, E more than approved, ? unknown, A approved, b blocked';

export const overviewView: View<OverviewScreen> = {
  fields: OVERVIEW_FIELDS,
  title: () => 'Messaging across boundaries (ATT&CK M1037), worst first',

  extent: (screen, model, area) => ({ length: rowsOf(screen, model).length, height: listHeight(model, area) }),

  draw(screen, model, area) {
    const rows = rowsOf(screen, model);
    const { width } = area;
    const filter = filterLine(screen.filter, readOverviewFilter(screen.filter));
    const legend: Line = screen.columns === 'services' ? [['faint', LEGEND]] : [];
    const head: Line[] = [...summaryLines(model), [...filter, ...legend]];
    if (rows.length === 0) return { head, rows: emptyLines(model, 'boundary crossings', screen.filter, width) };
    const columns = columnsOf(screen, model);
    const column = Math.min(screen.column, columns.length - 1);
    const familyWidth = width < 100 ? NARROW_FAMILY_WIDTH : FAMILY_WIDTH;
    const cellWidth = screen.columns === 'families' ? familyWidth : SERVICE_WIDTH;
    const seen = window(columns.length, column, Math.max(1, Math.floor((width - LEAST_NAME) / (cellWidth + 1))));
    const nameWidth = Math.min(MOST_NAME, width - (seen.end - seen.first) * (cellWidth + 1));
    const { first, end, cursor } = shown(screen.list, { length: rows.length, height: listHeight(model, area) });
    const seenColumns = columns.slice(seen.first, seen.end);
    const titles: Line = [
      ['strong', fit('DEVICE, CROSSING', nameWidth)],
      ...seenColumns.map(({ title }, at): Run => [
        at + seen.first === column ? 'cursor' : 'strong',
        ` ${fit(title, cellWidth)}`,
      ]),
    ];
    const lines = rows.slice(first, end).map((row, at): Line => {
      const isHere = at + first === cursor;
      return [
        [isHere ? 'cursor' : 'plain', fit(`${isHere ? '▸' : ' '}${shortName(row, nameWidth - 1)}`, nameWidth)],
        ...seenColumns.flatMap((each, index): Run[] => {
          const { text, state } = cellText(each.cells(row.row), cellWidth, screen.columns === 'families');
          const mark = isHere && index + seen.first === column ? '▸' : ' ';
          return [
            ['accent', mark],
            [state === undefined ? 'faint' : heatStyle(state), fit(text, cellWidth)],
          ];
        }),
      ];
    });
    const detail = area.height > 16 ? detailLines(screen, model, width) : [];
    return { head: [...head, titles], rows: [...filledUp(lines, listHeight(model, area)), ...detail] };
  },

  act(act, screen, model) {
    const columns = columnsOf(screen, model);
    switch (act) {
      case 'left':
        return { screen: { ...screen, column: Math.max(0, Math.min(screen.column, columns.length - 1) - 1) } };
      case 'right':
        return { screen: { ...screen, column: Math.min(columns.length - 1, screen.column + 1) } };
      case 'columns':
        return { screen: { ...screen, columns: screen.columns === 'families' ? 'services' : 'families', column: 0 } };
      case 'open': {
        const here = selected(screen, model);
        if (here === undefined) return {};
        const filter = cellFilter(here);
        if (findingRows(model.fleet.findings, filter, 'severity').length > 0)
          return { open: { view: 'findings', list: LIST_START, filter, sort: 'severity' } };
        // What is open between two parts of the own network need not be a finding.
        return { open: { view: 'flows', list: LIST_START, filter, source: here.row.source } };
      }
      default:
        return undefined;
    }
  },

  refuses(act, screen, model) {
    if (act !== 'open') return undefined;
    const here = selected(screen, model);
    if (here === undefined) return 'there is no crossing here';
    const isFine = here.cells.every(({ state }) => state === 'blocked' || state === 'approved');
    return isFine ? `${here.column.title} is in order on this crossing, so that no finding is about it` : undefined;
  },

  subject(screen, model): Subject {
    const here = selected(screen, model);
    if (here === undefined) return {};
    const [crossing] = here.row.row.crossings;
    const span = here.cells.flatMap(({ decidedBy }) => decidedBy.flatMap((each) => each.span ?? []))[0];
    return {
      source: here.row.source,
      device: here.row.device,
      ...(crossing === undefined
        ? {}
        : { from: crossing.from, to: crossing.to, packet: { from: crossing.from, to: crossing.to } }),
      ...(span === undefined ? {} : { line: span.line, text: span.source }),
    };
  },

  needs: () => [],

  export: (screen, model) =>
    rowsOf(screen, model)
      .map((row) => {
        const states = columnsOf(screen, model).map(
          (column) => `${column.title} ${cellText(column.cells(row.row), 9, true).text.trim()}`,
        );
        return `${nameOf(row)}: ${states.join(', ')}\n`;
      })
      .join(''),
};

function detailLines(screen: OverviewScreen, model: Model, width: number): Line[] {
  const here = selected(screen, model);
  const lines = here === undefined ? [] : cellDetail(here.row.row, here.cells, width);
  return lines.slice(0, DETAIL_ROWS);
}

/** The columns that fit, with the one under the cursor among them. */
function window(length: number, column: number, room: number): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(column - Math.floor(room / 2), length - room));
  return { first, end: Math.min(length, first + room) };
}

function cellFilter({ row, column }: { readonly row: OverviewRow; readonly column: OverviewColumn }): string {
  const [crossing] = row.row.crossings;
  const ends = crossing === undefined ? [] : [fieldTerm('from', crossing.from), fieldTerm('to', crossing.to)];
  // Names of a family's services hold its name, those of kin nothing in common.
  const family = column.title === 'kin' ? [] : [`service:${column.title}`];
  const services = column.service === undefined ? family : [fieldTerm('service', column.service)];
  return [fieldTerm('device', row.device), ...ends, ...services].join(' ');
}
