import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../cli/terminal/width.ts';
import { frameLines } from '../../../cli/tui/frame.ts';
import type { Model, Size } from '../../../cli/tui/store/model.ts';
import { update } from '../../../cli/tui/store/update.ts';
import { colourTheme, plainTheme } from '../../../cli/tui/theme.ts';
import { drawn } from './support/drawn.ts';
import { screenSvg } from './support/screen-svg.ts';
import { STATES } from './support/states.ts';

/* Every view in every state, drawn into a terminal without a window. The files are to be looked at when they change. */

const SNAPSHOT_SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 50 },
];
const FURTHER_SIZES: readonly Size[] = [
  { columns: 60, rows: 12 },
  { columns: 100, rows: 30 },
  { columns: 300, rows: 90 },
];

function resized(model: Model, size: Size): Model {
  return update(model, { kind: 'resize', size }).model;
}

describe.each(STATES)('$view $state', ({ view, state, model }) => {
  test.each(SNAPSHOT_SIZES)('at $columns×$rows', async (size) => {
    const screen = await drawn(resized(await model(), size));
    const name = `./snapshots/${view}.${state}.${size.columns}x${size.rows}`;
    await expect(screen.text()).toMatchFileSnapshot(`${name}.txt`);
    await expect(screenSvg(screen)).toMatchFileSnapshot(`${name}.svg`);
  });

  test('says the same without colour', async () => {
    const shown = await model();
    const [coloured, plain] = await Promise.all([drawn(shown, colourTheme), drawn(shown, plainTheme)]);
    expect(plain.text()).toBe(coloured.text());
    const colours = plain.lines().flatMap((_, row) => plain.runs(row).flatMap(({ foreground }) => foreground ?? []));
    expect(colours).toEqual([]);
  });

  test('is never wider or higher than the terminal', async () => {
    const before = await model();
    for (const size of [...SNAPSHOT_SIZES, ...FURTHER_SIZES]) {
      const lines = frameLines(resized(before, size), plainTheme).map(stripVTControlCharacters);
      expect(lines).toHaveLength(size.rows);
      for (const line of lines) {
        expect(displayWidth(line), line).toBeLessThanOrEqual(size.columns);
        // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u);
      }
    }
  });
});
