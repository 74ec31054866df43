import type { Condition } from '../../parsers/model/condition.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import { permittedParts, type PermittedPart } from '../boundaries/permitted-parts.ts';
import { seesCrossing } from '../boundaries/telemetry-cover.ts';
import type { CheckContext } from '../check.ts';
import type { Readiness } from '../device-report.ts';
import { conditionsOf } from '../evaluate/explain.ts';
import { ruleDecisions } from '../reporting/decision.ts';
import { crossedBoundaries } from './crossed.ts';
import { isEverywhere } from './ends.ts';
import { hasCollector, recordedBy } from './records.ts';

type Answer = Pick<Readiness, 'state' | 'reason'>;

/**
 * Whether the device gives what ATT&CK's analytic AN0005 needs to see publish/subscribe misuse: records of permitted
 * connections, in one place; flow records; the protocol by its content; a list of brokers that are in order and one of those that
 * are not. Empty for a device without a crossing to or from an untrusted segment: nothing is to be seen there.
 */
export function readinessOf(context: CheckContext): Readiness[] {
  const { crossings } = crossedBoundaries(context);
  if (crossings.length === 0) return [];
  const parts: PermittedPart[] = [];
  const beside: PermittedPart[] = [];
  context.eachBoundary(['exposure', 'egress'], (boundary) => {
    parts.push(...permittedParts(context, boundary));
    beside.push(...permittedParts(context, boundary).filter((part) => !isApproved(context, part)));
  });
  return [
    { need: 'rule-logging', ...ruleLogging(context, parts) },
    { need: 'remote-syslog', ...remoteSyslog(context, parts) },
    { need: 'flow-export', ...flowExport(context, crossings) },
    { need: 'application-recognition', ...recognition(context) },
    { need: 'broker-allow-list', ...allowList(context, parts, beside) },
    { need: 'deny-list', ...denyList(context, parts) },
  ];
}

const NOTHING: Answer = { state: 'yes', reason: 'no publish/subscribe service passes the boundary' };

function ruleLogging({ device }: CheckContext, parts: readonly PermittedPart[]): Answer {
  if (parts.length === 0) return NOTHING;
  const written = parts.map(({ decisions }) => recordedBy(device, decisions).written);
  const [yes, no] = [written.filter((each) => each === 'yes').length, written.filter((each) => each === 'no').length];
  const of = `${yes} of ${parts.length} permitted flows are recorded`;
  if (yes === parts.length) return { state: 'yes', reason: 'all permitted flows are recorded' };
  if (yes > 0) return { state: 'partly', reason: of };
  return no === parts.length
    ? { state: 'no', reason: 'no permitted flow is recorded' }
    : { state: 'unknown', reason: 'the text does not tell whether permitted flows are recorded' };
}

function remoteSyslog({ device }: CheckContext, parts: readonly PermittedPart[]): Answer {
  const collectors = device.telemetry.filter(({ kind }) => kind === 'syslog');
  if (!hasCollector(device)) {
    const reason = collectors.length === 0 ? 'no collector' : 'a collector to which nothing is sent';
    return { state: 'no', reason };
  }
  const working = collectors.filter(({ effective }) => effective).map(({ target }) => target);
  const target = `records go to ${[...new Set(working)].join(', ')}`;
  const written = parts.map(({ decisions }) => recordedBy(device, decisions)).filter((each) => each.written !== 'no');
  if (written.every(({ sent }) => sent === 'yes')) return { state: 'yes', reason: target };
  const lost = written.filter(({ sent }) => sent === 'no').length;
  if (lost === 0)
    return { state: 'unknown', reason: `${target}; whether those of permitted flows do is not in the text` };
  return { state: 'partly', reason: `${target}, those of ${lost} of ${written.length} recorded flows do not` };
}

function flowExport({ device }: CheckContext, crossings: readonly { from: string; to: string }[]): Answer {
  const exporters = device.telemetry.filter(({ kind }) => kind === 'flow-export');
  const working = exporters.filter(({ effective }) => effective);
  if (working.length === 0) {
    return { state: 'no', reason: exporters.length === 0 ? 'no exporter' : 'an exporter that nothing uses' };
  }
  const open = crossings.filter((crossing) => !working.some((one) => seesCrossing(device, one, crossing)));
  const targets = `flow records go to ${[...new Set(working.map(({ target }) => target))].join(', ')}`;
  if (open.length === 0) return { state: 'yes', reason: targets };
  const reason = `${targets}, not of ${open.length} of ${crossings.length} crossings`;
  return { state: open.length === crossings.length ? 'no' : 'partly', reason };
}

/** A device that recognises applications by their content, or has some rules that ask for one. */
function recognition({ device }: CheckContext): Answer {
  if (device.applications !== undefined) return { state: 'yes', reason: `by ${device.applications.content}` };
  const asks = rulesOf(device.ruleLists).find(({ rule }) => has(conditionsOf(rule), 'application'));
  if (asks === undefined) return { state: 'no', reason: 'rules decide by addresses and ports' };
  return { state: 'partly', reason: `some rules ask for applications (${asks.list.name}: ${asks.rule.id})` };
}

function isApproved({ approvals, space }: CheckContext, { boundary, target, set }: PermittedPart): boolean {
  const crossed = { direction: boundary.direction, crossing: boundary.evaluated.crossing };
  return space.isSubset(set, approvals.covers(crossed, target));
}

/** Approvals that name brokers, and nothing permitted beside them. */
function allowList(
  { approvals }: CheckContext,
  parts: readonly PermittedPart[],
  beside: readonly PermittedPart[],
): Answer {
  if (approvals.all.length === 0) return { state: 'no', reason: 'the policy approves no broker on this device' };
  const anywhere = approvals.all.find(({ brokers }) => isEverywhere(brokers, 4) || isEverywhere(brokers, 6));
  if (anywhere !== undefined) return { state: 'partly', reason: `approval ${anywhere.name} has any address as broker` };
  if (beside.length === 0) return { state: 'yes', reason: 'only approved brokers are reached' };
  return {
    state: 'partly',
    reason: `${beside.length} of ${parts.length} permitted flows are not, or not all, approved`,
  };
}

/** A denial by a list that is kept up to date elsewhere, ahead of the rules that permit. */
function denyList({ device, policy }: CheckContext, parts: readonly PermittedPart[]): Answer {
  const first = rulesOf(device.ruleLists).find(
    ({ rule: { action, match } }) => action.kind === 'deny' && has(match.destination.conditions, 'dynamic-group'),
  );
  if (first !== undefined) {
    const permits = parts.flatMap(({ decisions }) => ruleDecisions(decisions));
    const late = permits.some(
      ({ list, rule }) => list === first.list && indexIn(list, rule) < indexIn(list, first.rule),
    );
    const name = `${first.list.kind} ${first.list.name} rule ${first.rule.id}`;
    return late
      ? { state: 'partly', reason: `${name} denies by a list, below rules that permit` }
      : { state: 'yes', reason: `${name} denies by a list` };
  }
  if (policy.blockLists.length === 0) return { state: 'no', reason: 'no rule denies by a list of bad addresses' };
  const names = policy.blockLists.map(({ name }) => name).join(', ');
  return { state: 'partly', reason: `the audit compares with ${names}; no rule of the device denies by a list` };
}

function rulesOf(lists: readonly RuleList[]): { readonly list: RuleList; readonly rule: Rule }[] {
  return lists.flatMap((list) => list.rules.flatMap((rule) => (rule.enabled ? [{ list, rule }] : [])));
}

function indexIn({ rules }: RuleList, rule: Rule): number {
  return rules.findIndex(({ id }) => id === rule.id);
}

function has(conditions: readonly Condition[], kind: Condition['kind']): boolean {
  return conditions.some((condition) => condition.kind === kind);
}
