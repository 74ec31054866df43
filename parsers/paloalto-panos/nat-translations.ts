import type { AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { StaticTranslation, Translation } from '../model/nat.ts';
import type { NatEntry } from './nat-entry.ts';
import type { NatRule } from './nat-rule.ts';
import type { Notes } from './notes.ts';
import { addresses, ALL4, ALL6 } from '../model/address.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { isAny } from './nat-entry.ts';
import { fewAddressPairs, singlePorts } from './nat-pairs.ts';

/** What a NAT rule does to the two sides of a packet. Both empty: the rule leaves packets as they are. */
export interface Rewriting {
  readonly source: readonly Translation[];
  readonly destination: readonly Translation[];
}

type Limits = NonNullable<StaticTranslation['only']>;

interface Base {
  readonly text: string;
  readonly span: NatRule['span'];
  readonly fromSegment?: string;
  readonly toSegment?: string;
  readonly conditions: readonly Condition[];
}

/** The rewritings of one rule. Those of the source stand first, so that all that they compare is original. */
export function rewritingOf(entry: NatEntry, notes: Notes): Rewriting {
  const { rule } = entry;
  const base = baseOf(entry);
  if (rule.type !== 'ipv4') return { source: [], destination: [unmodelled(rule, base, notes)] };
  return { source: sourceOf(rule, base), destination: destinationOf(entry, base, notes) };
}

/** Takes what the rule takes and leaves its source alone: later rules do not see those packets. */
export function sourceKept({ rule, ...rest }: NatEntry): Translation {
  const all = rule.type === 'ipv4' ? ALL4 : ALL6;
  const only = limits(rule, 'sources', 'destinations', 'services');
  return { ...baseOf({ rule, ...rest }), kind: 'static-source', from: all, to: all, ...only };
}

/** The same for the destination, for the addresses that later rules translate. */
export function destinationKept(entry: NatEntry, terms: readonly AddressTerm[]): readonly Translation[] {
  const { rule } = entry;
  const base = baseOf(entry);
  const { only } = limits(rule, 'destinations', 'services');
  const found = { ...only, ...sourcesBehind(rule) };
  return terms.map((term) => ({ ...base, kind: 'static-destination', from: term, to: term, only: found }));
}

function baseOf({ rule, wayOut, doubt }: NatEntry): Base {
  const { match, conditions, from, to, text, span } = rule;
  const [source, otherSource] = from ?? [];
  const [target, otherTarget] = wayOut.kind === 'zone' ? [wayOut.zone] : wayOut.kind === 'unknown' ? [] : (to ?? []);
  const { source: sources, destination: destinations, service } = match;
  return {
    text,
    span,
    ...(source === undefined || otherSource !== undefined ? {} : { fromSegment: source }),
    ...(target === undefined || otherTarget !== undefined ? {} : { toSegment: target }),
    conditions: [...conditions, ...sources.conditions, ...destinations.conditions, ...service.conditions, ...doubt],
  };
}

function sourceOf(rule: NatRule, base: Base): readonly Translation[] {
  const { source, match } = rule;
  if (source === undefined) return [];
  const only = limits(rule, 'destinations', 'services');
  const pairs = source.kind === 'static' ? fewAddressPairs(match.source.may, source.addresses) : undefined;
  if (pairs !== undefined) return pairs.map(([from, to]) => ({ ...base, kind: 'static-source', from, to, ...only }));
  // Sizes that differ, and static addresses of which the text does not tell all: some address of the pool.
  return [{ ...base, kind: 'dynamic-source', sources: match.source.may, pool: source.addresses, ...only }];
}

function destinationOf(entry: NatEntry, base: Base, notes: Notes): readonly Translation[] {
  const { rule } = entry;
  const { destination: change, match } = rule;
  if (change === undefined) return [];
  const pairs =
    change.distributed || change.addresses === undefined || change.badPort
      ? undefined
      : fewAddressPairs(match.destination.may, change.addresses);
  const ports = change.port === undefined ? [undefined] : singlePorts(match.service.may);
  if (pairs === undefined || ports === undefined) return [unmodelled(rule, base, notes)];
  const { only: services } = limits(rule, 'services');
  const only = { ...services, ...sourcesBehind(rule) };
  return pairs.flatMap(([from, to]) =>
    ports.map((found): Translation => {
      const moved: StaticTranslation = { ...base, kind: 'static-destination', from, to };
      const limited = Object.keys(only).length === 0 ? moved : { ...moved, only };
      if (found === undefined || change.port === undefined) return limited;
      return { ...limited, port: { protocols: found.protocols, from: found.port, to: change.port } };
    }),
  );
}

/** Sources of the rule's packets once their source is rewritten; nothing where every source may be theirs. */
function sourcesBehind(rule: NatRule): Limits {
  if (rule.source === undefined) return limits(rule, 'sources').only ?? {};
  return rule.source.addresses.length === 0 ? {} : { sources: addresses(...rule.source.addresses) };
}

/** What the rule asks of packets, for the named sides, where it asks something. */
function limits(
  { match }: NatRule,
  ...sides: readonly ('sources' | 'destinations' | 'services')[]
): { readonly only?: Limits } {
  const { source, destination, service } = match;
  const only: Limits = {
    ...(sides.includes('sources') && !isAny(source.may) ? { sources: source.may } : {}),
    ...(sides.includes('destinations') && !isAny(destination.may) ? { destinations: destination.may } : {}),
    ...(sides.includes('services') && service.may !== ANY_SERVICE ? { services: service.may } : {}),
  };
  return Object.keys(only).length === 0 ? {} : { only };
}

function unmodelled(rule: NatRule, base: Base, notes: Notes): Translation {
  const { type, destination, match } = rule;
  notes.mark(destination?.node ?? rule.node, 'conditional');
  const what =
    type !== 'ipv4'
      ? `translation of the type \`${type}\``
      : destination?.distributed === true
        ? 'a translation that picks one of several addresses for each session'
        : destination?.addresses === undefined
          ? 'a translation to an address that the text does not tell'
          : 'a translation that does not pair addresses or ports one to one';
  notes.diagnose(
    'panos/nat-not-modelled',
    'note',
    rule.span,
    `${what} is not expressed (NAT rule ${rule.name})`,
    'security rules are compared with the original addresses and stay exact; what packets become behind the firewall is left open',
  );
  const touches = type === 'nptv6' ? match.source.may : match.destination.may;
  return { ...base, kind: 'unmodelled', touches };
}
