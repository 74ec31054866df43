import type { Condition } from '../../parsers/model/condition.ts';
import type { Span } from '../../parsers/source.ts';

/**
 * Fields that tell where something stands or what it is called, and decide no packet. Anything else counts, also what is added
 * to the model later.
 */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'span',
  'id',
  'text',
  'title',
  'reason',
  'word',
  'objects',
  'hits',
  'logging',
  'inspection',
  'binding',
  'usedBy',
]);

/** The statement that a span stands in. */
type Quote = (span: Span) => string;

/**
 * Numbers parts of devices by what they say: two parts with one number let the same packets through, wherever they stand in their
 * texts. Two numbers say nothing: one thing can be written in many ways. What was not understood is the same only in the same
 * words.
 */
export class Shapes {
  private readonly quote: Quote;
  private readonly numbers: Map<string, number>;
  private readonly known = new WeakMap<object, number>();

  /** @param beside shapes of another text, whose numbers these share. */
  constructor(quote: Quote, beside?: Shapes) {
    this.quote = quote;
    this.numbers = beside?.numbers ?? new Map<string, number>();
  }

  of(part: object): number {
    const known = this.known.get(part);
    if (known !== undefined) return known;
    const text = this.textOf(part);
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    this.known.set(part, number);
    return number;
  }

  /** Facts that hold together, whatever their order and place. */
  facts(conditions: readonly Condition[]): string {
    const facts = conditions.map((condition) => `${condition.kind} ${condition.name}${this.words(condition)}`);
    return JSON.stringify([...new Set(facts)].sort());
  }

  private textOf(part: object): string {
    if (Array.isArray(part)) return `[${part.map((item: unknown) => this.valueOf(item)).join()}]`;
    if (part instanceof Set) return `set[${[...part].map(String).sort().join()}]`;
    const fields = Object.entries(part).filter(([name, value]) => value !== undefined && !SAYS_NOTHING.has(name));
    const shown = fields
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]: [string, unknown]) => `${name}:${this.valueOf(value)}`);
    return `{${shown.join()}}${JSON.stringify(this.words(part))}`;
  }

  private valueOf(value: unknown): string {
    if (typeof value === 'object' && value !== null) return `#${this.of(value)}`;
    return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? typeof value);
  }

  /** What stands in the text of something that was not understood; empty for anything else. */
  private words(part: object): string {
    if ('action' in part && isUnread(part.action)) return 'text' in part ? String(part.text) : '';
    const span = 'kind' in part && part.kind === 'not-understood' && 'span' in part ? part.span : undefined;
    return isSpan(span) ? ` ${this.quote(span)}` : '';
  }
}

function isUnread(action: unknown): boolean {
  return typeof action === 'object' && action !== null && 'kind' in action && action.kind === 'unknown';
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'source' in value && 'endColumn' in value;
}
