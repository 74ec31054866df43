import type { Condition } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import type { ServiceSet } from '../model/service.ts';
import type { Notes } from './notes.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { PREDEFINED_APPLICATIONS, PREDEFINED_SETS } from './applications-predefined.ts';
import { readApplicationTerm } from './applications-terms.ts';
import { entries } from './srx-entries.ts';
import { perhaps } from './srx-inherited.ts';
import { child, type JunosNode } from './tree.ts';

/** What an application stands for, and the definitions it is made of. */
export interface NamedServices {
  readonly tri: Tri<ServiceSet>;
  readonly uses: readonly ObjectUse[];
}

/**
 * Resolves applications and application sets: those of the text, then the predefined ones. Text that prints the group
 * `junos-defaults` defines them itself and wins, because releases differ.
 *
 * Applications of the main system are not visible in a logical system or tenant; the predefined ones are.
 */
export class Applications {
  private readonly notes: Notes;
  private readonly node: JunosNode | undefined;
  private readonly known = new Map<JunosNode, NamedServices>();
  private readonly predefined = new Map<string, NamedServices>();
  private readonly open = new Set<JunosNode>();

  constructor(scope: JunosNode, notes: Notes) {
    this.notes = notes;
    this.node = child(scope, 'applications');
  }

  /** Reads every definition, so that each line has its state, used or not. */
  resolveAll(): void {
    for (const part of entries(this.node)) {
      if (part.word !== 'application' && part.word !== 'application-set') this.unknownPart(part);
    }
    for (const node of entries(this.node, 'application')) this.application(node);
    for (const node of entries(this.node, 'application-set')) this.set(node);
  }

  /** A name in `match application`. */
  resolve(user: JunosNode): NamedServices {
    const { word, span } = user;
    if (word === 'any') return { tri: exactly(ANY_SERVICE), uses: [] };
    const own = child(this.node, 'application', word);
    if (own !== undefined) return this.application(own);
    const set = child(this.node, 'application-set', word);
    if (set !== undefined) return this.set(set);
    const builtIn = this.builtIn(word, user);
    if (builtIn !== undefined) return builtIn;
    this.notes.mark(user, 'conditional');
    const reserved = word.startsWith('junos-');
    this.notes.diagnose(
      reserved ? 'junos/unknown-predefined-application' : 'junos/undefined-reference',
      'warning',
      span,
      reserved
        ? `\`${word}\` is a predefined application that is not known here`
        : `application \`${word}\` is not defined in the text`,
      'it may stand for any service: rules that use it are possible, not definite',
    );
    const uses: ObjectUse[] = [{ name: word, kind: 'service' }];
    return undecided(ANY_SERVICE, { kind: 'undefined-reference', name: word, span }, uses);
  }

  private builtIn(name: string, user: JunosNode): NamedServices | undefined {
    const known = this.predefined.get(name);
    if (known !== undefined) return known;
    const members = PREDEFINED_SETS.get(name);
    let found: NamedServices | undefined;
    if (members !== undefined) {
      const parts = members.flatMap((member) => this.builtIn(member, user) ?? []);
      found = unionOfServices(parts);
    } else {
      const application = PREDEFINED_APPLICATIONS.get(name);
      if (application === undefined) return undefined;
      const { service, learned } = application;
      found =
        learned === undefined
          ? { tri: exactly(service), uses: [] }
          : undecided(service, { kind: 'runtime-state', name: `ports learned by ${learned}`, span: user.span }, []);
    }
    this.predefined.set(name, found);
    return found;
  }

  private application(node: JunosNode): NamedServices {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const found = this.readApplication(node);
    this.known.set(node, found);
    return found;
  }

  private readApplication(node: JunosNode): NamedServices {
    const own: ObjectUse = { name: node.word, kind: 'service', span: node.span };
    this.notes.mark(node, 'modelled');
    for (const part of entries(node)) {
      if (part.word === 'description') this.notes.mark(part, 'no-effect');
    }
    const terms = entries(node, 'term');
    const bodies = terms.length > 0 ? terms : [node];
    return unionOfServices(
      bodies.map((body) => {
        const { tri, uses } = readApplicationTerm(body, node.word, this.notes);
        const within =
          body === node ? entries(node).find(({ inheritance }) => inheritance?.conditional === true) : body;
        return { tri: perhaps(tri, within ?? body, []), uses };
      }),
      [own],
    );
  }

  private set(node: JunosNode): NamedServices {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const own: ObjectUse = { name: node.word, kind: 'service', span: node.span };
    if (this.open.has(node)) {
      this.notes.diagnose(
        'junos/application-set-cycle',
        'warning',
        node.span,
        `application-set \`${node.word}\` contains itself`,
        'the reference adds nothing; a device would not commit it, so the text may be wrong elsewhere too',
      );
      return { tri: exactly([]), uses: [own] };
    }
    this.open.add(node);
    this.notes.mark(node, 'modelled');
    const members = [...entries(node, 'application'), ...entries(node, 'application-set')];
    const found = unionOfServices(
      members.map((member) => {
        const { tri, uses } = this.resolve(member);
        return { tri: perhaps(tri, member, []), uses };
      }),
      [own],
    );
    this.open.delete(node);
    const read = members.length > 0 ? found : this.empty(node, own);
    this.known.set(node, read);
    return read;
  }

  private empty(node: JunosNode, own: ObjectUse): NamedServices {
    this.notes.mark(node, 'conditional');
    this.notes.diagnose(
      'junos/empty-application-set',
      'warning',
      node.span,
      `application-set \`${node.word}\` has no members in the text`,
      'members may be missing: rules that use it are possible, not definite',
    );
    return undecided(ANY_SERVICE, { kind: 'undefined-reference', name: node.word, span: node.span }, [own]);
  }

  private unknownPart(part: JunosNode): void {
    this.notes.mark(part, 'unrecognised');
    this.notes.diagnose(
      'junos/application-not-understood',
      'warning',
      part.span,
      `\`${part.word}\` is not known beside applications`,
      'applications are read without it',
    );
  }
}

function undecided(may: ServiceSet, condition: Condition, uses: readonly ObjectUse[]): NamedServices {
  return { tri: { must: [], may, conditions: [condition] }, uses };
}

/** Several applications together. */
export function unionOfServices(parts: readonly NamedServices[], own: readonly ObjectUse[] = []): NamedServices {
  const uses = [...own, ...parts.flatMap((part) => part.uses)];
  const conditions = parts.flatMap(({ tri }) => tri.conditions);
  const may = parts.flatMap(({ tri }) => tri.may);
  if (conditions.length === 0) return { tri: exactly(may), uses };
  return { tri: { must: parts.flatMap(({ tri }) => tri.must), may, conditions }, uses };
}
