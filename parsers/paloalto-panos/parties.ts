import { range4, range6, type AddressTerm } from '../model/address.ts';
import type { Evidence } from './evidence.ts';
import type { Firewall, Names, Scope, VirtualSystem } from './firewall.ts';
import { forwardingRules, type ForwardingRule } from './forwarding.ts';
import { convertNat, type Nat } from './nat.ts';
import type { NetworkFacts } from './network.ts';
import type { Notes } from './notes.ts';
import type { Exits } from './routes.ts';
import { convertSecurity, type Security } from './security.ts';
import { placesOf, type Place } from './segments.ts';
import { child, entries, type PanNode } from './tree.ts';
import { readZones, undefinedZones, type PanZone } from './zones.ts';

/** A virtual system or shared gateway of a firewall, with what it does to packets. */
export interface Party {
  /** `vsys1`, `sg1`: what other systems know it by. */
  readonly id: string;
  /** Of its device: `fw1/vsys2`. */
  readonly name: string;
  readonly system: VirtualSystem;
  readonly places: readonly Place[];
  /** Undefined for a shared gateway, which has no security policy. */
  readonly security: Security | undefined;
  readonly nat: Nat;
  readonly forwarding: readonly ForwardingRule[];
  /** Its external zones by the virtual systems and gateways that they stand for. */
  readonly externals: ReadonlyMap<string, readonly string[]>;
  /** Virtual systems that it sees (`visible-vsys`); undefined where it does not say. */
  readonly sees: ReadonlySet<string> | undefined;
}

/** Statements of a virtual system or gateway, before anything is converted. */
export interface Outline {
  readonly system: VirtualSystem;
  readonly kind: 'vsys' | 'gateway';
  readonly zones: readonly PanZone[];
  /** Interfaces that it imports, or that its zones name. */
  readonly claimed: ReadonlySet<string>;
}

/** Virtual systems, then shared gateways. */
export function outlinesOf(firewall: Firewall, notes: Notes): Outline[] {
  const gateways = firewall.gateways.map((node) => gatewayOf(firewall, node));
  return [
    ...firewall.systems.map((system) => outline(system, 'vsys', notes)),
    ...gateways.map((system) => outline(system, 'gateway', notes)),
  ];
}

function outline(system: VirtualSystem, kind: Outline['kind'], notes: Notes): Outline {
  const zones = readZones(system.node, notes);
  const imports = child(system.node, 'import');
  if (imports !== undefined) notes.mark(imports, 'modelled');
  const zoned = zones.filter(({ type }) => type !== 'external').flatMap(({ members }) => members);
  const claimed = [...entries(imports, 'network', 'interface'), ...zoned].map(({ word }) => word);
  return { system, kind, zones, claimed: new Set(claimed) };
}

/** A shared gateway keeps zones, objects and NAT rules like a virtual system, and no security rules. */
function gatewayOf(firewall: Firewall, node: PanNode): VirtualSystem {
  const shared = child(firewall.root, 'shared');
  const scopes: Scope[] = [
    { title: `shared gateway ${node.word}`, node },
    ...(shared === undefined ? [] : [{ title: 'shared', node: shared }]),
  ];
  const rulebase = child(node, 'rulebase');
  return {
    name: `${firewall.name}/${node.word}`,
    id: node.word,
    title: child(node, 'display-name')?.children[0]?.word,
    node,
    rulebases:
      rulebase === undefined ? [] : [{ title: `rules of ${node.word}`, where: 'local', node: rulebase, scopes }],
    defaultRules: [],
    scopes,
  };
}

/** What a party is made with. */
export interface PartyFacts {
  readonly network: NetworkFacts;
  readonly evidence: Evidence;
  readonly exits: Exits;
  readonly hasNetwork: boolean;
  /** Every system and gateway of the firewall. */
  readonly all: readonly Outline[];
  readonly namesOf: (scopes: readonly Scope[]) => Names;
  readonly notes: Notes;
}

/** Converts a virtual system or gateway. */
export function partyOf(outline: Outline, facts: PartyFacts): Party {
  const { system, kind } = outline;
  const { network, notes, namesOf } = facts;
  const security = kind === 'vsys' ? convertSecurity(system, namesOf, notes) : undefined;
  const missing = undefinedZones(security?.zonesNamed ?? [], outline.zones, facts.hasNetwork, notes);
  const zones = [...outline.zones, ...missing];
  if (zones.length === 0 && security !== undefined) reportNoZones(security, notes);
  const owned = ownedBy(outline, facts);
  const places = placesOf({ kind, zones, owned }, network, facts.evidence, notes);
  const externals = externalsOf(zones);
  const zoneAt = zonesByInterface(outline, externals, facts);
  const interfaces = new Map(zones.map(({ name, type, members }) => [name, type === 'external' ? [] : members]));
  const nat = convertNat(system, namesOf, notes, {
    zoneOf: (term) => facts.exits.of(term, (name) => zoneAt.get(name)),
    interfaceAddresses: (name) => addressesOf(name, network),
    zones: zones.map(({ name }) => name),
    interfacesOf: (zone) => (interfaces.get(zone) ?? []).map(({ word }) => word),
  });
  const seen = child(system.node, 'import', 'visible-vsys');
  const rulebases = system.rulebases.flatMap((rulebase) => ('node' in rulebase ? [rulebase] : []));
  return {
    id: system.id,
    name: system.name,
    system,
    places,
    security,
    nat,
    forwarding: forwardingRules(rulebases),
    externals,
    sees: seen === undefined ? undefined : new Set(seen.children.map(({ word }) => word)),
  };
}

function reportNoZones({ lists }: Security, notes: Notes): void {
  const list = lists.find(({ rules }) => rules.some(({ enabled }) => enabled));
  if (list === undefined) return;
  notes.diagnose(
    'panos/no-zones',
    'warning',
    list.span,
    'the text has rules for any zone and no zones',
    'no connection can be judged: the network is not in the text; its rules can be asked by the name of their list',
  );
}

/** Interfaces of a party; those that nobody claims belong to the only virtual system there is. */
function ownedBy({ system, claimed }: Outline, { all, network }: PartyFacts): readonly string[] {
  const systems = all.filter(({ kind }) => kind === 'vsys');
  const isOnly = systems.length === 1 && systems[0]?.system === system;
  const others = all.filter((other) => other.system !== system);
  return network.interfaces
    .map(({ name }) => name)
    .filter((name) => claimed.has(name) || (isOnly && !others.some((other) => other.claimed.has(name))));
}

function externalsOf(zones: readonly PanZone[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, type, members } of zones) {
    if (type !== 'external') continue;
    for (const { word } of members) found.set(word, [...(found.get(word) ?? []), name]);
  }
  return found;
}

/** The zone that packets to an interface have for their destination: an external one where another system has it. */
function zonesByInterface(
  { system, zones }: Outline,
  externals: ReadonlyMap<string, readonly string[]>,
  { all }: PartyFacts,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const other of all) {
    const [external, more] = externals.get(other.system.id) ?? [];
    if (other.system === system || external === undefined || more !== undefined) continue;
    for (const name of other.claimed) found.set(name, external);
  }
  for (const { name, type, members } of zones)
    if (type !== 'external') for (const { word } of members) found.set(word, name);
  return found;
}

function addressesOf(name: string, { byName }: NetworkFacts): readonly AddressTerm[] {
  return (byName.get(name)?.network.addresses ?? []).map(({ address }) =>
    typeof address === 'number' ? range4(address, address) : range6(address, address),
  );
}
