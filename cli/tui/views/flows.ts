import type { PermittedFlow } from '../../../checks/device-report.ts';
import { cellLine, cellWidths, type CellColumn } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { count } from '../../reports/layout.ts';
import { flowText } from '../../reports/finding-text.ts';
import type { Line } from '../line.ts';
import { LIST_START, shown, type Extent } from '../list.ts';
import { formFor } from '../store/form-input.ts';
import type { Model } from '../store/model.ts';
import { sourceAt } from '../store/source-at.ts';
import type { FlowsScreen } from '../store/screens.ts';
import type { Style } from '../theme.ts';
import type { Area, View } from '../view.ts';
import { openEditor, traceCommand } from './finding-acts.ts';
import { labelled } from './finding-text.ts';
import { FLOW_FIELDS, flowRows, flowSubject, readFlowFilter, type FlowRow } from './flow-rows.ts';
import { filterLine, remoteLines } from './frame-lines.ts';
import { neighbour } from './neighbour.ts';
import { filledUp, titleLine } from './table-lines.ts';

const COLUMNS: readonly CellColumn[] = [
  { title: 'SERVICE', width: 20 },
  { title: 'PORT', width: 9 },
  { title: 'DIRECTION', width: 9 },
  { title: 'FROM → TO', width: 'fill' },
  { title: 'APPROVED', width: 8 },
  { title: 'SURE', width: 8 },
  { title: 'DEVICE', width: 16 },
];

function rowsOf({ source, filter }: FlowsScreen, { flows }: Model): readonly FlowRow[] {
  const asked = flows.get(source);
  return asked?.kind === 'ready' ? flowRows(asked.value, filter) : [];
}

/** The list takes the upper half, the flow under the cursor the lower one. */
function extentOf(screen: FlowsScreen, model: Model, { height }: Area): Extent {
  return { length: rowsOf(screen, model).length, height: Math.max(1, Math.ceil((height - 2) * 0.6)) };
}

export const flowsView: View<FlowsScreen> = {
  fields: FLOW_FIELDS,
  title(screen, model) {
    const isKnown = model.flows.get(screen.source)?.kind === 'ready';
    const flows = isKnown ? count(rowsOf(screen, model).length, 'permitted flow') : 'Permitted flows';
    return `${flows} in ${screen.source}`;
  },

  extent: extentOf,

  draw(screen, model, area) {
    const widths = cellWidths(COLUMNS, area.width, 20);
    const titles = titleLine(COLUMNS, widths);
    const head = [filterLine(screen.filter, readFlowFilter(screen.filter)), titles];
    const asked = model.flows.get(screen.source);
    if (asked?.kind !== 'ready') return { head, rows: remoteLines(asked, 'the permitted flows', area.width) };
    const rows = rowsOf(screen, model);
    if (rows.length === 0)
      return { head, rows: nothing(screen, asked.value.flatMap(({ unjudged }) => unjudged).length) };
    const extent = extentOf(screen, model, area);
    const { first, end, cursor } = shown(screen.list, extent);
    const lines = rows
      .slice(first, end)
      .map((row): Line => [[styleOf(row.flow), cellLine(COLUMNS, widths, cellsOf(row))]]);
    const detail = detailLines(rows[cursor], area.width).slice(0, Math.max(0, area.height - 2 - extent.height));
    return { head, rows: [...filledUp(lines, extent.height), ...detail], cursor: cursor - first };
  },

  act(act, screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    const span = row?.flow.decidedBy.find(({ role }) => role === 'decides')?.span;
    switch (act) {
      case 'left':
      case 'right': {
        const source = neighbour(model, screen.source, act);
        return { screen: { ...screen, source, list: LIST_START } };
      }
      case 'open':
        return span === undefined ? {} : { open: sourceAt(model, screen.source, span) };
      case 'edit':
        return openEditor(span);
      case 'approve':
        if (row === undefined) return {};
        return { dialog: formFor({ kind: 'approve-flow', flow: row.flow, device: row.device }, model) };
      case 'copy': {
        const subject = row === undefined ? {} : flowSubject(row, screen.source);
        const packet = { device: row?.device ?? '', ...subject.packet };
        return { effects: [{ kind: 'copy', text: traceCommand(model, screen.source, packet) }] };
      }
      default:
        return undefined;
    }
  },

  refuses(act, screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    if (!['open', 'edit', 'copy', 'approve'].includes(act)) return undefined;
    if (row === undefined) return 'there is no flow here';
    const span = row.flow.decidedBy.find(({ role }) => role === 'decides')?.span;
    if ((act === 'open' || act === 'edit') && span === undefined)
      return 'no line permits it: nothing on this path filters';
    return act === 'approve' && row.flow.approved === 'yes' ? 'all of it is approved already' : undefined;
  },

  subject(screen, model) {
    const row = rowsOf(screen, model)[screen.list.cursor];
    return row === undefined ? { source: screen.source } : flowSubject(row, screen.source);
  },

  needs: ({ source }) => (source === '' ? [] : [{ kind: 'flows', source }]),
  export: (screen, model) =>
    rowsOf(screen, model)
      .map((row) => `${[...cellsOf(row), ...row.flow.flows.flows.map((flow) => flowText(flow, true))].join('\t')}\n`)
      .join(''),
};

const APPROVED: Readonly<Record<PermittedFlow['approved'], Style>> = { yes: 'good', partly: 'warning', no: 'plain' };

function styleOf({ approved }: PermittedFlow): Style {
  return APPROVED[approved];
}

function cellsOf({ device, flow }: FlowRow): string[] {
  const { service, protocol, port, direction, crossing, approved, confidence } = flow;
  const path = visible(`${crossing.from} → ${crossing.to}`);
  return [service, `${protocol}/${port}`, direction, path, approved, confidence, visible(device)];
}

function detailLines(row: FlowRow | undefined, width: number): Line[] {
  if (row === undefined) return [];
  const { flows, decidedBy, conditions, forwardedTo, applications = [] } = row.flow;
  return [
    ...labelled(
      'packets',
      flows.flows.map((flow) => flowText(flow, false, '')),
      width,
    ),
    ...(flows.truncated ? labelled('', ['and more than is shown'], width) : []),
    ...labelled('forwarded', forwardedTo === undefined ? [] : [`to port ${forwardedTo}`], width),
    ...labelled(
      'by',
      decidedBy.map(({ span, text, note }) => `${span.source}:${span.line} ${text} (${note})`),
      width,
    ),
    ...labelled('depends on', conditions, width),
    ...labelled(
      'sessions',
      [applications.map(({ application, verdict }) => `${application} ${verdict}`).join(', ')],
      width,
    ),
  ].map(({ line }) => line);
}

function nothing({ filter }: FlowsScreen, unjudged: number): Line[] {
  if (filter !== '') return [[['faint', 'no flows fit the filter; esc takes it away']]];
  const left = unjudged === 0 ? '' : `, and ${count(unjudged, 'crossing')} could not be judged`;
  return [[['plain', `no messaging service is permitted across a boundary here${left}`]]];
}
