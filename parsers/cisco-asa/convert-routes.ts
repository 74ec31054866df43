import type { AddressTerm } from '../model/address.ts';
import type { Route } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { Literals } from './addresses.ts';
import type { AsaSegment } from './convert-interfaces.ts';
import type { AsaTree, Notes } from './tree.ts';
import { nameifOf } from './tree.ts';
import { prefix4, prefix6 } from '../model/address.ts';

export interface StaticRoutes {
  readonly routes: readonly Route[];
  readonly defaults: ReadonlyMap<string, { readonly text: string; readonly span: Span }>;
}

/** `route NAMEIF ADDRESS MASK GATEWAY [METRIC] [tunneled]` and `ipv6 route NAMEIF PREFIX GATEWAY`. */
export function convertStaticRoutes(tree: AsaTree, notes: Notes, literals: Literals): StaticRoutes {
  const routes: Route[] = [];
  const defaults = new Map<string, { readonly text: string; readonly span: Span }>();
  for (const statement of [...tree.routes, ...tree.ip6Routes]) {
    const { words, line } = statement;
    const six = words[0] === 'ipv6';
    const segment = nameifOf(tree, words[six ? 2 : 1] ?? '');
    const set = six ? literals.prefix(words[3] ?? '') : literals.masked(words[2] ?? '', words[3] ?? '');
    const [destination] = set?.include ?? [];
    if (destination === undefined) {
      notes.mark(line, 'unrecognised');
      continue;
    }
    const span = notes.span(line);
    routes.push({ family: six ? 6 : 4, destination, segment, routingContext: 'default', span });
    // A tunneled default route is for packets that came out of a VPN tunnel only.
    if (isWhole(destination) && !words.includes('tunneled') && !defaults.has(segment)) {
      defaults.set(segment, { text: line.text, span });
    }
  }
  return { routes, defaults };
}

/** Networks that interfaces are in. */
export function connectedRoutes(segments: readonly AsaSegment[]): Route[] {
  return segments.flatMap(({ segment, closed, bridgeOf }) =>
    closed !== undefined && bridgeOf === undefined
      ? []
      : segment.interfaces.flatMap(({ addresses }) =>
          addresses.map(({ family, address, prefixLength, span }) => ({
            family,
            destination: typeof address === 'number' ? prefix4(address, prefixLength) : prefix6(address, prefixLength),
            segment: segment.name,
            routingContext: segment.routingContext,
            span,
          })),
        ),
  );
}

function isWhole(term: AddressTerm): boolean {
  if (term.kind === 'range4') return term.first === 0 && term.last === 0xffffffff;
  return term.kind === 'range6' && term.first === 0n && term.last === (1n << 128n) - 1n;
}
