import type { LineState } from '../diagnostics.ts';
import type { Line } from '../syntax/lines.ts';
import { lineSpan } from '../syntax/lines.ts';
import { spanOfWord } from '../syntax/quoted-words.ts';
import type { Command, Part } from '../syntax/set-lines.ts';
import type { TreeBuilder } from './build.ts';
import type { JunosNode } from './tree.ts';

/** Words that a command of configuration mode begins with. */
export const BEGINS_COMMAND =
  /^(?:set|delete|deactivate|activate|insert|rename|protect|unprotect|annotate|copy|edit|replace pattern|wildcard delete)\s+\S/;

/** Commands that end or begin a session, show something or move about. */
const SESSION = /^(?:top|up|exit|quit|commit|configure|show|run|status|save|cli|edit)(?:\s|$)/;

/** Takes the commands of a text into the tree, in order. */
export class Commands {
  private readonly builder: TreeBuilder;
  /** Where `edit` has gone, as paths from the top. */
  private levels: (readonly Part[])[] = [];

  constructor(builder: TreeBuilder) {
    this.builder = builder;
  }

  /** Whether a line is a command at all. */
  static is({ text }: Line): boolean {
    return BEGINS_COMMAND.test(text) || SESSION.test(text);
  }

  take(command: Command): void {
    const { builder } = this;
    const { lines, verb } = command;
    if (command.broken !== undefined) {
      const what = command.broken === 'string' ? 'a string has no end' : 'a list has no end';
      builder.notes.diagnose(
        'junos/broken-line',
        'warning',
        lineSpan(builder.notes.source, command.line),
        what,
        'the statement is read as far as it goes; what is missing may change verdicts',
      );
    }
    switch (verb) {
      case 'set':
        return this.set(command);
      case 'delete':
        return this.edit(command, (node) => node.parent?.drop(node));
      case 'deactivate':
        return this.edit(command, (node) => void (node.inactive = true));
      case 'activate':
        return this.edit(command, (node) => void (node.inactive = false));
      case 'insert':
        return this.insert(command);
      case 'rename':
        return this.rename(command);
      case 'protect':
      case 'unprotect':
      case 'annotate':
        return builder.fix(lines, 'no-effect');
      case 'edit':
        this.levels.push(command.parts);
        return builder.fix(lines, 'modelled');
      case 'up':
      case 'exit':
      case 'quit':
        this.levels.pop();
        return builder.fix(lines, 'no-effect');
      case 'top':
        this.levels = [];
        if (command.parts.length > 0) this.inner(command);
        return builder.fix(lines, 'no-effect');
      case 'copy':
      case 'replace':
      case 'wildcard':
        return this.unsupported(command);
      default:
        return builder.fix(lines, SESSION.test(command.line.text) ? 'no-effect' : 'unrecognised');
    }
  }

  /** `top set …`, `top edit …`. */
  private inner(command: Command): void {
    const [verb, ...parts] = command.parts;
    if (verb !== undefined && 'text' in verb) this.take({ ...command, verb: verb.text, parts });
  }

  private at(parts: readonly Part[]): readonly Part[] {
    return [...this.levels.flat(), ...parts];
  }

  private set({ parts, line, lines }: Command): void {
    const { builder } = this;
    if (parts.length === 0) return builder.fix(lines, 'unrecognised');
    const above = this.levels.length === 0 ? [builder.root] : builder.statement(builder.root, this.levels.flat());
    const nodes = above.flatMap((at) => builder.statement(at, parts));
    for (const each of lines) for (const node of nodes) builder.note(each.number, node);
    for (const node of nodes) builder.note(line.number, node);
  }

  /** Does something to the statement named; a command about nothing has no effect. */
  private edit({ parts, lines }: Command, change: (node: JunosNode) => void): void {
    const found = this.builder.find(this.builder.root, this.at(parts));
    for (const node of found) if (node !== this.builder.root) change(node);
    this.builder.fix(lines, found.length > 0 ? 'modelled' : 'no-effect');
  }

  /** `insert … term B before term A`. */
  private insert({ parts, lines, line }: Command): void {
    const texts = parts.map((part) => ('text' in part ? part.text : ''));
    const where = texts.findLastIndex((text) => text === 'before' || text === 'after');
    const [node] = where < 0 ? [] : this.builder.find(this.builder.root, this.at(parts.slice(0, where)));
    const other = node?.parent?.get(texts.at(-1) ?? '');
    if (node?.parent === undefined || other === undefined) return this.lost(line, lines);
    node.parent.move(node, texts[where] === 'after' ? 'after' : 'before', other);
    this.builder.fix(lines, 'modelled');
  }

  /** `rename … term A to term B`. */
  private rename({ parts, lines, line }: Command): void {
    const to = parts.findLastIndex((part) => 'text' in part && part.text === 'to');
    const [node] = to < 0 ? [] : this.builder.find(this.builder.root, this.at(parts.slice(0, to)));
    const name = parts.at(-1);
    if (node?.parent === undefined || name === undefined || !('text' in name)) return this.lost(line, lines);
    node.parent.rename(node, name.text, spanOfWord(this.builder.notes.source, name));
    this.builder.fix(lines, 'modelled');
  }

  private lost(line: Line, lines: readonly Line[]): void {
    const { notes } = this.builder;
    const message = 'the command names a statement that is not there';
    notes.diagnose(
      'junos/edit-of-nothing',
      'warning',
      lineSpan(notes.source, line),
      message,
      'the order or name that it would give is not known; verdicts may differ',
    );
    this.builder.fix(lines, 'unrecognised');
  }

  private unsupported({ line, lines, verb }: Command): void {
    const { notes } = this.builder;
    const state: LineState = 'unsupported';
    notes.diagnose(
      'junos/unsupported',
      'warning',
      lineSpan(notes.source, line),
      `\`${verb}\` commands are not carried out`,
      'statements that it would change are judged as they stand before it',
    );
    this.builder.fix(lines, state);
  }
}
