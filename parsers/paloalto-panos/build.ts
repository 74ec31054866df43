import type { LineState } from '../diagnostics.ts';
import type { Span } from '../source.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';
import type { UnreadRule } from './behind-break.ts';
import { ITSELF, RULE_KINDS, SYSTEM_WORDS, UUID, WRAPPERS } from './places.ts';
import { PanNode } from './tree.ts';

/** A word of a text with its place in it. */
export interface PlacedWord {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Configurations nest some twenty levels; what goes far beyond that is no configuration. */
const MOST_DEPTH = 120;

/**
 * Where the next word goes. `top`: nothing has been entered yet but wrappers, which are left out; `devices` and `template`:
 * the next word tells whether this one is a wrapper too.
 */
export interface Place {
  readonly node: PanNode;
  readonly at: 'top' | 'devices' | 'template' | 'inside';
  readonly depth: number;
  /** The word of `devices` or `template`, which is made a node only then. */
  readonly pending?: PlacedWord;
}

/**
 * Makes the tree of a text. Whatever stands around the whole is left out, and statements of the only virtual system that a
 * text leaves unnamed are put under `vsys vsys1`, so that all forms and outputs give one tree.
 */
export class TreeBuilder {
  readonly root: PanNode;
  readonly top: Place;
  /** What the line of index n - 1 ends on: the node whose state it takes where no node without children begins on it. */
  readonly owners: (PanNode | undefined)[] = [];
  /** States of lines that are no statements. */
  readonly fixed = new Map<number, LineState>();
  /** What commands of the text took out again. */
  readonly removed: PanNode[] = [];
  /** Rules behind the place where XML breaks off, which are only counted. */
  readonly unread: UnreadRule[] = [];
  /** The first word that stands deeper than any statement does; what is that deep is left out. */
  tooDeep: PlacedWord | undefined;
  /** The text is a template that a manager pushed: it has no name. */
  isPushedTemplate = false;
  private readonly source: string;
  private readonly words = new Map<string, string>();

  /** @param first the first line of the text: where the text as a whole is said to stand. */
  constructor(source: string, first: Line | undefined) {
    this.source = source;
    const place = first === undefined ? { source, line: 1, column: 1, endColumn: 2 } : lineSpan(source, first);
    this.root = new PanNode('', place, undefined);
    this.top = { node: this.root, at: 'top', depth: 0 };
  }

  span({ line, column, endColumn }: PlacedWord): Span {
    return { source: this.source, line, column, endColumn };
  }

  /**
   * Goes one word further. `isName`: the word is surely the name of an entry; `isNew`: it is a new one even if there is one
   * with this name (rules: none may be lost).
   */
  enter(place: Place, word: PlacedWord, isName = false, isNew = false): Place {
    if (place.at === 'inside') return this.inside(place, word, isNew);
    if (place.at === 'devices') return this.enterDevice(place, word);
    if (place.at === 'template') return this.enterTemplate(place, word, isName);
    const { text } = word;
    if (isName) return this.enterNameless(word);
    if (WRAPPERS.has(text)) return this.wrapper(word);
    if (text === 'devices' || text === 'template') {
      this.wrapper(word);
      return { node: this.root, at: text, depth: 0, pending: word };
    }
    return { node: this.child(this.home(text, word), word, false), at: 'inside', depth: 1 };
  }

  private inside(place: Place, word: PlacedWord, isNew: boolean): Place {
    const depth = place.depth + 1;
    if (depth <= MOST_DEPTH) return { node: this.child(place.node, word, isNew), at: 'inside', depth };
    place.node.cut = true;
    this.tooDeep ??= word;
    return place;
  }

  /** The nodes that a path leads to, once for each member of its lists; none where it leads nowhere. */
  find(path: readonly (PlacedWord | readonly PlacedWord[])[]): PanNode[] {
    let nodes: PanNode[] = [this.root];
    let isTop = true;
    for (let at = 0; at < path.length; at += 1) {
      const part = path[at] ?? [];
      const list = 'text' in part ? [part] : nodes.length > 1 ? part.slice(0, 1) : part;
      const members = list.map(({ text }) => text);
      const [word = ''] = members;
      if (isTop && (WRAPPERS.has(word) || word === 'devices')) {
        if (word === 'devices') at += 1;
        continue;
      }
      const before = isTop ? homeOf(word) : [];
      isTop = false;
      for (const each of before) nodes = nodes.flatMap((node) => node.get(each) ?? []);
      nodes = nodes.flatMap((node) => members.flatMap((member) => node.get(member) ?? []));
    }
    return isTop ? [] : nodes;
  }

  /** The child of a node, made if there is none. */
  child(parent: PanNode, word: PlacedWord, isNew: boolean): PanNode {
    if (isNew) return parent.add(word.text, this.span(word));
    const text = this.shared(word.text);
    return parent.get(text) ?? parent.add(text, this.span(word));
  }

  /** A value behind others; `yes`, `any`, `allow` and members of lists come again and again. */
  value(parent: PanNode, word: PlacedWord, isMember: boolean): PanNode {
    const text = isMember || word.text.length <= 8 ? this.shared(word.text) : word.text;
    return parent.add(text, this.span(word));
  }

  /** `rules R1 uuid 0123…` names the rule `R1` once more: the identifier is no statement of the rule. */
  takeUuid(value: PanNode): PanNode {
    const rule = value.parent?.parent;
    if (value.parent?.word !== 'uuid' || rule?.parent?.word !== 'rules' || !UUID.test(value.word)) return value;
    rule.uuid = value.word;
    rule.drop(value.parent);
    return rule;
  }

  /** One string for all equal short words. */
  shared(text: string): string {
    if (text.length > 40) return text;
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.words.set(text, text);
    return text;
  }

  /** The line's state is that of a node. */
  own(line: number, node: PanNode): void {
    if (node !== this.root) this.owners[line - 1] = node;
  }

  fix(line: number, state: LineState): void {
    this.fixed.set(line, state);
  }

  private wrapper(word: PlacedWord): Place {
    if (!this.fixed.has(word.line)) this.fix(word.line, 'modelled');
    return this.top;
  }

  /** `devices` holds the device itself, or, in what a manager says of its firewalls, serial numbers. */
  private enterDevice(place: Place, word: PlacedWord): Place {
    if (!/^\d{5,}$/.test(word.text)) return this.wrapper(word);
    const devices = this.child(this.root, place.pending ?? word, false);
    return { node: this.child(devices, word, false), at: 'inside', depth: 1 };
  }

  /** `template NAME config …` is a manager's; `template config …` is what a firewall was given. */
  private enterTemplate(place: Place, word: PlacedWord, isName: boolean): Place {
    if (!isName && (WRAPPERS.has(word.text) || word.text === 'devices')) {
      this.isPushedTemplate = true;
      return this.enter(this.top, word);
    }
    const template = this.child(this.root, place.pending ?? word, false);
    return { node: this.child(template, word, false), at: 'inside', depth: 1 };
  }

  /** An entry at the top is a virtual system, where it is called like one, or the device itself. */
  private enterNameless(word: PlacedWord): Place {
    if (word.text === ITSELF || word.text === '') return this.wrapper(word);
    if (!/^vsys\d+$/.test(word.text)) return { node: this.child(this.root, word, false), at: 'inside', depth: 1 };
    const systems = this.child(this.root, { ...word, text: 'vsys' }, false);
    return { node: this.child(systems, word, false), at: 'inside', depth: 1 };
  }

  /** Where a word at the top belongs. */
  private home(text: string, word: PlacedWord): PanNode {
    let node = this.root;
    for (const each of homeOf(text)) node = this.child(node, { ...word, text: each }, false);
    return node;
  }
}

/** The words that a word at the top stands below, where the text leaves them out. */
function homeOf(text: string): readonly string[] {
  if (SYSTEM_WORDS.has(text)) return ['vsys', 'vsys1'];
  if (RULE_KINDS.has(text)) return ['vsys', 'vsys1', 'rulebase'];
  if (text === 'rules') return ['vsys', 'vsys1', 'rulebase', 'security'];
  return text === 'pre-rulebase' || text === 'post-rulebase' ? ['policy', 'panorama'] : [];
}
