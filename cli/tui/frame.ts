import { fit } from '../terminal/cells.ts';
import { visible } from '../terminal/visible.ts';
import { cut, displayWidth } from '../terminal/width.ts';
import { dialogDrawn } from './dialogs/dialog-lines.ts';
import { fieldLine } from './field-line.ts';
import { bindingsOf, shownKey, type Act } from './keymap.ts';
import { paintLine, type Drawn, type Line } from './line.ts';
import type { Dialog } from './store/dialog.ts';
import { bodyArea, topScreen, type Model } from './store/model.ts';
import type { ViewId } from './store/screens.ts';
import type { Style, Theme } from './theme.ts';
import { readingText } from './views/frame-lines.ts';
import { viewOf } from './views/shown-view.ts';

/** The views that a number leads to, for the top line. */
const TABS: readonly ViewId[] = [
  'overview',
  'findings',
  'flows',
  'rules',
  'trace',
  'changes',
  'coverage',
  'collect',
  'source',
];

/** Every line of the screen, painted, from top to bottom. */
export function frameLines(model: Model, theme: Theme): string[] {
  const { columns, rows } = model.size;
  const area = bodyArea(model);
  const body = bodyLines(dialogDrawn(model, area) ?? viewOf(topScreen(model)).draw(model, area), area.width, theme);
  const lines = [
    topLine(model, theme),
    ...padded(body, area.height),
    noticeLine(model, columns, theme),
    footer(model, theme),
  ];
  return lines.slice(0, rows);
}

function padded(lines: readonly string[], height: number): string[] {
  return [...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, () => '')].slice(0, height);
}

function bodyLines({ head, rows, cursor }: Drawn, width: number, theme: Theme): string[] {
  return [
    ...head.map((line) => paintLine(line, width, theme)),
    ...rows.map((line, row) => paintLine(line, width, theme, row === cursor)),
  ];
}

/** The name of the program, the views with their numbers, and what is shown. */
function topLine(model: Model, theme: Theme): string {
  const { columns } = model.size;
  const top = topScreen(model);
  const title = visible(viewOf(top).title(model));
  const isWide = columns >= 120;
  const tabs = TABS.map((view, index): readonly [Style, string] => {
    const name = isWide || view === top.view ? `${index + 1} ${view}` : String(index + 1);
    return [view === top.view ? 'cursor' : 'faint', ` ${name} `];
  });
  const used = tabs.reduce((sum, [, text]) => sum + displayWidth(text), 0);
  const room = Math.max(0, columns - used - 1);
  return paintLine([...tabs, ['plain', ' '], ['strong', fit(cut(title, room), room)]], columns, theme);
}

/** What just happened, what is typed, or how far the reading is. */
function noticeLine({ notice, dialog, incoming, outdated, fleet }: Model, width: number, theme: Theme): string {
  if (dialog?.kind === 'secret')
    return paintLine(
      [
        ['accent', visible(dialog.question)],
        ['cursor', ' '],
      ],
      width,
      theme,
    );
  if (dialog?.kind === 'line') {
    const sign = {
      filter: 'filter /',
      search: 'search /',
      goto: 'go to :',
      against: 'compare with a report .json, a path, or git:REVISION: ',
    }[dialog.purpose];
    return paintLine([['accent', sign], ...fieldLine(dialog.field, width - sign.length).line], width, theme);
  }
  // A key takes a notice away, but not that what is shown no longer is what the files say.
  const lasting =
    outdated === undefined || incoming !== undefined ? undefined : ({ tone: 'refused', text: outdated } as const);
  const { tone, text } = notice ?? lasting ?? {};
  if (text !== undefined) {
    const [style, sign] = tone === 'refused' ? (['warning', '✗'] as const) : (['good', '•'] as const);
    return paintLine([[style, `${sign} ${visible(text)}`]], width, theme);
  }
  const reading = incoming === undefined ? readingText(fleet) : `again: ${readingText(incoming)}`;
  return paintLine([['faint', reading]], width, theme);
}

/** Never shown below: they are the same in every program of this kind. */
const UNSAID: ReadonlySet<Act> = new Set([
  'down',
  'up',
  'page-down',
  'page-up',
  'top',
  'bottom',
  'left',
  'right',
  'next',
  'previous',
]);
/** Shown first, because nothing goes without them. */
const FIRST: readonly Act[] = ['open', 'back', 'filter', 'search', 'help', 'quit'];

/** The keys that do something here; those that now cannot are left out, and say why when they are pressed. */
function footer(model: Model, theme: Theme): string {
  const { columns } = model.size;
  const { dialog } = model;
  if (dialog !== undefined) {
    return paintLine([['faint', DIALOG_HINTS[dialog.kind]]], columns, theme);
  }
  const screen = topScreen(model);
  const view = viewOf(screen);
  const here = bindingsOf(screen.view).filter(
    ({ act, views }) => !UNSAID.has(act) && (views !== undefined || FIRST.includes(act) || act === 'export'),
  );
  const rank = (act: Act): number => (FIRST.includes(act) ? FIRST.indexOf(act) : FIRST.length);
  const possible = here
    .filter(({ act }) => view.refuses(act, model) === undefined)
    .toSorted((a, b) => rank(a.act) - rank(b.act));
  let left = columns;
  const line = possible.flatMap(({ keys, hint }): Line => {
    const key = shownKey(keys[0] ?? '');
    left -= displayWidth(`${key} ${hint}`) + 2;
    // A hint is shown whole or not at all; the last one needs no blanks behind it.
    if (left < -2) return [];
    return [
      ['accent', key],
      ['faint', ` ${hint}${left < 0 ? '' : '  '}`],
    ];
  });
  return paintLine(line, columns, theme);
}

const DIALOG_HINTS: Readonly<Record<Dialog['kind'], string>> = {
  line: '⏎ done  esc back',
  choose: '⏎ go there  ↑↓ choose  esc back',
  secret: '⏎ done  esc cancel; nothing of it is shown or kept',
  form: '⏎ or tab next field, at the last one a preview  esc leave',
  preview: '⏎ write  ↑↓ scroll  esc back',
};
