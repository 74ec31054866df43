import type { LineState } from '../diagnostics.ts';
import { FormTable, modelled, noEffect, type Form, type Mode, type Statement } from '../syntax/statements.ts';
import { countOf, entryText } from './hit-counts.ts';
import { inert } from './inert.ts';
import { argumentsOf, notUnderstood, type IosText, type ListEntry, type TextList } from './text.ts';

type ListKind = TextList['kind'];

const BELOW = 'what the list permits is not known';

/** Statements of an access list, named or shown by `show access-lists`. */
const LIST_FORMS: FormTable<IosText> = new FormTable([
  modelled('permit PROTOCOL SOURCE DESTINATION …', addHere, { readNo: removeHere }),
  modelled('deny PROTOCOL SOURCE DESTINATION …', addHere, { readNo: removeHere }),
  modelled('remark TEXT', addHere, { readNo: removeHere, note: 'names the entry that follows' }),
  modelled('evaluate NAME', addHere, { readNo: removeHere, note: 'matches no first packet' }),
  modelled('dynamic NAME [timeout MINUTES] permit …', addHere, { readNo: removeHere }),
  modelled('sequence NUMBER (permit|deny|remark|evaluate) …', readSequence, { readNo: removeHere }),
  noEffect('hardware statistics', 'counts only'),
  noEffect('description', 'text'),
]);

const LIST_MODE: Mode<IosText> = { name: 'access list', forms: LIST_FORMS, readOther: readOtherEntry };

/** Top-level statements that define, continue or remove access lists. */
export const LIST_STATEMENTS: readonly Form<IosText>[] = [
  modelled('access-list NUMBER (permit|deny|remark|dynamic) …', readNumbered, {
    readNo: removeNumbered,
    anywhere: true,
  }),
  noEffect('access-list compiled', 'how lists are looked up'),
  noEffect('access-list dynamic-extend', 'timers of lock-and-key'),
  noEffect('access-list rate-limit', 'classes of rate limits'),
  opening('ip access-list standard NAME', 'standard'),
  opening('ip access-list extended NAME', 'extended'),
  modelled('ip access-list NAME', openUntyped, { readNo: removeUntyped, opens: () => LIST_MODE }),
  opening('ipv6 access-list NAME', 'ipv6'),
  noEffect('ip access-list resequence', 'only renumbers'),
  noEffect('ip access-list logging', 'how hits are logged'),
  noEffect('ip access-list log-update', 'how hits are logged'),
  noEffect('ip access-list persistent', 'keeps numbers over a restart'),
  noEffect('ipv6 access-list log-update', 'how hits are logged'),
  modelled('standard ip access list NAME', (statement, text) => openShown(statement, text, 'standard'), {
    opens: () => LIST_MODE,
    note: 'as `show access-lists` prints it, with counters',
  }),
  modelled('extended ip access list NAME', (statement, text) => openShown(statement, text, 'extended'), {
    opens: () => LIST_MODE,
    note: 'as `show access-lists` prints it, with counters',
  }),
  modelled('ipv6 access list NAME', (statement, text) => openShown(statement, text, 'ipv6'), {
    opens: () => LIST_MODE,
    note: 'as `show ipv6 access-list` prints it, with counters',
  }),
  inert('mac access-list', 'matches frames that are not IP', ['permit', 'deny', 'remark']),
  inert('extended mac access list', 'matches frames that are not IP', ['permit', 'deny', 'remark']),
  inert('arp access-list', 'matches ARP', ['permit', 'deny']),
];

export const LIST_GROUPS: readonly { readonly mode: string; readonly forms: readonly Form<IosText>[] }[] = [
  { mode: 'ip access-list, ipv6 access-list', forms: LIST_FORMS.forms },
];

function opening(form: string, kind: ListKind): Form<IosText> {
  return modelled(form, (statement, text) => open(statement, text, kind), {
    readNo: (statement, text) => remove(statement, text),
    opens: () => LIST_MODE,
    anywhere: true,
  });
}

function open(statement: Statement, text: IosText, kind: ListKind): LineState | void {
  const name = statement.words[statement.arguments];
  text.currentList = undefined;
  text.counting = undefined;
  if (name === undefined) return notUnderstood(statement, text, statement.arguments, 'the list has no name');
  text.currentList = listNamed(name, kind, statement, text);
}

/** A list as `show access-lists` prints it: with counters, and mostly beside the configuration that has it too. */
function openShown(statement: Statement, text: IosText, kind: ListKind): LineState | void {
  const known = text.lists.get(statement.words[statement.arguments] ?? '');
  const isKnown = known !== undefined && known.entries.length > 0;
  const state = open(statement, text, kind);
  text.counting = isKnown ? 'beside' : 'own';
  if (!isKnown && text.currentList !== undefined) text.currentList.isShown = true;
  return isKnown ? 'no-effect' : state;
}

function openUntyped(statement: Statement, text: IosText): LineState | void {
  const [name = '', second] = argumentsOf(statement);
  const typed = (['standard', 'extended'] as const).find((kind) => second !== undefined && kind.startsWith(name));
  if (typed !== undefined) return open({ ...statement, arguments: statement.arguments + 1 }, text, typed);
  const kind = kindOfNumber(name);
  // NX-OS and EOS write it so; IOS wants `standard` or `extended`.
  if (kind === undefined) {
    const message = `\`ip access-list ${name}\` does not say whether it is standard or extended`;
    text.reader.diagnose('ios/list-kind', 'note', text.reader.span(statement.line), message, 'it is read as extended');
  }
  return open(statement, text, kind ?? 'extended');
}

function listNamed(name: string, kind: ListKind, statement: Statement, text: IosText): TextList {
  const known = text.lists.get(name);
  if (known !== undefined) {
    if (known.kind === kind) return known;
    const message = `list ${name} is ${known.kind} above and ${kind} here`;
    text.reader.diagnose(
      'ios/list-kind',
      'warning',
      text.reader.span(statement.line),
      message,
      `it stays ${known.kind}`,
    );
    return known;
  }
  const list: TextList = { name, kind, line: statement.line, entries: [], counters: new Map(), isShown: false };
  text.lists.set(name, list);
  return list;
}

/** Standard 1–99 and 1300–1999, extended 100–199 and 2000–2699 (IOS security command reference, `access-list`). */
function kindOfNumber(word: string): 'standard' | 'extended' | undefined {
  if (!/^\d{1,4}$/.test(word)) return undefined;
  const number = Number(word);
  if ((number >= 1 && number <= 99) || (number >= 1300 && number <= 1999)) return 'standard';
  if ((number >= 100 && number <= 199) || (number >= 2000 && number <= 2699)) return 'extended';
  return undefined;
}

/** Numbers of lists for other protocols than IP: Ethernet types, DECnet, XNS, AppleTalk, MAC addresses, IPX. */
function isForeignNumber(word: string): boolean {
  const number = Number(word);
  return /^\d{3,4}$/.test(word) && number >= 200 && number <= 1199;
}

function readNumbered(statement: Statement, text: IosText): LineState | void {
  const number = statement.words[1] ?? '';
  if (isForeignNumber(number)) return 'no-effect';
  const kind = kindOfNumber(number);
  if (kind === undefined) return notUnderstood(statement, text, 1, `a rule of list ${number} is left out`);
  text.counting = undefined;
  const list = listNamed(number, kind, statement, text);
  const written = statement.words[2] ?? '';
  // Newer releases accept a sequence number here too.
  const sequence = /^\d+$/.test(written) ? Number(written) : undefined;
  return add(statement, list, sequence === undefined ? 2 : 3, sequence, text);
}

function addHere(statement: Statement, text: IosText): LineState | void {
  if (text.currentList === undefined) return notUnderstood(statement, text, 0, BELOW);
  return add(statement, text.currentList, 0, trailingSequence(statement.words), text);
}

/** IPv6 lists show the number at the end: `permit tcp any any eq 1883 sequence 20`. */
function trailingSequence(words: readonly string[]): number | undefined {
  const last = words.at(-1) ?? '';
  return words[0] !== 'remark' && words.at(-2) === 'sequence' && /^\d+$/.test(last) ? Number(last) : undefined;
}

function readSequence(statement: Statement, text: IosText): LineState | void {
  const number = statement.words[1] ?? '';
  if (text.currentList === undefined || !/^\d+$/.test(number)) return notUnderstood(statement, text, 1, BELOW);
  return add(statement, text.currentList, 2, Number(number), text);
}

/** Lines that begin with their number, and lines that are nothing we know: those may permit and may deny. */
function readOtherEntry(statement: Statement, text: IosText): LineState | void {
  const first = statement.words[0] ?? '';
  if (text.currentList === undefined) return 'unrecognised';
  const numbered = /^\d+$/.test(first);
  if (statement.negated) return numbered ? removeHere(statement, text) : 'unrecognised';
  return add(statement, text.currentList, numbered ? 1 : 0, numbered ? Number(first) : undefined, text);
}

/**
 * Entries stand in the order of their numbers; one without a number goes to the end, ten after the last. A number that
 * is taken is refused by the device (IOS "IP Access List Entry Sequence Numbering": "Duplicate sequence number").
 */
function add(statement: Statement, list: TextList, at: number, sequence: number | undefined, text: IosText): LineState {
  const numbered = sequence !== undefined;
  const words = withoutTrailer(statement.words.slice(at));
  if (text.counting !== undefined) {
    list.counters.set(entryText(words), countOf(text.reader.span(statement.line), statement.line.text));
    if (text.counting === 'beside') return 'no-effect';
  } else if (list.isShown) replaceShown(list, text);
  const last = list.entries.at(-1)?.sequence ?? 0;
  const entry: ListEntry = { line: statement.line, words, offset: at, sequence: sequence ?? last + 10, numbered };
  if (!numbered || entry.sequence > last) {
    list.entries.push(entry);
    return 'modelled';
  }
  const taken = list.entries.find((other) => other.sequence === entry.sequence && other.words[0] !== 'remark');
  if (taken !== undefined && words[0] !== 'remark') {
    const message = `sequence number ${entry.sequence} of list ${list.name} is taken by line ${taken.line.number}`;
    const consequence = 'the device refuses the second entry, so it is left out';
    text.reader.diagnose('ios/duplicate-sequence', 'warning', text.reader.span(statement.line), message, consequence);
    return 'no-effect';
  }
  const index = list.entries.findIndex((other) => other.sequence > entry.sequence);
  if (index < 0) list.entries.push(entry);
  else list.entries.splice(index, 0, entry);
  return 'modelled';
}

/** The configuration of a list that was read from `show access-lists` above: that one had its counters. */
function replaceShown(list: TextList, text: IosText): void {
  for (const { line } of [list, ...list.entries]) text.reader.mark(line, 'no-effect');
  list.entries = [];
  list.isShown = false;
}

/** Without the hit count and the state that `show access-lists` adds, and without a number at the end. */
function withoutTrailer(words: readonly string[]): readonly string[] {
  if (words[0] === 'remark') return words;
  const end = words.findIndex((word) => word.startsWith('('));
  let kept = words;
  if (end > 0) {
    const rest = words.slice(end).join(' ');
    const after = /^(?:\([^)]*\)\s*)+(.*)$/.exec(rest)?.[1] ?? '';
    if (after === '' || after.startsWith('sequence ')) kept = words.slice(0, end);
  }
  return trailingSequence(kept) === undefined ? kept : kept.slice(0, -2);
}

/** `no 20`, `no permit …`, `no sequence 20`. */
function removeHere(statement: Statement, text: IosText): LineState {
  const list = text.currentList;
  if (list === undefined) return 'unrecognised';
  const [first = '', second = ''] = statement.words;
  const number = first === 'sequence' ? second : first;
  const gone = /^\d+$/.test(number)
    ? list.entries.filter((entry) => entry.sequence === Number(number))
    : list.entries.filter((entry) => entry.words.join(' ') === withoutTrailer(statement.words).join(' '));
  for (const { line } of gone) text.reader.mark(line, 'no-effect');
  if (gone.length === 0) {
    const message = `list ${list.name} has no such entry to remove`;
    text.reader.diagnose(
      'ios/nothing-to-remove',
      'note',
      text.reader.span(statement.line),
      message,
      'the line changes nothing',
    );
  }
  list.entries = list.entries.filter((entry) => !gone.includes(entry));
  return 'modelled';
}

function remove(statement: Statement, text: IosText): LineState | void {
  const name = argumentsOf(statement)[0] ?? '';
  const list = text.lists.get(name);
  for (const { line } of list?.entries ?? []) text.reader.mark(line, 'no-effect');
  if (list !== undefined) text.reader.mark(list.line, 'no-effect');
  text.lists.delete(name);
}

function removeUntyped(statement: Statement, text: IosText): LineState | void {
  return remove(statement, text);
}

/** `no access-list 101 …` removes the whole list, whatever follows the number. */
function removeNumbered(statement: Statement, text: IosText): LineState | void {
  const list = text.lists.get(statement.words[1] ?? '');
  if (statement.words.length > 2 && list !== undefined && list.entries.length > 0) {
    const message = `\`no access-list ${list.name} …\` removes the whole list, not one entry`;
    const consequence = `list ${list.name} is empty from here on`;
    text.reader.diagnose('ios/list-removed', 'warning', text.reader.span(statement.line), message, consequence);
  }
  return remove(statement, text);
}
