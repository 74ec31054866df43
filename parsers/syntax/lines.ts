import type { Span } from '../source.ts';

/** One non-blank line of a source, cleaned of terminal residue. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  /** 1-based column of the first character of `text` in the original line. */
  readonly column: number;
  /** Leading blanks (a tab counts as one). What nests statements. */
  readonly indent: number;
  /** Without leading and trailing blanks. */
  readonly text: string;
  /** Where it stands, for lines of several texts that are read as one and numbered on. */
  readonly place?: { readonly source: string; readonly line: number };
}

// What a pager leaves at the start of a line: IOS ` --More-- ` and backspaces, ASA `<--- More --->`, a carriage return
// and blanks, each followed by the line itself.
// oxlint-disable-next-line no-control-regex -- backspaces and escapes are what is looked for
const PAGER = /^[ \t]*(?:<-+ ?More ?-+>|-+ ?More ?-+)(?:\([^)]*\))?[ \b\r\t]*/i;
// oxlint-disable-next-line no-control-regex
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>78cDEHM])/g;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0002\u0004-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Non-blank lines in order. Accepts LF, CRLF and lone CR at line ends, a byte order mark, and pager residue. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let number = 1;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const length = text.length;
  while (start < length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = length;
    const line = readLine(text, start, end, number, lines.at(-1)?.indent ?? 0);
    // A byte order mark is part of the first line: columns count it.
    if (line !== undefined) lines.push(number === 1 && start === 1 ? { ...line, column: line.column + 1 } : line);
    number += 1;
    start = end + 1;
  }
  return lines;
}

function readLine(text: string, start: number, end: number, number: number, before: number): Line | undefined {
  let first = start;
  let code = text.charCodeAt(first);
  while (first < end && (code === 32 || code === 9)) {
    first += 1;
    code = text.charCodeAt(first);
  }
  let last = end;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last -= 1;
  if (first >= last) return undefined;
  const content = text.slice(first, last);
  if (((code === 60 || code === 45) && PAGER.test(content)) || CONTROL.test(content))
    return cleaned(text.slice(start, last), number, before);
  return { number, column: first - start + 1, indent: first - start, text: content };
}

/**
 * The slow way for lines with control characters or something that looks like a pager's prompt: what the terminal showed
 * in the end. Where a pager's backspaces are lost, the line's own indentation is too; it is taken to be that of the line
 * above (`before`), because a pager mostly interrupts a block.
 */
function cleaned(raw: string, number: number, before: number): Line | undefined {
  const plain = raw.replaceAll(ANSI, '');
  const carriage = plain.lastIndexOf('\r');
  const behind = carriage < 0 ? '' : plain.slice(carriage + 1);
  const text = behind.trim() === '' ? withoutPager(plain, before) : displayed(behind);
  const content = text.trim();
  // A pager alone on its line: something stands there, and it says nothing. A comment says as much.
  if (content === '') return raw.trim() === '' ? undefined : { number, column: 1, indent: before, text: '!' };
  const at = raw.indexOf(content);
  return { number, column: (at < 0 ? 0 : at) + 1, indent: text.length - text.trimStart().length, text: content };
}

function withoutPager(plain: string, before: number): string {
  const pager = PAGER.exec(plain)?.[0];
  if (pager === undefined) return displayed(plain);
  if (pager.includes('\b')) return displayed(' '.repeat(pager.indexOf('\b')) + plain.slice(pager.indexOf('\b')));
  const rest = displayed(plain.slice(pager.length));
  return ' '.repeat(/[ \t]$/.test(pager) ? before : 0) + rest;
}

/** What stands there after backspaces took the cursor back and later characters replaced earlier ones. */
function displayed(text: string): string {
  const cells: string[] = [];
  let cursor = 0;
  for (const character of text) {
    if (character === '\b') cursor = Math.max(0, cursor - 1);
    else if (!CONTROL.test(character)) {
      cells[cursor] = character;
      cursor += 1;
    }
  }
  return cells.join('');
}

function isBlank(code: number): boolean {
  return code === 32 || code === 13 || code === 9 || code === 12;
}

/** The words of a text, split at blanks. */
export function splitWords(text: string): string[] {
  // Nearly every line has no other blanks than spaces, which the engine finds faster than a loop over characters.
  if (text.includes('\t') || text.includes('\r') || text.includes('\f')) return splitAtBlanks(text);
  const words: string[] = [];
  let start = 0;
  for (let end = text.indexOf(' '); end >= 0; end = text.indexOf(' ', start)) {
    if (end > start) words.push(text.slice(start, end));
    start = end + 1;
  }
  if (start < text.length) words.push(text.slice(start));
  return words;
}

function splitAtBlanks(text: string): string[] {
  return text.split(/[ \t\r\f]+/).filter((word) => word !== '');
}

/** The span of a whole line's text. */
export function lineSpan(source: string, line: Line): Span {
  return {
    source: line.place?.source ?? source,
    line: line.place?.line ?? line.number,
    column: line.column,
    endColumn: line.column + line.text.length,
  };
}

/** The span of word `index` (0-based) of a line; of the whole line when it has fewer words. */
export function wordSpan(source: string, line: Line, index: number): Span {
  let at = 0;
  for (let word = 0; at < line.text.length; word += 1) {
    while (at < line.text.length && isBlank(line.text.charCodeAt(at))) at += 1;
    const start = at;
    while (at < line.text.length && !isBlank(line.text.charCodeAt(at))) at += 1;
    if (word === index && at > start) {
      return { ...lineSpan(source, line), column: line.column + start, endColumn: line.column + at };
    }
  }
  return lineSpan(source, line);
}
