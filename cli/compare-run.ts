import { basename } from 'node:path';
import { compareDevices } from '../checks/compare/compare-devices.ts';
import { compareFindings, type ComparedFinding } from '../checks/compare/compare-findings.ts';
import type { Finding } from '../checks/finding.ts';
import { SERVICES } from '../checks/index.ts';
import { NO_POLICY } from '../checks/policy/policy.ts';
import { withOwnServices } from '../checks/policy/settings.ts';
import { quoting, sourceText } from '../checks/reporting/source-text.ts';
import type { Device } from '../parsers/model/device.ts';
import type { Source } from '../parsers/source.ts';
import type { Baseline } from './compare/baseline.ts';
import type { ComparedFlows, ComparedSide, Comparison, DeviceComparison } from './compare/comparison.ts';
import { pairDevices, type NamedDevice } from './compare/pair-devices.ts';
import type { Run } from './reports/run.ts';
import { analyse, parseInput, type AnalyseOptions } from './run.ts';
import type { Input, TextInput } from './sources/input.ts';

export type CompareOptions = Omit<AnalyseOptions, 'only' | 'matrix'>;

/** Inputs of one side, with what it is called in reports. */
export interface InputSide {
  readonly kind: 'inputs';
  readonly label: string;
  readonly inputs: Iterable<Input>;
}

/** An earlier report instead of inputs. */
export interface BaselineSide {
  readonly kind: 'report';
  readonly label: string;
  readonly baseline: Baseline;
}

/** One device of a side with its findings and, unless it is out of a report, the input that it was read from. */
interface Known<F> extends NamedDevice {
  readonly findings: readonly F[];
  readonly input: TextInput | undefined;
  /** Which of the devices of the input. */
  readonly index: number;
}

interface Side<F> {
  readonly summary: ComparedSide;
  readonly devices: readonly Known<F>[];
  readonly policyFindings: readonly F[] | undefined;
  /** Names in the trust options that fit no segment. */
  readonly unmatched: readonly string[];
}

/**
 * What changed from one set of inputs, or an earlier report, to another: findings by fingerprint, flows exactly. Both are judged by
 * the policy and on the day of `options`. Two models are held at a time, and the texts of both sides.
 */
export function compareRuns(before: InputSide | BaselineSide, after: InputSide, options: CompareOptions): Comparison {
  const earlier = before.kind === 'report' ? ofBaseline(before) : audited(before, options);
  const later = audited(after, options);
  const { pairs, added, removed } = pairDevices(earlier.devices, later.devices);
  const devices = [
    ...pairs.map((pair): DeviceComparison => ({
      before: nameOf(pair.before),
      after: nameOf(pair.after),
      flows: comparedFlows(pair.before, pair.after, options),
      findings: compareFindings(pair.before.findings, pair.after.findings),
    })),
    ...added.map((device) => alone(undefined, device, earlier.summary)),
    ...removed.map((device) => alone(device, undefined, later.summary)),
  ];
  const { policyFindings = [] } = earlier;
  return {
    tool: options.tool,
    before: earlier.summary,
    after: later.summary,
    devices,
    ...(later.policyFindings === undefined ? {} : { policy: compareFindings(policyFindings, later.policyFindings) }),
    notes: [
      ...(before.kind === 'report' ? [REPORT_NOTE] : []),
      ...later.unmatched
        .filter((name) => before.kind === 'report' || earlier.unmatched.includes(name))
        .map((name) => `no segment is called "${name}", which is set to be trusted or not`),
    ],
  };
}

/** A device of one side. Where its input could not be read on the other side, nothing is known to be new or fixed. */
function alone(
  before: Known<ComparedFinding> | undefined,
  after: Known<Finding> | undefined,
  other: ComparedSide,
): DeviceComparison {
  const source = (after ?? before)?.source ?? '';
  const unread = other.failures.find(({ name }) => name === source || basename(name) === basename(source));
  const sides = {
    ...(before === undefined ? {} : { before: nameOf(before) }),
    ...(after === undefined ? {} : { after: nameOf(after) }),
  };
  if (unread !== undefined) {
    const reason = `${unread.name} could not be read ${after === undefined ? 'after' : 'before'}: it ${unread.message}`;
    return {
      ...sides,
      flows: { kind: 'not-compared', reason },
      findings: compareFindings<ComparedFinding, Finding>([], []),
    };
  }
  const reason =
    after === undefined
      ? 'the device is not there any more: nothing is permitted by it'
      : 'the device was not there before: all that it permits is new';
  return {
    ...sides,
    flows: { kind: 'not-compared', reason },
    findings: compareFindings(before?.findings ?? [], after?.findings ?? []),
  };
}

const REPORT_NOTE =
  'a report has no exact flows of everything: findings are compared, flows are not; compare with the configurations of then for those';

/** Audits a side and keeps its texts: models are read again for the devices that are compared. */
function audited({ label, inputs }: InputSide, options: CompareOptions): Side<Finding> {
  const texts = new Map<string, TextInput>();
  const { run, unmatched } = analyse(kept(inputs, texts), { ...options, only: 'findings' });
  const policyFindings = run.policy?.findings;
  return { summary: summaryOf(label, run), devices: devicesOf(run, texts), policyFindings, unmatched };
}

function* kept(inputs: Iterable<Input>, texts: Map<string, TextInput>): Iterable<Input> {
  for (const input of inputs) {
    if (input.kind === 'text') texts.set(input.source.name, input);
    yield input;
  }
}

function summaryOf(label: string, { totals, failures, shortfalls, skipped }: Run): ComparedSide {
  return { label, totals, failures, shortfalls, skipped };
}

function devicesOf({ sources }: Run, texts: ReadonlyMap<string, TextInput>): Known<Finding>[] {
  return sources.flatMap(({ source, devices }) =>
    devices.map(({ device, findings }, index) => ({ device, source, findings, input: texts.get(source), index })),
  );
}

function ofBaseline({ label, baseline: { devices, policyFindings, failures } }: BaselineSide): Side<ComparedFinding> {
  return {
    summary: { label, failures, shortfalls: [], skipped: [] },
    devices: devices.map((device) => ({ ...device, input: undefined, index: 0 })),
    policyFindings,
    unmatched: [],
  };
}

function nameOf({ device, source }: NamedDevice): NamedDevice {
  return { device, source };
}

function comparedFlows(
  before: Known<ComparedFinding>,
  after: Known<ComparedFinding>,
  options: CompareOptions,
): ComparedFlows {
  if (before.input === undefined || after.input === undefined) {
    return { kind: 'not-compared', reason: 'an earlier report has no exact flows' };
  }
  const [had, has] = [textsOf(before.input), textsOf(after.input)];
  const isSame = had.length === has.length && had.every(({ text }, index) => text === has[index]?.text);
  if (isSame && before.index === after.index && before.device === after.device) return { kind: 'same-text' };
  const { trust, today, policy: { policy } = { policy: NO_POLICY } } = options;
  return {
    kind: 'compared',
    changes: compareDevices(deviceOf(before, before.input, options), deviceOf(after, after.input, options), {
      catalogue: withOwnServices(SERVICES, policy),
      trust,
      policy,
      today,
      texts: { before: quoting(had.map(sourceText)), after: quoting(has.map(sourceText)) },
    }),
  };
}

function textsOf({ source, combinedWith }: TextInput): readonly Source[] {
  return [source, ...combinedWith];
}

function deviceOf({ index, source }: Known<ComparedFinding>, input: TextInput, options: CompareOptions): Device {
  const parsed = parseInput(input, options.platform, options.policy?.policy.assumptions ?? []);
  const device = parsed.kind === 'parsed' ? parsed.result.devices[index] : undefined;
  if (device === undefined) throw new Error(`${source} had a device ${index} before`);
  return device;
}
