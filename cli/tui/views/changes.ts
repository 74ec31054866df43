import type { Span } from '../../../parsers/source.ts';
import { cellLine, cellWidths, type CellColumn } from '../../terminal/cells.ts';
import { plainPaint } from '../../terminal/paint.ts';
import { visible } from '../../terminal/visible.ts';
import { comparisonText } from '../../reports/comparison-text.ts';
import { flowText } from '../../reports/finding-text.ts';
import type { Line } from '../line.ts';
import { LIST_START, shown, type Extent } from '../list.ts';
import type { Model } from '../store/model.ts';
import type { ChangesScreen } from '../store/screens.ts';
import { sourceAt } from '../store/source-at.ts';
import { severityStyle, type Style } from '../theme.ts';
import { textField } from '../text-field.ts';
import type { Area, Step, View } from '../view.ts';
import { CHANGE_FIELDS, changeRows, readChangeFilter, type ChangeRow } from './change-rows.ts';
import { packetOf } from './finding-acts.ts';
import { labelled } from './finding-text.ts';
import { filterLine, remoteLines } from './frame-lines.ts';
import { filledUp, titleLine } from './table-lines.ts';

const COLUMNS: readonly CellColumn[] = [
  { title: 'CHANGE', width: 8 },
  { title: 'DEVICE', width: 14 },
  { title: 'WHAT', width: 'fill' },
];
const HEAD_ROWS = 3;

function rowsOf({ filter }: ChangesScreen, { comparison }: Model): readonly ChangeRow[] {
  return comparison?.kind === 'ready' ? changeRows(comparison.value, filter) : [];
}

function extentOf(screen: ChangesScreen, model: Model, { height }: Area): Extent {
  return { length: rowsOf(screen, model).length, height: Math.max(1, Math.ceil((height - HEAD_ROWS) * 0.6)) };
}

export const changesView: View<ChangesScreen> = {
  fields: CHANGE_FIELDS,
  title: (_screen, { against }) => (against === '' ? 'Changes' : `Changes against ${against}`),
  extent: extentOf,

  draw(screen, model, area) {
    const { comparison, against } = model;
    if (against === '') return { head: [], rows: UNNAMED };
    const widths = cellWidths(COLUMNS, area.width, 20);
    const titles = titleLine(COLUMNS, widths);
    const head: Line[] = [countsLine(model), filterLine(screen.filter, readChangeFilter(screen.filter)), titles];
    if (comparison?.kind !== 'ready')
      return { head: [], rows: remoteLines(comparison, `both sides and comparing with ${against}`, area.width) };
    const rows = rowsOf(screen, model);
    if (rows.length === 0) {
      const text =
        screen.filter === ''
          ? 'nothing changed: the same findings, and every packet fares as before'
          : 'no changes fit the filter; esc takes it away';
      return { head, rows: [[['good', text]]] };
    }
    const extent = extentOf(screen, model, area);
    const { first, end, cursor } = shown(screen.list, extent);
    const lines = rows.slice(first, end).map((row): Line => {
      const line = cellLine(COLUMNS, widths, [row.word, visible(row.device), visible(row.text)]);
      const [word = 0] = widths;
      return [
        [styleOf(row), line.slice(0, word)],
        ['plain', line.slice(word)],
      ];
    });
    const detail = detailLines(rows[cursor], area.width).slice(0, Math.max(0, area.height - HEAD_ROWS - extent.height));
    return { head, rows: [...filledUp(lines, extent.height), ...detail], cursor: cursor - first };
  },

  act(act, screen, model): Step<ChangesScreen> | undefined {
    switch (act) {
      case 'against':
        return { dialog: { kind: 'line', purpose: 'against', field: textField(model.against), before: screen } };
      case 'open':
        return opened(rowsOf(screen, model)[screen.list.cursor], model);
      default:
        return undefined;
    }
  },

  refuses(act, screen, model) {
    if (act !== 'open') return undefined;
    const row = rowsOf(screen, model)[screen.list.cursor];
    if (row === undefined) return 'there is no change here';
    if (row.kind === 'finding' && idOf(row, model) === undefined) return 'this finding is of the earlier side';
    return row.kind === 'flow' && lineOf(row) === undefined
      ? 'no line of the configuration as it is now decides this'
      : undefined;
  },

  subject(screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    if (row === undefined || row.kind === 'note' || row.kind === 'device') return {};
    if (row.kind === 'finding') return row.source === undefined ? {} : { source: row.source, device: row.device };
    const [crossing] = row.flow.crossings;
    const { witness } = row.flow;
    const ends = crossing === undefined ? {} : { from: crossing.from, to: crossing.to };
    const packet = witness === undefined ? ends : { ...ends, ...packetOf(witness) };
    return { source: row.source, device: row.device, packet };
  },

  needs: (_screen, { against }) => (against === '' ? [] : [{ kind: 'compare', against }]),
  export: (_screen, { comparison }) =>
    comparison?.kind === 'ready'
      ? comparisonText(comparison.value, { width: 100, paint: plainPaint, verbose: true })
      : '',
};

const UNNAMED: readonly Line[] = [
  [['plain', 'Nothing to compare with is named yet: press v and name']],
  [['plain', '  git:HEAD~1          the same paths at a revision of their git repository']],
  [['plain', '  before/             another file or directory']],
  [['plain', '  last-audit.json     the report of an earlier audit --format json (findings, no flows)']],
];

function countsLine({ comparison }: Model): Line {
  if (comparison?.kind !== 'ready') return [];
  const rows = changeRows(comparison.value, '');
  const words = ['opened', 'unsure', 'closed', 'new', 'changed', 'fixed', 'added', 'removed'];
  const counts = words.flatMap((word) => {
    const number = rows.filter((row) => row.word === word).length;
    return number === 0 ? [] : [`${number} ${word}`];
  });
  return [['strong', counts.length === 0 ? 'no change' : counts.join(', ')]];
}

function styleOf(row: ChangeRow): Style {
  if (row.kind === 'finding') return row.word === 'fixed' ? 'good' : severityStyle(row.finding.severity);
  if (row.kind === 'flow') return FLOW_STYLES[row.flow.change];
  return row.kind === 'note' ? 'warning' : 'accent';
}

const FLOW_STYLES = { opened: 'danger', undecided: 'warning', closed: 'good' } as const;

/** The line that opens a flow, or that closes it now. */
function lineOf({ flow }: Extract<ChangeRow, { kind: 'flow' }>): Span | undefined {
  if (flow.change === 'closed') return flow.turnedAway?.span;
  return flow.decidedBy.find(({ role }) => role === 'decides')?.span;
}

function idOf({ finding }: Extract<ChangeRow, { kind: 'finding' }>, { fleet }: Model): string | undefined {
  return fleet.findings.find(
    (row) => row.finding.fingerprint === finding.fingerprint && row.finding.device === finding.device,
  )?.id;
}

function opened(row: ChangeRow | undefined, model: Model): Step<ChangesScreen> {
  if (row?.kind === 'finding') {
    const id = idOf(row, model);
    return id === undefined ? {} : { open: { view: 'finding', list: LIST_START, id } };
  }
  const span = row?.kind === 'flow' ? lineOf(row) : undefined;
  return row?.kind === 'flow' && span !== undefined ? { open: sourceAt(model, row.source, span) } : {};
}

function detailLines(row: ChangeRow | undefined, width: number): Line[] {
  if (row === undefined) return [];
  const rows = row.kind === 'flow' ? flowDetail(row.flow, width) : labelled(row.word, [row.text], width);
  return rows.map(({ line }) => line);
}

function flowDetail(
  { flows, decidedBy, turnedAway, conditions, crossings, change }: Extract<ChangeRow, { kind: 'flow' }>['flow'],
  width: number,
) {
  const by = decidedBy.map(({ span, text, note }) => `${span.source}:${span.line} ${text} (${note})`);
  return [
    ...labelled(
      'packets',
      flows.flows.map((flow) => flowText(flow, false, '')),
      width,
    ),
    ...(flows.truncated ? labelled('', ['and more than is shown'], width) : []),
    ...labelled(change === 'closed' ? 'before' : 'now', by, width),
    ...labelled(change === 'closed' ? 'now' : 'before', turnedAway === undefined ? [] : [turnedAway.text], width),
    ...labelled('depends on', [...conditions.before, ...conditions.after], width),
    ...labelled(
      'crossings',
      crossings.length > 1 ? [crossings.map(({ from, to }) => `${from} → ${to}`).join(', ')] : [],
      width,
    ),
  ];
}
