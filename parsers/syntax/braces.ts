import type { Line } from './lines.ts';
import { endOfString, readTokens, type Token, type Word } from './quoted-words.ts';
import type { Part } from './set-lines.ts';

/** `tag: word word [ a b ] { … }` or `word word;`. */
export interface BraceStatement {
  readonly kind: 'statement';
  /** Words with a colon before the statement, without it: `inactive`, `replace`. */
  readonly tags: readonly Word[];
  readonly parts: readonly Part[];
  /** What stands in its braces; absent where it ends with a semicolon. */
  readonly block: readonly BraceItem[] | undefined;
  /** The opening and the closing brace. */
  readonly brace: Word | undefined;
  readonly end: Word | undefined;
}

/** A line that is a command of its own between statements. */
interface BraceCommand {
  readonly kind: 'command';
  /** Its index in the lines read. */
  readonly at: number;
}

export type BraceItem = BraceStatement | BraceCommand;

export interface BraceProblem {
  readonly kind:
    | 'missing-end'
    | 'missing-close'
    | 'extra-close'
    | 'open-string'
    | 'open-comment'
    | 'open-list'
    | 'nameless';
  /** Where it begins: for `missing-close` the statement whose brace is open. */
  readonly word: Word;
}

export interface BraceText {
  readonly items: readonly BraceItem[];
  readonly problems: readonly BraceProblem[];
}

interface Open {
  readonly tags: Word[];
  readonly parts: Part[];
  readonly brace: Word;
  readonly items: BraceItem[];
}

/** Longest text that a string may go on for. */
const MOST_STRING_LINES = 200;

/** Reads nested statements in braces. Never throws: what does not fit is a problem, and what follows is read on. */
export function readBraces(lines: readonly Line[], isCommand: (line: Line) => boolean): BraceText {
  return new BraceReader(lines, isCommand).read();
}

class BraceReader {
  private readonly lines: readonly Line[];
  private readonly isCommand: (line: Line) => boolean;
  private readonly problems: BraceProblem[] = [];
  private readonly root: BraceItem[] = [];
  private readonly open: Open[] = [];
  private tags: Word[] = [];
  private parts: Part[] = [];
  private list: Word[] | undefined;

  constructor(lines: readonly Line[], isCommand: (line: Line) => boolean) {
    this.lines = lines;
    this.isCommand = isCommand;
  }

  read(): BraceText {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at];
      if (line === undefined) break;
      if (this.list === undefined && this.isCommand(line)) {
        this.endStatement(true);
        this.items().push({ kind: 'command', at });
        continue;
      }
      at = this.readLine(line, 0, at);
    }
    this.finish();
    return { items: this.root, problems: this.problems };
  }

  /** Reads a line from a column on; returns the index of the last line it took. */
  private readLine(line: Line, from: number, at: number): number {
    const tokens = readTokens(line, from, true);
    this.endUnlessContinued(tokens[0]);
    for (const token of tokens) {
      if (token.kind === 'open-string') return this.longString(token, at);
      if (token.kind === 'mark' && token.text === '/*') return this.longComment(token, at);
      if (token.kind === 'mark') this.mark(token);
      else this.word(token);
    }
    return at;
  }

  private items(): BraceItem[] {
    return this.open.at(-1)?.items ?? this.root;
  }

  /** A statement goes on in the next line only where that says so itself: nothing else tells a forgotten semicolon. */
  private endUnlessContinued(first: Token | undefined): void {
    if (this.list !== undefined || this.parts.length === 0 || first === undefined) return;
    if (first.kind === 'mark' && first.text !== '}') return;
    this.endStatement(true);
  }

  private mark(token: Token): void {
    if (token.text === '[') this.list = [];
    else if (token.text === ']') this.closeList();
    else if (this.list !== undefined) {
      this.problems.push({ kind: 'open-list', word: token });
      this.closeList();
      this.mark(token);
    } else if (token.text === ';') this.endStatement(false);
    else if (token.text === '{') this.openBlock(token);
    else this.closeBlock(token);
  }

  private word(token: Token): void {
    const { text } = token;
    if (this.list !== undefined) this.list.push(token);
    else if (this.parts.length === 0 && text.endsWith(':') && /^[a-z]+:$/.test(text)) {
      this.tags.push({ ...token, text: text.slice(0, -1) });
    } else this.parts.push(token);
  }

  private closeList(): void {
    if (this.list !== undefined) this.parts.push(this.list);
    this.list = undefined;
  }

  private endStatement(isForgotten: boolean): void {
    const first = this.parts.flat()[0] ?? this.tags[0];
    if (first === undefined) return;
    if (isForgotten) this.problems.push({ kind: 'missing-end', word: first });
    const { tags, parts } = this;
    if (parts.length > 0)
      this.items().push({ kind: 'statement', tags, parts, block: undefined, brace: undefined, end: undefined });
    [this.tags, this.parts] = [[], []];
  }

  private openBlock(brace: Word): void {
    if (this.parts.length === 0) this.problems.push({ kind: 'nameless', word: brace });
    this.open.push({ tags: this.tags, parts: this.parts, brace, items: [] });
    [this.tags, this.parts] = [[], []];
  }

  private closeBlock(end: Word): void {
    this.endStatement(true);
    const open = this.open.pop();
    if (open === undefined) this.problems.push({ kind: 'extra-close', word: end });
    else this.close(open, end);
  }

  private close({ tags, parts, items, brace }: Open, end: Word | undefined): void {
    if (parts.length === 0) this.items().push(...items);
    else this.items().push({ kind: 'statement', tags, parts, block: items, brace, end });
  }

  /** A string that goes on over lines, as certificates and banners do, if its end comes before a statement. */
  private longString(token: Token, at: number): number {
    const most = Math.min(this.lines.length, at + MOST_STRING_LINES);
    for (let next = at + 1; next < most; next += 1) {
      const line = this.lines[next];
      if (line === undefined || this.isCommand(line)) break;
      const end = endOfString(line.text, 0);
      if (end === undefined) {
        if (/[{;]\s*$/.test(line.text)) break;
        continue;
      }
      if (!/^\s*(?:;|\{|$)/.test(line.text.slice(end + 1))) break;
      this.word(token);
      return this.readLine(line, end + 1, next);
    }
    this.problems.push({ kind: 'open-string', word: token });
    this.word({ ...token, text: token.text.replace(/[;{]\s*$/, '') });
    if (/\{\s*$/.test(token.text)) this.openBlock(token);
    else this.endStatement(false);
    return at;
  }

  private longComment(token: Token, at: number): number {
    for (let next = at + 1; next < this.lines.length; next += 1) {
      const line = this.lines[next];
      const end = line?.text.indexOf('*/') ?? -1;
      if (line !== undefined && end >= 0) return this.readLine(line, end + 2, next);
    }
    this.problems.push({ kind: 'open-comment', word: token });
    return this.lines.length;
  }

  private finish(): void {
    if (this.list !== undefined) this.closeList();
    this.endStatement(true);
    for (let open = this.open.pop(); open !== undefined; open = this.open.pop()) {
      this.problems.push({ kind: 'missing-close', word: open.parts.flat()[0] ?? open.brace });
      this.close(open, undefined);
    }
  }
}
