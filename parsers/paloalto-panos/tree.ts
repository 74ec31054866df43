import type { LineState } from '../diagnostics.ts';
import type { Span } from '../source.ts';

/**
 * One word of a configuration, with the words that may follow it below. The XML `<from><member>trust</member></from>` in the
 * entry `R1`, the braces `R1 { from trust; }` and the set line `… rules R1 from trust` are all one tree: `R1 → from → trust`.
 * Keywords, names of entries and values alternate by position; whoever reads knows which is which.
 */
export class PanNode {
  /** Without quotation marks, entities resolved. */
  readonly word: string;
  readonly parent: PanNode | undefined;
  /** Name of the text, and where the word stands in it: 1-based, `endColumn` exclusive. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** Set on a copy (a template's statement laid into a firewall): what it is a copy of. */
  readonly origin: PanNode | undefined;
  /** The identifier that PAN-OS 9 and later give a rule. */
  uuid: string | undefined;
  /** The device group that a merged or pushed text says the entry is from (`loc`). */
  location: string | undefined;
  /** Set by whoever understood the statement; counts for everything below that has none of its own. */
  state: LineState | undefined;
  /** The text ends inside of it. */
  cut = false;
  private kids: PanNode[] | undefined;
  private index: Map<string, PanNode> | undefined;

  constructor(word: string, place: Span, parent: PanNode | undefined, origin?: PanNode) {
    this.word = word;
    this.source = place.source;
    this.line = place.line;
    this.column = place.column;
    this.endColumn = place.endColumn;
    this.parent = parent;
    this.origin = origin;
  }

  get span(): Span {
    return { source: this.source, line: this.line, column: this.column, endColumn: this.endColumn };
  }

  /** In the order in which the device keeps them. */
  get children(): readonly PanNode[] {
    return this.kids ?? NO_CHILDREN;
  }

  /** The first child with this word. */
  get(word: string): PanNode | undefined {
    if (this.kids === undefined) return undefined;
    if (this.kids.length < 24) return this.kids.find((each) => each.word === word);
    if (this.index === undefined) {
      this.index = new Map();
      for (const each of this.kids) if (!this.index.has(each.word)) this.index.set(each.word, each);
    }
    return this.index.get(word);
  }

  /** Adds a child behind the others, even if there is one with this word. */
  add(word: string, place: Span, origin?: PanNode): PanNode {
    const made = new PanNode(word, place, this, origin);
    if (this.kids === undefined) this.kids = [made];
    else this.kids.push(made);
    if (this.index?.has(word) === false) this.index.set(word, made);
    return made;
  }

  /** Gives back memory that was kept for further children; more can still be added. */
  seal(): void {
    if (this.kids !== undefined && this.kids.length > 1) this.kids = this.kids.slice();
  }

  /** The child with this word, made if there is none yet. */
  take(word: string, place: Span, origin?: PanNode): PanNode {
    return this.get(word) ?? this.add(word, place, origin);
  }

  /** Adds a node that stands elsewhere too: its `parent` stays what it is. */
  adopt(node: PanNode): void {
    if (this.kids === undefined) this.kids = [node];
    else this.kids.push(node);
    this.index?.set(node.word, node);
  }

  /** Takes a child out (`delete`, a value that another one replaces). */
  drop(node: PanNode): void {
    const at = this.kids?.indexOf(node) ?? -1;
    if (at < 0) return;
    this.kids?.splice(at, 1);
    this.index = undefined;
  }

  /** Puts a child elsewhere among its siblings; `before` undefined: behind all. */
  move(node: PanNode, before: PanNode | undefined): void {
    if (this.kids === undefined || node === before) return;
    const from = this.kids.indexOf(node);
    if (from < 0) return;
    this.kids.splice(from, 1);
    const to = before === undefined ? -1 : this.kids.indexOf(before);
    this.kids.splice(to < 0 ? this.kids.length : to, 0, node);
  }
}

const NO_CHILDREN: readonly PanNode[] = [];

/** The node that these words lead to from here: `child(rule, 'profile-setting', 'group')`. */
export function child(node: PanNode | undefined, ...words: readonly string[]): PanNode | undefined {
  let at = node;
  for (const word of words) at = at?.get(word);
  return at;
}

/** What stands below these words: entries of a list, members, or the values of a statement, in order. */
export function entries(node: PanNode | undefined, ...words: readonly string[]): readonly PanNode[] {
  return child(node, ...words)?.children ?? NO_CHILDREN;
}

/** The value of a statement that has one: `value(rule, 'action')`. */
export function value(node: PanNode | undefined, ...words: readonly string[]): string | undefined {
  return child(node, ...words)?.children[0]?.word;
}

/** Whether a statement says `yes`. */
export function isYes(node: PanNode | undefined, ...words: readonly string[]): boolean {
  return value(node, ...words) === 'yes';
}

/** The statement that was written: for a copy, what it is a copy of. */
export function written(node: PanNode): PanNode {
  let at = node;
  while (at.origin !== undefined) at = at.origin;
  return at;
}

/** The words that lead to a node, without the root's own. */
export function pathOf(node: PanNode): string[] {
  const words: string[] = [];
  for (let at: PanNode | undefined = node; at?.parent !== undefined; at = at.parent) words.unshift(at.word);
  return words;
}
