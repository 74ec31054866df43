/* eslint-disable no-control-regex -- control characters are what this file is about */

/** Controls of C0 and C1, line and paragraph separators, and marks that turn the direction of writing around. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of a configuration made safe to print: a tab becomes a blank and other control characters a visible `·`, one for one
 * so that columns stay true. Otherwise a description or banner could steer the terminal of whoever reads the report.
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\t' ? ' ' : '·'));
}
