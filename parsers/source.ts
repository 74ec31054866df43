/** One input text with the name it is reported under. Bytes are decoded by whoever read them (cli/sources). */
export interface Source {
  /** A path or a label such as `<stdin>`; shown in every span, never opened by the parsers. */
  readonly name: string;
  /** The decoded text, with its original line ends, so that spans count what an editor counts. */
  readonly text: string;
}

/**
 * A place in a source. Lines and columns are 1-based; a column counts UTF-16 code units; `endColumn` is exclusive,
 * so that `line.slice(column - 1, endColumn - 1)` is the text meant. A span never crosses a line.
 */
export interface Span {
  readonly source: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}
