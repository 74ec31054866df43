import type { LineState } from '../diagnostics.ts';
import { FormTable, modelled, noEffect, type Form, type Mode, type Statement } from '../syntax/statements.ts';
import { NOT_A_FILTER, noteUse, usesList } from './list-uses.ts';
import { argumentsOf, type IosText, type TextVrf } from './text.ts';

const VRF_MODE: Mode<IosText> = {
  name: 'vrf',
  forms: new FormTable<IosText>([
    modelled('route-target [import|export|both] TARGET', readTarget, { readNo: () => undefined }),
    modelled(
      'import (ipv4|ipv6) (unicast|multicast) [NUMBER] map NAME',
      (statement, text) => {
        text.currentVrf?.importsFrom.push({ vrf: 'global', line: statement.line });
      },
      { readNo: () => undefined },
    ),
    noEffect('import', 'chooses among routes of a route target'),
    noEffect('export', 'routes for other VRFs; what those import decides'),
    noEffect('rd', 'names routes'),
    noEffect('description', 'text'),
    { form: 'address-family', state: 'no-effect', note: 'the same statements for one family', opens: () => VRF_MODE },
    noEffect('exit-address-family', 'ends it'),
    noEffect('maximum', 'limits routes'),
    noEffect('vpn', 'names the VRF'),
    noEffect('mdt', 'multicast'),
    noEffect('vnet', 'names the VRF'),
    noEffect('bgp', 'routing'),
    noEffect('inter-as-hybrid', 'routing'),
    noEffect('snmp', 'management'),
    noEffect('protection', 'routing'),
    noEffect('context', 'management'),
  ]),
  readOther: () => 'unrecognised',
};

const ROUTER_MODE: Mode<IosText> = {
  name: 'router',
  forms: new FormTable<IosText>([
    ...['address-family', 'af-interface', 'topology', 'service-family', 'vrf'].map((form) => ({
      form,
      state: 'no-effect' as const,
      note: 'routing for a part of the interfaces',
      opens: (): Mode<IosText> => ROUTER_MODE,
    })),
    usesList('distribute-list NAME', 'distribute list', 0, NOT_A_FILTER),
    usesList('offset-list NAME', 'offset list', 0, NOT_A_FILTER),
  ]),
  readOther: (statement, text) => {
    const { words } = statement;
    const at = words.indexOf('distribute-list');
    if (at >= 0) noteUse(words[at + 1], 'distribute list', statement.line, text);
    return statement.line.indent > 0 || ROUTER_WORDS.has(words[0] ?? '') ? 'no-effect' : 'unrecognised';
  },
};

const ROUTER_WORDS = new Set(
  `network neighbor redistribute passive-interface area bgp router-id eigrp no-summary auto-summary synchronization timers maximum-paths distance
   default-information default-metric version log-adjacency-changes aggregate-address address-family exit-address-family nsf summary-address
   metric-style is-type net template metric variance capability af-interface topology auto-cost ispf prefix-suppression mpls traffic-share`.split(
    /\s+/,
  ),
);

const ROUTE_MAP_MODE: Mode<IosText> = {
  name: 'route-map',
  forms: new FormTable<IosText>([
    routeMapMatch('match ip address NAME …'),
    routeMapMatch('match ipv6 address NAME …'),
    noEffect('set', 'changes routes, or where a packet goes'),
    noEffect('continue', 'order of route map entries'),
    noEffect('description', 'text'),
    {
      form: 'match',
      state: 'no-effect',
      note: 'chooses routes or packets for something that is no filter',
      read: (_, text) => {
        const entry = text.currentRouteMap?.entries.at(-1);
        if (entry !== undefined) entry.otherMatch = true;
      },
    },
  ]),
};

function routeMapMatch(form: string): Form<IosText> {
  return {
    form,
    state: 'no-effect',
    note: NOT_A_FILTER,
    read: (statement, text) => {
      const names = argumentsOf(statement);
      if (names[0] === 'prefix-list') return;
      for (const name of names) {
        noteUse(name, `route map ${text.currentRouteMap?.name ?? ''}`, statement.line, text);
        text.currentRouteMap?.entries.at(-1)?.lists.push(name);
      }
    },
    readNo: () => 'no-effect',
  };
}

const CRYPTO_MAP_MODE: Mode<IosText> = {
  name: 'crypto map',
  forms: new FormTable<IosText>([usesList('match address NAME', 'crypto map', 0, NOT_A_FILTER)]),
  readOther: (statement) =>
    statement.line.indent > 0 || CRYPTO_WORDS.has(statement.words[0] ?? '') ? 'no-effect' : 'unrecognised',
};

const CRYPTO_WORDS = new Set(['set', 'description', 'match', 'reverse-route', 'qos', 'crypto', 'dialer']);

/** VRFs, static routes, routing protocols, and what chooses routes and tunnels. */
export const ROUTING_STATEMENTS: readonly Form<IosText>[] = [
  modelled('ip vrf NAME', openVrf, { opens: () => VRF_MODE, readNo: removeVrf }),
  modelled('vrf definition NAME', openVrf, { opens: () => VRF_MODE, readNo: removeVrf }),
  modelled('ip route PREFIX MASK (INTERFACE|ADDRESS) …', keepRoute, { readNo: forgetRoute }),
  noEffect('ip route profile', 'statistics'),
  noEffect('ip route static', 'routing'),
  modelled('ipv6 route PREFIX (INTERFACE|ADDRESS) …', keepRoute, { readNo: forgetRoute }),
  modelled('ip routing', (_, text) => void (text.noRouting = undefined), {
    readNo: ({ line }, text) => void (text.noRouting = line),
  }),
  modelled('ipv6 unicast-routing', ({ line }, text) => void (text.ipv6Routing = line), {
    readNo: ({ line }, text) => void (text.noIpv6Routing = line),
  }),
  {
    form: 'router',
    state: 'no-effect',
    note: 'routing protocols: which way a packet goes, not whether it may',
    opens: () => ROUTER_MODE,
  },
  { form: 'ipv6 router', state: 'no-effect', note: 'routing protocols', opens: () => ROUTER_MODE },
  {
    form: 'route-map',
    state: 'no-effect',
    note: 'chooses routes and ways out; `ip policy` and NAT say what it does to packets',
    read: openRouteMap,
    opens: () => ROUTE_MAP_MODE,
  },
  {
    form: 'crypto map',
    state: 'no-effect',
    note: 'what is encrypted; `crypto map` on an interface says where',
    opens: () => CRYPTO_MAP_MODE,
  },
  { form: 'crypto dynamic-map', state: 'no-effect', note: 'what is encrypted', opens: () => CRYPTO_MAP_MODE },
];

export const ROUTING_GROUPS = [VRF_MODE, ROUTER_MODE, ROUTE_MAP_MODE, CRYPTO_MAP_MODE].map(({ name, forms }) => ({
  mode: name,
  forms: forms.forms,
}));

function openVrf(statement: Statement, text: IosText): void {
  const name = argumentsOf(statement)[0] ?? '';
  const known: TextVrf = text.vrfs.get(name) ?? {
    name,
    line: statement.line,
    imports: [],
    exports: [],
    importsFrom: [],
  };
  text.vrfs.set(name, known);
  text.currentVrf = known;
}

function removeVrf(statement: Statement, text: IosText): void {
  text.vrfs.delete(argumentsOf(statement)[0] ?? '');
}

function readTarget(statement: Statement, text: IosText): LineState | void {
  const [first = '', second] = argumentsOf(statement);
  const target = second ?? first;
  const way = second === undefined ? 'both' : first;
  if (way !== 'export') text.currentVrf?.imports.push({ target, line: statement.line });
  if (way !== 'import') text.currentVrf?.exports.push({ target, line: statement.line });
}

function keepRoute(statement: Statement, text: IosText): void {
  text.routes.push(statement);
}

function forgetRoute(statement: Statement, text: IosText): void {
  const written = statement.words.join(' ');
  const index = text.routes.findIndex(({ words }) => words.join(' ') === written);
  if (index >= 0) text.routes.splice(index, 1);
}

function openRouteMap(statement: Statement, text: IosText): void {
  const [name = '', action = 'permit'] = argumentsOf(statement);
  const known = text.routeMaps.get(name) ?? { name, entries: [] };
  known.entries.push({ permit: action !== 'deny', lists: [], otherMatch: false });
  text.routeMaps.set(name, known);
  text.currentRouteMap = known;
}
