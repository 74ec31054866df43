import type { Crossing, Device } from '../../parsers/model/device.ts';
import { formatAddressTerm } from '../../parsers/model/format.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { CheckContext, CheckDefinition, LinesReport, Shown } from '../check.ts';
import type { EvaluationContract } from '../evaluate/evaluation.ts';
import type { CrossingName, Evidence, Finding, FlowDescription, Witness } from '../finding.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { openTexts } from './condition-text.ts';
import { decisionLine, decisionName, ruleDecisions, statementOf, type RuleDecision } from './decision.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import type { Draft } from './draft.ts';
import { decisionEvidence, limited, quoted, ruleQuote } from './evidence.ts';
import { crossingsText, endText, fill, listed, targetsText } from './finding-words.ts';
import type { FindingIdentity } from './fingerprint.ts';
import { describeFlows, type TargetSet } from './flow-text.ts';
import { applicationVerdicts, type SessionJudge } from './sessions.ts';
import type { Quoting } from './source-text.ts';
import { witnessOf } from './witness.ts';

/** A finding that only lacks its fingerprint, which depends on the other findings of the device. */
export interface BuiltFinding {
  readonly finding: Omit<Finding, 'fingerprint'>;
  readonly identity: FindingIdentity;
}

/** Rules that keep sessions permitted, told for each application; a handful explains it. */
const SESSION_PARTS = 4;

type Documented = Pick<CheckDefinition<string>, 'id' | 'fix'>;

/** Puts a draft into words and adds all that a finding carries. */
export function buildFinding(
  check: Documented,
  evaluation: EvaluationContract,
  text: Quoting,
  draft: Draft,
  { sessions, assumptions }: Pick<CheckContext, 'sessions' | 'assumptions'>,
): BuiltFinding | undefined {
  const { device, space } = evaluation;
  const { boundaries, confidence, sets, severity } = draft;
  const [boundary] = boundaries;
  const [firstSet] = sets;
  if (boundary === undefined || firstSet === undefined) return undefined;
  const decisions = draft.decisions.toSorted((a, b) => decisionLine(a) - decisionLine(b));
  const crossings = namesOf(boundaries.flatMap((one) => one.crossings));
  const flows = describeFlows(space, sets);
  const witness = witnessOf(evaluation, boundary, firstSet, confidence);
  const open =
    confidence === 'definite' ? [] : sets.flatMap(({ target, set }) => boundary.conditions(target.slice, set));
  const all = sets.reduce((union, { set }) => space.union(union, set), space.none);
  const rules = decisions.flatMap(ruleDecisions);
  const names = [...new Set(decisions.flat().map(decisionName))];
  const targets = sets.map(({ target }) => target);
  const found = decisions.map((alternative) => decisionEvidence(text, boundaries, alternative));
  const deciding = limited(found.flat().filter(({ role }) => role === 'decides'));
  const evidence = [
    ...(deciding.length > 0 ? deciding : noFilterLine(device, text, boundary.crossings[0])),
    ...limited(found.flat().filter(({ role }) => role !== 'decides')),
    ...(draft.reach === 'session' ? limited(sessionLines(text, boundary, sets, rules, sessions)) : []),
    ...limited(open.map(({ span }) => quoted(text, 'condition', span, 'leaves it undecided'))),
    ...limited(translationLines(device, space, text, boundary.crossings[0], all)),
  ];
  const first = rules[0];
  const isPath = draft.reach === undefined;
  const applications = sessions === undefined || isPath ? [] : applicationVerdicts(space, sessions, boundary, sets);
  const assumed = assumptions?.texts(boundary, sets) ?? [];
  const data = {
    ...draft.data,
    device: device.name,
    crossings: crossingsText(crossings),
    services: targetsText(targets),
    applications: listed([...new Set(applications.map(({ application }) => application))], 6),
    source: endText(space, all, 'source'),
    destination: endText(space, all, 'destination'),
    permits: confidence === 'definite' ? 'permits' : 'may permit',
    decidedBy: names.length === 0 ? 'no filter on the path' : listed(names, 2),
    list: first === undefined ? 'the filter on this path' : `${first.list.kind} ${first.list.name}`,
    rule: first === undefined ? 'what lets the packets through' : `rule ${first.rule.id}`,
    from: crossings[0]?.from ?? '',
    to: crossings[0]?.to ?? '',
  };
  const services = [...new Set(targets.flatMap(({ service }) => (service === undefined ? [] : [service])))];
  const finding = {
    check: check.id,
    severity,
    confidence,
    device: device.name,
    crossings,
    rules: [...new Set(rules.map(({ list, rule }) => `${list.name}: ${rule.id}`))],
    services,
    message: fill(draft.message, data),
    evidence,
    flows,
    ...(draft.approved.length === 0 ? {} : { approved: describeFlows(space, draft.approved) }),
    ...(witness === undefined ? {} : { witness }),
    ...(draft.reach === undefined ? {} : { reach: draft.reach, applications }),
    conditions: confidence === 'definite' ? [] : openTexts(open, decisions.flat(), boundary.evaluated.crossing),
    ...(assumed.length === 0 ? {} : { assumptions: assumed }),
    fix: fixText(check, device, data),
  };
  const place = rules.length > 0 ? rules.map(({ list, rule }) => `${list.name}: ${statementOf(rule)}`) : names;
  return { finding, identity: { check: check.id, device: device.name, crossings, services, place } };
}

/** What to do about a finding, in the words of the platform. */
function fixText({ fix }: Documented, device: Device | undefined, data: Readonly<Record<string, string>>): string {
  const text = fill((device === undefined ? undefined : fix[device.platform]) ?? fix.general, data);
  if (device?.managedBy === undefined) return text;
  return `Make the change in ${device.managedBy}, which writes this configuration, and deploy it. ${text}`;
}

/** A finding about lines of the text. */
export function buildLinesFinding(
  check: Documented,
  device: Device | undefined,
  message: string,
  report: LinesReport<string>,
  evaluation?: EvaluationContract,
): BuiltFinding {
  const { severity, confidence, evidence, conditions = [] } = report;
  const shown = evaluation === undefined || report.shows === undefined ? undefined : showing(evaluation, report.shows);
  const crossings = namesOf(report.crossings ?? []);
  const name = device?.name ?? '';
  const data = { list: 'the list', rule: 'the line', from: '', to: '', ...report.data, device: name };
  const finding = {
    check: check.id,
    severity,
    confidence,
    device: name,
    crossings,
    rules: report.rules ?? [],
    services: report.services ?? [],
    message: fill(message, { ...data, crossings: crossingsText(crossings) }),
    evidence,
    flows: shown?.flows ?? { flows: [], truncated: false },
    ...(shown?.witness === undefined ? {} : { witness: shown.witness }),
    conditions,
    fix: fixText(check, device, data),
  };
  const place = evidence.filter(({ role }) => role === 'decides').map(({ text }) => text);
  return { finding, identity: { check: check.id, device: name, crossings, services: report.services ?? [], place } };
}

/** What a finding about lines shows of packets. */
function showing(
  evaluation: EvaluationContract,
  { boundary, example, sure, sets }: Shown,
): { readonly flows: FlowDescription; readonly witness: Witness | undefined } {
  const { space } = evaluation;
  const targets = Map.groupBy(sets, ({ target: { protocol, ports } }) => JSON.stringify([protocol, ports]));
  const whole = [...targets.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ target: first.target, set: others.reduce((union, { set }) => space.union(union, set), first.set) }],
  );
  return {
    flows: describeFlows(space, whole),
    witness: witnessOf(evaluation, boundary, example, sure ? 'definite' : 'possible'),
  };
}

function namesOf(crossings: readonly CrossingName[]): CrossingName[] {
  const unique = new Map(crossings.map(({ from, to }) => [`${from}\n${to}`, { from, to }]));
  return [...unique.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rules that keep sessions permitted once they are recognised, where other rules let their first packets pass. */
function sessionLines(
  text: Quoting,
  boundary: Boundary,
  sets: readonly TargetSet[],
  told: readonly RuleDecision[],
  sessions: SessionJudge | undefined,
): Evidence[] {
  const isTold = ({ list, rule }: RuleDecision): boolean =>
    told.some((one) => one.list.name === list.name && one.rule.id === rule.id);
  return sets.flatMap(({ target, set }) =>
    (target.application === undefined ? (sessions?.applications(target) ?? []) : []).flatMap((application) => {
      const { parts } = boundary.session(application)?.parts(target.slice, set, SESSION_PARTS) ?? { parts: [] };
      return parts.flatMap(({ decisions }) =>
        ruleDecisions(decisions).flatMap((decision): Evidence[] => {
          return isTold(decision) ? [] : [ruleQuote(text, 'context', decision, `permits ${application} sessions`)];
        }),
      );
    }),
  );
}

/** Where nothing decides, the place is the segment that lets the packets in. */
function noFilterLine(device: Device, text: Quoting, { from, to }: Crossing): Evidence[] {
  const segments = [from, to].flatMap((name) => device.segments.filter((segment) => segment.name === name));
  return segments.map(({ span, name }, index) =>
    quoted(text, index === 0 ? 'decides' : 'context', span, index === 0 ? `no filter from ${name} to ${to}` : name),
  );
}

/** Translations that touch the packets: a broker that is reached by another address has two. */
function translationLines(
  device: Device,
  space: PacketSpace,
  text: Quoting,
  crossing: Crossing,
  set: PacketSet,
): Evidence[] {
  return crossing.steps.flatMap((step) => {
    if (step.kind !== 'translation' || !touches(device, space, step.translation, set)) return [];
    const { translation } = step;
    if (translation.kind !== 'static-destination') return [];
    const note = `translates ${formatAddressTerm(translation.from)} to ${formatAddressTerm(translation.to)}`;
    return [quoted(text, 'context', translation.span, note)];
  });
}

function touches(device: Device, space: PacketSpace, translation: Translation, set: PacketSet): boolean {
  if (translation.kind !== 'static-destination') return false;
  const term = device.addressView === 'real' ? translation.to : translation.from;
  return space.intersects(set, space.addressIn('destination', { include: [term], exclude: [] }));
}
