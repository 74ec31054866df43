import type { EvaluationContract } from '../checks/evaluate/evaluation.ts';
import type { SourceReport } from '../checks/device-report.ts';
import type { TrustOptions } from '../checks/policy/trust.ts';
import type { ParseResult } from '../parsers/index.ts';
import type { Platform } from '../parsers/model/device.ts';
import type {
  FailedInput,
  PolicyResult,
  ReportedDiagnostic,
  Run,
  SkippedInput,
  SourceResult,
  Tool,
} from './reports/run.ts';
import type { Failure, Input, Skipped, TextInput } from './sources/input.ts';
import type { OpenDevice } from './trace/resolve.ts';
import { createEvaluation } from '../checks/evaluate/evaluate.ts';
import { auditPolicy, auditSource } from '../checks/index.ts';
import { assume } from '../checks/evaluate/assume.ts';
import { assumptionText, decidedBy, parserAssumptions, unusedAssumptions } from '../checks/policy/assumptions.ts';
import type { Assumption, Policy, SegmentRole } from '../checks/policy/policy.ts';
import type { Device } from '../parsers/model/device.ts';
import type { Source } from '../parsers/source.ts';
import { createPacketSpace } from '../checks/packet-space/create-packet-space.ts';
import { PacketSpaceFull } from '../checks/packet-space/packet-space.ts';
import { unmatchedPatterns, unmatchedRoles } from '../checks/policy/trust.ts';
import { quoting, sourceText } from '../checks/reporting/source-text.ts';
import { parse } from '../parsers/index.ts';
import { SCHEMA_VERSION } from './reports/run.ts';
import { shortfallsOf, totalsOf } from './totals.ts';

export interface AnalyseOptions {
  readonly tool: Tool;
  /** Overrules detection for every input. */
  readonly platform: Platform | undefined;
  readonly trust: TrustOptions;
  /** The user's policy with the texts of its files; absent: none. */
  readonly policy: LoadedPolicy | undefined;
  /** For what expires. */
  readonly today: string;
  /** Most lines, in percent, that may not be understood. */
  readonly maxUnknownPercent: number;
  /** The part of the reports that is wanted; the other stays empty. */
  readonly only: 'findings' | 'flows';
  /** Whether the coverage matrix is wanted. */
  readonly matrix?: boolean;
  /** Called before each input with the number of finished ones. */
  readonly onInput: (done: number, name: string) => void;
  /** Called with what became of each input as soon as it is known. */
  readonly onResult?: (result: InputResult) => void;
}

/** What became of one input. */
export type InputResult =
  | { readonly kind: 'audited'; readonly result: SourceResult }
  | { readonly kind: 'failed'; readonly result: FailedInput }
  | { readonly kind: 'skipped'; readonly result: SkippedInput };

/** A policy and where it came from. */
export interface LoadedPolicy {
  readonly file: string;
  readonly policy: Policy;
  /** The policy's files, for quoting. */
  readonly texts: readonly Source[];
}

export interface Analysis {
  readonly run: Run;
  /** Patterns of the trust options that name no segment of any device. */
  readonly unmatched: readonly string[];
  /** Names of all segments that were read, for suggestions. */
  readonly segments: readonly string[];
}

/** Audits inputs one after the other and sums up: the one place, with `openDevices` and `compare-run.ts`, where parsers and checks meet. */
export function analyse(inputs: Iterable<Input>, options: AnalyseOptions): Analysis {
  const sources: SourceResult[] = [];
  const failures: FailedInput[] = [];
  const skipped: SkippedInput[] = [];
  let unmatched: readonly string[] = [...options.trust.untrusted, ...options.trust.internal];
  const assumptions = options.policy?.policy.assumptions ?? [];
  let left: Unmatched = { roles: options.policy?.policy.segments ?? [], assumptions };
  let done = 0;
  for (const input of inputs) {
    options.onInput(done, nameOf(input));
    done += 1;
    const parsed = parseInput(input, options.platform, assumptions);
    if (parsed.kind === 'parsed') {
      unmatched = unmatchedPatterns(parsed.result.devices, unmatched);
      left = {
        roles: unmatchedRoles(parsed.result.devices, left.roles),
        assumptions: unusedAssumptions(parsed.result, left.assumptions),
      };
    }
    const became = auditInput(parsed, options);
    if (became.kind === 'audited') sources.push(became.result);
    else if (became.kind === 'failed') failures.push(became.result);
    else skipped.push(became.result);
    options.onResult?.(became);
  }
  const shortfalls = sources.flatMap((source) => shortfallsOf(source, options.maxUnknownPercent));
  const policy = policyResult(options, sources, left);
  const totals = totalsOf(sources, policy?.findings ?? [], failures.length, shortfalls.length);
  const { tool } = options;
  const judgedBy = policy === undefined ? {} : { policy };
  const run: Run = { schemaVersion: SCHEMA_VERSION, tool, ...judgedBy, sources, failures, skipped, shortfalls, totals };
  const segments = sources.flatMap(({ devices }) => devices.flatMap((device) => device.segments));
  return { run, unmatched, segments: segments.map(({ segment }) => segment) };
}

/** Entries of the policy that nothing in the inputs so far fits. */
interface Unmatched {
  readonly roles: readonly SegmentRole[];
  readonly assumptions: readonly Assumption[];
}

/** Findings about the policy, and what of it fits nothing. */
function policyResult(
  { policy, today }: AnalyseOptions,
  sources: readonly SourceResult[],
  { roles, assumptions }: Unmatched,
): PolicyResult | undefined {
  if (policy === undefined) return undefined;
  const devices = sources.flatMap((source) => source.devices);
  const notes = [
    ...roles.map(
      ({ device, segment, place }) =>
        `no segment of this run is "${segment}" of a device "${device}" (${place.source}:${place.line})`,
    ),
    ...assumptions.map((each) => `nothing in this run is decided by the assumption that ${assumptionText(each)}`),
  ];
  return { file: policy.file, findings: auditPolicy(policy.policy, policy.texts, devices, today), notes };
}

export interface Opened {
  readonly devices: readonly OpenDevice[];
  readonly failures: readonly FailedInput[];
}

/**
 * The devices of all inputs, to be traced. Texts are kept and models are not: only the device that was asked for last is
 * held, so that a fleet fits into memory.
 */
export function openDevices(
  inputs: Iterable<Input>,
  platform: Platform | undefined,
  assumptions: readonly Assumption[],
): Opened {
  const devices: OpenDevice[] = [];
  const failures: FailedInput[] = [];
  const hold = new Held(platform, assumptions);
  for (const input of inputs) {
    const parsed = parseInput(input, platform, assumptions);
    if (parsed.kind === 'failure') failures.push(failedInput(parsed));
    if (parsed.kind !== 'parsed') continue;
    hold.parsed = parsed;
    // A closure over `parsed` would keep every model alive.
    const text = parsed.input;
    for (const [index, { name, source }] of parsed.result.devices.entries()) {
      devices.push({ name, source, evaluate: () => hold.evaluation(text, index) });
    }
  }
  return { devices, failures };
}

/** One input whose models are held, for questions about its lines, lists and packets. */
export interface OpenedInput {
  readonly kind: 'opened';
  readonly input: TextInput;
  readonly result: ParseResult;
  readonly devices: readonly OpenDevice[];
}

export function openInput(
  input: Input,
  platform: Platform | undefined,
  assumptions: readonly Assumption[],
): OpenedInput | FailedInput {
  const parsed = parseInput(input, platform, assumptions);
  if (parsed.kind === 'failure') return failedInput(parsed);
  if (parsed.kind === 'skipped') return { name: parsed.name, reason: 'not-a-config', message: parsed.message };
  const hold = new Held(platform, assumptions);
  hold.parsed = parsed;
  const devices = parsed.result.devices.map(({ name, source }, index): OpenDevice => {
    return { name, source, evaluate: () => hold.evaluation(parsed.input, index) };
  });
  return { kind: 'opened', input: parsed.input, result: parsed.result, devices };
}

/** The model and the evaluation of the device that was asked for last. */
class Held {
  parsed: Parsed | undefined;
  readonly #platform: Platform | undefined;
  readonly #assumptions: readonly Assumption[];
  #evaluation: { readonly of: Device; readonly evaluation: EvaluationContract } | undefined;

  constructor(platform: Platform | undefined, assumptions: readonly Assumption[]) {
    this.#platform = platform;
    this.#assumptions = assumptions;
  }

  evaluation(input: TextInput, index: number): EvaluationContract {
    if (this.parsed?.input !== input) {
      const parsed = parseInput(input, this.#platform, this.#assumptions);
      if (parsed.kind !== 'parsed') throw new Error(`${input.source.name} was read before and is not now`);
      this.parsed = parsed;
    }
    const device = this.parsed.result.devices[index];
    if (device === undefined) throw new Error(`${input.source.name} had a device ${index} before`);
    if (this.#evaluation?.of !== device) {
      const assumed = assume(device, decidedBy(this.#assumptions)).device;
      this.#evaluation = { of: device, evaluation: createEvaluation(assumed, createPacketSpace()) };
    }
    return this.#evaluation.evaluation;
  }
}

export interface Parsed {
  readonly kind: 'parsed';
  readonly input: TextInput;
  readonly result: ParseResult;
}

/** An input read into its devices; what is no configuration is a failure or skipped. */
export function parseInput(
  input: Input,
  platform: Platform | undefined,
  assumptions: readonly Assumption[],
): Parsed | Failure | Skipped {
  if (input.kind !== 'text') return input;
  const options = { assumptions: parserAssumptions(assumptions), ...(platform === undefined ? {} : { platform }) };
  const result = parse([input.source, ...input.combinedWith], options);
  if (result.detection.platform !== undefined) return { kind: 'parsed', input, result };
  const { name } = input.source;
  const [refusal] = result.diagnostics;
  const message = refusal?.message ?? 'this is no configuration of a known platform';
  // What was recognised as a configuration, if of a platform that is not read, must not fall under the table.
  if (!input.expected && refusal?.code !== 'source/unsupported-platform') return { kind: 'skipped', name, message };
  return { kind: 'failure', name, reason: 'not-a-config', message };
}

function auditInput(parsed: Parsed | Failure | Skipped, options: AnalyseOptions): InputResult {
  if (parsed.kind === 'skipped') return { kind: 'skipped', result: { name: parsed.name, message: parsed.message } };
  const audited = parsed.kind === 'parsed' ? audit(parsed, options) : parsed;
  return audited.kind === 'failure' ? { kind: 'failed', result: failedInput(audited) } : audited;
}

type Audited = { readonly kind: 'audited'; readonly result: SourceResult } | Failure;

function audit({ input, result }: Parsed, options: AnalyseOptions): Audited {
  const { trust, only, policy, today, matrix, maxUnknownPercent } = options;
  try {
    const wanted = {
      trust,
      only,
      today,
      ...(policy === undefined ? {} : { policy: policy.policy }),
      ...(matrix === true ? { matrix: { maxUnknownPercent } } : {}),
    };
    const report = auditSource(result, [input.source, ...input.combinedWith], wanted);
    return { kind: 'audited', result: withTexts(report, input) };
  } catch (error) {
    if (!(error instanceof PacketSpaceFull)) throw error;
    const message = 'has rules whose packet sets do not fit into memory; no verdict is given for it';
    return { kind: 'failure', name: input.source.name, reason: 'too-complex', message };
  }
}

/** Gives each diagnostic the line it is about, so that reports need no source text. */
function withTexts(report: SourceReport, { source, combinedWith }: TextInput): SourceResult {
  const text = quoting([source, ...combinedWith].map(sourceText));
  const diagnostics = report.diagnostics.map((diagnostic): ReportedDiagnostic => ({
    ...diagnostic,
    text: text.quote(diagnostic.span),
  }));
  return { ...report, diagnostics };
}

function nameOf(input: Input): string {
  return input.kind === 'text' ? input.source.name : input.name;
}

function failedInput({ name, reason, message }: Failure): FailedInput {
  return { name, reason, message };
}
