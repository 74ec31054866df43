import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import { documentOf } from '../../yaml/yaml-text.ts';
import type { EntryText, Section } from './entry-text.ts';
import { intoFlow } from './flow-place.ts';
import { afterComments, columnOf, lineStart, linesAt, nextLine, type Places, type Splice } from './splice.ts';

type RootPair = Pair<ParsedNode, ParsedNode | null>;

/**
 * Where an entry can be added to a section of a policy. No way is tried here: comments and text that spans lines can make one change
 * something else, which whoever takes it has to look for.
 */
export function placesFor(text: string, section: Section, entry: EntryText): Places {
  const { contents: root, range } = documentOf(text);
  if (!isMap(root)) return none('the file does not consist of keys and values');
  if (root.flow === true) return none('the whole file stands in { }');
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === section);
  if (pair === undefined) return missing(text, range[1], root, section, entry);
  const { value } = pair;
  if (isAlias(value)) return none(`"${section}" repeats what stands elsewhere (*${value.source})`);
  if (value?.anchor !== undefined) return none(`"${section}" may be repeated elsewhere: it is marked &${value.anchor}`);
  if (isSeq(value)) {
    if (value.flow !== true) return intoBlock(text, value, entry);
    if (value.items.length > 0 || spansLines(text, value)) return intoFlow(text, value, entry);
  } else if (value === null || !isScalar(value) || value.value !== null) return none(`"${section}" is no list`);
  return intoEmpty(text, root, pair, entry);
}

function none(because: string): Places {
  return { kind: 'none', because };
}

function spansLines(text: string, { range: [start, end] }: ParsedNode): boolean {
  return text.slice(start, end).includes('\n');
}

/** Columns from a key to the dashes below it, and from a dash to the keys of its item. */
interface Style {
  readonly dash: number;
  readonly step: number;
}

const PLAIN_STYLE: Style = { dash: 2, step: 2 };

/** The style of the first block list in the file: sections of one file are written alike. */
function styleOf(text: string, root: YAMLMap.Parsed): Style {
  for (const { value } of root.items) {
    if (!isSeq(value) || value.flow === true) continue;
    const dash = columnOf(text, value.range[0]) - columnOf(text, root.range[0]);
    return { dash: dash >= 0 ? dash : PLAIN_STYLE.dash, step: stepOf(text, value) };
  }
  return PLAIN_STYLE;
}

const WIDEST_STEP = 8;

function stepOf(text: string, seq: YAMLSeq.Parsed): number {
  const item = seq.items.at(-1);
  if (!isMap(item) || item.flow === true) return PLAIN_STYLE.step;
  const step = columnOf(text, item.range[0]) - columnOf(text, seq.range[0]);
  return step >= 2 && step <= WIDEST_STEP ? step : PLAIN_STYLE.step;
}

/** Behind the last entry, with a blank line between where the last two have one. */
function intoBlock(text: string, seq: YAMLSeq.Parsed, entry: EntryText): Places {
  const [last, before] = [seq.items.at(-1), seq.items.at(-2)];
  if (last === undefined) return none('its last entry cannot be found');
  const dash = columnOf(text, seq.range[0]);
  const end = contentEnd(last);
  const isApart = before !== undefined && hasBlankLine(text.slice(contentEnd(before), last.range[0]));
  const lines = entry.block(dash, stepOf(text, seq));
  const written = nextLine(text, text.slice(0, end).trimEnd().length);
  // A comment that is indented like the entries is about them; one at the margin may be about the next section.
  const behindComments = afterComments(text, written, Math.max(1, dash));
  const at = (offset: number): Splice[] => [linesAt(text, offset, isApart ? ['', ...lines] : lines)];
  // Blank lines may be part of the last text (`|+`).
  const keeping = [linesAt(text, Math.max(end, written), lines)];
  return { kind: 'places', ways: [at(behindComments), at(written), keeping] };
}

function hasBlankLine(between: string): boolean {
  return /\n[ \t]*\r?\n/u.test(between);
}

/** Where the last thing that is written in a node ends; ranges of block collections go on to the next node. */
function contentEnd(node: ParsedNode): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last !== undefined) return contentEnd(last.value ?? last.key);
  }
  if (isSeq(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last !== undefined) return contentEnd(last);
  }
  return node.range[1];
}

/** `waivers:`, `waivers: null`, `waivers: []`: what says that it is empty goes, the entry comes below. */
function intoEmpty(text: string, root: YAMLMap.Parsed, { key, value }: RootPair, entry: EntryText): Places {
  const [, keyEnd] = key.range;
  const [start, end] = value?.range ?? [keyEnd, keyEnd];
  const written = text.slice(start, end);
  if (written !== '' && text.slice(keyEnd, start).includes('\n')) {
    return none('what says that it is empty stands on a line of its own');
  }
  const blanks = /[ \t]*$/u.exec(text.slice(keyEnd, start))?.[0].length ?? 0;
  const removed: Splice[] = written === '' ? [] : [{ start: start - blanks, end, text: '' }];
  const { dash, step } = styleOf(text, root);
  const margin = columnOf(text, root.range[0]);
  const below = nextLine(text, keyEnd);
  const lines = entry.block(margin + dash, step);
  const at = (offset: number): Splice[] => [...removed, linesAt(text, offset, lines)];
  return { kind: 'places', ways: [at(afterComments(text, below, margin + 1)), at(below)] };
}

/** A new section at the end, a blank line before it; without one where that would be part of a text above. */
function missing(text: string, end: number, root: YAMLMap.Parsed, section: Section, entry: EntryText): Places {
  const { dash, step } = styleOf(text, root);
  const margin = columnOf(text, root.range[0]);
  const lines = [`${' '.repeat(margin)}${section}:`, ...entry.block(margin + dash, step)];
  // A line `...` ends the document.
  const isEnded = text.slice(end).trim() !== '';
  const offset = isEnded ? lineStart(text, end) : text.length;
  const isApart = /\n[ \t]*\r?\n$/u.test(text.slice(0, offset));
  const close = linesAt(text, offset, lines);
  return { kind: 'places', ways: isApart ? [[close]] : [[linesAt(text, offset, ['', ...lines])], [close]] };
}
