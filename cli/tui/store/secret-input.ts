import type { SecretDialog } from './dialog.ts';
import type { UiInput } from './event.ts';
import { fieldInput } from './field-input.ts';
import type { Model } from './model.ts';
import type { Updated } from './update.ts';

/** What is typed is in the model until it is confirmed, and shown nowhere. */
export function secretInput(model: Model, dialog: SecretDialog, input: UiInput): Updated {
  const key = input.kind === 'key' ? input.key : '';
  const done = { ...model, dialog: undefined };
  if (key === 'esc' || key === 'ctrl+c')
    return { model: done, effects: [{ kind: 'answer-secret', answer: { kind: 'cancelled' } }] };
  if (key === 'enter')
    return { model: done, effects: [{ kind: 'answer-secret', answer: { kind: 'text', text: dialog.field.text } }] };
  const field = fieldInput(dialog.field, input);
  return { model: field === undefined ? model : { ...model, dialog: { ...dialog, field } }, effects: [] };
}
