import type { TextRow } from './finding-text.ts';
import type { FindingRow } from '../store/fleet.ts';
import type { Model } from '../store/model.ts';
import type { FindingScreen } from '../store/screens.ts';
import type { Area, View } from '../view.ts';
import { movedTo, shown } from '../list.ts';
import { keepLast } from '../memo.ts';
import { exportedFinding, findingLines } from './finding-text.ts';
import { sourceAt } from '../store/source-at.ts';
import { formFor } from '../store/form-input.ts';
import { findingRefusal, findingSubject, openEditor, traceCommandOf, wishFor } from './finding-acts.ts';

function rowOf({ id }: FindingScreen, { fleet }: Model): FindingRow | undefined {
  return fleet.findings.find((row) => row.id === id);
}

const linesOf = keepLast((row: FindingRow | undefined, width: number): readonly TextRow[] => {
  if (row !== undefined) return findingLines(row.finding, width);
  return [{ line: [['warning', 'this finding is there no longer; esc goes back']] }];
});

function lines(screen: FindingScreen, model: Model, { width }: Area): readonly TextRow[] {
  return linesOf(rowOf(screen, model), width);
}

/** The line that the cursor stands on, or the first that leads somewhere. */
function targetOf(screen: FindingScreen, model: Model, area: Area): TextRow['target'] {
  const rows = lines(screen, model, area);
  return rows[screen.list.cursor]?.target ?? rows.find(({ target }) => target !== undefined)?.target;
}

export const findingView: View<FindingScreen> = {
  fields: [],

  title(screen, model) {
    const row = rowOf(screen, model);
    return row === undefined ? 'Finding' : `${row.finding.check} on ${row.finding.device}`;
  },

  extent: (screen, model, area) => ({ length: lines(screen, model, area).length, height: area.height }),

  draw(screen, model, area) {
    const rows = lines(screen, model, area);
    const { first, end, cursor } = shown(screen.list, { length: rows.length, height: area.height });
    return { head: [], rows: rows.slice(first, end).map(({ line }) => line), cursor: cursor - first };
  },

  act(act, screen, model, area) {
    const row = rowOf(screen, model);
    if (row === undefined) return undefined;
    const rows = lines(screen, model, area);
    switch (act) {
      case 'open': {
        const target = targetOf(screen, model, area);
        if (target === undefined) return { notice: { tone: 'refused', text: 'this finding is about no line' } };
        return { open: sourceAt(model, row.source, target) };
      }
      case 'next':
      case 'previous': {
        const { cursor } = screen.list;
        const isStart = (at: number): boolean =>
          rows[at]?.target !== undefined && rows[at]?.target !== rows[at - 1]?.target;
        const starts = rows.flatMap((_, at) => (isStart(at) ? [at] : []));
        const to = act === 'next' ? starts.find((at) => at > cursor) : starts.findLast((at) => at < cursor);
        const extent = { length: rows.length, height: area.height };
        return to === undefined ? {} : { screen: { ...screen, list: movedTo(screen.list, to, extent) } };
      }
      case 'copy':
        return { effects: [{ kind: 'copy', text: traceCommandOf(row, model) ?? '' }] };
      case 'edit':
        return openEditor(targetOf(screen, model, area));
      case 'waive':
      case 'approve':
        return { dialog: formFor(wishFor(act, row, model), model) };
      default:
        return undefined;
    }
  },

  refuses(act, screen, model) {
    const row = rowOf(screen, model);
    return row === undefined ? undefined : findingRefusal(act, row, model);
  },

  subject: (screen, model) => findingSubject(rowOf(screen, model)),
  needs: () => [],
  export(screen, model) {
    const row = rowOf(screen, model);
    return row === undefined ? '' : exportedFinding(row);
  },
};
