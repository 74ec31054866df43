import type { TrustEvidence } from '../model/device.ts';
import { formatIp } from '../model/format.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import { isPublicAddress, trustWord } from '../model/trust-signs.ts';
import type { Span } from '../source.ts';
import type { Unit } from './interfaces.ts';
import { holds, type StaticRoute } from './routes.ts';
import type { SrxZone } from './srx-zones.ts';
import { entries, value, type JunosNode } from './tree.ts';

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
      if (!isPublicAddress(address)) continue;
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
  const sign = trustWord(name);
  if (sign !== undefined) found.push({ points: sign.points, weight, reason: `${where} "${sign.word}"`, span });
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
