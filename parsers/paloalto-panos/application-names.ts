import type { Condition } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import type { ServiceSet } from '../model/service.ts';
import type { ListedApplications } from './firewall.ts';
import type { Found, NameLookup } from './name-lookup.ts';
import type { Notes } from './notes.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { distinct } from './address-parts.ts';
import { surelyFilters } from './application-filters.ts';
import { readDefault } from './application-ports.ts';
import {
  PORTS_NOT_KNOWN,
  PREDEFINED_APPLICATIONS,
  PREDEFINED_CONTAINERS,
  SECURE_PORTS,
} from './applications-predefined.ts';
import { membersOf, takeApart } from './name-groups.ts';
import { unionOfServices } from './service-ports.ts';
import { unionOfTris } from './service-names.ts';
import { entries, type PanNode } from './tree.ts';

const KINDS = ['application', 'application-group', 'application-filter'];

/** What one name in `application` stands for. */
interface ApplicationPart {
  readonly names: readonly string[];
  readonly others: readonly Condition[];
  readonly ports: Tri<ServiceSet>;
  readonly objects: readonly ObjectUse[];
}

const ANY: ListedApplications = { names: 'any', others: [], defaultPorts: exactly(ANY_SERVICE), objects: [] };

/** Resolves what rules name in `application`. Applications are read when they are first asked for, and once. */
export class ApplicationNames {
  private readonly lookup: NameLookup;
  private readonly notes: Notes;
  private readonly known = new Map<string, ApplicationPart>();
  private readonly lists = new Map<string, ListedApplications>();
  private readonly ports = new Map<string, ServiceSet | undefined>();

  constructor(lookup: NameLookup, notes: Notes) {
    this.lookup = lookup;
    this.notes = notes;
  }

  /** A list in a rule; without members it means any. */
  list(members: readonly PanNode[]): ListedApplications {
    if (members.length === 0 || members.some(({ word }) => word === 'any')) return ANY;
    const key = members.map(({ word }) => word).join('\n');
    const seen = this.lists.get(key);
    if (seen !== undefined) return seen;
    const { names, others, ports, objects } = unionOf(members.map((member) => this.named(member)));
    const made: ListedApplications = { names: new Set(names), others, defaultPorts: ports, objects };
    if (members.every(({ word }) => this.known.has(word))) this.lists.set(key, made);
    return made;
  }

  /** Default ports of an application; those of a container are the ports of all its functions. */
  defaultPorts(application: string): ServiceSet | undefined {
    if (!this.ports.has(application)) this.ports.set(application, this.portsOf(application));
    return this.ports.get(application);
  }

  private portsOf(application: string): ServiceSet | undefined {
    const found = this.lookup.find(application, ['application']);
    if (found !== undefined) return readDefault(found.node);
    const functions = PREDEFINED_CONTAINERS.get(application);
    if (functions === undefined) return PREDEFINED_APPLICATIONS.get(application);
    return unionOfServices(functions.flatMap((name) => [PREDEFINED_APPLICATIONS.get(name) ?? []]));
  }

  private named(member: PanNode): ApplicationPart {
    const seen = this.known.get(member.word);
    if (seen !== undefined) return seen;
    const found = this.lookup.find(member.word, KINDS);
    const part = found === undefined ? predefined(member) : this.entry(found);
    if (part === undefined) return this.missing(member);
    this.known.set(member.word, part);
    return part;
  }

  /**
   * Neither in the text nor in the table: an application of a newer content release, or an object that the text lacks. The
   * latter may be a group, so that any application may be meant.
   */
  private missing(member: PanNode): ApplicationPart {
    const { word, span } = member;
    this.notes.mark(member, 'conditional');
    this.notes.diagnose(
      'panos/unknown-application',
      'warning',
      span,
      `application \`${word}\` is neither defined in the text nor in the table of predefined applications`,
      'it may be any application, and its default ports any ports: rules that list it are possible, not definite',
    );
    const condition: Condition = { kind: 'application', name: word, span };
    return {
      names: [word],
      others: [condition],
      ports: undecided(condition),
      objects: [{ name: word, kind: 'other' }],
    };
  }

  private entry({ kind, node }: Found): ApplicationPart {
    if (kind === 'application') return this.custom(node);
    return kind === 'application-filter' ? this.filter(node) : this.group(node);
  }

  /**
   * An application of the text. Without default ports, or with ones that cannot be read, `application-default` may mean any
   * port of it and surely means none.
   */
  private custom(node: PanNode): ApplicationPart {
    const objects = [useOf(node)];
    const ports = node.cut ? undefined : readDefault(node);
    this.notes.mark(node, 'modelled');
    if (ports !== undefined) return { names: [node.word], others: [], ports: exactly(ports), objects };
    const written = entries(node, 'default')[0];
    const none = written === undefined || written.word === 'none';
    if (!none || node.cut)
      this.unread(written ?? node, `default ports of application \`${node.word}\` cannot be read`, 'its default ports');
    const condition: Condition = {
      kind: none && !node.cut ? 'vendor-unverified' : 'not-understood',
      name: `default ports of ${node.word}`,
      span: node.span,
    };
    return { names: [node.word], others: [], ports: undecided(condition), objects };
  }

  /** Which predefined applications a filter takes in is in the content release of the device. */
  private filter(node: PanNode): ApplicationPart {
    this.notes.mark(node, 'conditional');
    const condition: Condition = { kind: 'application', name: node.word, span: node.span };
    const sure = this.lookup
      .visible('application', KINDS)
      .filter((application) => surelyFilters(node, application))
      .map((application) => this.custom(application));
    const part = unionOf([...sure, { names: [], others: [condition], ports: undecided(condition), objects: [] }]);
    return { ...part, objects: [useOf(node), ...part.objects] };
  }

  private group(node: PanNode): ApplicationPart {
    const { groups, leaves } = takeApart(
      node,
      'members',
      (member) => {
        const found = this.lookup.find(member.word, KINDS);
        return found?.kind === 'application-group' ? found.node : undefined;
      },
      this.notes,
    );
    for (const group of groups) this.notes.mark(group, 'modelled');
    const bad = groups.filter((group) => group.cut || membersOf(group, 'members').length === 0);
    const parts = [...leaves.map((leaf) => this.named(leaf)), ...bad.map((group) => this.emptyGroup(group))];
    const part = unionOf(parts);
    return { ...part, objects: [...groups.map(useOf), ...part.objects] };
  }

  private emptyGroup(group: PanNode): ApplicationPart {
    this.unread(group, `application group \`${group.word}\` has no members in the text`, 'it');
    const condition: Condition = { kind: 'undefined-reference', name: group.word, span: group.span };
    return { names: [], others: [condition], ports: undecided(condition), objects: [] };
  }

  private unread(at: PanNode, message: string, what: string): void {
    this.notes.mark(at, 'conditional');
    this.notes.diagnose(
      'panos/application-not-understood',
      'warning',
      at.span,
      message,
      `${what} may be anything: rules that use it are possible, not definite`,
    );
  }
}

function predefined({ word, span }: PanNode): ApplicationPart | undefined {
  const functions = PREDEFINED_CONTAINERS.get(word);
  if (functions !== undefined) {
    const parts = functions.flatMap((name) => known(name, { kind: 'application', name, span }) ?? []);
    const part = unionOf(parts);
    return { ...part, names: [word, ...part.names] };
  }
  return known(word, { kind: 'vendor-unverified', name: `default ports of ${word}`, span });
}

function known(name: string, unverified: Condition): ApplicationPart | undefined {
  const rest = { names: [name], others: [], objects: [] };
  const may = PORTS_NOT_KNOWN.get(name);
  if (may !== undefined) return { ...rest, ports: { must: [], may, conditions: [unverified] } };
  const ports = PREDEFINED_APPLICATIONS.get(name);
  if (ports === undefined) return undefined;
  const secure = SECURE_PORTS.get(name);
  if (secure === undefined) return { ...rest, ports: exactly(ports) };
  const condition: Condition = { kind: 'application', name: `${name}, decrypted`, span: unverified.span };
  return { ...rest, ports: { must: ports, may: unionOfServices([ports, secure]), conditions: [condition] } };
}

function useOf(node: PanNode): ObjectUse {
  return { name: node.word, kind: 'other', span: node.span };
}

function undecided(condition: Condition): Tri<ServiceSet> {
  return { must: [], may: ANY_SERVICE, conditions: [condition] };
}

function unionOf(parts: readonly ApplicationPart[]): ApplicationPart {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    names: [...new Set(parts.flatMap(({ names }) => names))],
    others: distinct(parts.flatMap(({ others }) => others)),
    ports: unionOfTris(parts.map(({ ports }) => ports)),
    objects: parts.flatMap(({ objects }) => objects),
  };
}
