import type { Diagnostic, DiagnosticSeverity, LineState } from '../diagnostics.ts';
import type { RuleHits } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import type { JunosNode } from './tree.ts';

/** What is written down while a text is understood: diagnostics, and the line state of statements. */
export class Notes {
  readonly source: string;
  /** What tables beside the configuration count, by system, zones and policy. */
  readonly hits = new Map<string, RuleHits>();
  private readonly lines: ReadonlyMap<number, Line>;
  private readonly diagnostics = new Map<string, Diagnostic & { more: number }>();

  constructor(source: string, lines: readonly Line[]) {
    this.source = source;
    this.lines = new Map(lines.map((line) => [line.number, line]));
  }

  /**
   * Sets the state of a statement and of everything below it that has no state of its own. The line it stands on takes
   * the worst state of what stands on it.
   */
  mark(node: JunosNode, state: LineState): void {
    node.state = state;
  }

  /** Adds a diagnostic; the same code and message again only raises `more` of the first. */
  diagnose(code: string, severity: DiagnosticSeverity, span: Span, message: string, consequence: string): void {
    const key = `${code}\n${message}`;
    const seen = this.diagnostics.get(key);
    if (seen === undefined) this.diagnostics.set(key, { code, severity, span, message, consequence, more: 0 });
    else if (seen.span.line !== span.line || seen.span.column !== span.column) seen.more += 1;
  }

  /**
   * A named statement as written, with its keyword where that stands directly before it on the line: `term T1`,
   * `policy P`. In XML the name alone.
   */
  statement(node: JunosNode): { readonly text: string; readonly span: Span } {
    const { span, parent } = node;
    const line = this.lines.get(span.line);
    if (line === undefined) return { text: node.word, span };
    const start = span.column - line.column;
    const before = line.text.slice(0, start);
    const keyword =
      parent === undefined ? undefined : /(?:^|\s)(?<word>[^\s{};[\]<>]+)\s+"?$/.exec(before)?.groups?.['word'];
    const from = keyword !== undefined && keyword === parent?.word ? before.lastIndexOf(keyword) : start;
    const text = line.text.slice(from, span.endColumn - line.column);
    return { text, span: { ...span, column: line.column + from } };
  }

  /** Diagnostics so far, by place. */
  collected(): Diagnostic[] {
    const all = [...this.diagnostics.values()].map(({ more, ...rest }) => (more > 0 ? { ...rest, more } : rest));
    return all.sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column || (a.code < b.code ? -1 : 1));
  }
}
