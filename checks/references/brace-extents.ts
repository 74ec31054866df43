import type { Extent } from './text-places.ts';

/** What matters to the shape of a text in braces: strings and comments are passed over whole. */
const SHAPE = /"(?:[^"\\\n]|\\.)*"?|\/\*[^]*?(?:\*\/|$)|#[^\n]*|[{};]/g;

interface Mark {
  readonly at: number;
  /** Where a brace closes, just behind it; for a semicolon just behind itself. */
  end: number;
  readonly kind: '{' | '}' | ';';
}

/** Statements of a text in braces: `name { … }` or `name …;`. */
export class BraceExtents {
  private readonly marks: readonly Mark[];
  private readonly length: number;

  constructor(text: string) {
    const marks: Mark[] = [];
    const open: Mark[] = [];
    for (const { 0: found, index } of text.matchAll(SHAPE)) {
      if (found !== '{' && found !== '}' && found !== ';') continue;
      const mark: Mark = { at: index, end: found === '{' ? text.length : index + 1, kind: found };
      marks.push(mark);
      if (found === '{') open.push(mark);
      if (found !== '}') continue;
      const opened = open.pop();
      if (opened !== undefined) opened.end = mark.end;
    }
    this.marks = marks;
    this.length = text.length;
  }

  /** The statement that the word at an offset begins or stands in, from that word to its end. */
  of(offset: number): Extent {
    let [low, high] = [0, this.marks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.marks[middle]?.at ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    const next = this.marks[low];
    if (next === undefined) return { start: offset, end: this.length };
    return { start: offset, end: next.kind === '}' ? next.at : next.end };
  }
}
