import { array, assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, writeCsv } from '../../cli/trace/csv.ts';

function fieldsOf(text: string): readonly (readonly string[])[] | string {
  const result = readCsv(text);
  return result.kind === 'problem' ? result.message : result.records.map(({ fields }) => fields);
}

describe('CSV (RFC 4180)', () => {
  test.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,b', [['a', 'b']]],
    ['a,\n', [['a', '']]],
    ['a,', [['a', '']]],
    [',\n', [['', '']]],
    ['"a,b","c""d"\n', [['a,b', 'c"d']]],
    ['"a\nb",c\n', [['a\nb', 'c']]],
    ['\ufeffa\n\n\nb\n', [['a'], ['b']]],
    ['', []],
    ['""\n', []],
  ])('%j', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  test('names the line of a quote that is not closed, or stands inside a field', () => {
    expect(fieldsOf('a\nb,"c\nd')).toBe('line 2: a quote is not closed or stands inside a field');
    expect(fieldsOf('a"b\n')).toBe('line 1: a quote is not closed or stands inside a field');
    expect(fieldsOf('"a"b\n')).toBe('line 1: a quote is not closed or stands inside a field');
  });

  test('counts the lines that a quoted field spans', () => {
    const result = readCsv('h\n"a\r\nb\nc"\nd\n');
    expect(result.kind === 'records' && result.records.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  test('reads back whatever it writes', () => {
    const record = array(string({ unit: 'binary' }), { minLength: 2, maxLength: 5 });
    assert(
      property(array(record, { minLength: 1, maxLength: 5 }), (records) => {
        // A byte order mark at the very beginning is not data.
        const header = ['h', 'i'];
        expect(fieldsOf([header, ...records].map(writeCsv).join(''))).toEqual([header, ...records]);
      }),
    );
  });
});
