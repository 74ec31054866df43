import type { Span } from '../source.ts';
import type { Line } from './lines.ts';

/** One word of a statement, without its quotation marks, with the place of the word inside them. */
export interface Word {
  readonly text: string;
  /** 1-based, in the source. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

export interface Token extends Word {
  /** `mark`: one of the characters that structure the language; `open-string`: a string whose end is not on its line. */
  readonly kind: 'word' | 'mark' | 'open-string';
}

const MARKS: ReadonlySet<string> = new Set(['{', '}', ';', '[', ']']);

/**
 * The words of a line that are split at blanks and may stand in double quotes (`\"` for a quote inside). With `braces`,
 * `{ } ; [ ]` are tokens wherever they stand outside of quotes; without, only brackets that stand alone are. A `#` at the
 * beginning of a word begins a comment that goes to the end of the line.
 */
export function readTokens(line: Line, from: number, braces: boolean): Token[] {
  const { text } = line;
  const tokens: Token[] = [];
  const add = (kind: Token['kind'], content: string, start: number, end: number): void => {
    tokens.push({ kind, text: content, line: line.number, column: line.column + start, endColumn: line.column + end });
  };
  let at = from;
  while (at < text.length) {
    const code = text.charAt(at);
    if (code === ' ' || code === '\t') {
      at += 1;
    } else if (code === '#' || (braces && text.startsWith('/*', at))) {
      if (code === '#') break;
      const end = text.indexOf('*/', at + 2);
      if (end < 0) {
        add('mark', '/*', at, at + 2);
        break;
      }
      at = end + 2;
    } else if (code === '"') {
      const end = endOfString(text, at + 1);
      if (end === undefined) {
        add('open-string', text.slice(at + 1), at, text.length);
        break;
      }
      // An empty string has no characters to point at: the span is that of its quotation marks.
      if (end === at + 1) add('word', '', at, end + 1);
      else add('word', unescaped(text.slice(at + 1, end)), at + 1, end);
      at = end + 1;
    } else if (MARKS.has(code) && (braces || isAlone(text, at))) {
      add('mark', code, at, at + 1);
      at += 1;
    } else {
      const end = endOfWord(text, at, braces);
      add('word', text.slice(at, end), at, end);
      at = end;
    }
  }
  return tokens;
}

/** Where the string that was opened before `from` ends: the index of its quotation mark. */
export function endOfString(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  return undefined;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\(["\\])/g, '$1') : text;
}

/** Brackets stand apart in set lines; `<[xg]e-*>` is one word. */
function isAlone(text: string, at: number): boolean {
  const mark = text.charAt(at);
  if (mark !== '[' && mark !== ']') return false;
  const isBlank = (index: number): boolean => index < 0 || index >= text.length || /\s/.test(text.charAt(index));
  return isBlank(at - 1) && isBlank(at + 1);
}

/** Wildcards in angle brackets may hold any character (`<ge-0/0/[0-3]>`). */
function endOfWord(text: string, from: number, braces: boolean): number {
  let at = from;
  let isWildcard = text.charAt(from) === '<' && /^<[^\s{};]*>/.test(text.slice(from, from + 80));
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === ' ' || character === '\t') break;
    if (isWildcard) isWildcard = character !== '>';
    else if (braces && MARKS.has(character)) break;
    at += 1;
  }
  return at;
}

/** The span of a word. */
export function spanOfWord(source: string, { line, column, endColumn }: Word): Span {
  return { source, line, column, endColumn };
}
