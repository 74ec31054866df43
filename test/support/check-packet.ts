/** Whether the engine and the naive evaluator agree with one row of a packet table. */
import type { Decision, EvaluatedCrossing, EvaluationContract, Trace } from '../../checks/evaluate/evaluation.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { Device, Segment } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { DecidedBy, PacketRow } from './fixture-table.ts';
import type { OracleVerdict } from './oracle.ts';
import { askOracle } from './oracle.ts';

/** What is wrong with a row, in words; empty when everything agrees. */
export function checkPacket(row: PacketRow, evaluations: readonly EvaluationContract[]): string[] {
  const named = evaluations.filter(({ device }) => row.device === undefined || device.name === row.device);
  const [evaluation, second] = named;
  if (evaluation === undefined || second !== undefined) {
    const names = evaluations.map(({ device }) => device.name).join(', ');
    return [`names ${named.length} devices; there are: ${names === '' ? 'none' : names}`];
  }
  return row.route.kind === 'list'
    ? checkList(row, row.route.name, evaluation)
    : checkCrossing(row, row.route.from, row.route.to, evaluation);
}

function checkList(row: PacketRow, name: string, evaluation: EvaluationContract): string[] {
  const named = evaluation.device.ruleLists.filter((list) => list.name === name);
  const ofFamily = named.filter(({ family }) => family === 'both' || family === row.packet.family);
  const [list, second] = ofFamily.length > 0 ? ofFamily : named;
  if (list === undefined) return [`no rule list ${name}; there are: ${namesOf(evaluation.device.ruleLists)}`];
  if (second !== undefined) return [`several rule lists ${name}`];
  return checkAnswers(row, evaluation, evaluation.list(list), askOracle(list, row.packet));
}

function checkCrossing(row: PacketRow, from: string, to: string, evaluation: EvaluationContract): string[] {
  const { device } = evaluation;
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
  return checkAnswers(row, evaluation, evaluated, askOracle(crossing, row.packet));
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

function checkAnswers(
  row: PacketRow,
  evaluation: EvaluationContract,
  evaluated: EvaluatedCrossing,
  oracle: OracleVerdict,
): string[] {
  const trace = evaluation.trace(evaluated, row.packet);
  const answers: [string, string][] = [
    ['the trace', trace.verdict],
    ['the permitted set', setVerdict(comparedPacket(row, evaluation, trace), evaluation, evaluated)],
    ['the naive evaluator', oracle],
  ];
  const wrong = answers.filter(([, verdict]) => verdict !== row.verdict);
  const problems = wrong.map(([who, verdict]) => `${row.verdict} expected, ${who} says ${verdict}`);
  const decider = checkDecider(row, trace);
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
function checkDecider(row: PacketRow, trace: Trace): string | undefined {
  const { decidedBy } = trace;
  const involved = trace.steps.flatMap((step) => (step.kind === 'stage' ? step.decisions : []));
  const candidates = row.verdict === 'unknown' ? involved : decidedBy === undefined ? [] : [decidedBy];
  const actual = candidates.map(describe).join('; ') || 'nobody';
  const expected = row.decidedBy;
  if (expected.kind === 'no filter') return decidedBy === undefined ? undefined : `decided by ${actual}, not by nobody`;
  if (expected.kind === 'lines' && row.verdict !== 'unknown') {
    const missing = expected.lines.filter((line) => !involved.some((decision) => lineOf(decision) === line));
    if (missing.length > 0) {
      return `line ${missing.join(', ')} decides nothing; there decide: ${involved.map(describe).join('; ')}`;
    }
  }
  return settles(expected, candidates, row.verdict) ? undefined : `decided by ${actual}`;
}

function settles(expected: DecidedBy, candidates: readonly Decision[], verdict: PacketRow['verdict']): boolean {
  if (expected.kind === 'default') {
    return candidates.some((each) => each.kind === 'default' && each.otherwise.reason.includes(expected.reason));
  }
  if (expected.kind !== 'lines') return false;
  const lines = candidates.map(lineOf);
  if (verdict === 'unknown') return expected.lines.every((line) => lines.includes(line));
  return lines[0] !== undefined && lines[0] === expected.lines.at(-1);
}

function lineOf(decision: Decision): number | undefined {
  return decision.kind === 'rule' ? decision.rule.span.line : decision.otherwise.span?.line;
}

function describe(decision: Decision): string {
  const line = lineOf(decision);
  const what = decision.kind === 'rule' ? decision.rule.text : `"${decision.otherwise.reason}"`;
  return line === undefined ? what : `line ${line} (${what})`;
}
