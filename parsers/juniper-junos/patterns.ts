import type { JunosNode } from './tree.ts';

interface Level<T> {
  readonly words: Map<string, Level<T>>;
  any: Level<T> | undefined;
  value: T | undefined;
}

function level<T>(): Level<T> {
  return { words: new Map(), any: undefined, value: undefined };
}

/**
 * Statements by their path, where `*` stands for any one word (a name or value): `firewall family * filter * term *`.
 * `(a|b)` stands for each of the words. A word goes before `*`, the longest path before shorter ones.
 */
export class Patterns<T> {
  private readonly top: Level<T> = level();

  constructor(entries: Iterable<readonly [pattern: string, value: T]>) {
    for (const [pattern, entry] of entries) for (const words of spelledOut(pattern)) this.add(words, entry);
  }

  /** The value of the pattern that is exactly this path. */
  exactly(path: readonly string[]): T | undefined {
    return this.find(this.top, path, 0);
  }

  /** Where a walk from the top of a tree begins. */
  start(): readonly PatternPlace<T>[] {
    return [this.top];
  }

  private add(words: readonly string[], entry: T): void {
    let at = this.top;
    for (const word of words) {
      let next = word === '*' ? at.any : at.words.get(word);
      if (next === undefined) {
        next = level();
        if (word === '*') at.any = next;
        else at.words.set(word, next);
      }
      at = next;
    }
    at.value = entry;
  }

  private find(at: Level<T>, path: readonly string[], from: number): T | undefined {
    const word = path[from];
    if (word === undefined) return at.value;
    const next = at.words.get(word);
    const found = next === undefined ? undefined : this.find(next, path, from + 1);
    return found ?? (at.any === undefined ? undefined : this.find(at.any, path, from + 1));
  }
}

/** Somewhere in the patterns while a tree is walked. Several at once, because a word and `*` may both fit. */
export interface PatternPlace<T> {
  readonly words: ReadonlyMap<string, PatternPlace<T>>;
  readonly any: PatternPlace<T> | undefined;
  readonly value: T | undefined;
}

/** The places one word further. */
export function further<T>(places: readonly PatternPlace<T>[], word: string): readonly PatternPlace<T>[] {
  const exact = places.flatMap(({ words }) => words.get(word) ?? []);
  const loose = places.flatMap(({ any }) => any ?? []);
  return [...exact, ...loose];
}

function spelledOut(pattern: string): string[][] {
  let paths: string[][] = [[]];
  for (const word of pattern.split(' ')) {
    const words = word.startsWith('(') ? word.slice(1, -1).split('|') : [word];
    paths = paths.flatMap((path) => words.map((each) => [...path, each]));
  }
  return paths;
}

/** The words that lead to a node from the top of its system: without `groups G`, `logical-systems L` and `tenants T`. */
export function ownPath(node: JunosNode): string[] {
  const words: string[] = [];
  for (let at: JunosNode | undefined = node; at?.parent !== undefined; at = at.parent) words.unshift(at.word);
  let from = words[0] === 'groups' ? 2 : 0;
  while (words[from] === 'logical-systems' || words[from] === 'tenants') from += 2;
  return words.slice(from);
}
