import type { Family } from '../model/address.ts';
import type { Segment } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { Evidence } from './evidence.ts';
import type { PanInterface } from './interfaces.ts';
import type { NetworkFacts } from './network.ts';
import type { Notes } from './notes.ts';
import type { PanZone, ZoneType } from './zones.ts';

/** A segment with what stands behind it. */
export interface Place {
  readonly segment: Segment;
  /** Name of the zone in the policy of its system; the interface's where it is in none. */
  readonly zone: string;
  /** `unzoned`: an interface that is in no zone. */
  readonly type: ZoneType | 'unzoned';
  /** Its interfaces, those that the text does not describe too. */
  readonly interfaces: readonly string[];
  /** Routers that its packets are routed by. */
  readonly routers: ReadonlySet<string>;
  /** Something about its interfaces is not in the text: any router may have them. */
  readonly isOpen: boolean;
  /** Why no packet goes through; undefined when they do. */
  readonly closed: string | undefined;
}

/** Who has the zones: a virtual system, or a shared gateway. */
export interface PlaceOwner {
  readonly kind: 'vsys' | 'gateway';
  readonly zones: readonly PanZone[];
  /** Interfaces of the owner, zoned or not. */
  readonly owned: readonly string[];
}

const BOTH: readonly Family[] = [4, 6];

/** Name of the segment that is the firewall itself. */
export const SELF = 'self';

/**
 * Segments of a virtual system or shared gateway: its zones, then its interfaces that are in none. "An interface on the firewall
 * must be assigned to a security zone before the interface can process traffic" (PAN-OS web interface help, "Security Zone
 * Overview"), so the latter are closed; those of a shared gateway, which has no policy that would need a zone, are not.
 */
export function placesOf(owner: PlaceOwner, network: NetworkFacts, evidence: Evidence, notes: Notes): Place[] {
  const zoned = new Set(
    owner.zones.flatMap(({ type, members }) => (type === 'external' ? [] : members.map(({ word }) => word))),
  );
  const left = owner.owned.flatMap((name) => (zoned.has(name) ? [] : (network.byName.get(name) ?? [])));
  return [
    ...owner.zones.map((zone) => zonePlace(zone, network, evidence, notes)),
    ...left.filter((unit) => isInUse(unit, network)).map((unit) => unzonedPlace(unit, owner, network, evidence, notes)),
  ];
}

/** A port without a mode, or one that only carries its subinterfaces, needs no zone. */
function isInUse(unit: PanInterface, { interfaces }: NetworkFacts): boolean {
  if (unit.mode === 'other') return false;
  const carries = interfaces.some(({ parent, name }) => parent === unit.name && name !== unit.name);
  return !carries || unit.network.addresses.length > 0;
}

function zonePlace(zone: PanZone, network: NetworkFacts, evidence: Evidence, notes: Notes): Place {
  const names = zone.type === 'external' ? [] : zone.members.map(({ word }) => word);
  const units = names.flatMap((name) => network.byName.get(name) ?? []);
  const isOpen = zone.type === 'named' || units.length < names.length || (names.length === 0 && !network.hasInterfaces);
  const { transit, closed } = transitOf(zone, units, { isOpen, names, network, notes });
  const routers = routersOf(units, network);
  const segment: Segment = {
    name: zone.name,
    aliases: [...new Set(names)].filter((name) => name !== zone.name),
    kind: 'zone',
    interfaces: units.map((unit) => unit.network),
    routingContext: contextOf(routers),
    transit,
    families: familiesOf(zone.type, units, isOpen),
    evidence: evidence.of(units, zone),
    span: zone.span,
  };
  return { segment, zone: zone.name, type: zone.type, interfaces: names, routers, isOpen, closed };
}

function routersOf(units: readonly PanInterface[], network: NetworkFacts): ReadonlySet<string> {
  const live = units.filter((unit) => unit.network.enabled);
  return new Set(live.flatMap(({ name }) => network.routersOf(name).map((router) => router.name)));
}

function contextOf(routers: ReadonlySet<string>): string {
  return routers.size === 0 ? 'default' : [...routers].sort((a, b) => (a < b ? -1 : 1)).join(' + ');
}

/** What is bridged, and what the text does not show, may carry either family. */
function familiesOf(type: PanZone['type'], units: readonly PanInterface[], isOpen: boolean): readonly Family[] {
  const isRouted = type === 'layer3' || type === 'untyped';
  if (!isRouted || isOpen || units.some(({ mode }) => mode !== 'layer3')) return BOTH;
  return BOTH.filter((family) => units.some(({ network }) => network.families.includes(family)));
}

interface Transit {
  readonly transit: Segment['transit'];
  readonly closed: string | undefined;
}

interface ZoneFacts {
  readonly isOpen: boolean;
  readonly names: readonly string[];
  readonly network: NetworkFacts;
  readonly notes: Notes;
}

function transitOf(zone: PanZone, units: readonly PanInterface[], facts: ZoneFacts): Transit {
  const { name, type } = zone;
  const dormant = (closed: string): Transit => ({ transit: 'dormant', closed });
  if (type === 'external') return { transit: 'none', closed: undefined };
  if (type === 'tap') return { transit: 'none', closed: `tap zone ${name} only listens` };
  if (type === 'tunnel')
    return { transit: 'none', closed: `zone ${name} stands for what is inside of tunnels, not for interfaces` };
  if (facts.isOpen) return { transit: 'yes', closed: undefined };
  if (facts.names.length === 0) return dormant(`zone ${name} has no interface`);
  const live = units.filter(({ network }) => network.enabled);
  if (live.length === 0) return dormant(`every interface of zone ${name} is down`);
  if (type === 'layer2' || type === 'virtual-wire') return { transit: 'yes', closed: undefined };
  if (live.every(({ kind }) => kind === 'loopback')) return { transit: 'none', closed: undefined };
  if (familiesOf(type, live, false).length === 0) return dormant(`no interface of zone ${name} has an address`);
  if (facts.network.hasRouters && live.every((unit) => facts.network.routersOf(unit.name).length === 0)) {
    facts.notes.diagnose(
      'panos/zone-without-router',
      'warning',
      zone.span,
      `no interface of zone \`${name}\` is in a virtual router`,
      'PAN-OS finds no way out for its packets and drops them; the zone is not audited',
    );
    return dormant(`no interface of zone ${name} is in a virtual router`);
  }
  return { transit: 'yes', closed: undefined };
}

function unzonedPlace(
  unit: PanInterface,
  owner: PlaceOwner,
  network: NetworkFacts,
  evidence: Evidence,
  notes: Notes,
): Place {
  const isGateway = owner.kind === 'gateway';
  const { name } = unit;
  if (unit.network.enabled && (isGateway || owner.zones.length > 0)) report(unit, isGateway, notes);
  const closed = !unit.network.enabled
    ? `${name} is down`
    : isGateway
      ? undefined
      : `${name} is in no zone, so that PAN-OS drops its packets`;
  const routers = routersOf([unit], network);
  const segment: Segment = {
    name,
    aliases: [],
    kind: 'interface',
    interfaces: [unit.network],
    routingContext: contextOf(routers),
    transit: closed === undefined ? 'yes' : unit.network.enabled ? 'none' : 'dormant',
    families: unit.mode === 'layer3' ? unit.network.families : BOTH,
    evidence: evidence.of([unit], undefined),
    span: unit.network.span,
  };
  const type = isGateway && unit.mode !== 'other' ? unit.mode : 'unzoned';
  return { segment, zone: name, type, interfaces: [name], routers, isOpen: false, closed };
}

function report(unit: PanInterface, isGateway: boolean, notes: Notes): void {
  notes.diagnose(
    isGateway ? 'panos/gateway-interface-without-zone' : 'panos/interface-without-zone',
    'note',
    unit.network.span,
    `interface \`${unit.name}\` is in no zone`,
    isGateway
      ? 'it is judged as a segment of its own, which no security rule stands before'
      : 'PAN-OS drops what arrives there; nothing crosses it',
  );
}

/** The firewall itself, as source or destination. */
export function selfSegment(span: Span): Segment {
  return {
    name: SELF,
    aliases: [],
    kind: 'self',
    interfaces: [],
    routingContext: 'default',
    transit: 'none',
    families: BOTH,
    evidence: [],
    span,
  };
}
