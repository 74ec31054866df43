import { cut, displayWidth, padEnd, padStart } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Takes what the others leave, down to `minWidth`, and is cut with `…`; at most one column does. */
  readonly flexible?: { readonly minWidth: number };
}

const GAP = '  ';

/** A table of plain text without borders, at most `width` columns wide where its flexible column allows it. */
export function drawTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const natural = columns.map((column, index) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), displayWidth(column.title)),
  );
  const excess = natural.reduce((sum, each) => sum + each, GAP.length * (columns.length - 1)) - width;
  const widths = columns.map(({ flexible }, index) => {
    const wanted = natural[index] ?? 0;
    return flexible === undefined || excess <= 0
      ? wanted
      : Math.max(Math.min(wanted, flexible.minWidth), wanted - excess);
  });
  return [columns.map(({ title }) => title), ...rows].map((row) =>
    columns
      .map(({ align }, index) => {
        const cell = cut(row[index] ?? '', widths[index] ?? 0);
        return align === 'right' ? padStart(cell, widths[index] ?? 0) : padEnd(cell, widths[index] ?? 0);
      })
      .join(GAP)
      .trimEnd(),
  );
}
