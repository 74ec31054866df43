import { SaxesParser } from 'saxes';
import type { Word } from './quoted-words.ts';

/** A tag that opens an element. */
export interface XmlTag {
  /** As written, with its prefix. */
  readonly name: Word;
  readonly attributes: Readonly<Record<string, string>>;
  /** The value of the attribute whose place was asked for, where it has it. */
  readonly placed: Word | undefined;
}

export interface XmlProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Index in the text of the first character that is not read. */
  readonly offset: number;
  /** False where elements around it are still known (a character or an entity that XML does not allow). */
  readonly breaksElements: boolean;
}

/** What is told of a text, in its order. */
export interface XmlEvents {
  readonly open: (tag: XmlTag) => void;
  /** A text without blanks around it. Its place is that of the raw text's first line. */
  readonly text: (word: Word) => void;
  /** `line`: of the end of the closing tag. */
  readonly close: (line: number) => void;
  readonly problem: (problem: XmlProblem) => void;
}

/** Part of the text that has tags. */
interface Extent {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads XML from the first to the last tag; there may be several elements behind each other, each with its XML declaration.
 * Never throws. Elements that are still open at the end get no `close`. `placed` names the attribute whose place is wanted.
 */
export function scanXml(text: string, events: XmlEvents, placed = ''): void {
  const extent = extentOf(text);
  if (extent !== undefined) new XmlScan(text, extent, events, placed).run();
}

/** Text before the first and after the last tag (prompts, banners) is no XML; prompts end with `>` too. */
function extentOf(text: string): Extent | undefined {
  // An XML declaration says nothing that is needed, and may stand behind a prompt, where XML does not allow it.
  const declared = /^[^<]*<\?xml[^>]*\?>/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(declared).search(/<[?A-Za-z!]/);
  if (rest < 0) return undefined;
  const from = declared + rest;
  const closing = Math.max(text.lastIndexOf('</'), text.lastIndexOf('/>'), text.lastIndexOf('-->'));
  const last = text.indexOf('>', Math.max(closing, from));
  // A text that is cut inside of its last tag is read to its end, as is one whose last tag opens an element.
  const isCut = last < 0 || /<[A-Za-z]/.test(text.slice(last));
  return { from, to: isCut ? text.length : last + 1 };
}

class XmlScan {
  private readonly text: string;
  private readonly extent: Extent;
  private readonly events: XmlEvents;
  private readonly placed: string;
  private readonly lines: LineCounter;
  /** Where the text after the last tag begins. */
  private textFrom = 0;
  private name: Word = { text: '', line: 1, column: 1, endColumn: 1 };
  private nameEnd = 0;
  private isInTag = false;

  constructor(text: string, extent: Extent, events: XmlEvents, placed: string) {
    this.text = text;
    this.extent = extent;
    this.events = events;
    this.placed = placed;
    this.lines = new LineCounter(text);
  }

  run(): void {
    const { events, extent, text } = this;
    // With an eighth handler the engine keeps the parser as a slow dictionary and reading takes five times as long: no
    // `attribute` handler, therefore.
    const parser = new SaxesParser({ fragment: true, xmlns: false });
    const here = (): number => extent.from + parser.position;
    parser.on('error', (error) => this.problem(error.message.replace(/^\d+:\d+: /, ''), here()));
    parser.on('opentagstart', ({ name }) => {
      this.isInTag = true;
      this.name = this.word(name, text.lastIndexOf('<', here() - 1) + 1, name.length);
      this.nameEnd = here() - 1;
    });
    parser.on('opentag', ({ attributes }) => {
      this.isInTag = false;
      this.textFrom = here();
      const value = attributes[this.placed];
      events.open({ name: this.name, attributes, placed: value === undefined ? undefined : this.valueOf(value) });
    });
    parser.on('text', (content) => this.content(content, this.textFrom, '<'));
    parser.on('cdata', (content) => {
      this.content(content, text.lastIndexOf('<![CDATA[', here()) + 9, ']]>');
      this.textFrom = here();
    });
    parser.on('comment', () => {
      this.textFrom = here();
    });
    parser.on('closetag', () => {
      this.textFrom = here();
      events.close(this.lines.place(here() - 1).line);
    });
    try {
      parser.write(withoutDeclarations(text.slice(extent.from, extent.to))).close();
    } catch (error) {
      this.problem(error instanceof Error ? error.message : 'cannot be read', here());
    }
  }

  /** The value of the wanted attribute of the tag just read, with its place inside the quotation marks. */
  private valueOf(value: string): Word {
    const { text, placed, nameEnd } = this;
    for (let at = text.indexOf(placed, nameEnd); at >= 0 && at < this.textFrom; at = text.indexOf(placed, at + 1)) {
      let from = at + placed.length;
      while (from < this.textFrom && (text.charCodeAt(from) === 61 || isBlank(text.charCodeAt(from)))) from += 1;
      const mark = text.charAt(from);
      if (from === at + placed.length || (mark !== '"' && mark !== "'") || !isBlank(text.charCodeAt(at - 1))) continue;
      return this.word(value, from + 1, text.indexOf(mark, from + 1) - from - 1);
    }
    return { ...this.name, text: value };
  }

  private problem(message: string, at: number): void {
    const isHarmless =
      /entity|\]\]>|^disallowed character\.$|^text data outside|document must contain/.test(message) && !this.isInTag;
    const { line, column } = this.lines.place(Math.max(0, Math.min(at, this.text.length) - 1));
    this.events.problem({ line, column, offset: at, message, breaksElements: !isHarmless });
  }

  /** A text with its place: from its first visible character to the end of that line's part of it. */
  private content(content: string, after: number, until: string): void {
    const trimmed = content.trim();
    if (trimmed === '') return;
    const { text } = this;
    let from = after;
    while (from < text.length && isBlank(text.charCodeAt(from))) from += 1;
    const stop = until.charCodeAt(0);
    let end = from;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === 10 || (code === stop && text.startsWith(until, end))) break;
    }
    while (end > from + 1 && isBlank(text.charCodeAt(end - 1))) end -= 1;
    this.events.text(this.word(trimmed, from, Math.max(1, end - from)));
  }

  private word(text: string, from: number, length: number): Word {
    const { line, column } = this.lines.place(from);
    return { text, line, column, endColumn: column + length };
  }
}

/** Blanks in place of the XML declarations of further documents, which are allowed at the beginning of a text only. */
function withoutDeclarations(text: string): string {
  if (!text.includes('<?xml')) return text;
  return text.replaceAll(/<\?xml\b[^>]*\?>/g, (declaration) => declaration.replaceAll(/[^\r\n]/g, ' '));
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 160 || code === 0xfeff;
}

/** Lines and columns of offsets that mostly come in order: from each to the next it only goes over what is between. */
class LineCounter {
  private readonly text: string;
  private line = 1;
  private start = 0;
  /** Of the next line. */
  private next: number;

  constructor(text: string) {
    this.text = text;
    this.next = this.startAfter(0);
  }

  place(offset: number): { readonly line: number; readonly column: number } {
    while (this.next <= offset) {
      this.line += 1;
      this.start = this.next;
      this.next = this.startAfter(this.start);
    }
    while (offset < this.start) {
      this.line -= 1;
      this.next = this.start;
      this.start = this.start < 2 ? 0 : this.text.lastIndexOf('\n', this.start - 2) + 1;
    }
    return { line: this.line, column: offset - this.start + 1 };
  }

  private startAfter(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? Number.POSITIVE_INFINITY : end + 1;
  }
}
