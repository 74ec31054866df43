import type { Line } from '../syntax/lines.ts';
import { lineSpan } from '../syntax/lines.ts';
import type { Place, PlacedWord, TreeBuilder } from './build.ts';
import type { Notes } from './notes.ts';
import { BEGINS_COMMAND } from './places.ts';
import { fieldsFrom } from './set-fields.ts';
import { keepOne } from './single-values.ts';
import type { PanNode } from './tree.ts';
import { panTokens, type PanToken } from './words-line.ts';

/** One word of a path, or the members of a list that stand in its place. */
export type PathPart = PlacedWord | readonly PlacedWord[];

/** Longest text in lines that a string may go on for: certificates and banners. */
const MOST_STRING_LINES = 2000;

/** Commands that change no configuration, or that say nothing of what it is. */
const OPERATIONAL =
  /^(?:set (?:cli|system setting|clock|management-server|session|application cache|ssh|panorama (?:on|off)|user)(?:\s|$)|configure$|commit(?:\s|$)|exit$|quit$|show(?:\s|$)|run\s|save\s|validate(?:\s|$)|check(?:\s|$)|find\s|request\s|debug\s|test\s)/;

/** Reads lines of commands into the tree: `set` and what scripts change again. */
export class SetLoader {
  private readonly builder: TreeBuilder;
  private readonly notes: Notes;
  private readonly lines: readonly Line[];
  /** Where `edit` went; every path begins there. */
  private base: readonly PathPart[] = [];

  constructor(builder: TreeBuilder, notes: Notes, lines: readonly Line[]) {
    this.builder = builder;
    this.notes = notes;
    this.lines = lines;
  }

  run(): void {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at];
      if (line === undefined) break;
      at = this.line(line, at);
    }
  }

  /** Reads the command that begins at a line; returns the index of the last line it takes. */
  line(line: Line, at: number): number {
    const { builder } = this;
    if (/^[#!]/.test(line.text) || OPERATIONAL.test(line.text)) builder.fix(line.number, 'no-effect');
    else if (BEGINS_COMMAND.test(line.text)) return this.command(line, at);
    else this.unknown(line);
    return at;
  }

  private unknown(line: Line): void {
    this.builder.fix(line.number, 'unrecognised');
    this.notes.diagnose(
      'panos/not-a-command',
      'warning',
      lineSpan(this.builder.root.source, line),
      'this line is no command of PAN-OS',
      'what it would configure is not judged',
    );
  }

  private command(line: Line, at: number): number {
    const { tokens, last } = this.tokens(line, at);
    const [verb, ...rest] = tokens;
    const words = partsOf(rest);
    const done = this.carryOut(verb?.text ?? '', [...this.base, ...words], words, line);
    for (let index = at; index <= last; index += 1) {
      const each = this.lines[index];
      if (each === undefined) continue;
      if (typeof done !== 'string') this.builder.own(each.number, done);
      else this.builder.fix(each.number, done);
    }
    return last;
  }

  /** Carries out a command. Returns what its line is about, or its state. */
  private carryOut(
    verb: string,
    path: readonly PathPart[],
    own: readonly PathPart[],
    line: Line,
  ): PanNode | 'modelled' | 'no-effect' | 'unrecognised' {
    if (verb === 'set' || verb === 'override') return this.set(path) ?? 'modelled';
    if (verb === 'delete') return this.remove(path, line);
    if (verb === 'move') return this.move(path, line);
    if (verb === 'rename' || verb === 'copy' || verb === 'clone') return this.rename(path, verb === 'rename', line);
    if (verb === 'edit') this.base = path;
    else if (verb === 'top') this.base = [];
    else if (verb === 'up') this.base = this.base.slice(0, -1);
    else return this.refuse(line, `\`${verb}\` brings statements that are not in this text`);
    return own.length === 0 || verb === 'edit' ? 'no-effect' : 'unrecognised';
  }

  private refuse(line: Line, message: string): 'unrecognised' {
    const consequence = 'what it would change is not judged';
    this.notes.diagnose('panos/script', 'warning', lineSpan(this.builder.root.source, line), message, consequence);
    return 'unrecognised';
  }

  /** Writes a path, once for each member of a list. Returns the last node. */
  private set(path: readonly PathPart[]): PanNode | undefined {
    let last: PanNode | undefined;
    for (const words of fieldsFrom(path)) {
      let places: readonly Place[] = [this.builder.top];
      for (const part of words) {
        // A command has one list at most; with several, each further one only gives its first member.
        const members = 'text' in part ? [part] : places.length > 1 ? part.slice(0, 1) : part;
        places = places.flatMap((place) => members.map((member) => this.builder.enter(place, member)));
      }
      const ends = places.filter(({ at, node }) => at !== 'top' && node !== this.builder.root);
      for (const { node } of ends) keepOne(node, ends.length === 1);
      // What was written before counts as written here too: the line has to have a state.
      const end = ends.at(-1)?.node;
      if (end !== undefined) last = this.builder.takeUuid(end);
    }
    return last;
  }

  private find(path: readonly PathPart[]): PanNode[] {
    return fieldsFrom(path).flatMap((words) => this.builder.find(words));
  }

  private remove(path: readonly PathPart[], line: Line): 'modelled' | 'unrecognised' | 'no-effect' {
    const found = path.length === 0 ? [] : this.find(path);
    for (const node of found) {
      this.notes.leave(node, 'deleted by a later command of the text');
      node.parent?.drop(node);
      this.builder.removed.push(node);
    }
    if (found.length > 0) return 'modelled';
    this.missing(line);
    return 'no-effect';
  }

  private missing(line: Line): void {
    this.notes.diagnose(
      'panos/script',
      'note',
      lineSpan(this.builder.root.source, line),
      'this command is about something that the text does not have before it',
      'it has no effect here; on a device it may change what was there before',
    );
  }

  /** `move … RULE before|after OTHER`, `move … RULE top|bottom`. */
  private move(path: readonly PathPart[], line: Line): 'modelled' | 'unrecognised' | 'no-effect' {
    const words = path.map((part) => ('text' in part ? part.text : ''));
    const isBeside = words.at(-2) === 'before' || words.at(-2) === 'after';
    const where = isBeside ? words.at(-2) : words.at(-1);
    const [node] = this.find(path.slice(0, isBeside ? -2 : -1));
    const parent = node?.parent;
    if (node === undefined || parent === undefined) {
      this.missing(line);
      return 'no-effect';
    }
    if (where === 'top') parent.move(node, parent.children[0]);
    else if (where === 'bottom') parent.move(node, undefined);
    else {
      const other = isBeside ? parent.get(words.at(-1) ?? '') : undefined;
      if (other === undefined) return this.refuse(line, 'this command does not say where to move a rule that is there');
      parent.move(node, where === 'before' ? other : parent.children[parent.children.indexOf(other) + 1]);
    }
    return 'modelled';
  }

  /** `rename … NAME to OTHER`, `copy … NAME to OTHER`. */
  private rename(path: readonly PathPart[], isGone: boolean, line: Line): PanNode | 'unrecognised' {
    const [keyword, name] = path.slice(-2);
    const [node] = this.find(path.slice(0, -2));
    const parent = node?.parent;
    if (node === undefined || parent === undefined || keyword === undefined || name === undefined)
      return this.refuse(line, 'this command names something that the text does not have before it');
    if (!('text' in keyword) || !('text' in name) || keyword.text !== 'to')
      return this.refuse(line, 'this command does not say what to call the copy');
    const made = parent.add(name.text, this.builder.span(name));
    copyInto(made, node);
    if (isGone) {
      parent.move(made, node);
      parent.drop(node);
    }
    return made;
  }

  /** The words of a command, whose last string may go on over lines. */
  private tokens(line: Line, at: number): { readonly tokens: readonly PanToken[]; readonly last: number } {
    const tokens = panTokens(line, 0, 'set');
    const open = tokens.at(-1);
    if (open?.kind !== 'open-string') return { tokens, last: this.behind(at) };
    const end = this.stringEnd(at + 1);
    if (end === undefined) {
      const span = this.builder.span(open);
      const consequence = 'it is taken to end with its line';
      this.notes.diagnose('panos/open-string', 'warning', span, 'a string has no end', consequence);
    }
    return { tokens: end === undefined ? tokens : this.joined(tokens, open, at, end), last: end ?? at };
  }

  /** The words with all of a string that goes on over lines. */
  private joined(tokens: readonly PanToken[], open: PanToken, from: number, to: number): readonly PanToken[] {
    const further = this.lines.slice(from + 1, to + 1).map(({ text }) => text);
    const text = [open.text, ...further].join('\n').replace(/"$/, '');
    return [...tokens.slice(0, -1), { ...open, kind: 'word', text }];
  }

  /** A free text may have a line that ends with a quotation mark: what stands behind it up to the next one belongs to it. */
  private behind(at: number): number {
    const next = this.lines[at + 1];
    if (next === undefined || !this.lines[at]?.text.endsWith('"')) return at;
    if (BEGINS_COMMAND.test(next.text) || /^[#!]/.test(next.text) || OPERATIONAL.test(next.text)) return at;
    return this.stringEnd(at + 1) ?? at;
  }

  private stringEnd(from: number): number | undefined {
    for (let at = from; at < Math.min(this.lines.length, from + MOST_STRING_LINES); at += 1) {
      const text = this.lines[at]?.text ?? '';
      if (BEGINS_COMMAND.test(text)) return undefined;
      if (text.endsWith('"')) return at;
    }
    return undefined;
  }
}

function partsOf(tokens: readonly PanToken[]): PathPart[] {
  const parts: PathPart[] = [];
  let list: PlacedWord[] | undefined;
  for (const token of tokens) {
    if (token.kind === '[') {
      list = [];
      parts.push(list);
    } else if (token.kind === ']') list = undefined;
    else if (list === undefined) parts.push(token);
    else list.push(token);
  }
  return parts;
}

function copyInto(to: PanNode, from: PanNode): void {
  for (const each of from.children) copyInto(to.add(each.word, each.span), each);
}
