/** Words for ICMP codes (Junos policy framework guide, "icmp-code"); each is one number, whatever the type. */
const CODES: ReadonlyMap<string, number> = new Map(
  `network-unreachable 0, host-unreachable 1, protocol-unreachable 2, port-unreachable 3, fragmentation-needed 4,
   source-route-failed 5, destination-network-unknown 6, destination-host-unknown 7, destination-network-prohibited 9,
   destination-host-prohibited 10, network-unreachable-for-tos 11, network-unreachable-for-TOS 11,
   host-unreachable-for-tos 12, host-unreachable-for-TOS 12, communication-prohibited-by-filtering 13,
   host-precedence-violation 14, precedence-cutoff-in-effect 15, redirect-for-network 0, redirect-for-host 1,
   redirect-for-tos-and-net 2, redirect-for-tos-and-host 3, ttl-eq-zero-during-transit 0, ttl-eq-zero-during-reassembly 1,
   ip-header-bad 0, required-option-missing 1`
    .split(',')
    .map((entry) => {
      const [name = '', number = ''] = entry.trim().split(' ');
      return [name, Number(number)];
    }),
);

const CODES6: ReadonlyMap<string, number> = new Map([
  ['no-route-to-destination', 0],
  ['administratively-prohibited', 1],
  ['address-unreachable', 3],
  ['port-unreachable', 4],
  ['ip6-header-bad', 0],
  ['unrecognized-next-header', 1],
  ['unrecognized-option', 2],
  ['ttl-eq-zero-during-transit', 0],
  ['ttl-eq-zero-during-reassembly', 1],
]);

/** A code of ICMP (1) or ICMPv6 (58) by number or name. */
export function icmpCodeNumber(protocol: 1 | 58, word: string): number | undefined {
  if (/^\d{1,3}$/.test(word)) return Number(word) <= 255 ? Number(word) : undefined;
  return (protocol === 1 ? CODES : CODES6).get(word);
}
