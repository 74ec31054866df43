import type { Platform } from '../../parsers/model/device.ts';
import type { Span } from '../../parsers/source.ts';
import { BraceExtents } from './brace-extents.ts';
import { SetExtents } from './set-extents.ts';
import type { Extent, TextPlaces } from './text-places.ts';
import { XmlExtents } from './xml-extents.ts';

/** How a statement is written. */
type Form = 'indented' | 'braces' | 'set' | 'xml';

/**
 * Where statements end. The model keeps where a thing is named; what belongs to it is read off the form of the text: deeper
 * lines, braces, set lines with the same beginning, an XML element. Shapes alone, no meaning.
 */
export class StatementExtents {
  private readonly places: TextPlaces;
  private readonly isCisco: boolean;
  private braces: BraceExtents | undefined;
  private sets: SetExtents | undefined;
  private xml: XmlExtents | undefined;

  /** @param heads spans of all things that are asked for: set lines are looked through once for all of them. */
  constructor(places: TextPlaces, platform: Platform, heads: readonly Span[]) {
    this.places = places;
    this.isCisco = platform.startsWith('cisco-');
    const written = heads.filter((span) => this.form(span) === 'set');
    if (written.length > 0) this.sets = new SetExtents(places, written);
  }

  /** The parts of the text that belong to the thing named at the span, in order; at least its own line's. */
  of(span: Span): readonly Extent[] {
    switch (this.form(span)) {
      case 'indented':
        return [this.deeperLines(span)];
      case 'braces':
        return [(this.braces ??= new BraceExtents(this.places.text)).of(this.places.offset(span))];
      case 'set':
        return this.sets?.of(span) ?? [];
      case 'xml':
        return [(this.xml ??= new XmlExtents(this.places.text)).of(this.places.offset(span))];
    }
  }

  form(span: Span): Form {
    if (this.isCisco) return 'indented';
    const line = this.places.line(span.line).trimStart();
    if (line.startsWith('<') || line.includes('</')) return 'xml';
    return /^(?:set|deactivate|activate|protect) /.test(line) ? 'set' : 'braces';
  }

  private deeperLines(span: Span): Extent {
    const indent = indentOf(this.places.line(span.line));
    let last = span.line;
    for (let line = span.line + 1; line <= this.places.lines; line += 1) {
      const text = this.places.line(line);
      if (text.trim() === '') continue;
      if (indentOf(text) <= indent) break;
      last = line;
    }
    return { start: this.places.lineStart(span.line), end: this.places.lineStart(last + 1) };
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
