import type { LineState } from '../../parsers/diagnostics.ts';
import type { Source, Span } from '../../parsers/source.ts';
import { maskSecrets } from './mask-secrets.ts';

/** The lines of one audited text. */
export interface SourceText {
  readonly name: string;
  /** Line `n` (from 1) as it stands, without its line end; undefined beyond the text. */
  line(n: number): string | undefined;
  /** The whole statement a span stands in, trimmed, secrets masked. */
  quote(span: Span): string;
  /** A span over the words of line `n`. */
  spanOf(n: number): Span;
}

/** Quotes from the texts that a device was read from: mostly one. */
export type Quoting = Pick<SourceText, 'quote'>;

/** A text with what became of its lines: the state of line n at index n - 1. */
export interface ReadLines {
  readonly text: SourceText;
  readonly lineStates: readonly (LineState | undefined)[];
}

/** Splits a source into lines once. */
export function sourceText(source: Source): SourceText {
  const lines = source.text.split(/\r\n|\n|\r/);
  return {
    name: source.name,
    line: (n) => lines[n - 1],
    quote: (span) => maskSecrets(shortened((lines[span.line - 1] ?? '').trim(), span)),
    spanOf(n) {
      const line = lines[n - 1] ?? '';
      const column = line.length - line.trimStart().length + 1;
      return { source: source.name, line: n, column, endColumn: Math.max(column + 1, line.trimEnd().length + 1) };
    },
  };
}

/** A quote from whichever text the span points into. */
export function quoting(texts: readonly SourceText[]): Quoting {
  const byName = new Map(texts.map((text) => [text.name, text]));
  return { quote: (span) => byName.get(span.source)?.quote(span) ?? '' };
}

/** Longer lines (XML without line ends) are quoted from the place meant. */
const MAX_QUOTE = 400;

/** Begins at an element, so that what introduces a secret is never cut off from it. */
function shortened(line: string, { column }: Span): string {
  if (line.length <= MAX_QUOTE) return line;
  const from = Math.max(0, line.lastIndexOf('<', column - 1));
  return `${from > 0 ? '…' : ''}${line.slice(from, from + MAX_QUOTE)}${from + MAX_QUOTE < line.length ? '…' : ''}`;
}
