import type { Span } from '../../parsers/source.ts';

/**
 * Which part of a trimmed statement a span means, as offsets. The span counts from the beginning of the line, and how far the
 * statement was indented is not known: the least indentation that makes the part begin and end with whole words is taken, and
 * all of the statement where none does.
 */
export function evidenceMark(span: Span, text: string): { readonly start: number; readonly end: number } {
  const length = span.endColumn - span.column;
  const whole = { start: 0, end: text.length };
  if (length >= text.length) return whole;
  for (let start = span.column - 1; start >= 0; start -= 1) {
    const end = start + length;
    const isWords = end <= text.length && isBlank(text[start - 1]) && isBlank(text[end]) && !isBlank(text[start]);
    if (isWords) return { start, end };
  }
  return whole;
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || ' \t"\'<>;{}[]'.includes(character);
}
