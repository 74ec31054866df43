/** What a terminal shows for what pagers and line editors send. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Screen } from '../../../cli/sources/ssh/screen.ts';

function shown(...pieces: readonly string[]): { readonly lines: readonly string[]; readonly line: string } {
  const screen = new Screen();
  for (const piece of pieces) screen.feed(piece);
  return { lines: screen.lines, line: screen.line };
}

describe('a screen', () => {
  test('ends lines at line feeds, however many carriage returns stand before them', () => {
    expect(shown('a\r\nb\nc\r\r\nd')).toEqual({ lines: ['a', 'b', 'c'], line: 'd' });
  });

  test.each([
    ['IOS', ' --More-- ', '\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b'],
    ['NX-OS', '--More--', '\r\u001b[K'],
    ['ASA', '<--- More --->', '\r              \r'],
    ['Junos', '---(more 45%)---', '\r                                        \r'],
    ['PAN-OS', '\u001b[7mlines 1-23\u001b[m', '\r\u001b[K'],
  ])('shows nothing of a pager of %s, whatever follows it', (_name, pager, erase) => {
    for (const next of [' indented line', 'x', '', 'a line longer than the pager before it', 'end  '])
      expect(shown(`before\r\n${pager}${erase}${next}\r\nafter\r\n`).lines).toEqual(['before', next, 'after']);
  });

  test('keeps blanks at the end of a line that is no pager', () => {
    expect(shown('description office  \r\n').lines).toEqual(['description office  ']);
  });

  test('takes back what backspace takes back', () => {
    expect(shown('show verx\b \bsion\r\n').lines).toEqual(['show version']);
  });

  test('leaves out colours, titles and bells', () => {
    expect(shown('\u001b[1;32mgreen\u001b[0m \u001b]0;title\u0007b\u0007ell\u001b(B\r\n').lines).toEqual([
      'green bell',
    ]);
  });

  test('keeps tabs, letters beyond ASCII and the delimiter of banners', () => {
    expect(shown('\tcaf\u00e9 \u0003 ^C\r\n').lines).toEqual([
      '\tcaf\u00e9 ^C'.replace('caf\u00e9 ^C', 'caf\u00e9  ^C'),
    ]);
  });

  test('shows the same however the input is cut up', () => {
    const token = fc.constantFrom(
      'a',
      ' ',
      'line of text',
      '\r',
      '\n',
      '\r\n',
      '\b',
      '\u001b[K',
      '\u001b[7m',
      '\u001b[3D',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), fc.array(fc.nat({ max: 7 })), (tokens, sizes) => {
        const text = tokens.join('');
        const pieces: string[] = [];
        for (let at = 0, index = 0; at < text.length; index += 1) {
          const size = 1 + (sizes[index % Math.max(1, sizes.length)] ?? 0);
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        expect(shown(...pieces)).toEqual(shown(text));
      }),
    );
  });
});
