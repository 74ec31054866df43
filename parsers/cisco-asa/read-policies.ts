import type { Form, Mode, Statement } from '../syntax/statements.ts';
import type { LineState } from '../diagnostics.ts';
import type { Reading } from './tree.ts';
import { FormTable, modelled, noEffect, unsupported } from '../syntax/statements.ts';

/** Remembers that a statement names an access list at `words[word]` for a purpose that is no filtering. */
export function uses(purpose: string, word: number): (statement: Statement, reading: Reading) => void {
  return (statement, { tree }) => {
    const list = statement.words[word];
    if (list !== undefined && list !== 'none') tree.uses.push({ list, purpose, statement, word });
  };
}

const rest = (name: string, forms: readonly Form<Reading>[]): Mode<Reading> => ({
  name,
  forms: new FormTable<Reading>(forms),
  otherwise: 'no-effect',
  readOther: inertBelow,
});

/** Words that a line with a meaning for filtering may have: where nothing is indented, such a line may be a typing error. */
const FILTER_WORDS = /access|permit|deny|object|nat\b|static|interface|nameif/;

/** Lines below a statement without effect. Unindented ones count only when they do not look like filtering. */
function inertBelow({ line }: Statement): LineState | void {
  return line.indent > 0 || !FILTER_WORDS.test(line.text) ? 'no-effect' : 'unrecognised';
}

/** What stands below a statement that has no effect, indented or not. */
export const INERT_MODE = rest('settings without effect', []);

export const CLASS_MAP_MODE = rest('class-map', [modelled('match access-list NAME', uses('class map', 2))]);

export const ROUTE_MAP_MODE = rest('route-map', [
  modelled('match ip address NAME', uses('route map', 3)),
  modelled('match ipv6 address NAME', uses('route map', 3)),
]);

export const GROUP_POLICY_MODE = rest('group-policy attributes', [
  modelled('vpn-filter value NAME', uses('VPN filter', 2)),
  modelled('vpn-filter none', () => undefined, { note: 'no access list' }),
  modelled('ipv6-vpn-filter value NAME', uses('VPN filter', 2)),
  modelled('split-tunnel-network-list value NAME', uses('split tunnel', 2)),
  modelled('ipv6-split-tunnel-network-list value NAME', uses('split tunnel', 2)),
]);

export const ROUTER_MODE = rest('router', [modelled('distribute-list NAME (in|out)', uses('distribute list', 1))]);

export function openPolicyMap({ words }: Statement, reading: Reading): void {
  const name = words[1] === 'type' ? (words[3] ?? '') : (words[1] ?? '');
  let node = reading.tree.policyMaps.get(name);
  if (node === undefined) reading.tree.policyMaps.set(name, (node = { name, inspections: [], exports: [] }));
  reading.currentPolicyMap = node;
}

const inspects = (form: string): Form<Reading> =>
  modelled(form, (statement, { currentPolicyMap }) => void currentPolicyMap?.inspections.push(statement), {
    note: 'intrusion prevention; it can only deny further',
  });

const POLICY_CLASS_MODE = rest('policy-map class', [
  inspects('ips (inline|promiscuous) [fail-open|fail-close]'),
  inspects('sfr [fail-open|fail-close] [monitor-only]'),
  inspects('cxsc [fail-open|fail-close] [monitor-only]'),
  modelled(
    'flow-export event-type TYPE destination ADDRESS',
    (statement, { currentPolicyMap }) => void currentPolicyMap?.exports.push(statement),
    { readNo: () => 'no-effect' },
  ),
  unsupported(
    'set connection advanced-options tcp-state-bypass',
    'packets other than a SYN can open flows there too; verdicts are about first packets and stay right',
  ),
  noEffect('set connection', 'limits and timers of connections that are permitted already'),
  noEffect('inspect PROTOCOL', 'follows permitted connections; never permits a first packet'),
  noEffect('police', 'rate limit'),
  noEffect('priority', 'queueing'),
  noEffect('shape', 'queueing'),
  noEffect('user-statistics', 'statistics'),
  noEffect('csc', 'content security of permitted connections'),
]);

export const POLICY_MAP_MODE = rest('policy-map', [
  modelled('class NAME', () => undefined, { opens: () => POLICY_CLASS_MODE }),
]);

export const POLICY_MODES: readonly Mode<Reading>[] = [
  CLASS_MAP_MODE,
  ROUTE_MAP_MODE,
  GROUP_POLICY_MODE,
  ROUTER_MODE,
  POLICY_MAP_MODE,
  POLICY_CLASS_MODE,
];
