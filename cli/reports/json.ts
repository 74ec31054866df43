import type { DeviceReport } from '../../checks/device-report.ts';
import type { Run } from './run.ts';
import type { AuditReport, FlowsReport } from './json-schema.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';

/** The audit for programs: a document of the schema that `brokerfence schema` prints. */
export function auditJson(run: Run): string {
  return document(auditReport(run));
}

/** The permitted flows for programs: `brokerfence schema flows`. */
export function flowsJson(run: Run): string {
  return document(flowsReport(run));
}

export function document(value: unknown): string {
  return `${JSON.stringify(value, maskTexts, 2)}\n`;
}

function auditReport({
  schemaVersion,
  tool,
  policy,
  sources,
  failures,
  skipped,
  shortfalls,
  totals,
}: Run): AuditReport {
  const audited = sources.map((source) => ({ ...source, devices: source.devices.map(deviceFindings) }));
  const judgedBy = policy === undefined ? {} : { policy };
  return { schemaVersion, kind: 'audit', tool, ...judgedBy, sources: audited, failures, skipped, shortfalls, totals };
}

function deviceFindings(report: DeviceReport) {
  const { device, platform, version, source, segments, findings, unjudged, approvals, readiness, ruleLists, matrix } =
    report;
  return {
    device,
    platform,
    ...(version === undefined ? {} : { version }),
    source,
    segments,
    findings,
    unjudged,
    approvals,
    readiness,
    ruleLists,
    ...(matrix === undefined ? {} : { matrix }),
  };
}

function flowsReport(run: Run): FlowsReport {
  const { schemaVersion, tool, sources, failures, skipped, shortfalls } = run;
  const devices = sources.flatMap((source) => source.devices.map(deviceFlows));
  const coverage = sources.map((source) => source.coverage);
  return { schemaVersion, kind: 'flows', tool, devices, coverage, failures, skipped, shortfalls };
}

function deviceFlows({ device, platform, version, source, segments, flows, unjudged }: DeviceReport) {
  return { device, platform, ...(version === undefined ? {} : { version }), source, segments, flows, unjudged };
}

/** Statements stand in fields named `text`: the last guard against a secret in one of them. */
function maskTexts(key: string, value: unknown): unknown {
  return key === 'text' && typeof value === 'string' ? maskSecrets(value) : value;
}
