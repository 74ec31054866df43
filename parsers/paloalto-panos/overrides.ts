import type { ListedApplications, Names, Rulebase, Scope, VirtualSystem } from './firewall.ts';
import type { Notes } from './notes.ts';
import {
  exactly,
  type ApplicationMatch,
  type Rule,
  type RuleList,
  type ToldApplications,
  type Tri,
} from '../model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, type ServiceSet } from '../model/service.ts';
import {
  OVERRIDE_FIELDS,
  RuleIds,
  ruleText,
  sides,
  undecidedFields,
  zoneLimits,
  zones,
  type RuleReading,
} from './rule-fields.ts';
import { appliedRules, onceFor, under } from './rule-memo.ts';
import { inBothSets } from './service-parts.ts';
import { PORT_PROTOCOLS, portTerm, readPorts } from './service-ports.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

/** An application override rule: the sessions it takes, and the application it tells them. */
interface Override {
  /** Permits the sessions. */
  readonly rule: Rule;
  readonly application: string | undefined;
  /** Ports of the told application, which `application-default` asks for. */
  readonly ports: Tri<ServiceSet>;
}

/**
 * The application override rules of a virtual system, in order of evaluation. They fix the application of a session by its
 * zones, addresses, protocol and port; App-ID does not look at it ("Policies > Application Override", PAN-OS web interface
 * help 10.1: compared in sequence, so the first match counts; "Tips & Tricks: How to Create an Application Override": all
 * further App-ID is stopped as soon as the rule takes effect). The help recommends a custom application. A predefined one is
 * told to the session alike; it only leaves the inspection of content on.
 */
export class Overrides {
  /** One list a rulebase. */
  readonly lists: readonly RuleList[];
  private readonly all: RuleList | undefined;
  private readonly overrides: readonly Override[];
  private readonly ours = new Map<string, RuleList>();

  constructor(system: VirtualSystem, namesOf: (scopes: readonly Scope[]) => Names, notes: Notes) {
    const overrides: Override[] = [];
    const lists: RuleList[] = [];
    for (const rulebase of system.rulebases) {
      if (!('node' in rulebase)) continue;
      const read = readList(rulebase, { names: namesOf(rulebase.scopes), scopes: rulebase.scopes, notes });
      if (read === undefined) continue;
      overrides.push(...read.overrides);
      lists.push(read.list);
    }
    this.lists = lists;
    this.overrides = overrides;
    const [first] = lists;
    const isUsed = overrides.some(({ rule }) => rule.enabled);
    if (first !== undefined && isUsed) {
      const rules = overrides.map(({ rule }) => rule);
      this.all = lists.length === 1 ? first : listOf('application override rules', rules, first);
    }
  }

  /** What is told to sessions as a rule sees it; undefined where it makes no difference to the rule. */
  toldTo(applications: ListedApplications, ports: ApplicationMatch['ports']): ToldApplications | undefined {
    const { all } = this;
    if (all === undefined || (applications.names === 'any' && ports === 'as-written')) return undefined;
    const wanted = this.overrides.map(({ application }) => isWanted(application, applications));
    const open = wanted.includes('perhaps') ? applications.others.map(({ kind, name }) => `${kind} ${name}`) : [];
    const key = [ports, ...wanted, ...open].join('\n');
    let ours = this.ours.get(key);
    if (ours === undefined) {
      const rules = this.overrides.flatMap((override, index) =>
        forRule(override, wanted[index] ?? 'no', applications, ports),
      );
      this.ours.set(key, (ours = listOf(`${all.name} that fit`, rules, all)));
    }
    return { all, ours };
  }
}

/**
 * The overrides of a virtual system; the same for systems that have the same ones, so that rules read against them are the
 * same too.
 */
export function overridesOf(
  system: VirtualSystem,
  namesOf: (scopes: readonly Scope[]) => Names,
  notes: Notes,
): Overrides {
  const { numbers, made } = overridesRead(notes);
  const numberOf = (thing: object): number => {
    const number = numbers.get(thing) ?? numbers.size + 1;
    numbers.set(thing, number);
    return number;
  };
  const parts = system.rulebases.flatMap((rulebase): string[] => {
    const rules = 'node' in rulebase ? entries(rulebase.node, 'application-override', 'rules') : [];
    if (!('node' in rulebase) || rules.length === 0) return [];
    const applied = rules.map((rule) => String(rulebase.appliesTo?.(rule) ?? true));
    return [`${numberOf(rulebase.node)} ${numberOf(namesOf(rulebase.scopes))} ${applied.join(' ')}`];
  });
  const key = parts.join('\n');
  let overrides = made.get(key);
  if (overrides === undefined) made.set(key, (overrides = new Overrides(system, namesOf, notes)));
  return overrides;
}

interface OverridesRead {
  readonly numbers: Map<object, number>;
  readonly made: Map<string, Overrides>;
}

const overridesRead = onceFor((): OverridesRead => ({ numbers: new Map(), made: new Map() }));

function listOf(name: string, rules: readonly Rule[], { span }: Pick<RuleList, 'span'>): RuleList {
  // In force without a binding, and whether or not a security rule asks for applications.
  const usedBy = [{ purpose: 'application override', span }];
  return { name, kind: 'application override policy', family: 'both', rules, span, usedBy };
}

type Wanted = 'yes' | 'perhaps' | 'no';

function isWanted(application: string | undefined, { names, others }: ListedApplications): Wanted {
  if (names === 'any' || (application !== undefined && names.has(application))) return 'yes';
  return others.length > 0 || application === undefined ? 'perhaps' : 'no';
}

/** The rule, and behind it a denial of what it takes: sessions that it tells another application, or on other ports. */
function forRule(
  { rule, ports }: Override,
  wanted: Wanted,
  { others }: ListedApplications,
  kind: ApplicationMatch['ports'],
): readonly Rule[] {
  const rest: Rule = {
    ...rule,
    id: `${rule.id} (otherwise)`,
    action: { kind: 'deny', word: 'tells another application' },
  };
  if (wanted === 'no') return [rest];
  const conditions = wanted === 'perhaps' ? [...rule.conditions, ...others] : rule.conditions;
  const { match } = rule;
  const service = kind === 'default' ? both(match.service, ports) : match.service;
  return [{ ...rule, conditions, match: { ...match, service } }, rest];
}

function both(left: Tri<ServiceSet>, right: Tri<ServiceSet>): Tri<ServiceSet> {
  const may = inBothSets(left.may, right.may);
  const isExact = left.must === left.may && right.must === right.may;
  if (isExact) return exactly(may);
  return { must: inBothSets(left.must, right.must), may, conditions: [...left.conditions, ...right.conditions] };
}

function readList(
  rulebase: Rulebase,
  reading: RuleReading,
): { readonly list: RuleList; readonly overrides: readonly Override[] } | undefined {
  const node = child(rulebase.node, 'application-override', 'rules');
  if (node === undefined) return undefined;
  const ids = new RuleIds(reading.notes);
  const overrides = appliedRules(entries(node), rulebase).map(({ node: rule, unsure }): Override => {
    const read = readOverride(rule, ids.next(rule), reading);
    return { ...read, rule: under(read.rule, unsure) };
  });
  const rules = overrides.map(({ rule }) => rule);
  return { overrides, list: listOf(`application override ${rulebase.title}`, rules, node) };
}

function readOverride(node: PanNode, id: string, reading: RuleReading): Override {
  const { names, notes } = reading;
  const { source, destination } = sides(node, reading);
  const application = value(node, 'application');
  const service = writtenPorts(node, notes);
  const undecided = undecidedFields(node, OVERRIDE_FIELDS, reading);
  const isCut = node.cut;
  if (application === undefined) incomplete(node, 'application', notes);
  const conditions = isCut
    ? [...undecided, { kind: 'not-understood', name: `application override ${id}`, span: node.span } as const]
    : undecided;
  const rule: Rule = {
    id,
    name: node.word,
    text: ruleText(node),
    span: node.span,
    action: { kind: 'permit', word: `tells ${application ?? 'an application'}` },
    match: { source: source.set, destination: destination.set, service },
    ...zoneLimits(zones(node, 'from', reading), zones(node, 'to', reading)),
    conditions,
    enabled: !isYes(node, 'disabled'),
    logging: { logs: 'no', detail: '' },
    objects: [...source.objects, ...destination.objects],
  };
  const open = conditions.length > 0 || [rule.match.source, rule.match.destination, service].some(isOpen);
  notes.mark(node, open ? 'conditional' : 'modelled');
  return { rule, application, ports: portsOf(application, node, names) };
}

function isOpen({ conditions }: { readonly conditions: readonly unknown[] }): boolean {
  return conditions.length > 0;
}

/**
 * Default ports of a told application. A custom one without ports may be told on any (a lab's allow rule with
 * `application-default` took such sessions); of a predefined one that the table lacks they are not known.
 */
function portsOf(application: string | undefined, node: PanNode, names: Names): Tri<ServiceSet> {
  if (application === undefined) return exactly(ANY_SERVICE);
  const ports = names.defaultPorts(application);
  if (ports !== undefined) return exactly(ports);
  if (names.find('application', application) !== undefined) return exactly(ANY_SERVICE);
  const name = `default ports of ${application}`;
  return { must: [], may: ANY_SERVICE, conditions: [{ kind: 'application', name, span: node.span }] };
}

function writtenPorts(node: PanNode, notes: Notes): Tri<ServiceSet> {
  const protocol = PORT_PROTOCOLS.get(value(node, 'protocol') ?? '');
  const ports = readPorts(entries(node, 'port').map(({ word }) => word));
  if (protocol !== undefined && ports !== undefined) return exactly([portTerm(protocol, ports)]);
  incomplete(node, protocol === undefined ? 'protocol' : 'port', notes);
  const span = child(node, 'port')?.span ?? node.span;
  const protocols = protocol === undefined ? [...PORT_PROTOCOLS.values()] : [protocol];
  const condition = { kind: 'not-understood', name: `port of ${node.word}`, span } as const;
  return { must: [], may: protocols.map((each) => portTerm(each, ports ?? ALL_PORTS)), conditions: [condition] };
}

function incomplete(node: PanNode, field: string, notes: Notes): void {
  notes.diagnose(
    'panos/override-incomplete',
    'warning',
    child(node, field)?.span ?? node.span,
    `the ${field} of application override rule \`${node.word}\` could not be read`,
    'which sessions it tells an application is a bound',
  );
}
