import { visible } from '../../terminal/visible.ts';
import type { Drawn, Line } from '../line.ts';
import { shown } from '../list.ts';
import { chooseExtent } from '../store/choose-input.ts';
import type { ChooseDialog } from '../store/dialog.ts';
import type { Model } from '../store/model.ts';

export function chooseDrawn(dialog: ChooseDialog, model: Model): Drawn {
  const { first, end, cursor } = shown(dialog.list, chooseExtent(dialog, model));
  return {
    head: [[['strong', visible(dialog.title)]], []],
    rows: dialog.options.slice(first, end).map(({ text }): Line => [['plain', ` ${visible(text)}`]]),
    cursor: cursor - first,
  };
}
