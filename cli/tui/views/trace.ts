import { plainPaint } from '../../terminal/paint.ts';
import { traceText } from '../../reports/trace-text.ts';
import type { Line } from '../line.ts';
import { LIST_START, shown } from '../list.ts';
import { sourceAt } from '../store/source-at.ts';
import type { Model } from '../store/model.ts';
import type { TraceScreen } from '../store/screens.ts';
import type { Area, Step, View } from '../view.ts';
import { traceCommand } from './finding-acts.ts';
import { labelled, type TextRow } from './finding-text.ts';
import { remoteLines } from './frame-lines.ts';
import { focused, formInput, formLines } from './trace-form.ts';
import { traceLines } from './trace-lines.ts';

/** Lines of the form, and an empty one below. */
const FORM_ROWS = 5;

function rowsOf({ asked }: TraceScreen, { traced }: Model, { width }: Area): readonly TextRow[] {
  if (asked === undefined) return [];
  if (traced?.kind !== 'ready') return remoteLines(traced, 'the answer', width).map((line) => ({ line }));
  if ('kind' in traced.value) return labelled('not asked', [traced.value.message], width);
  return traceLines(traced.value, width);
}

export const traceView: View<TraceScreen> = {
  fields: [],
  title: ({ source }) => `What becomes of a packet in ${source}`,
  extent: (screen, model, area) => ({
    length: rowsOf(screen, model, area).length,
    height: Math.max(1, area.height - FORM_ROWS),
  }),

  draw(screen, model, area) {
    const head: Line[] = [...formLines(screen, model, area.width), []];
    const rows = rowsOf(screen, model, area);
    if (rows.length === 0)
      return { head, rows: [[['faint', 'enter asks; the packet is the one that arrives, before any translation']]] };
    const { first, end, cursor } = shown(screen.list, {
      length: rows.length,
      height: Math.max(1, area.height - FORM_ROWS),
    });
    const lines = rows.slice(first, end).map(({ line }) => line);
    return screen.focus === undefined ? { head, rows: lines, cursor: cursor - first } : { head, rows: lines };
  },

  takes(input, screen, model) {
    const taken = formInput(screen, input, model);
    if (taken === undefined) return undefined;
    return taken === 'ask' ? ask(screen) : { screen: taken };
  },

  act(act, screen, model, area) {
    switch (act) {
      case 'next':
        return { screen: focused(screen, 1) };
      case 'previous':
        return { screen: focused(screen, -1) };
      case 'open': {
        const rows = rowsOf(screen, model, area);
        const target = rows[screen.list.cursor]?.target ?? rows.find((row) => row.target !== undefined)?.target;
        if (target === undefined) return ask(screen);
        return { open: sourceAt(model, screen.source, target) };
      }
      case 'copy':
        return { effects: [{ kind: 'copy', text: traceCommand([screen.source], screen.values, model.policyFile) }] };
      default:
        return undefined;
    }
  },

  refuses: () => undefined,
  subject: ({ source, values }) => ({
    source,
    device: values.device,
    from: values.from,
    to: values.to,
    packet: values,
  }),
  needs: ({ source }) => [{ kind: 'open', source }],
  export(_screen, { traced }) {
    if (traced?.kind !== 'ready' || 'kind' in traced.value) return '';
    return traceText(traced.value, { width: 100, paint: plainPaint, verbose: true });
  },
};

function ask(screen: TraceScreen): Step<TraceScreen> {
  const { device, from, to, ...packet } = screen.values;
  const place = { device, from, to, ruleList: '', direction: '' };
  return {
    screen: { ...screen, focus: undefined, list: LIST_START, asked: { place, packet } },
    effects: [{ kind: 'ask', question: { kind: 'trace', source: screen.source, place, packet } }],
  };
}
