import type { LineState } from '../diagnostics.ts';
import type { Line } from '../syntax/lines.ts';
import type { Loaded } from './load.ts';
import type { Notes } from './notes.ts';
import { further, Patterns, type PatternPlace } from './patterns.ts';
import type { Statement } from './statements.ts';
import { descendants, pathOf, type JunosNode } from './tree.ts';

/** A line with several statements takes the first of these that one of them has. */
const WORST: readonly LineState[] = ['unrecognised', 'unsupported', 'conditional', 'modelled', 'no-effect'];

type Places = readonly PatternPlace<Statement>[];

/** The state of every statement of a tree, from the tables and from who read it. */
class States {
  readonly of = new Map<JunosNode, LineState>();
  private readonly patterns: Patterns<Statement>;
  private readonly notes: Notes;

  constructor(table: readonly Statement[], notes: Notes) {
    const inRanges = table
      .filter(({ path }) => path.startsWith('interfaces * '))
      .map((each): Statement => ({ ...each, path: each.path.replace('interfaces *', 'interfaces interface-range *') }));
    this.patterns = new Patterns([...table, ...inRanges].map((each) => [each.path, each]));
    this.notes = notes;
  }

  run(root: JunosNode): void {
    for (const each of root.children) this.visit(each, further(this.patterns.start(), each.word), undefined, root);
  }

  private visit(node: JunosNode, places: Places, above: LineState | undefined, root: JunosNode): void {
    const statement = places.find(({ value }) => value !== undefined)?.value;
    const isKnown = places.length > 0;
    const table = statement?.state ?? above;
    const state = node.state ?? table ?? (isKnown ? 'modelled' : 'unrecognised');
    if (statement?.state === 'unsupported' && node.state === undefined) this.report(node, statement);
    this.know(node, state);
    const below = node.state ?? table ?? (isKnown ? undefined : 'unrecognised');
    const isSystem = node.parent === root && (node.word === 'logical-systems' || node.word === 'tenants');
    for (const each of node.children) {
      if (isSystem) this.system(each);
      else this.visit(each, further(places, each.word), below, root);
    }
    if (isSystem) this.of.set(node, 'modelled');
  }

  /** A logical system or tenant holds what a device of its own would. */
  private system(node: JunosNode): void {
    this.know(node, 'modelled');
    for (const each of node.children) this.visit(each, further(this.patterns.start(), each.word), undefined, node);
  }

  /** Sets the state of a statement, and of the one in a group that it is a copy of. */
  know(node: JunosNode, state: LineState): void {
    this.of.set(node, state);
    const from = node.inheritance?.from;
    if (from === undefined || node.inheritance?.group === 'apply-path') return;
    this.of.set(from, worse(this.of.get(from), state));
  }

  private report(node: JunosNode, { note }: Statement): void {
    const path = pathOf(node);
    const shown = path.length > 4 ? `… ${path.slice(-4).join(' ')}` : path.join(' ');
    this.notes.diagnose('junos/unsupported', 'warning', node.span, `\`${shown}\` is known and not modelled`, note);
  }
}

/** The state of every line: that of what stands on it. */
export function lineStates(
  { root, groups, groupWords, builder, notes }: Loaded,
  lines: readonly Line[],
  table: readonly Statement[],
): (LineState | undefined)[] {
  const states = new States(table, notes);
  states.run(root);
  for (const each of groupWords) for (const node of descendants(each)) states.know(node, 'modelled');
  if (groups !== undefined) addGroups(groups, states.of);
  const result: (LineState | undefined)[] = Array.from({ length: lines.at(-1)?.number ?? 0 });
  for (const { number } of lines) {
    let state = builder.fixed.get(number);
    for (const node of builder.onLine.get(number) ?? []) state = worse(state, states.of.get(node) ?? 'no-effect');
    // What holds no statement at all is a comment.
    result[number - 1] = state ?? 'no-effect';
  }
  return result;
}

/** Statements of groups have the state of their copies; what has none is applied nowhere. */
function addGroups(node: JunosNode, states: Map<JunosNode, LineState>): boolean {
  let isUsed = states.has(node);
  for (const each of node.children) if (addGroups(each, states)) isUsed = true;
  if (!states.has(node)) states.set(node, isUsed ? 'modelled' : 'no-effect');
  return isUsed;
}

function worse(a: LineState | undefined, b: LineState): LineState {
  if (a === undefined) return b;
  return WORST.indexOf(a) <= WORST.indexOf(b) ? a : b;
}
