import type { Jump } from '../../../checks/references/references.ts';
import type { LineJumps, OpenedText } from '../engine/questions.ts';
import { centredOn, LIST_START, movedTo, shown, type Extent } from '../list.ts';
import { keepLast } from '../memo.ts';
import { findingId, FindingRow, type Fleet } from '../store/fleet.ts';
import { jumpsKey, type Model } from '../store/model.ts';
import type { Screen, SourceScreen } from '../store/screens.ts';
import { sourceAt } from '../store/source-at.ts';
import { markedLines, type LineMarks } from '../syntax/marked-lines.ts';
import type { Area, Step, View } from '../view.ts';
import { findingSubject } from './finding-acts.ts';
import { remoteLines } from './frame-lines.ts';
import { neighbour } from './neighbour.ts';
import { jumpText, lineDetail, type FoundOnLine } from './source-detail.ts';
import { sourceLine } from './source-lines.ts';
import { filledUp } from './table-lines.ts';

/** Lines about the line under the cursor. */
const DETAIL_ROWS = 4;

function textOf({ source, text }: SourceScreen, { opened }: Model): OpenedText | undefined {
  const asked = opened.get(source);
  if (asked?.kind !== 'ready') return undefined;
  return asked.value.texts.find(({ name }) => name === text) ?? asked.value.texts[0];
}

const marksOf = keepLast(
  (fleet: Fleet, source: string, text: OpenedText | undefined): ReadonlyMap<number, LineMarks> => {
    const report = fleet.sources.find((each) => each.source === source);
    return report === undefined || text === undefined ? new Map() : markedLines(report, text.name, text.states);
  },
);

function extentOf(screen: SourceScreen, model: Model, { height }: Area): Extent {
  const rows = height > 12 ? height - DETAIL_ROWS : height;
  return { length: textOf(screen, model)?.lines.length ?? 0, height: Math.max(1, rows) };
}

function lineOf({ list }: SourceScreen): number {
  return list.cursor + 1;
}

function question(screen: SourceScreen, text: OpenedText) {
  return { kind: 'jumps', source: screen.source, text: text.name, line: lineOf(screen) } as const;
}

function jumpsOf(screen: SourceScreen, model: Model): LineJumps | undefined {
  const text = textOf(screen, model);
  const asked = text === undefined ? undefined : model.jumps.get(jumpsKey(question(screen, text)));
  return asked?.kind === 'ready' ? asked.value : undefined;
}

/** Findings on the line, the worst first, with what they say. */
function foundOn(screen: SourceScreen, { fleet }: Model, marks: LineMarks | undefined): FoundOnLine[] {
  const report = fleet.sources.find((each) => each.source === screen.source);
  return (marks?.findings ?? []).flatMap(({ device, finding: index, role }) => {
    const finding = report?.devices[device]?.findings[index];
    return finding === undefined ? [] : [{ finding, role, id: findingId(screen.source, finding) }];
  });
}

export const sourceView: View<SourceScreen> = {
  fields: [],

  title(screen, model) {
    const marked = [...marksOf(model.fleet, screen.source, textOf(screen, model)).values()];
    const number = marked.filter(({ worst }) => worst !== undefined).length;
    return `${screen.text}${number === 0 ? '' : `, findings on ${number} lines`}`;
  },

  extent: extentOf,

  draw(screen, model, area) {
    const text = textOf(screen, model);
    if (text === undefined) {
      return { head: [], rows: remoteLines(model.opened.get(screen.source), screen.source, area.width) };
    }
    const marks = marksOf(model.fleet, screen.source, text);
    const extent = extentOf(screen, model, area);
    const { first, end, cursor } = shown(screen.list, extent);
    const rows = Array.from({ length: end - first }, (_, at) =>
      sourceLine(text, first + at + 1, marks.get(first + at + 1), screen.search),
    );
    if (extent.height === area.height) return { head: [], rows, cursor: cursor - first };
    const here = marks.get(cursor + 1);
    const report = model.fleet.sources.find((each) => each.source === screen.source);
    const said = (here?.diagnostics ?? []).flatMap((index) => report?.diagnostics[index] ?? []);
    const about = { found: foundOn(screen, model, here), said, state: here?.state, jumps: jumpsOf(screen, model) };
    const detail = lineDetail(text.lines[cursor] ?? '', about, area.width, DETAIL_ROWS);
    return { head: [], rows: [...filledUp(rows, extent.height), ...detail], cursor: cursor - first };
  },

  act(act, screen, model, area): Step<SourceScreen> | undefined {
    const text = textOf(screen, model);
    switch (act) {
      case 'left':
      case 'right': {
        const source = neighbour(model, screen.source, act);
        return { screen: { view: 'source', source, text: source, search: '', list: LIST_START } };
      }
      case 'next':
      case 'previous': {
        const to = nextPlace(screen, model, act);
        const extent = extentOf(screen, model, area);
        if (to === undefined) return { notice: { tone: 'said', text: nothingMore(screen, act) } };
        const isShown = to >= screen.list.top && to < screen.list.top + extent.height;
        return { screen: { ...screen, list: isShown ? movedTo(screen.list, to, extent) : centredOn(to, extent) } };
      }
      case 'open': {
        const found = foundOn(screen, model, marksOf(model.fleet, screen.source, text).get(lineOf(screen)));
        const ways = found.map(({ finding: { severity, check, message }, id }) => ({
          text: `${severity} ${check}: ${message}`,
          open: { view: 'finding', list: LIST_START, id } satisfies Screen,
        }));
        return chosen(ways, `Findings on line ${lineOf(screen)}`);
      }
      case 'jump':
        return jumped(screen, model, jumpsOf(screen, model)?.jumps ?? [], 'To what this line uses, or what uses it');
      case 'bound':
        return jumped(screen, model, jumpsOf(screen, model)?.bindings ?? [], 'To what puts the rule list in the path');
      case 'edit':
        return { effects: [{ kind: 'edit', file: text?.name ?? screen.text, line: lineOf(screen) }] };
      default:
        return undefined;
    }
  },

  refuses(act, screen, model) {
    const text = textOf(screen, model);
    if (text === undefined)
      return ['open', 'jump', 'bound', 'edit'].includes(act) ? 'the text is not there yet' : undefined;
    const marks = marksOf(model.fleet, screen.source, text).get(lineOf(screen));
    if (act === 'open' && (marks?.findings.length ?? 0) === 0)
      return 'no finding is about this line; n goes to the next that one is about';
    const jumps = jumpsOf(screen, model);
    if (act === 'jump' && (jumps?.jumps.length ?? 0) === 0) return 'this line leads nowhere else';
    if (act === 'bound' && (jumps?.bindings.length ?? 0) === 0)
      return 'this line is in no rule list that something binds';
    return undefined;
  },

  subject(screen, model) {
    const marks = marksOf(model.fleet, screen.source, textOf(screen, model)).get(lineOf(screen));
    const [first] = foundOn(screen, model, marks);
    const about = first === undefined ? {} : findingSubject(new FindingRow(screen.source, first.finding));
    return { ...about, source: screen.source, text: screen.text, line: lineOf(screen) };
  },

  needs(screen, model) {
    const text = textOf(screen, model);
    const open = { kind: 'open', source: screen.source } as const;
    // A text that belongs to no device, such as the policy, has nothing to jump to.
    const hasDevice = model.fleet.sources.some(({ source }) => source === screen.source);
    return text === undefined || !hasDevice ? [open] : [open, question(screen, text)];
  },

  export: (screen, model) => `${textOf(screen, model)?.lines.join('\n') ?? ''}\n`,
};

function jumped(screen: SourceScreen, model: Model, jumps: readonly Jump[], title: string): Step<SourceScreen> {
  return chosen(
    jumps.map((jump) => ({ text: jumpText(jump), open: sourceAt(model, screen.source, jump.target) })),
    title,
  );
}

/** Straight there where there is one way, else a choice. */
function chosen(ways: readonly { readonly text: string; readonly open: Screen }[], title: string): Step<SourceScreen> {
  const [way, ...others] = ways;
  if (way === undefined) return {};
  return others.length === 0
    ? { open: way.open }
    : { dialog: { kind: 'choose', title, options: ways, list: LIST_START } };
}

/** The next line with a match of the search; without a search, with a finding. */
function nextPlace(screen: SourceScreen, model: Model, act: 'next' | 'previous'): number | undefined {
  const text = textOf(screen, model);
  if (text === undefined) return undefined;
  const { cursor } = screen.list;
  const wanted = screen.search.toLowerCase();
  const marks = marksOf(model.fleet, screen.source, text);
  const isPlace = (at: number): boolean =>
    wanted === '' ? marks.get(at + 1)?.worst !== undefined : (text.lines[at] ?? '').toLowerCase().includes(wanted);
  const step = act === 'next' ? 1 : -1;
  for (let at = cursor + step; at >= 0 && at < text.lines.length; at += step) if (isPlace(at)) return at;
  return undefined;
}

function nothingMore({ search }: SourceScreen, act: 'next' | 'previous'): string {
  const what = search === '' ? 'line with a finding' : `"${search}"`;
  return `no ${what} ${act === 'next' ? 'below' : 'above'}`;
}
