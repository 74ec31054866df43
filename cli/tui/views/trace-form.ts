import { fit } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { displayWidth } from '../../terminal/width.ts';
import { fieldLine } from '../field-line.ts';
import type { Line, Run } from '../line.ts';
import type { Model } from '../store/model.ts';
import { TRACE_FIELDS, type TraceField, type TraceScreen } from '../store/screens.ts';
import type { UiInput } from '../store/event.ts';
import { fieldInput } from '../store/field-input.ts';

const LABELS: Readonly<Record<TraceField, string>> = {
  device: 'device',
  from: 'from',
  to: 'to',
  protocol: 'protocol',
  source: 'source',
  sourcePort: 'its port',
  destination: 'destination',
  destinationPort: 'its port',
  application: 'application',
};

const GRID: readonly (readonly TraceField[])[] = [
  ['device', 'from', 'to'],
  ['protocol', 'source', 'sourcePort'],
  ['application', 'destination', 'destinationPort'],
];

/** The order in which `tab` goes through the fields. */
const ORDER: readonly TraceField[] = TRACE_FIELDS;

const PROTOCOLS = ['tcp', 'udp', 'sctp', 'icmp'];

/** The form in three lines, and what could be typed into the field that is typed into. */
export function formLines(screen: TraceScreen, model: Model, width: number): Line[] {
  const cell = Math.floor(width / 3);
  const rows = GRID.map((fields): Line => fields.flatMap((field) => fieldRuns(field, screen, cell)));
  return [...rows, hintLine(screen, model)];
}

function fieldRuns(field: TraceField, { values, focus, caret }: TraceScreen, width: number): Run[] {
  const label = `${LABELS[field]} `;
  const room = Math.max(4, width - displayWidth(label) - 2);
  const value = visible(values[field]);
  if (field !== focus)
    return [
      ['accent', label],
      [value === '' ? 'faint' : 'plain', `${fit(value === '' ? '·'.repeat(4) : value, room)}  `],
    ];
  const typed = fieldLine({ text: values[field], cursor: caret }, room);
  return [['accent', label], ...typed.line, ['faint', `${'_'.repeat(Math.max(0, room - typed.width))}  `]];
}

function hintLine(screen: TraceScreen, model: Model): Line {
  const { focus, values } = screen;
  if (focus === undefined) return [['faint', 'n or tab: change the packet']];
  const known = suggestions(focus, model, screen);
  if (known.length > 0) {
    const text = known.slice(0, 8).map(visible).join('  ');
    return [
      ['accent', `${LABELS[focus]}: `],
      ['plain', text],
      ['faint', known.length > 8 ? `  and ${known.length - 8} more` : ''],
    ];
  }
  return [['faint', values[focus] === '' ? (EMPTY[focus] ?? '') : 'enter asks, tab goes on, esc leaves the form']];
}

const EMPTY: Partial<Readonly<Record<TraceField, string>>> = {
  sourcePort: 'left empty: every port from 1024 up',
  source: 'an IPv4 or IPv6 address, as it arrives',
  destination: 'an IPv4 or IPv6 address, as it arrives',
  destinationPort: 'a port; for ICMP a type, or type/code',
  application: 'left empty: the first packet; else a session of this application',
};

/** What the configuration offers for a field, that goes on from what is typed. */
function suggestions(field: TraceField, model: Model, { source, values }: TraceScreen): readonly string[] {
  const opened = model.opened.get(source);
  const devices = opened?.kind === 'ready' ? opened.value.devices : [];
  const device = devices.find((each) => each.device === values.device) ?? devices[0];
  const typed = values[field].toLowerCase();
  const all = ((): readonly string[] => {
    switch (field) {
      case 'device':
        return devices.map((each) => each.device);
      case 'from':
      case 'to':
        return device?.segments ?? [];
      case 'protocol':
        return PROTOCOLS;
      case 'source':
      case 'destination':
        return device?.addresses ?? [];
      default:
        return [];
    }
  })();
  const begun = all.filter((each) => each.toLowerCase().startsWith(typed));
  const holding = typed === '' ? [] : all.filter((each) => !begun.includes(each) && each.toLowerCase().includes(typed));
  const fitting = [...begun, ...holding];
  return fitting.length === 1 && fitting[0]?.toLowerCase() === typed ? [] : fitting;
}

/** What stands in front of the blank of a suggestion such as `10.1.2.3 (BROKER)`. */
function meant(suggestion: string): string {
  return suggestion.replace(/ \(.*\)$/u, '');
}

/** The form after what was typed into it; undefined where the key is for the view. */
export function formInput(screen: TraceScreen, input: UiInput, model: Model): TraceScreen | 'ask' | undefined {
  const { focus, values, caret } = screen;
  if (focus === undefined) return undefined;
  const key = input.kind === 'key' ? input.key : '';
  switch (key) {
    case 'esc':
      return { ...screen, focus: undefined };
    case 'enter':
      return 'ask';
    case 'up':
    case 'shift+tab':
      return focused(screen, -1);
    case 'down':
      return focused(screen, 1);
    case 'tab': {
      const [first] = suggestions(focus, model, screen);
      if (first === undefined || values[focus] === '' || meant(first) === values[focus]) return focused(screen, 1);
      return { ...screen, values: { ...values, [focus]: meant(first) }, caret: meant(first).length };
    }
    case 'ctrl+c':
      return undefined;
    default: {
      const field = fieldInput({ text: values[focus], cursor: caret }, input);
      if (field === undefined) return screen;
      return { ...screen, values: { ...values, [focus]: field.text }, caret: field.cursor };
    }
  }
}

/** The next field or the one before; past the last one the answer is read. */
export function focused(screen: TraceScreen, step: 1 | -1): TraceScreen {
  const at = screen.focus === undefined ? (step === 1 ? 0 : ORDER.length - 1) : ORDER.indexOf(screen.focus) + step;
  const focus = ORDER[at];
  return { ...screen, focus, caret: focus === undefined ? 0 : screen.values[focus].length };
}
