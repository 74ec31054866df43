import { SaxesParser } from 'saxes';
import type { Word } from './quoted-words.ts';

/** An element with its text and where its parts stand. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: Word;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, without blanks around it; absent where there is none. Its place is that of the raw text's first line. */
  readonly text: Word | undefined;
  /** The line of its closing tag; of the text's end where that is missing. */
  readonly endLine: number;
  /** The text ends inside of it. */
  readonly isCut: boolean;
}

interface XmlProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface XmlText {
  readonly roots: readonly XmlElement[];
  /** Where the text is not well-formed; the first one only, for others follow from it. */
  readonly problem: XmlProblem | undefined;
}

interface Open {
  readonly name: Word;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: Word | undefined;
}

/**
 * Reads XML into elements. Never throws: what is not well-formed ends in `problem`, elements that are still open at the
 * end are closed there. Text before the first and after the last tag (prompts, banners) is left out.
 */
export function readXml(text: string): XmlText {
  // An XML declaration says nothing that is needed, and may stand behind a prompt, where XML does not allow it.
  const declared = /^[^<]*<\?xml[^>]*\?>/.exec(text)?.[0].length ?? 0;
  const found = text.slice(declared).search(/<[?A-Za-z!]/);
  const first = found < 0 ? -1 : declared + found;
  if (first < 0) return { roots: [], problem: undefined };
  const last = text.lastIndexOf('>');
  return new XmlReader(text, first, last < first ? text.length : last + 1).read();
}

class XmlReader {
  private readonly text: string;
  private readonly offset: number;
  private readonly end: number;
  private readonly lineStarts: number[] = [0];
  private readonly roots: XmlElement[] = [];
  private readonly open: Open[] = [];
  private problem: XmlProblem | undefined;
  /** Where the text after the last tag begins. */
  private textFrom = 0;
  private tag: Word | undefined;

  constructor(text: string, offset: number, end: number) {
    this.text = text;
    this.offset = offset;
    this.end = end;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
  }

  read(): XmlText {
    const parser = new SaxesParser({ fragment: true });
    const here = (): number => this.offset + parser.position;
    parser.on('error', (error) => {
      const { line, column } = this.place(Math.min(here(), this.text.length) - 1);
      this.problem ??= { line, column, message: error.message.replace(/^\d+:\d+: /, '') };
    });
    parser.on('opentagstart', ({ name }) => {
      // The character after the name is read already.
      const from = this.text.lastIndexOf(`<${name}`, here()) + 1;
      this.tag = { text: name, ...this.place(from), endColumn: this.place(from).column + name.length };
    });
    parser.on('opentag', (element) => {
      const attributes = new Map<string, string>();
      for (const [key, given] of Object.entries(element.attributes)) attributes.set(key, String(given));
      this.textFrom = here();
      const name = this.tag ?? { text: element.name, line: 1, column: 1, endColumn: 2 };
      this.open.push({ name, attributes, children: [], text: undefined });
    });
    parser.on('text', (content) => {
      const top = this.open.at(-1);
      if (top !== undefined && content.trim() !== '') top.text ??= this.word(content.trim());
    });
    parser.on('cdata', (content) => {
      const top = this.open.at(-1);
      const from = this.text.lastIndexOf('<![CDATA[', here());
      if (top !== undefined && content.trim() !== '') top.text ??= this.word(content.trim(), from + 9);
    });
    parser.on('comment', () => {
      this.textFrom = here();
    });
    parser.on('closetag', () => {
      this.textFrom = here();
      this.close(here() - 1, false);
    });
    try {
      parser.write(this.text.slice(this.offset, this.end)).close();
    } catch (error) {
      this.problem ??= { line: 1, column: 1, message: error instanceof Error ? error.message : 'cannot be read' };
    }
    while (this.open.length > 0) this.close(this.end - 1, true);
    return { roots: this.roots, problem: this.problem };
  }

  private close(at: number, isCut: boolean): void {
    const element = this.open.pop();
    if (element === undefined) return;
    const { name, attributes, children, text } = element;
    const siblings = this.open.at(-1)?.children ?? this.roots;
    siblings.push({ name, attributes, children, text, endLine: this.place(at).line, isCut });
  }

  /** A text with its place: from its first visible character to the end of that line's part of it. */
  private word(content: string, after = this.textFrom): Word {
    let from = after;
    while (from < this.text.length && /\s/.test(this.text.charAt(from))) from += 1;
    const stops = [this.text.indexOf('<', from), this.text.indexOf('\n', from), this.text.indexOf(']]>', from)];
    const end = Math.min(this.text.length, ...stops.filter((stop) => stop >= 0));
    const shown = this.text.slice(from, end).trimEnd();
    const { line, column } = this.place(from);
    return { text: content, line, column, endColumn: column + Math.max(1, shown.length) };
  }

  private place(offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }
}
