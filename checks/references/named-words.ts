import type { Extent } from './text-places.ts';

/** A word of a text and where it stands, without its quotation marks. */
export interface NamedWord extends Extent {
  readonly name: string;
}

const WORD = /"(?<quoted>[^"\n]*)"|[^\s;{}[\]"]+/g;
const CONTENT = />(?<text>[^<>]+)</g;

/** What of a statement can be a name: words and quoted strings, or what XML elements hold. */
export function* namedWords(text: string, { start, end }: Extent, isXml: boolean): Generator<NamedWord> {
  const part = text.slice(start, end);
  for (const { 0: found, index, groups } of part.matchAll(isXml ? CONTENT : WORD)) {
    const inner = isXml ? groups?.['text'] : groups?.['quoted'];
    const raw = inner ?? found;
    const name = raw.trim();
    if (name === '') continue;
    const at = start + index + (inner === undefined ? 0 : 1) + raw.indexOf(name);
    yield { name, start: at, end: at + name.length };
  }
}
