import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureFileName } from '../../../cli/sources/inventory/device-names.ts';

test.each([
  ['fw1.example-2_b', 'fw1.example-2_b'],
  ['a/b', 'a%2Fb'],
  ['..', '%2E%2E'],
  ['.hidden', '%2Ehidden'],
  ['end.', 'end%2E'],
  ['a b', 'a%20b'],
  ['é', '%C3%A9'],
  ['a%2Fb', 'a%252Fb'],
  ['con', '%63on'],
  ['NUL.txt', '%4EUL.txt'],
  ['console', 'console'],
])('%s is called %s', (name, file) => {
  expect(captureFileName(name)).toBe(file);
});

test('any name is a file of its own in the directory, and gives itself back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      const file = captureFileName(name);
      expect(file).toMatch(/^(?!\.)[\w.%-]+(?<!\.)$/u);
      expect(decodeURIComponent(file)).toBe(name);
    }),
  );
});
