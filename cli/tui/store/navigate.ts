import type { Act } from '../keymap.ts';
import type { Step } from '../view.ts';
import type { Model } from './model.ts';
import { viewOf } from '../views/shown-view.ts';
import { sourceNames } from './fleet.ts';
import { topScreen } from './model.ts';
import { LISTED, TRACE_FIELDS, type Screen, type Subject, type TraceField, type ViewId } from './screens.ts';

/** A row of screens that is longer forgets its oldest but the first. */
const MOST_SCREENS = 30;

export function withTop(model: Model, screen: Screen): Model {
  const [first, ...others] = model.screens;
  return { ...model, screens: others.length === 0 ? [screen] : [first, ...others.slice(0, -1), screen] };
}

export function withOpened(model: Model, screen: Screen): Model {
  const [first, ...others] = model.screens;
  return { ...model, screens: [first, ...others.slice(-(MOST_SCREENS - 2)), screen] };
}

export function withStep(model: Model, { screen, open, dialog, notice }: Step): Model {
  const changed = screen === undefined ? model : withTop(model, screen);
  const opened = open === undefined ? changed : withOpened(changed, open);
  return {
    ...opened,
    ...(dialog === undefined ? {} : { dialog }),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** Another view, beginning with what the row under the cursor is about. */
export function openedView(model: Model, view: Extract<Act, ViewId>): Model {
  const top = topScreen(model);
  if (top.view === view) return model;
  const subject = viewOf(top).subject(model);
  const [first] = sourceNames(model.fleet);
  const source = subject.source ?? first;
  if (source === undefined && NEEDS_SOURCE.has(view)) {
    return { ...model, notice: { tone: 'refused', text: `${view}: no configuration has been read yet` } };
  }
  return withOpened(
    model,
    screenFor(view, { ...subject, ...(source === undefined ? {} : { source }) }, model, top.view),
  );
}

const NEEDS_SOURCE: ReadonlySet<ViewId> = new Set(['flows', 'rules', 'trace', 'source']);

function screenFor(view: Extract<Act, ViewId>, subject: Subject, model: Model, from: ViewId): Screen {
  const { source = '' } = subject;
  const device = subject.device ?? deviceOf(model, source);
  switch (view) {
    case 'overview':
      return { view, ...LISTED, column: 0, columns: 'families' };
    case 'findings':
      return { view, ...LISTED, sort: 'severity' };
    case 'flows':
      return { view, ...LISTED, source };
    case 'rules':
      return {
        view,
        ...LISTED,
        source,
        device,
        ...(subject.ruleList === undefined ? {} : { ruleList: subject.ruleList }),
        ...(subject.line === undefined ? {} : { goTo: { text: subject.text ?? source, line: subject.line } }),
      };
    case 'trace': {
      const values = traceValues({ device, ...subject.packet });
      return { view, list: LISTED.list, source, values, focus: 'from', caret: values.from.length };
    }
    case 'changes':
    case 'collect':
    case 'coverage':
      return { view, ...LISTED };
    case 'source': {
      const goTo = subject.line === undefined ? {} : { goTo: subject.line };
      return { view, list: LISTED.list, source, text: subject.text ?? source, search: '', ...goTo };
    }
    case 'help':
      return { view, ...LISTED, about: from };
  }
}

function traceValues(given: Partial<Readonly<Record<TraceField, string>>>): Readonly<Record<TraceField, string>> {
  const value = (name: TraceField): string => given[name] ?? (name === 'protocol' ? 'tcp' : '');
  const [device, from, to, protocol, source, sourcePort, destination, destinationPort, application] =
    TRACE_FIELDS.map(value);
  return {
    device: device ?? '',
    from: from ?? '',
    to: to ?? '',
    protocol: protocol ?? '',
    source: source ?? '',
    sourcePort: sourcePort ?? '',
    destination: destination ?? '',
    destinationPort: destinationPort ?? '',
    application: application ?? '',
  };
}

function deviceOf({ fleet }: Model, source: string): string {
  return fleet.sources.find((each) => each.source === source)?.devices[0]?.device ?? '';
}
