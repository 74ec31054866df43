import type { LineState } from '../diagnostics.ts';
import { FormTable, modelled, noEffect, type Form, type Mode, type Statement } from '../syntax/statements.ts';
import { argumentsOf, type IosText } from './text.ts';

const EXPORTER_MODE: Mode<IosText> = {
  name: 'flow exporter',
  forms: new FormTable<IosText>([
    modelled(
      'destination ADDRESS [vrf NAME]',
      (statement, text) => {
        if (text.currentExporter !== undefined)
          text.exporters.set(text.currentExporter, { target: argumentsOf(statement)[0] ?? '', line: statement.line });
      },
      { readNo: () => undefined },
    ),
  ]),
  readOther: (statement) => (statement.line.indent > 0 ? 'no-effect' : 'unrecognised'),
};

const MONITOR_MODE: Mode<IosText> = {
  name: 'flow monitor',
  forms: new FormTable<IosText>([
    modelled(
      'exporter NAME',
      (statement, text) => {
        if (text.currentMonitor !== undefined)
          text.monitors.get(text.currentMonitor)?.push(argumentsOf(statement)[0] ?? '');
      },
      { readNo: () => undefined },
    ),
  ]),
  readOther: (statement) => (statement.line.indent > 0 ? 'no-effect' : 'unrecognised'),
};

/** `threat protection` below `threat-inspection` of the engine, `all-interfaces` below `utd`. */
const UTD_MODE: Mode<IosText> = {
  name: 'utd',
  forms: new FormTable<IosText>([
    { ...noEffect('threat-inspection', 'what the Snort engine looks for'), opens: () => UTD_MODE },
    {
      ...noEffect('threat (protection|detection)', 'whether the Snort engine stops what it finds'),
      read: ({ words }, { utd }) => void (utd.protects = words[1] === 'protection'),
    },
    {
      ...noEffect('all-interfaces', 'which interfaces the Snort engine sees'),
      read: (_, { utd }) => void (utd.everywhere = true),
    },
  ]),
  readOther: () => 'no-effect',
};

/** What sends records of traffic elsewhere, or looks into it. */
export const TELEMETRY_STATEMENTS: readonly Form<IosText>[] = [
  modelled('flow exporter NAME', (statement, text) => void (text.currentExporter = argumentsOf(statement)[0]), {
    opens: () => EXPORTER_MODE,
    readNo: () => undefined,
  }),
  modelled('flow monitor NAME', openMonitor, { opens: () => MONITOR_MODE, readNo: () => undefined }),
  modelled('logging host ADDRESS', readLogging, { readNo: stopLogging, note: 'where logs go' }),
  modelled('logging on', (_, text) => void (text.loggingOff = undefined), {
    readNo: ({ line }, text) => void (text.loggingOff = line),
  }),
  modelled('logging trap [LEVEL]', readTrap, { readNo: ({ line }, text) => void (text.loggingOff = line) }),
  {
    form: 'logging',
    state: 'no-effect',
    note: 'what is logged on the device itself',
    read: (statement, text) => {
      if (!/^\d+\.\d+\.\d+\.\d+$|:/.test(statement.words[1] ?? '')) return undefined;
      return readLogging(statement, text) ?? 'modelled';
    },
  },
  modelled(
    'ip flow-export destination ADDRESS PORT',
    (statement, text) => {
      text.exporters.set('', { target: argumentsOf(statement)[0] ?? '', line: statement.line });
    },
    { readNo: () => undefined },
  ),
  modelled(
    'monitor session NUMBER destination …',
    (statement, text) => {
      text.telemetry.push({
        kind: 'packet-capture',
        target: statement.words.slice(4).join(' '),
        covers: [],
        effective: true,
        span: text.reader.span(statement.line),
      });
    },
    { readNo: () => undefined },
  ),
  modelled(
    'utd engine standard',
    (statement, text) => {
      text.telemetry.push({
        kind: 'intrusion-prevention',
        target: 'utd engine standard',
        covers: [],
        effective: true,
        span: text.reader.span(statement.line),
      });
    },
    { readNo: () => undefined, opens: () => UTD_MODE },
  ),
  { ...noEffect('utd', 'which interfaces the Snort engine sees'), opens: () => UTD_MODE },
];

export const TELEMETRY_GROUPS = [EXPORTER_MODE, MONITOR_MODE, UTD_MODE].map(({ name, forms }) => ({
  mode: name,
  forms: forms.forms,
}));

function openMonitor(statement: Statement, text: IosText): void {
  const name = argumentsOf(statement)[0] ?? '';
  text.currentMonitor = name;
  if (!text.monitors.has(name)) text.monitors.set(name, []);
}

/** `logging host A`, or as older releases have it `logging A`. */
function readLogging(statement: Statement, text: IosText): LineState | void {
  const target = argumentsOf(statement).find((word) => word !== 'ipv6') ?? '';
  text.telemetry.push({ kind: 'syslog', target, covers: [], effective: true, span: text.reader.span(statement.line) });
}

/** Level names by their number. */
const LEVELS = [
  'emergencies',
  'alerts',
  'critical',
  'errors',
  'warnings',
  'notifications',
  'informational',
  'debugging',
];

/** Without a level, `logging trap` is `informational`; so is a device that does not say. */
function readTrap(statement: Statement, text: IosText): void {
  const word = argumentsOf(statement)[0] ?? 'informational';
  const named = LEVELS.findIndex((level) => level.startsWith(word.toLowerCase()));
  text.trapLevel = /^[0-7]$/.test(word) ? Number(word) : named < 0 ? 6 : named;
}

/** `no logging host A`. */
function stopLogging(statement: Statement, text: IosText): void {
  const target = argumentsOf(statement).find((word) => word !== 'ipv6') ?? '';
  const index = text.telemetry.findIndex((one) => one.kind === 'syslog' && one.target === target);
  if (index >= 0) text.telemetry.splice(index, 1);
}
