import type { Family } from '../model/address.ts';
import type { AddressSet } from '../model/address.ts';
import type { MatchExpression, PacketMatch, Rule, RuleList, Tri } from '../model/rule.ts';
import { ANY4, ANY6, ANY_ADDRESS } from '../model/address.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { readActions, type TermAction } from './filter-actions.ts';
import { FilterAddresses } from './filter-addresses.ts';
import { ConditionReader, type TermConditions } from './filter-conditions.ts';
import { serviceOf } from './filter-service.ts';
import type { Ingress } from './ingress.ts';
import type { Notes } from './notes.ts';
import { inheritedConditions, inheritedUses } from './srx-inherited.ts';
import { child, entries, type JunosNode } from './tree.ts';

/** A firewall filter, and what of it the model's rules do not carry. */
export interface Filter {
  readonly name: string;
  /** `inet` also for filters outside of any family. */
  readonly family: string;
  readonly list: RuleList;
  /** Rules whose packets go on in another routing instance. */
  readonly instances: readonly { readonly rule: Rule; readonly instance: JunosNode }[];
  /** Rules whose packets bypass flow processing. */
  readonly packetMode: readonly Rule[];
}

/** Statements of a filter that say how it is built or counted, not what it does. */
const FILTER_OPTIONS: ReadonlySet<string> = new Set(
  `interface-specific accounting-profile enhanced-mode enhanced-mode-override fast-lookup-filter physical-interface-filter
   instance-shared interface-shared no-interface-specific promote scale-optimized description precompute`.split(/\s+/),
);

/** Families whose filters see packets below IP. */
const LAYER_2: ReadonlySet<string> = new Set(['ethernet-switching', 'bridge', 'vpls', 'ccc', 'mpls', 'l2']);

/** Reads every firewall filter of a system. */
export class Filters {
  private readonly scope: JunosNode;
  private readonly notes: Notes;
  private readonly ingress: Ingress;
  private readonly addresses: FilterAddresses;
  private readonly found = new Map<string, Filter>();

  constructor(scope: JunosNode, notes: Notes, ingress: Ingress) {
    this.scope = scope;
    this.notes = notes;
    this.ingress = ingress;
    this.addresses = new FilterAddresses(scope, notes);
    const firewall = child(scope, 'firewall');
    const all = [
      ...entries(firewall, 'filter').map((node) => ({ family: 'inet', node })),
      ...entries(firewall, 'family').flatMap((family) =>
        entries(family, 'filter').map((node) => ({ family: family.word, node })),
      ),
    ];
    const families = new Map<string, Set<string>>();
    for (const { family, node } of all) families.set(node.word, (families.get(node.word) ?? new Set()).add(family));
    for (const { family, node } of all) {
      const key = `${family} ${node.word}`;
      const isAmbiguous = (families.get(node.word)?.size ?? 0) > 1;
      const name = isAmbiguous && family !== 'inet' ? `${node.word} [${family}]` : node.word;
      if (this.found.has(key)) this.reportTwice(node);
      else this.found.set(key, this.filter(node, family, name));
    }
  }

  /** In order of appearance. */
  all(): readonly Filter[] {
    return [...this.found.values()];
  }

  get(family: string, name: string): Filter | undefined {
    return this.found.get(`${family} ${name}`);
  }

  /** `firewall filter F` is the old form of `firewall family inet filter F`; the device does not take both. */
  private reportTwice(node: JunosNode): void {
    this.notes.mark(node, 'unsupported');
    const message = `filter ${node.word} stands both in \`firewall\` and in \`family inet\``;
    this.notes.diagnose('junos/filter-twice', 'warning', node.span, message, 'the one in `firewall` is judged');
  }

  private filter(node: JunosNode, family: string, name: string): Filter {
    const ip: Family | 'both' = family === 'inet6' ? 6 : family === 'inet' ? 4 : 'both';
    const reader = new TermReader(this.scope, this.notes, this.ingress, this.addresses, family, ip);
    const rules = reader.rules(node, '', new Set());
    const { span } = node;
    if (rules.length === 0) {
      this.notes.diagnose(
        'junos/empty-filter',
        'note',
        span,
        `filter ${name} has no terms`,
        'it discards everything where it is applied',
      );
    }
    const kind = LAYER_2.has(family)
      ? `${family} filter`
      : family === 'inet6'
        ? 'IPv6 firewall filter'
        : 'firewall filter';
    const list: RuleList = { name, kind, family: ip, rules, span };
    return { name, family, list, instances: reader.instances, packetMode: reader.packetMode };
  }
}

class TermReader {
  readonly instances: { rule: Rule; instance: JunosNode }[] = [];
  readonly packetMode: Rule[] = [];
  private readonly scope: JunosNode;
  private readonly notes: Notes;
  private readonly ingress: Ingress;
  private readonly addresses: FilterAddresses;
  private readonly family: string;
  private readonly ip: Family | 'both';

  constructor(
    scope: JunosNode,
    notes: Notes,
    ingress: Ingress,
    addresses: FilterAddresses,
    family: string,
    ip: Family | 'both',
  ) {
    this.scope = scope;
    this.notes = notes;
    this.ingress = ingress;
    this.addresses = addresses;
    this.family = family;
    this.ip = ip;
  }

  /** The rules of a filter; those of a filter that a term names stand in the term's place. */
  rules(filter: JunosNode, before: string, open: ReadonlySet<JunosNode>): Rule[] {
    const rules: Rule[] = [];
    for (const part of filter.children) {
      if (part.word === 'term' || FILTER_OPTIONS.has(part.word)) continue;
      rules.push(this.unknownPart(part, before));
    }
    for (const term of entries(filter, 'term')) {
      const id = `${before}${term.word}`;
      const nested = child(term, 'filter')?.children[0];
      if (nested === undefined) rules.push(this.term(term, id));
      else rules.push(...this.nested(term, nested, id, new Set([...open, filter])));
    }
    if (filter.cut) rules.push(this.cutOff(filter, before));
    return rules;
  }

  /** What stood behind the last term that the text shows. */
  private cutOff(filter: JunosNode, before: string): Rule {
    const rule = this.blank(filter, `${before}? cut off`);
    return {
      ...rule,
      action: { kind: 'unknown', word: 'cut off' },
      conditions: [{ kind: 'not-understood', name: 'the text is cut off', span: filter.span }],
    };
  }

  /** `term T { filter F; }`: the terms of F in the place of T (Junos, "Guidelines for Nesting References"). */
  private nested(term: JunosNode, name: JunosNode, id: string, open: ReadonlySet<JunosNode>): Rule[] {
    const filter =
      child(this.scope, 'firewall', 'family', this.family, 'filter', name.word) ??
      (this.family === 'inet' ? child(this.scope, 'firewall', 'filter', name.word) : undefined);
    if (filter !== undefined && !open.has(filter)) return this.rules(filter, `${id}/`, open);
    const reason = filter === undefined ? 'is not defined' : 'names itself';
    this.notes.diagnose(
      'junos/undefined-filter',
      'warning',
      name.span,
      `filter ${name.word} ${reason}`,
      'what the term does is unknown; it may permit and deny everything',
    );
    this.notes.mark(name, 'unsupported');
    const rule = this.blank(term, id);
    return [
      {
        ...rule,
        action: { kind: 'unknown', word: `filter ${name.word}` },
        conditions: [{ kind: 'undefined-reference', name: name.word, span: name.span }],
      },
    ];
  }

  private term(term: JunosNode, id: string): Rule {
    const asked = new ConditionReader(this.notes, this.ip).read(child(term, 'from'));
    const action = readActions(child(term, 'then'), this.scope, this.notes);
    const unknown = term.children.filter(({ word }) => word !== 'from' && word !== 'then');
    for (const node of unknown) this.reportUnknown(node);
    const match = this.match(asked);
    const ingress = this.ingress.of(asked.interfaces);
    const blank = this.blank(term, id);
    const cut: Rule['conditions'] = term.cut
      ? [{ kind: 'not-understood', name: 'the text is cut off', span: term.span }]
      : [];
    const rule: Rule = {
      ...blank,
      name: term.word,
      action: term.cut ? { kind: 'unknown', word: 'cut off' } : { kind: action.kind, word: action.word },
      match: match.match,
      ...(match.also !== undefined && { also: match.also }),
      ...(ingress.from !== undefined && { from: ingress.from }),
      conditions: [
        ...asked.conditions,
        ...action.conditions,
        ...ingress.conditions,
        ...inheritedConditions(term),
        ...cut,
        ...unknown.map((node) => ({ kind: 'not-understood', name: node.word, span: node.span }) as const),
      ],
      logging: action.logging,
      objects: [...match.uses, ...action.uses, ...inheritedUses(term)],
    };
    this.keep(rule, action);
    return rule;
  }

  private keep(rule: Rule, { instance, packetMode, kind }: TermAction): void {
    if (instance !== undefined) this.instances.push({ rule, instance });
    if (packetMode && kind === 'permit') this.packetMode.push(rule);
  }

  private match({ asked, addresses, never }: TermConditions): {
    readonly match: PacketMatch;
    readonly also: MatchExpression | undefined;
    readonly uses: Rule['objects'];
  } {
    const any = this.ip === 4 ? ANY4 : this.ip === 6 ? ANY6 : ANY_ADDRESS;
    const uses: Rule['objects'][number][] = [];
    const read = ({ written, lists }: TermConditions['addresses']['source']): Tri<AddressSet> | undefined => {
      if (written.length + lists.length === 0) return undefined;
      const found = this.addresses.read(written, lists, this.ip);
      uses.push(...found.uses);
      return found.tri;
    };
    const [source, destination, either] = [read(addresses.source), read(addresses.destination), read(addresses.either)];
    const answer = serviceOf(asked, this.ip);
    const why = never ?? answer.never;
    const match: PacketMatch = {
      source: source ?? exactly(any),
      destination: destination ?? exactly(any),
      service: answer.service,
      ...(why !== undefined && { never: why }),
    };
    const [at] = [...addresses.either.written, ...addresses.either.lists];
    if (either === undefined || at === undefined) return { match, also: undefined, uses };
    const { text, span } = this.notes.statement(at);
    const one = (field: 'source' | 'destination'): MatchExpression => ({
      kind: 'match',
      match: { source: exactly(any), destination: exactly(any), service: exactly(ANY_SERVICE), [field]: either },
      span,
      text,
    });
    return { match, also: { kind: 'any', of: [one('source'), one('destination')] }, uses };
  }

  /** A statement of the filter itself that is not known: whatever it does, it does it to all packets. */
  private unknownPart(part: JunosNode, before: string): Rule {
    this.reportUnknown(part);
    const rule = this.blank(part, `${before}? ${part.word}`);
    return {
      ...rule,
      action: { kind: 'unknown', word: part.word },
      conditions: [{ kind: 'not-understood', name: part.word, span: part.span }],
    };
  }

  private reportUnknown(node: JunosNode): void {
    this.notes.mark(node, 'unrecognised');
    this.notes.diagnose(
      'junos/unknown-in-filter',
      'warning',
      node.span,
      `\`${node.word}\` is not understood`,
      'what stands around it in the filter is possible, not definite',
    );
  }

  /** A rule that matches every packet of the filter's family and permits it. */
  private blank(node: JunosNode, id: string): Rule {
    const any = this.ip === 4 ? ANY4 : this.ip === 6 ? ANY6 : ANY_ADDRESS;
    return {
      id,
      ...this.notes.statement(node),
      action: { kind: 'permit', word: 'accept' },
      match: { source: exactly(any), destination: exactly(any), service: exactly(ANY_SERVICE) },
      conditions: [],
      enabled: true,
      logging: { logs: 'no', detail: '' },
      objects: [],
    };
  }
}
