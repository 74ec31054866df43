import { ALL4, ALL6, prefix4, prefix6, type Family, type Range4, type Range6 } from '../model/address.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Span } from '../source.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

/** Where a static route sends packets. `unknown`: to a name or variable that the text does not resolve. */
type NextHop =
  | { readonly kind: 'address'; readonly address: number | bigint }
  | { readonly kind: 'router'; readonly name: string }
  | { readonly kind: 'discard' | 'none' | 'unknown' };

export interface StaticRoute {
  readonly family: Family;
  /** Undefined where it is not a network that the text gives. */
  readonly destination: Range4 | Range6 | undefined;
  /** Interface that it names. */
  readonly exit: string | undefined;
  readonly hop: NextHop;
  readonly isDefault: boolean;
  /** For showing: `default-route: 0.0.0.0/0 next-vr vr2`. */
  readonly text: string;
  readonly span: Span;
}

/** A virtual router, or one forwarding instance of a logical router. */
export interface Router {
  readonly name: string;
  readonly interfaces: readonly string[];
  readonly statics: readonly StaticRoute[];
  /** A routing protocol that runs in it, whose routes the text does not show. */
  readonly learns: PanNode | undefined;
  readonly span: Span;
}

/** Resolves a name that stands for a network (an address object); undefined where there is none. */
export type NetworkLookup = (name: string) => string | undefined;

const PROTOCOLS: readonly string[] = ['bgp', 'ospf', 'ospfv3', 'rip'];

/** Next hops that are routers of the same firewall. */
const OTHER_ROUTER: ReadonlySet<string> = new Set(['next-vr', 'next-lr']);

/**
 * Routers of a firewall. Logical routers (advanced routing engine) keep their statements below `vrf`; the instance `default` is
 * called like the router.
 */
export function readRouters(network: PanNode | undefined, lookup: NetworkLookup): Router[] {
  const virtual = entries(network, 'virtual-router').map((node) => readRouter(node, node.word, node, lookup));
  const logical = entries(network, 'logical-router').flatMap((node) =>
    entries(node, 'vrf').map((vrf) =>
      readRouter(vrf, vrf.word === 'default' ? node.word : `${node.word}/${vrf.word}`, vrf, lookup),
    ),
  );
  return [...virtual, ...logical];
}

function readRouter(node: PanNode, name: string, protocols: PanNode, lookup: NetworkLookup): Router {
  const statics = ([4, 6] as const).flatMap((family) =>
    entries(node, 'routing-table', family === 4 ? 'ip' : 'ipv6', 'static-route')
      // `no-install` keeps a route out of the forwarding table (PAN-OS web interface help, "Static Routes").
      .filter((route) => !isNotInstalled(route))
      .map((route) => readStatic(route, family, lookup)),
  );
  const learns = PROTOCOLS.flatMap((word) => [child(protocols, 'protocol', word), child(protocols, word)]).find(
    (protocol) => isYes(protocol, 'enable'),
  );
  return {
    name,
    interfaces: entries(node, 'interface').map(({ word }) => word),
    statics,
    learns,
    span: node.span,
  };
}

function isNotInstalled(route: PanNode): boolean {
  return (
    value(route, 'route-table') === 'no-install' ||
    child(route, 'route-table', 'no-install') !== undefined ||
    child(route, 'option', 'no-install') !== undefined
  );
}

function readStatic(route: PanNode, family: Family, lookup: NetworkLookup): StaticRoute {
  const written = value(route, 'destination') ?? '';
  const destination = routeNetwork(written) ?? routeNetwork(lookup(written) ?? '');
  const hop = readHop(child(route, 'nexthop'));
  const words = entries(route, 'nexthop').flatMap((kind) => [kind.word, ...kind.children.map(({ word }) => word)]);
  const all = family === 6 ? ALL6 : ALL4;
  return {
    family,
    destination,
    exit: value(route, 'interface'),
    hop,
    isDefault: destination?.first === all.first && destination.last === all.last,
    text: [`${route.word}: ${written}`, ...words].join(' '),
    span: route.span,
  };
}

function readHop(node: PanNode | undefined): NextHop {
  const kind = node?.children[0];
  const target = kind?.children[0]?.word;
  if (kind === undefined || kind.word === 'None' || kind.word === 'none') return { kind: 'none' };
  if (kind.word === 'discard') return { kind: 'discard' };
  if (OTHER_ROUTER.has(kind.word) && target !== undefined) return { kind: 'router', name: target };
  const address = parseIp4((target ?? '').split('/')[0] ?? '') ?? parseIp6((target ?? '').split('/')[0] ?? '');
  return address === undefined ? { kind: 'unknown' } : { kind: 'address', address };
}

/** A network with host bits cleared: PAN-OS takes `10.0.0.1/8` for `10.0.0.0/8`. */
function routeNetwork(text: string): Range4 | Range6 | undefined {
  const [base = '', length, more] = text.split('/');
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const ip4 = parseIp4(base);
  if (ip4 !== undefined) return Number(length ?? 32) > 32 ? undefined : prefix4(ip4, Number(length ?? 32));
  const ip6 = parseIp6(base);
  if (ip6 === undefined || Number(length ?? 128) > 128) return undefined;
  return prefix6(ip6, Number(length ?? 128));
}
