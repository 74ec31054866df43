import { PROTOCOL } from '../../parsers/model/service.ts';

/** IP protocols by the names people and vendors write (IANA protocol-numbers). `icmp` also stands for ICMPv6. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ...Object.entries(PROTOCOL),
  ['icmpv6', PROTOCOL.icmp6],
  ['icmp-v6', PROTOCOL.icmp6],
  ['ipv6-icmp', PROTOCOL.icmp6],
  ['ipinip', PROTOCOL.ipip],
  ['ip-in-ip', PROTOCOL.ipip],
  ['dccp', 33],
  ['ipv6', 41],
  ['rsvp', 46],
  ['ahp', PROTOCOL.ah],
  ['eigrp', 88],
  ['ospf', 89],
  ['nos', 94],
  ['pim', 103],
  ['pcp', 108],
  ['vrrp', 112],
  ['snp', 109],
  ['udplite', 136],
]);

/** A protocol number by name or number 0–255; undefined for anything else, `ip` included: a packet has one protocol. */
export function protocolNumber(text: string): number | undefined {
  const known = NAMES.get(text.toLowerCase());
  if (known !== undefined) return known;
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= 255 ? number : undefined;
}
