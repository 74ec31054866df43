/** Whether the engine and the naive evaluator agree with one row of a packet table. */
import type { Decision, EvaluatedCrossing, EvaluationContract, Trace } from '../../checks/evaluate/evaluation.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { Device, Segment } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { DecidedBy, PacketRow } from './fixture-table.ts';
import type { Span } from '../../parsers/source.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { inSessions } from '../../checks/evaluate/sessions.ts';
import type { OracleSession, OracleVerdict } from './oracle.ts';
import { askOracle } from './oracle.ts';

/** The line number that marks and tables of a case have for a place in one of its texts. */
export type LineInCase = (span: Span) => number;

/** What is wrong with a row, in words; empty when everything agrees. */
export function checkPacket(row: PacketRow, evaluations: readonly EvaluationContract[], lineIn: LineInCase): string[] {
  const named = evaluations.filter(({ device }) => row.device === undefined || device.name === row.device);
  const [evaluation, second] = named;
  if (evaluation === undefined || second !== undefined) {
    const names = evaluations.map(({ device }) => device.name).join(', ');
    return [`names ${named.length} devices; there are: ${names === '' ? 'none' : names}`];
  }
  const asked = askedOf(row, evaluation, lineIn);
  if (asked === undefined) return [`the device recognises no applications, so none is ${row.application ?? ''}`];
  return row.route.kind === 'list'
    ? checkList(asked, row.route.name)
    : checkCrossing(asked, row.route.from, row.route.to);
}

/** A row with the evaluations that answer it: of first packets, or of sessions of its application. */
interface Asked {
  readonly row: PacketRow;
  readonly evaluation: EvaluationContract;
  /** The device as written; `evaluation` may be about its sessions. */
  readonly device: Device;
  readonly session: OracleSession | undefined;
  readonly lineIn: LineInCase;
}

const SESSIONS = new WeakMap<Device, Map<string, EvaluationContract>>();

function askedOf(row: PacketRow, evaluation: EvaluationContract, lineIn: LineInCase): Asked | undefined {
  const { device } = evaluation;
  const { application } = row;
  if (application === undefined) return { row, evaluation, device, session: undefined, lineIn };
  if (device.applications === undefined) return undefined;
  const known = SESSIONS.get(device) ?? new Map<string, EvaluationContract>();
  SESSIONS.set(device, known);
  let sessions = known.get(application);
  if (sessions === undefined) {
    sessions = createEvaluation(inSessions(device, application) ?? device, evaluation.space);
    known.set(application, sessions);
  }
  const { defaultPorts } = device.applications;
  return { row, evaluation: sessions, device, session: { application, defaultPorts }, lineIn };
}

function checkList(asked: Asked, name: string): string[] {
  const { row, device, evaluation, session } = asked;
  const named = [...device.ruleLists.entries()].filter(([, list]) => list.name === name);
  const ofFamily = named.filter(([, { family }]) => family === 'both' || family === row.packet.family);
  const [found, second] = ofFamily.length > 0 ? ofFamily : named;
  const inEvaluation = evaluation.device.ruleLists[found?.[0] ?? -1];
  if (found === undefined || inEvaluation === undefined) {
    return [`no rule list ${name}; there are: ${namesOf(device.ruleLists)}`];
  }
  if (second !== undefined) return [`several rule lists ${name}`];
  return checkAnswers(asked, evaluation.list(inEvaluation), askOracle(found[1], row.packet, session));
}

function checkCrossing(asked: Asked, from: string, to: string): string[] {
  const { row, device, evaluation, session } = asked;
  const source = segmentOf(device, from);
  const target = segmentOf(device, to);
  if (typeof source === 'string') return [source];
  if (typeof target === 'string') return [target];
  const crossing = device.crossing(source.name, target.name);
  const evaluated = evaluation.crossing(source.name, target.name);
  if ('none' in crossing || 'none' in evaluated) {
    if (!('none' in crossing && 'none' in evaluated))
      return ['device and evaluation differ on whether there is a crossing'];
    return row.decidedBy.kind === 'no crossing' ? [] : [`there is no crossing: ${crossing.none}`];
  }
  if (row.decidedBy.kind === 'no crossing') return ['there is a crossing'];
  return checkAnswers(asked, evaluated, askOracle(crossing, row.packet, session));
}

function segmentOf(device: Device, name: string): Segment | string {
  const found = device.segments.filter((segment) => segment.name === name);
  const [segment, second] = found.length > 0 ? found : device.segments.filter(({ aliases }) => aliases.includes(name));
  if (segment === undefined) return `no segment ${name}; there are: ${namesOf(device.segments)}`;
  return second === undefined ? segment : `${name} names several segments`;
}

function namesOf(items: readonly (Segment | RuleList)[]): string {
  return items.length === 0 ? 'none' : items.map(({ name }) => name).join(', ');
}

function checkAnswers(asked: Asked, evaluated: EvaluatedCrossing, oracle: OracleVerdict): string[] {
  const { row, evaluation, lineIn } = asked;
  const trace = evaluation.trace(evaluated, row.packet);
  const answers: [string, string][] = [
    ['the trace', trace.verdict],
    ['the permitted set', setVerdict(comparedPacket(row, evaluation, trace), evaluation, evaluated)],
    ['the naive evaluator', oracle],
  ];
  const wrong = answers.filter(([, verdict]) => verdict !== row.verdict);
  const problems = wrong.map(([who, verdict]) => `${row.verdict} expected, ${who} says ${verdict}`);
  const decider = checkDecider(row, trace, lineIn);
  if (decider !== undefined) problems.push(decider);
  return problems;
}

/** The packet with the addresses that rules compare: as the first stage meets it where the device undoes translations. */
function comparedPacket(row: PacketRow, { device }: EvaluationContract, trace: Trace): Packet {
  if (device.addressView === 'arriving') return row.packet;
  const firstStage = trace.steps.findIndex((step) => step.kind === 'stage');
  const before = firstStage === -1 ? trace.steps : trace.steps.slice(0, firstStage);
  const last = before.findLast((step) => step.kind === 'translation');
  return last?.after ?? row.packet;
}

function setVerdict(packet: Packet, { space }: EvaluationContract, evaluated: EvaluatedCrossing): string {
  const { definite, possible } = evaluated.permitted({ protocol: packet.protocol, port: packet.destinationPort });
  const isDefinite = space.contains(definite, packet);
  const isPossible = space.contains(possible, packet);
  if (isDefinite && !isPossible) return 'definite without being possible';
  return isDefinite ? 'permit' : isPossible ? 'unknown' : 'deny';
}

/** What is wrong with who decided, or undefined. */
function checkDecider(row: PacketRow, trace: Trace, lineIn: LineInCase): string | undefined {
  const { decidedBy } = trace;
  const involved = trace.steps.flatMap((step) => (step.kind === 'stage' ? step.decisions : []));
  const candidates = row.verdict === 'unknown' ? involved : decidedBy === undefined ? [] : [decidedBy];
  const actual = candidates.map((decision) => describe(decision, lineIn)).join('; ') || 'nobody';
  const expected = row.decidedBy;
  if (expected.kind === 'no filter') return decidedBy === undefined ? undefined : `decided by ${actual}, not by nobody`;
  if (expected.kind === 'lines' && row.verdict !== 'unknown') {
    const missing = expected.lines.filter((line) => !involved.some((decision) => lineOf(decision, lineIn) === line));
    if (missing.length > 0) {
      return `line ${missing.join(', ')} decides nothing; there decide: ${involved.map((decision) => describe(decision, lineIn)).join('; ')}`;
    }
  }
  return settles(expected, candidates, row.verdict, lineIn) ? undefined : `decided by ${actual}`;
}

function settles(
  expected: DecidedBy,
  candidates: readonly Decision[],
  verdict: PacketRow['verdict'],
  lineIn: LineInCase,
): boolean {
  if (expected.kind === 'default') {
    return candidates.some((each) => each.kind === 'default' && each.otherwise.reason.includes(expected.reason));
  }
  if (expected.kind !== 'lines') return false;
  const lines = candidates.map((decision) => lineOf(decision, lineIn));
  if (verdict === 'unknown') return expected.lines.every((line) => lines.includes(line));
  return lines[0] !== undefined && lines[0] === expected.lines.at(-1);
}

function lineOf(decision: Decision, lineIn: LineInCase): number | undefined {
  const span = decision.kind === 'rule' ? decision.rule.span : decision.otherwise.span;
  return span === undefined ? undefined : lineIn(span);
}

function describe(decision: Decision, lineIn: LineInCase): string {
  const line = lineOf(decision, lineIn);
  const what = decision.kind === 'rule' ? decision.rule.text : `"${decision.otherwise.reason}"`;
  return line === undefined ? what : `line ${line} (${what})`;
}
