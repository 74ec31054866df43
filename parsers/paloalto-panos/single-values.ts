import type { PanNode } from './tree.ts';

/** Statements that have one value: a later one takes the place of an earlier one. */
const SINGLE: ReadonlySet<string> = new Set(
  `action rule-type disabled negate-source negate-destination log-start log-end log-setting description schedule
group-tag icmp-unreachable nat-type to-interface comments color ip-netmask ip-range ip-wildcard fqdn hostname
display-name parent-dg translated-address translated-port bi-directional protocol profile default-gateway timezone
panorama-server panorama-server-2 enable nexthop metric zone-protection-profile enable-user-identification
detail-version version`.split(/\s+/),
);

/** Statements of which an entry has one: setting one takes the others away. */
const CHOICES: readonly ReadonlySet<string>[] = [
  new Set(['ip-netmask', 'ip-range', 'ip-wildcard', 'fqdn']),
  new Set(['static', 'dynamic']),
];

/** Takes away what the value just written replaces. `isAlone`: it is not one of a list. */
export function keepOne(value: PanNode, isAlone: boolean): void {
  const statement = value.parent;
  if (!isAlone || statement?.parent === undefined || value.children.length > 0) return;
  if (isScope(statement.parent)) return;
  if (SINGLE.has(statement.word) && isStatement(statement)) {
    for (const each of statement.children.slice()) if (each !== value) statement.drop(each);
  }
  const choice = CHOICES.find((words) => words.has(statement.word));
  if (choice === undefined) return;
  for (const each of statement.parent.children.slice()) {
    if (each !== statement && choice.has(each.word)) statement.parent.drop(each);
  }
}

/** Words here are lists of entries (`schedule`), not statements. */
function isScope(node: PanNode): boolean {
  const list = node.parent?.word;
  return list === 'vsys' || list === 'device-group' || node.word === 'shared' || node.word === 'panorama';
}

/** Not the list of that name: `translated-address [ a b ]` in a dynamic translation, `protocol tcp` of a service. */
function isStatement({ word, parent }: PanNode): boolean {
  if (word === 'translated-address') return parent?.word === 'static-ip' || parent?.word === 'destination-translation';
  if (word === 'protocol') return parent?.parent?.word === 'rules';
  if (word === 'version') return parent?.parent === undefined;
  return true;
}
