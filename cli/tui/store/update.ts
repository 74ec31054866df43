import type { Act } from '../keymap.ts';
import type { Effect } from './effect.ts';
import type { UiEvent, UiInput } from './event.ts';
import { NAMED_VIEWS, type Screen } from './screens.ts';
import { keyNames } from '../key-name.ts';
import { bindingFor } from '../keymap.ts';
import { centredOn, movedTo } from '../list.ts';
import { arrived } from '../views/rules-shown.ts';
import { viewOf } from '../views/shown-view.ts';
import { withAnswer, withQuestions } from './answers.ts';
import { withFleetEvent } from './collection.ts';
import { withDialogInput } from './dialog-input.ts';
import { previewOf } from './form-input.ts';
import { withAuditEvent, EMPTY_FLEET } from './fleet.ts';
import { bodyArea, topScreen, type Model } from './model.ts';
import { openedView, withStep, withTop } from './navigate.ts';
import { textField } from '../text-field.ts';

export interface Updated {
  readonly model: Model;
  readonly effects: readonly Effect[];
}

const MOVES: ReadonlySet<Act> = new Set(['down', 'up', 'page-down', 'page-up', 'top', 'bottom']);
/** After these somebody else has the terminal. */
const LEAVING: ReadonlySet<Effect['kind']> = new Set(['edit', 'suspend', 'quit']);

/** The model after an event, and what is to be done because of it. Pure. */
export function update(model: Model, event: UiEvent): Updated {
  const next = asking(afterEvent(model, event));
  // What is on top may have come to need something it did not before.
  return withQuestions(next.model, next.effects);
}

/** A question for a secret is put as soon as no other dialog is open. */
function asking({ model, effects }: Updated): Updated {
  const { secretQuestion: question, dialog } = model;
  if (question === undefined || dialog !== undefined) return { model, effects };
  const asked = { kind: 'secret', question, field: textField('') } as const;
  return { model: { ...model, secretQuestion: undefined, dialog: asked }, effects };
}

function afterEvent(model: Model, event: UiEvent): Updated {
  switch (event.kind) {
    case 'resize':
      return only(settled({ ...model, size: event.size }));
    case 'audit':
      return only(settled(afterAudit(model, event.event)));
    case 'answer':
      return only(settled(withAnswer(model, event.answer)));
    case 'notice':
      return only({ ...model, notice: event.notice });
    case 'proposed':
      return only({ ...model, dialog: previewOf(event.form, event.proposal, model) });
    case 'not-proposed':
      return only({ ...model, dialog: event.form });
    case 'policy-written': {
      const notice = { tone: 'said', text: `written to ${event.path}: reading everything again` } as const;
      return reload({ ...model, policyFile: event.path, owner: event.owner, notice });
    }
    case 'collect': {
      const { collection } = model;
      return only(collection === undefined ? model : { ...model, collection: withFleetEvent(collection, event.event) });
    }
    case 'collecting': {
      const { collection } = model;
      return only(
        collection === undefined ? model : { ...model, collection: { ...collection, isRunning: event.isRunning } },
      );
    }
    case 'ask-secret':
      return only({ ...model, secretQuestion: event.question });
    case 'files-changed':
      return reload({ ...model, notice: { tone: 'said', text: 'files have changed: reading them again' } });
    case 'keys':
      return afterKeys(quiet(model), keyNames(event.text));
    case 'text':
    case 'key':
      return afterInput(quiet(model), event);
  }
}

function only(model: Model): Updated {
  return { model, effects: [] };
}

function quiet(model: Model): Model {
  return model.notice === undefined ? model : { ...model, notice: undefined };
}

function afterInput(model: Model, input: UiInput): Updated {
  // Job control is the shell's: it works wherever one is, as in every other program.
  if (input.kind === 'key' && bindingFor(topScreen(model).view, input.key)?.act === 'suspend')
    return { model, effects: [{ kind: 'suspend' }] };
  if (model.dialog !== undefined) return withDialogInput(model, model.dialog, input);
  const taken = viewOf(topScreen(model)).takes(input, model);
  if (taken !== undefined) return stepOf(model, taken);
  if (input.kind === 'key') return afterKey(model, input.key);
  // Letters of a pasted text are no keys: a `q` among them would end everything.
  return only({ ...model, notice: { tone: 'refused', text: 'there is no field here for the pasted text' } });
}

function afterKeys(model: Model, keys: readonly string[]): Updated {
  let updated: Updated = only(model);
  for (const key of keys) {
    const { model: now, effects } = afterInput(updated.model, { kind: 'key', key });
    const asking = withQuestions(now, effects);
    updated = { model: asking.model, effects: [...updated.effects, ...asking.effects] };
    // What was typed behind it was meant for whoever has the terminal then, and must not be done here.
    if (asking.effects.some(({ kind }) => LEAVING.has(kind))) break;
  }
  return updated;
}

/** The list of the screen on top, kept inside of what there is to show. */
function settled(model: Model): Model {
  const screen = topScreen(model);
  const extent = viewOf(screen).extent(model, bodyArea(model));
  // Nothing may be there yet; the row that was meant still is meant then.
  if (extent.length === 0) return model;
  if (screen.view === 'source' && screen.goTo !== undefined) {
    const { goTo, ...rest } = screen;
    return withTop(model, { ...rest, list: centredOn(goTo - 1, extent) });
  }
  if (screen.view === 'rules' && screen.goTo !== undefined) return withTop(model, arrived(screen, model, extent));
  const list = movedTo(screen.list, screen.list.cursor, extent);
  return list === screen.list ? model : withTop(model, { ...screen, list });
}

function afterAudit(model: Model, event: Extract<UiEvent, { kind: 'audit' }>['event']): Model {
  const { incoming } = model;
  if (incoming === undefined) return { ...model, fleet: withAuditEvent(model.fleet, event) };
  const next = withAuditEvent(incoming, event);
  if (next.status.kind === 'reading') return { ...model, incoming: next };
  if (next.status.kind === 'done') {
    const notice = { tone: 'said', text: 'all files were read again' } as const;
    return { ...model, fleet: next, incoming: undefined, outdated: undefined, notice };
  }
  const [why = ''] = next.status.message.split('\n', 1);
  const text = `${why}: what is shown is from before`;
  return { ...model, incoming: undefined, outdated: text, notice: { tone: 'refused', text } };
}

function afterKey(model: Model, key: string): Updated {
  const screen = topScreen(model);
  const binding = bindingFor(screen.view, key);
  if (binding === undefined) return only(model);
  const { act } = binding;
  const refusal = viewOf(screen).refuses(act, model);
  if (refusal !== undefined)
    return only({ ...model, notice: { tone: 'refused', text: `${binding.hint}: ${refusal}` } });
  if (MOVES.has(act)) return only(moved(model, screen, act));
  const own = viewOf(screen).act(act, model, bodyArea(model));
  return own === undefined ? common(model, act) : stepOf(model, own);
}

function stepOf(model: Model, step: Parameters<typeof withStep>[1] | undefined): Updated {
  if (step === undefined) return only(model);
  return { model: settled(withStep(model, step)), effects: step.effects ?? [] };
}

function moved(model: Model, screen: Screen, act: Act): Model {
  const extent = viewOf(screen).extent(model, bodyArea(model));
  const { cursor } = screen.list;
  const page = Math.max(1, extent.height - 1);
  const rows: Partial<Record<Act, number>> = {
    down: cursor + 1,
    up: cursor - 1,
    'page-down': cursor + page,
    'page-up': cursor - page,
    top: 0,
    bottom: extent.length - 1,
  };
  const list = movedTo(screen.list, rows[act] ?? cursor, extent);
  return list === screen.list ? model : withTop(model, { ...screen, list });
}

/** Acts that are the same in every view. */
function common(model: Model, act: Act): Updated {
  const screen = topScreen(model);
  switch (act) {
    case 'quit':
      return { model, effects: [{ kind: 'quit' }] };
    case 'back':
      return only(back(model));
    case 'reload':
      return reload(model);
    case 'export': {
      const effect = { kind: 'export', name: screen.view, text: viewOf(screen).export(model) } as const;
      return { model, effects: [effect] };
    }
    case 'filter':
    case 'search':
    case 'goto': {
      const text = act === 'filter' && 'filter' in screen ? screen.filter : '';
      return only({ ...model, dialog: { kind: 'line', purpose: act, field: textField(text), before: screen } });
    }
    default: {
      const view = NAMED_VIEWS.find((each) => each === act);
      return view === undefined ? only(model) : only(settled(openedView(model, view)));
    }
  }
}

/** A filter is taken away first, then the screen; the first screen stays. */
function back(model: Model): Model {
  const screen = topScreen(model);
  if ('filter' in screen && screen.filter !== '') return settled(withTop(model, { ...screen, filter: '' }));
  const [first, ...others] = model.screens;
  if (others.length === 0) return { ...model, notice: { tone: 'said', text: 'this is the first view; q quits' } };
  return settled({ ...model, screens: [first, ...others.slice(0, -1)] });
}

function reload(model: Model): Updated {
  const isFirst = model.fleet.status.kind !== 'done' && model.incoming === undefined;
  const nothing = {
    opened: new Map(),
    flows: new Map(),
    jumps: new Map(),
    ruleLists: new Map(),
    rules: new Map(),
    comparison: undefined,
    traced: new Map(),
  };
  const kept = { ...model, ...nothing };
  const begun = isFirst ? { ...kept, fleet: EMPTY_FLEET } : { ...kept, incoming: EMPTY_FLEET };
  return { model: begun, effects: [{ kind: 'audit' }] };
}
