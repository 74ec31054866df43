import type { Device } from '../../parsers/model/device.ts';
import { printExpression } from '../../parsers/model/print-match.ts';
import type { MatchExpression, PacketMatch, Rule, RuleList } from '../../parsers/model/rule.ts';
import { applicationsOf } from '../data/applications.ts';
import type { Service } from '../data/services.ts';
import { takesPartIn, type Slice } from '../evaluate/slice.ts';
import type { Finding } from '../finding.ts';
import { pubsubRules } from '../least-privilege/pubsub-rules.ts';
import { conditionTexts } from '../reporting/condition-text.ts';
import { serviceTarget } from '../reporting/flow-text.ts';
import { maskSecrets } from '../reporting/mask-secrets.ts';
import { recorded } from '../visibility/records.ts';
import {
  addressField,
  addressTexts,
  applicationField,
  applicationTexts,
  segmentField,
  serviceField,
  serviceTexts,
} from './field-text.ts';
import type { RuleDetails, RuleRow } from './rule-table.ts';

/** What rows say beside the rule itself, worked out once for a device. */
export interface RowSources {
  readonly device: Device;
  readonly catalogue: readonly Service[];
  /** Services that a rule names, by rule. */
  readonly named: ReadonlyMap<Rule, readonly string[]>;
  /** Indexes of findings by `LIST: ID`. */
  readonly findings: ReadonlyMap<string, readonly number[]>;
}

export function rowSources(device: Device, catalogue: readonly Service[], findings: readonly Finding[]): RowSources {
  const byRule = new Map<string, number[]>();
  for (const [index, { rules }] of findings.entries()) {
    for (const rule of new Set(rules)) {
      const known = byRule.get(rule);
      if (known === undefined) byRule.set(rule, [index]);
      else known.push(index);
    }
  }
  const named = pubsubRules(device, catalogue).map(
    ({ rule, services }) => [rule, services.map(({ name }) => name)] as const,
  );
  return { device, catalogue, named: new Map(named), findings: byRule };
}

/** The rows of a list in order, without their effects: costs no packet sets. */
export function ruleRows(sources: RowSources, list: RuleList): RuleRow[] {
  const namesSegments = list.rules.some(({ from, to }) => from !== undefined || to !== undefined);
  return list.rules.map((rule, index) => {
    const row = ruleRow(sources, list, rule, index);
    return namesSegments ? { ...row, from: segmentField(rule.from), to: segmentField(rule.to) } : row;
  });
}

function ruleRow(sources: RowSources, list: RuleList, rule: Rule, index: number): RuleRow {
  const { id, name, match, action, applications, hits } = rule;
  const key = `${list.name}: ${id}`;
  return {
    index,
    id,
    rule: key,
    ...(name === undefined || name === '' || name === id ? {} : { name: maskSecrets(name) }),
    span: rule.span,
    enabled: rule.enabled,
    action,
    source: addressField(match.source, list.family),
    destination: addressField(match.destination, list.family),
    service: serviceField(match.service),
    ...(applications === undefined ? {} : { applications: applicationField(applications) }),
    hasMore: rule.also !== undefined || match.never !== undefined,
    conditions: conditionsOf(rule),
    ...(hits === undefined
      ? {}
      : { hits: { count: hits.count, ...(hits.since === undefined ? {} : { since: hits.since }) } }),
    logging: loggingOf(sources.device, rule),
    services: touched(sources, rule),
    named: sources.named.get(rule) ?? [],
    findings: sources.findings.get(key) ?? [],
  };
}

/** That a first packet does not tell its application is said by the column of applications. */
function conditionsOf({ conditions, match }: Rule): string[] {
  const all = [...conditions, ...match.source.conditions, ...match.destination.conditions, ...match.service.conditions];
  return conditionTexts(all.filter(({ kind }) => kind !== 'application'));
}

function loggingOf(device: Device, { logging, action }: Rule): RuleRow['logging'] {
  const verdict = action.kind === 'deny' ? 'deny' : 'permit';
  return { writes: recorded(device, logging, verdict).written, detail: maskSecrets(logging.detail) };
}

/** By ports, and where the rule asks for applications, by what the service may be recognised as. */
function touched({ device, catalogue }: RowSources, { match, also, applications }: Rule): string[] {
  const scheme = device.applications?.scheme;
  return catalogue.flatMap((service) => {
    const { slice } = serviceTarget(service);
    if (!mayMatch(match, slice) || (also !== undefined && !mayHold(also, slice))) return [];
    if (applications === undefined || scheme === undefined || applications.names === 'any') return [service.name];
    const { names, others } = applications;
    const isAsked = others.length > 0 || applicationsOf(service, scheme).some((name) => names.has(name));
    return isAsked ? [service.name] : [];
  });
}

function mayMatch({ service }: PacketMatch, slice: Slice): boolean {
  return service.may.some((term) => takesPartIn(term, slice));
}

/** Whether packets of the slice may fulfil the expression, going by services alone: never false where some do. */
function mayHold(expression: MatchExpression, slice: Slice): boolean {
  switch (expression.kind) {
    case 'all':
      return expression.of.every((part) => mayHold(part, slice));
    case 'any':
      return expression.of.some((part) => mayHold(part, slice));
    case 'match':
      return mayMatch(expression.match, slice);
    case 'permitted-by':
      return expression.list.rules.some(({ match, action }) => action.kind !== 'deny' && mayMatch(match, slice));
    case 'not':
    case 'undecided':
      return true;
  }
}

/** Everything of a rule that its row shortens. */
export function detailsOf({ match, also, applications, text }: Rule, { family }: RuleList): RuleDetails {
  return {
    statement: maskSecrets(text),
    source: addressTexts(match.source, family),
    destination: addressTexts(match.destination, family),
    service: serviceTexts(match.service),
    applications: applications === undefined ? [] : applicationTexts(applications),
    also: also === undefined ? [] : printExpression(also, '', () => '').map((line) => maskSecrets(line)),
    ...(match.never === undefined ? {} : { never: match.never }),
  };
}
