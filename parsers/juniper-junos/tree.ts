import type { LineState } from '../diagnostics.ts';
import type { Span } from '../source.ts';

/** How a statement came to stand where it does without being written there. */
export interface Inheritance {
  /** The configuration group, or the interface range. */
  readonly group: string;
  /** The name in the `apply-groups` statement, or the range's `member`. */
  readonly applied: Span;
  /** The statement in the group that was copied. */
  readonly from: JunosNode;
  /** Set when the group counts only on some systems or at some times (`when`): whether it does is not in the text. */
  readonly conditional: boolean;
}

/**
 * One word of a statement, with the words that may follow it below. `filter F { term A; term B; }`, the set lines
 * `filter F term A` and `filter F term B`, and the XML elements of the same meaning are all one tree:
 * `filter → F → term → (A, B)`. So keywords and names alternate by position and no form needs to know which is which.
 */
export class JunosNode {
  /** Without quotation marks. */
  word: string;
  /** Where the word stands first. */
  span: Span;
  readonly parent: JunosNode | undefined;
  /** In the order in which the device keeps them. */
  readonly children: JunosNode[] = [];
  readonly inheritance: Inheritance | undefined;
  /** Set when the statement is switched off (`inactive:`, `deactivate`); it and all below then count for nothing. */
  inactive = false;
  /** Set when a later statement took it out of the tree (`delete`, `replace:`, another value). */
  removed = false;
  /** Set when something below was switched off and taken out: an empty statement is then no broken one. */
  emptied = false;
  /** Set when the text ends inside of the statement. */
  cut = false;
  /** Set by whoever understood the statement; counts for everything below that has none of its own. */
  state: LineState | undefined;
  private index: Map<string, JunosNode> | undefined;

  constructor(word: string, span: Span, parent: JunosNode | undefined, inheritance?: Inheritance) {
    this.word = word;
    this.span = span;
    this.parent = parent;
    this.inheritance = inheritance;
  }

  /** The child with this word. */
  get(word: string): JunosNode | undefined {
    if (this.children.length < 8) return this.children.find((each) => each.word === word);
    this.index ??= new Map(this.children.map((each) => [each.word, each]));
    return this.index.get(word);
  }

  /** The child with this word, made if there is none yet. */
  take(word: string, span: Span, inheritance?: Inheritance): JunosNode {
    const known = this.get(word);
    if (known !== undefined) return known;
    const made = new JunosNode(word, span, this, inheritance);
    this.children.push(made);
    this.index?.set(word, made);
    return made;
  }

  /** Takes a child out that no longer counts. */
  drop(node: JunosNode): void {
    this.detach(node);
    node.removed = true;
  }

  /** Takes a child out that is kept elsewhere. */
  detach(node: JunosNode): void {
    const at = this.children.indexOf(node);
    if (at < 0) return;
    this.children.splice(at, 1);
    this.index?.delete(node.word);
  }

  /** Puts a child before or after another one. */
  move(node: JunosNode, where: 'before' | 'after', other: JunosNode): void {
    const from = this.children.indexOf(node);
    if (from < 0 || node === other || !this.children.includes(other)) return;
    this.children.splice(from, 1);
    this.children.splice(this.children.indexOf(other) + (where === 'after' ? 1 : 0), 0, node);
  }

  /** Gives a child another word (`rename`). */
  rename(node: JunosNode, word: string, span: Span): void {
    node.word = word;
    node.span = span;
    this.index = undefined;
  }
}

/** The node that these words lead to from here: `child(root, 'security', 'policies')`. */
export function child(node: JunosNode | undefined, ...words: readonly string[]): JunosNode | undefined {
  let at = node;
  for (const word of words) at = at?.get(word);
  return at;
}

/**
 * What stands below these words: the names of a list (`entries(policies, 'policy')`) or the values of a statement
 * (`entries(match, 'application')`), in order.
 */
export function entries(node: JunosNode | undefined, ...words: readonly string[]): readonly JunosNode[] {
  return child(node, ...words)?.children ?? [];
}

/** The value of a statement that has one: `value(system, 'host-name')`. */
export function value(node: JunosNode | undefined, ...words: readonly string[]): string | undefined {
  return child(node, ...words)?.children[0]?.word;
}

/** Everything below a node and the node itself, from the top. */
export function* descendants(node: JunosNode): Generator<JunosNode> {
  yield node;
  for (const each of node.children) yield* descendants(each);
}

/** The words that lead to a node, without the root's own. */
export function pathOf(node: JunosNode): string[] {
  const words: string[] = [];
  for (let at: JunosNode | undefined = node; at?.parent !== undefined; at = at.parent) words.unshift(at.word);
  return words;
}
