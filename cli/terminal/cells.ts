import { cut, displayWidth, padEnd, padStart } from './width.ts';

/** A column of a table whose rows are drawn one at a time, so that widths cannot depend on all of them. */
export interface CellColumn {
  readonly title: string;
  /** Columns it takes; `fill` shares what the others leave. */
  readonly width: number | 'fill';
  readonly align?: 'left' | 'right';
}

const GAP = 1;

/** Widths for a line of `width` columns. Columns from the right fall out while `fill` would get less than `leastFill`. */
export function cellWidths(columns: readonly CellColumn[], width: number, leastFill = 12): number[] {
  const fixed = columns.reduce((sum, each) => sum + (each.width === 'fill' ? 0 : each.width), 0);
  const fills = columns.filter((each) => each.width === 'fill').length;
  const room = width - fixed - GAP * (columns.length - 1);
  if (room < fills * leastFill && columns.length > 1) {
    const shorter = columns.slice(0, -1);
    return [...cellWidths(shorter, width, leastFill), 0];
  }
  let left = Math.max(0, room);
  let open = fills;
  return columns.map((each) => {
    if (each.width !== 'fill') return Math.min(each.width, width);
    const share = Math.floor(left / open);
    left -= share;
    open -= 1;
    return share;
  });
}

/** One line of cells, cut and padded to the widths; columns of width 0 are left out. */
export function cellLine(columns: readonly CellColumn[], widths: readonly number[], cells: readonly string[]): string {
  return columns
    .flatMap(({ align }, index) => {
      const width = widths[index] ?? 0;
      if (width === 0) return [];
      const text = cut(cells[index] ?? '', width);
      return [align === 'right' ? padStart(text, width) : padEnd(text, width)];
    })
    .join(' '.repeat(GAP));
}

/** Exactly `width` columns: cut or filled with blanks. */
export function fit(text: string, width: number): string {
  return displayWidth(text) === width ? text : padEnd(cut(text, width), width);
}
