import { movedTo, type Extent } from '../list.ts';
import type { ChooseDialog } from './dialog.ts';
import type { UiInput } from './event.ts';
import { bodyArea, type Model } from './model.ts';
import { withOpened } from './navigate.ts';

export function chooseExtent({ options }: ChooseDialog, model: Model): Extent {
  return { length: options.length, height: Math.max(1, bodyArea(model).height - 2) };
}

export function chooseInput(model: Model, dialog: ChooseDialog, input: UiInput): Model {
  const key = input.kind === 'key' ? input.key : '';
  const { cursor } = dialog.list;
  const to = (row: number): Model => {
    return { ...model, dialog: { ...dialog, list: movedTo(dialog.list, row, chooseExtent(dialog, model)) } };
  };
  switch (key) {
    case 'esc':
    case 'ctrl+c':
      return { ...model, dialog: undefined };
    case 'down':
    case 'j':
      return to(cursor + 1);
    case 'up':
    case 'k':
      return to(cursor - 1);
    case 'enter': {
      const chosen = dialog.options[cursor];
      return chosen === undefined ? model : withOpened({ ...model, dialog: undefined }, chosen.open);
    }
    default:
      return model;
  }
}
