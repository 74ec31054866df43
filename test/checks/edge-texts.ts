/** Small edges of every platform, with an internet side and an inside, for checks that look at what the platform writes. */
import { auditDevice } from '../../checks/audit-device.ts';
import type { Check } from '../../checks/check.ts';
import { SERVICES } from '../../checks/data/services.ts';
import { lineOwner } from '../../checks/device-lines.ts';
import type { DeviceReport } from '../../checks/device-report.ts';
import type { Finding } from '../../checks/finding.ts';
import type { Policy } from '../../checks/policy/policy.ts';
import { sourceText } from '../../checks/reporting/source-text.ts';
import { parse, type ParseResult } from '../../parsers/index.ts';
import type { Platform } from '../../parsers/model/device.ts';
import type { Source } from '../../parsers/source.ts';

type Text = readonly string[];

/** A router: `outside` is GigabitEthernet0/0, `inside` GigabitEthernet0/1 with the lists given. */
export function iosEdge(lists: Text, { out = [], inside = [] }: { out?: Text; inside?: Text } = {}): Text {
  return [
    'hostname r1',
    'interface GigabitEthernet0/0',
    ' ip address 203.0.113.2 255.255.255.252',
    ...out,
    'interface GigabitEthernet0/1',
    ' ip address 10.1.0.1 255.255.255.0',
    ...inside,
    'ip route 0.0.0.0 0.0.0.0 203.0.113.1',
    ...lists,
    'end',
  ];
}

/** A firewall: nameifs `outside` (0) and `inside` (100). */
export function asaEdge(lines: Text): Text {
  return [
    'ASA Version 9.12(4)',
    'hostname fw',
    'interface GigabitEthernet0/0',
    ' nameif outside',
    ' security-level 0',
    ' ip address 203.0.113.2 255.255.255.0',
    'interface GigabitEthernet0/1',
    ' nameif inside',
    ' security-level 100',
    ' ip address 10.1.0.1 255.255.255.0',
    ...lines,
    'route outside 0.0.0.0 0.0.0.0 203.0.113.1',
    ': end',
  ];
}

/** An SRX with the zones `untrust` and `trust`. */
export function srxEdge(lines: Text): Text {
  return [
    'set version 21.4R3',
    'set system host-name srx',
    'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/24',
    'set interfaces ge-0/0/1 unit 0 family inet address 10.1.0.1/24',
    'set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1',
    'set security zones security-zone untrust interfaces ge-0/0/0.0',
    'set security zones security-zone trust interfaces ge-0/0/1.0',
    ...lines,
  ];
}

/** A policy of an SRX from `trust` to `untrust` that permits everything. */
export function srxPolicy(name: string, ...then: Text): Text {
  const policy = `set security policies from-zone trust to-zone untrust policy ${name}`;
  return [
    ...['source-address', 'destination-address', 'application'].map((field) => `${policy} match ${field} any`),
    ...(then.length === 0 ? ['permit'] : then).map((action) => `${policy} then ${action}`),
  ];
}

/** A firewall with the zones `untrust` and `trust`. */
export function panEdge(lines: Text): Text {
  return [
    'set deviceconfig system hostname pan',
    'set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24',
    'set network interface ethernet ethernet1/2 layer3 ip 10.1.0.1/24',
    'set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]',
    'set network virtual-router default routing-table ip static-route d destination 0.0.0.0/0',
    'set network virtual-router default routing-table ip static-route d interface ethernet1/1',
    'set network virtual-router default routing-table ip static-route d nexthop ip-address 203.0.113.1',
    'set zone untrust network layer3 ethernet1/1',
    'set zone trust network layer3 ethernet1/2',
    ...lines,
  ];
}

/** A rule from `trust` to `untrust` that allows everything, with other fields as given. */
export function panRule(name: string, fields: Readonly<Record<string, string>> = {}): Text {
  const all = {
    from: 'trust',
    to: 'untrust',
    source: 'any',
    destination: 'any',
    application: 'any',
    service: 'any',
    action: 'allow',
    ...fields,
  };
  return Object.entries(all).map(([field, value]) => `set rulebase security rules ${name} ${field} ${value}`);
}

export function read(platform: Platform, text: Text): { readonly source: Source; readonly parsed: ParseResult } {
  const source = { name: 'edge.cfg', text: `${text.join('\n')}\n` };
  return { source, parsed: parse(source, { platform }) };
}

/** The reports of an audit with the checks given and no others. */
export function reportsOf(
  checks: readonly Check[],
  { source, parsed }: ReturnType<typeof read>,
  policy?: Policy,
): readonly DeviceReport[] {
  const ownerOf = lineOwner(parsed.devices);
  return parsed.devices.map((device) =>
    auditDevice(device, {
      parsed,
      texts: [{ text: sourceText(source), lineStates: parsed.texts[0].lineStates }],
      trust: { untrusted: [], internal: [], internalNetworks: [] },
      policy,
      today: '2026-11-22',
      checks,
      catalogue: SERVICES,
      ownsLine: (name, line) => ownerOf(name, line) === device,
    }),
  );
}

/** The findings of one check on a text. */
export function findingsBy(check: Check, platform: Platform, text: Text): readonly Finding[] {
  return reportsOf([check], read(platform, text)).flatMap(({ findings }) => findings);
}

/** Severity, confidence and message without the device's name, for comparing. */
export function summary({ severity, confidence, message }: Finding): string {
  return `${severity} ${confidence} ${message.slice(message.indexOf(': ') + 2)}`;
}
