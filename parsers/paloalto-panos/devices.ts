import type { HostNames } from '../model/host-names.ts';
import type { Device, Segment } from '../model/device.ts';
import type { Span } from '../source.ts';
import { APPLICATION_CONTENT } from './applications-predefined.ts';
import { Crossings, type PlaceHere } from './crossings.ts';
import { Evidence } from './evidence.ts';
import type { Firewall, Names, Scope } from './firewall.ts';
import { Forwarding } from './forwarding.ts';
import { readIp6Firewalling } from './ip6-firewalling.ts';
import { namesFor } from './names-cache.ts';
import { readNetworkFacts, type NetworkFacts } from './network.ts';
import type { Notes } from './notes.ts';
import { outlinesOf, partyOf, type Outline, type Party } from './parties.ts';
import { Exits, routesOf } from './routes.ts';
import { selfSegment, type Place } from './segments.ts';
import { areRelated, linkOf } from './system-links.ts';
import { readTelemetry } from './telemetry.ts';
import { child, value } from './tree.ts';

/** What all devices of a firewall have in common. */
interface Around {
  readonly firewall: Firewall;
  readonly network: NetworkFacts;
  readonly forwarding: Forwarding;
  readonly ip6Off: Span | undefined;
  readonly namesOf: (scopes: readonly Scope[]) => Names;
}

/**
 * The devices of a firewall: each virtual system is one, and so is each shared gateway that has interfaces (`fw1/sg1`). Zones of
 * other systems that a system can exchange packets with are segments of its device, too (`vsys2/dmz`), and connections are
 * judged where they begin; see `Crossings`.
 */
export function devicesOf(firewall: Firewall, notes: Notes, hosts: HostNames): readonly Device[] {
  const namesOf = namesFor(notes, hosts);
  const outlines = outlinesOf(firewall, notes);
  const node = child(firewall.root, 'network');
  const network = readNetworkFacts(
    node,
    (owner, name) => objectOf(namesOf(ownerOf(owner, outlines)?.system.scopes ?? []), name),
    (name) => objectOf(namesOf(outlines[0]?.system.scopes ?? []), name),
    notes,
  );
  const evidence = new Evidence(network, node);
  const exits = new Exits(network);
  const { hasNetwork } = firewall;
  const facts = { network, evidence, exits, hasNetwork, all: outlines, namesOf, notes };
  const parties = outlines.map((outline) => partyOf(outline, facts));
  const ip6Off = readIp6Firewalling(firewall.root, notes);
  const around: Around = { firewall, network, forwarding: new Forwarding(network), ip6Off, namesOf };
  return parties
    .filter(({ security, places }) => security !== undefined || places.length > 0)
    .map((own) => deviceOf(own, parties, around));
}

/** The network of an address object. */
function objectOf(names: Names, name: string): string | undefined {
  return value(names.find('address', name), 'ip-netmask');
}

function ownerOf(name: string, outlines: readonly Outline[]): Outline | undefined {
  return outlines.find(({ claimed }) => claimed.has(name)) ?? outlines[0];
}

function deviceOf(own: Party, parties: readonly Party[], around: Around): Device {
  const { firewall, network } = around;
  const places = new Map<string, PlaceHere>();
  const segments: Segment[] = [];
  const homes = new Map<string, string>();
  const add = (party: Party, place: Place, segment: Segment): void => {
    if (places.has(segment.name)) return;
    places.set(segment.name, { party, place });
    segments.push(segment);
    for (const name of place.interfaces) if (!homes.has(name)) homes.set(name, segment.name);
  };
  for (const place of own.places) add(own, place, place.segment);
  const names = new Set(segments.flatMap(({ name, aliases }) => [name, ...aliases]));
  for (const party of parties.filter((other) => other !== own && isSeen(own, other))) {
    for (const place of party.places) {
      if (place.type !== 'external' && place.type !== 'unzoned')
        add(party, place, segmentFrom(own, party, place, names));
    }
  }
  const crossings = new Crossings({ own, places, forwarding: around.forwarding, ip6Off: around.ip6Off });
  const segmentOf = (name: string): string | undefined => homes.get(name);
  const mine = new Set(own.places.flatMap(({ interfaces }) => interfaces));
  const lists = own.security?.lists ?? [];
  const routed = network.interfaces.filter(({ name }) => mine.has(name));
  return {
    name: own.name,
    platform: 'paloalto-panos',
    ...(firewall.version !== undefined && { version: firewall.version }),
    source: firewall.source,
    segments: [...segments, selfSegment((firewall.root.children[0] ?? own.system.node).span)],
    ruleLists: [...lists, ...(own.security?.other ?? [])],
    bindings: own.security?.bindings ?? [],
    translations: own.nat.translations,
    routes: routesOf(network, routed, segmentOf),
    telemetry: readTelemetry({ root: firewall.root, scopes: own.system.scopes, network, lists, segmentOf }),
    addressView: 'arriving',
    ...(own.security !== undefined && {
      applications: {
        scheme: 'app-id',
        defaultPorts: around.namesOf(own.system.scopes).defaultPorts,
        content: APPLICATION_CONTENT,
      },
      decryption: own.security.decryption,
    }),
    crossing: (from, to) => crossings.crossing(from, to),
  };
}

/** A shared gateway has no policy of its own: what virtual systems send it is theirs to judge. */
function isSeen(own: Party, other: Party): boolean {
  return own.security === undefined ? other.security === undefined : areRelated(own, other);
}

/** A zone of another system, as this one's device names it. It takes part only where connections can go on to it. */
function segmentFrom(own: Party, party: Party, { segment }: Place, names: ReadonlySet<string>): Segment {
  const isLinked = !('none' in linkOf(own, party));
  const isGateway = party.security === undefined;
  const aliases = isGateway && segment.kind === 'interface' ? [segment.name] : segment.aliases;
  return {
    ...segment,
    name: `${party.id}/${segment.name}`,
    aliases: aliases.filter((alias) => !names.has(alias)),
    transit: isLinked ? segment.transit : 'none',
  };
}
