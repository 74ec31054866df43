import type { LineState } from '../../../parsers/diagnostics.ts';
import type { Evidence, Finding } from '../../../checks/finding.ts';
import type { Jump } from '../../../checks/references/references.ts';
import type { ReportedDiagnostic } from '../../reports/run.ts';
import { visible } from '../../terminal/visible.ts';
import { cut, displayWidth, wrap } from '../../terminal/width.ts';
import type { LineJumps } from '../engine/questions.ts';
import type { Line } from '../line.ts';
import { severityStyle } from '../theme.ts';

export interface FoundOnLine {
  readonly finding: Finding;
  readonly role: Evidence['role'];
  readonly id: string;
}

/** What is known of one line. */
export interface AboutLine {
  readonly found: readonly FoundOnLine[];
  readonly said: readonly ReportedDiagnostic[];
  readonly state: LineState | undefined;
  readonly jumps: LineJumps | undefined;
}

/** What there is to say of the line under the cursor: its findings, how it is understood, where it leads; whole if it is cut. */
export function lineDetail(
  text: string,
  { found, said, state, jumps }: AboutLine,
  width: number,
  rows: number,
): Line[] {
  const [worst, ...others] = found;
  const findings: Line[] =
    worst === undefined
      ? []
      : [
          [
            [severityStyle(worst.finding.severity), `${worst.finding.severity} `],
            ['strong', `${worst.finding.check} `],
            ['plain', cut(visible(`(${worst.role}) ${worst.finding.message}`), width)],
          ],
          ...(others.length === 0
            ? []
            : [[['faint', `and ${others.length} more findings on this line: ⏎ shows them`]] satisfies Line]),
        ];
  const diagnostics = said.slice(0, 1).map(({ severity, message, consequence }): Line => {
    return [
      ['warning', `${severity}: `],
      ['plain', cut(visible(`${message}: ${consequence}`), width)],
    ];
  });
  const understood: Line[] = state === undefined || said.length > 0 ? [] : [[['faint', `line state: ${state}`]]];
  const whole =
    displayWidth(text) > width - 8 ? wrap(visible(text.trim()), width).map((line): Line => [['faint', line]]) : [];
  const all = [rule(width), ...findings, ...diagnostics, ...jumpLines(jumps, width), ...whole, ...understood];
  return [...all, ...Array.from({ length: rows }, (): Line => [])].slice(0, rows);
}

function rule(width: number): Line {
  return [['faint', '─'.repeat(width)]];
}

function jumpLines(jumps: LineJumps | undefined, width: number): Line[] {
  if (jumps === undefined || jumps.jumps.length + jumps.bindings.length === 0) return [];
  const [first, ...more] = jumps.jumps;
  const [binding] = jumps.bindings;
  const parts = [
    ...(first === undefined ? [] : [`d ${jumpText(first)}${more.length === 0 ? '' : ` and ${more.length} more`}`]),
    ...(binding === undefined ? [] : [`b ${jumpText(binding)}`]),
  ];
  return [[['accent', cut(visible(parts.join('   ')), width)]]];
}

const WAYS: Readonly<Record<Jump['way'], string>> = { to: '→', from: 'used by', within: 'in' };

/** `→ object BROKER (line 20)`. */
export function jumpText({ way, thing, target }: Jump): string {
  return `${WAYS[way]} ${thing.what} ${thing.name} (line ${target.line})`;
}
