import type { DeviceChanges } from '../../checks/compare/device-changes.ts';
import type { ComparedFinding, FindingsComparison } from '../../checks/compare/compare-findings.ts';
import type { Finding } from '../../checks/finding.ts';
import type { FailedInput, Shortfall, SkippedInput, Tool, Totals } from '../reports/run.ts';
import type { NamedDevice } from './pair-devices.ts';

/** Flows of a device on both sides. */
export type ComparedFlows =
  | { readonly kind: 'compared'; readonly changes: DeviceChanges }
  /** The texts are the same, and so is what they permit. */
  | { readonly kind: 'same-text' }
  /** Why there is nothing to say about flows. */
  | { readonly kind: 'not-compared'; readonly reason: string };

export interface DeviceComparison {
  /** Absent: the device was added. */
  readonly before?: NamedDevice;
  /** Absent: it was removed. */
  readonly after?: NamedDevice;
  readonly flows: ComparedFlows;
  readonly findings: FindingsComparison<ComparedFinding, Finding>;
}

/** What one side was read from, and how well. */
export interface ComparedSide {
  /** `edge.cfg`, `revision HEAD~1 (1f2e3d4c5b6a) of configs`, `baseline last.json`. */
  readonly label: string;
  /** Absent for a baseline: the report has them. */
  readonly totals?: Totals;
  readonly failures: readonly Pick<FailedInput, 'name' | 'message'>[];
  readonly shortfalls: readonly Shortfall[];
  readonly skipped: readonly SkippedInput[];
}

/** Everything that changed between two sets of inputs: plain data, in the order of the later ones. */
export interface Comparison {
  readonly tool: Tool;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly devices: readonly DeviceComparison[];
  /** Findings about the policy itself; absent without a policy. */
  readonly policy?: FindingsComparison<ComparedFinding, Finding>;
  readonly notes: readonly string[];
}
