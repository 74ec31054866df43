import type { Line } from './lines.ts';
import { endOfString, readTokens, type Word } from './quoted-words.ts';

/** A word, or the words of a bracketed list that stands in its place. */
export type Part = Word | readonly Word[];

/** One command line in words: `set system host-name fw`. */
export interface Command {
  readonly verb: string;
  readonly parts: readonly Part[];
  readonly line: Line;
  /** Lines that the command ends on: more than one where a string holds line ends. */
  readonly lines: readonly Line[];
  /** A string without an end, or a list without one. */
  readonly broken: 'string' | 'list' | undefined;
}

/** Longest text that a string may go on for. */
const MOST_STRING_LINES = 200;

/**
 * Reads the command that begins at `lines[at]`. A string may go on over lines (certificates, banners); where its end
 * does not come before the next command, it is taken to end with its line.
 */
export function readCommand(lines: readonly Line[], at: number, line: Line, beginsCommand: RegExp): Command {
  const tokens = readTokens(line, 0, false);
  const parts: Part[] = [];
  let list: Word[] | undefined;
  let broken: Command['broken'];
  const used: Line[] = [line];
  for (const token of tokens) {
    if (token.kind === 'open-string') {
      const end = stringEnd(lines, at + 1, beginsCommand);
      if (end === undefined) broken = 'string';
      else used.push(...lines.slice(at + 1, end + 1));
      (list ?? parts).push(token);
    } else if (token.kind === 'mark' && token.text === '[') {
      list = [];
    } else if (token.kind === 'mark' && token.text === ']') {
      if (list !== undefined) parts.push(list);
      list = undefined;
    } else if (list === undefined) parts.push(token);
    else list.push(token);
  }
  if (list !== undefined) {
    parts.push(list);
    broken ??= 'list';
  }
  const [verb, ...rest] = parts;
  const word = verb !== undefined && 'text' in verb ? verb.text : '';
  return { verb: word, parts: rest, line, lines: used, broken };
}

function stringEnd(lines: readonly Line[], from: number, beginsCommand: RegExp): number | undefined {
  for (let at = from; at < Math.min(lines.length, from + MOST_STRING_LINES); at += 1) {
    const text = lines[at]?.text ?? '';
    if (beginsCommand.test(text)) return undefined;
    if (endOfString(text, 0) !== undefined) return at;
  }
  return undefined;
}
