import type { Tell } from '../platform.ts';
import type { Source } from '../source.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';

type Strength = Tell['strength'];

/** What speaks for IOS or IOS-XE, by the beginning of a line. `once` beginnings are counted at most once. */
const TELLS: readonly (readonly [Strength, RegExp])[] = [
  ['strong', /^Building configuration\.\.\./],
  ['strong', /^Current configuration ?: \d+ bytes/],
  ['strong', /^version 1[0-7]\.\d+$/],
  ['strong', /^boot-start-marker$/],
  ['strong', /^ip access-list (?:standard|extended) \S+/],
  ['strong', /^service timestamps (?:debug|log) /],
  ['strong', /^(?:Standard|Extended) IP access list \S+/],
  ['strong', /^access-list \d+ (?:permit|deny|remark|dynamic) /],
  ['strong', /^zone-pair security \S+ source /],
  ['strong', /^class-map type inspect /],
  ['strong', /^line vty \d+ \d+/],
  ['strong', /^ipv6 traffic-filter \S+ (?:in|out)$/],
  ['supporting', /^no ip access-list (?:standard|extended) /],
  ['supporting', /^line (?:con|aux) 0/],
  ['supporting', /^ip access-group \S+ (?:in|out)$/],
  ['supporting', /^interface (?:Gigabit|Fast|TenGigabit|)Ethernet ?\d/i],
  ['supporting', /^interface (?:Loopback|Vlan|Serial|Tunnel|Dialer|BDI|BVI|Port-channel) ?\d/i],
  ['supporting', /^ip address \d+\.\d+\.\d+\.\d+ 255\./],
  ['supporting', /^ip nat (?:inside|outside)/],
  ['supporting', /^ipv6 access-list \S+$/],
  ['supporting', /^object-group (?:network|service|protocol|ip port|ip address) \S+$/],
  ['supporting', /^router (?:ospf|eigrp|bgp|rip|isis)/],
  ['supporting', /^(?:ip cef|ip classless|ip subnet-zero|no ip http server|ip http server|ip forward-protocol nd)$/],
  ...`hostname, ip route, enable secret, enable password, policy-map, class-map, route-map, crypto isakmp, crypto map, crypto keyring, aaa new-model,
      ntp server, ntp authenticate, ip community-list, ip prefix-list, track, username, spanning-tree mode, key chain, banner, vlan, ip vrf forwarding,
      switchport mode, switchport access vlan, snmp-server community, ip domain name, ip domain-name, no aaa new-model, no ip domain-lookup,
      ip extcommunity-list, ip as-path access-list, no shutdown, interface range`
    .split(',')
    .map((words): readonly [Strength, RegExp] => ['supporting', new RegExp(`^${words.trim()}(?: |$)`)]),
  ['supporting', /^(?:sequence \d+ )?(?:permit|deny) +(?:ipv6|ip|icmp|tcp|udp) \S/],
  ['supporting', /^zone security \S+/],
  ['supporting', /^(?:vrf definition|ip vrf) \S+/],
];

/** Lines that IOS does not print: one of them takes the supporting tells away, for ASA and others have them too. */
const NOT_IOS =
  /^(?:ASA Version|PIX Version|FWSM Version|NGFW Version|: Saved|nameif \S|security-level \d|access-list \S+ (?:extended|line|advanced) |access-group \S+ (?:in|out) interface )/;

/**
 * Statements of relatives of IOS (NX-OS, IOS XR) in fragments that say nothing else: with one of them, what IOS
 * shares with others does not count.
 */
const RELATIVES =
  /^(?:class-map type control-plane |fabric forwarding |interface \S+\d\/\d+\/\d+\/\d+|statistics per-entry$)/;

/** Every tell of IOS and IOS-XE in the text. */
export function recognise(source: Source, lines: readonly Line[]): readonly Tell[] {
  const tells: Tell[] = [];
  const seen = new Set<RegExp>();
  let isRelative = false;
  for (const line of lines) {
    const { text } = line;
    if (NOT_IOS.test(text)) return [];
    isRelative ||= RELATIVES.test(text);
    // Lines of brace languages may begin with the same words.
    if (seen.size === TELLS.length || text.endsWith(';') || text.endsWith('{')) continue;
    for (const [strength, begins] of TELLS) {
      if (seen.has(begins) || !begins.test(text)) continue;
      seen.add(begins);
      tells.push({ strength, reason: `"${shortened(text)}"`, span: lineSpan(source.name, line) });
    }
  }
  return isRelative && !tells.some(({ strength }) => strength === 'strong') ? [] : tells;
}

/** Never shows what follows a word that a secret may follow. */
function shortened(text: string): string {
  if (/^(?:enable|username|snmp-server|key|ntp auth|banner)/.test(text)) return text.split(/\s+/, 2).join(' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
