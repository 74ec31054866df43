import type { Tell } from '../platform.ts';
import type { Source } from '../source.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';

type Strength = Tell['strength'];

/** Beginnings of lines that speak for Junos. */
const TELLS: readonly (readonly [Strength, RegExp])[] = [
  ['strong', /^## Last (?:commit|changed): /],
  ['strong', /^[#!] ?RANCID-CONTENT-TYPE: (?:juniper|junos)/],
  ['strong', /^version "?\d+\.\d+[A-Z]\d[^;]*;/],
  ['strong', /^set version "?\d+\.\d+[A-Z]/],
  [
    'strong',
    /^set (?:groups \S+ )?(?:system host-name|system services|system login|interfaces \S+ unit|firewall (?:family|filter)|policy-options|routing-options|routing-instances|protocols) /,
  ],
  [
    'strong',
    /^set (?:groups \S+ )?(?:interfaces [a-z]{2,4}-\d+\/|interfaces (?:ae|lo|irb|st|reth|fxp|em|xe|et)\d*[. ]|security (?:policies|zones|address-book|nat|screen|ike|flow|forwarding-options)|applications application)/,
  ],
  [
    'strong',
    /^set (?:apply-groups|apply-groups-except|groups|logical-systems|tenants|forwarding-options|class-of-service|schedulers|chassis|switch-options|bridge-domains|vlans \S+ (?:vlan-id|l3-interface|filter|forwarding-options)) /,
  ],
  ['strong', /^<configuration(?:>| [^>]*(?:junos|xnm|commit-))/],
  ['strong', /^<configuration [^>]*changed-(?:seconds|localtime)=/],
  ['strong', /^<rpc-reply [^>]*junos/],
  ['strong', /^(?:replace: )?filter \S+ \{$/],
  [
    'strong',
    /^(?:replace: |inactive: |protect: )?(?:security|firewall|policy-options|routing-options|routing-instances|applications|apply-groups \S.*;|groups) ?\{?$/,
  ],
  ['strong', /^unit \d+ \{$/],
  ['strong', /^from-zone \S+ to-zone \S+ (?:policy \S+ )?\{$/],
  [
    'supporting',
    /^(?:replace: |inactive: |protect: )?(?:interfaces|system|protocols|chassis|snmp|vlans|forwarding-options|logical-systems|event-options|class-of-service) \{/,
  ],
  ['supporting', /^(?:inactive|replace|protect|delete|active): \S/],
  ['supporting', /^host-name [\w.-]+;$/],
  ['supporting', /^version \S+;$/],
  ['supporting', /^set (?:system|vlans|snmp|version|access|services|interfaces|security) \S/],
  [
    'supporting',
    /^(?:deactivate|activate|delete) (?:system|interfaces|firewall|security|protocols|routing-options|policy-options|routing-instances|groups|apply-groups|logical-systems)(?: |$)/,
  ],
  ['supporting', /^(?:term|policy|prefix-list|address-book|security-zone) \S+ \{$/],
  ['supporting', /^family (?:inet|inet6|ethernet-switching|mpls|any) (?:\{|;)/],
];

/** Lines of other systems that look alike: one takes all tells away. */
const NOT_JUNOS: readonly RegExp[] = [
  /^configure \{$/, // Nokia SR OS
  /^\/configure /,
  /^# TiMOS-/,
  /^set hostname \S/, // ScreenOS
  /^set policy id \d+/,
  /^config-management \{$/, // VyOS, EdgeOS
  /^(?:set )?firewall name \S+ (?:\{|rule|default-action)/,
  /^set (?:deviceconfig|rulebase|network interface ethernet|shared|mgt-config) /, // PAN-OS
  /^(?:<response [^>]*><result>)?<config [^>]*version=/,
  /^<(?:entry name=|mgt-config>|deviceconfig>)/,
  /^deviceconfig \{$/,
  /^ltm virtual \S+ \{/,
  /^set interfaces ethernet eth\d/,
];

/** Every kind of tell of Junos in the text, once. */
export function recognise(source: Source, lines: readonly Line[]): readonly Tell[] {
  const tells: Tell[] = [];
  const open = new Set(TELLS);
  for (const line of lines) {
    const { text } = line;
    if (NOT_JUNOS.some((other) => other.test(text))) return [];
    for (const each of open) {
      const [strength, begins] = each;
      if (!begins.test(text)) continue;
      open.delete(each);
      tells.push({ strength, reason: `"${shortened(text)}"`, span: lineSpan(source.name, line) });
      break;
    }
  }
  return tells;
}

/** Enough to know the line by, and never a secret: those stand further behind. */
function shortened(text: string): string {
  if (/\b(?:login|password|secret|authentication|community|key)\b/.test(text)) return text.split(/\s+/, 2).join(' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
