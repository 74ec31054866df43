import { assert, integer, nat, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centredOn, LIST_START, movedTo, shown } from '../../../cli/tui/list.ts';

describe('a list', () => {
  test('scrolls no further than its cursor needs', () => {
    const extent = { length: 100, height: 10 };
    const down = movedTo(LIST_START, 9, extent);
    expect(down).toEqual({ cursor: 9, top: 0 });
    expect(movedTo(down, 10, extent)).toEqual({ cursor: 10, top: 1 });
    expect(movedTo({ cursor: 50, top: 45 }, 44, extent)).toEqual({ cursor: 44, top: 44 });
  });

  test('shows its end when it has become shorter', () => {
    expect(shown({ cursor: 90, top: 85 }, { length: 20, height: 10 })).toEqual({ first: 10, end: 20, cursor: 19 });
  });

  test('puts a line in the middle with what is around it', () => {
    expect(centredOn(50, { length: 100, height: 11 })).toEqual({ cursor: 50, top: 45 });
    expect(centredOn(2, { length: 100, height: 11 })).toEqual({ cursor: 2, top: 0 });
    expect(centredOn(500, { length: 100, height: 11 })).toEqual({ cursor: 99, top: 89 });
  });

  test('always shows its cursor and is never emptier than it has to be', () => {
    const list = record({ cursor: nat(300), top: nat(300) });
    assert(
      property(
        list,
        integer({ min: -5, max: 400 }),
        integer({ min: 1, max: 300 }),
        integer({ min: 1, max: 60 }),
        (from, to, length, height) => {
          const moved = movedTo(from, to, { length, height });
          const { first, end, cursor } = shown(moved, { length, height });
          expect(cursor).toBe(Math.max(0, Math.min(to, length - 1)));
          expect(first).toBeLessThanOrEqual(cursor);
          expect(cursor).toBeLessThan(end);
          expect(end - first).toBe(Math.min(length, height));
        },
      ),
    );
  });
});
