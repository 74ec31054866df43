import type { AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { Stage } from '../model/device.ts';
import type { MatchExpression, Rule, RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { NatEntry } from './nat-entry.ts';
import { addresses, addressFamily, ANY_ADDRESS } from '../model/address.ts';
import { formatAddressTerm } from '../model/format.ts';
import { exactly, type PacketMatch } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { mayLeaveBy } from './nat-entry.ts';

type Zones = ReadonlyMap<string | undefined, readonly AddressTerm[]>;

/** What a rule means for a crossing: its packets are on it, are not, or the text leaves that open. */
type Outcome = 'here' | 'elsewhere' | 'open';

/**
 * Which packets to translated addresses are on a crossing at all. Security rules are compared with original addresses and
 * with the zone that the translated destination leads to (PAN-OS Networking Administrator's Guide, "NAT Policy Overview"):
 * a packet to a published address takes the crossing to the zone of the real host, and no other; one that no rule
 * translates (another port) goes where the published address itself leads to.
 */
export class Arrivals {
  private readonly entries: readonly NatEntry[];
  /** Rules that are missing from the text may take packets first. */
  private readonly doubt: readonly Condition[];
  private readonly rules = new Map<string, Rule>();
  private readonly stages = new Map<string, Stage>();
  private readonly published = new Map<string, { readonly key: string; readonly zones: Zones }>();

  constructor(entries: readonly NatEntry[], doubt: readonly Condition[]) {
    this.entries = entries;
    this.doubt = doubt;
  }

  /** Undefined where every packet may be on the crossing. Crossings with the same outcome share one object. */
  stage(from: string, to: string): Stage | undefined {
    const { key, zones } = this.publishedTo(from);
    if (zones.size === 0) return undefined;
    const denials: { readonly id: string; readonly rule: Rule }[] = [];
    const here: Taken[] = [];
    const deny = (name: string, terms: readonly AddressTerm[], make: (earlier: readonly Taken[]) => Rule): void => {
      const earlier = here.filter((taken) => taken.terms.some((one) => terms.some((other) => overlap(one, other))));
      const id = [name, ...earlier.map((taken) => taken.id)].join('\n');
      let rule = this.rules.get(id);
      if (rule === undefined) this.rules.set(id, (rule = make(earlier)));
      denials.push({ id, rule });
    };
    for (const [index, entry] of this.entries.entries()) {
      if (entry.rule.from !== undefined && !entry.rule.from.has(from)) continue;
      const translates = entry.wayOut.kind !== 'as-addressed';
      for (const outcome of ['here', 'elsewhere', 'open'] as const) {
        const groups = [...(translates ? entry.destinations : zones)].filter(
          ([zone]) => this.outcome(entry, index, zone, from, to) === outcome,
        );
        if (groups.length === 0) continue;
        const terms = groups.flatMap(([, all]) => all);
        const id = `${index} ${outcome} ${translates ? '' : key} ${groups.map(([zone]) => zone ?? '').join(' ')}`;
        const whole = translates && entry.whole && groups.length === entry.destinations.size;
        const taken: Taken = { id, entry, terms, within: whole ? undefined : terms };
        if (outcome === 'here') here.push(taken);
        else deny(id, terms, (earlier) => goesElsewhere(`#${index + 1} ${outcome}`, taken, outcome, earlier));
      }
    }
    for (const [index, entry] of this.entries.entries()) {
      if (!this.publishes(entry, from)) continue;
      for (const [zone, terms] of entry.destinations) {
        if (zone === undefined || zone === to) continue;
        const id = `#${index + 1} not translated ${zone}`;
        const name = `not translated: leads to ${zone}`;
        const make = (earlier: readonly Taken[]): Rule =>
          denial([id, name], matchOf(terms), entry.rule, [], earlier, this.doubt);
        deny(id, terms, make);
      }
    }
    const stageKey = denials.map(({ id }) => id).join('\n\n');
    let stage = this.stages.get(stageKey);
    if (stage === undefined && denials.length > 0) {
      this.stages.set(stageKey, (stage = stageOf(denials.map(({ rule }) => rule))));
    }
    return stage;
  }

  /** What the rule means for packets to addresses that lead to `zone`; undefined: it does not take them. */
  private outcome(
    entry: NatEntry,
    index: number,
    zone: string | undefined,
    from: string,
    to: string,
  ): Outcome | undefined {
    const { rule, wayOut } = entry;
    if (zone !== undefined && rule.to !== undefined && !rule.to.has(zone)) return undefined;
    if (wayOut.kind === 'as-addressed') {
      if (zone !== undefined) return zone === to ? 'here' : 'elsewhere';
      return mayLeaveBy(entry, to) ? 'here' : 'open';
    }
    if (mayLeaveBy(entry, to)) return 'here';
    if (zone !== undefined || rule.to === undefined) return 'elsewhere';
    // The text does not tell where the original address leads to. Untranslated, packets on this crossing lead to `to`.
    if (!rule.to.has(to)) return undefined;
    const another = this.entries.slice(index + 1).some((later) => this.publishes(later, from) && mayLeaveBy(later, to));
    return another ? 'open' : 'elsewhere';
  }

  /** Addresses that some rule translates for packets from the zone, by the zone that they lead to. */
  private publishedTo(from: string): { readonly key: string; readonly zones: Zones } {
    const known = this.published.get(from);
    if (known !== undefined) return known;
    const zones = new Map<string | undefined, AddressTerm[]>();
    const indexes: number[] = [];
    for (const [index, entry] of this.entries.entries()) {
      if (!this.publishes(entry, from)) continue;
      indexes.push(index);
      for (const [zone, terms] of entry.destinations) zones.set(zone, [...(zones.get(zone) ?? []), ...terms]);
    }
    const found = { key: indexes.join(','), zones };
    this.published.set(from, found);
    return found;
  }

  /** Whether the rule translates destinations of packets from the zone. */
  private publishes({ rule, wayOut }: NatEntry, from: string): boolean {
    return wayOut.kind !== 'as-addressed' && (rule.from === undefined || rule.from.has(from));
  }
}

/** Packets that a NAT rule takes; `within`: those to these addresses only. */
interface Taken {
  readonly id: string;
  readonly entry: NatEntry;
  readonly terms: readonly AddressTerm[];
  readonly within: readonly AddressTerm[] | undefined;
}

function goesElsewhere(id: string, taken: Taken, outcome: Outcome, earlier: readonly Taken[]): Rule {
  const { rule, wayOut, doubt } = taken.entry;
  const { span } = rule;
  const to = rule.destination?.addresses?.map(formatAddressTerm).join(', ');
  const name =
    wayOut.kind === 'as-addressed'
      ? `not translated by ${rule.name}`
      : `translated by ${rule.name}${to === undefined ? '' : ` to ${to}`}${wayOut.kind === 'zone' ? ` in ${wayOut.zone}` : ''}`;
  const open: readonly Condition[] = outcome === 'open' ? [{ kind: 'route', name: rule.name, span }] : [];
  const also = taken.within === undefined ? [] : [asExpression(matchOf(taken.within), rule)];
  return denial([id, name], rule.match, rule, also, earlier, [...rule.conditions, ...open, ...doubt]);
}

/** A denial of what no earlier rule sends here. */
function denial(
  [id, name]: readonly [id: string, name: string],
  match: PacketMatch,
  { span, text }: Place,
  also: readonly MatchExpression[],
  earlier: readonly Taken[],
  conditions: readonly Condition[],
): Rule {
  const before: readonly MatchExpression[] =
    earlier.length === 0 ? [] : [{ kind: 'not', of: { kind: 'any', of: earlier.map(expressionOf) } }];
  const all = [...also, ...before];
  return {
    id,
    name,
    text,
    span,
    action: { kind: 'deny', word: 'goes elsewhere' },
    match,
    ...(all.length === 0 ? {} : { also: { kind: 'all', of: all } }),
    conditions,
    enabled: true,
    logging: { logs: 'no', detail: '' },
    objects: [],
  };
}

type Place = Pick<Rule, 'span' | 'text'>;

function expressionOf({ entry, within }: Taken): MatchExpression {
  const { rule, doubt } = entry;
  return {
    kind: 'all',
    of: [
      asExpression(rule.match, rule),
      ...(within === undefined ? [] : [asExpression(matchOf(within), rule)]),
      ...[...rule.conditions, ...doubt].map((condition): MatchExpression => ({ kind: 'undecided', condition })),
    ],
  };
}

function asExpression(match: PacketMatch, { span, text }: Place): MatchExpression {
  return { kind: 'match', match, span, text };
}

/** Whether two terms may have an address in common; bit patterns count as if they had. */
function overlap(a: AddressTerm, b: AddressTerm): boolean {
  if (addressFamily(a) !== addressFamily(b)) return false;
  return !('first' in a && 'first' in b) || (a.first <= b.last && b.first <= a.last);
}

const NOWHERE: Span = { source: '', line: 1, column: 1, endColumn: 1 };

function matchOf(terms: readonly AddressTerm[]): PacketMatch {
  return {
    source: exactly(ANY_ADDRESS),
    destination: exactly(addresses(...terms)),
    service: exactly(ANY_SERVICE),
  };
}

function stageOf(rules: readonly Rule[]): Stage {
  const [first] = rules;
  const span = first?.span ?? NOWHERE;
  const name = 'translated destinations';
  const list: RuleList = { name, kind: 'address translation', family: 'both', rules, span };
  const binding = { list: name, direction: 'in', attachedTo: 'NAT policy', family: 'both', defined: true } as const;
  return {
    id: 'untranslated',
    title: 'NAT policy',
    family: 'both',
    lists: [{ list, binding: { ...binding, plane: 'transit', span } }],
    otherwise: { verdict: 'permit', reason: 'no translated address' },
    incidental: true,
  };
}
