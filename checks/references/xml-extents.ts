import type { Extent } from './text-places.ts';

const TAG = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<(?<close>\/?)(?<name>[\w:.-]+)[^<>]*?(?<empty>\/?)>/g;

interface Element {
  readonly name: string;
  readonly start: number;
  end: number;
  readonly parent: Element | undefined;
}

/** Elements of an XML text. A text that is cut off ends all of them. */
export class XmlExtents {
  /** In the order of their beginnings. */
  private readonly elements: readonly Element[];
  private readonly length: number;

  constructor(text: string) {
    const elements: Element[] = [];
    let open: Element | undefined;
    for (const { 0: tag, index, groups } of text.matchAll(TAG)) {
      const name = groups?.['name'];
      if (name === undefined) continue;
      if (groups?.['close'] === '/') {
        if (open === undefined) continue;
        open.end = index + tag.length;
        open = open.parent;
        continue;
      }
      const made: Element = { name, start: index, end: text.length, parent: open };
      elements.push(made);
      if (groups?.['empty'] === '/') made.end = index + tag.length;
      else open = made;
    }
    this.elements = elements;
    this.length = text.length;
  }

  /** The element whose name, attribute or `<name>` stands at the offset. */
  of(offset: number): Extent {
    let [low, high] = [0, this.elements.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.elements[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    let found = this.elements[low - 1];
    while (found !== undefined && found.end <= offset) found = found.parent;
    // Junos writes the name of a thing as its first element.
    if (found?.name === 'name' && found.parent !== undefined) found = found.parent;
    return found === undefined ? { start: offset, end: this.length } : { start: found.start, end: found.end };
  }
}
