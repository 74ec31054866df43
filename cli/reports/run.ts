import type { Finding, Severity } from '../../checks/finding.ts';
import type { SourceReport } from '../../checks/device-report.ts';
import type { MatrixSums } from '../../checks/matrix/coverage-matrix.ts';
import type { Diagnostic, LineState } from '../../parsers/diagnostics.ts';
import type { FailureReason } from '../sources/input.ts';

/** Raised when a field of the JSON reports changes its meaning or goes away; new fields alone do not raise it. */
export const SCHEMA_VERSION = 1;

export interface Tool {
  readonly name: 'brokerfence';
  readonly version: string;
}

/** A diagnostic with the line it is about, secrets masked. Empty where it is about the text as a whole. */
export interface ReportedDiagnostic extends Diagnostic {
  readonly text: string;
}

export interface SourceResult extends SourceReport {
  readonly diagnostics: readonly ReportedDiagnostic[];
}

export interface FailedInput {
  readonly name: string;
  readonly reason: FailureReason;
  /** What is wrong, after the name: `cannot be read: permission denied`. */
  readonly message: string;
}

export interface SkippedInput {
  readonly name: string;
  readonly message: string;
}

/** Why the answer for a source cannot be trusted although it was read. */
export interface Shortfall {
  readonly source: string;
  readonly reason: 'unknown-lines' | 'cut-off' | 'error-diagnostic' | 'contradicting-trust';
  readonly message: string;
}

export interface Totals {
  readonly sources: number;
  readonly devices: number;
  /** Without those that the policy accepts. */
  readonly findings: number;
  /** Findings that the policy accepts. */
  readonly waived: number;
  readonly findingsBySeverity: Readonly<Record<Severity, number>>;
  /** Non-blank lines of all sources; the states add up to it. */
  readonly lines: number;
  readonly lineStates: Readonly<Record<LineState, number>>;
  readonly failures: number;
  readonly shortfalls: number;
  /** Sums of the coverage matrices of all devices; absent where none was asked for. */
  readonly matrix?: MatrixSums;
}

/** The policy that the run was judged by, and what is to be said of it. */
export interface PolicyResult {
  /** The file, as given or as found. */
  readonly file: string;
  /** Findings about the policy itself; they belong to no device. */
  readonly findings: readonly Finding[];
  /** Entries that fit nothing in this run: `segments[2] names no segment (brokerfence.yaml:14)`. */
  readonly notes: readonly string[];
}

/** The audit of all inputs: plain data, in the order of the inputs. */
export interface Run {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly tool: Tool;
  /** Absent: no policy file was found or wanted. */
  readonly policy?: PolicyResult;
  readonly sources: readonly SourceResult[];
  readonly failures: readonly FailedInput[];
  readonly skipped: readonly SkippedInput[];
  readonly shortfalls: readonly Shortfall[];
  readonly totals: Totals;
}
