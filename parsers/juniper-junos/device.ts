import type { HostNames } from '../model/host-names.ts';
import type { AddressTerm } from '../model/address.ts';
import type { Device, Route, Segment } from '../model/device.ts';
import { range4, range6 } from '../model/address.ts';
import type { Span } from '../source.ts';
import { Crossings } from './crossings.ts';
import { Evidence } from './evidence.ts';
import { FilterStages } from './filter-stages.ts';
import { Filters } from './filters.ts';
import { Ingress } from './ingress.ts';
import { readUnits, type Unit } from './interfaces.ts';
import { Leaks } from './leaks.ts';
import type { Notes } from './notes.ts';
import { connectedRoutes, readStaticRoutes, type StaticRoute } from './routes.ts';
import { routerPlaces, selfSegment, zonePlaces, type Place } from './segments.ts';
import { convertSrx, readZones, type Srx, type SrxZone } from './srx.ts';
import { readTelemetry } from './telemetry.ts';
import { child, entries, value, type JunosNode } from './tree.ts';

/** The devices of a text: the system itself, then its logical systems and tenants, each with filters and zones of its own. */
export function convertDevices(root: JunosNode, source: string, notes: Notes, hosts: HostNames): readonly Device[] {
  const name = value(root, 'system', 'host-name') ?? source;
  const version = value(root, 'version');
  const systems = [...entries(root, 'logical-systems'), ...entries(root, 'tenants')];
  return [
    convertSystem(root, { name, source, version, notes, hosts }),
    ...systems.map((system) =>
      convertSystem(system, { name: `${name}/${system.word}`, source, version, notes, hosts }),
    ),
  ];
}

interface Facts {
  readonly name: string;
  readonly source: string;
  readonly version: string | undefined;
  readonly notes: Notes;
  readonly hosts: HostNames;
}

function convertSystem(scope: JunosNode, { name, source, version, notes, hosts }: Facts): Device {
  const units = readUnits(scope, notes);
  const statics = readStaticRoutes(scope, units);
  const evidence = new Evidence(scope, statics);
  const zones = readZones(scope, notes);
  const hasInterfaces = child(scope, 'interfaces') !== undefined;
  const zoned = zones.length === 0 ? undefined : zonePlaces(zones, units, evidence, hasInterfaces);
  const srx = convertSecurity(scope, notes, hosts, version, zones, zoned ?? [], units);
  const isZoned = zoned !== undefined && srx.packetMode === undefined;
  if (srx.packetMode !== undefined && zones.length > 0) reportPacketMode(srx.packetMode, notes);
  const places = isZoned ? zoned : routerPlaces(units, evidence);
  const filters = new Filters(scope, notes, new Ingress(scope, places.map(entranceOf)));
  const stages = new FilterStages(filters, notes, scope, units);
  const leaks = new Leaks(scope, statics, filters);
  const loopbacks = new Map(
    units.filter(({ physical }) => physical === 'lo0').map((unit) => [unit.instance, unit.name]),
  );
  const crossings = new Crossings({ places, stages, filters, leaks, srx: isZoned ? srx : undefined, loopbacks });
  const segmentOf = (unit: string): string | undefined =>
    places.find(({ interfaces }) => interfaces.includes(unit))?.segment.name;
  const segments: readonly Segment[] = [
    ...places.map(({ segment }) => segment),
    selfSegment(scope.children[0]?.span ?? scope.span),
  ];
  return {
    name,
    platform: 'juniper-junos',
    ...(version !== undefined && { version }),
    source,
    segments,
    ruleLists: [...filters.all().map(({ list }) => list), ...srx.ruleLists],
    bindings: [...stages.bindings, ...(isZoned ? srx.bindings : [])],
    translations: isZoned ? srx.translations : [],
    routes: routesOf(units, statics, segmentOf),
    telemetry: [...readTelemetry(scope, units, segmentOf), ...srx.telemetry],
    addressView: isZoned ? srx.addressView : 'arriving',
    crossing: (from, to) => crossings.crossing(from, to),
  };
}

function convertSecurity(
  scope: JunosNode,
  notes: Notes,
  hosts: HostNames,
  version: string | undefined,
  zones: readonly SrxZone[],
  places: readonly Place[],
  units: readonly Unit[],
): Srx {
  const segmentsOf = (zone: string): readonly string[] =>
    places.filter((place) => place.zone === zone).map(({ segment }) => segment.name);
  const addressesOf = (name: string): readonly AddressTerm[] =>
    (units.find((unit) => unit.name === name)?.network.addresses ?? []).map(({ address }) =>
      typeof address === 'number' ? range4(address, address) : range6(address, address),
    );
  const filtered = places.some(
    (place) => place.zone !== undefined && place.units.some(({ filters }) => filters.length > 0),
  );
  return convertSrx({ scope, notes, hosts, zones, version, segmentsOf, addressesOf, filtered });
}

function entranceOf({ segment, interfaces, units }: Place): {
  segment: string;
  interfaces: readonly string[];
  groups: readonly string[];
} {
  return { segment: segment.name, interfaces, groups: units.flatMap(({ groups }) => groups) };
}

function routesOf(
  units: readonly Unit[],
  statics: readonly StaticRoute[],
  segmentOf: (unit: string) => string | undefined,
): Route[] {
  const routes = [...connectedRoutes(units), ...statics];
  return routes.map(({ route, unit }) => {
    const segment = unit === undefined ? undefined : segmentOf(unit);
    return segment === undefined ? route : { ...route, segment };
  });
}

function reportPacketMode(span: Span, notes: Notes): void {
  notes.diagnose(
    'junos/packet-mode',
    'note',
    span,
    'the device forwards packet by packet, not by flow',
    'its zones, policies and NAT decide nothing; only filters are judged',
  );
}
