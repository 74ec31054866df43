import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Alias, Document, Pair, YAMLError, YAMLMap } from 'yaml';
import type { Source, Span } from '../../parsers/source.ts';
import { problemAt, type FileProblem } from './problem.ts';

/** A YAML text as plain values, with the places they were written at. */
export interface YamlText {
  readonly source: Source;
  /** What the text says: text, numbers, true, false, null, lists, and objects by key. */
  readonly value: unknown;
  /** Where the value at a path is written, or its key; of what is not there, where it should be. On one line. */
  readonly placeOf: (path: readonly PropertyKey[], part?: 'key' | 'value') => Span;
}

type Yaml = { readonly kind: 'yaml'; readonly yaml: YamlText };
type Problems = { readonly kind: 'problems'; readonly problems: readonly FileProblem[] };

/** Far more than a person writes. Each of them is looked up in the whole text, and they multiply when nested. */
const MAX_ALIASES = 500;

/** A text with a tag before it that the caller knows, such as `!vault`. */
export class TaggedText {
  readonly tag: string;
  readonly text: string;

  constructor(tag: string, text: string) {
    this.tag = tag;
    this.text = text;
  }
}

/** What a text without quotes says, where it says more than its letters. */
export interface PlainScalar {
  readonly tag: string;
  readonly test: RegExp;
  readonly resolve: (text: string) => unknown;
}

/** Where other programs read a file too, and not as YAML 1.2. */
export interface YamlDialect {
  /** Texts with one of these tags become a `TaggedText`. */
  readonly tags: readonly string[];
  /** In place of those of YAML 1.2; `<<` then merges as well. */
  readonly plain?: readonly PlainScalar[];
}

/** YAML 1.2: `on`, `off` and days are text. Keys are text and must be unique; tags and several documents are errors. */
export function parseYaml(source: Source, dialect?: YamlDialect): Yaml | Problems {
  const lines = new LineCounter();
  const document = documentOf(source.text, lines, dialect);
  const spanOf = (start: number, end: number): Span => spanAt(source, lines, start, end);
  const at = ({ start, end, message }: Trouble): FileProblem => problemAt(source, spanOf(start, end), message);
  const trouble = [...syntaxTrouble(document), ...duplicateKeys(document, lines), ...aliasTrouble(document)];
  if (trouble.length > 0) return { kind: 'problems', problems: trouble.map(at) };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES + 1 });
    return { kind: 'yaml', yaml: { source, value, placeOf: placesOf(document, spanOf) } };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const [start, end] = aliasesOf(document).at(-1)?.range ?? [0, 1];
    const message = 'aliases inside anchors multiply into too many values; write them out or use fewer';
    return { kind: 'problems', problems: [at({ start, end, message })] };
  }
}

/** The nodes of a text with their places, whatever is wrong with it. */
export function documentOf(
  text: string,
  lines?: LineCounter,
  { tags, plain }: YamlDialect = { tags: [] },
): Document.Parsed {
  const tagged = tags.map((tag) => ({ tag, resolve: (content: string) => new TaggedText(tag, content) }));
  return parseDocument(text, {
    ...(lines === undefined ? {} : { lineCounter: lines }),
    schema: plain === undefined ? 'core' : 'failsafe',
    merge: plain !== undefined,
    resolveKnownTags: false,
    customTags: [...tagged, ...(plain ?? []).map((scalar) => ({ ...scalar, default: true }))],
    stringKeys: true,
    // The reader's own test takes a time that grows with the square of the number of keys.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
}

interface Trouble {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

type Parsed = Document.Parsed;

function syntaxTrouble({ errors, warnings }: Parsed): Trouble[] {
  const deep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const said = deep === undefined ? [...errors, ...warnings] : [deep];
  return said.map((error) => ({ start: error.pos[0], end: error.pos[1], message: sentence(error) }));
}

const NEEDS_QUOTES = 'a value that begins with * is an alias in YAML; put quotes around it';

/** In the words of someone who writes such a file, where the reader's own are about its workings. */
function sentence({ code, message }: YAMLError): string {
  if (code === 'BAD_ALIAS') return NEEDS_QUOTES;
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deeply';
  if (code === 'MULTIPLE_DOCS') return 'a file is one document here; what follows --- is not read';
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'two keys on one line; text with a colon and a blank needs quotes';
  if (code === 'BLOCK_IN_FLOW') return 'cannot stand inside of [ ] or { }; text with a colon and a blank needs quotes';
  if (code === 'NON_STRING_KEY') return 'a list or group of keys cannot be a key';
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function duplicateKeys(document: Parsed, lines: LineCounter): Trouble[] {
  const found: Trouble[] = [];
  visit(document, {
    Map(_, map) {
      const first = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key) || !key.range) continue;
        const name = String(key.value);
        const [start, end] = key.range;
        const earlier = first.get(name);
        if (earlier === undefined) first.set(name, start);
        else
          found.push({ start, end, message: `key "${name}" is given already in line ${lines.linePos(earlier).line}` });
      }
    },
  });
  return found;
}

function aliasTrouble(document: Parsed): Trouble[] {
  const anchors = new Set<string>();
  const found: Trouble[] = [];
  const report = ({ range }: Alias, message: string): void => {
    found.push({ start: range?.[0] ?? 0, end: range?.[1] ?? 0, message });
  };
  visit(document, {
    Node(_, node, path) {
      if (!isAlias(node)) {
        if ('anchor' in node && node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      const inside = path.some((above) => (isMap(above) || isSeq(above)) && above.anchor === node.source);
      if (inside) report(node, `alias *${node.source} stands inside of what it stands for`);
      // An alias without a name is an error of syntax already.
      else if (node.source !== '' && !anchors.has(node.source)) {
        report(node, `${NEEDS_QUOTES} (nothing above is marked &${node.source} for it to repeat)`);
      }
    },
  });
  const tooMany = aliasesOf(document)[MAX_ALIASES];
  if (tooMany !== undefined) report(tooMany, `more than ${MAX_ALIASES} aliases`);
  return found;
}

function aliasesOf(document: Parsed): Alias[] {
  const aliases: Alias[] = [];
  visit(document, {
    Alias(_, alias) {
      aliases.push(alias);
    },
  });
  return aliases;
}

function placesOf(document: Parsed, spanOf: (start: number, end: number) => Span): YamlText['placeOf'] {
  const spanOfNode = (node: unknown): Span | undefined => {
    if (!isMap(node) && !isSeq(node) && !isScalar(node) && !isAlias(node)) return undefined;
    const [start, end] = node.range ?? [0, 0];
    return end > start ? spanOf(start, end) : undefined;
  };
  const known = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    let pairs = known.get(map);
    if (pairs === undefined) {
      pairs = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
      known.set(map, pairs);
    }
    return pairs;
  };
  const target = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  return (path, part = 'value') => {
    let node: unknown = document.contents;
    let span = spanOfNode(node) ?? spanOf(0, 1);
    for (const [index, step] of path.entries()) {
      const inside = target(node);
      if (isSeq(inside) && typeof step === 'number') {
        node = inside.items[step];
        span = spanOfNode(node) ?? span;
      } else if (isMap(inside)) {
        const pair = pairsOf(inside).get(String(step));
        if (pair === undefined) return span;
        node = pair.value;
        const key = spanOfNode(pair.key) ?? span;
        span = part === 'key' && index === path.length - 1 ? key : (spanOfNode(node) ?? key);
      } else return span;
    }
    return span;
  };
}

/** A place never crosses a line: what goes on is meant to the end of its first line. */
function spanAt({ name, text }: Source, lines: LineCounter, start: number, end: number): Span {
  const { line, col } = lines.linePos(start);
  const lineEnd = text.indexOf('\n', start);
  const whole = text.slice(start, Math.max(start + 1, Math.min(end, lineEnd < 0 ? text.length : lineEnd)));
  const length = Math.max(1, whole.trimEnd().length);
  return { source: name, line: Math.max(1, line), column: Math.max(1, col), endColumn: Math.max(1, col) + length };
}
