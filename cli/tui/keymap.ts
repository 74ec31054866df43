import type { ViewId } from './store/screens.ts';

/** Everything that a key can do outside of a text field. */
export type Act =
  | 'down'
  | 'up'
  | 'page-down'
  | 'page-up'
  | 'top'
  | 'bottom'
  | 'left'
  | 'right'
  | 'next'
  | 'previous'
  | 'open'
  | 'back'
  | 'filter'
  | 'search'
  | 'goto'
  | 'help'
  | 'quit'
  | 'suspend'
  | 'overview'
  | 'findings'
  | 'flows'
  | 'rules'
  | 'trace'
  | 'changes'
  | 'coverage'
  | 'source'
  | 'collect'
  | 'sort'
  | 'columns'
  | 'waive'
  | 'approve'
  | 'edit'
  | 'export'
  | 'copy'
  | 'reload'
  | 'jump'
  | 'bound'
  | 'retry'
  | 'run'
  | 'against';

export interface Binding {
  readonly act: Act;
  /** As `keyName` gives them. */
  readonly keys: readonly string[];
  /** What it does, for the help page: `to the next row`. */
  readonly help: string;
  /** The word in the footer. */
  readonly hint: string;
  /** Where it works; absent: everywhere. */
  readonly views?: readonly ViewId[];
}

const LISTS: readonly ViewId[] = ['overview', 'findings', 'flows', 'rules', 'coverage', 'changes', 'help', 'collect'];

/** Every key of the terminal UI: help, footer and tests read this table. */
export const BINDINGS: readonly Binding[] = [
  { act: 'down', keys: ['j', 'down'], help: 'one row down', hint: 'down' },
  { act: 'up', keys: ['k', 'up'], help: 'one row up', hint: 'up' },
  { act: 'page-down', keys: ['ctrl+d', 'pagedown', 'ctrl+f'], help: 'a page down', hint: 'page down' },
  { act: 'page-up', keys: ['ctrl+u', 'pageup', 'ctrl+b'], help: 'a page up', hint: 'page up' },
  { act: 'top', keys: ['g', 'home'], help: 'to the first row', hint: 'top' },
  { act: 'bottom', keys: ['G', 'end'], help: 'to the last row', hint: 'bottom' },
  {
    act: 'left',
    keys: ['h', 'left'],
    help: 'a column to the left; the device or rule list before this one',
    hint: 'left',
    views: ['overview', 'flows', 'rules', 'source'],
  },
  {
    act: 'right',
    keys: ['l', 'right'],
    help: 'a column to the right; the next device or rule list',
    hint: 'right',
    views: ['overview', 'flows', 'rules', 'source'],
  },
  { act: 'open', keys: ['enter'], help: 'what the cursor stands on: cell, finding, line, answer', hint: 'open' },
  { act: 'back', keys: ['esc'], help: 'back to where you came from (never quits)', hint: 'back' },
  {
    act: 'filter',
    keys: ['/'],
    help: 'show only rows that fit: words, !word, field:value, severity:medium+',
    hint: 'filter',
    views: LISTS,
  },
  { act: 'search', keys: ['/'], help: 'search the text', hint: 'search', views: ['source'] },
  {
    act: 'next',
    keys: ['n', 'tab'],
    help: 'to the next mark, match or field',
    hint: 'next',
    views: ['source', 'finding', 'trace'],
  },
  {
    act: 'previous',
    keys: ['N', 'shift+tab'],
    help: 'to the mark, match or field before',
    hint: 'before',
    views: ['source', 'finding', 'trace'],
  },
  { act: 'goto', keys: [':'], help: 'go to a line, row, view, device, check or fingerprint', hint: 'go to' },
  {
    act: 'overview',
    keys: ['1'],
    help: 'coverage of every boundary crossing (ATT&CK M1037), worst first',
    hint: 'overview',
  },
  { act: 'findings', keys: ['2'], help: 'all findings', hint: 'findings' },
  { act: 'flows', keys: ['3'], help: 'permitted flows of this device', hint: 'flows' },
  { act: 'rules', keys: ['4'], help: 'rule lists of this device', hint: 'rules' },
  { act: 'trace', keys: ['5', 't'], help: 'ask what becomes of a packet; filled in from the row', hint: 'trace' },
  { act: 'changes', keys: ['6'], help: 'what changed against a baseline, a path or a git revision', hint: 'changes' },
  {
    act: 'coverage',
    keys: ['7'],
    help: 'how well each input is understood, and the lines that are not',
    hint: 'coverage',
  },
  { act: 'collect', keys: ['8'], help: 'collect configurations over SSH', hint: 'collect' },
  { act: 'source', keys: ['9', 'c'], help: 'the configuration, at the line that matters', hint: 'config' },
  { act: 'sort', keys: ['s'], help: 'sort by the next column', hint: 'sort', views: ['findings'] },
  { act: 'columns', keys: ['v'], help: 'columns by family or by service', hint: 'columns', views: ['overview'] },
  {
    act: 'waive',
    keys: ['w'],
    help: 'accept the finding in the policy file: reason, owner, expiry',
    hint: 'waive',
    views: ['findings', 'finding'],
  },
  {
    act: 'approve',
    keys: ['a'],
    help: 'approve the flow in the policy file: name, reason, owner, expiry',
    hint: 'approve',
    views: ['findings', 'finding', 'flows'],
  },
  { act: 'jump', keys: ['d'], help: 'to what the line uses, or where it is used', hint: 'jump', views: ['source'] },
  {
    act: 'bound',
    keys: ['b'],
    help: 'to what puts the rule list in the path',
    hint: 'binding',
    views: ['source', 'rules'],
  },
  {
    act: 'edit',
    keys: ['e'],
    help: 'open the line in $EDITOR',
    hint: 'edit',
    views: ['source', 'finding', 'findings', 'coverage', 'rules', 'flows'],
  },
  { act: 'export', keys: ['x'], help: 'write what is shown to a file', hint: 'export' },
  {
    act: 'copy',
    keys: ['y'],
    help: 'copy the trace command that shows this',
    hint: 'copy',
    views: ['findings', 'finding', 'trace', 'flows'],
  },
  { act: 'run', keys: ['S'], help: 'collect all devices, or stop collecting', hint: 'collect', views: ['collect'] },
  {
    act: 'against',
    keys: ['v'],
    help: 'name what to compare with: a report, a path, git:REVISION',
    hint: 'against',
    views: ['changes'],
  },
  { act: 'retry', keys: ['R'], help: 'collect this device again', hint: 'this one', views: ['collect'] },
  { act: 'reload', keys: ['r'], help: 'read all files again', hint: 'reload' },
  { act: 'help', keys: ['?'], help: 'all keys; / searches them', hint: 'help' },
  { act: 'quit', keys: ['q', 'ctrl+c'], help: 'leave', hint: 'quit' },
  { act: 'suspend', keys: ['ctrl+z'], help: 'to the shell; its `fg` comes back', hint: 'suspend' },
];

/** What a key does in a view. */
export function bindingFor(view: ViewId, key: string): Binding | undefined {
  return BINDINGS.find(({ keys, views }) => keys.includes(key) && (views === undefined || views.includes(view)));
}

/** The keys that do something in a view, in the order of the table. */
export function bindingsOf(view: ViewId): readonly Binding[] {
  return BINDINGS.filter(({ views }) => views === undefined || views.includes(view));
}

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['down', '↓'],
  ['up', '↑'],
  ['left', '←'],
  ['right', '→'],
  ['enter', '⏎'],
]);

/** A key as help and footer write it. */
export function shownKey(key: string): string {
  return SYMBOLS.get(key) ?? key.replace('ctrl+', '^');
}
