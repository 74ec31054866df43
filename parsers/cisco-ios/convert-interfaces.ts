import type { Family } from '../model/address.ts';
import type { NetworkInterface, Segment, TrustEvidence } from '../model/device.ts';
import { evidenceOf } from './evidence.ts';
import { interfaceName } from './interface-name.ts';
import { portRules, type IosText, type TextInterface } from './text.ts';

/** An interface with its segment and why packets may not go through it. */
export interface Port {
  readonly from: TextInterface;
  readonly segment: Segment;
  /** Undefined when packets go through. */
  readonly closed: string | undefined;
  /** The routed interface of the VLAN whose access port this is. */
  readonly routedBy: TextInterface | undefined;
}

/** VRFs that IOS-XE devices keep for their management port. */
const MANAGEMENT_VRF = /^(?:mgmt-intf|mgmt-vrf|mgmt|management)$/i;

/** One port for each interface of the text, in order of appearance. */
export function convertInterfaces(text: IosText, defaultRoutes: ReadonlyMap<string, TrustEvidence>): readonly Port[] {
  for (const target of text.interfaces.values()) applyTemplates(text, target);
  const zoneMembers = new Map<string, number>();
  for (const { zone } of text.interfaces.values())
    if (zone !== undefined) zoneMembers.set(zone.name, (zoneMembers.get(zone.name) ?? 0) + 1);
  return [...text.interfaces.values()].map((target) => convertInterface(text, target, zoneMembers, defaultRoutes));
}

/** What an interface says itself comes before what its template says. */
function applyTemplates(text: IosText, target: TextInterface): void {
  for (const name of target.templates) {
    const template = text.templates.get(name);
    if (template === undefined) {
      const message = `template ${name} is not defined`;
      const consequence = 'filters that it binds are missing';
      text.reader.diagnose('ios/undefined-reference', 'warning', text.reader.span(target.line), message, consequence);
      continue;
    }
    const isOwn = (family: Family, direction: string): boolean =>
      target.accessGroups.some((group) => group.family === family && group.direction === direction);
    target.accessGroups.push(...template.accessGroups.filter(({ family, direction }) => !isOwn(family, direction)));
    target.zone ??= template.zone;
    target.nat ??= template.nat;
    target.vrf ??= template.vrf;
    target.switchport ??= template.switchport;
    target.accessVlan ??= template.accessVlan;
    target.policies.push(...template.policies);
    target.watched.push(...template.watched);
  }
}

function convertInterface(
  text: IosText,
  target: TextInterface,
  zoneMembers: ReadonlyMap<string, number>,
  defaultRoutes: ReadonlyMap<string, TrustEvidence>,
): Port {
  const { name, full, short, key } = interfaceName([target.name]);
  const routedBy = vlanInterface(text, target);
  const families = familiesOf(text, routedBy ?? target);
  const span = text.reader.span(target.line);
  const network: NetworkInterface = {
    name,
    ...(target.description !== undefined && { description: target.description }),
    addresses: target.addresses,
    families: familiesOf(text, target),
    dynamicAddress: target.dynamic.size > 0,
    enabled: target.shutdown === undefined,
    span,
  };
  const { zone } = target;
  const aliases = new Set([full, key, short, short.toLowerCase()]);
  if (
    zone !== undefined &&
    zoneMembers.get(zone.name) === 1 &&
    !text.interfaces.has(zone.name.toLowerCase()) &&
    zone.name !== 'self'
  )
    aliases.add(zone.name);
  aliases.delete(name);
  const { transit, closed } = transitOf(text, target, families, routedBy);
  const evidence = evidenceOf(text, target, defaultRoutes.get(key));
  const segment: Segment = {
    name,
    aliases: [...aliases],
    kind: 'interface',
    interfaces: [network],
    routingContext: (routedBy ?? target).vrf ?? 'default',
    transit,
    families,
    evidence,
    span,
  };
  return { from: target, segment, closed, routedBy };
}

/** An access port with a port ACL: what enters there is routed by the interface of its VLAN. */
function vlanInterface(text: IosText, target: TextInterface): TextInterface | undefined {
  if (target.switchport !== true || target.trunk || portRules(target).length === 0) return undefined;
  return text.interfaces.get(`vlan${target.accessVlan ?? 1}`);
}

function transitOf(
  text: IosText,
  target: TextInterface,
  families: readonly Family[],
  routedBy: TextInterface | undefined,
): { readonly transit: Segment['transit']; readonly closed: string | undefined } {
  const { name } = target;
  if (/^(?:loopback|null|nvi)\d/.test(target.key))
    return { transit: 'none', closed: `${name} is a virtual interface without a network` };
  if (text.noRouting !== undefined) return { transit: 'none', closed: 'no ip routing: the device does not forward' };
  if (MANAGEMENT_VRF.test(target.vrf ?? ''))
    return { transit: 'none', closed: `${name} is in the management VRF ${target.vrf ?? ''}` };
  if (target.shutdown !== undefined) return { transit: 'dormant', closed: `${name} is shut down` };
  if (routedBy?.shutdown !== undefined) return { transit: 'dormant', closed: `${routedBy.name} is shut down` };
  if (target.switchport === true && routedBy === undefined)
    return { transit: 'none', closed: `${name} is a layer 2 port` };
  if (families.length === 0) return { transit: 'dormant', closed: `${name} has no address` };
  return { transit: 'yes', closed: undefined };
}

/** Families with an address of any origin. IPv6 only where the device routes it. */
function familiesOf(text: IosText, target: TextInterface): Family[] {
  if (target.switchport === true) return [];
  const has = (family: Family, seen: ReadonlySet<string>): boolean => carries(text, target, family, seen);
  const start = new Set<string>();
  return ([4, 6] as const).filter((family) => (family === 4 || routesIpv6(text)) && has(family, start));
}

function carries(text: IosText, target: TextInterface, family: Family, seen: ReadonlySet<string>): boolean {
  if (target.addresses.some((address) => address.family === family) || target.dynamic.has(family)) return true;
  if (family === 6 && target.ipv6Enabled) return true;
  const lender = target.unnumbered.get(family);
  if (lender === undefined || seen.has(lender)) return false;
  const other = text.interfaces.get(lender);
  // An interface that the text does not show has an address, or it could not lend it.
  return other === undefined || carries(text, other, family, new Set([...seen, lender]));
}

/**
 * IOS forwards no IPv6 packet before `ipv6 unicast-routing` (IPv6 configuration guide), which every full text shows when
 * it is on. A fragment that lacks the statement is taken to route IPv6.
 */
export function routesIpv6(text: IosText): boolean {
  if (text.ipv6Routing !== undefined) return true;
  if (text.noIpv6Routing !== undefined) return false;
  return !(text.beginSeen && text.endSeen);
}
