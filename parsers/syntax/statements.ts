import type { Coverage, Diagnostic, DiagnosticSeverity, LineState } from '../diagnostics.ts';
import { LINE_STATES } from '../diagnostics.ts';
import type { Span } from '../source.ts';
import { lineSpan, splitWords, wordSpan, type Line } from './lines.ts';

/** One statement line with its words. A leading `no` or `default` is taken off and told apart. */
export interface Statement {
  readonly line: Line;
  /** Without a leading `no`/`default`. */
  readonly words: readonly string[];
  readonly negated: boolean;
  /** How many words of `words` the form's keywords took: arguments begin here. */
  readonly arguments: number;
}

/**
 * How a statement is handled. `form` is what the platform's README shows: lower-case words up to the first other
 * character are keywords and select the form (`ip access-group NAME (in|out)` is selected by `ip access-group`).
 *
 * `read` may return a line state other than the form's own; returning nothing keeps it.
 */
export interface Form<C> {
  readonly form: string;
  readonly state: LineState;
  /** Why it has no effect, or what its state means for verdicts; for `modelled` empty or a short gloss. */
  readonly note: string;
  readonly read?: (statement: Statement, context: C) => LineState | void;
  /** For `no …`. A modelled form without it makes the negated line `unrecognised`. */
  readonly readNo?: (statement: Statement, context: C) => LineState | void;
  /**
   * A top-level statement that ends every open mode which does not know it, however it is indented: a filter that
   * somebody indented by mistake must not vanish in the block above it.
   */
  readonly anywhere?: true;
  /** The mode that the statement opens; undefined where this statement opens none. Called after `read`. */
  readonly opens?: (statement: Statement, context: C) => Mode<C> | undefined;
}

/** A set of forms valid in one place, such as inside `interface`. */
export interface Mode<C> {
  readonly name: string;
  readonly forms: FormTable<C>;
  /** State of lines that no form covers; absent: `unrecognised`. */
  readonly otherwise?: LineState;
  /** Called for lines that no form covers, before `otherwise` counts. May say the state. */
  readonly readOther?: (statement: Statement, context: C) => LineState | void;
  readonly close?: (context: C) => void;
}

interface Keyed<C> {
  readonly keywords: readonly string[];
  readonly form: Form<C>;
}

/** Forms by their first keyword, longest keyword list first. */
export class FormTable<C> {
  readonly forms: readonly Form<C>[];
  private readonly byFirst = new Map<string, Keyed<C>[]>();

  constructor(forms: readonly Form<C>[]) {
    this.forms = forms;
    for (const form of forms) {
      const keywords = keywordsOf(form.form);
      const first = keywords[0] ?? '';
      const list = this.byFirst.get(first);
      if (list === undefined) this.byFirst.set(first, [{ keywords, form }]);
      else list.push({ keywords, form });
    }
    for (const list of this.byFirst.values()) list.sort((a, b) => b.keywords.length - a.keywords.length);
  }

  /** The form with the most keywords that begin `words`, and their number. Exact words only. */
  find(words: readonly string[], from: number): { form: Form<C>; keywords: number } | undefined {
    const list = this.byFirst.get(words[from] ?? '') ?? this.byFirst.get((words[from] ?? '').toLowerCase());
    if (list === undefined) return undefined;
    for (const { keywords, form } of list) {
      if (startsWith(words, from, keywords, false)) return { form, keywords: keywords.length };
    }
    return undefined;
  }

  /**
   * As `find` for abbreviated keywords, as people type them (`ip access-g X in`): every word a prefix of its keyword,
   * and only one form fits. Two letters at least for the first word.
   */
  findAbbreviated(words: readonly string[], from: number): { form: Form<C>; keywords: number } | undefined {
    const first = words[from]?.toLowerCase();
    if (first === undefined || first.length < 2) return undefined;
    // A whole word is itself, whatever else begins so: `ip add` is no `ipv6 address`.
    const exact = this.byFirst.get(first);
    const lists = exact === undefined ? [...this.byFirst] : [[first, exact] as const];
    let found: Keyed<C> | undefined;
    for (const [keyword, list] of lists) {
      if (!keyword.startsWith(first)) continue;
      const fit = longestFit(list, words, from);
      if (fit === 'ambiguous') return undefined;
      if (fit === undefined) continue;
      if (found !== undefined) return undefined;
      found = fit;
    }
    return found === undefined ? undefined : { form: found.form, keywords: found.keywords.length };
  }
}

/** The form with the most keywords that the words may stand for; several such forms with other keywords are ambiguous. */
function longestFit<C>(
  list: readonly Keyed<C>[],
  words: readonly string[],
  from: number,
): Keyed<C> | 'ambiguous' | undefined {
  const [best, ...others] = list.filter(({ keywords }) => startsWith(words, from, keywords, true));
  if (best === undefined) return undefined;
  const rivals = others.filter(({ keywords }) => keywords.length === best.keywords.length);
  const exactness = ({ keywords }: Keyed<C>): number =>
    keywords.filter((keyword, index) => keyword === words[from + index]?.toLowerCase()).length;
  const most = Math.max(exactness(best), ...rivals.map(exactness));
  const closest = [best, ...rivals].filter((keyed) => exactness(keyed) === most);
  const spelled = new Set(closest.map(({ keywords }) => keywords.join(' ')));
  return spelled.size > 1 ? 'ambiguous' : closest[0];
}

function keywordsOf(form: string): string[] {
  const keywords: string[] = [];
  for (const word of splitWords(form)) {
    if (!/^[a-z0-9][a-z0-9_.:/-]*$/.test(word)) break;
    keywords.push(word);
  }
  return keywords;
}

function startsWith(
  words: readonly string[],
  from: number,
  keywords: readonly string[],
  abbreviated: boolean,
): boolean {
  for (let index = 0; index < keywords.length; index += 1) {
    const word = words[from + index];
    const keyword = keywords[index];
    if (word === undefined || keyword === undefined) return false;
    if (word === keyword) continue;
    const lower = word.toLowerCase();
    if (abbreviated ? !keyword.startsWith(lower) : lower !== keyword) return false;
  }
  return true;
}

/** Its meaning is in the model, exactly. */
export function modelled<C>(
  form: string,
  read: (statement: Statement, context: C) => LineState | void,
  more: Pick<Form<C>, 'readNo' | 'opens' | 'anywhere'> & { readonly note?: string } = {},
): Form<C> {
  return { form, state: 'modelled', read, ...more, note: more.note ?? '' };
}

/** Modelled with a stated bound: `consequence` says which verdicts are possible instead of definite. */
export function conditional<C>(
  form: string,
  consequence: string,
  read: (statement: Statement, context: C) => LineState | void,
  more: Pick<Form<C>, 'readNo' | 'opens'> = {},
): Form<C> {
  return { form, state: 'conditional', note: consequence, read, ...more };
}

/** Cannot change which packets pass; statements nested below it neither. */
export function noEffect<C>(form: string, reason: string): Form<C> {
  return { form, state: 'no-effect', note: reason };
}

/** Known, changes packets, not modelled. `StatementReader` reports it with its consequence. */
export function unsupported<C>(form: string, consequence: string, more: Pick<Form<C>, 'read' | 'opens'> = {}): Form<C> {
  return { form, state: 'unsupported', note: consequence, ...more };
}

interface OpenMode<C> {
  readonly mode: Mode<C>;
  readonly openedAt: number;
  /** Undefined until the first line after the opening one shows whether this text indents. */
  indented: boolean | undefined;
  /** Holds only lines that are indented deeper (what follows a statement that opens no mode). */
  readonly implicit: boolean;
}

/**
 * Drives lines through tables of forms, keeps the stack of modes, and records the state of every line. Indentation
 * decides nesting where the text has it; where it has none (typed by hand, generated), a line belongs to the innermost
 * open mode that knows it.
 */
export class StatementReader<C> {
  readonly lineStates: (LineState | undefined)[];
  private readonly source: string;
  private readonly platform: string;
  private readonly context: C;
  private readonly stack: OpenMode<C>[];
  /** What stands inside a statement that opens no mode. One table for all: a text has such a statement a line. */
  private readonly noForms = new FormTable<C>([]);
  private readonly diagnostics = new Map<string, Diagnostic & { more: number }>();
  private readonly fileIndented: boolean;

  constructor(source: string, platform: string, root: Mode<C>, context: C, lines: readonly Line[]) {
    // Filled from the start: an array that grows by far jumps is slow to write to.
    this.lineStates = Array.from({ length: lines.at(-1)?.number ?? 0 });
    this.source = source;
    this.platform = platform;
    this.context = context;
    this.stack = [{ mode: root, openedAt: -1, indented: true, implicit: false }];
    this.fileIndented = lines.some((line) => line.indent > 0 && !line.text.startsWith('!'));
  }

  /** Sets the state of a line; the last word counts. */
  mark(line: Line, state: LineState): void {
    this.lineStates[line.number - 1] = state;
  }

  /** Adds a diagnostic; the same code and message again only raises `more` of the first. */
  diagnose(code: string, severity: DiagnosticSeverity, span: Span, message: string, consequence: string): void {
    const key = `${code}\n${message}`;
    const seen = this.diagnostics.get(key);
    if (seen === undefined) this.diagnostics.set(key, { code, severity, span, message, consequence, more: 0 });
    else seen.more += 1;
  }

  span(line: Line): Span {
    return lineSpan(this.source, line);
  }

  wordSpan(statement: Statement, index: number): Span {
    return wordSpan(this.source, statement.line, statement.negated ? index + 1 : index);
  }

  /** Takes one line through the open modes. */
  read(line: Line): void {
    const text = line.text;
    if (text.charCodeAt(0) === 33) return this.mark(line, 'no-effect');
    const raw = splitWords(text);
    if (raw[0] === 'end' && raw.length === 1) return this.closeAll(line);
    if (raw.length === 1 && (text === 'exit' || text === 'quit' || text.startsWith('exit-')))
      return this.closeOne(line);
    const negated = (raw[0] === 'no' || raw[0] === 'default') && raw.length > 1;
    const words = negated ? raw.slice(1) : raw;
    this.closeModesBefore(line, words);
    this.leaveForTopLevel(words);
    this.dispatch(line, words, negated);
  }

  /** Closes all open modes: before a line that the platform takes by itself. */
  closeModes(): void {
    while (this.stack.length > 1) this.pop();
  }

  /** Closes what is open. Call once, after the last line. */
  finish(): void {
    while (this.stack.length > 1) this.pop();
    this.stack[0]?.mode.close?.(this.context);
  }

  /** Diagnostics so far, by place. */
  collected(): Diagnostic[] {
    const all = [...this.diagnostics.values()].map(({ more, ...rest }) => (more > 0 ? { ...rest, more } : rest));
    return all.sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column || (a.code < b.code ? -1 : 1));
  }

  private dispatch(line: Line, words: readonly string[], negated: boolean): void {
    const top = this.stack.at(-1);
    if (top === undefined) return;
    const found = top.mode.forms.find(words, 0) ?? top.mode.forms.findAbbreviated(words, 0);
    if (found === undefined) return this.other(line, words, negated, top.mode);
    const { form } = found;
    const statement: Statement = { line, words, negated, arguments: found.keywords };
    const state = negated ? this.readNegated(form, statement) : (form.read?.(statement, this.context) ?? form.state);
    this.mark(line, state);
    if (state === 'unsupported') {
      this.diagnose(
        `${this.platform}/unsupported`,
        'warning',
        this.span(line),
        `\`${form.form}\` is known and not modelled`,
        form.note,
      );
    }
    const opened = negated ? undefined : form.opens?.(statement, this.context);
    const below: LineState = state === 'no-effect' || state === 'unsupported' ? state : 'unrecognised';
    this.push(line, opened ?? { name: form.form, forms: this.noForms, otherwise: below }, opened === undefined);
  }

  private readNegated(form: Form<C>, statement: Statement): LineState {
    if (form.readNo !== undefined) return form.readNo(statement, this.context) ?? form.state;
    return form.state === 'no-effect' || form.state === 'unsupported' ? 'no-effect' : 'unrecognised';
  }

  private other(line: Line, words: readonly string[], negated: boolean, mode: Mode<C>): void {
    const statement: Statement = { line, words, negated, arguments: 0 };
    const state = mode.readOther?.(statement, this.context) ?? mode.otherwise ?? 'unrecognised';
    this.mark(line, state);
    this.push(line, { name: words[0] ?? '', forms: this.noForms, otherwise: state }, true);
  }

  private push(line: Line, mode: Mode<C>, implicit: boolean): void {
    this.stack.push({ mode, openedAt: line.indent, indented: undefined, implicit });
  }

  private pop(): void {
    const open = this.stack.pop();
    if (open !== undefined && !open.implicit) open.mode.close?.(this.context);
  }

  private closeModesBefore(line: Line, words: readonly string[]): void {
    for (let top = this.stack.at(-1); top !== undefined && this.stack.length > 1; top = this.stack.at(-1)) {
      top.indented ??= line.indent > top.openedAt;
      if (top.indented ? line.indent > top.openedAt : !this.endsFlat(top, line, words)) return;
      this.pop();
    }
  }

  private leaveForTopLevel(words: readonly string[]): void {
    const top = this.stack.at(-1);
    if (top === undefined || this.stack.length === 1) return;
    if (this.stack[0]?.mode.forms.find(words, 0)?.form.anywhere !== true) return;
    if (top.mode.forms.find(words, 0) !== undefined) return;
    while (this.stack.length > 1) this.pop();
  }

  /** Whether an unindented line ends an open mode whose lines are not indented. */
  private endsFlat(open: OpenMode<C>, line: Line, words: readonly string[]): boolean {
    if (open.implicit || line.indent < open.openedAt) return true;
    const known = knows(open.mode, words);
    if (!known) {
      // Where a text indents, what is not indented is not inside; a block that takes anything must not swallow it.
      if (this.fileIndented && open.mode.otherwise === 'no-effect') return true;
      return open.mode.readOther === undefined || this.enclosingKnows(words);
    }
    return this.fileIndented && this.enclosingKnows(words);
  }

  private enclosingKnows(words: readonly string[]): boolean {
    return this.stack.slice(0, -1).some((open) => !open.implicit && knows(open.mode, words));
  }

  private closeOne(line: Line): void {
    this.mark(line, 'no-effect');
    while (this.stack.length > 1 && this.stack.at(-1)?.implicit === true) this.pop();
    if (this.stack.length > 1) this.pop();
  }

  private closeAll(line: Line): void {
    this.mark(line, 'no-effect');
    while (this.stack.length > 1) this.pop();
  }
}

function knows<C>(mode: Mode<C>, words: readonly string[]): boolean {
  return (mode.forms.find(words, 0) ?? mode.forms.findAbbreviated(words, 0)) !== undefined;
}

/** Counts line states; `states` has one entry for each line of the source, undefined for blank ones. */
export function countStates(
  source: string,
  states: readonly (LineState | undefined)[],
  complete: Coverage['complete'],
): Coverage {
  const counts: Record<LineState, number> = {
    modelled: 0,
    'no-effect': 0,
    conditional: 0,
    unsupported: 0,
    unrecognised: 0,
  };
  for (const state of states) if (state !== undefined) counts[state] += 1;
  const lines = LINE_STATES.reduce((sum, state) => sum + counts[state], 0);
  return { source, lines, states: counts, complete };
}
