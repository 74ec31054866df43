import type { LineState } from '../diagnostics.ts';
import type { Line } from '../syntax/lines.ts';
import type { LoadedText } from './load.ts';
import type { Notes } from './notes.ts';
import type { KnownPlace, Statement } from './statements.ts';
import { pathOf, type PanNode } from './tree.ts';
import { TOP } from './words.ts';

/** A line with several statements takes the last of these that one of them has. */
const TO_WORST: readonly LineState[] = ['no-effect', 'modelled', 'conditional', 'unsupported', 'unrecognised'];

/**
 * The state of every line of a text: the worst of the values that begin on it; where none does, that of the statement that
 * it opens, goes on with or closes. Sets the state of every node.
 */
export function lineStates(
  { root, builder }: LoadedText,
  lines: readonly Line[],
  notes: Notes,
): (LineState | undefined)[] {
  const last = lines.at(-1)?.number ?? 0;
  const states = new States(last, notes);
  for (const each of root.children) states.visit(each, TOP.get(each.word), undefined);
  const result: (LineState | undefined)[] = Array.from({ length: last });
  for (const { number } of lines) {
    const of = states.of(number) ?? builder.fixed.get(number) ?? states.around(number, builder.owners[number - 1]);
    result[number - 1] = of;
  }
  return result;
}

class States {
  /** Of the values on each line, as 1 + place in `TO_WORST`; 0: there is none. */
  private readonly values: Uint8Array;
  /** Of the statements that each line begins. */
  private readonly statements: Uint8Array;
  private readonly notes: Notes;

  constructor(lines: number, notes: Notes) {
    this.values = new Uint8Array(lines + 1);
    this.statements = new Uint8Array(lines + 1);
    this.notes = notes;
  }

  /** The state of the values on a line. */
  of(line: number): LineState | undefined {
    return stateAt(this.values[line]);
  }

  /** The state of a line without values. What holds no statement at all is a comment or a blank in a text. */
  around(line: number, owner: PanNode | undefined): LineState {
    const begun = stateAt(this.statements[line]);
    if (begun !== undefined) return begun;
    // A node that is in the tree no more was replaced or deleted by a later command.
    return owner === undefined ? 'no-effect' : (owner.state ?? 'modelled');
  }

  visit(node: PanNode, place: KnownPlace | undefined, above: LineState | undefined): void {
    const statement = place?.statement;
    const table = statement?.state ?? above;
    if (statement?.state === 'unsupported' && node.state === undefined) this.report(node, statement);
    const below = node.state ?? table ?? (place === undefined ? 'unrecognised' : undefined);
    const state = below ?? 'modelled';
    node.state = state;
    const { children } = node;
    const marks = children.length === 0 ? this.values : this.statements;
    const rank = TO_WORST.indexOf(state) + 1;
    if (rank > (marks[node.line] ?? 0)) marks[node.line] = rank;
    for (const each of children) this.visit(each, place?.get(each.word), below);
  }

  private report(node: PanNode, { note }: Statement): void {
    const path = pathOf(node);
    const shown = path.length > 4 ? `… ${path.slice(-4).join(' ')}` : path.join(' ');
    this.notes.diagnose('panos/unsupported', 'warning', node.span, `\`${shown}\` is known and not modelled`, note);
  }
}

function stateAt(rank: number | undefined): LineState | undefined {
  return rank === undefined || rank === 0 ? undefined : TO_WORST[rank - 1];
}
