import { lineSpan, type Line } from '../syntax/lines.ts';
import type { Place, PlacedWord, TreeBuilder } from './build.ts';
import { SetLoader, type PathPart } from './load-set.ts';
import type { Notes } from './notes.ts';
import { BEGINS_COMMAND, UUID } from './places.ts';
import { panTokens, type PanToken } from './words-line.ts';

/** Longest text in lines that a string may go on for: certificates and banners. */
const MOST_STRING_LINES = 2000;

interface Open {
  readonly place: Place;
  readonly word: PlacedWord;
}

/** Puts nested statements in braces into the tree. Returns whether all braces are closed; `unknown` where there are none. */
export function loadBraces(lines: readonly Line[], builder: TreeBuilder, notes: Notes): 'yes' | 'no' | 'unknown' {
  return new BraceLoader(lines, builder, notes).run();
}

class BraceLoader {
  private readonly lines: readonly Line[];
  private readonly builder: TreeBuilder;
  private readonly notes: Notes;
  private readonly open: Open[] = [];
  private readonly commands: SetLoader;
  private parts: PathPart[] = [];
  private list: PlacedWord[] | undefined;
  private isUnbalanced = false;
  private hasBlocks = false;

  constructor(lines: readonly Line[], builder: TreeBuilder, notes: Notes) {
    this.lines = lines;
    this.builder = builder;
    this.notes = notes;
    this.commands = new SetLoader(builder, notes, lines);
  }

  run(): 'yes' | 'no' | 'unknown' {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at];
      if (line !== undefined) at = this.line(line, at);
    }
    this.endStatement(true);
    for (const { place, word } of this.open) {
      if (place.at === 'inside') place.node.cut = true;
      this.unbalanced(
        word,
        'a brace is opened here and never closed',
        'the text is cut off or damaged: what is missing is not judged',
      );
    }
    if (this.isUnbalanced) return 'no';
    return this.hasBlocks ? 'yes' : 'unknown';
  }

  private line(line: Line, at: number): number {
    const { text } = line;
    const isBetween = this.parts.length === 0 && this.list === undefined;
    if (isBetween && /^[#!]/.test(text)) {
      this.builder.fix(line.number, 'no-effect');
      return at;
    }
    if (this.open.length === 0 && isBetween && BEGINS_COMMAND.test(text) && !/[{;]\s*$/.test(text))
      return this.commands.line(line, at);
    return this.words(line, 0, at);
  }

  /** Reads a line from a column on; returns the index of the last line it takes. */
  private words(line: Line, from: number, at: number): number {
    const tokens = panTokens(line, from, 'braces', this.list !== undefined);
    this.endUnlessContinued(tokens[0]);
    for (const token of tokens) {
      if (token.kind === 'open-string') return this.longString(token, at);
      this.token(token);
    }
    return at;
  }

  /** A statement goes on in the next line only where that says so itself: nothing else tells a forgotten semicolon. */
  private endUnlessContinued(first: PanToken | undefined): void {
    if (this.list !== undefined || this.parts.length === 0 || first === undefined) return;
    if (first.kind !== 'word' && first.kind !== 'open-string' && first.kind !== '}') return;
    this.endStatement(true);
  }

  private token(token: PanToken): void {
    if (token.kind === 'word') (this.list ?? this.parts).push(token);
    else if (token.kind === '[') {
      this.list = [];
      this.parts.push(this.list);
    } else if (token.kind === ']') this.list = undefined;
    else if (token.kind === ';') this.endStatement(false);
    else if (token.kind === '{') this.openBlock(token);
    else if (token.kind === '}') this.closeBlock(token);
  }

  private here(): Place {
    return this.open.at(-1)?.place ?? this.builder.top;
  }

  private endStatement(isForgotten: boolean): void {
    const { parts } = this;
    this.parts = [];
    this.list = undefined;
    const first = parts.flat()[0];
    if (first === undefined) return;
    if (isForgotten) this.forgotten(first);
    this.write(parts, false);
  }

  private forgotten(word: PlacedWord): void {
    const { builder, notes } = this;
    const span = builder.span(word);
    notes.diagnose(
      'panos/broken-statement',
      'note',
      span,
      'a statement has no semicolon',
      'it is taken to end with its line',
    );
    // A line that is neither in a block nor a statement is no configuration.
    if (this.open.length > 0) return;
    const line = this.lines.find(({ number }) => number === word.line);
    if (line === undefined) return;
    notes.diagnose(
      'panos/not-a-statement',
      'warning',
      lineSpan(builder.root.source, line),
      'this line is no statement of PAN-OS',
      'what it would configure is not judged',
    );
  }

  /** Writes a statement, once for each member of a list. Returns where its block goes on. */
  private write(parts: readonly PathPart[], isBlock: boolean): Place {
    const { builder } = this;
    let place = this.here();
    let uuid: string | undefined;
    const words = parts.slice();
    const last = words.at(-1);
    if (words.length > 1 && last !== undefined && 'text' in last && UUID.test(last.text) && isRules(place)) {
      uuid = last.text;
      words.pop();
    }
    for (const part of words) {
      const members = 'text' in part ? [part] : part;
      const from = place;
      for (const member of members) {
        // Nothing tells a rule that is written twice from one that is written on; the device keeps each once.
        place = builder.enter(from, member, false, isBlock && isRules(from) && part === words[0]);
        builder.own(member.line, place.node);
      }
      // An empty list is a statement without a value.
      if (members.length === 0) place = from;
    }
    if (uuid !== undefined) place.node.uuid = uuid;
    else if (!isBlock && place.at === 'inside') builder.takeUuid(place.node);
    return place;
  }

  private openBlock(brace: PlacedWord): void {
    const { parts } = this;
    this.parts = [];
    this.list = undefined;
    this.hasBlocks = true;
    const word = parts.flat()[0] ?? brace;
    if (parts.length === 0) {
      this.notes.diagnose(
        'panos/broken-statement',
        'warning',
        this.builder.span(brace),
        'a brace is opened without a statement',
        'what stands in it is taken to stand outside of it',
      );
    }
    const place = parts.length === 0 ? this.here() : this.write(parts, true);
    this.open.push({ place, word });
  }

  private closeBlock(brace: PlacedWord): void {
    this.endStatement(true);
    const open = this.open.pop();
    if (open === undefined) {
      this.builder.fix(brace.line, 'unrecognised');
      this.unbalanced(
        brace,
        'a brace is closed that was never opened',
        'what follows may stand in another place than it is judged in',
      );
    } else if (open.place.at === 'inside') this.builder.own(brace.line, open.place.node);
    else this.builder.fix(brace.line, 'modelled');
  }

  private unbalanced(word: PlacedWord, message: string, consequence: string): void {
    this.isUnbalanced = true;
    this.notes.diagnose('panos/unbalanced', 'error', this.builder.span(word), message, consequence);
  }

  /** A string that goes on over lines, as certificates and banners do, if its end comes before a statement. */
  private longString(token: PanToken, at: number): number {
    const most = Math.min(this.lines.length, at + MOST_STRING_LINES);
    const word: PanToken = { ...token, kind: 'word' };
    for (let next = at + 1; next < most; next += 1) {
      const line = this.lines[next];
      if (line === undefined) break;
      const end = /"\s*(?=;|\{\s*$|$)/.exec(line.text);
      if (end === null) continue;
      const further = this.lines.slice(at + 1, next).map((each) => each.text);
      this.token({ ...word, text: [word.text, ...further, line.text.slice(0, end.index)].join('\n') });
      const statement = this.here().node;
      for (let each = at + 1; each <= next; each += 1) this.builder.own(this.lines[each]?.number ?? 0, statement);
      return this.words(line, end.index + 1, next);
    }
    this.notes.diagnose(
      'panos/open-string',
      'warning',
      this.builder.span(token),
      'a string has no end',
      'it is taken to end with its line',
    );
    this.token({ ...word, text: token.text.replace(/[;{]\s*$/, '') });
    if (/\{\s*$/.test(token.text)) this.openBlock(token);
    else this.endStatement(false);
    return at;
  }
}

function isRules(place: Place): boolean {
  return place.at === 'inside' && place.node.word === 'rules';
}
