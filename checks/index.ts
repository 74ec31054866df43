import type { Bundle, ParseResult } from '../parsers/index.ts';
import type { Source } from '../parsers/source.ts';
import { auditDevice } from './audit-device.ts';
import { CHECKS } from './checks.ts';
import { SERVICES } from './data/services.ts';
import { lineOwner } from './device-lines.ts';
import type { SourceReport } from './device-report.ts';
import type { TrustOptions } from './policy/trust.ts';
import { sourceText } from './reporting/source-text.ts';

export { CHECKS } from './checks.ts';
export { SERVICES } from './data/services.ts';

export interface AuditOptions {
  /** What the user says about segments. */
  readonly trust: TrustOptions;
  /**
   * Works out one part only and leaves the other empty: a router with hundreds of segments has few findings and a great
   * many flows. Without it both are there.
   */
  readonly only?: 'findings' | 'flows';
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
      only: options.only,
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
    diagnostics,
    coverage,
    ruleCounts,
  };
}
