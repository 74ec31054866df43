import type { RuleHits } from '../model/rule.ts';
import type { Line } from '../syntax/lines.ts';
import { lineSpan, splitWords } from '../syntax/lines.ts';

/** The lines of one list, those that only count taken out, and what was counted. */
export interface CountedLines {
  readonly lines: readonly Line[];
  /** Lines of `show access-list` beside a configuration that has the list itself. */
  readonly counters: readonly Line[];
  /** What the captures say of the entry on this line. */
  readonly hitsOf: (line: Line) => RuleHits | undefined;
}

/**
 * `show access-list` prints every entry with its place and its counter, and below an entry with objects what it stands for,
 * indented and each with a counter of its own: `access-list OUT line 3 extended permit … (hitcnt=0) 0x1f2e3d4c`. Where a
 * text has the list as configuration too, the two are put together by what the entries say.
 *
 * @param nameAt index of the list's name among the words.
 */
export function withCounters(source: string, lines: readonly Line[], nameAt: number): CountedLines {
  if (!lines.some(({ text }) => text.includes('(hitcnt='))) return { lines, counters: [], hitsOf: () => undefined };
  const isShown = ({ text }: Line): boolean => {
    const words = splitWords(text);
    if (words[nameAt + 1] !== 'line') return false;
    return words[nameAt + 3] === 'remark' || words.some((word) => word.startsWith('(hitcnt=') || HASH.test(word));
  };
  const shown = shownEntries(source, lines.filter(isShown), nameAt);
  const written = new Set(lines.filter((line) => !isShown(line)).map((line) => entryOf(line, nameAt)));
  // What is shown and not written is an entry that the configuration lacks: it counts as one.
  const beside = shown.filter(({ line }) => written.has(entryOf(line, nameAt)));
  const isRemark = ({ text }: Line): boolean => splitWords(text)[nameAt + 3] === 'remark';
  const counters = new Set(
    beside.length === 0
      ? []
      : [...beside, ...shown.filter(({ line }) => isRemark(line))].flatMap(({ line, below }) => [line, ...below]),
  );
  const byEntry = new Map(beside.map(({ line, hits }) => [entryOf(line, nameAt), hits]));
  const byLine = new Map(shown.map(({ line, hits }) => [line.number, hits]));
  return {
    lines: lines.filter((line) => !counters.has(line)),
    counters: [...counters],
    hitsOf: (line) => byLine.get(line.number) ?? byEntry.get(entryOf(line, nameAt)),
  };
}

const HASH = /^0x[0-9a-f]+$/;

interface ShownEntry {
  readonly line: Line;
  /** Its own counter; without one the sum of those below. */
  readonly hits: RuleHits | undefined;
  /** What it stands for, spelled out. */
  readonly below: readonly Line[];
}

function shownEntries(source: string, lines: readonly Line[], nameAt: number): ShownEntry[] {
  const found: { line: Line; place: string | undefined; below: Line[] }[] = [];
  for (const line of lines) {
    const place = splitWords(line.text.slice(0, 200))[nameAt + 2];
    const above = found.at(-1);
    if (above !== undefined && line.indent > above.line.indent && place === above.place) above.below.push(line);
    else found.push({ line, place, below: [] });
  }
  return found.map(({ line, below }) => {
    const own = counterOf(line);
    const counted = (own === undefined ? below.map(counterOf) : [own]).filter((count) => count !== undefined);
    const count = counted.reduce((sum, each) => sum + each, 0);
    return { line, below, hits: counted.length === 0 ? undefined : { count, span: lineSpan(source, line) } };
  });
}

function counterOf({ text }: Line): number | undefined {
  const found = /\(hitcnt=(?<count>\d+)\)/.exec(text)?.groups?.['count'];
  return found === undefined ? undefined : Number(found);
}

/** Words that end what an entry matches. */
const ENDS: ReadonlySet<string> = new Set(['log', 'inactive', '(inactive)', 'time-range', 'rule-id', 'event-log']);

/** What an entry matches, the same as it was typed and as it is shown. */
function entryOf({ text }: Line, nameAt: number): string {
  const words = splitWords(text);
  const from = words[nameAt + 1] === 'line' ? nameAt + 3 : nameAt + 1;
  const end = words.findIndex(
    (word, at) => at > from && (ENDS.has(word) || word.startsWith('(hitcnt=') || HASH.test(word)),
  );
  return words.slice(from, end < 0 ? undefined : end).join(' ');
}
