import type { Bundle, ParseResult } from '../parsers/index.ts';
import type { Source } from '../parsers/source.ts';
import { auditDevice, type MatrixOptions } from './audit-device.ts';
import { CHECKS } from './checks.ts';
import { SERVICES } from './data/services.ts';
import { lineOwner } from './device-lines.ts';
import type { DeviceReport, SourceReport } from './device-report.ts';
import type { Finding } from './finding.ts';
import { applySettings, settingOf } from './policy/settings.ts';
import { runFleetChecks } from './reporting/reporter.ts';
import { assumedNotes } from './policy/assumptions.ts';
import type { Day, Policy } from './policy/policy.ts';
import type { TrustOptions } from './policy/trust.ts';
import { quoting, sourceText } from './reporting/source-text.ts';

export { CHECKS } from './checks.ts';
export { SERVICES } from './data/services.ts';

export interface AuditOptions {
  /** What the user says about segments. */
  readonly trust: TrustOptions;
  /** What the organisation approves and accepts; nothing without it. */
  readonly policy?: Policy;
  /** The day of the audit, for what expires; without it nothing has expired. */
  readonly today?: Day;
  /**
   * Works out one part only and leaves the other empty: a router with hundreds of segments has few findings and a great
   * many flows. Without it both are there.
   */
  readonly only?: 'findings' | 'flows';
  /** Adds the coverage matrix. */
  readonly matrix?: MatrixOptions;
}

/**
 * Audits all devices of one parsed bundle: `given` is what was parsed. Pure; the report is plain data and quotes every line
 * that it speaks of, so that nothing needs the texts again.
 */
export function auditSource(parsed: ParseResult, given: Source | Bundle, options: AuditOptions): SourceReport {
  const { detection, devices, diagnostics, coverage, ruleCounts } = parsed;
  const [source, ...others] = 'text' in given ? [given] : given;
  const texts = [source, ...others].map((each, index) => ({
    text: sourceText(each),
    lineStates: parsed.texts[index]?.lineStates ?? [],
  }));
  const ownerOf = lineOwner(devices);
  const reports = devices.map((device) =>
    auditDevice(device, {
      parsed,
      texts,
      trust: options.trust,
      policy: options.policy,
      today: options.today,
      only: options.only,
      matrix: options.matrix,
      checks: CHECKS,
      catalogue: SERVICES,
      ownsLine: (name, line) => ownerOf(name, line) === device,
    }),
  );
  return {
    source: source.name,
    ...(others.length === 0 ? {} : { combinedWith: others.map(({ name }) => name) }),
    ...(detection.platform === undefined ? {} : { platform: detection.platform }),
    detectedBy: detection.reasons,
    devices: reports,
    diagnostics: [...diagnostics, ...assumedNotes(devices, options.policy?.assumptions ?? [])],
    coverage,
    ruleCounts,
  };
}

/**
 * Findings about the policy itself and the fleet that it was applied to: approvals that nothing permits, what has expired.
 * `texts` are the policy's files.
 */
export function auditPolicy(
  policy: Policy,
  texts: readonly Source[],
  devices: readonly DeviceReport[],
  today: Day | undefined,
): Finding[] {
  const checks = CHECKS.filter(({ id }) => settingOf(policy, id) !== 'off');
  const found = runFleetChecks(checks, { policy, today, devices, text: quoting(texts.map(sourceText)) });
  return applySettings(found, policy, today, checks);
}
