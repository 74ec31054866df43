import { flowText } from '../../reports/finding-text.ts';
import { visible } from '../../terminal/visible.ts';
import { wrap } from '../../terminal/width.ts';
import { fieldLine } from '../field-line.ts';
import type { Drawn, Line } from '../line.ts';
import type { FormDialog, Wish, WordField, WordName } from '../store/dialog.ts';
import type { Area } from '../view.ts';

const LABELS: Readonly<Record<WordName, readonly [label: string, hint: string]>> = {
  name: ['name', 'names the approval in findings; unique in the policy'],
  reason: ['reason', 'why it is needed or accepted: an auditor will read it'],
  owner: ['owner', 'who answers for it'],
  expires: ['expires', 'last day it is in force, as 2027-03-31; empty: never'],
};
const LABEL_WIDTH = 10;
/** Of what is approved, enough to recognise it by. */
const SHOWN_FLOWS = 6;

/** What is accepted, and the words that are asked for. What is typed into is always seen, and of what is accepted as much as fits. */
export function formDrawn({ wish, fields, focus, refusal }: FormDialog, { width, height }: Area): Drawn {
  const asked = fields.map((field, index) => fieldLines(field, index === focus, width));
  const wrong = (refusal ?? '').split('\n').flatMap((text) => wrap(visible(text), width));
  const below = [[], ...asked.flat(), [], ...wrong.map((line): Line => [['danger', line]])];
  const above = shortened(titleLines(wish, width), height - below.length);
  const rows = [...above, ...below];
  const begin = above.length + 1 + asked.slice(0, focus).flat().length;
  const end = begin + (asked[focus] ?? []).length;
  return { head: [], rows: rows.slice(Math.min(begin, Math.max(0, end - height))) };
}

/** So many lines, the last of which says that there are more. */
function shortened(lines: readonly Line[], room: number): readonly Line[] {
  if (lines.length <= room) return lines;
  return room <= 1 ? [] : [...lines.slice(0, room - 1), [['faint', '…']]];
}

function titleLines(wish: Wish, width: number): Line[] {
  const [title, text, flows] = ((): readonly [string, string, readonly string[]] => {
    switch (wish.kind) {
      case 'waive':
        return ['Accept this finding in the policy file', wish.finding.message, []];
      case 'approve':
        return [
          'Approve what this finding is about',
          wish.finding.message,
          wish.finding.flows.flows.map((flow) => flowText(flow, true)),
        ];
      case 'approve-flow': {
        const { service, crossing, flows } = wish.flow;
        const what = `${service} on ${wish.device}: ${crossing.from} → ${crossing.to}`;
        return ['Approve this flow', what, flows.flows.map((flow) => flowText(flow, true))];
      }
    }
  })();
  const more = flows.length > SHOWN_FLOWS ? [`and ${flows.length - SHOWN_FLOWS} more`] : [];
  return [
    [['strong', title]],
    ...wrap(visible(text), width).map((line): Line => [['plain', line]]),
    ...[...flows.slice(0, SHOWN_FLOWS), ...more].flatMap((flow) =>
      wrap(visible(`  ${flow}`), width).map((line): Line => [['faint', line]]),
    ),
  ];
}

function fieldLines({ name, field, problem }: WordField, isFocus: boolean, width: number): Line[] {
  const [label, hint] = LABELS[name];
  const head: Line = [[isFocus ? 'strong' : 'accent', `${isFocus ? '▸' : ' '}${label}`.padEnd(LABEL_WIDTH)]];
  const typed: Line = isFocus
    ? fieldLine(field, Math.max(8, width - LABEL_WIDTH - 1)).line
    : [['plain', visible(field.text)]];
  const below: Line[] =
    problem === undefined
      ? isFocus
        ? [[['faint', `${' '.repeat(LABEL_WIDTH)}${hint}`]]]
        : []
      : [[['danger', `${' '.repeat(LABEL_WIDTH)}✗ ${visible(problem)}`]]];
  return [[...head, ...typed], ...below];
}
