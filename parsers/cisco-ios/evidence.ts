import type { TrustEvidence } from '../model/device.ts';
import { formatIp } from '../model/format.ts';
import type { Line } from '../syntax/lines.ts';
import type { IosText, TextInterface } from './text.ts';

/** IPv4 space that is not routed on the Internet: RFC 1918, RFC 6598, RFC 6890 (loopback, link-local, this network). */
const NOT_PUBLIC: readonly (readonly [first: number, last: number])[] = [
  [0x00000000, 0x00ffffff],
  [0x0a000000, 0x0affffff],
  [0x64400000, 0x647fffff],
  [0x7f000000, 0x7fffffff],
  [0xa9fe0000, 0xa9feffff],
  [0xac100000, 0xac1fffff],
  [0xc0a80000, 0xc0a8ffff],
  [0xe0000000, 0xffffffff],
];

const WORDS: readonly (readonly [TrustEvidence['points'], RegExp])[] = [
  ['untrusted', /\b(?:outside|internet|untrust(?:ed)?|public|isp\d*|wan|external|extern)\b/i],
  ['dmz', /\b(?:dmz\d*|perimeter|demilitari[sz]ed)\b/i],
  ['management', /\b(?:mgmt|management|oob|out-of-band)\b/i],
  ['internal', /\b(?:inside|lan|trust(?:ed)?|internal|users?|servers?|plant|office|intern|corp(?:orate)?)\b/i],
];

/** What the text says for or against an interface facing an untrusted network. */
export function evidenceOf(
  text: IosText,
  target: TextInterface,
  defaultRoute: TrustEvidence | undefined,
): TrustEvidence[] {
  const found: TrustEvidence[] = [];
  const add = (points: TrustEvidence['points'], weight: TrustEvidence['weight'], reason: string, line: Line): void => {
    found.push({ points, weight, reason, span: text.reader.span(line) });
  };
  if (defaultRoute !== undefined) found.push(defaultRoute);
  for (const { family, address, prefixLength, span } of target.addresses) {
    // Global IPv6 addresses say nothing: inside networks have them as well.
    if (family !== 4 || typeof address !== 'number') continue;
    if (NOT_PUBLIC.some(([first, last]) => address >= first && address <= last)) continue;
    const reason = `${formatIp(4, address)}/${prefixLength} is a public address`;
    found.push({ points: 'untrusted', weight: 2, reason, span });
  }
  for (const [family, line] of target.dynamic)
    if (family === 4) add('untrusted', 2, `the address comes from outside (\`${line.text}\`)`, line);
  if (target.nat?.side === 'outside') add('untrusted', 2, '`ip nat outside`', target.nat.line);
  if (target.nat?.side === 'inside') add('internal', 2, '`ip nat inside`', target.nat.line);
  if (target.vrf !== undefined && /^mgmt|management/i.test(target.vrf))
    add('management', 2, `in VRF ${target.vrf}`, target.line);
  if (target.zone !== undefined) byWords(target.zone.name, 'zone', target.zone.line, add);
  if (target.description !== undefined && target.descriptionLine !== undefined)
    byWords(target.description, 'description', target.descriptionLine, add);
  return found;
}

/** The first kind of word that occurs. Underscores and hyphens separate words. */
function byWords(
  name: string,
  where: string,
  line: Line,
  add: (points: TrustEvidence['points'], weight: 1, reason: string, line: Line) => void,
): void {
  const spaced = name.replaceAll(/[_-]+/g, ' ');
  for (const [points, pattern] of WORDS) {
    const word = pattern.exec(spaced)?.[0];
    if (word === undefined) continue;
    add(points, 1, `${where} says "${word}"`, line);
    return;
  }
}
