import type { SourceReport } from '../checks/device-report.ts';
import type { Severity } from '../checks/finding.ts';
import type { LineState } from '../parsers/diagnostics.ts';
import type { Shortfall, Totals } from './reports/run.ts';
import { SEVERITIES, type Finding } from '../checks/finding.ts';

/** Why the answer for a source cannot be trusted, if so. */
export function shortfallsOf(report: SourceReport, maxUnknownPercent: number): Shortfall[] {
  const { source, coverage, diagnostics } = report;
  const shortfalls: Shortfall[] = [];
  const unknown = coverage.states.unsupported + coverage.states.unrecognised;
  if (unknown * 100 > maxUnknownPercent * coverage.lines) {
    const message = `${unknown} of ${coverage.lines} lines were not understood, more than ${maxUnknownPercent}% (--max-unknown)`;
    shortfalls.push({ source, reason: 'unknown-lines', message });
  }
  if (coverage.complete === 'no') {
    shortfalls.push({ source, reason: 'cut-off', message: 'ends before its end mark; what is missing is unknown' });
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length > 1 ? ` and ${errors.length - 1} more` : '';
    shortfalls.push({
      source,
      reason: 'error-diagnostic',
      message: `line ${first.span.line}: ${first.message}${more}`,
    });
  }
  return shortfalls;
}

/** `policy`: findings about the policy itself. Findings that the policy accepts are counted apart. */
export function totalsOf(
  sources: readonly SourceReport[],
  policy: readonly Finding[],
  failures: number,
  shortfalls: number,
): Totals {
  const all = [...sources.flatMap(({ devices }) => devices.flatMap((device) => device.findings)), ...policy];
  const findings = all.filter(({ waived }) => waived === undefined);
  const bySeverity = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  const inState = (state: LineState): number => sources.reduce((sum, { coverage }) => sum + coverage.states[state], 0);
  return {
    sources: sources.length,
    devices: sources.reduce((sum, { devices }) => sum + devices.length, 0),
    findings: findings.length,
    waived: all.length - findings.length,
    findingsBySeverity: {
      critical: bySeverity('critical'),
      high: bySeverity('high'),
      medium: bySeverity('medium'),
      low: bySeverity('low'),
      info: bySeverity('info'),
    },
    lines: sources.reduce((sum, { coverage }) => sum + coverage.lines, 0),
    lineStates: {
      modelled: inState('modelled'),
      'no-effect': inState('no-effect'),
      conditional: inState('conditional'),
      unsupported: inState('unsupported'),
      unrecognised: inState('unrecognised'),
    },
    failures,
    shortfalls,
  };
}

/** Whether some finding is at or above the severity. */
export function failsOn(totals: Totals, failOn: Severity | 'none'): boolean {
  if (failOn === 'none') return false;
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some(
    (severity) => totals.findingsBySeverity[severity] > 0,
  );
}
