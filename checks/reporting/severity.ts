import { SEVERITIES, type Severity } from '../finding.ts';

/** One step milder; `info` stays. */
export function milder(severity: Severity): Severity {
  return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? 'info';
}

/** The worst of some; `info` of none. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'info';
}
