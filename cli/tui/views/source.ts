import type { OpenedText } from '../engine/questions.ts';
import type { Line } from '../line.ts';
import { centredOn, LIST_START, movedTo, shown, type Extent } from '../list.ts';
import type { Model } from '../store/model.ts';
import type { SourceScreen } from '../store/screens.ts';
import type { Area, View } from '../view.ts';
import { remoteLines } from './frame-lines.ts';
import { neighbour } from './neighbour.ts';

function textOf({ source, text }: SourceScreen, { opened }: Model): OpenedText | undefined {
  const asked = opened.get(source);
  if (asked?.kind !== 'ready') return undefined;
  return asked.value.texts.find(({ name }) => name === text) ?? asked.value.texts[0];
}

function extentOf(screen: SourceScreen, model: Model, { height }: Area): Extent {
  return { length: textOf(screen, model)?.lines.length ?? 0, height };
}

export const sourceView: View<SourceScreen> = {
  fields: [],
  title: ({ text }) => text,
  extent: extentOf,
  draw(screen, model, area) {
    const text = textOf(screen, model);
    if (text === undefined)
      return { head: [], rows: remoteLines(model.opened.get(screen.source), screen.source, area.width) };
    const extent = extentOf(screen, model, area);
    const list = screen.goTo === undefined ? screen.list : centredOn(screen.goTo - 1, extent);
    const { first, end, cursor } = shown(list, extent);
    const gutter = String(text.lines.length).length;
    const rows = text.lines.slice(first, end).map((line, at): Line => [
      ['faint', `${String(first + at + 1).padStart(gutter)} `],
      ['plain', line],
    ]);
    return { head: [], rows, cursor: cursor - first };
  },
  act(act, screen, model) {
    if (act === 'left' || act === 'right') {
      const source = neighbour(model, screen.source, act);
      return { screen: { view: 'source', source, text: source, search: '', list: LIST_START } };
    }
    if (act === 'edit') return { effects: [{ kind: 'edit', file: screen.text, line: screen.list.cursor + 1 }] };
    return undefined;
  },
  refuses: () => undefined,
  subject: ({ source, text, list }) => ({ source, text, line: list.cursor + 1 }),
  needs: ({ source }) => [{ kind: 'open', source }],
  export: (screen, model) => `${textOf(screen, model)?.lines.join('\n') ?? ''}\n`,
};
void movedTo;
