import { plainPaint } from '../../terminal/paint.ts';
import { traceText } from '../../reports/trace-text.ts';
import { traceKey, type TraceQuestion } from '../engine/questions.ts';
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

function questionOf({ source, asked }: TraceScreen): TraceQuestion | undefined {
  return asked === undefined ? undefined : { kind: 'trace', source, ...asked };
}

function answerTo(screen: TraceScreen, { traced }: Model): ReturnType<Model['traced']['get']> {
  const question = questionOf(screen);
  return question === undefined ? undefined : traced.get(traceKey(question));
}

function rowsOf(screen: TraceScreen, model: Model, { width }: Area): readonly TextRow[] {
  if (screen.asked === undefined) return [];
  const answer = answerTo(screen, model);
  if (answer?.kind !== 'ready') return remoteLines(answer, 'the answer', width).map((line) => ({ line }));
  if ('kind' in answer.value) return labelled('not asked', [answer.value.message], width);
  return traceLines(answer.value, width);
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
        return { effects: [{ kind: 'copy', text: traceCommand(model, screen.source, screen.values) }] };
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
  needs(screen) {
    const question = questionOf(screen);
    return [{ kind: 'open', source: screen.source }, ...(question === undefined ? [] : [question])];
  },
  export(screen, model) {
    const answer = answerTo(screen, model);
    if (answer?.kind !== 'ready' || 'kind' in answer.value) return '';
    return traceText(answer.value, { width: 100, paint: plainPaint, verbose: true });
  },
};

function ask(screen: TraceScreen): Step<TraceScreen> {
  const { device, from, to, ...packet } = screen.values;
  const place = { device, from, to, ruleList: '', direction: '' };
  return {
    screen: { ...screen, focus: undefined, list: LIST_START, asked: { place, packet } },
  };
}
