import type { Paint, Tone } from './paint.ts';
import { displayWidth, wrap } from './width.ts';

/** A line of input and the part of it that is meant. */
export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
  /** UTF-16 offsets into `text`. */
  readonly start: number;
  readonly end: number;
  /** Written behind the caret. */
  readonly note?: string;
}

/**
 * A line with its number and a caret below the part that is meant:
 *
 *     88 | access-list OUT extended permit ip any any
 *        |                                    ^^^ note
 *
 * A line wider than `width` is cut to a window around the part; when all of the line is meant it is wrapped instead, since
 * nothing of it may be missing.
 */
export function drawExcerpt(excerpt: ExcerptLine, gutter: number, width: number, tone: Tone, paint: Paint): string[] {
  const room = Math.max(20, width - gutter - 3);
  const isWhole = excerpt.start <= 0 && excerpt.end >= excerpt.text.length;
  if (isWhole && displayWidth(excerpt.text) > room) return drawWrapped(excerpt, gutter, room, tone, paint);
  const { text, start, end } = windowAround(excerpt, room);
  const before = displayWidth(text.slice(0, start));
  const marked = Math.max(1, displayWidth(text.slice(start, end)));
  const edge = paint('accent', '|');
  const caret = paint(tone, '^'.repeat(marked));
  const head = `${paint('accent', String(excerpt.line).padStart(gutter))} ${edge} ${text}`.trimEnd();
  const below = `${' '.repeat(gutter)} ${edge} `;
  const { note } = excerpt;
  if (note === undefined) return [head, `${below}${' '.repeat(before)}${caret}`];
  if (before + marked + 1 + displayWidth(note) <= room) {
    return [head, `${below}${' '.repeat(before)}${caret} ${paint(tone, note)}`];
  }
  return [head, `${below}${' '.repeat(before)}${caret}`, ...wrap(note, room).map((line) => below + paint(tone, line))];
}

function drawWrapped(
  { line, text, note }: ExcerptLine,
  gutter: number,
  room: number,
  tone: Tone,
  paint: Paint,
): string[] {
  const edge = paint('accent', '|');
  const number = (index: number): string =>
    index === 0 ? paint('accent', String(line).padStart(gutter)) : ' '.repeat(gutter);
  const rows = wrap(text, room - 2).map((row, index) => `${number(index)} ${edge} ${index === 0 ? '' : '  '}${row}`);
  const below = wrap(note === undefined ? '^' : `^ ${note}`, room);
  return [...rows, ...below.map((row) => `${' '.repeat(gutter)} ${edge} ${paint(tone, row)}`)];
}

/** The column of numbers is as wide as the widest of them. */
export function gutterOf(lines: readonly number[]): number {
  return lines.reduce((width, line) => Math.max(width, String(line).length), 1);
}

function windowAround({ text, start, end }: ExcerptLine, room: number): { text: string; start: number; end: number } {
  const from = Math.min(Math.max(0, start), Math.max(0, text.length - 1));
  const to = Math.min(Math.max(end, from + 1), Math.max(text.length, 1));
  if (displayWidth(text) <= room) return { text, start: from, end: to };
  // Counted in UTF-16 units, which is at least one a column for all but wide letters; those make the window narrower.
  const units = Math.max(10, Math.floor((room * text.length) / Math.max(text.length, displayWidth(text))));
  const first = from < units - 1 ? 0 : Math.max(0, Math.min(from - 8, text.length - units + 1));
  const head = first === 0 ? '' : '…';
  const last = Math.min(text.length, first + units - head.length - 1);
  const tail = last < text.length ? '…' : '';
  const shift = head.length - first;
  return {
    text: `${head}${text.slice(first, last)}${tail}`,
    start: from + shift,
    end: Math.min(to + shift, last + shift),
  };
}
