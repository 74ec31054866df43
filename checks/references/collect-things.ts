import type { Binding, Device } from '../../parsers/model/device.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { ObjectUse, Rule, RuleList } from '../../parsers/model/rule.ts';
import type { Span } from '../../parsers/source.ts';
import { bindingNote } from '../reporting/evidence.ts';
import type { Definition, Use } from './references.ts';

/** A thing with the names that its text may use, and the things that they may mean. */
interface Thing extends Definition {
  readonly names: ReadonlyMap<string, readonly number[]>;
}

export interface Collected {
  readonly things: readonly Thing[];
  /** Uses whose place the model keeps. */
  readonly uses: readonly Use[];
}

/** The named things of a device as the model has them. Objects that no rule uses are not in the model. */
export function collectThings(device: Device): Collected {
  return new Collection(device).collected();
}

type Names = Map<string, number[]>;
const NO_NAMES: ReadonlyMap<string, readonly number[]> = new Map();

class Collection {
  private readonly device: Device;
  private readonly things: (Definition & { names: Names | typeof NO_NAMES })[] = [];
  private readonly uses: Use[] = [];
  private readonly known = new Map<string, number>();
  private readonly lists = new Map<string, number[]>();
  /** Segments and interfaces by every name they go by. */
  private readonly ends = new Map<string, number[]>();
  /** Objects by kind and name: what groups of that kind may have as members. */
  private readonly members = new Map<string, Names>();
  private readonly attached = new Set<string>();

  constructor(device: Device) {
    this.device = device;
  }

  collected(): Collected {
    for (const segment of this.device.segments) {
      const { name, kind, span, aliases, interfaces } = segment;
      if (kind === 'self') continue;
      const at = this.add({ kind: 'segment', name, what: kind === 'zone' ? 'zone' : 'interface', span });
      for (const each of [name, ...aliases]) push(this.ends, each, at);
      for (const port of interfaces) {
        const of = this.add({ kind: 'interface', name: port.name, what: 'interface', span: port.span });
        if (!this.ends.has(port.name)) push(this.ends, port.name, of);
        this.uses.push({ relation: 'stands-in', by: of, of: at, span: port.span, exact: false });
      }
    }
    for (const list of this.device.ruleLists) this.addList(list);
    for (const binding of this.device.bindings) this.addBinding(binding);
    for (const translation of this.device.translations) this.addTranslation(translation);
    this.nameMembers();
    return { things: this.things, uses: this.uses };
  }

  private addList(list: RuleList): void {
    const at = this.add({ kind: 'rule-list', name: list.name, what: list.kind, span: list.span });
    push(this.lists, list.name, at);
    for (const rule of list.rules) {
      const by = this.add({ kind: 'rule', name: rule.id, what: `rule of ${list.name}`, span: rule.span });
      this.uses.push({ relation: 'stands-in', by, of: at, span: rule.span, exact: false });
      this.addRule(rule, by);
    }
    for (const { purpose, span } of list.usedBy ?? []) {
      const by = this.add({ kind: 'reference', name: purpose, what: purpose, span });
      this.uses.push({ relation: 'binds', by, of: at, span, exact: false });
    }
  }

  private addRule(rule: Rule, by: number): void {
    const objects = rule.objects.map((object) => this.addObject(object));
    const names: Names = new Map();
    for (const of of objects) this.name(names, of);
    for (const { name, span } of rule.inspection ?? []) {
      if (span !== undefined) this.name(names, this.add({ kind: 'profile', name, what: 'profile', span }));
    }
    for (const segment of [...(rule.from ?? []), ...(rule.to ?? [])]) {
      for (const of of this.ends.get(segment) ?? []) this.name(names, of);
    }
    const thing = this.things[by];
    if (thing !== undefined) thing.names = names;
  }

  private addObject({ name, kind, span }: ObjectUse): number {
    const what = kind === 'other' ? 'object' : `${kind} object`;
    const at = this.add({ kind: 'object', name, what, ...(span === undefined ? {} : { span }) });
    const members = this.members.get(what) ?? new Map<string, number[]>();
    this.members.set(what, members);
    this.name(members, at);
    return at;
  }

  private addBinding({ list, direction, attachedTo, span }: Binding): void {
    const by = this.add({ kind: 'binding', name: list, what: bindingNote(direction, attachedTo), span });
    for (const of of this.lists.get(list) ?? []) {
      this.uses.push({ relation: 'binds', by, of, span, exact: false });
    }
    this.attach(by, attachedTo, span);
  }

  private addTranslation({ text, span, fromSegment, toSegment }: Translation): void {
    const by = this.add({ kind: 'translation', name: text, what: 'translation', span });
    for (const segment of new Set([fromSegment, toSegment])) {
      if (segment !== undefined) this.attach(by, segment, span);
    }
  }

  private attach(by: number, name: string, span: Span): void {
    for (const of of this.ends.get(name) ?? []) {
      const key = `${by} ${of}`;
      if (this.attached.has(key)) continue;
      this.attached.add(key);
      this.uses.push({ relation: 'attached-to', by, of, span, exact: false });
    }
  }

  /** A group's text may name any object of its kind; that it does is seen there. */
  private nameMembers(): void {
    for (const thing of this.things)
      if (thing.kind === 'object') thing.names = this.members.get(thing.what) ?? NO_NAMES;
  }

  private name(names: Names, of: number): void {
    const name = this.things[of]?.name;
    if (name !== undefined && names.get(name)?.includes(of) !== true) push(names, name, of);
  }

  /** Each thing once: the same name in the same place. */
  private add(thing: Definition): number {
    const { kind, name, span, what } = thing;
    const place = span === undefined ? '' : `${span.source}:${span.line}:${span.column}`;
    const key = JSON.stringify([kind, name, place, span === undefined || kind === 'binding' ? what : '']);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = this.things.push({ ...thing, names: NO_NAMES }) - 1;
    this.known.set(key, made);
    return made;
  }
}

function push(known: Map<string, number[]>, name: string, index: number): void {
  const found = known.get(name);
  if (found === undefined) known.set(name, [index]);
  else found.push(index);
}
