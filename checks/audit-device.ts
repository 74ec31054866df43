import type { ParseResult } from '../parsers/index.ts';
import type { Device } from '../parsers/model/device.ts';
import { findBoundaries } from './boundaries/find-boundaries.ts';
import type { Boundary } from './boundaries/boundary.ts';
import type { Check, CheckContext } from './check.ts';
import type { Service } from './data/services.ts';
import type { DeviceReport, SegmentTrust, UnjudgedCrossing } from './device-report.ts';
import { createEvaluation } from './evaluate/evaluate.ts';
import { createPacketSpace } from './packet-space/create-packet-space.ts';
import { PacketSpaceFull } from './packet-space/packet-space.ts';
import { permittedFlows } from './permitted-flows.ts';
import { approvalUses, createApprovals } from './policy/approvals.ts';
import { NO_POLICY, type Day, type Policy } from './policy/policy.ts';
import { applySettings, settingOf, withOwnServices } from './policy/settings.ts';
import { judgeTrust, type TrustOptions } from './policy/trust.ts';
import { serviceTarget } from './reporting/flow-text.ts';
import { runChecks, type Guard } from './reporting/reporter.ts';
import { createSessionJudge } from './reporting/sessions.ts';
import { quoting, type ReadLines } from './reporting/source-text.ts';

/** What the audit of one device needs beside the device. */
export interface DeviceAudit {
  readonly parsed: ParseResult;
  readonly texts: readonly ReadLines[];
  readonly trust: TrustOptions;
  readonly policy?: Policy | undefined;
  readonly today?: Day | undefined;
  /** Leaves the other part of the report empty. */
  readonly only?: 'findings' | 'flows' | undefined;
  readonly checks: readonly Check[];
  readonly catalogue: readonly Service[];
  /** Most diagram nodes of the packet space; for tests. */
  readonly maxNodes?: number;
  readonly ownsLine: (source: string, line: number) => boolean;
}

/** Findings, permitted flows and what could not be judged of one device. Never throws on what a configuration says. */
export function auditDevice(device: Device, audit: DeviceAudit): DeviceReport {
  const { parsed, texts, ownsLine, today, policy = NO_POLICY } = audit;
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
    space,
    catalogue,
    trust,
    text,
    texts,
    diagnostics: parsed.diagnostics.filter(({ span }) => ownsLine(span.source, span.line)),
    coverage: parsed.coverage,
    ownsLine,
    sessions: createSessionJudge(space, device.applications, catalogue),
    policy,
    approvals: createApprovals(policy, device, space, catalogue, today),
    today,
    eachBoundary(directions, visit) {
      for (const boundary of found.boundaries) {
        const skip = !directions.includes(boundary.direction) || failed.has(boundary);
        if (!skip) guard([boundary], () => visit(boundary));
      }
    },
  };
  const flows = audit.only === 'findings' ? [] : permittedFlows(context);
  const reported = audit.only === 'flows' ? [] : runChecks(checks, context, evaluation, guard);
  const { version } = device;
  return {
    device: device.name,
    platform: device.platform,
    ...(version === undefined ? {} : { version }),
    source: device.source,
    segments,
    findings: applySettings(reported, policy, today, checks),
    flows,
    unjudged: [...found.unjudged, ...failures(failed)],
    approvals: approvalUses(context),
    ruleLists: {
      lists: device.ruleLists.length,
      rules: device.ruleLists.reduce((sum, { rules }) => sum + rules.length, 0),
    },
  };
}

function failures(failed: ReadonlyMap<Boundary, string>): UnjudgedCrossing[] {
  return [...failed].flatMap(([boundary, reason]) =>
    boundary.crossings.map(({ from, to }) => ({ crossing: { from, to }, reason })),
  );
}
