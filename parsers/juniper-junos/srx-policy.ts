import type { Condition, ConditionKind } from '../model/condition.ts';
import type { Action, ObjectUse, PacketMatch, Rule, RuleLogging, Tri } from '../model/rule.ts';
import type { AddressSet } from '../model/address.ts';
import type { ServiceSet } from '../model/service.ts';
import type { Applications } from './applications.ts';
import type { Notes } from './notes.ts';
import type { AddressBooks, NamedAddresses } from './srx-addresses.ts';
import { ANY_ADDRESS, NO_ADDRESS } from '../model/address.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { unionOfServices, type NamedServices } from './applications.ts';
import { complementOf, unionOf } from './srx-addresses.ts';
import { readThen, type PolicyAction } from './srx-policy-then.ts';
import { readInspection } from './srx-inspection.ts';
import { inheritedConditions, inheritedUses } from './srx-inherited.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** What policies are read against. */
interface PolicyObjects {
  readonly books: AddressBooks;
  readonly applications: Applications;
  /** Names below `schedulers scheduler`, with when each is over for good. */
  readonly schedulers: ReadonlyMap<string, string | undefined>;
  /** The segments that stand for a zone: `match from-zone` of global policies. */
  readonly segmentsOf: (zone: string) => readonly string[];
  /** Below `security`: what the services of a policy do. */
  readonly security: JunosNode | undefined;
  readonly notes: Notes;
}

/** Values that restrict nothing, by match statement. */
const UNRESTRICTED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['dynamic-application', new Set(['any', 'none'])],
  ['url-category', new Set(['any', 'none'])],
  ['source-identity', new Set(['any'])],
]);

/**
 * Match statements that the text does not decide.
 *
 * `dynamic-application` and `url-category` make a unified policy: until the application is known the session is let
 * through if any policy that may match permits (Junos "Unified Security Policies" and `pre-id-default-policy`). So a
 * permit may let the first packet pass, and a deny does not surely stop it.
 */
const UNDECIDED: ReadonlyMap<string, ConditionKind> = new Map([
  ['dynamic-application', 'application'],
  ['url-category', 'application'],
  ['source-identity', 'identity'],
  ['source-end-user-profile', 'identity'],
  ['source-identity-feed', 'dynamic-group'],
  ['destination-identity-feed', 'dynamic-group'],
  ['source-l3vpn-vrf-group', 'route'],
  ['destination-l3vpn-vrf-group', 'route'],
  ['dscp', 'header'],
  ['dscp-except', 'header'],
]);

const READ_HERE: ReadonlySet<string> = new Set([
  'source-address',
  'destination-address',
  'source-address-excluded',
  'destination-address-excluded',
  'application',
  'from-zone',
  'to-zone',
]);

/** May match every packet. */
const ANYTHING: PacketMatch = {
  source: { must: NO_ADDRESS, may: ANY_ADDRESS, conditions: [] },
  destination: { must: NO_ADDRESS, may: ANY_ADDRESS, conditions: [] },
  service: { must: [], may: ANY_SERVICE, conditions: [] },
};

/** The statements of `match` by their first word. */
type Statements = ReadonlyMap<string, { readonly node: JunosNode; readonly values: readonly JunosNode[] }>;

/**
 * Several statements may have been typed on one line (`match source-address any destination-address any`): then a value
 * leads on to the next statement.
 */
function statementsOf(policy: JunosNode): Statements {
  const found = new Map<string, { readonly node: JunosNode; readonly values: JunosNode[] }>();
  const collect = (node: JunosNode): void => {
    for (const part of entries(node)) {
      const isFlag = part.word.endsWith('-excluded');
      const values = isFlag ? [] : entries(part);
      const known = found.get(part.word);
      if (known === undefined) found.set(part.word, { node: part, values: [...values] });
      else known.values.push(...values);
      if (isFlag) collect(part);
      // What a profile is called may stand one word further: `source-end-user-profile source-end-user-profile-name P`.
      else for (const each of values) if (!each.word.endsWith('-profile-name')) collect(each);
    }
  };
  const match = child(policy, 'match');
  if (match !== undefined) collect(match);
  return found;
}

function valuesOf(statements: Statements, word: string): readonly JunosNode[] {
  return statements.get(word)?.values ?? [];
}

/** Reads one security policy into the rule, or the two rules, that it amounts to. */
export class PolicyReader {
  private readonly objects: PolicyObjects;

  constructor(objects: PolicyObjects) {
    this.objects = objects;
  }

  /** `from` and `to` are undefined for a global policy. */
  read(policy: JunosNode, from: string | undefined, to: string | undefined): readonly Rule[] {
    const { notes } = this.objects;
    const statements = statementsOf(policy);
    const match = this.match(policy, statements, from, to);
    const written = readThen(policy, notes);
    const inherited = inheritedConditions(policy);
    const conditions = [...match.conditions, ...this.scheduled(policy), ...inherited];
    this.unknownParts(policy);
    // Where a group that counts only sometimes changes a part of the policy, that part may be another one.
    const isPartial = inherited.length > 0 && policy.inheritance?.conditional !== true;
    const bound = isPartial ? ANYTHING : match.packets;
    const action = isPartial
      ? { ...written, action: { kind: 'unknown', word: written.action.word } as const }
      : written;
    const open = conditions.length > 0 || [bound.source, bound.destination, bound.service].some(isOpen);
    notes.mark(policy, open || action.conditional ? 'conditional' : 'modelled');
    const { text, span } = notes.statement(policy);
    const rule: Rule = {
      id: policy.word,
      text,
      span,
      action: action.action,
      match: bound,
      ...this.zones(statements, from),
      conditions,
      enabled: true,
      ...(action.action.kind === 'permit' ? { inspection: readInspection(policy, this.objects.security) } : {}),
      logging: action.logging,
      objects: [...match.uses, ...action.uses, ...inheritedUses(policy)],
    };
    return withElse(rule, action);
  }

  private match(
    policy: JunosNode,
    statements: Statements,
    from: string | undefined,
    to: string | undefined,
  ): { readonly packets: PacketMatch; readonly conditions: readonly Condition[]; readonly uses: readonly ObjectUse[] } {
    const source = this.addresses(policy, statements, 'source-address', from);
    const destination = this.addresses(policy, statements, 'destination-address', to);
    const service = this.services(policy, statements);
    return {
      packets: { source: source.tri, destination: destination.tri, service: service.tri },
      conditions: this.undecided(statements),
      uses: [...source.uses, ...destination.uses, ...service.uses],
    };
  }

  private addresses(policy: JunosNode, statements: Statements, side: string, zone: string | undefined): NamedAddresses {
    const named = valuesOf(statements, side).map((user) => this.objects.books.resolve(user, zone));
    const excluded = statements.has(`${side}-excluded`);
    if (named.length === 0) return { tri: this.missing(policy, side, ANY_ADDRESS, NO_ADDRESS), uses: [] };
    return excluded ? complementOf(unionOf(named)) : unionOf(named);
  }

  private services(policy: JunosNode, statements: Statements): NamedServices {
    const users = valuesOf(statements, 'application');
    const unified = statements.has('dynamic-application');
    if (users.length === 0) {
      if (unified) return { tri: defaultPorts(policy), uses: [] };
      return { tri: this.missing<ServiceSet>(policy, 'application', ANY_SERVICE, []), uses: [] };
    }
    return unionOfServices(
      users.map((user) =>
        // The ports that the dynamic applications have by default: in the signature package, not in the text.
        user.word === 'junos-defaults'
          ? { tri: defaultPorts(user), uses: [] }
          : this.objects.applications.resolve(user),
      ),
    );
  }

  private missing<T extends AddressSet | ServiceSet>(policy: JunosNode, part: string, may: T, must: T): Tri<T> {
    this.objects.notes.diagnose(
      'junos/policy-incomplete',
      'warning',
      policy.span,
      `policy \`${policy.word}\` has no \`match ${part}\` in the text`,
      'a device would not commit it, so text is missing: it may match anything and surely matches nothing',
    );
    return { must, may, conditions: [{ kind: 'not-understood', name: `match ${part}`, span: policy.span }] };
  }

  private undecided(statements: Statements): Condition[] {
    const found: Condition[] = [];
    for (const { node: part, values } of statements.values()) {
      const kind = UNDECIDED.get(part.word);
      if (kind === undefined) {
        if (!READ_HERE.has(part.word)) found.push(this.unknownMatch(part));
        continue;
      }
      const harmless = UNRESTRICTED.get(part.word);
      if (values.some(({ word }) => harmless?.has(word))) continue;
      const name = values.map(({ word }) => word).join(', ');
      found.push({ kind, name: name === '' ? part.word : name, span: part.span });
    }
    return found;
  }

  private unknownMatch(part: JunosNode): Condition {
    const { notes } = this.objects;
    notes.mark(part, 'unrecognised');
    notes.diagnose(
      'junos/policy-not-understood',
      'warning',
      part.span,
      `\`match ${part.word}\` is not known in a security policy`,
      'the policy may match what else it names and surely matches nothing',
    );
    return { kind: 'not-understood', name: `match ${part.word}`, span: part.span };
  }

  /** Outside of its schedule a policy is not there. */
  private scheduled(policy: JunosNode): Condition[] {
    const { notes, schedulers } = this.objects;
    return entries(policy, 'scheduler-name').map((user): Condition => {
      const ends = schedulers.get(user.word);
      if (ends !== undefined) return { kind: 'time-range', name: user.word, span: user.span, ends };
      if (schedulers.has(user.word)) return { kind: 'time-range', name: user.word, span: user.span };
      notes.diagnose(
        'junos/undefined-reference',
        'warning',
        user.span,
        `scheduler \`${user.word}\` is not defined in the text`,
        'when policies that use it count is unknown: they are possible, not definite',
      );
      return { kind: 'time-range', name: user.word, span: user.span };
    });
  }

  /** Global policies may be for some zones only. */
  private zones(statements: Statements, from: string | undefined): Pick<Rule, 'from' | 'to'> {
    if (from !== undefined) return {};
    const named = (word: string): readonly string[] | undefined => {
      const zones = valuesOf(statements, word);
      if (zones.length === 0 || zones.some((zone) => zone.word === 'any')) return undefined;
      return zones.flatMap((zone) => this.objects.segmentsOf(zone.word));
    };
    const [source, target] = [named('from-zone'), named('to-zone')];
    return { ...(source === undefined ? {} : { from: source }), ...(target === undefined ? {} : { to: target }) };
  }

  private unknownParts(policy: JunosNode): void {
    const { notes } = this.objects;
    for (const part of entries(policy)) {
      if (part.word === 'description') notes.mark(part, 'no-effect');
      else if (!['match', 'then', 'scheduler-name'].includes(part.word)) {
        notes.mark(part, 'unrecognised');
        notes.diagnose(
          'junos/policy-not-understood',
          'warning',
          part.span,
          `\`${part.word}\` is not known in a security policy`,
          'the policy is read without it',
        );
      }
    }
  }
}

function isOpen({ conditions }: Tri<AddressSet> | Tri<ServiceSet>): boolean {
  return conditions.length > 0;
}

function defaultPorts({ span }: JunosNode): Tri<ServiceSet> {
  return {
    must: [],
    may: ANY_SERVICE,
    conditions: [{ kind: 'application', name: 'default ports of the dynamic application', span }],
  };
}

/**
 * A permit that holds only for some (users who logged in, packets that were translated) is final for the others too: they
 * are dropped and meet no later policy. So it is two rules, the second a denial of the same packets.
 */
function withElse(rule: Rule, { otherwise }: PolicyAction): readonly Rule[] {
  if (otherwise === undefined) return [rule];
  const { condition, word } = otherwise;
  const action: Action = { kind: 'deny', word };
  const logging: RuleLogging = { logs: 'no', detail: '' };
  return [
    { ...rule, conditions: [...rule.conditions, condition] },
    { ...rule, id: `${rule.id} (${word})`, action, logging, inspection: [] },
  ];
}
