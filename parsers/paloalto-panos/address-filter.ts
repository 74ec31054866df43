/**
 * The filter of a dynamic address group: `'web' and ('production' or 'staging')`. Tags may stand without quotation marks as long as
 * they hold no blank (PAN-OS Administrator's Guide "Use Dynamic Address Groups in Policy"); `and` binds tighter than `or`.
 */
export type TagFilter =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly TagFilter[] }
  /** Not in the guide; nothing surely fulfils it, because tags are added while the device runs. */
  | { readonly kind: 'not' };

const DEEPEST = 100;

/** Reads a filter. Undefined: it is not one. */
export function readTagFilter(text: string): TagFilter | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  let at = 0;

  const isWord = (word: string): boolean => {
    const token = tokens[at];
    return token !== undefined && !token.quoted && token.text.toLowerCase() === word;
  };
  const listOf = (
    kind: 'all' | 'any',
    word: string,
    part: (depth: number) => TagFilter | undefined,
    depth: number,
  ): TagFilter | undefined => {
    const of: TagFilter[] = [];
    do {
      const next = part(depth);
      if (next === undefined) return undefined;
      of.push(next);
      if (!isWord(word)) return of.length === 1 ? next : { kind, of };
      at += 1;
    } while (at < tokens.length);
    return undefined;
  };
  const either = (depth: number): TagFilter | undefined => listOf('any', 'or', both, depth);
  const both = (depth: number): TagFilter | undefined => listOf('all', 'and', single, depth);
  const single = (depth: number): TagFilter | undefined => {
    const token = tokens[at];
    if (token === undefined || depth > DEEPEST) return undefined;
    if (isWord('not')) {
      at += 1;
      return single(depth + 1) === undefined ? undefined : { kind: 'not' };
    }
    if (isWord('(')) {
      at += 1;
      const inner = either(depth + 1);
      if (!isWord(')')) return undefined;
      at += 1;
      return inner;
    }
    if (isWord(')') || isWord('and') || isWord('or')) return undefined;
    at += 1;
    return { kind: 'tag', tag: token.text };
  };

  const filter = either(0);
  return at === tokens.length ? filter : undefined;
}

/** Whether an object with these tags surely fulfils the filter. */
export function fulfils(filter: TagFilter, tags: ReadonlySet<string>): boolean {
  if (filter.kind === 'tag') return tags.has(filter.tag);
  if (filter.kind === 'not') return false;
  return filter.kind === 'all'
    ? filter.of.every((each) => fulfils(each, tags))
    : filter.of.some((each) => fulfils(each, tags));
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/\s+|'([^']*)'|"([^"]*)"|([()])|([^\s()'"]+)|(.)/gu)) {
    const [, single, double, bracket, word, stray] = match;
    if (stray !== undefined) return undefined;
    const quoted = single ?? double;
    if (quoted !== undefined) tokens.push({ text: quoted, quoted: true });
    else if (bracket !== undefined) tokens.push({ text: bracket, quoted: false });
    else if (word !== undefined) tokens.push({ text: word, quoted: false });
  }
  return tokens;
}
