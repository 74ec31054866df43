import type { Line } from '../syntax/lines.ts';
import type { PlacedWord } from './build.ts';

/** A word of a line, or a mark that structures the braces form and lists. */
export interface PanToken extends PlacedWord {
  /** `open-string`: a string whose end is not on its line. */
  readonly kind: 'word' | 'open-string' | '{' | '}' | ';' | '[' | ']';
}

/** Statements whose value is free text: PAN-OS prints quotation marks in it as they are. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  'description',
  'comments',
  'comment',
  'login-banner',
  'ack-login-banner',
  'message',
  'contact',
  'location',
  'filter',
  'query',
  'color-label',
]);

/** Statements that may stand behind a free text on the same line of a script. */
const STATEMENT_BEHIND =
  /" (?=(?:from|to|source|destination|application|service|action|tag|color|ip-netmask|ip-range|ip-wildcard|fqdn|protocol|static|dynamic|members|port|disabled|log-setting|log-start|log-end|profile-setting|rule-type|schedule)(?: |$))/;

/**
 * The words of a line. Names with blanks stand in double quotes, values with a double quote in single ones; PAN-OS may also print
 * quotation marks unescaped inside of a quoted text. Hence a string ends at a quotation mark with a blank (or the end of the
 * line, or a mark) behind it, and a free text at the last one of its line. `isInList`: a list of the line before goes on.
 */
export function panTokens(line: Line, from: number, form: 'set' | 'braces', isInList = false): PanToken[] {
  return new Tokens(line, from, form, isInList).read();
}

class Tokens {
  private readonly line: Line;
  private readonly text: string;
  private readonly isBraces: boolean;
  private readonly tokens: PanToken[] = [];
  private at: number;
  private isInList: boolean;

  constructor(line: Line, from: number, form: 'set' | 'braces', isInList: boolean) {
    this.isInList = isInList;
    this.line = line;
    this.text = line.text;
    this.at = from;
    this.isBraces = form === 'braces';
  }

  read(): PanToken[] {
    const { text } = this;
    while (this.at < text.length) {
      const character = text.charAt(this.at);
      if (character === ' ' || character === '\t') this.at += 1;
      else if (character === '"' || (character === "'" && this.isQuote())) this.string(character);
      else if (!this.mark(character)) this.word();
    }
    return this.tokens;
  }

  private add(kind: PanToken['kind'], text: string, from: number, to: number): void {
    const { number, column } = this.line;
    this.tokens.push({ kind, text, line: number, column: column + from, endColumn: column + to });
  }

  private isFreeText(): boolean {
    return !this.isInList && FREE_TEXT.has(this.tokens.at(-1)?.text ?? '') && this.tokens.length > 0;
  }

  /** A single quote opens a string only where one closes it; a filter may begin with one of its own. */
  private isQuote(): boolean {
    const { text, at } = this;
    const end = this.endOfString("'", at + 1);
    if (end === undefined) return false;
    return this.tokens.at(-1)?.text !== 'filter' || text.slice(at + 1, end).includes('"');
  }

  private string(mark: string): void {
    const { text, at } = this;
    const end = this.isFreeText() ? this.endOfFreeText(mark, at + 1) : this.endOfString(mark, at + 1);
    if (end === undefined) {
      this.add('open-string', text.slice(at + 1), at, text.length);
      this.at = text.length;
      return;
    }
    // An empty string has no characters to point at: the span is that of its quotation marks.
    if (end === at + 1) this.add('word', '', at, end + 1);
    else this.add('word', text.slice(at + 1, end), at + 1, end);
    this.at = end + 1;
  }

  /** The index of the first quotation mark that something may stand behind. */
  private endOfString(mark: string, from: number): number | undefined {
    for (let at = this.text.indexOf(mark, from); at >= 0; at = this.text.indexOf(mark, at + 1)) {
      if (this.mayEndAt(at + 1)) return at;
    }
    return undefined;
  }

  private mayEndAt(index: number): boolean {
    const behind = this.text.charAt(index);
    return (
      behind === '' || behind === ' ' || behind === '\t' || behind === ']' || (this.isBraces && /[;{}]/.test(behind))
    );
  }

  private endOfFreeText(mark: string, from: number): number | undefined {
    const { text, isBraces } = this;
    const last = text.lastIndexOf(mark);
    const rest = text.slice(last + 1);
    const isAtEnd = last >= from && (isBraces ? /^\s*;\s*\}*\s*$/.test(rest) : rest.trim() === '');
    const statement = isBraces ? -1 : text.slice(from).search(STATEMENT_BEHIND);
    if (statement >= 0) return from + statement;
    if (isAtEnd) return last;
    return isBraces ? this.endOfString(mark, from) : undefined;
  }

  private mark(character: string): boolean {
    const { text, at } = this;
    const behind = text.charAt(at + 1);
    const isAlone = behind === '' || behind === ' ' || behind === '\t';
    if (character === '[' && !this.isInList && (isAlone || text.includes(']', at))) this.isInList = true;
    else if (character === ']' && this.isInList) this.isInList = false;
    else if (!this.isBraces || !(character === ';' || character === '}' || (character === '{' && behind !== '{')))
      return false;
    if (character === '[' || character === ']' || character === '{' || character === '}' || character === ';')
      this.add(character, character, at, at + 1);
    this.at += 1;
    return true;
  }

  private word(): void {
    const { text, at } = this;
    // Placeholders of templates (`{{ NAME }}`) are one word.
    const close = text.startsWith('{{', at) ? text.indexOf('}}', at) : -1;
    let end = close < 0 ? at : close + 2;
    for (; end < text.length; end += 1) {
      const character = text.charAt(end);
      if (character === ' ' || character === '\t') break;
      if (character === ']' && this.isInList) break;
      if (this.isBraces && character === ';' && /^;[\s}]*$|^;\s/.test(text.slice(end, end + 40))) break;
    }
    this.add('word', text.slice(at, end), at, end);
    this.at = end;
  }
}
