import { cellLine, type CellColumn } from '../../terminal/cells.ts';
import type { Line } from '../line.ts';

/** The titles of a table's columns. */
export function titleLine(columns: readonly CellColumn[], widths: readonly number[]): Line {
  const titles = columns.map(({ title }) => title);
  return [['strong', cellLine(columns, widths, titles)]];
}

/** Lines filled up with empty ones, so that what stands below them keeps its place. */
export function filledUp(lines: readonly Line[], height: number): readonly Line[] {
  return [...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, (): Line => [])];
}
