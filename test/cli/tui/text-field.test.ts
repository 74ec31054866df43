import { describe, expect, test } from 'vitest';
import { edited, textField, typed } from '../../../cli/tui/text-field.ts';

function after(text: string, ...keys: readonly string[]): string {
  let field = textField(text);
  for (const key of keys) field = edited(field, key) ?? typed(field, key);
  return `${field.text.slice(0, field.cursor)}|${field.text.slice(field.cursor)}`;
}

describe('a text field', () => {
  test.each([
    ['', ['a', 'b'], 'ab|'],
    ['abc', ['left', 'x'], 'abx|c'],
    ['abc', ['home', 'x'], 'x|abc'],
    ['abc', ['home', 'right', 'delete'], 'a|c'],
    ['abc', ['home', 'left', 'backspace'], '|abc'],
    ['abc', ['end', 'right', 'delete'], 'abc|'],
    ['two words', ['ctrl+w'], 'two |'],
    ['two words ', ['ctrl+w'], 'two |'],
    ['two words', ['left', 'ctrl+u'], '|s'],
    ['two words', ['ctrl+a', 'right', 'ctrl+k'], 't|'],
    ['a🇸🇪', ['backspace'], 'a|'],
    ['é漢', ['left', 'left', 'x'], 'x|é漢'],
  ])('%s after %s', (text, keys, expected) => {
    expect(after(text, ...keys)).toBe(expected);
  });

  test('takes a pasted text as one line', () => {
    expect(typed(textField('a'), 'b\r\nc\u001b[31md').text).toBe('ab c [31md');
  });

  test('leaves keys alone that mean nothing in it', () => {
    expect(edited(textField('a'), 'enter')).toBeUndefined();
    expect(edited(textField('a'), 'pageup')).toBeUndefined();
  });
});
