import type { Key } from 'ink';

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

/** Keys that came in one piece, each by its name. */
export function keyNames(text: string): string[] {
  return Array.from(text, (character) => CONTROLS.get(character) ?? controlName(character));
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\b', 'backspace'],
  ['\u007f', 'backspace'],
  ['\u001b', 'esc'],
]);

/** Controls of C0 are what a terminal sends for a letter with control held down. */
function controlName(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0 && code < 0x1b ? `ctrl+${String.fromCharCode(code + 0x60)}` : character;
}

/** A key press by its name, as the key table has it: `j`, `G`, `ctrl+d`, `shift+tab`, `esc`. */
export function keyName(input: string, key: Key): string {
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named !== undefined) return named[1];
  return key.ctrl ? `ctrl+${input.toLowerCase()}` : input;
}
