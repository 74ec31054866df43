import type { Family } from '../model/address.ts';
import type { Route } from '../model/device.ts';
import { ALL4, ALL6, addressFamily, prefix4, prefix6 } from '../model/address.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Unit } from './interfaces.ts';
import { readPrefix } from './srx-prefix.ts';
import { child, entries, type JunosNode } from './tree.ts';

/** A static route and where it leads. */
export interface StaticRoute {
  readonly route: Omit<Route, 'segment'>;
  /** The logical interface it leaves by; undefined where the text does not tell. */
  readonly unit: string | undefined;
  /** The routing instance whose table goes on (`next-table`). */
  readonly nextTable: string | undefined;
  readonly isDefault: boolean;
}

/** Static routes of every routing instance. */
export function readStaticRoutes(scope: JunosNode, units: readonly Unit[]): readonly StaticRoute[] {
  const found: StaticRoute[] = [];
  const read = (options: JunosNode | undefined, instance: string): void => {
    const tables = [child(options, 'static'), ...entries(options, 'rib').map((rib) => child(rib, 'static'))];
    for (const route of tables.flatMap((table) => entries(table, 'route'))) {
      found.push(...readRoute(route, instance, units));
    }
  };
  read(child(scope, 'routing-options'), 'default');
  for (const instance of entries(scope, 'routing-instances')) read(child(instance, 'routing-options'), instance.word);
  return found;
}

function readRoute(node: JunosNode, instance: string, units: readonly Unit[]): StaticRoute[] {
  const destination = node.word === 'default' ? ALL4 : readPrefix(node.word);
  if (destination === undefined || child(node, 'discard') !== undefined || child(node, 'reject') !== undefined)
    return [];
  const family = addressFamily(destination);
  const all = family === 4 ? ALL4 : ALL6;
  const route = { family, destination, routingContext: instance, span: node.span };
  const isDefault = destination.first === all.first && destination.last === all.last;
  const hops = [...entries(node, 'next-hop'), ...entries(node, 'qualified-next-hop')];
  const table = child(node, 'next-table')?.children[0]?.word;
  const nextTable =
    table === undefined ? undefined : (/^(?<name>.+)\.inet6?\.\d+$/.exec(table)?.groups?.['name'] ?? 'default');
  const exits = new Set(hops.map(({ word }) => unitOf(word, instance, family, units)));
  if (exits.size === 0) exits.add(undefined);
  return [...exits].map((unit) => ({ route, unit, nextTable, isDefault }));
}

/** A next hop is an interface or an address in one of its networks. */
function unitOf(hop: string, instance: string, family: Family, units: readonly Unit[]): string | undefined {
  const named = units.find(({ name }) => name === hop || name === `${hop}.0`);
  if (named !== undefined) return named.name;
  const address = parseIp6(hop) ?? parseIp4(hop);
  if (address === undefined) return undefined;
  return units.find(
    (unit) =>
      unit.instance === instance && unit.network.addresses.some((own) => own.family === family && holds(own, address)),
  )?.name;
}

/** Whether an address is in the network of an interface. */
export function holds(own: Unit['network']['addresses'][number], address: number | bigint): boolean {
  const { first, last } =
    typeof own.address === 'number' ? prefix4(own.address, own.prefixLength) : prefix6(own.address, own.prefixLength);
  return typeof address === typeof own.address && first <= address && address <= last;
}

/** Networks of interfaces, as routes. */
export function connectedRoutes(
  units: readonly Unit[],
): { readonly route: Omit<Route, 'segment'>; readonly unit: string }[] {
  return units.flatMap(({ name, instance, network }) =>
    network.enabled
      ? network.addresses.map(({ family, address, prefixLength, span }) => ({
          unit: name,
          route: {
            family,
            destination: typeof address === 'number' ? prefix4(address, prefixLength) : prefix6(address, prefixLength),
            routingContext: instance,
            span,
          },
        }))
      : [],
  );
}
