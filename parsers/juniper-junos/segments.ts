import type { Family } from '../model/address.ts';
import type { Segment } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { Evidence } from './evidence.ts';
import { withoutTransit, type Unit } from './interfaces.ts';
import type { SrxZone } from './srx-zones.ts';

/** A segment with what stands behind it. */
export interface Place {
  readonly segment: Segment;
  readonly units: readonly Unit[];
  /** Logical interfaces of a zone that the text does not define are here too. */
  readonly interfaces: readonly string[];
  /** The zone; undefined on routers. */
  readonly zone: string | undefined;
  /** Why no packet goes through; undefined when they do. */
  readonly closed: string | undefined;
}

const BOTH: readonly Family[] = [4, 6];

/** One segment for each logical interface of a router. */
export function routerPlaces(units: readonly Unit[], evidence: Evidence): readonly Place[] {
  const counts = unitCounts(units);
  return units.map((unit) => unitPlace(unit, counts, evidence, closedUnit(unit)));
}

/**
 * Segments of a device with zones: a zone, or, where interfaces of one zone have other filters or another routing
 * instance than the rest, the parts that are alike; interfaces without filters keep the zone's name, others are added
 * in brackets: `trust[ge-0/0/1.0]`. Interfaces in no zone carry nothing (Junos security, "null zone").
 */
export function zonePlaces(
  zones: readonly SrxZone[],
  units: readonly Unit[],
  evidence: Evidence,
  hasInterfaces: boolean,
): readonly Place[] {
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const counts = unitCounts(units);
  const named = new Set(zones.flatMap(({ interfaces }) => interfaces.map(({ name }) => name)));
  const places = zones.flatMap((zone) => {
    const rest = units
      .filter((unit) => !named.has(unit.name) && withoutTransit(unit) === undefined)
      .map(({ name }) => name);
    const members = zone.interfaces.flatMap(({ name }) => (name === 'all' ? rest : [name]));
    return zoneParts(zone, members, { byName, counts, evidence, hasInterfaces });
  });
  const used = new Set(places.flatMap(({ interfaces }) => interfaces));
  const left = units.filter(({ name }) => !used.has(name));
  const closed = (unit: Unit): string => withoutTransit(unit) ?? `${unit.name} is in no security zone`;
  return [
    ...places,
    ...left.map((unit) => unitPlace(unit, counts, evidence, { transit: 'none', closed: closed(unit) })),
  ];
}

interface ZoneFacts {
  readonly byName: ReadonlyMap<string, Unit>;
  readonly counts: UnitCounts;
  readonly evidence: Evidence;
  /** Whether the text has an `interfaces` stanza at all. */
  readonly hasInterfaces: boolean;
}

function zoneParts(zone: SrxZone, members: readonly string[], around: ZoneFacts): Place[] {
  const { byName } = around;
  const parts = new Map<string, string[]>();
  for (const name of members) {
    const key = signature(byName.get(name));
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [name]);
    else part.push(name);
  }
  if (parts.size === 0) parts.set('', []);
  const plain = parts.size === 1 ? [...parts.keys()][0] : signature(undefined);
  return [...parts].map(([key, names]) => {
    const name = key === plain ? zone.name : `${zone.name}[${names.join(',')}]`;
    return zonePlace(zone, name, names, around);
  });
}

/** What makes interfaces of a zone differ. */
function signature(unit: Unit | undefined): string {
  const filters = (unit?.filters ?? []).map(({ family, direction, names }) => [
    family,
    direction,
    names.map(({ word }) => word),
  ]);
  return JSON.stringify([filters, unit?.instance ?? 'default']);
}

function zonePlace(
  zone: SrxZone,
  name: string,
  names: readonly string[],
  { byName, counts, evidence, hasInterfaces }: ZoneFacts,
): Place {
  const units = names.flatMap((each) => byName.get(each) ?? []);
  // What the text does not define, and what only a bridge connects, may carry either family.
  const isOpen = units.length < names.length || names.length === 0 || units.some(({ isLayer2 }) => isLayer2);
  const families = isOpen ? BOTH : BOTH.filter((family) => units.some((unit) => unit.families.includes(family)));
  const { transit, closed } = zoneTransit(zone, units, names, hasInterfaces, families);
  const [first] = units;
  const aliases = new Set([
    ...(name === zone.name ? [] : [zone.name]),
    ...names.flatMap((each) => aliasesOf(each, counts)),
  ]);
  aliases.delete(name);
  const segment: Segment = {
    name,
    aliases: [...aliases],
    kind: 'zone',
    interfaces: units.map(({ network }) => network),
    routingContext: first?.instance ?? 'default',
    transit,
    families,
    evidence: evidence.of(units, zone),
    span: zone.span,
  };
  return { segment, units, interfaces: names, zone: zone.name, closed };
}

interface Transit {
  readonly transit: Segment['transit'];
  readonly closed: string | undefined;
}

function zoneTransit(
  zone: SrxZone,
  units: readonly Unit[],
  names: readonly string[],
  hasInterfaces: boolean,
  families: readonly Family[],
): Transit {
  if (zone.kind === 'management') return { transit: 'none', closed: 'a functional zone carries no through-traffic' };
  if (zone.kind === 'security' && names.length === 0 && hasInterfaces) {
    return { transit: 'dormant', closed: `zone ${zone.name} has no interface` };
  }
  const isAllOff = units.length > 0 && units.length === names.length && units.every(({ network }) => !network.enabled);
  if (isAllOff) return { transit: 'dormant', closed: `every interface of zone ${zone.name} is disabled` };
  if (families.length === 0) return { transit: 'dormant', closed: `no interface of zone ${zone.name} has an address` };
  return { transit: 'yes', closed: undefined };
}

function closedUnit(unit: Unit): Transit {
  const none = withoutTransit(unit);
  if (none !== undefined) return { transit: 'none', closed: none };
  if (!unit.network.enabled) return { transit: 'dormant', closed: `${unit.name} is disabled` };
  if (unit.isLayer2) return { transit: 'none', closed: `${unit.name} is a layer 2 port` };
  if (unit.families.length === 0) return { transit: 'dormant', closed: `${unit.name} carries neither inet nor inet6` };
  return { transit: 'yes', closed: undefined };
}

function unitPlace(unit: Unit, counts: UnitCounts, evidence: Evidence, { transit, closed }: Transit): Place {
  const segment: Segment = {
    name: unit.name,
    aliases: aliasesOf(unit.name, counts).filter((alias) => alias !== unit.name),
    kind: 'interface',
    interfaces: [unit.network],
    routingContext: unit.instance,
    transit,
    families: unit.families,
    evidence: evidence.of([unit], undefined),
    span: unit.span,
  };
  return { segment, units: [unit], interfaces: [unit.name], zone: undefined, closed };
}

/** The interface's name, and without its unit where it has only one. */
function aliasesOf(name: string, counts: UnitCounts): string[] {
  const physical = name.slice(0, name.lastIndexOf('.'));
  return (counts.get(physical) ?? 0) <= 1 ? [name, physical] : [name];
}

/** How many units a physical interface has. */
type UnitCounts = ReadonlyMap<string, number>;

function unitCounts(units: readonly Unit[]): UnitCounts {
  const counts = new Map<string, number>();
  for (const { physical } of units) counts.set(physical, (counts.get(physical) ?? 0) + 1);
  return counts;
}

/** The device itself, as source or destination. */
export function selfSegment(span: Span): Segment {
  return {
    name: SELF,
    aliases: ['junos-host'],
    kind: 'self',
    interfaces: [],
    routingContext: 'default',
    transit: 'none',
    families: BOTH,
    evidence: [],
    span,
  };
}

/** Name of the segment that is the device itself. */
export const SELF = 'self';
