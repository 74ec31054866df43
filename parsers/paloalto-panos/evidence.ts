import type { TrustEvidence } from '../model/device.ts';
import { formatIp } from '../model/format.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import { isPublicAddress, trustWord } from '../model/trust-signs.ts';
import type { Span } from '../source.ts';
import type { PanInterface } from './interfaces.ts';
import { holds, type NetworkFacts } from './network.ts';
import { entries, value, type PanNode } from './tree.ts';

/** What the text says for or against a zone facing an untrusted network. */
export class Evidence {
  private readonly network: NetworkFacts;
  private readonly defaults = new Map<string, TrustEvidence[]>();
  private readonly peers: readonly { readonly address: number | bigint; readonly span: Span }[];

  constructor(network: NetworkFacts, root: PanNode | undefined) {
    this.network = network;
    this.peers = externalPeers(root);
    for (const router of network.routers) {
      for (const route of router.statics) {
        if (!route.isDefault) continue;
        for (const { name } of network.exitsOf(route, router)) this.leaves(name, route.family, route.span);
      }
    }
  }

  /** By its interfaces and, where it is one, its zone's name. */
  of(
    units: readonly PanInterface[],
    zone: { readonly name: string; readonly span: Span } | undefined,
  ): TrustEvidence[] {
    const found: TrustEvidence[] = [];
    if (zone !== undefined) byWord(zone.name, 'the zone is called', 2, zone.span, found);
    for (const unit of units) this.unit(unit, found);
    // A zone that nothing but tunnels lead into: neither ours nor anybody's, until the user says so.
    if (units.length > 0 && units.every(({ kind }) => kind === 'tunnel'))
      for (const unit of units) this.tunnel(unit, found);
    return found;
  }

  private leaves(name: string, family: 4 | 6, span: Span): void {
    const reason = `default route ${family === 4 ? '0.0.0.0/0' : '::/0'} leaves here`;
    this.defaults.set(name, [...(this.defaults.get(name) ?? []), { points: 'untrusted', weight: 3, reason, span }]);
  }

  private unit(unit: PanInterface, found: TrustEvidence[]): void {
    found.push(...(this.defaults.get(unit.name) ?? []));
    const { dynamic, comment } = unit;
    if (dynamic !== undefined && unit.learnsDefault) {
      const reason = `default route learned here (\`${dynamic.word}\`)`;
      found.push({ points: 'untrusted', weight: 3, reason, span: dynamic.span });
    }
    for (const { family, address, prefixLength, span } of unit.network.addresses) {
      // Global IPv6 addresses say nothing: inside networks have them as well.
      if (family !== 4 || typeof address !== 'number' || !isPublicAddress(address)) continue;
      const reason = `${formatIp(4, address)}/${prefixLength} is a public address`;
      found.push({ points: 'untrusted', weight: 2, reason, span });
    }
    for (const { address, span } of this.peers) {
      if (!unit.network.addresses.some((own) => holds(own, address))) continue;
      const reason = 'a BGP peer of another organisation is reached here';
      found.push({ points: 'untrusted', weight: 2, reason, span });
    }
    if (dynamic !== undefined) {
      const reason = `the address comes from outside (\`${dynamic.word}\`)`;
      found.push({ points: 'untrusted', weight: 2, reason, span: dynamic.span });
    }
    if (comment !== undefined) byWord(comment.word, 'comment says', 1, comment.span, found);
  }

  /** Two facts that contradict each other, so that the zone is asked about and not judged by its private address. */
  private tunnel({ name, node }: PanInterface, found: TrustEvidence[]): void {
    const tunnel = this.network.tunnels.get(name);
    const span = tunnel?.span ?? node.span;
    const title = tunnel?.title ?? `tunnel interface ${name}`;
    found.push(
      { points: 'internal', weight: 1, reason: `${title}: the other side may be our own`, span },
      { points: 'untrusted', weight: 1, reason: `${title}: the other side may be somebody else's`, span },
    );
  }
}

function byWord(name: string, where: string, weight: 1 | 2, span: Span, found: TrustEvidence[]): void {
  const sign = trustWord(name);
  if (sign !== undefined) found.push({ points: sign.points, weight, reason: `${where} "${sign.word}"`, span });
}

/** Neighbours in other autonomous systems, private AS numbers (RFC 6996) left out. */
function externalPeers(network: PanNode | undefined): { address: number | bigint; span: Span }[] {
  const logical = entries(network, 'logical-router').flatMap((node) => entries(node, 'vrf'));
  const processes = [
    ...entries(network, 'virtual-router').map((node) => node.get('protocol')?.get('bgp')),
    ...logical.map((node) => node.get('bgp')),
  ];
  return processes.flatMap((bgp) => {
    const own = value(bgp, 'local-as');
    const peers = entries(bgp, 'peer-group').flatMap((group) => entries(group, 'peer'));
    return peers.flatMap((peer) => {
      const as = value(peer, 'peer-as') ?? '';
      const text = (value(peer, 'peer-address', 'ip') ?? '').split('/')[0] ?? '';
      const address = parseIp4(text) ?? parseIp6(text);
      return address === undefined || as === own || !isPublicAs(as) ? [] : [{ address, span: peer.span }];
    });
  });
}

function isPublicAs(text: string): boolean {
  const as = Number(text);
  if (text === '' || Number.isNaN(as)) return false;
  return !((as >= 64512 && as <= 65534) || (as >= 4200000000 && as <= 4294967294));
}
