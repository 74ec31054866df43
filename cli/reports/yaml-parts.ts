/* eslint-disable no-control-regex -- control characters are what is escaped here */

import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';

const COLUMNS = 100;

/** Words that YAML takes as text without quotes, in a list and outside. */
const PLAIN = /^(?:[A-Za-z][\w./-]*|\d{1,3}(?:\.\d{1,3}){3}(?:[/-][\d./]+)?)$/u;
const SPOKEN_FOR = /^(?:true|false|yes|no|on|off|null|y|n)$/iu;

/** A text as a YAML value: plain where that is safe, else in double quotes. */
export function word(text: string): string {
  if (PLAIN.test(text) && !SPOKEN_FOR.test(text)) return text;
  const quoted = JSON.stringify(text);
  return quoted.replace(/[\u007f-\u009f\u2028\u2029\ufeff]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A comment, wrapped; what it quotes from a configuration can neither end it nor steer a terminal. */
export function comment(text: string, indent = 0): string[] {
  const margin = `${' '.repeat(indent)}# `;
  return wrap(visible(maskSecrets(text)), COLUMNS - margin.length).map((line) => `${margin}${line}`);
}
