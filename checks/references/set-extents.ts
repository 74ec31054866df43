import type { Span } from '../../parsers/source.ts';
import type { Extent, TextPlaces } from './text-places.ts';

const WORD = /"[^"]*"|\S+/g;

/** Set lines that begin with the same words belong together, wherever they stand. */
export class SetExtents {
  private readonly places: TextPlaces;
  private readonly byBeginning = new Map<string, Extent[]>();

  /** @param heads spans of the words that beginnings end with. */
  constructor(places: TextPlaces, heads: readonly Span[]) {
    this.places = places;
    for (const span of heads) this.byBeginning.set(this.beginning(span), []);
    for (let line = 1; line <= places.lines; line += 1) {
      const words: string[] = [];
      const text = places.line(line);
      for (const { 0: word, index } of text.matchAll(WORD)) {
        if (words.length > 0 || !isVerb(word)) words.push(word);
        const start = places.lineStart(line);
        const found = words.length === 0 ? undefined : this.byBeginning.get(words.join(' '));
        found?.push({ start: start + index + word.length, end: start + text.length });
      }
    }
  }

  /** What stands behind the word at the span, on every line that begins as this one does. */
  of(span: Span): readonly Extent[] {
    return this.byBeginning.get(this.beginning(span)) ?? [];
  }

  private beginning({ line, endColumn }: Span): string {
    const text = this.places.line(line);
    // A name in quotation marks is spanned without them.
    const end = text[endColumn - 1] === '"' ? endColumn : endColumn - 1;
    const words = [...text.slice(0, end).matchAll(WORD)].map(([word]) => word);
    return (isVerb(words[0] ?? '') ? words.slice(1) : words).join(' ');
  }
}

function isVerb(word: string): boolean {
  return word === 'set' || word === 'deactivate' || word === 'activate' || word === 'protect';
}
