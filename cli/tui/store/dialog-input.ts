import type { Dialog, LineDialog } from './dialog.ts';
import type { UiInput } from './event.ts';
import type { Updated } from './update.ts';
import { LIST_START } from '../list.ts';
import { fieldInput } from './field-input.ts';
import { chooseInput } from './choose-input.ts';
import { formInput, previewInput } from './form-input.ts';
import { secretInput } from './secret-input.ts';
import { goTo } from './go-to.ts';
import { bodyArea, topScreen, type Model } from './model.ts';
import { withStep, withTop } from './navigate.ts';
import { viewOf } from '../views/shown-view.ts';

/** The model after a key or text for the dialog that is open. */
export function withDialogInput(model: Model, dialog: Dialog, input: UiInput): Updated {
  switch (dialog.kind) {
    case 'line':
      return { model: lineInput(model, dialog, input), effects: [] };
    case 'choose':
      return { model: chooseInput(model, dialog, input), effects: [] };
    case 'secret':
      return secretInput(model, dialog, input);
    case 'form':
      return formInput(model, dialog, input);
    case 'preview':
      return previewInput(model, dialog, input);
  }
}

function lineInput(model: Model, dialog: LineDialog, input: UiInput): Model {
  const { purpose, before } = dialog;
  if (input.kind === 'key' && (input.key === 'esc' || input.key === 'ctrl+c'))
    return closed(purpose === 'filter' ? withTop(model, before) : model);
  if (input.kind === 'key' && input.key === 'enter') return entered(closed(model), dialog);
  const field = fieldInput(dialog.field, input);
  if (field === undefined) return model;
  if (field.text === dialog.field.text) return { ...model, dialog: { ...dialog, field } };
  return applied({ ...model, dialog: { ...dialog, field } }, purpose, field.text);
}

function closed(model: Model): Model {
  return { ...model, dialog: undefined };
}

/** A filter shows what it does while it is typed. */
function applied(model: Model, purpose: LineDialog['purpose'], text: string): Model {
  const screen = topScreen(model);
  if (purpose !== 'filter' || !('filter' in screen)) return model;
  return withTop(model, { ...screen, filter: text, list: LIST_START });
}

function entered(model: Model, { purpose, field }: LineDialog): Model {
  if (purpose === 'goto') return goTo(model, field.text.trim());
  if (purpose === 'against') return { ...model, against: field.text.trim(), comparison: undefined };
  const screen = topScreen(model);
  if (purpose === 'search' && screen.view === 'source')
    return searched(withTop(model, { ...screen, search: field.text }));
  return model;
}

/** On a line with what was searched for: this one, or the next. */
function searched(model: Model): Model {
  const screen = topScreen(model);
  if (screen.view !== 'source' || screen.search === '') return model;
  const step = viewOf({ ...screen, list: { ...screen.list, cursor: screen.list.cursor - 1 } }).act(
    'next',
    model,
    bodyArea(model),
  );
  const found = withStep(model, step ?? {});
  return found.notice === undefined
    ? found
    : withStep(model, viewOf({ ...screen, list: LIST_START }).act('next', model, bodyArea(model)) ?? {});
}
