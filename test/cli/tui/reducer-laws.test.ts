import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../cli/terminal/width.ts';
import { frameLines } from '../../../cli/tui/frame.ts';
import { BINDINGS } from '../../../cli/tui/keymap.ts';
import type { Effect } from '../../../cli/tui/store/effect.ts';
import type { UiEvent } from '../../../cli/tui/store/event.ts';
import { bodyArea, topScreen, type Model } from '../../../cli/tui/store/model.ts';
import { update } from '../../../cli/tui/store/update.ts';
import { plainTheme } from '../../../cli/tui/theme.ts';
import { viewOf } from '../../../cli/tui/views/shown-view.ts';
import { inWorld, type WorldName } from './support/worlds.ts';

/* What holds whatever keys are pressed. Questions are not answered here, unless the answer is known already. */

const KEYS = [
  ...new Set(BINDINGS.flatMap(({ keys }) => keys)),
  'backspace',
  'delete',
  'ctrl+a',
  'ctrl+e',
  'ctrl+k',
  'ctrl+w',
  '漢',
  '\u0301',
];
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('severity:high+', 'device:"edge', '12', '\r', ':flows\r', '/mqtt\r', 'w', '999999999999'),
);
const event: fc.Arbitrary<UiEvent> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...KEYS).map((key): UiEvent => ({ kind: 'key', key })) },
  { weight: 1, arbitrary: text.map((each): UiEvent => ({ kind: 'keys', text: each })) },
  { weight: 1, arbitrary: text.map((each): UiEvent => ({ kind: 'text', text: each })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ columns: fc.integer({ min: 20, max: 300 }), rows: fc.integer({ min: 5, max: 90 }) })
      .map((size): UiEvent => ({ kind: 'resize', size })),
  },
);

const WORLDS: readonly WorldName[] = ['samples', 'wild', 'empty', 'broken', 'refused'];
const QUITTING = new Set(['q', 'ctrl+c']);

/** A world in which some of what views ask for has been answered. */
async function begun(name: WorldName): Promise<Model> {
  const driver = await inWorld(name);
  await driver.press('3', '1', 'c', '1', 't', 'enter', 'esc');
  return driver.model;
}

function quits(effects: readonly Effect[]): boolean {
  return effects.some(({ kind }) => kind === 'quit');
}

/** What must be so at any time; throws where it is not. */
function look(model: Model): void {
  expect(model.screens.length).toBeGreaterThan(0);
  expect(model.screens.length).toBeLessThanOrEqual(30);
  const screen = topScreen(model);
  const { length } = viewOf(screen).extent(model, bodyArea(model));
  const { cursor, top } = screen.list;
  expect(cursor).toBeGreaterThanOrEqual(0);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThanOrEqual(cursor);
  if (length > 0) expect(cursor).toBeLessThan(length);
  const lines = frameLines(model, plainTheme);
  expect(lines).toHaveLength(model.size.rows);
  // An option of the reports: it cannot be given here.
  expect(lines.join('\n')).not.toContain('--verbose');
  for (const line of lines) {
    expect(displayWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(model.size.columns);
  }
}

describe.each(WORLDS)('in the world %s', (name) => {
  test('no keys break the screen, and none but q and ctrl+c end the program', async () => {
    const start = await begun(name);
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
        let model = start;
        for (const each of events) {
          const { model: next, effects } = update(model, each);
          const isQuitting = each.kind === 'keys' ? /q/u.test(each.text) : isQuitKey(each);
          if (!isQuitting) expect(quits(effects)).toBe(false);
          if (model.dialog !== undefined && each.kind !== 'keys') expect(quits(effects)).toBe(false);
          model = next;
        }
        look(model);
      }),
      { numRuns: 150 },
    );
  });

  test('looking does not change anything, and what is exported holds no control characters', async () => {
    const start = await begun(name);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...KEYS.slice(0, -8)), { maxLength: 8 }), (keys) => {
        const model = keys.reduce((now, key) => update(now, { kind: 'key', key }).model, start);
        const screen = topScreen(model);
        expect(frameLines(model, plainTheme)).toEqual(frameLines(model, plainTheme));
        const exported = viewOf(screen).export(model);
        // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(exported).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
      }),
      { numRuns: 60 },
    );
  });

  test('as many steps back as forth lead to the first view as it was', async () => {
    const start = await begun(name);
    const views = ['1', '2', '3', '5', '7', '9', '?'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...views), { minLength: 1, maxLength: 20 }), (keys) => {
        const first = { ...start, screens: [start.screens[0]] as const, notice: undefined };
        let model: Model = first;
        for (const key of keys) {
          model = update(model, { kind: 'key', key }).model;
          // The form of a trace has the keys until it is left.
          if (topScreen(model).view === 'trace') model = update(model, { kind: 'key', key: 'esc' }).model;
        }
        while (model.screens.length > 1) {
          const { length } = model.screens;
          model = update(model, { kind: 'key', key: 'esc' }).model;
          expect(model.screens.length).toBeLessThanOrEqual(length);
        }
        expect(model.screens).toEqual(first.screens);
      }),
      { numRuns: 40 },
    );
  });
});

function isQuitKey(event: UiEvent): boolean {
  return event.kind === 'key' && QUITTING.has(event.key);
}
