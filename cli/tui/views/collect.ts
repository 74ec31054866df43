import { cellLine, cellWidths, type CellColumn } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { wrap } from '../../terminal/width.ts';
import { count } from '../../reports/layout.ts';
import { filtered, readFilter } from '../filter.ts';
import type { Line } from '../line.ts';
import { shown, type Extent } from '../list.ts';
import type { CollectedDevice } from '../store/collection.ts';
import type { Model } from '../store/model.ts';
import type { CollectScreen } from '../store/screens.ts';
import type { Style } from '../theme.ts';
import type { Area, View } from '../view.ts';
import { filterLine } from './frame-lines.ts';
import { filledUp, titleLine } from './table-lines.ts';

const COLUMNS: readonly CellColumn[] = [
  { title: 'STATE', width: 10 },
  { title: 'DEVICE', width: 20 },
  { title: 'WHAT', width: 'fill' },
  { title: 'TIME', width: 8, align: 'right' },
  { title: 'WHERE', width: 34 },
];
const FIELDS = ['state', 'device', 'platform'];
const HEAD_ROWS = 3;
const DETAIL_ROWS = 3;

function rowsOf({ filter }: CollectScreen, { collection }: Model): readonly CollectedDevice[] {
  return filtered(collection?.devices ?? [], readFilter(filter, FIELDS), ({ name, where, platform, state, text }) => ({
    text: `${name} ${where} ${platform} ${state} ${text}`.toLowerCase(),
    fields: { state: [state], device: [name], platform: [platform] },
  }));
}

function selected(screen: CollectScreen, model: Model): CollectedDevice | undefined {
  return rowsOf(screen, model)[screen.list.cursor];
}

function extentOf(screen: CollectScreen, model: Model, { height }: Area): Extent {
  return { length: rowsOf(screen, model).length, height: Math.max(1, height - HEAD_ROWS - DETAIL_ROWS) };
}

export const collectView: View<CollectScreen> = {
  fields: FIELDS,
  title: (_screen, { collection }) =>
    `Collect over SSH${collection?.directory === undefined ? '' : ` into ${collection.directory}`}`,
  extent: extentOf,

  draw(screen, model, area) {
    const { collection } = model;
    if (collection === undefined) return { head: [], rows: NO_INVENTORY };
    const widths = cellWidths(COLUMNS, area.width, 20);
    const titles = titleLine(COLUMNS, widths);
    const head = [countsLine(collection.devices), filterLine(screen.filter, readFilter(screen.filter, FIELDS)), titles];
    const rows = rowsOf(screen, model);
    if (rows.length === 0) {
      const text =
        screen.filter === '' ? 'the inventory names no device' : 'no devices fit the filter; esc takes it away';
      return { head, rows: [[['faint', text]]] };
    }
    const extent = extentOf(screen, model, area);
    const { first, end, cursor } = shown(screen.list, extent);
    const lines = rows.slice(first, end).map((row): Line => {
      const line = cellLine(COLUMNS, widths, cellsOf(row));
      const [state = 0] = widths;
      return [
        [STYLES[row.state], line.slice(0, state)],
        ['plain', line.slice(state)],
      ];
    });
    return {
      head,
      rows: [...filledUp(lines, extent.height), ...detail(rows[cursor], area.width)],
      cursor: cursor - first,
    };
  },

  act(act, screen, model) {
    const { collection } = model;
    switch (act) {
      case 'run':
        if (collection?.isRunning === true) return { effects: [{ kind: 'stop-collecting' }] };
        return { effects: [{ kind: 'collect', names: [] }] };
      case 'retry': {
        const device = selected(screen, model);
        return device === undefined ? {} : { effects: [{ kind: 'collect', names: [device.name] }] };
      }
      default:
        return undefined;
    }
  },

  refuses(act, screen, { collection, ...model }) {
    if (act === 'open') return 'R collects this device, S all of them';
    if (act !== 'run' && act !== 'retry') return undefined;
    if (collection === undefined)
      return 'no inventory was named: brokerfence tui --inventory devices.yaml --output-dir DIRECTORY';
    if (collection.directory === undefined) return 'no directory for the files was named: --output-dir DIRECTORY';
    if (act === 'retry' && collection.isRunning) return 'wait until the others are done, or stop them with S';
    return act === 'retry' && selected(screen, { collection, ...model }) === undefined
      ? 'there is no device here'
      : undefined;
  },

  subject: () => ({}),
  needs: () => [],
  export: (screen, model) =>
    rowsOf(screen, model)
      .map((row) => `${cellsOf(row).join('\t')}\n`)
      .join(''),
};

const NO_INVENTORY: readonly Line[] = [
  [['plain', 'No inventory was named. Begin with one to collect from here:']],
  [['plain', '  brokerfence tui --inventory devices.yaml --output-dir configs']],
];

const STYLES: Readonly<Record<CollectedDevice['state'], Style>> = {
  'not-asked': 'faint',
  queued: 'faint',
  running: 'accent',
  retrying: 'warning',
  collected: 'good',
  failed: 'danger',
};

function countsLine(devices: readonly CollectedDevice[]): Line {
  const states = ['running', 'retrying', 'queued', 'collected', 'failed'] as const;
  const counts = states.flatMap((state) => {
    const number = devices.filter((device) => device.state === state).length;
    return number === 0 ? [] : [`${number} ${state}`];
  });
  return [['strong', [count(devices.length, 'device'), ...counts].join(', ')]];
}

function cellsOf({ state, name, text, durationMs, where }: CollectedDevice): string[] {
  const time = durationMs === 0 ? '' : `${(durationMs / 1000).toFixed(1)} s`;
  return [state, visible(name), visible(text), time, visible(where)];
}

function detail(row: CollectedDevice | undefined, width: number): Line[] {
  if (row === undefined) return [];
  const attempts = row.attempts > 1 ? `, ${row.attempts} attempts` : '';
  const lines = [`${row.name}: ${row.where}, ${row.platform}${attempts}`, ...wrap(visible(row.text), width)];
  return lines.slice(0, DETAIL_ROWS).map((line): Line => [['accent', visible(line)]]);
}
