/** A replacement of a part of a text; `start` and `end` are equal where something is put in. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Ways to put an entry into a text, the best one first; or why there is none, as the end of a sentence. */
export type Places =
  | { readonly kind: 'places'; readonly ways: readonly (readonly Splice[])[] }
  | { readonly kind: 'none'; readonly because: string };

/** The text with all splices, which must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  return splices
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, text: put }) => rest.slice(0, start) + put + rest.slice(end), text);
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the next line begins; the end of the text in its last line. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** Characters before the offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The line end in use where the offset is, else in the text. */
export function lineEndAt(text: string, offset: number): '\n' | '\r\n' {
  const before = text.lastIndexOf('\n', offset - 1);
  const end = before < 0 ? text.indexOf('\n') : before;
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** Puts lines in where a line begins, or at the end of the text, which keeps its last line with or without a line end. */
export function linesAt(text: string, offset: number, lines: readonly string[]): Splice {
  const end = lineEndAt(text, offset);
  const isAfterLine = offset === 0 || text[offset - 1] === '\n';
  const put = isAfterLine ? lines.map((line) => `${line}${end}`) : lines.map((line) => `${end}${line}`);
  return { start: offset, end: offset, text: put.join('') };
}

/** Beyond comment lines that follow directly and are indented by at least `indent`. */
export function afterComments(text: string, offset: number, indent: number): number {
  let at = offset;
  while (at < text.length) {
    const end = nextLine(text, at);
    const margin = /^(?<margin> *)#/u.exec(text.slice(at, end))?.groups?.['margin'];
    if (margin === undefined || margin.length < indent) return at;
    at = end;
  }
  return at;
}
