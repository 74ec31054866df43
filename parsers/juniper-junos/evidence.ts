import type { TrustEvidence } from '../model/device.ts';
import { formatIp } from '../model/format.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Span } from '../source.ts';
import type { Unit } from './interfaces.ts';
import { holds, type StaticRoute } from './routes.ts';
import type { SrxZone } from './srx-zones.ts';
import { entries, value, type JunosNode } from './tree.ts';

/** IPv4 networks that are not reached over the Internet (IANA IPv4 special-purpose registry); documentation ones are taken to be. */
const NOT_PUBLIC: readonly (readonly [first: number, last: number])[] = [
  [0x00000000, 0x00ffffff],
  [0x0a000000, 0x0affffff],
  [0x64400000, 0x647fffff],
  [0x7f000000, 0x7fffffff],
  [0xa9fe0000, 0xa9feffff],
  [0xac100000, 0xac1fffff],
  [0xc0a80000, 0xc0a8ffff],
  [0xc6120000, 0xc613ffff],
  [0xe0000000, 0xffffffff],
];

const WORDS: readonly (readonly [TrustEvidence['points'], RegExp])[] = [
  ['management', /(?:^|[^a-z])(?:mgmt|management|oob)(?:[^a-z]|$)/i],
  ['dmz', /(?:^|[^a-z])dmz/i],
  [
    'untrusted',
    /(?:^|[^a-z])(?:outside|untrust(?:ed)?|internet|wan|isp|public|external|extern|uplink|transit|peering|upstream)(?:[^a-z]|$)/i,
  ],
  [
    'internal',
    /(?:^|[^a-z])(?:inside|internal|intern|lan|trust(?:ed)?|private|corp(?:orate)?|office|users?|servers?|plant)(?:[^a-z]|$)/i,
  ],
];

/** What the text says for or against a segment facing an untrusted network. */
export class Evidence {
  private readonly routes: readonly StaticRoute[];
  private readonly peers: readonly { readonly address: number | bigint; readonly span: Span }[];

  constructor(scope: JunosNode, routes: readonly StaticRoute[]) {
    this.routes = routes;
    this.peers = externalPeers(scope);
  }

  /** By its interfaces and, where it is one, its zone's name. */
  of(units: readonly Unit[], zone: SrxZone | undefined): TrustEvidence[] {
    const found: TrustEvidence[] = [];
    if (zone !== undefined) byWord(zone.name, 'the zone is called', 2, zone.span, found);
    for (const unit of units) this.unit(unit, found);
    return found;
  }

  private unit(unit: Unit, found: TrustEvidence[]): void {
    for (const { route, unit: exit, isDefault } of this.routes) {
      if (!isDefault || exit !== unit.name) continue;
      const reason = `default route ${route.family === 4 ? '0.0.0.0/0' : '::/0'} leaves here`;
      found.push({ points: 'untrusted', weight: 3, reason, span: route.span });
    }
    for (const { family, address, prefixLength, span } of unit.network.addresses) {
      // Global IPv6 addresses say nothing: inside networks have them as well.
      if (family !== 4 || typeof address !== 'number') continue;
      if (NOT_PUBLIC.some(([first, last]) => first <= address && address <= last)) continue;
      found.push({
        points: 'untrusted',
        weight: 2,
        reason: `${formatIp(4, address)}/${prefixLength} is a public address`,
        span,
      });
    }
    for (const { address, span } of this.peers) {
      if (!unit.network.addresses.some((own) => holds(own, address))) continue;
      found.push({
        points: 'untrusted',
        weight: 2,
        reason: 'a BGP peer of another organisation is reached here',
        span,
      });
    }
    if (unit.dynamic !== undefined) {
      const reason = `the address comes from outside (\`${unit.dynamic.word}\`)`;
      found.push({ points: 'untrusted', weight: 2, reason, span: unit.dynamic.span });
    }
    if (unit.description !== undefined) {
      byWord(unit.description.word, 'description says', 1, unit.description.span, found);
    }
  }
}

function byWord(name: string, where: string, weight: 1 | 2, span: Span, found: TrustEvidence[]): void {
  for (const [points, pattern] of WORDS) {
    const word = pattern.exec(name)?.[0].replaceAll(/^[^a-z]+|[^a-z]+$/gi, '');
    if (word === undefined) continue;
    found.push({ points, weight, reason: `${where} "${word}"`, span });
    return;
  }
}

/** Neighbours of `type external` groups, private AS numbers (RFC 6996) left out. */
function externalPeers(scope: JunosNode): { address: number | bigint; span: Span }[] {
  return entries(scope, 'protocols', 'bgp', 'group').flatMap((group) => {
    if (value(group, 'type') !== 'external') return [];
    return entries(group, 'neighbor').flatMap((neighbor) => {
      const as = Number(value(neighbor, 'peer-as') ?? value(group, 'peer-as') ?? Number.NaN);
      const isPrivate = (as >= 64512 && as <= 65534) || (as >= 4200000000 && as <= 4294967294);
      const address = parseIp4(neighbor.word) ?? parseIp6(neighbor.word);
      return address === undefined || isPrivate || Number.isNaN(as) ? [] : [{ address, span: neighbor.span }];
    });
  });
}
