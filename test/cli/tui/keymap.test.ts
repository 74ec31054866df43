import { describe, expect, test } from 'vitest';
import { BINDINGS, bindingsOf } from '../../../cli/tui/keymap.ts';
import type { ViewId } from '../../../cli/tui/store/screens.ts';

const VIEWS: readonly ViewId[] = [
  'overview',
  'findings',
  'finding',
  'source',
  'flows',
  'trace',
  'rules',
  'changes',
  'coverage',
  'collect',
  'help',
];

describe('the key table', () => {
  test.each(VIEWS)('gives every key of %s one meaning', (view) => {
    const keys = bindingsOf(view).flatMap((binding) => binding.keys);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test('lets one leave, go back and ask for help everywhere', () => {
    for (const view of VIEWS) {
      const acts = bindingsOf(view).map(({ act }) => act);
      expect(acts).toEqual(expect.arrayContaining(['back', 'help', 'quit', 'down', 'up', 'goto', 'export']));
    }
  });

  test('has arrow keys beside those of vi', () => {
    for (const [act, letter, arrow] of [
      ['down', 'j', 'down'],
      ['up', 'k', 'up'],
      ['left', 'h', 'left'],
      ['right', 'l', 'right'],
    ]) {
      expect(BINDINGS.find((binding) => binding.act === act)?.keys).toEqual(expect.arrayContaining([letter, arrow]));
    }
  });

  test('never lets esc quit', () => {
    expect(BINDINGS.find(({ keys }) => keys.includes('esc'))?.act).toBe('back');
  });

  test('says what each key does, in help and footer', () => {
    for (const { help, hint, act } of BINDINGS) {
      expect(help, act).toMatch(/^[a-zA-Z][^.]+$/u);
      expect(hint.length, act).toBeGreaterThan(1);
      expect(hint.length, act).toBeLessThan(11);
    }
  });
});
