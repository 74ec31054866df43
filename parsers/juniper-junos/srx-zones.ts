import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** A security zone: what policies speak of. */
export interface SrxZone {
  readonly name: string;
  /**
   * `management`: `functional-zone management`, whose interfaces carry no through-traffic. `undefined`: policies name it
   * and the text has no such zone.
   */
  readonly kind: 'security' | 'management' | 'undefined';
  /** Logical interfaces (`ge-0/0/0.0`; a missing unit is 0) in order; `all` stands for those in no other zone. */
  readonly interfaces: readonly { readonly name: string; readonly span: Span }[];
  readonly span: Span;
}

/** Words of a zone that say what reaches the device itself, or how sessions are kept: through-traffic never meets them. */
const INERT_IN_ZONE: ReadonlySet<string> = new Set([
  'host-inbound-traffic',
  'screen',
  'tcp-rst',
  'application-tracking',
  'source-identity-log',
  'enable-reverse-reroute',
  'unidirectional-session-refreshing',
  'advance-policy-based-routing-profile',
  'advanced-connection-tracking',
  'description',
]);

/** The device itself, as policies name it. */
export const HOST_ZONE = 'junos-host';

/** Every zone of a system, those that only policies name last. */
export function readZones(scope: JunosNode, notes: Notes): SrxZone[] {
  const security = child(scope, 'security');
  const found: SrxZone[] = [];
  for (const part of entries(security, 'zones')) {
    if (part.word === 'security-zone') for (const zone of entries(part)) found.push(readZone(zone, 'security', notes));
    else if (part.word === 'functional-zone') {
      for (const zone of entries(part)) found.push(readZone(zone, 'management', notes));
    } else unknown(part, notes);
  }
  const known = new Set(found.map(({ name }) => name));
  const written = found.length > 0;
  for (const named of zonesOfPolicies(security)) {
    if (known.has(named.word) || named.word === HOST_ZONE || named.word === 'any') continue;
    known.add(named.word);
    found.push({ name: named.word, kind: 'undefined', interfaces: [], span: named.span });
    // A text without zones is a piece of a configuration; there, every policy would say the same.
    if (!written) continue;
    notes.diagnose(
      'junos/undefined-zone',
      'warning',
      named.span,
      `zone \`${named.word}\` is not defined in the text`,
      'which interfaces its policies are for is unknown; the zone is audited all the same',
    );
  }
  return found;
}

function readZone(node: JunosNode, kind: SrxZone['kind'], notes: Notes): SrxZone {
  notes.mark(node, 'modelled');
  const interfaces: { name: string; span: Span }[] = [];
  for (const part of entries(node)) {
    if (part.word === 'interfaces') {
      for (const member of entries(part)) {
        interfaces.push({ name: withUnit(member.word), span: member.span });
        for (const below of entries(member)) {
          if (INERT_IN_ZONE.has(below.word)) notes.mark(below, 'no-effect');
          else unknown(below, notes);
        }
      }
    } else if (INERT_IN_ZONE.has(part.word)) notes.mark(part, 'no-effect');
    else if (part.word !== 'address-book') unknown(part, notes);
  }
  return { name: node.word, kind, interfaces, span: node.span };
}

function unknown(part: JunosNode, notes: Notes): void {
  notes.mark(part, 'unrecognised');
  notes.diagnose(
    'junos/zone-not-understood',
    'warning',
    part.span,
    `\`${part.word}\` is not known in a security zone`,
    'interfaces may be in the zone that are not shown there',
  );
}

/** `ge-0/0/0` means unit 0. */
function withUnit(name: string): string {
  return name === 'all' || name.includes('.') ? name : `${name}.0`;
}

function zonesOfPolicies(security: JunosNode | undefined): JunosNode[] {
  const pairs = entries(security, 'policies', 'from-zone').flatMap((from) => [from, ...entries(from, 'to-zone')]);
  const global = entries(security, 'policies', 'global', 'policy').flatMap((policy) => [
    ...entries(policy, 'match', 'from-zone'),
    ...entries(policy, 'match', 'to-zone'),
  ]);
  return [...pairs, ...global];
}
