import { describe, expect, test } from 'vitest';
import { drawExcerpt } from '../../cli/terminal/excerpt.ts';
import { ansiPaint, choosePaint, plainPaint } from '../../cli/terminal/paint.ts';
import { startProgress } from '../../cli/terminal/progress.ts';
import { drawTable } from '../../cli/terminal/table.ts';
import { visible } from '../../cli/terminal/visible.ts';
import { cut, displayWidth, wrap } from '../../cli/terminal/width.ts';
import { fakeIo } from './support/fake-io.ts';

describe('width', () => {
  test.each([
    ['plain', 5],
    ['東京', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍💻', 2],
    ['ｆｗ', 4],
    ['', 0],
  ])('of %j is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('a cut text keeps within its columns and shows that it is cut', () => {
    expect(cut('東京大阪', 5)).toBe('東京…');
    expect(cut('edge', 4)).toBe('edge');
  });

  test('wrapping loses no word and breaks none', () => {
    expect(wrap('one two averyverylongword x', 8)).toEqual(['one two', 'averyverylongword', 'x']);
  });
});

describe('excerpt', () => {
  const line = 'access-list OUT extended permit tcp any host 192.0.2.10 eq 1883';

  test('puts the caret below the part and the note behind it', () => {
    const excerpt = { line: 88, text: line, start: 25, end: 31, note: 'permits' };
    expect(drawExcerpt(excerpt, 3, 80, 'danger', plainPaint)).toEqual([
      ` 88 | ${line}`,
      `    | ${' '.repeat(25)}^^^^^^ permits`,
    ]);
  });

  test('cuts a long line to a window that holds the part', () => {
    const excerpt = { line: 1, text: `${'x'.repeat(100)}HERE${'y'.repeat(100)}`, start: 100, end: 104 };
    const [text = '', caret = ''] = drawExcerpt(excerpt, 1, 44, 'danger', plainPaint);
    expect(text.length).toBeLessThanOrEqual(44);
    expect(text.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('HERE');
  });

  test('places the caret by columns, not by letters', () => {
    const excerpt = { line: 1, text: 'remark 東京 x', start: 10, end: 11 };
    expect(drawExcerpt(excerpt, 1, 80, 'danger', plainPaint)[1]).toBe(`  | ${' '.repeat(12)}^`);
  });
});

test('a table cuts its flexible column only', () => {
  const columns = [
    { title: 'device', flexible: { minWidth: 6 } },
    { title: 'n', align: 'right' as const },
  ];
  expect(
    drawTable(
      columns,
      [
        ['a-very-long-name', '1'],
        ['東京', '22'],
      ],
      12,
    ),
  ).toEqual(['device     n', 'a-very-…   1', '東京      22']);
});

test('control characters of a config never reach the terminal', () => {
  expect(visible('a\u001b[2Jb\tc\u0007\u202ed')).toBe('a·[2Jb c··d');
});

describe('colour', () => {
  const terminal = { write() {}, isTTY: true };
  test.each([
    [undefined, {}, true],
    [undefined, { NO_COLOR: '1' }, false],
    [undefined, { NO_COLOR: '' }, true],
    [undefined, { TERM: 'dumb' }, false],
    [true, { NO_COLOR: '1' }, true],
    [false, {}, false],
  ])('wanted %j with %j: %j', (wanted, env, coloured) => {
    expect(choosePaint(wanted, terminal, env)).toBe(coloured ? ansiPaint : plainPaint);
  });

  test('is off where there is no terminal', () => {
    expect(choosePaint(undefined, { ...terminal, isTTY: false }, {})).toBe(plainPaint);
  });
});

describe('progress', () => {
  test('says nothing in the first half second, then where it is, and leaves no trace', () => {
    const { io, outcome } = fakeIo({ terminalColumns: 20 });
    const progress = startProgress(9, io);
    progress.update(0, 'a.cfg');
    expect(outcome().stderr).toBe('');
    progress.update(1, 'a-long-file-name.cfg');
    progress.end();
    expect(outcome().stderr).toBe('\r\u001b[2K1/9 a-long-file-na…\r\u001b[2K');
  });

  test('says nothing where stderr is no terminal', () => {
    const { io, outcome } = fakeIo({});
    const progress = startProgress(9, io);
    for (let done = 0; done < 9; done += 1) progress.update(done, 'a.cfg');
    progress.end();
    expect(outcome().stderr).toBe('');
  });
});
