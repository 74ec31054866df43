import { prefix4, prefix6 } from '../model/address.ts';
import type { InterfaceAddress } from '../model/device.ts';
import type { Span } from '../source.ts';
import { readInterfaces, type AddressLookup, type PanInterface } from './interfaces.ts';
import type { Notes } from './notes.ts';
import { readRouters, type NetworkLookup, type Router, type StaticRoute } from './routers.ts';
import { child, entries, value, type PanNode } from './tree.ts';

/** A tunnel that ends on a tunnel interface. */
interface Tunnel {
  /** `IPsec tunnel to-branch`, `GlobalProtect gateway`. */
  readonly title: string;
  readonly span: Span;
}

/** What a firewall is connected to, whichever virtual system has it. */
export interface NetworkFacts {
  readonly interfaces: readonly PanInterface[];
  readonly byName: ReadonlyMap<string, PanInterface>;
  readonly routers: readonly Router[];
  /** Routers that have an interface; more than one where the text contradicts itself. */
  readonly routersOf: (name: string) => readonly Router[];
  /** False where the text describes no interface at all: then nothing can be told from one that is missing. */
  readonly hasInterfaces: boolean;
  /** Some router of the text has an interface: then one that is in none cannot forward. */
  readonly hasRouters: boolean;
  /** The two ends of each virtual wire. */
  readonly wires: readonly (readonly [string, string])[];
  /** Layer 2 interfaces of each VLAN. */
  readonly vlans: readonly ReadonlySet<string>[];
  readonly tunnels: ReadonlyMap<string, Tunnel>;
  /** Interfaces that a static route leaves by. */
  readonly exitsOf: (route: StaticRoute, router: Router) => readonly PanInterface[];
}

/** Tunnels below `network tunnel` that have a tunnel interface, as they are called here. */
const TUNNELS: readonly (readonly [string, string])[] = [
  ['ipsec', 'IPsec tunnel'],
  ['gre', 'GRE tunnel'],
  ['global-protect-gateway', 'GlobalProtect gateway'],
  ['global-protect-site-to-site', 'GlobalProtect satellite tunnel'],
];

/**
 * Reads everything below `network` that says where packets can go.
 *
 * @param lookupAddress finds an address object of the system that has the interface.
 * @param lookupNetwork finds an address object for a route.
 */
export function readNetworkFacts(
  network: PanNode | undefined,
  lookupAddress: AddressLookup,
  lookupNetwork: NetworkLookup,
  notes: Notes,
): NetworkFacts {
  const interfaces = readInterfaces(network, lookupAddress, notes);
  const routers = readRouters(network, lookupNetwork);
  const byName = new Map(interfaces.map((each) => [each.name, each]));
  const holders = new Map<string, Router[]>();
  for (const router of routers) {
    for (const name of new Set(router.interfaces)) {
      const known = holders.get(name);
      if (known === undefined) holders.set(name, [router]);
      else known.push(router);
    }
  }
  return {
    interfaces,
    byName,
    routers,
    routersOf: (name) => holders.get(name) ?? [],
    hasInterfaces: interfaces.length > 0,
    hasRouters: holders.size > 0,
    wires: entries(network, 'virtual-wire').flatMap(readWire),
    vlans: entries(network, 'vlan').map((vlan) => new Set(entries(vlan, 'interface').map(({ word }) => word))),
    tunnels: readTunnels(network),
    exitsOf: (route, router) => exitsOf(route, router, byName),
  };
}

function readWire(node: PanNode): readonly (readonly [string, string])[] {
  const [first, second] = [value(node, 'interface1'), value(node, 'interface2')];
  return first === undefined || second === undefined ? [] : [[first, second]];
}

function readTunnels(network: PanNode | undefined): ReadonlyMap<string, Tunnel> {
  const found = new Map<string, Tunnel>();
  for (const [word, title] of TUNNELS) {
    for (const node of entries(network, 'tunnel', word)) {
      const port = child(node, 'tunnel-interface')?.children[0];
      if (port !== undefined) found.set(port.word, { title: `${title} ${node.word}`, span: port.span });
    }
  }
  return found;
}

/** The interface that a route names, else those of the router in whose network its next hop is. */
function exitsOf(
  { exit, hop }: StaticRoute,
  router: Router,
  byName: ReadonlyMap<string, PanInterface>,
): readonly PanInterface[] {
  const named = exit === undefined ? undefined : byName.get(exit);
  if (named !== undefined) return [named];
  if (hop.kind !== 'address') return [];
  return router.interfaces.flatMap((name) => {
    const each = byName.get(name);
    return each?.network.addresses.some((own) => holds(own, hop.address)) === true ? [each] : [];
  });
}

/** The network that an interface is connected to. */
export function networkOf({ address, prefixLength }: InterfaceAddress): ReturnType<typeof prefix4 | typeof prefix6> {
  return typeof address === 'number' ? prefix4(address, prefixLength) : prefix6(address, prefixLength);
}

/** Whether an address is in the network of an interface. */
export function holds(own: InterfaceAddress, address: number | bigint): boolean {
  const { first, last } = networkOf(own);
  return typeof address === typeof own.address && first <= address && address <= last;
}
