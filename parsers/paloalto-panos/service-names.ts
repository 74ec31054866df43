import type { Condition, ConditionKind } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import type { ServiceSet } from '../model/service.ts';
import type { ListedServices } from './firewall.ts';
import type { Found, NameLookup } from './name-lookup.ts';
import type { Notes } from './notes.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE, PROTOCOL, single } from '../model/service.ts';
import { distinct } from './address-parts.ts';
import { membersOf, takeApart } from './name-groups.ts';
import { PORT_PROTOCOLS, portTerm, readPorts, unionOfServices } from './service-ports.ts';
import { child, entries, type PanNode } from './tree.ts';

const KINDS = ['service', 'service-group'];

interface ServicePart {
  readonly tri: Tri<ServiceSet>;
  readonly objects: readonly ObjectUse[];
}

/**
 * Services that every device has. An object of the text takes their place, which is also how an export prints the
 * device's own. Source: the factory objects; `service-http` is 80 and 8080.
 */
const PREDEFINED: ReadonlyMap<string, ServiceSet> = new Map([
  ['any', ANY_SERVICE],
  ['service-http', [portTerm(PROTOCOL.tcp, [single(80), single(8080)])]],
  ['service-https', [portTerm(PROTOCOL.tcp, [single(443)])]],
]);

/** Resolves what rules name in `service`. Services are read when they are first asked for, and once. */
export class ServiceNames {
  private readonly lookup: NameLookup;
  private readonly notes: Notes;
  private readonly known = new Map<string, ServicePart>();
  private readonly lists = new Map<string, ListedServices>();

  constructor(lookup: NameLookup, notes: Notes) {
    this.lookup = lookup;
    this.notes = notes;
  }

  /** A list in a rule; without members it means any. */
  list(members: readonly PanNode[]): ListedServices {
    if (members.length === 0) return { kind: 'any' };
    const any = members.find(({ word }) => word === 'any');
    if (any !== undefined) return this.anyOf(any);
    const byDefault = members.find(({ word }) => word === 'application-default');
    if (byDefault !== undefined && members.length === 1) return { kind: 'application-default' };
    const key = members.map(({ word }) => word).join('\n');
    const seen = this.lists.get(key);
    if (seen !== undefined) return seen;
    const others = members.filter((member) => member !== byDefault);
    const parts = others.map((member) => this.named(member));
    if (byDefault !== undefined) parts.push(this.mixed(byDefault));
    const { tri, objects } = unionOf(parts);
    const made: ListedServices = { kind: 'ports', ports: tri, objects };
    if (others.every(({ word }) => this.known.has(word))) this.lists.set(key, made);
    return made;
  }

  /** `any` is the word for every service, unless an object has taken that name: then either may be meant. */
  private anyOf(any: PanNode): ListedServices {
    const found = this.lookup.find('any', KINDS);
    if (found === undefined) return { kind: 'any' };
    const own = this.entry(found);
    const condition: Condition = { kind: 'vendor-unverified', name: 'service any', span: any.span };
    const ports = { must: own.tri.must, may: ANY_SERVICE, conditions: [condition] };
    return { kind: 'ports', ports, objects: own.objects };
  }

  /** A device takes `application-default` alone or services, not both. */
  private mixed(at: PanNode): ServicePart {
    return this.unread(at, at, '`application-default` stands beside services', []);
  }

  private named(member: PanNode): ServicePart {
    const seen = this.known.get(member.word);
    if (seen !== undefined) return seen;
    const found = this.lookup.find(member.word, KINDS);
    const predefined = PREDEFINED.get(member.word);
    const part =
      found !== undefined
        ? this.entry(found)
        : predefined === undefined
          ? undefined
          : { tri: exactly(predefined), objects: [] };
    if (part === undefined) return this.missing(member);
    this.known.set(member.word, part);
    return part;
  }

  private missing(member: PanNode): ServicePart {
    const { word, span } = member;
    this.notes.mark(member, 'conditional');
    this.notes.diagnose(
      'panos/undefined-reference',
      'warning',
      span,
      `no service or service group \`${word}\` is in the text`,
      'rules that use it are possible, not definite',
    );
    return undecided({ kind: 'undefined-reference', name: word, span }, [{ name: word, kind: 'service' }]);
  }

  private entry({ kind, node }: Found): ServicePart {
    return kind === 'service' ? this.service(node) : this.group(node);
  }

  /**
   * `protocol tcp { port 80,443; source-port 1024-65535; override …; }`; `override` changes timeouts only. Ports that stand
   * beside the protocol, as in lists of commands written by hand, are its own.
   */
  private service(node: PanNode): ServicePart {
    const objects = [useOf(node)];
    if (node.cut) return this.unread(node, node, `the text ends inside of \`${node.word}\``, objects);
    const protocols = entries(node, 'protocol');
    const terms = protocols.map((each) => {
      const number = PORT_PROTOCOLS.get(each.word);
      const ports = readPorts((child(each, 'port') ?? child(node, 'port'))?.children.map(({ word }) => word) ?? []);
      const written = child(each, 'source-port') ?? child(node, 'source-port');
      const from = written === undefined ? undefined : readPorts(written.children.map(({ word }) => word));
      const readable = number !== undefined && ports !== undefined && (written === undefined || from !== undefined);
      return readable ? portTerm(number, ports, from) : undefined;
    });
    const read = terms.filter((term) => term !== undefined);
    if (read.length === 0 || read.length < terms.length)
      return this.unread(node, node, `service \`${node.word}\` has no ports that can be read`, objects);
    this.notes.mark(node, 'modelled');
    return { tri: exactly(read), objects };
  }

  private group(node: PanNode): ServicePart {
    const { groups, leaves } = takeApart(
      node,
      'members',
      (member) => {
        const found = this.lookup.find(member.word, KINDS);
        return found?.kind === 'service-group' ? found.node : undefined;
      },
      this.notes,
    );
    for (const group of groups) this.notes.mark(group, 'modelled');
    const bad = groups.filter((group) => group.cut || membersOf(group, 'members').length === 0);
    const parts = [
      ...leaves.map((leaf) => this.named(leaf)),
      ...bad.map((group) =>
        this.unread(
          group,
          group,
          `service group \`${group.word}\` has no members in the text`,
          [],
          'undefined-reference',
        ),
      ),
    ];
    return unionOf(parts, groups.map(useOf));
  }

  private unread(
    at: PanNode,
    node: PanNode,
    message: string,
    objects: readonly ObjectUse[],
    kind: ConditionKind = 'not-understood',
  ): ServicePart {
    this.notes.mark(at, kind === 'not-understood' ? 'unrecognised' : 'conditional');
    this.notes.diagnose(
      'panos/service-not-understood',
      'warning',
      at.span,
      message,
      'it may stand for any port: rules that use it are possible, not definite',
    );
    return undecided({ kind, name: node.word, span: at.span }, objects);
  }
}

function useOf(node: PanNode): ObjectUse {
  return { name: node.word, kind: 'service', span: node.span };
}

function undecided(condition: Condition, objects: readonly ObjectUse[]): ServicePart {
  return { tri: { must: [], may: ANY_SERVICE, conditions: [condition] }, objects };
}

function unionOf(parts: readonly ServicePart[], own: readonly ObjectUse[] = []): ServicePart {
  const objects = [...own, ...parts.flatMap((part) => part.objects)];
  return { tri: unionOfTris(parts.map(({ tri }) => tri)), objects };
}

/** Several undecided sets of services as one; one alone is returned as it is. */
export function unionOfTris(tris: readonly Tri<ServiceSet>[]): Tri<ServiceSet> {
  const [only] = tris;
  if (only !== undefined && tris.length === 1) return only;
  const mays = tris.map(({ may }) => may);
  const may = mays.includes(ANY_SERVICE) ? ANY_SERVICE : unionOfServices(mays);
  const conditions = distinct(tris.flatMap((tri) => tri.conditions));
  if (conditions.length === 0) return exactly(may);
  return { must: unionOfServices(tris.map(({ must }) => must)), may, conditions };
}
