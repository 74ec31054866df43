import type { Finding, Severity } from '../../checks/finding.ts';
import type { Layout } from './layout.ts';
import type { Run } from './run.ts';
import { SEVERITIES } from '../../checks/finding.ts';
import { drawTable } from '../terminal/table.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { count, percent } from './layout.ts';

/** Findings by severity for each device. */
export function summaryTable(run: Run, { width }: Layout): string[] {
  const rows = run.sources.flatMap(({ devices }) =>
    devices.map(({ device, findings }) => [visible(device), ...cells(findings)]),
  );
  const ofPolicy = run.policy?.findings ?? [];
  if (ofPolicy.length > 0) rows.push(['(policy)', ...cells(ofPolicy)]);
  if (rows.length === 0) return [];
  const { findingsBySeverity, findings } = run.totals;
  const columns = [
    { title: 'device', flexible: { minWidth: 10 } },
    ...[...SEVERITIES, 'all'].map((title) => ({ title, align: 'right' as const })),
  ];
  const total = ['all', ...SEVERITIES.map((severity) => cell(findingsBySeverity[severity])), cell(findings)];
  return drawTable(columns, rows.length > 1 ? [...rows, total] : rows, width);
}

function cells(all: readonly Finding[]): string[] {
  const findings = all.filter(({ waived }) => waived === undefined);
  const bySeverity = SEVERITIES.map((severity) =>
    cell(findings.filter((finding) => finding.severity === severity).length),
  );
  return [...bySeverity, cell(findings.length)];
}

function cell(number: number): string {
  return number === 0 ? '-' : String(number);
}

/** The last line: never a number of findings without how much of the input it rests on. */
export function lastLine({ totals, sources }: Run, { width }: Layout): string[] {
  const unknown = totals.lineStates.unsupported + totals.lineStates.unrecognised;
  const parts = [
    `${count(totals.findings, 'finding')}${severities(totals.findingsBySeverity)} in ${count(totals.devices, 'device')}`,
    sources.length === 0
      ? 'no line of a configuration was read'
      : `${percent(totals.lines - unknown, totals.lines)} of ${count(totals.lines, 'line')} understood`,
    ...(sources.some(({ devices }) => devices.some(({ unjudged }) => unjudged.length > 0))
      ? ['not every crossing was judged (see above)']
      : []),
    ...(totals.waived === 0 ? [] : [`${count(totals.waived, 'finding')} accepted by the policy`]),
    ...(totals.failures === 0 ? [] : [`${count(totals.failures, 'input')} not audited`]),
    ...(totals.shortfalls === 0 ? [] : [`${count(totals.shortfalls, 'reason')} not to trust the answer`]),
  ];
  return wrap(parts.join('; '), width);
}

function severities(bySeverity: Readonly<Record<Severity, number>>): string {
  const present = SEVERITIES.filter((severity) => bySeverity[severity] > 0);
  return present.length === 0 ? '' : ` (${present.map((each) => `${bySeverity[each]} ${each}`).join(', ')})`;
}
