import type { Family } from '../model/address.ts';
import type { InterfaceAddress, NetworkInterface } from '../model/device.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Notes } from './notes.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

/** How an interface handles packets: what zones of the same type it can be in. `other`: high availability, logging, mirror. */
type InterfaceMode = 'layer3' | 'layer2' | 'virtual-wire' | 'tap' | 'other';

/** An interface or subinterface: `ethernet1/1`, `ae1.20`, `vlan.10`, `loopback.1`, `tunnel.5`. */
export interface PanInterface {
  readonly name: string;
  /** `ethernet1/1` for `ethernet1/1.100`; its own name otherwise. */
  readonly parent: string;
  readonly mode: InterfaceMode;
  /** `loopback` reaches the firewall alone; `tunnel` leads into a tunnel. */
  readonly kind: 'ethernet' | 'vlan' | 'loopback' | 'tunnel';
  readonly network: NetworkInterface;
  /** Some of its addresses could not be read (a `$variable`, an object that the text does not define). */
  readonly hasUnknownAddress: boolean;
  /** What makes the address come from outside: `dhcp-client`, `pppoe`. */
  readonly dynamic: PanNode | undefined;
  /** It takes its default route from there, too. */
  readonly learnsDefault: boolean;
  readonly comment: PanNode | undefined;
  readonly netflow: PanNode | undefined;
  readonly node: PanNode;
}

/** Looks up an address object for an interface: the value of its `ip-netmask`. */
export type AddressLookup = (owner: string, name: string) => string | undefined;

/** Kinds below `network interface` whose entries are ports of the device. */
const PORTS: ReadonlySet<string> = new Set(['ethernet', 'aggregate-ethernet', 'cellular']);

/** Words that make an address come from outside. */
const DYNAMIC: readonly string[] = ['dhcp-client', 'pppoe'];

interface Around {
  readonly notes: Notes;
  readonly lookup: AddressLookup;
}

/** Every interface of a firewall in order of appearance, subinterfaces behind their parent. */
export function readInterfaces(network: PanNode | undefined, lookup: AddressLookup, notes: Notes): PanInterface[] {
  const around: Around = { notes, lookup };
  const found: PanInterface[] = [];
  const kinds = entries(network, 'interface');
  const downGroups = groupsOfDownPorts(kinds);
  for (const kind of kinds) {
    if (PORTS.has(kind.word)) for (const port of kind.children) found.push(...readPort(port, downGroups, around));
    else if (kind.children.length > 0) found.push(...readVirtual(kind, around));
  }
  return found;
}

/** Aggregate groups of which every port is down. */
function groupsOfDownPorts(kinds: readonly PanNode[]): ReadonlySet<string> {
  const [up, down] = [new Set<string>(), new Set<string>()];
  for (const kind of kinds) {
    for (const port of kind.children) {
      const group = value(port, 'aggregate-group');
      if (group !== undefined) (isDown(port) ? down : up).add(group);
    }
  }
  return new Set([...down].filter((group) => !up.has(group)));
}

function isDown(port: PanNode): boolean {
  return value(port, 'link-state') === 'down';
}

function modeOf(port: PanNode): { readonly mode: InterfaceMode; readonly body: PanNode } {
  for (const mode of ['layer3', 'layer2', 'virtual-wire', 'tap'] as const) {
    const body = port.get(mode);
    if (body !== undefined) return { mode, body };
  }
  return { mode: 'other', body: port };
}

function readPort(port: PanNode, downGroups: ReadonlySet<string>, around: Around): PanInterface[] {
  const { mode, body } = modeOf(port);
  // A member of an aggregate has no addresses or zone of its own; an entry without a mode is not in use yet.
  const enabled = !isDown(port) && !downGroups.has(port.word);
  const facts = { parent: port.word, mode, kind: 'ethernet', enabled, inherited: port.get('comment') } as const;
  const units = entries(body, 'units');
  return [
    readOne(port, body, facts, around),
    ...units.map((unit) => readOne(unit, unit, { ...facts, parent: port.word }, around)),
  ];
}

/** `vlan`, `loopback`, `tunnel`, `sdwan`: subinterfaces, and the interface that is called like the kind. */
function readVirtual(kind: PanNode, around: Around): PanInterface[] {
  const is = kind.word === 'loopback' || kind.word === 'vlan' ? kind.word : 'tunnel';
  const facts = { parent: kind.word, mode: 'layer3', kind: is, enabled: true, inherited: undefined } as const;
  const own = kind.get('ip') ?? kind.get('ipv6') ?? kind.get('dhcp-client');
  return [
    ...(own === undefined ? [] : [readOne(kind, kind, facts, around)]),
    ...entries(kind, 'units').map((unit) => readOne(unit, unit, facts, around)),
  ];
}

interface Facts {
  readonly parent: string;
  readonly mode: InterfaceMode;
  readonly kind: PanInterface['kind'];
  readonly enabled: boolean;
  /** Comment of the port that a subinterface is on. */
  readonly inherited: PanNode | undefined;
}

function readOne(node: PanNode, body: PanNode, facts: Facts, around: Around): PanInterface {
  const isRouted = facts.mode === 'layer3';
  const written = isRouted ? [...entries(body, 'ip'), ...entries(body, 'ipv6', 'address')] : [];
  const addresses = written.flatMap((entry) => readAddress(entry, node.word, around));
  const dynamic = isRouted ? DYNAMIC.flatMap((word) => inUse(body.get(word)) ?? [])[0] : undefined;
  const hasUnknownAddress = addresses.length < written.length;
  const comment = (child(node, 'comment') ?? facts.inherited)?.children[0];
  const network: NetworkInterface = {
    name: node.word,
    ...(comment !== undefined && { description: comment.word }),
    addresses,
    families: isRouted ? familiesOf(body, facts.kind, dynamic !== undefined) : [],
    dynamicAddress: dynamic !== undefined || inUse(child(body, 'ipv6', 'dhcp-client')) !== undefined,
    enabled: facts.enabled,
    span: node.span,
  };
  return {
    name: node.word,
    parent: facts.parent,
    mode: facts.mode,
    kind: facts.kind,
    network,
    hasUnknownAddress,
    dynamic,
    // PAN-OS web interface help, "Layer 3 Interface": the default route from the server is taken unless the box is cleared.
    learnsDefault: dynamic !== undefined && value(dynamic, 'create-default-route') !== 'no',
    comment,
    netflow: child(body, 'netflow-profile')?.children[0],
    node,
  };
}

/** A client that is written and not switched off. */
function inUse(node: PanNode | undefined): PanNode | undefined {
  return node === undefined || value(node, 'enable') === 'no' ? undefined : node;
}

/** A tunnel carries IPv4 without an address of its own; IPv6 must be enabled (PAN-OS web interface help, "Tunnel Interface"). */
function familiesOf(body: PanNode, kind: PanInterface['kind'], isDynamic: boolean): Family[] {
  const families: Family[] = [];
  if (entries(body, 'ip').length > 0 || isDynamic || kind === 'tunnel') families.push(4);
  const ip6 = body.get('ipv6');
  const enabled = isYes(ip6, 'enabled') || (entries(ip6, 'address').length > 0 && value(ip6, 'enabled') !== 'no');
  if (enabled || inUse(child(ip6, 'dhcp-client')) !== undefined) families.push(6);
  return families;
}

function readAddress(node: PanNode, owner: string, { notes, lookup }: Around): InterfaceAddress[] {
  const read = parse(node.word, node) ?? parse(lookup(owner, node.word) ?? '', node);
  if (read !== undefined) return [read];
  notes.mark(node, 'conditional');
  notes.diagnose(
    'panos/interface-address',
    'warning',
    node.span,
    `the address \`${node.word}\` of interface \`${owner}\` is neither an address nor an address object of the text`,
    'which networks and default routes lie behind the interface is not known',
  );
  return [];
}

function parse(text: string, node: PanNode): InterfaceAddress | undefined {
  const [base = '', length, more] = text.split('/');
  const ip6 = parseIp6(base);
  const address = ip6 ?? parseIp4(base);
  const bits = ip6 === undefined ? 32 : 128;
  const prefixLength = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (address === undefined || more !== undefined || !(prefixLength <= bits)) return undefined;
  return { family: ip6 === undefined ? 4 : 6, address, prefixLength, span: node.span };
}
