import type { TrustEvidence } from './device.ts';

/** Signs of trust that mean the same on every platform: addresses, and words that people give to networks. */

/** IPv4 networks that are not reached over the Internet (IANA IPv4 special-purpose registry), as first, last. */
const NOT_PUBLIC4: readonly (readonly [number, number])[] = [
  [0x00000000, 0x00ffffff], // 0.0.0.0/8
  [0x0a000000, 0x0affffff], // 10.0.0.0/8
  [0x64400000, 0x647fffff], // 100.64.0.0/10
  [0x7f000000, 0x7fffffff], // 127.0.0.0/8
  [0xa9fe0000, 0xa9feffff], // 169.254.0.0/16
  [0xac100000, 0xac1fffff], // 172.16.0.0/12
  [0xc0a80000, 0xc0a8ffff], // 192.168.0.0/16
  [0xc6120000, 0xc613ffff], // 198.18.0.0/15
  [0xe0000000, 0xffffffff], // multicast, reserved
];

/** Whether an interface with this address speaks on the public Internet. Documentation networks count as public. */
export function isPublicAddress(address: number | bigint): boolean {
  if (typeof address === 'number') return !NOT_PUBLIC4.some(([first, last]) => first <= address && address <= last);
  return address >> 125n === 1n;
}

/** Looked for in this order; a word ends where its letters do, so that `WAN_1` and `to-isp` have one. */
const WORDS: readonly (readonly [TrustEvidence['points'], RegExp])[] = [
  ['management', /(?:^|[^a-z])(?:mgmt|management|oob|out-of-band)(?:[^a-z]|$)/i],
  ['dmz', /(?:^|[^a-z])(?:dmz|perimeter|demilitari[sz]ed)/i],
  [
    'untrusted',
    /(?:^|[^a-z])(?:outside|untrust(?:ed)?|internet|wan|isp|public|external|extern|uplink|transit|peering|upstream)(?:[^a-z]|$)/i,
  ],
  [
    'internal',
    /(?:^|[^a-z])(?:inside|internal|intern|lan|trust(?:ed)?|private|corp(?:orate)?|office|users?|servers?|plant)(?:[^a-z]|$)/i,
  ],
];

/** What a name or description suggests, and the word that does. */
export function trustWord(
  text: string,
): { readonly points: TrustEvidence['points']; readonly word: string } | undefined {
  for (const [points, pattern] of WORDS) {
    const found = pattern.exec(text);
    if (found !== null) return { points, word: found[0].replaceAll(/^[^a-z]+|[^a-z]+$/gi, '') };
  }
  return undefined;
}
