import type { Device } from '../../parsers/model/device.ts';
import type { Source, Span } from '../../parsers/source.ts';
import { maskSecrets } from '../reporting/mask-secrets.ts';
import { collectThings, type Collected } from './collect-things.ts';
import { namedWords } from './named-words.ts';
import { StatementExtents } from './statement-extents.ts';
import { TextPlaces, type Extent } from './text-places.ts';

type ThingKind =
  | 'rule-list'
  | 'rule'
  | 'object'
  | 'binding'
  | 'segment'
  | 'interface'
  | 'translation'
  | 'profile'
  /** A place that refers to a rule list beside filters: NAT, line access, a class map. */
  | 'reference';

/** A thing that has a name, with the place that defines it. */
export interface Definition {
  readonly kind: ThingKind;
  readonly name: string;
  /** `access list`, `address object`, `bound in on outside`. */
  readonly what: string;
  /** Absent: the text does not define it. */
  readonly span?: Span;
}

/**
 * - `uses`: a rule or object names an object, a profile or a segment.
 * - `stands-in`: a rule is in its list, an interface in its segment.
 * - `binds`: a binding or other reference names a rule list.
 * - `attached-to`: a binding or translation is on a segment or interface.
 */
type Relation = 'uses' | 'stands-in' | 'binds' | 'attached-to';

/** What leads elsewhere first. */
const RELATIONS: readonly Relation[] = ['uses', 'binds', 'attached-to', 'stands-in'];

export interface Use {
  readonly relation: Relation;
  /** Indexes among `definitions`. */
  readonly by: number;
  readonly of: number;
  /** Where it is used. */
  readonly span: Span;
  /** The span is the name itself. Else it is where the thing that uses it stands: it does so through a group. */
  readonly exact: boolean;
}

/** Where one can go from a line. */
export interface Jump {
  readonly relation: Relation;
  /** `to`: what this line uses; `from`: what uses the thing on this line; `within`: what this line is a part of. */
  readonly way: 'to' | 'from' | 'within';
  readonly thing: Definition;
  readonly target: Span;
  /** The word on this line that leads there, where it is one. */
  readonly word?: Span;
}

/** Named things of one device, where they are defined and used. */
export interface References {
  readonly definitions: readonly Definition[];
  /** In the order of the text. */
  readonly uses: readonly Use[];
  /** Where one can go from a line: first what it uses, then what uses it, then what it is a part of. */
  at(source: string, line: number): readonly Jump[];
}

/** The references of a device, from the texts it was read from. */
export function createReferences(device: Device, texts: readonly Source[]): References {
  const collected = collectThings(device);
  const places = new Map(texts.map((text) => [text.name, new TextPlaces(text)]));
  const heads = collected.things.flatMap(({ span }) => (span === undefined ? [] : [span]));
  const bySource = Map.groupBy(heads, ({ source }) => source);
  const extents = new Map(
    [...places].map(([name, text]) => [name, new StatementExtents(text, device.platform, bySource.get(name) ?? [])]),
  );
  const extentOf = (span: Span): readonly Extent[] => extents.get(span.source)?.of(span) ?? [];
  const uses = [...collected.uses, ...usesInTexts(collected, places, extents)].toSorted(inOrder);
  const definitions = collected.things.map(({ kind, name, what, span }): Definition => ({
    kind,
    name: maskSecrets(name),
    what,
    ...(span === undefined ? {} : { span }),
  }));
  return { definitions, uses, at: jumpsOf(definitions, uses, places, extentOf) };
}

/** Every name that a thing may use, where it stands in the thing's own text; else on its line. */
function usesInTexts(
  { things }: Collected,
  places: ReadonlyMap<string, TextPlaces>,
  extents: ReadonlyMap<string, StatementExtents>,
): Use[] {
  const uses: Use[] = [];
  for (const [by, { kind, span, names }] of things.entries()) {
    const text = span === undefined ? undefined : places.get(span.source);
    const statements = span === undefined ? undefined : extents.get(span.source);
    if (span === undefined || names.size === 0) continue;
    const found = new Set<string>();
    if (text !== undefined && statements !== undefined) {
      const isXml = statements.form(span) === 'xml';
      for (const extent of statements.of(span)) {
        for (const word of namedWords(text.text, extent, isXml)) {
          const meant = names.get(word.name);
          const at = text.span(word);
          // The name of the thing itself may be that of something it uses.
          if (meant === undefined || (at.line === span.line && at.column === span.column)) continue;
          found.add(word.name);
          for (const of of meant) if (of !== by) uses.push({ relation: 'uses', by, of, span: at, exact: true });
        }
      }
    }
    // What a rule uses is known, wherever it is named; what an object uses is seen in its text alone.
    for (const [name, meant] of kind === 'object' ? [] : names) {
      if (!found.has(name)) for (const of of meant) uses.push({ relation: 'uses', by, of, span, exact: false });
    }
  }
  return uses;
}

function inOrder(a: Use, b: Use): number {
  if (a.span.source !== b.span.source) return a.span.source < b.span.source ? -1 : 1;
  return a.span.line - b.span.line || a.span.column - b.span.column || a.by - b.by || a.of - b.of;
}

function jumpsOf(
  definitions: readonly Definition[],
  uses: readonly Use[],
  places: ReadonlyMap<string, TextPlaces>,
  extentOf: (span: Span) => readonly Extent[],
): References['at'] {
  const key = (source: string, line: number): string => `${line} ${source}`;
  const usesAt = Map.groupBy(uses, ({ span }) => key(span.source, span.line));
  const usesBy = Map.groupBy(uses, ({ by }) => by);
  const usesOf = Map.groupBy(uses, ({ of }) => of);
  const defined = [...definitions.entries()].flatMap(([index, { span }]) =>
    span === undefined ? [] : [{ index, span }],
  );
  const definedAt = Map.groupBy(defined, ({ span }) => key(span.source, span.line));
  let holders: ReadonlyMap<string, readonly number[]> | undefined;
  return (source, line) => {
    holders ??= holdersByLine(definitions, places, extentOf, key);
    const here = (definedAt.get(key(source, line)) ?? []).map(({ index }) => index);
    const own = new Set(here);
    const jumps: Jump[] = [];
    const add = (way: Jump['way'], relation: Relation, index: number, target: Span | undefined, word?: Span): void => {
      const thing = definitions[index];
      if (thing === undefined || target === undefined) return;
      if (target.source === source && target.line === line && way !== 'to') return;
      jumps.push({ relation, way, thing, target, ...(word === undefined ? {} : { word }) });
    };
    const onLine = (usesAt.get(key(source, line)) ?? []).toSorted(
      (a, b) => Number(b.exact) - Number(a.exact) || RELATIONS.indexOf(a.relation) - RELATIONS.indexOf(b.relation),
    );
    for (const { relation, of, span, exact } of onLine) {
      add('to', relation, of, definitions[of]?.span, exact ? span : undefined);
    }
    for (const index of here) {
      for (const use of usesBy.get(index) ?? []) {
        if (!onLine.includes(use)) add('to', use.relation, use.of, definitions[use.of]?.span);
      }
      for (const { relation, by, span } of usesOf.get(index) ?? []) add('from', relation, by, span);
    }
    for (const index of holders.get(key(source, line)) ?? []) {
      if (!own.has(index)) add('within', 'stands-in', index, definitions[index]?.span);
    }
    return distinct(jumps);
  };
}

/** Rules and objects that are written over several lines, by each of those lines. */
function holdersByLine(
  definitions: readonly Definition[],
  places: ReadonlyMap<string, TextPlaces>,
  extentOf: (span: Span) => readonly Extent[],
  key: (source: string, line: number) => string,
): ReadonlyMap<string, readonly number[]> {
  const holders = new Map<string, number[]>();
  for (const [index, { kind, span }] of definitions.entries()) {
    const text = span === undefined ? undefined : places.get(span.source);
    if (span === undefined || text === undefined || (kind !== 'rule' && kind !== 'object')) continue;
    const lines = new Set<number>();
    for (const { start, end } of extentOf(span)) {
      const last = text.lineAt(Math.max(start, end - 1));
      for (let line = text.lineAt(start); line <= last; line += 1) lines.add(line);
    }
    for (const line of lines) {
      const known = holders.get(key(span.source, line));
      if (known === undefined) holders.set(key(span.source, line), [index]);
      else known.push(index);
    }
  }
  return holders;
}

function distinct(jumps: readonly Jump[]): Jump[] {
  const seen = new Set<string>();
  return jumps.filter(({ way, thing, target }) => {
    const key = JSON.stringify([way, thing.kind, thing.name, target.source, target.line, target.column]);
    return !seen.has(key) && seen.add(key);
  });
}
