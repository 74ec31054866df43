import type { ParseResult } from '../parsers/index.ts';
import type { Device } from '../parsers/model/device.ts';
import { findBoundaries } from './boundaries/find-boundaries.ts';
import type { Boundary } from './boundaries/boundary.ts';
import type { Check, CheckContext } from './check.ts';
import type { Service } from './data/services.ts';
import type { DeviceReport, SegmentTrust, UnjudgedCrossing } from './device-report.ts';
import { assume } from './evaluate/assume.ts';
import { createEvaluation } from './evaluate/evaluate.ts';
import { createPacketSpace } from './packet-space/create-packet-space.ts';
import { coverageMatrix } from './matrix/matrix.ts';
import { PacketSpaceFull } from './packet-space/packet-space.ts';
import { permittedFlows } from './permitted-flows.ts';
import { approvalUses, createApprovals } from './policy/approvals.ts';
import { decidedBy } from './policy/assumptions.ts';
import { NO_POLICY, type Day, type Policy } from './policy/policy.ts';
import { applySettings, settingOf, withOwnServices } from './policy/settings.ts';
import { judgeTrust, type TrustOptions } from './policy/trust.ts';
import { createAssumptionJudge } from './reporting/assumptions.ts';
import { serviceTarget } from './reporting/flow-text.ts';
import { runChecks, type Guard } from './reporting/reporter.ts';
import { createSessionJudge } from './reporting/sessions.ts';
import { quoting, type ReadLines } from './reporting/source-text.ts';
import { textShortfalls } from './shortfalls.ts';
import { readinessOf } from './visibility/readiness.ts';

/** What the audit of one device needs beside the device. */
export interface DeviceAudit {
  readonly parsed: ParseResult;
  readonly texts: readonly ReadLines[];
  readonly trust: TrustOptions;
  readonly policy?: Policy | undefined;
  readonly today?: Day | undefined;
  /** Leaves the other part of the report empty. */
  readonly only?: 'findings' | 'flows' | undefined;
  readonly matrix?: MatrixOptions | undefined;
  readonly checks: readonly Check[];
  readonly catalogue: readonly Service[];
  /** Most diagram nodes of the packet space; for tests. */
  readonly maxNodes?: number;
  readonly ownsLine: (source: string, line: number) => boolean;
}

/** What the coverage matrix is judged by. */
export interface MatrixOptions {
  /** Most lines, in percent, that may not be understood before nothing is called blocked or approved. */
  readonly maxUnknownPercent: number;
}

/** Findings, permitted flows and what could not be judged of one device. Never throws on what a configuration says. */
export function auditDevice(read: Device, audit: DeviceAudit): DeviceReport {
  const { parsed, texts, ownsLine, today, policy = NO_POLICY } = audit;
  const assumed = assume(read, decidedBy(policy.assumptions));
  const { device } = assumed;
  const catalogue = withOwnServices(audit.catalogue, policy);
  const checks = audit.checks.filter(({ id }) => settingOf(policy, id) !== 'off');
  const text = quoting(texts.map((each) => each.text));
  const space = createPacketSpace(audit.maxNodes === undefined ? {} : { maxNodes: audit.maxNodes });
  const slices = catalogue.map((service) => serviceTarget(service).slice);
  const evaluation = createEvaluation(device, space, slices);
  const segments = judgeTrust(device, audit.trust, policy);
  const trust = new Map<string, SegmentTrust>(segments.map((segment) => [segment.segment, segment]));
  const found = findBoundaries(evaluation, trust);
  const failed = new Map<Boundary, string>();
  const overflowed: string[] = [];
  const guard: Guard = (boundaries, action) => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof PacketSpaceFull)) throw error;
      for (const boundary of boundaries) failed.set(boundary, 'its packet sets outgrow the memory set aside for them');
    }
  };
  const context: CheckContext = {
    device,
    written: read,
    space,
    catalogue,
    evaluation,
    trust,
    text,
    texts,
    diagnostics: parsed.diagnostics.filter(({ span }) => ownsLine(span.source, span.line)),
    coverage: parsed.coverage,
    ruleCounts: parsed.devices[0] === read ? parsed.ruleCounts : [],
    ownsLine,
    sessions: createSessionJudge(space, device.applications, catalogue),
    policy,
    approvals: createApprovals(policy, device, space, catalogue, today),
    assumptions: createAssumptionJudge(read, assumed, space, policy.assumptions),
    today,
    eachBoundary(directions, visit) {
      for (const boundary of found.boundaries) {
        const skip = !directions.includes(boundary.direction) || failed.has(boundary);
        if (!skip) guard([boundary], () => visit(boundary));
      }
    },
  };
  const flows = audit.only === 'findings' ? [] : permittedFlows(context);
  const reported =
    audit.only === 'flows' ? [] : runChecks(checks, context, evaluation, guard, (check) => overflowed.push(check));
  const { version } = device;
  const matrix =
    audit.matrix === undefined
      ? undefined
      : coverageMatrix(context, { evaluation, failed, shortfalls: shortfalls(audit, audit.matrix) });
  return {
    device: device.name,
    platform: device.platform,
    ...(version === undefined ? {} : { version }),
    source: device.source,
    segments,
    findings: applySettings(reported, policy, today, checks),
    flows,
    unjudged: [...found.unjudged, ...failures(failed), ...overflowed.map(notWorkedOut)],
    approvals: approvalUses(context),
    readiness: audit.only === 'flows' ? [] : readinessOf(context),
    ...(matrix === undefined ? {} : { matrix }),
    ruleLists: {
      lists: device.ruleLists.length,
      rules: device.ruleLists.reduce((sum, { rules }) => sum + rules.length, 0),
    },
  };
}

/** Why the texts cannot be trusted to be all there is. */
function shortfalls({ parsed }: DeviceAudit, { maxUnknownPercent }: MatrixOptions): string[] {
  const ofTexts = textShortfalls(parsed, maxUnknownPercent).map(({ message }) => `the text is not trusted: ${message}`);
  const lost = parsed.ruleCounts.filter(
    ({ written, modelled, left }) => written !== left.reduce((sum, { count }) => sum + count, modelled),
  );
  return [...ofTexts, ...lost.map(({ kind }) => `not all ${kind} of the text are in the model`)];
}

function notWorkedOut(check: string): UnjudgedCrossing {
  const reason = `${check} was not worked out: its packet sets outgrow the memory set aside for them`;
  return { crossing: { from: '*', to: '*' }, reason };
}

function failures(failed: ReadonlyMap<Boundary, string>): UnjudgedCrossing[] {
  return [...failed].flatMap(([boundary, reason]) =>
    boundary.crossings.map(({ from, to }) => ({ crossing: { from, to }, reason })),
  );
}
