import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { PacketMatch } from '../model/rule.ts';
import type { NatRule } from './nat-rule.ts';
import type { Notes } from './notes.ts';
import { ALL4, ALL6, ANY4, ANY6 } from '../model/address.ts';
import { formatAddressTerm } from '../model/format.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';

/** Where packets that a NAT rule takes leave the firewall. */
type WayOut =
  /** By the zone that their original destination leads to. */
  | { readonly kind: 'as-addressed' }
  /** By this zone: that of the translated destination. */
  | { readonly kind: 'zone'; readonly zone: string }
  /** The text does not tell. */
  | { readonly kind: 'unknown' };

/** A NAT rule at its place in the order of evaluation, or the reverse of a bi-directional one. */
export interface NatEntry {
  readonly rule: NatRule;
  /** Destinations of the rule by the zone that they lead to (undefined: the text does not tell), those outside of `to` left out. */
  readonly destinations: ReadonlyMap<string | undefined, readonly AddressTerm[]>;
  /** `destinations` leaves none of the rule's out. */
  readonly whole: boolean;
  readonly wayOut: WayOut;
  /** Why an earlier rule that is not in the text might take its packets first. */
  readonly doubt: readonly Condition[];
}

export type ZoneOf = (term: AddressTerm) => string | undefined;

/** The rule with what connected networks and routes tell of its addresses. */
export function entryOf(rule: NatRule, zoneOf: ZoneOf, doubt: readonly Condition[]): NatEntry {
  const destinations = new Map<string | undefined, AddressTerm[]>();
  let whole = true;
  for (const term of rule.match.destination.may.include) {
    const zone = zoneOf(term);
    if (zone !== undefined && rule.to !== undefined && !rule.to.has(zone)) whole = false;
    else destinations.set(zone, [...(destinations.get(zone) ?? []), term]);
  }
  return { rule, destinations, whole, wayOut: wayOut(rule, zoneOf), doubt };
}

function wayOut(rule: NatRule, zoneOf: ZoneOf): WayOut {
  if (rule.type === 'nat64') return { kind: 'unknown' };
  if (rule.destination === undefined) return { kind: 'as-addressed' };
  const zones = new Set(rule.destination.addresses?.map(zoneOf));
  const [zone] = zones;
  return zones.size !== 1 || zone === undefined ? { kind: 'unknown' } : { kind: 'zone', zone };
}

/** Whether packets that the rule takes may be on their way to the zone. */
export function mayLeaveBy({ rule, wayOut: way }: NatEntry, zone: string): boolean {
  if (way.kind === 'zone') return way.zone === zone;
  return way.kind === 'unknown' || rule.to === undefined || rule.to.has(zone);
}

/**
 * What follows from a bi-directional rule: a rule of its own behind it, from any zone to the zone of the original, that
 * sends packets to the translated address to the real one (PAN-OS Networking Administrator's Guide, "Source NAT";
 * `show running nat-policy` lists it with `from any`). Whether it keeps restrictions of the original is not documented.
 */
export function reverseOf(rule: NatRule): NatRule | undefined {
  const { source, match } = rule;
  if (source?.kind !== 'static' || !source.bothWays || source.addresses.length === 0) return undefined;
  const conditions: Condition[] = [];
  const restricted = match.service.may !== ANY_SERVICE;
  if (restricted) conditions.push(undocumented(rule));
  const partners = match.destination;
  const any = rule.type === 'ipv4' ? ANY4 : ANY6;
  const reversed: PacketMatch = {
    source: isAny(partners.must)
      ? exactly(any)
      : { must: partners.must, may: any, conditions: [...partners.conditions, undocumented(rule)] },
    destination: exactly({ include: source.addresses, exclude: [] }),
    service: exactly(ANY_SERVICE),
  };
  const { may, conditions: unsure } = match.source;
  return {
    ...rule,
    text: `${rule.text}, the other way`,
    from: undefined,
    match: reversed,
    conditions: [...rule.conditions, ...conditions, ...unsure],
    source: undefined,
    destination: { addresses: may.include, distributed: false, port: undefined, badPort: false, node: rule.node },
  };
}

/** Whether a set holds every address of a family. */
export function isAny({ include, exclude }: AddressSet): boolean {
  const whole = (term: AddressTerm): boolean =>
    (term.kind === 'range4' && term.first === ALL4.first && term.last === ALL4.last) ||
    (term.kind === 'range6' && term.first === ALL6.first && term.last === ALL6.last);
  return exclude.length === 0 && include.some(whole);
}

function undocumented({ node }: NatRule): Condition {
  return { kind: 'vendor-unverified', name: 'reverse of a bi-directional rule', span: node.span };
}

/** Says which rules take no packet, and which send packets to a zone that the text does not tell. */
export function noteWays(entry: NatEntry, notes: Notes): void {
  const { rule, destinations, wayOut: way } = entry;
  if (destinations.size === 0 && rule.match.destination.may.include.length > 0) {
    const said = [...(rule.to ?? [])].join(', ');
    notes.diagnose(
      'panos/nat-never-matches',
      'note',
      rule.span,
      `NAT rule ${rule.name} takes no packet: no route leads from its destinations to zone ${said}`,
      'the rule is compared with the zone of the original destination, so it translates nothing',
    );
  }
  if (way.kind !== 'unknown' || rule.destination === undefined) return;
  const to = rule.destination.addresses?.map(formatAddressTerm).join(', ') ?? 'its translated address';
  notes.diagnose(
    'panos/nat-zone-unknown',
    'note',
    rule.span,
    `no route of the text tells which zone NAT rule ${rule.name} sends packets to (${to})`,
    'they are judged on the crossings to every zone',
  );
}
