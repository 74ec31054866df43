import type { DeviceReport, SegmentTrust } from '../../checks/device-report.ts';
import { comment, word } from './yaml-parts.ts';

const ABOUT =
  'What segments face, as far as the configurations tell; with it, this no longer changes when they do. Roles: internal, untrusted, dmz, partner (counts as untrusted), management, ot (both count as your own). Segments that are commented out are for you to decide: no connection with them is judged until then.';

/** Segments with the trust that was inferred and its reasons; those of unknown trust as comments. */
export function segmentLines(devices: readonly DeviceReport[]): string[] {
  const roles = rolesOf(devices);
  const blocks = devices.flatMap((device) => deviceLines(device, roles));
  const isListed = blocks.some((line) => line.startsWith('  - '));
  return [...comment(ABOUT), isListed ? 'segments:' : 'segments: []', ...blocks];
}

function deviceLines(device: DeviceReport, roles: Roles): string[] {
  const used = device.segments.filter(({ transit }) => transit === 'yes');
  const unused = device.segments.filter(({ transit }) => transit === 'dormant').map(({ segment }) => segment);
  if (used.length + unused.length === 0) return [];
  return [
    '',
    ...comment(`=== ${device.device} (${device.platform}, ${device.source}) ===`, 2),
    ...used.flatMap((row) => segmentLine(device, row, roles)),
    ...(unused.length === 0 ? [] : comment(`Shut down or without an address: ${unused.join(', ')}`, 2)),
  ];
}

function segmentLine({ device }: DeviceReport, row: SegmentTrust, roles: Roles): string[] {
  const { segment, trust, reasons } = row;
  const role = trust === 'unknown' ? 'internal' : trust;
  const entry = `{ device: ${word(device)}, segment: ${word(segment)}, role: ${role} }`;
  const obstacle = obstacleTo(device, row, roles);
  const because = [...(obstacle === undefined ? [] : [`To decide: ${obstacle}`]), ...reasons].join('; ');
  return [...(because === '' ? [] : comment(because, 2)), obstacle === undefined ? `  - ${entry}` : `  # - ${entry}`];
}

/** Why an entry would not say what was inferred. */
function obstacleTo(device: string, { segment, trust }: SegmentTrust, roles: Roles): string | undefined {
  if (trust === 'unknown') return 'trust is not known';
  if (`${device}${segment}`.includes('*')) return 'a name has a *, which stands for anything here';
  const found = roles.get(keyOf(device, segment));
  return found !== undefined && found.size > 1 ? 'devices of one name do not agree' : undefined;
}

type Roles = ReadonlyMap<string, ReadonlySet<string>>;

/** What is inferred for a name, in any device of that name: an entry speaks of them all. */
function rolesOf(devices: readonly DeviceReport[]): Roles {
  const roles = new Map<string, Set<string>>();
  for (const { device, segments } of devices) {
    for (const { segment, trust } of segments) {
      const key = keyOf(device, segment);
      roles.set(key, (roles.get(key) ?? new Set()).add(trust));
    }
  }
  return roles;
}

function keyOf(device: string, segment: string): string {
  return JSON.stringify([device.toLowerCase(), segment.toLowerCase()]);
}
