import { centredOn, LIST_START, type Extent } from '../list.ts';
import { textField } from '../text-field.ts';
import type { FormDialog, PreviewDialog, Proposal, Wish, WordField, WordName } from './dialog.ts';
import { fieldInput } from './field-input.ts';
import type { UiInput } from './event.ts';
import { bodyArea, type Model } from './model.ts';
import type { Updated } from './update.ts';

/** The form for a wish, with what is likely filled in: who accepted something last, and a quarter of a year. */
export function formFor(wish: Wish, { today, owner }: Pick<Model, 'today' | 'owner'>): FormDialog {
  const word = (name: WordName, text: string): WordField => ({ name, field: textField(text) });
  const [days, names] = wish.kind === 'waive' ? ([90, []] as const) : ([365, [word('name', nameFor(wish))]] as const);
  return {
    kind: 'form',
    wish,
    fields: [...names, word('reason', ''), word('owner', owner), word('expires', daysAfter(today, days))],
    focus: 0,
  };
}

/** `mqtt-outside-dmz`: begins a name that the user completes. */
function nameFor(wish: Exclude<Wish, { kind: 'waive' }>): string {
  const [service, crossing] =
    wish.kind === 'approve'
      ? [wish.finding.services[0], wish.finding.crossings[0]]
      : [wish.flow.service, wish.flow.crossing];
  const words = [service, crossing?.from, crossing?.to].filter((word) => word !== undefined);
  return words.join('-').replace(/[^\w.-]+/gu, '-');
}

function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function formInput(model: Model, dialog: FormDialog, input: UiInput): Updated {
  const key = input.kind === 'key' ? input.key : '';
  const moved = (step: number): Updated => {
    const focus = (dialog.focus + step + dialog.fields.length) % dialog.fields.length;
    return { model: { ...model, dialog: { ...dialog, focus } }, effects: [] };
  };
  switch (key) {
    case 'esc':
    case 'ctrl+c':
      return {
        model: { ...model, dialog: undefined, notice: { tone: 'said', text: 'nothing was changed' } },
        effects: [],
      };
    case 'tab':
    case 'down':
      return moved(1);
    case 'shift+tab':
    case 'up':
      return moved(-1);
    case 'enter':
      // The last field is confirmed, the others are gone through.
      if (dialog.focus < dialog.fields.length - 1) return moved(1);
      return { model, effects: [{ kind: 'propose', form: dialog }] };
    default: {
      const at = dialog.fields[dialog.focus];
      const field = at === undefined ? undefined : fieldInput(at.field, input);
      if (at === undefined || field === undefined) return { model, effects: [] };
      const fields = dialog.fields.map((each) => (each === at ? { name: each.name, field } : each));
      const { refusal: _, ...rest } = dialog;
      return { model: { ...model, dialog: { ...rest, fields } }, effects: [] };
    }
  }
}

export function previewExtent({ proposal }: PreviewDialog, model: Model): Extent {
  return { length: proposal.lines.length, height: Math.max(1, bodyArea(model).height - 2) };
}

/** The preview begins where the first line is added. */
export function previewOf(form: FormDialog, proposal: Proposal, model: Model): PreviewDialog {
  const dialog: PreviewDialog = { kind: 'preview', form, proposal, list: LIST_START };
  const added = proposal.lines.findIndex(({ kind }) => kind === 'added');
  return { ...dialog, list: centredOn(Math.max(0, added), previewExtent(dialog, model)) };
}

export function previewInput(model: Model, dialog: PreviewDialog, input: UiInput): Updated {
  const key = input.kind === 'key' ? input.key : '';
  const extent = previewExtent(dialog, model);
  // No line is chosen here: the text moves, not a cursor in it.
  const scrolled = (rows: number): Updated => {
    const last = Math.max(0, extent.length - extent.height);
    const top = Math.max(0, Math.min(dialog.list.top + rows, last));
    return { model: { ...model, dialog: { ...dialog, list: { cursor: top, top } } }, effects: [] };
  };
  switch (key) {
    case 'esc':
    case 'ctrl+c':
      return { model: { ...model, dialog: dialog.form }, effects: [] };
    case 'enter':
      return {
        model: { ...model, dialog: undefined },
        effects: [{ kind: 'write-policy', proposal: dialog.proposal, form: dialog.form }],
      };
    case 'down':
    case 'j':
      return scrolled(1);
    case 'up':
    case 'k':
      return scrolled(-1);
    case 'pagedown':
    case 'ctrl+d':
      return scrolled(extent.height);
    case 'pageup':
    case 'ctrl+u':
      return scrolled(-extent.height);
    default:
      return { model, effects: [] };
  }
}
