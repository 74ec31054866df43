import type { Form, Mode, Statement } from '../syntax/statements.ts';
import type { InterfaceNode, Reading } from './tree.ts';
import type { LineState } from '../diagnostics.ts';
import { nameifOf } from './tree.ts';
import { conditional, FormTable, modelled, noEffect } from '../syntax/statements.ts';

/** Opens or continues an interface; blocks of one name are one interface. */
export function openInterface(reading: Reading, name: string, statement: Statement): InterfaceNode {
  const known = reading.tree.interfaces.get(name);
  const node = known ?? {
    name,
    statement,
    nameif: undefined,
    label: undefined,
    level: undefined,
    description: undefined,
    shutdown: false,
    managementOnly: undefined,
    noAddress: false,
    addresses: [],
    ip6: [],
    bridgeGroup: undefined,
    vrf: undefined,
  };
  if (known === undefined) reading.tree.interfaces.set(name, node);
  reading.currentInterface = node;
  return node;
}

type Act = (node: InterfaceNode, statement: Statement) => void;

/** A handler on the interface that is open. */
function on(act: Act): (statement: Statement, reading: Reading) => void {
  return (statement, reading) => {
    if (reading.currentInterface !== undefined) act(reading.currentInterface, statement);
  };
}

function setLevel(node: InterfaceNode, statement: Statement, word: string | undefined): void {
  const value = Number(word);
  const valid = word !== undefined && Number.isInteger(value) && value >= 0 && value <= 100;
  node.level = valid ? { value, statement } : undefined;
}

/** `nameif NAME` below an interface; PIX writes `nameif HARDWARE NAME securityLEVEL` at top level. */
export function readNameif(statement: Statement, reading: Reading): LineState | void {
  const [, first, second, third] = statement.words;
  const node = second === undefined ? reading.currentInterface : openInterface(reading, first ?? '', statement);
  if (node === undefined) return 'unrecognised';
  node.nameif = statement;
  node.label = second ?? first;
  if (node.label !== undefined) reading.tree.nameifs.set(node.label.toLowerCase(), node.label);
  if (second !== undefined) setLevel(node, statement, third?.replace(/^security/, ''));
  return undefined;
}

/** `ip address ADDRESS MASK` below an interface; PIX writes `ip address NAMEIF ADDRESS MASK` at top level. */
export function readIpAddress(statement: Statement, reading: Reading): LineState | void {
  const label = nameifOf(reading.tree, statement.words[2] ?? '');
  const named = [...reading.tree.interfaces.values()].find((node) => node.label === label);
  if (named !== undefined) {
    named.addresses.push({ ...statement, words: statement.words.filter((_, at) => at !== 2) });
    return undefined;
  }
  const node = reading.currentInterface;
  if (node === undefined) return 'unrecognised';
  node.addresses.splice(0, node.addresses.length, statement);
  node.noAddress = false;
  return undefined;
}

const inert = (forms: string, reason: string): Form<Reading>[] =>
  forms.split(';').map((form) => noEffect<Reading>(form.trim(), reason));

const FORMS: readonly Form<Reading>[] = [
  modelled('nameif NAME', readNameif, {
    readNo: on((node) => {
      node.nameif = undefined;
      node.label = undefined;
    }),
  }),
  modelled(
    'security-level NUMBER',
    on((node, statement) => setLevel(node, statement, statement.words[1])),
    {
      readNo: on((node) => (node.level = undefined)),
    },
  ),
  modelled('ip address ADDRESS MASK [standby ADDRESS]', readIpAddress, { readNo: on((node) => clearAddresses(node)) }),
  modelled(
    'ipv6 address PREFIX',
    on((node, statement) => node.ip6.push(statement)),
    { readNo: () => 'no-effect' },
  ),
  modelled(
    'ipv6 enable',
    on((node, statement) => node.ip6.push(statement)),
    { readNo: () => 'no-effect' },
  ),
  modelled(
    'shutdown',
    on((node) => (node.shutdown = true)),
    { readNo: on((node) => (node.shutdown = false)) },
  ),
  modelled(
    'management-only',
    on((node, statement) => (node.managementOnly = statement)),
    {
      readNo: on((node) => (node.managementOnly = undefined)),
    },
  ),
  modelled(
    'bridge-group NUMBER',
    on((node, statement) => (node.bridgeGroup = statement.words[1])),
  ),
  noEffect('zone-member NAME', 'packets of a zone may use any of its members; every pair of interfaces is judged'),
  modelled(
    'vrf forwarding NAME',
    on((node, statement) => (node.vrf = statement.words[2])),
    {
      note: 'FTD; what crosses routing tables is possible, not definite',
    },
  ),
  modelled(
    'description TEXT',
    on((node, { line }) => (node.description = line.text.slice(12).trim())),
    {
      readNo: () => 'no-effect',
      note: 'shown, and a weak sign of trust',
    },
  ),
  conditional(
    'policy-route route-map NAME',
    'chooses the way out by policy; crossings are judged for every way out',
    () => undefined,
  ),
  ...inert(
    `speed; duplex; vlan; channel-group; member-interface; mtu; delay; bandwidth; mac-address; lacp; port-channel;
     media-type; negotiation; flowcontrol; hold-time; no-arp; arp; dhcprelay; dhcp; ddns; pppoe; ipv6 nd; ipv6 dhcp;
     ipv6 ospf; ipv6 enforce-eui64; ospf; eigrp; ip ospf; split-horizon; hello-interval; rip; igmp; pim; multicast;
     switchport; prioritize; failover; cts; propagate; policy; sgt; nve; vtep-nve; segment-id; mcast-group; peer;
     redundant; poll-timer; authentication; summary-address; isis; mlm; carrier-delay; forward; bfd; power;
     lldp; tunnel; prefix; backup; allow-ssc-mgmt; cluster; dest-unreach; ip arp; xconnect; service-policy;
     no-summary; keepalive; load-balance; jumbo-frame; fec; snmp; trust`,
    'link, routing or neighbour settings',
  ),
];

function clearAddresses(node: InterfaceNode): void {
  node.addresses.length = 0;
  node.noAddress = true;
}

export const INTERFACE_MODE: Mode<Reading> = { name: 'interface', forms: new FormTable(FORMS) };
