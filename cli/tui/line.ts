import { stripVTControlCharacters } from 'node:util';
import { cut, displayWidth, padEnd } from '../terminal/width.ts';
import type { Style, Theme } from './theme.ts';

/** A piece of a line: a text in a style, or a text of a report that is painted already. */
export type Run = string | readonly [style: Style, text: string];

/** One line of a view, at most as wide as its area. */
export type Line = readonly Run[];

/** What a view shows: fixed lines above, and the rows that fit below. Only these are ever mounted. */
export interface Drawn {
  readonly head: readonly Line[];
  readonly rows: readonly Line[];
  /** Index into `rows` of the one the cursor stands on. */
  readonly cursor?: number;
}

/** The text of a line without its styles. */
function plainText(line: Line): string {
  return line.map((run) => (typeof run === 'string' ? stripVTControlCharacters(run) : run[1])).join('');
}

/** A line as it is written to the terminal. Under the cursor it is reversed as a whole, up to the edge. */
export function paintLine(line: Line, width: number, theme: Theme, isCursor = false): string {
  if (isCursor) return theme('cursor', padEnd(cut(plainText(line), width), width));
  let left = width;
  let painted = '';
  for (const run of line) {
    if (left <= 0) break;
    // What a report painted is wrapped to the width by the report.
    const [style, text] = typeof run === 'string' ? [undefined, run] : run;
    const plain = style === undefined ? stripVTControlCharacters(text) : text;
    const isTooWide = displayWidth(plain) > left;
    const shown = isTooWide ? cut(plain, left) : text;
    painted += style === undefined ? shown : theme(style, shown);
    left -= displayWidth(isTooWide ? shown : plain);
  }
  return painted;
}
