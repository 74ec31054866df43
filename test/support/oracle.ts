/**
 * A second, slow and simple answer to "does this first packet pass?", written apart from checks/evaluate and sharing no
 * code with it, so that two answers must agree. A world gives every undecided fact a value; in it the packet is walked
 * through the steps of the crossing rule by rule. `permit`: every world permits; `deny`: every world denies; else
 * `unknown`. What a world decides:
 * - A condition is true or false. Conditions of one kind and name are one fact; of kinds about an address or a user
 *   (`PER_FIELD`) one fact for each field they hang on; of kinds about the packet or the line (`PER_PLACE`) one for each
 *   place in the text.
 * - A rule applies when all its conditions are true. A field matches `may` or `must`: one fact for its conditions
 *   together, which may stand for several names of which a packet needs only one. A packet crosses at all only when the conditions of the crossing are true.
 * - A rule with action `unknown`, a stage with default `unknown`: permits in one world, denies in another.
 * - Steps are met in order; oracle-translation.ts says what translations do.
 * - A rule restricted to segments applies on its crossings; in a list on its own it always applies.
 * - Asked about a session, a rule that wants applications is asked about the session's, and not about the first packet.
 */
import type { Family } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { ApplicationRecognition, Crossing, Stage, StageDefault } from '../../parsers/model/device.ts';
import type { ApplicationMatch, MatchExpression, PacketMatch, Rule, RuleList, Tri } from '../../parsers/model/rule.ts';
import { ANY_SERVICE } from '../../parsers/model/service.ts';
import { inAddresses, inServices } from './membership.ts';
import { translate } from './oracle-translation.ts';

export interface OraclePacket {
  readonly family: Family;
  readonly source: bigint;
  readonly destination: bigint;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** What happened in one world: the rule or default that decided in each stage met, up to the one that denied. */
export interface WorldOutcome {
  readonly verdict: 'permit' | 'deny';
  readonly decisions: readonly (Rule | StageDefault)[];
}

export type OracleVerdict = 'permit' | 'deny' | 'unknown';

/** More worlds than this is an error of the test that asks, never a shortened answer. */
const MAX_WORLDS = 1 << 18;
const PER_FIELD = new Set(['fqdn', 'dynamic-group', 'identity']);
const PER_PLACE = new Set(['header', 'not-understood', 'undefined-reference', 'application', 'vendor-unverified']);

/** Takes one of `options` values (0, 1, …) for a fact; the same key gives the same value within a world. */
export type Choose = (key: string, options: number) => number;
type Path = Crossing & Omit<Question, 'path'>;
/** Facts that are no choice, by the keys that they are chosen with: `time-range OFFICE`. */
export type FixedFacts = ReadonlyMap<string, boolean>;

/** A session whose application has been recognised, where the packet alone tells of its beginning. */
export interface OracleSession {
  readonly application: string;
  readonly defaultPorts: ApplicationRecognition['defaultPorts'];
}

/** What a rule is asked in: the values of facts, the crossing (none for a list on its own), the session if it is one. */
interface Question {
  readonly choose: Choose;
  readonly path?: Pick<Crossing, 'from' | 'to'> | undefined;
  readonly session?: OracleSession | undefined;
}

/** The verdict for a packet as it arrives on the wire, of a crossing or of a rule list on its own, whose end denies. */
export function askOracle(
  asked: Crossing | RuleList,
  packet: OraclePacket,
  session?: OracleSession,
  fixed?: FixedFacts,
): OracleVerdict {
  let first: OracleVerdict | undefined;
  for (const { verdict } of worldsOf(asked, packet, session, fixed)) {
    first ??= verdict;
    if (verdict !== first) return 'unknown';
  }
  return first ?? 'unknown';
}

/** What happens to the packet in each world. A fact is chosen when it is first asked for: what does not matter is free. */
export function* worldsOf(
  asked: Crossing | RuleList,
  packet: OraclePacket,
  session?: OracleSession,
  fixed: FixedFacts = new Map(),
): Generator<WorldOutcome, void> {
  const chosen: { key: string; value: number; options: number }[] = [];
  const choose: Choose = (key, options) => {
    const [value, ...others] = key.split(' + ').map((fact) => fixed.get(fact));
    if (value !== undefined && others.every((other) => other === value)) return value ? 1 : 0;
    const known = chosen.find((choice) => choice.key === key);
    if (known === undefined) chosen.push({ key, value: 0, options });
    return known?.value ?? 0;
  };
  for (let count = 1; count === 1 || chosen.length > 0; count += 1) {
    if (count > MAX_WORLDS) throw new Error(`more than ${MAX_WORLDS} worlds`);
    const question = { choose, session };
    yield 'rules' in asked ? outcomeOfList(asked, packet, question) : outcomeOfCrossing(asked, packet, question);
    let last = chosen.pop();
    while (last !== undefined && last.value + 1 === last.options) last = chosen.pop();
    if (last !== undefined) chosen.push({ ...last, value: last.value + 1 });
  }
}

function outcomeOfList(list: RuleList, packet: OraclePacket, question: Question): WorldOutcome {
  const rule = firstMatch(list, packet, question);
  const verdict = rule !== undefined && permits(rule, question.choose) ? 'permit' : 'deny';
  return { verdict, decisions: rule === undefined ? [] : [rule] };
}

function outcomeOfCrossing(crossing: Crossing, packet: OraclePacket, question: Question): WorldOutcome {
  if (!allTrue(crossing.conditions, question.choose)) return { verdict: 'deny', decisions: [] };
  return walk({ ...crossing, ...question }, 0, packet);
}

function walk(path: Path, index: number, packet: OraclePacket): WorldOutcome {
  const step = path.steps[index];
  if (step === undefined) return { verdict: 'permit', decisions: [] };
  if (step.kind === 'translation') {
    const { after, next } = translate(path, index, packet, path.choose, allTrue);
    return walk(path, next, after);
  }
  if (!ofFamily(step.stage.family, packet)) return walk(path, index + 1, packet);
  const by = decider(path, step.stage, packet);
  if (!permits(by, path.choose, index)) return { verdict: 'deny', decisions: [by] };
  const rest = walk(path, index + 1, packet);
  return { ...rest, decisions: [by, ...rest.decisions] };
}

function decider(path: Path, stage: Stage, packet: OraclePacket): Rule | StageDefault {
  for (const { list } of stage.lists) {
    const rule = firstMatch(list, packet, { choose: path.choose, session: path.session, path });
    if (rule !== undefined) return rule;
  }
  return stage.otherwise;
}

function firstMatch(list: RuleList, packet: OraclePacket, question: Question): Rule | undefined {
  if (!ofFamily(list.family, packet)) return undefined;
  return list.rules.find((rule) => {
    if (!rule.enabled || rule.action.kind === 'continue' || !isOnPath(rule, question.path)) return false;
    if (rule.applications !== undefined && question.session !== undefined) {
      return matchesSession(rule, rule.applications, packet, question, question.session);
    }
    const { match, also, conditions } = rule;
    return (
      matches(match, packet, question.choose) &&
      (also === undefined || holds(also, packet, question)) &&
      allTrue(conditions, question.choose)
    );
  });
}

function isOnPath({ from, to, between }: Rule, path: Question['path']): boolean {
  if (path === undefined) return true;
  if (from?.includes(path.from) === false || to?.includes(path.to) === false) return false;
  return between === undefined || (between === 'same-segment') === (path.from === path.to);
}

/** Sessions that are told their application count as that one; all others as what they are recognised to be. */
function matchesSession(
  { match, conditions, span }: Rule,
  wanted: ApplicationMatch,
  packet: OraclePacket,
  question: Question,
  { application, defaultPorts }: OracleSession,
): boolean {
  const { choose } = question;
  const known = ({ kind }: Condition): boolean => kind !== 'application';
  const inTold = (list: RuleList): boolean => holds({ kind: 'permitted-by', list, span }, packet, question);
  const { never: _, service, ...ends } = match;
  const onAnyPort = { ...ends, service: { must: ANY_SERVICE, may: ANY_SERVICE, conditions: [] } };
  const open = service.conditions.filter(known);
  const writtenPorts = {
    ...ends,
    service: { must: open.length > 0 ? service.must : service.may, may: service.may, conditions: open },
  };
  if (!matches(onAnyPort, packet, choose) || !allTrue(conditions.filter(known), choose)) return false;
  if (wanted.ports === 'as-written' && !matches(writtenPorts, packet, choose)) return false;
  if (wanted.told !== undefined && inTold(wanted.told.all)) return inTold(wanted.told.ours);
  const isNamed = wanted.names === 'any' || wanted.names.has(application);
  if (!isNamed && (wanted.others.length === 0 || !allTrue(wanted.others, choose))) return false;
  if (wanted.ports === 'as-written') return true;
  const own = defaultPorts(application);
  if (own !== undefined) return inServices(own, packet);
  return allTrue([{ kind: 'application', name: application, span }], choose, 'service');
}

function permits(by: Rule | StageDefault, choose: Choose, index = 0): boolean {
  const verdict = 'action' in by ? by.action.kind : by.verdict;
  if (verdict !== 'unknown') return verdict === 'permit';
  const place = 'action' in by ? `${by.span.source}:${by.span.line}:${by.span.column} ${by.id}` : `default ${index}`;
  return choose(`verdict of ${place}`, 2) === 1;
}

function allTrue(conditions: readonly Condition[], choose: Choose, field = 'rule'): boolean {
  return conditions.every((condition) => choose(keyOf(condition, field), 2) === 1);
}

function keyOf({ kind, name, span }: Condition, field: string): string {
  const place = `${span.source}:${span.line}:${span.column}-${span.endColumn}`;
  const what = PER_PLACE.has(kind) ? place : PER_FIELD.has(kind) ? `${field} ${name}` : name;
  return `${kind} ${what}`;
}

function keyOfField(conditions: readonly Condition[], field: string): string {
  return [...new Set(conditions.map((condition) => keyOf(condition, field)))].sort().join(' + ');
}

function matches(match: PacketMatch, packet: OraclePacket, choose: Choose): boolean {
  const field = <T>(name: string, { must, may, conditions }: Tri<T>, isIn: (value: T) => boolean): boolean =>
    isIn(must) === isIn(may) ? isIn(may) : isIn(choose(keyOfField(conditions, name), 2) === 1 ? may : must);
  return (
    match.never === undefined &&
    field('source', match.source, (set) => inAddresses(set, packet.family, packet.source)) &&
    field('destination', match.destination, (set) => inAddresses(set, packet.family, packet.destination)) &&
    field('service', match.service, (set) => inServices(set, packet))
  );
}

function holds(expression: MatchExpression, packet: OraclePacket, question: Question): boolean {
  const { choose } = question;
  if (expression.kind === 'match') return matches(expression.match, packet, choose);
  if (expression.kind === 'undecided') return allTrue([expression.condition], choose);
  if (expression.kind === 'not') return !holds(expression.of, packet, question);
  if (expression.kind === 'all') return expression.of.every((part) => holds(part, packet, question));
  if (expression.kind === 'any') return expression.of.some((part) => holds(part, packet, question));
  const rule = firstMatch(expression.list, packet, question);
  return rule !== undefined && permits(rule, choose);
}

function ofFamily(family: Family | 'both', packet: OraclePacket): boolean {
  return family === 'both' || family === packet.family;
}
