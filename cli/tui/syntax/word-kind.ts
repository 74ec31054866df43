import type { TokenKind } from './tokens.ts';

const PERMITS = new Set(['permit', 'allow', 'accept', 'pass', 'inspect', 'trust']);
const DENIES = new Set(['deny', 'drop', 'discard', 'reject', 'block', 'reset-client', 'reset-server', 'reset-both']);

// One subject a line, so that a word is quickly found.
// oxfmt-ignore
const KEYWORDS = new Set([
  // How lines begin
  'set', 'delete', 'deactivate', 'activate', 'insert', 'rename', 'no', 'type', 'remark', 'description', 'ip', 'ipv6', 'hostname', 'host-name', 'version', 'end', 'exit',
  'interface', 'interfaces', 'router', 'route', 'vlan', 'vrf', 'line', 'aaa', 'ntp', 'logging', 'snmp', 'snmp-server', 'crypto', 'nat',
  'system', 'security', 'firewall', 'policy-options', 'routing-options', 'protocols', 'groups', 'apply-groups', 'applications', 'network',
  'rulebase', 'shared', 'deviceconfig', 'vsys', 'profiles', 'zone', 'zones', 'mgt-config', 'service', 'address',
  // Rule lists and what binds them
  'access-list', 'access-group', 'access-class', 'ip-access-list', 'policy-map', 'class-map', 'class', 'service-policy', 'zone-pair',
  'filter', 'term', 'policy', 'policies', 'from-zone', 'to-zone', 'rules', 'rule', 'rule-set', 'pre-rulebase', 'post-rulebase', 'global',
  'extended', 'standard', 'input', 'output', 'in', 'out', 'family', 'inet', 'inet6', 'unit', 'match', 'then', 'from', 'to', 'next',
  // What rules match by
  'any', 'any4', 'any6', 'host', 'object', 'object-group', 'group-object', 'network-object', 'service-object', 'port-object', 'eq', 'neq',
  'gt', 'lt', 'range', 'tcp', 'udp', 'icmp', 'icmp6', 'esp', 'gre', 'ahp', 'tcp-udp', 'established', 'fragments', 'log', 'log-input',
  'time-range', 'source', 'destination', 'source-address', 'destination-address', 'source-port', 'destination-port', 'protocol',
  'application', 'applications', 'prefix-list', 'address-set', 'address-group', 'address-book', 'service-group', 'application-group',
  'application-set', 'tag', 'action', 'subnet', 'fqdn', 'member', 'static', 'dynamic', 'disabled', 'inactive', 'security-zone', 'nameif',
  'security-level', 'schedule', 'scheduler', 'scheduler-name', 'count', 'syslog', 'log-start', 'log-end', 'log-setting', 'profile-setting',
]);

/** Words that a name follows. */
const NAMING = new Set([
  'hostname',
  'host-name',
  'interface',
  'access-list',
  'access-group',
  'access-class',
  'policy-map',
  'class-map',
  'class',
  'service-policy',
  'zone',
  'zone-pair',
  'security-zone',
  'filter',
  'term',
  'policy',
  'from-zone',
  'to-zone',
  'rules',
  'rule',
  'rule-set',
  'object',
  'object-group',
  'group-object',
  'address',
  'address-set',
  'address-group',
  'service',
  'service-group',
  'application',
  'application-set',
  'application-group',
  'prefix-list',
  'source-prefix-list',
  'destination-prefix-list',
  'time-range',
  'scheduler',
  'scheduler-name',
  'schedule',
  'source',
  'destination',
  'source-address',
  'destination-address',
  'nameif',
  'vrf',
  'route-map',
  'extended',
  'standard',
  'member',
  'network',
  'from',
  'to',
  'input',
  'output',
  'group',
  'groups',
  'apply-groups',
  'profile',
  'match-any',
  'match-all',
  'static',
]);

const NUMBER = /^\d+(?:[-,:]\d+)*,?$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,3}(?:\.\d{1,3}){0,3})?(?:-\d{1,3}(?:\.\d{1,3}){3})?$/;
/** At least two colons, so that clock times and `tcp:443` are none. */
const IPV6 = /^(?=[^:]*:[^:]*:)[\da-f:]*(?:\d{1,3}(?:\.\d{1,3}){3})?(?:\/\d{1,3})?(?:-[\da-f:]+)?$/i;
/** Longer words are none of the above: no pattern is tried on them. */
const LONGEST = 100;

/** What a word looks like, given the word before it. */
export function wordKind(word: string, before: string): TokenKind {
  if (word.length > LONGEST) return 'plain';
  const small = word.toLowerCase();
  // Vendors write their words in small letters, so that `access-list OUT` names a list.
  if (word !== small && NAMING.has(before)) return 'name';
  if (before === 'type') return 'keyword';
  if (PERMITS.has(small)) return 'action-permit';
  if (DENIES.has(small)) return 'action-deny';
  if (IPV4.test(word) || IPV6.test(word)) return 'address';
  if (NUMBER.test(word)) return 'number';
  if (!isWord(word)) return 'plain';
  if (KEYWORDS.has(small) || before === '') return 'keyword';
  return NAMING.has(before) ? 'name' : 'plain';
}

function isWord(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word);
}
