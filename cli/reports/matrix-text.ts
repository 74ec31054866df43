import type { CellState, MatrixCell, MatrixRow, MatrixSums } from '../../checks/matrix/coverage-matrix.ts';
import type { DeviceReport } from '../../checks/device-report.ts';
import type { CrossingName } from '../../checks/finding.ts';
import type { Layout } from './layout.ts';
import type { Run } from './run.ts';
import { attackReference } from '../../checks/data/attack.ts';
import { CELL_STATES } from '../../checks/matrix/coverage-matrix.ts';
import { drawTable } from '../terminal/table.ts';
import { visible } from '../terminal/visible.ts';
import { displayWidth, wrap } from '../terminal/width.ts';
import { limited } from './finding-text.ts';
import { count, grouped, percent } from './layout.ts';

const SHOWN_CROSSINGS = 6;
/** Columns left to the names of crossings, however many families there are. */
const NARROWEST_NAMES = 16;
const GAP = 2;
const INDENT = 2;
/** Below it states are written with one letter. */
const WIDTH_FOR_WORDS = 72;

/** What a cell may say, in the order of the legend. */
const MEANINGS: readonly (readonly [state: CellState, meaning: string])[] = [
  ['blocked', 'nothing passes'],
  ['approved', 'only what is approved passes'],
  ['excess', 'more passes than is approved'],
  ['open', 'passes, and nothing of it is approved'],
  ['unknown', 'cannot be told from the text'],
];
const MARKS = [
  ['+', 'so is the worst of the services, others are better'],
  ['~', 'first packets only, the device ends the sessions'],
  ['^', 'rests on an assumption of the policy'],
] as const;

/** The coverage matrix of every device, and sums; nothing where none was asked for. */
export function matrixText(run: Run, layout: Layout): string[][] {
  const { matrix: sums, failures } = run.totals;
  if (sums === undefined) return [];
  const devices = run.sources.flatMap((source) => source.devices);
  const tables = devices.map((device) => deviceText(device, layout));
  return [
    titleText(layout),
    ...tables.flatMap(({ blocks }) => blocks),
    legendText(tables.map(({ states }) => states).join(' '), layout),
    [
      ...(devices.length > 1 ? sumsText(`all ${devices.length} devices`, sums, layout) : []),
      ...(failures === 0
        ? []
        : hanging(`${count(failures, 'input')} not audited: in none of these numbers`, 0, layout)),
    ],
    countsText(sums, layout),
  ];
}

function titleText(layout: Layout): string[] {
  const [mitigation, technique] = [attackReference('M1037'), attackReference('T1071.005')];
  const title = `${mitigation.id} (${mitigation.title}) for ${technique.id} (${technique.title}), by boundary crossing`;
  return hanging(title, 0, layout).map((line) => layout.paint('bold', line));
}

function deviceText(device: DeviceReport, layout: Layout): { readonly blocks: string[][]; readonly states: string } {
  const { matrix } = device;
  if (matrix === undefined) return { blocks: [], states: '' };
  const { lines, states } = table(matrix.rows, matrix.sums, layout);
  const details = layout.verbose ? matrix.rows.map((row) => rowText(row, layout)) : [];
  return { blocks: [[...sumsText(device.device, matrix.sums, layout), ...lines], ...details], states };
}

/** `edge-1: every core service is blocked or approved on 3 of 4 boundary crossings (75.0%; exposure 1 of 2, egress 2 of 2)`. */
function sumsText(name: string, { crossings, covered, directions, unjudged }: MatrixSums, layout: Layout): string[] {
  const some = directions.filter((each) => each.crossings > 0);
  const parts = some.map((each) => `${each.direction} ${grouped(each.covered)} of ${grouped(each.crossings)}`);
  const share = `${grouped(covered)} of ${count(crossings, 'boundary crossing')}`;
  const said =
    crossings === 0
      ? 'no boundary crossing was judged'
      : `every core service is blocked or approved on ${share} (${percent(covered, crossings)}; ${parts.join(', ')})`;
  const left = unjudged === 0 ? '' : `; ${count(unjudged, 'crossing')} of unknown trust not judged`;
  return hanging(`${name}: ${said}${left}`, 0, layout);
}

function table(
  rows: readonly MatrixRow[],
  { families }: MatrixSums,
  layout: Layout,
): { readonly lines: string[]; readonly states: string } {
  if (rows.length === 0) return { lines: [], states: '' };
  const names = families.map(({ family }) => family);
  const states = rows.map(({ cells }) =>
    names.map((name) =>
      stateText(
        cells.filter(({ family }) => family === name),
        layout,
      ),
    ),
  );
  const widths = names.map((name, index) =>
    Math.max(...[name, ...states.map((row) => row[index] ?? '')].map(displayWidth)),
  );
  const room = layout.width - INDENT - widths.reduce((sum, width) => sum + width + GAP, 0);
  const drawn = rows.flatMap((row, index) => {
    const heading = rows[index - 1]?.direction === row.direction ? [] : [[row.direction]];
    const lines = crossingTexts(row.crossings, layout).flatMap((name) => {
      const [first = '', ...more] = wrap(name, Math.max(room, NARROWEST_NAMES) - 2 * INDENT);
      return [[`  ${first}`, ...(states[index] ?? [])], ...more.map((line) => [`    ${line}`])];
    });
    return [...heading, ...lines];
  });
  const columns = [
    { title: 'crossing', flexible: { minWidth: NARROWEST_NAMES } },
    ...names.map((title) => ({ title })),
  ];
  const lines = drawTable(columns, drawn, layout.width - INDENT).map((line) => ' '.repeat(INDENT) + line);
  return { lines, states: states.flat().join(' ') };
}

/** The worst state of a family's services, with its marks. */
function stateText(cells: readonly MatrixCell[], layout: Layout): string {
  const worst = CELL_STATES.findLast((state) => cells.some((cell) => cell.state === state));
  if (worst === undefined) return '-';
  const same = cells.filter(({ state }) => state === worst);
  const marks = [
    same.length < cells.length ? '+' : '',
    same.every(({ reach }) => reach === 'first-packets') ? '~' : '',
    cells.some(({ assumptions }) => assumptions !== undefined) ? '^' : '',
  ];
  return `${stateWord(worst, layout)}${marks.join('')}`;
}

/** The word, or its first letter where words leave no room for names. */
function stateWord(state: CellState, { width }: Layout): string {
  return width < WIDTH_FOR_WORDS ? state.slice(0, 1).toUpperCase() : state;
}

function crossingTexts(crossings: readonly CrossingName[], { verbose }: Layout): string[] {
  const names = crossings.map(({ from, to }) => `${from} → ${to}`);
  return limited(names, verbose ? Infinity : SHOWN_CROSSINGS).map(visible);
}

/** Every service of a row with what decides. */
function rowText({ direction, crossings, cells }: MatrixRow, layout: Layout): string[] {
  const names = crossings.map(({ from, to }) => `${from} → ${to}`).join(', ');
  return [
    ...hanging(`${direction} ${names}`, 2, layout),
    ...cells.flatMap(({ state, services, decidedBy, truncated, because, reach, assumptions = [] }) => {
      const by = decidedBy.map(({ name, span }) =>
        span === undefined ? name : `${name} (${span.source}:${span.line})`,
      );
      const ended = reach === 'first-packets' ? '; only first packets pass' : '';
      const why = because.length === 0 ? '' : `; undecided: ${because.join('; ')}`;
      const assumed = assumptions.length === 0 ? '' : `; assumes ${assumptions.join('; ')}`;
      const deciders = by.length === 0 ? '' : `; by ${[...by, ...(truncated ? ['others'] : [])].join(', ')}`;
      return hanging(`${state}: ${services.join(', ')}${deciders}${ended}${why}${assumed}`, 4, layout);
    }),
  ];
}

function legendText(states: string, layout: Layout): string[] {
  if (states === '') return [];
  const tokens: (readonly [string, string])[] = [
    ...MEANINGS.map(([state, meaning]) => [stateWord(state, layout), meaning] as const),
    ...MARKS,
  ];
  const meant = tokens.filter(([token]) => states.includes(token)).map(([token, meaning]) => `${token}: ${meaning}`);
  return hanging([...meant, 'kin: messaging beside the core of MQTT, AMQP, STOMP and XMPP'].join('; '), 0, layout);
}

/** Pairs of a crossing and a service in each state. */
function countsText({ families }: MatrixSums, layout: Layout): string[] {
  if (families.length === 0) return [];
  const columns = [
    { title: 'crossings × services' },
    ...MEANINGS.map(([state]) => ({ title: stateWord(state, layout), align: 'right' as const })),
  ];
  const rows = families.map(({ family, states }) => [
    family,
    ...MEANINGS.map(([state]) => (states[state] === 0 ? '-' : grouped(states[state]))),
  ]);
  return drawTable(columns, rows, layout.width);
}

function hanging(text: string, indent: number, { width }: Layout): string[] {
  return wrap(visible(text), Math.max(24, width - indent - 2)).map(
    (line, index) => ' '.repeat(index === 0 ? indent : indent + 2) + line,
  );
}
