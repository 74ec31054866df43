import { ownPath, Patterns } from './patterns.ts';
import type { JunosNode } from './tree.ts';

/** Statements that hold one value: a second one takes the place of the first. */
const SINGLE: Patterns<true> = new Patterns(
  `system host-name
system domain-name
version
interfaces * description
interfaces * unit * description
interfaces * unit * vlan-id
interfaces * unit * family * filter (input|output)
interfaces * unit * family * filter (input|output) *
interfaces * (gigether-options|fastether-options) redundant-parent
vlans * (vlan-id|l3-interface)
vlans * filter (input|output)
vlans * forwarding-options filter (input|output)
forwarding-options family * filter (input|output)
routing-instances * instance-type
routing-instances * forwarding-options family * filter (input|output)
policy-options prefix-list * apply-path
applications application * (protocol|source-port|destination-port|icmp-type|icmp-code|application-protocol)
applications application * (inactivity-timeout|ether-type|uuid|rpc-program-number)
applications application * term * (protocol|source-port|destination-port|icmp-type|icmp-code|alg|icmp6-type|icmp6-code)
security policies default-policy
security policies from-zone * to-zone * policy * scheduler-name
security policies global policy * scheduler-name
security forwarding-options family * mode
security zones security-zone * screen
security log mode
security nat (source|destination|static) rule-set * rule * then (source-nat|destination-nat|static-nat)
security nat (source|destination|static) rule-set * rule * then (source-nat|destination-nat) pool`
    .split('\n')
    .map((path) => [path, true] as const),
);

/** Statements of which a place holds one: writing another one takes the first one's place. */
const CHOICES: Patterns<ReadonlySet<string>> = new Patterns(
  [
    ['firewall filter * term * then', 'accept discard reject next routing-instance logical-system next-ip next-ip6'],
    ['firewall family * filter * term * then', 'accept discard reject next routing-instance logical-system'],
    ['security policies from-zone * to-zone * policy * then', 'permit deny reject'],
    ['security policies global policy * then', 'permit deny reject'],
  ].map(([path = '', words = '']) => [path, new Set(words.split(' '))] as const),
);

/** The children of `parent` whose place a child with this word takes. */
export function replacedBy(parent: JunosNode, word: string): readonly JunosNode[] {
  if (parent.children.length === 0) return [];
  const path = ownPath(parent);
  if (SINGLE.exactly(path) === true)
    return parent.children.filter((each) => each.word !== word && !isGroupWord(each.word));
  const choice = CHOICES.exactly(path);
  if (choice?.has(word) !== true) return [];
  return parent.children.filter((each) => each.word !== word && choice.has(each.word));
}

/** Statements about groups that may stand anywhere among others. */
export function isGroupWord(word: string): boolean {
  return word === 'apply-groups' || word === 'apply-groups-except' || word === 'apply-macro' || word === 'apply-flags';
}
