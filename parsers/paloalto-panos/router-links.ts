import type { Condition } from '../model/condition.ts';
import type { Stage } from '../model/device.ts';
import type { Rule, RuleList } from '../model/rule.ts';
import type { AddressTerm } from '../model/address.ts';
import { ANY_ADDRESS } from '../model/address.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import type { Router, StaticRoute } from './routers.ts';

/** How packets get from the one router to the other: what does not is taken away by the stage. */
export interface RouterLink {
  readonly stage: Stage;
  readonly conditions: readonly Condition[];
}

/**
 * Ways between the routers of a firewall. Their routes are not shared; packets go from one to another where a static route has
 * the other for its next hop, and routing protocols between two of them need such a route, too (PAN-OS networking
 * administrator's guide, "Virtual Router Overview").
 */
export class RouterLinks {
  private readonly routers: readonly Router[];
  private readonly known = new Map<string, RouterLink | undefined>();

  constructor(routers: readonly Router[]) {
    this.routers = routers;
  }

  /** The way from any of the one to any of the others; undefined when there is none. */
  between(from: ReadonlySet<string>, to: ReadonlySet<string>): RouterLink | undefined {
    const key = JSON.stringify([[...from].sort(), [...to].sort()]);
    if (!this.known.has(key)) this.known.set(key, this.link(from, to));
    return this.known.get(key);
  }

  private link(from: ReadonlySet<string>, to: ReadonlySet<string>): RouterLink | undefined {
    const first: { readonly route: StaticRoute; readonly router: Router; readonly isDirect: boolean }[] = [];
    for (const router of this.routers.filter(({ name }) => from.has(name))) {
      for (const route of router.statics) {
        if (route.hop.kind !== 'router') continue;
        const next = route.hop.name;
        if (to.has(next)) first.push({ route, router, isDirect: true });
        else if (this.reaches(next, to, from)) first.push({ route, router, isDirect: false });
      }
    }
    const [one] = first;
    if (one === undefined) return undefined;
    const { route, router } = one;
    // Behind a second router, further routes decide; and an unread destination may be any.
    const isSure = first.every(({ isDirect, route: { destination } }) => isDirect && destination !== undefined);
    const name = `way from ${router.name} to ${[...to].join(', ')}`;
    return {
      stage: stageOf(
        first.map((each) => each.route),
        first.map((each) => each.router),
      ),
      conditions: isSure ? [] : [{ kind: 'route', name, span: route.span }],
    };
  }

  private reaches(start: string, to: ReadonlySet<string>, seen: ReadonlySet<string>): boolean {
    const visited = new Set(seen);
    const open = [start];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (to.has(name)) return true;
      if (visited.has(name)) continue;
      visited.add(name);
      const router = this.routers.find((each) => each.name === name);
      for (const { hop } of router?.statics ?? []) if (hop.kind === 'router') open.push(hop.name);
    }
    return false;
  }
}

/** Takes away what no route sends to the other router. Learned routes may send more. */
function stageOf(routes: readonly StaticRoute[], routers: readonly Router[]): Stage {
  const unread = routes.find(({ destination }) => destination === undefined);
  const exclude: AddressTerm[] = routes.flatMap(({ destination }) => destination ?? []);
  const learning = routers.find(({ learns }) => learns !== undefined);
  const conditions: Condition[] = [];
  if (learning?.learns !== undefined) {
    const name = `routes that ${learning.name} learns by ${learning.learns.word}`;
    conditions.push({ kind: 'route', name, span: learning.learns.span });
  }
  if (unread !== undefined) conditions.push({ kind: 'route', name: unread.text, span: unread.span });
  const span = (routes[0] ?? unread)?.span ?? { source: '', line: 1, column: 1, endColumn: 1 };
  const text = [...new Set(routes.map((route) => route.text))].join(', ');
  const rule: Rule = {
    id: '#1',
    text,
    span,
    action: { kind: 'deny', word: 'no route' },
    match: {
      source: exactly(ANY_ADDRESS),
      destination: exactly({ include: ANY_ADDRESS.include, exclude }),
      service: exactly(ANY_SERVICE),
    },
    conditions,
    enabled: true,
    logging: { logs: 'no', detail: '' },
    objects: [],
  };
  const name = 'routes to other virtual routers';
  const list: RuleList = { name, kind: 'static routes', family: 'both', rules: [rule], span };
  const binding = {
    list: name,
    direction: 'out',
    attachedTo: 'global',
    family: 'both',
    defined: true,
    plane: 'transit',
    span,
  } as const;
  return {
    id: 'virtual-router',
    title: `destinations without a route (${text})`,
    family: 'both',
    lists: [{ list, binding }],
    otherwise: { verdict: 'permit', reason: `routed to another virtual router (${text})`, span },
    incidental: true,
  };
}
