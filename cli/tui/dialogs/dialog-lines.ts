import type { Drawn } from '../line.ts';
import type { Model } from '../store/model.ts';
import type { Area } from '../view.ts';
import { chooseDrawn } from './choose-lines.ts';
import { formDrawn } from './form-lines.ts';
import { previewDrawn } from './preview-lines.ts';

/** What a dialog shows in the place of the view; undefined where the view stays. */
export function dialogDrawn(model: Model, area: Area): Drawn | undefined {
  const { dialog } = model;
  switch (dialog?.kind) {
    case 'choose':
      return chooseDrawn(dialog, model);
    case 'form':
      return formDrawn(dialog, area);
    case 'preview':
      return previewDrawn(dialog, model);
    case 'secret':
    case 'line':
    case undefined:
      return undefined;
  }
}
