import type { Tell } from '../platform.ts';
import type { Source } from '../source.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';

/** Languages that look like IOS and mean other things; their texts are refused, not read with wrong defaults. */
const FOREIGN: readonly { readonly what: string; readonly strong: readonly RegExp[] }[] = [
  {
    what: 'Arista EOS',
    strong: [
      /^! device: .*\bEOS\b/,
      /^!? ?! boot system flash:\/?EOS-/,
      /^switchport default mode routed$/,
      /^daemon TerminAttr$/,
      /^service routing protocols model (?:ribd|multi-agent)$/,
      /^transceiver qsfp default-mode 4x10G$/,
    ],
  },
  {
    what: 'Cisco NX-OS',
    strong: [
      /^!Command: show (?:running|startup)-config/,
      /^feature (?:interface-vlan|bgp|ospf|lacp|vpc|nxapi|hsrp|bash-shell|telnet|private-vlan|udld|netflow|lldp|fex|tacacs\+|dhcp|nv overlay)/,
      /^vdc \S+ id \d+/,
      /^boot nxos /,
      /^version \d+\.\d+\(\d+\)\S* +Bios:version/,
      /^role feature-group name /,
      /^vrf context \S+/,
      /^vrf member \S+/,
      /^ip port access-group \S+ in$/,
      /^hardware access-list tcam /,
    ],
  },
  {
    what: 'Cisco IOS XR',
    strong: [
      /^!! IOS XR Configuration/,
      /^RP\/\d+\/(?:RSP|RP)?\d+\/CPU\d+:/,
      /^ipv4 access-list \S+/,
      /^(?:end-policy|end-set)$/,
      /^interface Bundle-Ether\d+/,
      /^interface MgmtEth\d+\/RP/,
      /^ipv4 access-group \S+ (?:ingress|egress)/,
      /^router static$/,
      /^ipv4 address \d/,
      /^route-policy \S+/,
      /^interface \S+ l2transport$/,
    ],
  },
  {
    what: 'Dell OS',
    strong: [
      /^!System Description "Dell/,
      /^! Version \d+\.\d+\(.*\) *$/,
      /^stack-unit \d+ provision /,
      /^! Version 10\.\d/,
    ],
  },
  {
    what: 'Aruba',
    strong: [
      /^!Version ArubaOS-CX /,
      /^; J\d{4}[A-Z]+ Configuration Editor/,
      /^; hpStack_/,
      /^!export-password: default$/,
    ],
  },
  { what: 'Ruckus or Brocade FastIron', strong: [/^ver \d\d\.\d\.\d\d\w*/, /^module \d+ (?:icx|fcx|fi-)/] },
  { what: 'Cisco WLC (AireOS)', strong: [/^config (?:wlan|interface|radius|sysname) /] },
  { what: 'F5 or another brace language', strong: [/^ltm virtual \S+ \{/] },
];

/** What a text that is not IOS says it is, with the lines that say so. The order is the order to believe. */
export function foreignToCisco(
  source: Source,
  lines: readonly Line[],
): readonly { readonly what: string; readonly tells: readonly Tell[] }[] {
  return FOREIGN.map(({ what, strong }) => {
    const tells: Tell[] = [];
    for (const begins of strong) {
      const line = lines.find(({ text }) => begins.test(text));
      if (line !== undefined) {
        tells.push({ strength: 'strong', reason: `"${line.text.slice(0, 60)}"`, span: lineSpan(source.name, line) });
      }
    }
    return { what, tells };
  }).filter(({ tells }) => tells.length > 0);
}
