import type { Line } from '../syntax/lines.ts';
import { splitWords } from '../syntax/lines.ts';

/** Lines of one list in the order in which the device tries them, and lines that only repeat others. */
export interface OrderedLines {
  readonly lines: readonly Line[];
  /** What `show access-list` prints indented below an entry with objects: the same entry, spelled out. */
  readonly expansions: readonly Line[];
}

/**
 * Order of text, except for entries with `line N`: typed, they go in at place N; printed by `show access-list`, N is
 * their place already, and both readings agree. (Cisco ASA command reference, `access-list extended`.)
 *
 * @param name the list's name, `nameAt` its index among the words.
 */
export function inDeviceOrder(lines: readonly Line[], name: string, nameAt: number): OrderedLines {
  if (!hasPlaces(lines, name)) return { lines, expansions: [] };
  const ordered: Line[] = [];
  const expansions: Line[] = [];
  let parent: { readonly indent: number; readonly place: number } | undefined;
  for (const line of lines) {
    const words = splitWords(line.text.slice(0, 200));
    const place = words[nameAt + 1] === 'line' ? Number(words[nameAt + 2]) : Number.NaN;
    if (Number.isNaN(place)) {
      ordered.push(line);
      continue;
    }
    if (parent !== undefined && line.indent > parent.indent && place === parent.place) {
      expansions.push(line);
      continue;
    }
    parent = { indent: line.indent, place };
    if (place >= 1 && place - 1 < ordered.length) ordered.splice(place - 1, 0, line);
    else ordered.push(line);
  }
  return { lines: ordered, expansions };
}

/** Looks right behind the name first, where the word stands unless someone typed more blanks. */
function hasPlaces(lines: readonly Line[], name: string): boolean {
  const behind = 'access-list '.length + name.length + 1;
  for (const { text } of lines) {
    const code = text.charCodeAt(behind);
    const perhaps = code === 108 || code === 32 || text.charCodeAt(0) !== 97;
    if (perhaps && text.includes(' line ')) return true;
  }
  return false;
}
