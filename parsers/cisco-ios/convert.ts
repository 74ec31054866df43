import type { Device, Segment } from '../model/device.ts';
import { convertPolicies } from './convert-classes.ts';
import { Crossings } from './convert-crossing.ts';
import { convertInterfaces, routesIpv6 } from './convert-interfaces.ts';
import { convertLists } from './convert-lists.ts';
import { Nat } from './convert-nat.ts';
import { convertRoutes } from './convert-routes.ts';
import { convertLogging, convertTelemetry } from './convert-telemetry.ts';
import { VlanMaps } from './convert-vlan-maps.ts';
import { ZonePolicies } from './convert-zones.ts';
import { SELF } from './self.ts';
import type { IosText } from './text.ts';

/** The device that a text describes. Marks line states and reports what could not be resolved. */
export function convert(text: IosText): Device {
  const { routes, statics, defaultRoutes } = convertRoutes(text);
  noteUses(text);
  const lists = convertLists(text);
  const policies = convertPolicies(text, lists);
  const ports = convertInterfaces(text, defaultRoutes);
  const zones = new ZonePolicies(text, policies);
  const nat = new Nat(text, lists);
  const vlanMaps = new VlanMaps(text, lists);
  const crossings = new Crossings({ text, lists, ports, zones, nat, vlanMaps, statics });
  reportDropping(text);
  reportIpv6(text);
  const segments: readonly Segment[] = [...ports.map(({ segment }) => segment), selfSegment(text)];
  const ruleLists = [...lists.values(), ...policies.values(), ...vlanMaps.lists];
  const bindings = [...crossings.bindings, ...zones.bindings, ...vlanMaps.bindings];
  return {
    name: text.hostname ?? text.source.name,
    platform: 'cisco-ios',
    ...(text.version !== undefined && { version: text.version }),
    source: text.source.name,
    segments,
    ruleLists: ruleLists.sort((a, b) => a.span.line - b.span.line),
    bindings,
    translations: nat.translations,
    routes,
    telemetry: convertTelemetry(text),
    logging: convertLogging(text),
    addressView: 'arriving',
    crossing: (from, to) => crossings.crossing(from, to),
  };
}

/** Lists that classes and translations name are in use, though no interface binds them. */
function noteUses(text: IosText): void {
  for (const { name, matches } of text.classMaps.values()) {
    for (const { words, line } of matches) {
      const list = words[2] === 'name' ? words[3] : words[2];
      if (words[1] === 'access-group' && list !== undefined)
        text.uses.push({ list, purpose: `class map ${name}`, line });
    }
  }
  for (const { words, line } of text.nat) {
    const at = words.indexOf('list');
    const list = words[at + 1];
    if (at >= 0 && list !== undefined) text.uses.push({ list, purpose: 'NAT', line });
  }
  for (const entries of text.accessMaps.values()) {
    for (const { name, lists } of entries)
      for (const used of lists)
        text.uses.push({ list: used.name, purpose: `VLAN access map ${name}`, line: used.line });
  }
}

function selfSegment(text: IosText): Segment {
  const families = routesIpv6(text) ? ([4, 6] as const) : ([4] as const);
  return {
    name: SELF,
    aliases: [],
    kind: 'self',
    interfaces: [],
    routingContext: 'default',
    transit: 'none',
    families,
    evidence: [],
    span: firstSpan(text),
  };
}

function firstSpan({ firstLine, reader, source }: IosText): Segment['span'] {
  return firstLine === undefined ? { source: source.name, line: 1, column: 1, endColumn: 1 } : reader.span(firstLine);
}

/** A QoS policy with `drop` in a class filters packets where an interface uses it. */
function reportDropping(text: IosText): void {
  for (const { policies } of text.interfaces.values()) {
    for (const { name, line } of policies) {
      if (!text.droppingPolicies.has(name)) continue;
      text.reader.mark(line, 'unsupported');
      const message = `policy-map ${name} drops packets of a class and is not modelled`;
      const consequence = 'packets that it drops are judged as if they passed';
      text.reader.diagnose('ios/unsupported', 'warning', text.reader.span(line), message, consequence);
    }
  }
}

function reportIpv6(text: IosText): void {
  const hasIpv6 = [...text.interfaces.values()].find(({ addresses }) => addresses.some(({ family }) => family === 6));
  if (hasIpv6 === undefined || routesIpv6(text)) return;
  const message = 'there are IPv6 addresses and no `ipv6 unicast-routing`';
  const span = text.reader.span(text.noIpv6Routing ?? hasIpv6.line);
  text.reader.diagnose(
    'ios/ipv6-not-routed',
    'note',
    span,
    message,
    'the device forwards no IPv6, so IPv6 is not judged',
  );
}
