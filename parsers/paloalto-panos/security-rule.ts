import type { AddressSet } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { ListedApplications, ListedServices } from './firewall.ts';
import { ANY_ADDRESS, NO_ADDRESS } from '../model/address.ts';
import { exactly, type Action, type ApplicationMatch, type Rule, type Tri } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { ACTIONS } from './default-rules.ts';
import { firstPacket } from './first-packet.ts';
import { readInspection } from './inspection.ts';
import { readLogging } from './log-forwarding.ts';
import type { Overrides } from './overrides.ts';
import {
  SECURITY_FIELDS,
  members,
  ruleText,
  sides,
  undecidedFields,
  unknownAction,
  zoneLimits,
  zones,
  type RuleReading,
} from './rule-fields.ts';
import { child, isYes, value, type PanNode } from './tree.ts';

const ANYWHERE: Tri<AddressSet> = { must: NO_ADDRESS, may: ANY_ADDRESS, conditions: [] };

/** What security rules of one rulebase are read against. */
export interface SecurityReading extends RuleReading {
  readonly overrides: Overrides;
}

/** A security rule as read, whatever list it stands in. */
export interface SecurityRule {
  readonly rule: Rule;
  /** `ip-wildcard` objects stand on these sides. */
  readonly wildcards: readonly ('source' | 'destination')[];
}

/** Reads one security rule; `id` is unique in its list. Parts that are not understood make it possible, never lost. */
export function readSecurityRule(node: PanNode, id: string, reading: SecurityReading): SecurityRule {
  const { notes } = reading;
  const common = {
    id,
    name: node.word,
    text: ruleText(node),
    span: node.span,
    enabled: !isYes(node, 'disabled'),
  };
  if (node.cut) return { rule: cutRule(common, reading), wildcards: [] };
  const action = readAction(node, reading);
  const ends = sides(node, reading);
  const applications = readApplications(node, reading);
  const services = readServices(node, reading);
  const ports: ApplicationMatch['ports'] = services.kind === 'application-default' ? 'default' : 'as-written';
  const told = reading.overrides.toldTo(applications, ports);
  const fact = `application of rule ${id}`;
  const { service, never, also, conditions } = firstPacket({
    blocks: action.kind === 'deny',
    applications,
    services,
    told,
    defaultPorts: reading.names.defaultPorts,
    fact,
    span: node.span,
    text: common.text,
  });
  const scope = zoneScope(node, reading);
  const undecided = [
    ...undecidedFields(node, SECURITY_FIELDS, reading),
    ...scheduled(node, reading),
    ...scope.conditions,
  ];
  const rule: Rule = {
    ...common,
    action,
    match: {
      source: ends.source.set,
      destination: ends.destination.set,
      service,
      ...(never === undefined ? {} : { never }),
    },
    ...(also === undefined ? {} : { also }),
    ...scope.limits,
    applications: {
      names: applications.names,
      others: applications.others,
      ports,
      ...(told === undefined ? {} : { told }),
    },
    ...(action.kind === 'deny' ? {} : { inspection: readInspection(node, reading.scopes, notes) }),
    conditions: [...undecided, ...conditions],
    logging: readLogging(node, reading.scopes, notes),
    objects: [
      ...ends.source.objects,
      ...ends.destination.objects,
      ...applications.objects,
      ...(services.kind === 'ports' ? services.objects : []),
    ],
  };
  notes.mark(node, isOpen(rule, fact) || action.kind === 'unknown' ? 'conditional' : 'modelled');
  const wildcards = (['source', 'destination'] as const).filter((side) => ends[side].hasWildcard);
  return { rule, wildcards };
}

/** Whether the text leaves open what the rule takes. That a first packet does not tell its application is no gap of the text. */
function isOpen({ match, conditions, applications }: Rule, fact: string): boolean {
  const isGap = ({ name }: Condition): boolean => name !== fact;
  const fields = [match.source, match.destination, match.service];
  return (
    conditions.some(isGap) ||
    (applications?.others.length ?? 0) > 0 ||
    fields.some((field) => field.conditions.some(isGap))
  );
}

/** The text ends inside of the rule: it may match anything, and may do anything. */
function cutRule(common: Pick<Rule, 'id' | 'name' | 'text' | 'span' | 'enabled'>, { notes }: RuleReading): Rule {
  const { span } = common;
  notes.diagnose(
    'panos/rule-cut-off',
    'error',
    span,
    `the text ends inside of rule \`${common.id}\``,
    'the rule, and rules that may stand behind it, may permit and may deny anything',
  );
  return {
    ...common,
    enabled: true,
    action: { kind: 'unknown', word: 'cut off' },
    match: { source: ANYWHERE, destination: ANYWHERE, service: { must: [], may: ANY_SERVICE, conditions: [] } },
    conditions: [{ kind: 'not-understood', name: `rule ${common.id} is cut off`, span }],
    logging: { logs: 'default', detail: '' },
    objects: [],
  };
}

function readAction(node: PanNode, reading: RuleReading): Action {
  const word = value(node, 'action');
  const kind = ACTIONS.get(word ?? '');
  return kind === undefined || word === undefined ? unknownAction(node, reading) : { kind, word };
}

function readApplications(node: PanNode, reading: RuleReading): ListedApplications {
  const listed = members(node, 'application', reading);
  if (listed.length > 0 && listed[0]?.word !== 'any') return reading.names.applications(listed);
  return { names: 'any', others: [], defaultPorts: exactly(ANY_SERVICE), objects: [] };
}

function readServices(node: PanNode, reading: RuleReading): ListedServices {
  const listed = members(node, 'service', reading);
  return listed.length === 0 ? { kind: 'any' } : reading.names.services(listed);
}

function scheduled(node: PanNode, { names, notes }: RuleReading): readonly Condition[] {
  const field = child(node, 'schedule');
  const name = field?.children[0];
  if (field === undefined || name === undefined || name.word === 'None') return [];
  notes.mark(field, 'conditional');
  return [names.schedule(name)];
}

interface ZoneScope {
  readonly limits: Pick<Rule, 'from' | 'to' | 'between'>;
  readonly conditions: readonly Condition[];
}

/**
 * Zones and rule type: `universal` (also where none is written) matches within and between its zones, `intrazone` within
 * each of its source zones, `interzone` between different ones. An intrazone rule has no destination zones of its own
 * ("Create a Security Policy Rule", PAN-OS web interface help: they cannot be specified), so `to` is left aside.
 */
function zoneScope(node: PanNode, reading: RuleReading): ZoneScope {
  const from = zones(node, 'from', reading);
  const to = zones(node, 'to', reading);
  const type = value(node, 'rule-type') ?? 'universal';
  if (type === 'universal') return { limits: zoneLimits(from, to), conditions: [] };
  if (type === 'interzone')
    return { limits: { ...zoneLimits(from, to), between: 'different-segments' }, conditions: [] };
  const { span } = child(node, 'rule-type') ?? node;
  if (type === 'intrazone') {
    const limits = { ...zoneLimits(from, undefined), between: 'same-segment' } as const;
    return { limits, conditions: sameZones(from, to) ? [] : [otherZones(node, reading)] };
  }
  reading.notes.diagnose(
    'panos/unknown-rule-type',
    'warning',
    span,
    `\`${type}\` is not a known rule type`,
    'the rule is judged as possible between and within its zones, not definite',
  );
  return { limits: zoneLimits(from, to), conditions: [{ kind: 'not-understood', name: `rule-type ${type}`, span }] };
}

function sameZones(from: readonly PanNode[] | undefined, to: readonly PanNode[] | undefined): boolean {
  if (to === undefined) return true;
  const names = (list: readonly PanNode[]): string =>
    list
      .map(({ word }) => word)
      .toSorted()
      .join('\n');
  return from !== undefined && names(from) === names(to);
}

function otherZones(node: PanNode, { notes }: RuleReading): Condition {
  const { span } = child(node, 'to') ?? node;
  notes.diagnose(
    'panos/intrazone-to',
    'warning',
    span,
    `intrazone rule \`${node.word}\` names destination zones that are not its source zones`,
    'the rule is judged as possible within its source zones, not definite',
  );
  return { kind: 'vendor-unverified', name: `destination zones of intrazone rule ${node.word}`, span };
}
