import type { Telemetry } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, Notes, PolicyMapNode } from './tree.ts';

/** Where records of traffic go, and what inspects it. */
export function convertTelemetry(tree: AsaTree, lists: readonly RuleList[], notes: Notes): Telemetry[] {
  const found: Telemetry[] = [];
  for (const statement of tree.logging.hosts) {
    found.push({
      kind: 'syslog',
      target: statement.words[3] ?? '',
      covers: [],
      // Without `logging enable` and a level in `logging trap` nothing is sent, whatever hosts are named.
      effective: tree.logging.enabled && tree.logging.places.has('trap'),
      span: notes.span(statement.line),
    });
  }
  found.push(...connectionEvents(tree, lists));
  const policies = boundPolicies(tree);
  for (const statement of tree.flowExports) {
    const target = statement.words[3] ?? '';
    found.push({
      kind: 'flow-export',
      target,
      covers: [],
      effective: policies.some(({ node }) => node.exports.some(({ words }) => words.includes(target))),
      span: notes.span(statement.line),
    });
  }
  for (const { node, covers } of policies) {
    for (const statement of node.inspections) found.push(inspection(statement, covers, true, notes));
  }
  for (const node of tree.policyMaps.values()) {
    if (policies.some((policy) => policy.node === node)) continue;
    for (const statement of node.inspections) found.push(inspection(statement, [], false, notes));
  }
  for (const statement of tree.captures) {
    const at = statement.words.indexOf('interface');
    found.push({
      kind: 'packet-capture',
      target: statement.words[1] ?? '',
      covers: at < 0 ? [] : [statement.words[at + 1] ?? ''],
      effective: at > 0,
      span: notes.span(statement.line),
    });
  }
  return found;
}

/** FTD sends what a rule logs (`event-log`) to the manager, whatever the syslog settings say. */
function connectionEvents({ software }: AsaTree, lists: readonly RuleList[]): Telemetry[] {
  if (software?.product !== 'ftd') return [];
  const rule = lists
    .flatMap(({ rules }) => rules)
    .find(({ logging, enabled }) => enabled && logging.detail.startsWith('event-log'));
  if (rule === undefined) return [];
  return [{ kind: 'syslog', target: 'the manager (event-log)', covers: [], effective: true, span: rule.span }];
}

/** Words that let an inspection see a copy only: it writes about an attack and stops none. */
const PASSIVE: ReadonlySet<string> = new Set(['promiscuous', 'monitor-only']);

function inspection(statement: Statement, covers: readonly string[], bound: boolean, notes: Notes): Telemetry {
  return {
    kind: 'intrusion-prevention',
    target: statement.words[0] ?? '',
    covers,
    effective: bound,
    ...(statement.words.some((word) => PASSIVE.has(word)) ? { passive: true } : {}),
    span: notes.span(statement.line),
  };
}

/** Policy maps that a service-policy puts to work, with the interfaces they cover. */
function boundPolicies(tree: AsaTree): { readonly node: PolicyMapNode; readonly covers: readonly string[] }[] {
  return tree.servicePolicies.flatMap(({ words }) => {
    const node = tree.policyMaps.get(words[1] ?? '');
    if (node === undefined) return [];
    return [{ node, covers: words[2] === 'interface' && words[3] !== undefined ? [words[3]] : [] }];
  });
}
