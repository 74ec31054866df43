import type { LineState } from '../diagnostics.ts';
import type { FormGroup } from '../platform.ts';
import type { Form, Mode, Statement } from '../syntax/statements.ts';
import type { AccessListNode, Reading } from './tree.ts';
import { conditional, FormTable, modelled, noEffect, unsupported } from '../syntax/statements.ts';
import { endOfAbsolute } from '../cisco/time-range.ts';
import { clearStatements, removeEntry } from './remove.ts';
import { INTERFACE_MODE, openInterface, readIpAddress, readNameif } from './read-interfaces.ts';
import {
  GROUP_MODES,
  groupModeOf,
  NETWORK_OBJECT_MODE,
  objectMode,
  openGroup,
  openObject,
  removeNamed,
  SERVICE_OBJECT_MODE,
} from './read-objects.ts';
import {
  CLASS_MAP_MODE,
  GROUP_POLICY_MODE,
  INERT_MODE,
  openPolicyMap,
  POLICY_MAP_MODE,
  POLICY_MODES,
  ROUTE_MAP_MODE,
  ROUTER_MODE,
  uses,
} from './read-policies.ts';
import { INERT_BLOCKS, NO_EFFECT } from './words.ts';
import { readVersion } from './version.ts';
import { LOGGING_FORMS } from './read-logging.ts';

/** Puts a line into its access list. */
export function addEntry(lists: Map<string, AccessListNode>, name: string, statement: Pick<Statement, 'line'>): void {
  const node = lists.get(name);
  if (node === undefined) lists.set(name, { name, lines: [statement.line] });
  else node.lines.push(statement.line);
}

const without = (list: Statement[], statement: Statement, length: number): Statement[] => {
  const text = statement.words.slice(0, length).join(' ');
  return list.filter(({ words }) => words.slice(0, length).join(' ') !== text);
};

/** `nat (in,out) source …`, `nat (in) 1 …`, or the body of an object whose block lost its indentation. */
function readNat(statement: Statement, reading: Reading): LineState | void {
  const { words } = statement;
  if (words.some((word) => word === 'source')) reading.tree.twiceNat.push(statement);
  else if (/^\([^,()]+\)$/.test(words[1] ?? '')) reading.tree.oldNat.push(statement);
  else if (words.includes('static') || words.includes('dynamic')) {
    if (reading.currentObject === undefined) return 'unrecognised';
    reading.currentObject.nat.push(statement);
  } else return 'unrecognised';
  return undefined;
}

function readInterface(statement: Statement, reading: Reading): void {
  const { words } = statement;
  // PIX: `interface ethernet1 100full shutdown`; a subinterface name may be split: `interface GigabitEthernet 0/1`.
  const name =
    words[2] !== undefined && /^\d/.test(words[2]) && !/^\d+(?:full|base)/i.test(words[2])
      ? `${words[1] ?? ''}${words[2]}`
      : (words[1] ?? '');
  const node = openInterface(reading, name, statement);
  if (words.at(-1) === 'shutdown') node.shutdown = true;
}

const MODELLED: readonly Form<Reading>[] = [
  modelled('hostname NAME', (statement, { tree }) => void (tree.hostname = statement)),
  modelled(
    'name ADDRESS WORD',
    (statement, { tree }) => {
      const [, address, word] = statement.words;
      if (address === undefined || word === undefined) return 'unrecognised';
      tree.names.set(word, address);
      return undefined;
    },
    { readNo: ({ words }, { tree }) => void tree.names.delete(words[2] ?? '') },
  ),
  modelled('names', () => undefined, { readNo: () => undefined, note: 'aliases are put in wherever they stand' }),
  modelled('firewall transparent', (_, { tree }) => void (tree.transparent = true), {
    readNo: (_, { tree }) => void (tree.transparent = false),
  }),
  modelled('firewall routed', () => undefined),
  modelled('interface NAME', readInterface, { opens: () => INTERFACE_MODE, readNo: () => undefined }),
  modelled('nameif [HARDWARE] NAME [LEVEL]', readNameif, {
    note: 'PIX',
    readNo: (_, { currentInterface }) => {
      if (currentInterface !== undefined) currentInterface.label = undefined;
    },
    opens: () => INTERFACE_MODE,
  }),
  modelled('ip address NAMEIF ADDRESS MASK', readIpAddress, { note: 'PIX', readNo: () => undefined }),
  modelled('object NAME', openObject, { opens: objectMode, readNo: removeNamed }),
  modelled('object-group KIND NAME', openGroup, { opens: groupModeOf, readNo: removeNamed }),
  modelled(
    'access-list NAME …',
    (statement, { tree }) => {
      addEntry(tree.accessLists, statement.words[1] ?? '', statement);
    },
    {
      readNo: removeEntry,
      note: 'extended, standard, ethertype, advanced, PIX style, counters of `show access-list`; webtype has no effect',
    },
  ),
  modelled(
    'ipv6 access-list NAME …',
    (statement, { tree }) => {
      addEntry(tree.ip6AccessLists, statement.words[2] ?? '', statement);
    },
    { readNo: removeEntry, note: 'before 9.0' },
  ),
  noEffect('access-list alert-interval', 'logging'),
  noEffect('alert-interval', 'head of `show access-list`'),
  noEffect('access-list deny-flow-max', 'logging'),
  noEffect('access-list mode', 'when edits take effect'),
  noEffect('access-list commit', 'when edits take effect'),
  modelled(
    'access-group NAME (in|out) interface NAMEIF',
    (statement, { tree }) => void tree.accessGroups.push(statement),
    {
      readNo: (statement, { tree }) => void (tree.accessGroups = without(tree.accessGroups, statement, 5)),
      note: 'also `global`, `control-plane`, `per-user-override`',
    },
  ),
  modelled('same-security-traffic permit (inter-interface|intra-interface)', sameSecurity(true), {
    readNo: sameSecurity(false),
  }),
  modelled('nat (REAL,MAPPED) source …', readNat, {
    readNo: (statement, { tree }) => {
      tree.twiceNat = without(tree.twiceNat, statement, 99);
      tree.oldNat = without(tree.oldNat, statement, 99);
    },
    note: 'twice NAT; before 8.3 `nat (REAL) ID …`',
  }),
  modelled('static (REAL,MAPPED) …', (statement, { tree }) => void tree.oldNat.push(statement), {
    readNo: (statement, { tree }) => void (tree.oldNat = without(tree.oldNat, statement, 99)),
    note: 'before 8.3',
  }),
  modelled('global (MAPPED) ID ADDRESS', (statement, { tree }) => void tree.oldNat.push(statement), {
    readNo: (statement, { tree }) => void (tree.oldNat = without(tree.oldNat, statement, 99)),
    note: 'before 8.3',
  }),
  conditional(
    'nat-control',
    'packets between levels need a translation; permits between interfaces of different levels are possible, not definite',
    (statement, { tree }) => void (tree.natControl = statement),
    { readNo: (_, { tree }) => void (tree.natControl = undefined) },
  ),
  modelled('route NAMEIF ADDRESS MASK GATEWAY', (statement, { tree }) => void tree.routes.push(statement), {
    readNo: (statement, { tree }) => void (tree.routes = without(tree.routes, statement, 4)),
  }),
  modelled('ipv6 route NAMEIF PREFIX GATEWAY', (statement, { tree }) => void tree.ip6Routes.push(statement), {
    readNo: (statement, { tree }) => void (tree.ip6Routes = without(tree.ip6Routes, statement, 4)),
  }),
  conditional(
    'time-range NAME',
    'rules with it are possible, not definite',
    ({ words }, reading) => {
      const name = words[1] ?? '';
      const { timeRanges } = reading.tree;
      reading.currentTimeRange = timeRanges.get(name) ?? { absolutes: [] };
      timeRanges.set(name, reading.currentTimeRange);
    },
    { opens: () => TIME_RANGE_MODE },
  ),
  modelled('sysopt connection permit-vpn', (_, { tree }) => void (tree.vpnFiltered = false), {
    readNo: (_, { tree }) => void (tree.vpnFiltered = true),
  }),
  modelled('sysopt connection permit-ipsec', (_, { tree }) => void (tree.vpnFiltered = false), {
    readNo: (_, { tree }) => void (tree.vpnFiltered = true),
    note: 'PIX',
  }),
  modelled(
    'crypto map NAME SEQUENCE match address LIST',
    (statement, reading) => {
      if (statement.words[4] === 'match') uses('crypto map', 6)(statement, reading);
      else if (statement.words[3] === 'interface') reading.tree.vpnEntries.push(statement);
      else return 'no-effect';
      return undefined;
    },
    { readNo: () => 'no-effect', note: 'which list it uses' },
  ),
  modelled(
    'crypto dynamic-map NAME SEQUENCE match address LIST',
    (statement, reading) => {
      if (statement.words[4] !== 'match') return 'no-effect';
      uses('crypto map', 6)(statement, reading);
      return undefined;
    },
    { readNo: () => 'no-effect', note: 'which list it uses' },
  ),
  modelled('class-map NAME', () => undefined, { opens: () => CLASS_MAP_MODE, readNo: () => 'no-effect' }),
  modelled('policy-map NAME', openPolicyMap, { opens: () => POLICY_MAP_MODE, readNo: () => 'no-effect' }),
  modelled(
    'service-policy NAME (global|interface NAMEIF)',
    (statement, { tree }) => void tree.servicePolicies.push(statement),
    {
      readNo: () => 'no-effect',
    },
  ),
  modelled('route-map NAME', () => undefined, { opens: () => ROUTE_MAP_MODE, readNo: () => 'no-effect' }),
  modelled('router PROTOCOL', () => 'no-effect', { opens: () => ROUTER_MODE, readNo: () => 'no-effect' }),
  modelled('group-policy NAME attributes', () => undefined, {
    opens: () => GROUP_POLICY_MODE,
    readNo: () => 'no-effect',
  }),
  modelled('username NAME attributes', () => 'no-effect', {
    opens: ({ words }) => (words[2] === 'attributes' ? GROUP_POLICY_MODE : undefined),
    readNo: () => 'no-effect',
  }),
  ...LOGGING_FORMS,
  modelled(
    'flow-export destination NAMEIF ADDRESS PORT',
    (statement, { tree }) => void tree.flowExports.push(statement),
    {
      readNo: () => 'no-effect',
    },
  ),
  modelled(
    'capture NAME …',
    (statement, reading) => {
      reading.tree.captures.push(statement);
      const at = statement.words.indexOf('access-list');
      if (at > 0) uses('capture', at + 1)(statement, reading);
    },
    { readNo: () => 'no-effect' },
  ),
  ...[
    'aaa authentication match',
    'aaa authentication include',
    'aaa authorization match',
    'aaa authorization include',
  ].map((form) =>
    conditional<Reading>(
      `${form} LIST NAMEIF`,
      'users log in before their connections pass; permits from that interface are possible, not definite',
      (statement, reading) => {
        reading.tree.cutThrough.push(statement);
        if (statement.words[2] === 'match') uses('authentication of users', 3)(statement, reading);
      },
      { readNo: () => 'no-effect' },
    ),
  ),
  modelled('aaa accounting match LIST NAMEIF', uses('accounting', 3), { readNo: () => 'no-effect' }),
  conditional(
    'established PROTOCOL PORT permitto …',
    'connections back from a host that one was opened to are possible',
    (statement, { tree }) => void tree.established.push(statement),
    { readNo: () => 'no-effect' },
  ),
];

const UNSUPPORTED: readonly Form<Reading>[] = [
  unsupported('conduit', 'rules of PIX 6 that are not read; no verdict of this device can be trusted', {
    read: (statement, { tree }) => void tree.conduits.push(statement),
  }),
  unsupported('outbound', 'rules of PIX 6 that are not read; no verdict of this device can be trusted', {
    read: (statement, { tree }) => void tree.conduits.push(statement),
  }),
  unsupported('apply', 'rules of PIX 6 that are not read; no verdict of this device can be trusted'),
  unsupported('alias', 'rewrites addresses in a way that is not modelled; traces of these addresses may be wrong'),
  unsupported('filter', 'web requests may be denied further; permits may be narrower'),
  unsupported('dynamic-filter drop', 'packets to listed addresses may be dropped; permits may be narrower'),
  unsupported('shun', 'packets of that source are dropped while it stands; permits may be narrower'),
  unsupported('ip audit interface', 'packets that look like attacks may be dropped; permits may be narrower'),
  unsupported('ip audit attack', 'packets that look like attacks may be dropped; permits may be narrower'),
  conditional(
    'ip verify reverse-path interface NAMEIF',
    'sources that routing has elsewhere are dropped; permits may be narrower',
    () => undefined,
    { readNo: () => 'no-effect' },
  ),
];

function sameSecurity(permitted: boolean) {
  return (statement: Statement, { tree }: Reading): LineState | void => {
    const value = permitted ? statement : undefined;
    if (statement.words[2] === 'inter-interface') tree.interInterface = value;
    else if (statement.words[2] === 'intra-interface') tree.intraInterface = value;
    else return 'unrecognised';
    return undefined;
  };
}

const TIME_RANGE_MODE: Mode<Reading> = {
  name: 'time-range',
  forms: new FormTable<Reading>([
    conditional(
      'absolute [start TIME DATE] [end TIME DATE]',
      'rules with the range are judged inside and outside of it; when it is over for good is read',
      ({ words }, { currentTimeRange }) => void currentTimeRange?.absolutes.push(endOfAbsolute(words)),
      { readNo: (_, { currentTimeRange }) => void currentTimeRange?.absolutes.splice(0) },
    ),
    noEffect('periodic', 'when the range holds is not judged'),
  ]),
  otherwise: 'no-effect',
};

const SCRIPT: readonly Form<Reading>[] = ['clear configure', 'clear config', 'clear'].map((form) =>
  modelled<Reading>(`${form} WHAT`, clearStatements, { note: 'removes what stands above it' }),
);

/** Statements without effect that have a block of their own. */
const BLOCKS: ReadonlySet<string> = new Set(INERT_BLOCKS.split(';').map((form) => form.trim().replace(/\s+/g, ' ')));

const INERT = NO_EFFECT.flatMap(({ reason, forms }) =>
  forms.split(';').map((text): Form<Reading> => {
    const form = text.trim().replace(/\s+/g, ' ');
    return BLOCKS.has(form)
      ? { ...noEffect<Reading>(form, reason), opens: () => INERT_MODE }
      : noEffect<Reading>(form, reason);
  }),
);

export const ROOT_MODE: Mode<Reading> = {
  name: 'top level',
  forms: new FormTable<Reading>([...MODELLED, ...UNSUPPORTED, ...SCRIPT, ...INERT]),
  readOther: ({ line }, { tree }) => {
    const { text } = line;
    const software = readVersion(text);
    if (software !== undefined) {
      tree.software = software;
      return 'modelled';
    }
    return /^[:#-]/.test(text) || /^(?:Cryptochecksum|Configuration)\b/i.test(text) ? 'no-effect' : undefined;
  },
};

const named = (mode: Mode<Reading>): FormGroup => ({ mode: mode.name, forms: mode.forms.forms });

export const FORM_GROUPS: readonly FormGroup[] = [
  named(ROOT_MODE),
  named(INTERFACE_MODE),
  named(NETWORK_OBJECT_MODE),
  named(SERVICE_OBJECT_MODE),
  ...Object.values(GROUP_MODES).slice(0, 5).map(named),
  ...POLICY_MODES.map(named),
  named(TIME_RANGE_MODE),
];
