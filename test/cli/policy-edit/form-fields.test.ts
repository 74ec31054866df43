/** What the fields of the form say is wrong. */
import { expect, test } from 'vitest';
import { validateExpires, validateName, validateOwner, validateReason } from '../../../cli/policy/edit/form-fields.ts';

test('a reason, an owner and a name are needed, on one line', () => {
  expect(validateReason(' ')).toBe('a reason is missing: say what it is needed or accepted for');
  expect(validateOwner('')).toBe('an owner is missing: say who answers for it');
  expect(validateName('', [])).toBe('a name is missing: findings show it');
  expect(validateReason('two\nlines')).toBe('this must be on one line');
  expect(validateOwner('a\u0007')).toBe('this holds a tab or a character that does not show');
  expect(validateReason('x'.repeat(501))).toBe('this has 501 characters; at most 500 are taken');
  expect([validateReason(' lab: # 1 '), validateOwner('net'), validateName('feed', ['Feed'])]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a name is not given twice', () => {
  expect(validateName(' feed ', ['plant', 'feed'])).toBe(
    'there is an approval "feed" already; give this one another name',
  );
});

test('an end is a day that has not passed, or none', () => {
  const today = '2026-11-22';
  expect(['', '2026-11-22', ' 2028-02-29 '].map((text) => validateExpires(text, today))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(validateExpires('2026-11-21', today)).toBe('2026-11-21 has passed; today is 2026-11-22');
  expect(validateExpires('2027-02-29', today)).toBe('there is no day 2027-02-29');
  expect(validateExpires('31.3.2027', today)).toBe('"31.3.2027" is not a day such as 2027-03-31');
});
