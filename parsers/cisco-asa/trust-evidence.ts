import type { NetworkInterface, TrustEvidence } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { InterfaceNode, Notes } from './tree.ts';
import { formatIp } from '../model/format.ts';
import { isPublicAddress, trustWord } from '../model/trust-signs.ts';

/** Where default routes leave: the statement's place by nameif. */
export interface RouteFacts {
  readonly defaults: ReadonlyMap<string, { readonly text: string; readonly span: Span }>;
}

/** Names that make level 0 a clear sign. */
const UNTRUSTED_NAMES = /^(?:outside|untrust(?:ed)?|internet|wan|isp|public)/i;

/** Facts of the text that say which side of the firewall an interface is on. */
export function evidenceOf(
  name: string,
  member: NetworkInterface,
  level: { readonly value: number; readonly span: Span; readonly reason: string },
  managementOnly: boolean,
  routes: RouteFacts,
  notes: Notes,
  node: InterfaceNode,
): TrustEvidence[] {
  const found: TrustEvidence[] = [];
  if (node.label === undefined) return found;
  if (managementOnly && node.managementOnly !== undefined) {
    found.push({
      points: 'management',
      weight: 3,
      reason: 'management-only',
      span: notes.span(node.managementOnly.line),
    });
  }
  const route = routes.defaults.get(name);
  if (route !== undefined) {
    found.push({
      points: 'untrusted',
      weight: 3,
      reason: `default route leaves here: ${route.text}`,
      span: route.span,
    });
  }
  const learned = node.addresses.find(({ words }) => words.includes('setroute'));
  if (learned !== undefined) {
    const span = notes.span(learned.line);
    found.push({ points: 'untrusted', weight: 3, reason: 'default route learned here: setroute', span });
  }
  for (const { address, family, span } of member.addresses) {
    // Where the default route leaves elsewhere, a public address is that of a service network.
    if (!isPublicAddress(address) || (routes.defaults.size > 0 && route === undefined)) continue;
    found.push({ points: 'untrusted', weight: 2, reason: `public address ${formatIp(family, address)}`, span });
    break;
  }
  found.push(...levelEvidence(name, level));
  const words = trustWord(name) ?? trustWord(member.description ?? '');
  if (words !== undefined) {
    const { points, word } = words;
    found.push({
      points,
      weight: points === 'dmz' ? 2 : 1,
      reason: `the word "${word}"`,
      span: node.nameif === undefined ? member.span : notes.span(node.nameif.line),
    });
  }
  return found;
}

function levelEvidence(
  name: string,
  { value, span, reason }: { readonly value: number; readonly span: Span; readonly reason: string },
): TrustEvidence[] {
  if (value === 0 && UNTRUSTED_NAMES.test(name)) return [{ points: 'untrusted', weight: 2, reason, span }];
  if (value === 100) return [{ points: 'internal', weight: 2, reason, span }];
  if (value > 0) return [{ points: 'dmz', weight: 1, reason, span }];
  return [];
}
