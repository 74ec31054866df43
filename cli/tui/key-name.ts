import type { Key } from 'ink';
import type { UiInput } from './store/event.ts';

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** A key press by its name, as the key table has it: `j`, `G`, `ctrl+d`, `shift+tab`, `esc`. */
export function keyName(input: string, key: Key): string {
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named !== undefined) return named[1];
  return key.ctrl ? `ctrl+${input.toLowerCase()}` : input;
}

const CONTROLS: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', '\u007f': 'backspace' };

/**
 * What was typed, one after the other: over a slow line a whole burst of keys comes in one piece, with enter and tab among the letters.
 * What is pasted comes another way, so that a line end in it presses nothing.
 */
export function inputsIn(text: string): UiInput[] {
  // oxlint-disable-next-line no-control-regex -- control characters are the keys that are looked for
  return (text.match(/[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/gu) ?? []).map((piece): UiInput => {
    const code = piece.charCodeAt(0);
    if (CONTROLS[piece] !== undefined) return { kind: 'key', key: CONTROLS[piece] };
    // A control character is its letter's code less 64 (ECMA-48 §5.1).
    if (code < 32) return { kind: 'key', key: `ctrl+${String.fromCharCode(code + 96)}` };
    return /^.\p{M}*$/su.test(piece) ? { kind: 'key', key: piece } : { kind: 'text', text: piece };
  });
}
