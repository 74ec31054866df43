import type { Telemetry } from '../model/device.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, Notes, PolicyMapNode } from './tree.ts';

/** Where records of traffic go, and what inspects it. */
export function convertTelemetry(tree: AsaTree, notes: Notes): Telemetry[] {
  const found: Telemetry[] = [];
  for (const statement of tree.loggingHosts) {
    found.push({
      kind: 'syslog',
      target: statement.words[3] ?? '',
      covers: [],
      // Without `logging enable` nothing is sent, whatever hosts are named.
      effective: tree.loggingEnabled,
      span: notes.span(statement.line),
    });
  }
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

function inspection(statement: Statement, covers: readonly string[], bound: boolean, notes: Notes): Telemetry {
  return {
    kind: 'intrusion-prevention',
    target: statement.words[0] ?? '',
    covers,
    effective: bound,
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
