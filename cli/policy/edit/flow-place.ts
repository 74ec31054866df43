import { isMap, type YAMLSeq } from 'yaml';
import type { EntryText } from './entry-text.ts';
import { columnOf, lineEndAt, lineStart, linesAt, type Places, type Splice } from './splice.ts';

const MOST_COLUMNS = 100;

/** Behind the last entry of `[ ]`, as a flow map. */
export function intoFlow(text: string, seq: YAMLSeq.Parsed, entry: EntryText): Places {
  const opens = seq.range[0];
  const closes = seq.range[1] - 1;
  const last = seq.items.at(-1);
  const end = last?.range[1] ?? opens + 1;
  const comma = commaIn(text, end, closes);
  const behind: Behind = { end, comma, separator: last === undefined || comma !== undefined ? '' : ',' };
  const blanksInside = isMap(last) && text[last.range[0] + 1] === ' ';
  const closing = lineStart(text, closes);
  if (closing > opens && isBlank(text.slice(closing, closes))) {
    const margin = ownMargin(text, last?.range[0] ?? opens) ?? closes - closing + 2;
    return ownLines(text, closing, behind, entry.flow(margin, blanksInside));
  }
  return sameLine(text, behind, entry, entry.flow(indentAt(text, opens) + 2, blanksInside));
}

/** What stands between the last entry and the bracket, and what has to come there. */
interface Behind {
  /** Where the last entry ends. */
  readonly end: number;
  readonly comma: number | undefined;
  readonly separator: '' | ',';
}

/** Before the line in which the bracket closes. */
function ownLines(text: string, closing: number, { end, comma, separator }: Behind, lines: readonly string[]): Places {
  // Who ends every entry with a comma wants it behind the new one, too.
  const ended = comma === undefined ? lines : [...lines.slice(0, -1), `${lines.at(-1) ?? ''},`];
  const put = linesAt(text, closing, ended);
  return { kind: 'places', ways: [separator === '' ? [put] : [{ start: end, end, text: separator }, put]] };
}

/** Directly behind the last entry; on a new line where it has a comment or does not fit. */
function sameLine(
  text: string,
  { end, comma, separator }: Behind,
  { hasComment }: EntryText,
  lines: readonly string[],
): Places {
  const at = comma === undefined ? end : comma + 1;
  const newLine = lineEndAt(text, at);
  const inLine = lines.map((line) => line.trimStart()).join(' ');
  const isLong = columnOf(text, at) + inLine.length > MOST_COLUMNS;
  const put = hasComment || isLong ? lines.map((line) => `${newLine}${line}`).join('') : ` ${inLine}`;
  const splice: Splice = { start: at, end: at, text: `${separator}${put}` };
  return { kind: 'places', ways: [[splice]] };
}

/** Where a comma stands between the last entry and the bracket: nothing else does but blanks and comments. */
function commaIn(text: string, start: number, end: number): number | undefined {
  const between = text.slice(start, end).replaceAll(/#[^\n]*/gu, (comment) => ' '.repeat(comment.length));
  const at = between.indexOf(',');
  return at < 0 ? undefined : start + at;
}

function indentAt(text: string, offset: number): number {
  return /^ */u.exec(text.slice(lineStart(text, offset)))?.[0].length ?? 0;
}

/** Blanks before an offset if nothing else stands before it in its line. */
function ownMargin(text: string, offset: number): number | undefined {
  const start = lineStart(text, offset);
  return isBlank(text.slice(start, offset)) ? offset - start : undefined;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
