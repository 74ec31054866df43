import type { PlacedWord } from './build.ts';
import { RULE_KINDS } from './places.ts';

/** A rule that is only counted. */
export interface UnreadRule {
  /** The word of its rulebase: `security`. */
  readonly word: string;
  readonly name: PlacedWord;
}

const TAG = /<(?<close>\/?)(?<name>[A-Za-z][\w.-]*)(?<rest>[^<>]*)>/g;

/**
 * Rules behind the place where XML is no longer well-formed, by a plain look at its tags. `open` are the elements that are
 * open there; a closing tag without its element is passed over, one of an outer element closes what is in it.
 */
export function rulesBehind(text: string, offset: number, open: readonly string[]): readonly UnreadRule[] {
  const stack = [...open];
  const rules: UnreadRule[] = [];
  const rest = text.slice(offset);
  let [line, counted] = [text.slice(0, offset).split('\n').length, offset];
  for (const { index, groups } of rest.matchAll(TAG)) {
    const name = groups?.['name'] ?? '';
    const attributes = groups?.['rest'] ?? '';
    if (groups?.['close'] === '/') {
      const at = stack.lastIndexOf(name);
      if (at >= 0) stack.length = at;
      continue;
    }
    const [base = '', word = '', list = ''] = stack.slice(-3);
    if (name === 'entry' && list === 'rules' && RULE_KINDS.has(word) && base.endsWith('rulebase')) {
      const at = offset + index;
      for (; counted < at; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
      const column = at - text.lastIndexOf('\n', at) + 1;
      rules.push({ word, name: { text: name, line, column, endColumn: column + name.length } });
    }
    if (!attributes.endsWith('/')) stack.push(name);
  }
  return rules;
}
