import { visible } from '../terminal/visible.ts';
import { displayWidth, fitting, lettersOf } from '../terminal/width.ts';
import type { Line } from './line.ts';
import type { TextField } from './text-field.ts';

/** A field that is typed into, in `room` columns: of a text that is longer, the part around the cursor. */
export function fieldLine({ text, cursor }: TextField, room: number): { readonly line: Line; readonly width: number } {
  const safe = visible(text);
  const [at = ' ', ...after] = lettersOf(safe.slice(cursor));
  const atWidth = Math.max(1, displayWidth(at));
  const before = fitting(lettersOf(safe.slice(0, cursor)).toReversed(), room - atWidth)
    .toReversed()
    .join('');
  const taken = displayWidth(before) + atWidth;
  const rest = fitting(after, room - taken).join('');
  const line: Line = [
    ['strong', before],
    ['cursor', at],
    ['strong', rest],
  ];
  return { line, width: taken + displayWidth(rest) };
}
