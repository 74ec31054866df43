import { ALL4, ALL6, type AddressTerm, type Range4, type Range6 } from '../model/address.ts';
import type { Route } from '../model/device.ts';
import { networkOf, type NetworkFacts } from './network.ts';
import type { PanInterface } from './interfaces.ts';
import type { Router, StaticRoute } from './routers.ts';

/** A network and the interface that packets to it leave by. */
interface Exit {
  readonly network: Range4 | Range6;
  /** Undefined where the text does not tell, or the packets are discarded. */
  readonly name: string | undefined;
  readonly isConnected: boolean;
}

/** Where packets leave a firewall, as far as connected networks and static routes tell. */
export class Exits {
  private readonly exits: readonly Exit[];
  private readonly learns: boolean;

  constructor(network: NetworkFacts) {
    const connected = network.interfaces
      .filter((each) => each.network.enabled)
      .flatMap(({ name, network: { addresses } }) =>
        addresses.map((own): Exit => ({ network: networkOf(own), name, isConnected: true })),
      );
    const statics = network.routers.flatMap((router) =>
      router.statics.flatMap((route) => exitsOf(route, router, network)),
    );
    this.exits = [...connected, ...statics].sort((a, b) => compare(sizeOf(a.network), sizeOf(b.network)));
    this.learns = network.routers.some((router) => router.learns !== undefined);
  }

  /**
   * What all packets to a term have in common of where they leave (longest match wins); undefined where they differ or the
   * text does not tell. Learned routes may be longer than static ones, so that with them only connected networks are sure.
   *
   * @param placeOf what is asked of the interface; undefined: nothing is known of it.
   */
  of(term: AddressTerm, placeOf: (name: string) => string | undefined): string | undefined {
    if (term.kind !== 'range4' && term.kind !== 'range6') return undefined;
    const found = new Set<string | undefined>();
    let whole: bigint | undefined;
    for (const { network, name, isConnected } of this.exits) {
      if (network.kind !== term.kind) continue;
      const size = sizeOf(network);
      if (whole !== undefined && size > whole) break;
      if (network.last < term.first || term.last < network.first) continue;
      found.add(name === undefined || (this.learns && !isConnected) ? undefined : placeOf(name));
      if (network.first <= term.first && term.last <= network.last) whole = size;
    }
    const [place] = found;
    return whole !== undefined && found.size === 1 ? place : undefined;
  }
}

/** Routes to another router of the same firewall say nothing here: that one's own routes do. */
function exitsOf(route: StaticRoute, router: Router, network: NetworkFacts): Exit[] {
  if (route.hop.kind === 'router') return [];
  // What it may lead to is anything, so that nothing is sure but what is longer.
  const destination = route.destination ?? (route.family === 4 ? ALL4 : ALL6);
  const exits = route.hop.kind === 'discard' ? [] : network.exitsOf(route, router);
  const names = exits.length === 0 ? [undefined] : exits.map(({ name }) => name);
  return names.map((name) => ({ network: destination, name, isConnected: false }));
}

function sizeOf({ first, last }: Range4 | Range6): bigint {
  return BigInt(last) - BigInt(first);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Connected and static routes of some interfaces' routers, for the model. Routes that discard packets and those to another
 * router have no segment that packets leave by, and are left out.
 */
export function routesOf(
  network: NetworkFacts,
  own: readonly PanInterface[],
  segmentOf: (name: string) => string | undefined,
): Route[] {
  const routes: Route[] = [];
  const add = (route: Omit<Route, 'segment'>, name: string | undefined): void => {
    const segment = name === undefined ? undefined : segmentOf(name);
    routes.push(segment === undefined ? route : { ...route, segment });
  };
  for (const unit of own.filter((each) => each.network.enabled)) {
    const routingContext = network.routersOf(unit.name)[0]?.name ?? 'default';
    for (const address of unit.network.addresses) {
      const { family, span } = address;
      add({ family, destination: networkOf(address), routingContext, span }, unit.name);
    }
  }
  const used = new Set(own.flatMap(({ name }) => network.routersOf(name)));
  for (const router of network.routers.filter((each) => used.has(each))) {
    for (const route of router.statics) {
      const { family, destination, hop, span } = route;
      if (destination === undefined || hop.kind === 'discard' || hop.kind === 'router') continue;
      const exits = network.exitsOf(route, router);
      const names = exits.length === 0 ? [undefined] : exits.map(({ name }) => name);
      for (const name of names) add({ family, destination, routingContext: router.name, span }, name);
    }
  }
  return routes;
}
