import { prefix4, prefix6, type AddressTerm, type Family } from '../model/address.ts';
import type { Route, TrustEvidence } from '../model/device.ts';
import { netmaskLength, parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Statement } from '../syntax/statements.ts';
import { interfaceName } from './interface-name.ts';
import { argumentsOf, notUnderstood, type IosText, type TextInterface } from './text.ts';

/** A static route with what it says about its way out. */
export interface StaticRoute {
  readonly family: Family;
  readonly destination: AddressTerm;
  readonly vrf: string;
  /** Key of the interface it leaves by, where the text tells. */
  readonly exit: string | undefined;
  /** `global`: the next hop is in the global table. */
  readonly global: boolean;
  readonly statement: Statement;
}

export interface Routing {
  readonly routes: readonly Route[];
  readonly statics: readonly StaticRoute[];
  /** By interface key: the default route that leaves there. */
  readonly defaultRoutes: ReadonlyMap<string, TrustEvidence>;
}

export function convertRoutes(text: IosText): Routing {
  const statics = text.routes.flatMap((statement) => staticRoute(text, statement) ?? []);
  const defaultRoutes = new Map<string, TrustEvidence>();
  for (const { family, destination, exit, statement } of statics) {
    if (exit === undefined || defaultRoutes.has(exit) || !isEverything(destination)) continue;
    const shown = family === 4 ? '0.0.0.0/0' : '::/0';
    const span = text.reader.span(statement.line);
    defaultRoutes.set(exit, { points: 'untrusted', weight: 3, reason: `default route ${shown} leaves here`, span });
  }
  const named = statics.map((route): Route => {
    const segment = route.exit === undefined ? undefined : text.interfaces.get(route.exit)?.name;
    return {
      family: route.family,
      destination: route.destination,
      ...(segment !== undefined && { segment }),
      routingContext: route.vrf,
      span: text.reader.span(route.statement.line),
    };
  });
  return { routes: [...connected(text), ...named], statics, defaultRoutes };
}

function isEverything(term: AddressTerm): boolean {
  return (
    (term.kind === 'range4' && term.first === 0 && term.last === 0xffffffff) ||
    (term.kind === 'range6' && term.first === 0n && term.last === (1n << 128n) - 1n)
  );
}

function connected(text: IosText): Route[] {
  return [...text.interfaces.values()].flatMap((target) =>
    target.shutdown === undefined
      ? target.addresses.map(({ family, address, prefixLength, span }) => ({
          family,
          destination: prefixOf(address, prefixLength),
          segment: target.name,
          routingContext: target.vrf ?? 'default',
          span,
        }))
      : [],
  );
}

function prefixOf(address: number | bigint, length: number): AddressTerm {
  return typeof address === 'number' ? prefix4(address, length) : prefix6(address, length);
}

/** `ip route [vrf V] PREFIX MASK …`, `ipv6 route [vrf V] PREFIX …`. */
function staticRoute(text: IosText, statement: Statement): StaticRoute | undefined {
  const family: Family = statement.words[0] === 'ipv6' ? 6 : 4;
  const words = argumentsOf(statement);
  const inVrf = words[0] === 'vrf';
  const vrf = inVrf ? (words[1] ?? '') : 'default';
  const rest = words.slice(inVrf ? 2 : 0);
  const found = family === 4 ? destination4(rest) : destination6(rest);
  if (found === undefined) {
    text.reader.mark(
      statement.line,
      notUnderstood(statement, text, statement.arguments, 'where packets leave may be another interface'),
    );
    return undefined;
  }
  const way = rest.slice(found.words);
  const global = way.includes('global');
  return {
    family,
    destination: found.term,
    vrf,
    exit: exitOf(text, way, family, global ? 'default' : vrf),
    global,
    statement,
  };
}

function destination4(words: readonly string[]): { term: AddressTerm; words: number } | undefined {
  const [address = '', mask = ''] = words;
  const [plain = '', length] = address.split('/');
  const value = parseIp4(plain);
  if (value === undefined) return undefined;
  if (length !== undefined)
    return /^\d{1,2}$/.test(length) && Number(length) <= 32
      ? { term: prefix4(value, Number(length)), words: 1 }
      : undefined;
  const bits = parseIp4(mask);
  const size = bits === undefined ? undefined : netmaskLength(bits);
  return size === undefined ? undefined : { term: prefix4(value, size), words: 2 };
}

function destination6(words: readonly string[]): { term: AddressTerm; words: number } | undefined {
  const [address = '', length = ''] = (words[0] ?? '').split('/');
  const value = parseIp6(address);
  if (value === undefined || !/^\d{1,3}$/.test(length) || Number(length) > 128) return undefined;
  return { term: prefix6(value, Number(length)), words: 1 };
}

/** The interface named, or the one whose network holds the next hop. */
function exitOf(text: IosText, way: readonly string[], family: Family, vrf: string): string | undefined {
  const [first = '', second] = way;
  const hop = family === 4 ? parseIp4(first) : parseIp6(first);
  if (hop !== undefined) return connectedTo(text, hop, vrf)?.key;
  if (first === 'dhcp')
    return [...text.interfaces.values()].find(({ dynamic, vrf: own }) => dynamic.has(4) && (own ?? 'default') === vrf)
      ?.key;
  const { key } = interfaceName(second === undefined ? [first] : [first, second]);
  return text.interfaces.has(key) ? key : undefined;
}

function connectedTo(text: IosText, hop: number | bigint, vrf: string): TextInterface | undefined {
  return [...text.interfaces.values()].find(
    (target) =>
      target.shutdown === undefined &&
      (target.vrf ?? 'default') === vrf &&
      target.addresses.some(({ address, prefixLength }) => {
        const network = prefixOf(address, prefixLength);
        if (network.kind === 'range4') return typeof hop === 'number' && hop >= network.first && hop <= network.last;
        return network.kind === 'range6' && typeof hop === 'bigint' && hop >= network.first && hop <= network.last;
      }),
  );
}
