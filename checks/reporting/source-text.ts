import type { Source, Span } from '../../parsers/source.ts';
import { maskSecrets } from './mask-secrets.ts';

/** The lines of the audited text, for quoting. */
export interface SourceText {
  readonly name: string;
  /** Line `n` (from 1) as it stands, without its line end; undefined beyond the text. */
  line(n: number): string | undefined;
  /** The whole statement a span stands in, trimmed, secrets masked. */
  quote(span: Span): string;
  /** A span over the words of line `n`. */
  spanOf(n: number): Span;
}

/** Splits a source into lines once. */
export function sourceText(source: Source): SourceText {
  const lines = source.text.split(/\r\n|\n|\r/);
  return {
    name: source.name,
    line: (n) => lines[n - 1],
    quote: (span) => maskSecrets((lines[span.line - 1] ?? '').trim()),
    spanOf(n) {
      const line = lines[n - 1] ?? '';
      const column = line.length - line.trimStart().length + 1;
      return { source: source.name, line: n, column, endColumn: Math.max(column + 1, line.trimEnd().length + 1) };
    },
  };
}
