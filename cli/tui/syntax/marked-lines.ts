import type { SourceReport } from '../../../checks/device-report.ts';
import { SEVERITIES, type Evidence, type Severity } from '../../../checks/finding.ts';
import type { LineState } from '../../../parsers/diagnostics.ts';

/** A finding that a line is evidence of. */
interface LineFinding {
  /** Index of the device in the report, and of the finding among the device's. */
  readonly device: number;
  readonly finding: number;
  readonly severity: Severity;
  readonly role: Evidence['role'];
  /** The policy accepts it. */
  readonly isWaived: boolean;
}

/** What is known of one line. */
export interface LineMarks {
  /** The worst first; of one finding only its first role on the line. */
  readonly findings: readonly LineFinding[];
  /** Of the findings that are not waived; absent where there is none. */
  readonly worst?: Severity;
  /** Indexes of the report's diagnostics. */
  readonly diagnostics: readonly number[];
  /** Absent for blank lines, and where states were not given. */
  readonly state?: LineState;
}

/**
 * Lines of one source, from 1, that carry findings, diagnostics or a state.
 *
 * @param lineStates state of line n at index n - 1, as `parse` has them for each text.
 */
export function markedLines(
  report: SourceReport,
  source: string,
  lineStates: readonly (LineState | undefined)[] = [],
): Map<number, LineMarks> {
  const found = new Map<number, { findings: LineFinding[]; diagnostics: number[] }>();
  const at = (line: number): { findings: LineFinding[]; diagnostics: number[] } => {
    const known = found.get(line) ?? { findings: [], diagnostics: [] };
    found.set(line, known);
    return known;
  };
  for (const [device, { findings }] of report.devices.entries()) {
    for (const [finding, { severity, evidence, waived }] of findings.entries()) {
      for (const { role, span } of evidence) {
        if (span.source !== source) continue;
        const here = at(span.line).findings;
        // The evidence of a finding comes in one run, so a line has it last if at all.
        const last = here.at(-1);
        if (last?.device === device && last.finding === finding) continue;
        here.push({ device, finding, severity, role, isWaived: waived !== undefined });
      }
    }
  }
  for (const [index, { span }] of report.diagnostics.entries()) {
    if (span.source === source) at(span.line).diagnostics.push(index);
  }
  for (const [index, state] of lineStates.entries()) if (state !== undefined) at(index + 1);
  const lines = [...found].sort(([a], [b]) => a - b);
  return new Map(
    lines.map(([line, { findings, diagnostics }]) => [line, marks(findings, diagnostics, lineStates[line - 1])]),
  );
}

function marks(
  findings: readonly LineFinding[],
  diagnostics: readonly number[],
  state: LineState | undefined,
): LineMarks {
  const sorted = findings.toSorted((a, b) => rank(a) - rank(b));
  const worst = sorted.find(({ isWaived }) => !isWaived)?.severity;
  return {
    findings: sorted,
    ...(worst === undefined ? {} : { worst }),
    diagnostics,
    ...(state === undefined ? {} : { state }),
  };
}

/** Waived ones stand behind all others. */
function rank({ severity, isWaived }: LineFinding): number {
  return SEVERITIES.indexOf(severity) + (isWaived ? SEVERITIES.length : 0);
}
