import type { SourceReport } from '../checks/device-report.ts';
import type { Severity } from '../checks/finding.ts';
import type { LineState } from '../parsers/diagnostics.ts';
import type { Shortfall, Totals } from './reports/run.ts';
import { SEVERITIES, type Finding } from '../checks/finding.ts';
import { addSums } from '../checks/matrix/sums.ts';
import { textShortfalls } from '../checks/shortfalls.ts';

/** Why the answer for a source cannot be trusted, if so. */
export function shortfallsOf(report: SourceReport, maxUnknownPercent: number): Shortfall[] {
  const { source, devices } = report;
  // What is set and still not known is set twice.
  const contradictions = devices.flatMap(({ device, segments }) =>
    segments
      .filter(({ trust, source: from }) => trust === 'unknown' && from === 'set')
      .map(({ segment, reasons }): Shortfall => ({
        source,
        reason: 'contradicting-trust',
        message: `segment ${segment} of ${device} is ${reasons.join('; ')}`,
      })),
  );
  const ofTexts = textShortfalls(report, maxUnknownPercent).map((shortfall) => ({ source, ...shortfall }));
  return [...ofTexts, ...contradictions];
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
  const matrices = sources.flatMap(({ devices }) =>
    devices.flatMap(({ matrix }) => (matrix === undefined ? [] : [matrix])),
  );
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
    ...(matrices.length === 0 ? {} : { matrix: addSums(matrices.map(({ sums }) => sums)) }),
  };
}

/** Whether some finding is at or above the severity. */
export function failsOn(totals: Totals, failOn: Severity | 'none'): boolean {
  if (failOn === 'none') return false;
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some(
    (severity) => totals.findingsBySeverity[severity] > 0,
  );
}
