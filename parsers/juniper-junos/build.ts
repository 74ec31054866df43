import type { LineState } from '../diagnostics.ts';
import type { BraceItem, BraceStatement } from '../syntax/braces.ts';
import type { Line } from '../syntax/lines.ts';
import { spanOfWord, type Word } from '../syntax/quoted-words.ts';
import type { Part } from '../syntax/set-lines.ts';
import type { Notes } from './notes.ts';
import { replacedBy } from './single-values.ts';
import { JunosNode } from './tree.ts';

/** Builds the tree of a text, statement by statement, and keeps which statements stand on which line. */
export class TreeBuilder {
  readonly root: JunosNode;
  readonly notes: Notes;
  /** Statements by the lines on which they, or their closing braces or tags, stand. */
  readonly onLine = new Map<number, JunosNode[]>();
  /** States of lines that hold no statement: commands, prompts, what could not be read. */
  readonly fixed = new Map<number, LineState>();

  constructor(notes: Notes) {
    this.notes = notes;
    this.root = new JunosNode('', { source: notes.source, line: 1, column: 1, endColumn: 2 }, undefined);
  }

  /** Adds a statement below `at`; returns the nodes of its last words (several for a list). */
  statement(at: JunosNode, parts: readonly Part[]): readonly JunosNode[] {
    let ends: readonly JunosNode[] = [at];
    for (const [index, part] of parts.entries()) {
      const words: readonly Word[] = 'text' in part ? [part] : part;
      const next = parts[index + 1];
      const following = next === undefined ? undefined : 'text' in next ? next : next[0];
      ends = ends.flatMap((end) => words.map((word) => this.add(end, word)));
      // A line takes its state from the last word of the statement that stands on it.
      if (following === undefined || following.line !== words.at(-1)?.line || words.length > 1) {
        for (const node of ends) this.note(words[0]?.line ?? 0, node);
      }
    }
    return ends;
  }

  /** Says that a statement stands (also) on this line. */
  note(line: number, node: JunosNode): void {
    const known = this.onLine.get(line);
    if (known === undefined) this.onLine.set(line, [node]);
    else if (known.at(-1) !== node) known.push(node);
  }

  /** What a tag before a statement does: `inactive: policy P {`. */
  tag(tag: string, nodes: readonly JunosNode[]): void {
    for (const node of nodes) {
      if (tag === 'inactive') node.inactive = true;
      else if (tag === 'active') node.inactive = false;
    }
  }

  /** The node that a path leads to, if it is there. */
  find(from: JunosNode, parts: readonly Part[]): readonly JunosNode[] {
    let found: readonly JunosNode[] = [from];
    for (const part of parts) {
      const words: readonly Word[] = 'text' in part ? [part] : part;
      found = found.flatMap((node) => words.flatMap(({ text }) => node.get(text) ?? []));
    }
    return found;
  }

  /** Adds what stands in braces. Lines that are commands go to `command`. */
  braces(at: JunosNode, items: readonly BraceItem[], command: (index: number) => void): void {
    for (const item of items) {
      if (item.kind === 'command') command(item.at);
      else this.brace(at, item, command);
    }
  }

  private brace(at: JunosNode, item: BraceStatement, command: (index: number) => void): void {
    const tags = item.tags.map(({ text }) => text);
    if (tags.includes('delete')) {
      for (const node of this.find(at, item.parts)) node.parent?.drop(node);
      for (const word of item.parts.flat()) this.fixed.set(word.line, 'modelled');
      return;
    }
    if (tags.includes('replace')) for (const node of this.find(at, item.parts)) node.parent?.drop(node);
    const nodes = this.statement(at, item.parts);
    for (const tag of tags) this.tag(tag, item.block === undefined ? this.statementNodes(nodes, item.parts) : nodes);
    if (item.block === undefined) return;
    for (const node of nodes) {
      this.braces(node, item.block, command);
      if (item.brace !== undefined) this.note(item.brace.line, node);
      if (item.end === undefined) node.cut = true;
      else this.note(item.end.line, node);
    }
  }

  /**
   * What a tag before a statement without a block is about: its value (`inactive: application junos-http;`) or its named
   * entry with everything behind it (`inactive: route 0.0.0.0/0 next-hop 10.0.0.1;`, `inactive: 10.0.0.0/8 except;`).
   */
  private statementNodes(ends: readonly JunosNode[], parts: readonly Part[]): readonly JunosNode[] {
    const last = parts.at(-1);
    const isException = last !== undefined && 'text' in last && last.text === 'except';
    const up = isException && parts.length === 2 ? 1 : Math.max(0, parts.length - 2);
    return ends.map((end) => {
      let node = end;
      for (let count = 0; count < up; count += 1) node = node.parent ?? node;
      return node;
    });
  }

  private add(at: JunosNode, word: Word): JunosNode {
    // `mapped-port 80 to 90`: set lines and XML have the end of a range beside its beginning, braces behind it.
    const only =
      word.text === 'to' && at.word.endsWith('-port') && at.children.length === 1 ? at.children[0] : undefined;
    if (only !== undefined && /^\d+$/.test(only.word)) return only.take(word.text, spanOfWord(this.notes.source, word));
    for (const old of replacedBy(at, word.text)) at.drop(old);
    return at.take(word.text, spanOfWord(this.notes.source, word));
  }

  /** Sets the state of lines that hold no statement. */
  fix(lines: readonly Line[], state: LineState): void {
    for (const line of lines) this.fixed.set(line.number, state);
  }
}
