import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import { child, entries, type PanNode } from './tree.ts';

/**
 * Type of a zone. `untyped`: written without one, it has no interface. `named`: only rules name it, its definition is not in the
 * text.
 */
export type ZoneType = 'layer3' | 'layer2' | 'virtual-wire' | 'tap' | 'tunnel' | 'external' | 'untyped' | 'named';

export interface PanZone {
  readonly name: string;
  readonly type: ZoneType;
  /** Interfaces; of an external zone, the virtual systems and shared gateways it stands for. */
  readonly members: readonly PanNode[];
  readonly span: Span;
}

const TYPES = ['layer3', 'layer2', 'virtual-wire', 'tap', 'tunnel', 'external'] as const;

/** Words of a zone that cannot change which of its packets pass: rates, anomalies, names of users and devices. */
const INERT: ReadonlySet<string> = new Set([
  'zone-protection-profile',
  'enable-packet-buffer-protection',
  'packet-buffer-protection',
  'log-setting',
  'net-inspection',
  'prenat-identification',
]);

const INERT_OF_ZONE: ReadonlySet<string> = new Set([
  'enable-user-identification',
  'enable-device-identification',
  'user-acl',
  'device-acl',
  'prenat-identification',
  'description',
]);

/** Zones below the node of a virtual system or shared gateway, in order. */
export function readZones(system: PanNode, notes: Notes): PanZone[] {
  return entries(system, 'zone').map((zone) => readZone(zone, notes));
}

function readZone(node: PanNode, notes: Notes): PanZone {
  notes.mark(node, 'modelled');
  const network = child(node, 'network');
  for (const part of node.children) {
    if (INERT_OF_ZONE.has(part.word)) notes.mark(part, 'no-effect');
    else if (part !== network) unknown(part, notes);
  }
  for (const part of entries(network)) {
    if (INERT.has(part.word)) notes.mark(part, 'no-effect');
    else if (TYPES.every((type) => type !== part.word)) unknown(part, notes);
  }
  const written = TYPES.filter((type) => child(network, type) !== undefined);
  const type = written.find((each) => entries(network, each).length > 0) ?? written[0] ?? 'untyped';
  return { name: node.word, type, members: entries(network, type), span: node.span };
}

function unknown(part: PanNode, notes: Notes): void {
  notes.mark(part, 'unrecognised');
  notes.diagnose(
    'panos/zone-not-understood',
    'warning',
    part.span,
    `\`${part.word}\` is not known in a zone`,
    'interfaces may be in the zone that are not shown there',
  );
}

/**
 * Zones that rules name and the text does not define. A device refuses to commit them, so what is missing is their text (a
 * template of Panorama, most often): they count as there, with interfaces that nobody knows.
 *
 * @param named as rules name them, the first place each.
 * @param hasNetwork false where the text is policy alone, so that no zone could be defined in it.
 */
export function undefinedZones(
  named: readonly { readonly name: string; readonly span: Span }[],
  defined: readonly PanZone[],
  hasNetwork: boolean,
  notes: Notes,
): PanZone[] {
  const known = new Set(defined.map(({ name }) => name));
  const found: PanZone[] = [];
  for (const { name, span } of named) {
    if (known.has(name)) continue;
    known.add(name);
    found.push({ name, type: 'named', members: [], span });
    if (!hasNetwork || defined.length === 0) continue;
    notes.diagnose(
      'panos/undefined-zone',
      'warning',
      span,
      `zone \`${name}\` is not defined in the text`,
      'which interfaces its rules are for is unknown; the zone is audited all the same',
    );
  }
  const [first] = found;
  if (first !== undefined && (!hasNetwork || defined.length === 0)) {
    notes.diagnose(
      'panos/no-zones',
      'note',
      first.span,
      'the text has rules and no zones',
      'every zone that a rule names counts as there, with IPv4 and IPv6; which interfaces and networks lie behind it is unknown',
    );
  }
  return found;
}
