import type { Source, Span } from '../../parsers/source.ts';

/** A part of a text: offsets in UTF-16 code units, `end` exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A text with its line starts, counted as the parsers count them: a line ends at a line feed. */
export class TextPlaces {
  readonly name: string;
  readonly text: string;
  private readonly starts: readonly number[];

  constructor({ name, text }: Source) {
    this.name = name;
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  get lines(): number {
    return this.starts.length;
  }

  /** Offset of the first character of a line, 1-based; the end of the text beyond the last. */
  lineStart(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** A line without its line end. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/\r?\n$/, '');
  }

  offset({ line, column }: Pick<Span, 'line' | 'column'>): number {
    return Math.min(this.text.length, this.lineStart(line) + column - 1);
  }

  /** The line that an offset is on. */
  lineAt(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** Of an extent within one line. */
  span({ start, end }: Extent): Span {
    const line = this.lineAt(start);
    const column = start - this.lineStart(line) + 1;
    return { source: this.name, line, column, endColumn: column + end - start };
  }
}
