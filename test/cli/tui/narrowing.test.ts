import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filtered, readFilter, type Searchable } from '../../../cli/tui/filter.ts';
import { narrowing } from '../../../cli/tui/narrowing.ts';

interface Row extends Searchable {
  readonly name: string;
}

const FIELDS = ['device', 'severity'];
const WORDS = ['mqtt', 'mqtts', 'amqp', 'edge', 'core', 'outside'];
const severity = fc.constantFrom('critical', 'high', 'medium', 'low', 'info');

const row: fc.Arbitrary<Row> = fc
  .record({ words: fc.subarray(WORDS), device: fc.constantFrom(...WORDS), severity, name: fc.string() })
  .map(({ words, device, severity, name }) => ({
    name,
    text: [...words, device].join(' '),
    fields: { device: [device], severity: [severity] },
  }));

/** What somebody types: letters, words and fields, taken back now and then. */
const typed: fc.Arbitrary<readonly string[]> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('mqtsaedg'), ' ', '!', '"', '\b', '\b\b\b'),
      fc.constantFrom(...WORDS, '!mqtts', ' device:edge', ' device:e*', ' severity:high+', ' severity:h', ' nothing:x'),
    ),
    { maxLength: 20 },
  )
  .map((keys) => {
    let text = '';
    return keys.map((key) => {
      text = key.startsWith('\b') ? text.slice(0, -key.length) : text + key;
      return text;
    });
  });

describe('narrowing', () => {
  test('gives what filtering all rows gives, whatever was typed before', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.array(row, { maxLength: 5 }), typed, (rows, others, texts) => {
        const narrowed = narrowing<Row>();
        for (const [at, text] of texts.entries()) {
          const filter = readFilter(text, FIELDS);
          // Now and then the rows are others: files were read again.
          const now = at % 7 === 6 ? others : rows;
          expect(narrowed(now, filter), text).toEqual(filtered(now, filter, (each) => each));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('looks only at rows that can fit', () => {
    const looked: string[] = [];
    const rows = ['mqtt a', 'mqtt b', 'amqp'].map((text) => ({
      get text(): string {
        looked.push(text);
        return text;
      },
      fields: {},
    }));
    const narrowed = narrowing<Searchable>();
    const seen = (text: string): readonly string[] => {
      looked.length = 0;
      narrowed(rows, readFilter(text, FIELDS));
      return [...looked];
    };
    expect(seen('m')).toEqual(['mqtt a', 'mqtt b', 'amqp']);
    expect(seen('mq')).toEqual(['mqtt a', 'mqtt b', 'amqp']);
    expect(seen('mqt')).toEqual(['mqtt a', 'mqtt b', 'amqp']);
    expect(seen('mqtt')).toEqual(['mqtt a', 'mqtt b']);
    expect(seen('mqtt !a')).toHaveLength(4);
    expect(seen('amqp')).toEqual(['mqtt a', 'mqtt b', 'amqp']);
  });
});
