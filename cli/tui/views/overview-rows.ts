import type { CellState, MatrixCell, MatrixRow } from '../../../checks/matrix/coverage-matrix.ts';
import { SERVICES } from '../../../checks/index.ts';
import { CELL_STATES } from '../../../checks/matrix/coverage-matrix.ts';
import type { SourceResult } from '../../reports/run.ts';
import { filtered, readFilter, type Filter, type Searchable } from '../filter.ts';
import { keepLast } from '../memo.ts';
import type { OverviewScreen } from '../store/screens.ts';

/** Crossings of one device that treat every service alike. */
export interface OverviewRow {
  readonly source: string;
  readonly device: string;
  readonly row: MatrixRow;
  readonly worst: CellState;
}

export interface OverviewColumn {
  readonly title: string;
  readonly cells: (row: MatrixRow) => readonly MatrixCell[];
  /** For a filter on findings; absent for a family of several. */
  readonly service?: string;
}

export const OVERVIEW_FIELDS = ['device', 'from', 'to', 'direction', 'state', 'source'];

/** The rows that fit the filter, worst first. */
export const overviewRows = keepLast((sources: readonly SourceResult[], filter: string): readonly OverviewRow[] => {
  const rows = sources.flatMap(({ source, devices }) =>
    devices.flatMap(({ device, matrix }) =>
      (matrix?.rows ?? []).map((row): OverviewRow => ({ source, device, row, worst: worstOf(row.cells) })),
    ),
  );
  const fitting = filtered(rows, readOverviewFilter(filter), searchable);
  const keyed = fitting.map((row) => ({
    row,
    state: CELL_STATES.indexOf(row.worst),
    direction: DIRECTIONS.indexOf(row.row.direction),
    weight: weightOf(row.row.cells),
  }));
  return keyed
    .sort((a, b) => b.state - a.state || a.direction - b.direction || b.weight - a.weight)
    .map(({ row }) => row);
});

/** What lets the outside in is worse than what lets the inside out, and that worse than what stays inside. */
const DIRECTIONS: readonly MatrixRow['direction'][] = ['exposure', 'egress', 'lateral'];

export function readOverviewFilter(filter: string): Filter {
  return readFilter(filter, OVERVIEW_FIELDS);
}

function searchable({ source, device, row, worst }: OverviewRow): Searchable {
  const from = row.crossings.map((crossing) => crossing.from);
  const to = row.crossings.map((crossing) => crossing.to);
  return {
    text: [source, device, row.direction, worst, ...from, ...to].join(' ').toLowerCase(),
    fields: {
      device: [device],
      from,
      to,
      direction: [row.direction],
      state: row.cells.map(({ state }) => state),
      source: [source],
    },
  };
}

export function worstOf(cells: readonly MatrixCell[]): CellState {
  return CELL_STATES.findLast((state) => cells.some((cell) => cell.state === state)) ?? 'blocked';
}

/** The number of services in the worst state counts before those in the next; messaging beside the core counts least. */
function weightOf(cells: readonly MatrixCell[]): number {
  return cells.reduce((sum, { state, services, family }) => {
    const step = CELL_STATES.indexOf(state) * 2 - (family === 'kin' ? 1 : 0);
    return sum + services.length * 100 ** Math.max(0, step - 2);
  }, 0);
}

const FAMILIES = ['mqtt', 'amqp', 'stomp', 'xmpp', 'kin'];

/** The columns of the heat map: five families, or every service that some row has, by its port. */
export const overviewColumns = keepLast(
  (rows: readonly OverviewRow[], columns: OverviewScreen['columns']): readonly OverviewColumn[] => {
    if (columns === 'families') return FAMILIES.map(familyColumn);
    const names = new Set(rows.flatMap(({ row }) => row.cells.flatMap(({ services }) => services)));
    const known = SERVICES.filter(({ name }) => names.has(name)).map(({ name, port }) =>
      serviceColumn(name, String(port)),
    );
    const own = [...names].filter((name) => SERVICES.every((service) => service.name !== name)).sort();
    return [...known, ...own.map((name) => serviceColumn(name, name))];
  },
);

function familyColumn(family: string): OverviewColumn {
  return { title: family, cells: ({ cells }) => cells.filter((cell) => cell.family === family) };
}

function serviceColumn(service: string, title: string): OverviewColumn {
  return { title, service, cells: ({ cells }) => cells.filter(({ services }) => services.includes(service)) };
}
