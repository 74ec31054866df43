import type { LineState } from '../../parsers/diagnostics.ts';
import type { ReadLines } from '../reporting/source-text.ts';

/** Lines of one block of the text that share a state. */
export interface Block {
  /** The line that opens the block; undefined for the top level. */
  readonly header: number | undefined;
  readonly lines: readonly number[];
  /** Whether other lines of the block are in the model. */
  readonly besideModelled: boolean;
}

const MODELLED = new Set<LineState | undefined>(['modelled', 'conditional']);

/** The wanted lines by the block they stand in: the nearest line above that is indented less opens it. */
export function blocksOf({ text, lineStates }: ReadLines, wanted: ReadonlySet<number>): Block[] {
  const blocks = new Map<number, { lines: number[]; modelled: boolean }>();
  const open: { indent: number; line: number }[] = [];
  for (const [index, state] of lineStates.entries()) {
    if (state === undefined) continue;
    const line = index + 1;
    const content = text.line(line) ?? '';
    const indent = content.length - content.trimStart().length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const header = open.at(-1)?.line ?? 0;
    open.push({ indent, line });
    const block = blocks.get(header) ?? { lines: [], modelled: MODELLED.has(lineStates[header - 1]) };
    if (wanted.has(line)) block.lines.push(line);
    block.modelled ||= MODELLED.has(state);
    blocks.set(header, block);
  }
  return [...blocks]
    .filter(([, { lines }]) => lines.length > 0)
    .sort(([a], [b]) => a - b)
    .map(([header, { lines, modelled }]) => ({
      header: header === 0 ? undefined : header,
      lines,
      besideModelled: header !== 0 && modelled,
    }));
}
