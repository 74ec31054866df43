const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Letters that terminals draw two columns wide (Unicode UAX #11, classes W and F, by script). */
const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;
const EMOJI_STYLE = '\ufe0f';

/** Letters and signs of one column that nothing joins: ASCII, Latin, dashes and quotes, arrows, lines and boxes. */
const NARROW = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc]*$/;

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(segment: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(segment)) return 0;
  return WIDE.test(segment) || segment.includes(EMOJI_STYLE) ? 2 : 1;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** The text, or its beginning and `…` when it takes more than `width` columns. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (NARROW.test(text)) return `${text.slice(0, Math.max(0, width - 1))}…`;
  let result = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width - 1) break;
    result += segment;
  }
  return `${result}…`;
}

/** The text, or its beginning and end with `…` between them when it takes more than `width` columns. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const letters = lettersOf(text);
  const headWidth = Math.floor(Math.max(0, width - 1) / 2);
  const head = fitting(letters, headWidth);
  const tail = fitting(letters.toReversed(), Math.max(0, width - 1) - headWidth).toReversed();
  return `${head.join('')}…${tail.join('')}`;
}

/** What a reader takes for single letters, marks and joined emoji with them. */
export function lettersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The first letters, as many as fit in `width` columns. */
export function fitting(letters: readonly string[], width: number): string[] {
  let used = 0;
  const end = letters.findIndex((letter) => {
    used += graphemeWidth(letter);
    return used > width;
  });
  return end < 0 ? [...letters] : letters.slice(0, end);
}

/** Lines of at most `width` columns, broken at blanks; a word that is wider stands alone and whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines;
}
