import { z } from 'zod';

/* Parts that several schemas of the JSON reports have in common. */

export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
export const whole = z.int().min(0);

export const Span = z
  .strictObject({
    source: z.string().describe('Name of the input: a path as given, or <stdin>.'),
    line: z.int().min(1).describe('1-based line.'),
    column: z.int().min(1).describe('1-based column in UTF-16 code units.'),
    endColumn: z.int().min(1).describe('Column after the last one that is meant.'),
  })
  .meta({ id: 'Span', title: 'Place in an input' });

export const texts = list(z.string());

export const Crossing = z
  .strictObject({ from: z.string(), to: z.string() })
  .meta({ id: 'Crossing', title: 'Ordered pair of segments' });

export const Reach = z
  .enum(['session', 'first-packets'])
  .describe('On devices that recognise applications: whether sessions stay permitted once they are recognised.');
