import type { Telemetry } from '../model/device.ts';
import type { Notes } from './notes.ts';
import { entries } from './srx-entries.ts';
import { child, value, type JunosNode } from './tree.ts';

/** Services of a policy that look into what passes; others only shape or count it. */
const INSPECTS: ReadonlySet<string> = new Set([
  'idp',
  'idp-policy',
  'utm-policy',
  'security-intelligence-policy',
  'advanced-anti-malware-policy',
  'anti-virus-policy',
  'secure-web-proxy',
  'security-metadata-streaming-policy',
]);

/**
 * Where the firewall sends its session logs (`security log stream`), and which policies have packets inspected. Policies
 * that permit `application-services idp` need an active IDP policy; those that name one do not.
 */
export function securityTelemetry(
  scope: JunosNode,
  segmentsOf: (zone: string) => readonly string[],
  notes: Notes,
): Telemetry[] {
  const security = child(scope, 'security');
  return [...logStreams(security, notes), ...inspections(security, segmentsOf)];
}

function logStreams(security: JunosNode | undefined, notes: Notes): Telemetry[] {
  const log = child(security, 'log');
  if (log !== undefined) notes.mark(log, 'modelled');
  // In event mode sessions are logged by the routing engine, to the hosts of `system syslog`.
  const streaming = value(log, 'mode') !== 'event' && child(log, 'disable') === undefined;
  return entries(log, 'stream').flatMap((stream): Telemetry[] => {
    const target = entries(stream, 'host').find(({ word }) => word !== 'port' && word !== 'routing-instance');
    const { span } = target ?? stream;
    return [
      {
        kind: 'syslog',
        target: target?.word ?? stream.word,
        covers: [],
        effective: streaming && target !== undefined,
        span,
      },
    ];
  });
}

function inspections(security: JunosNode | undefined, segmentsOf: (zone: string) => readonly string[]): Telemetry[] {
  const active =
    child(security, 'idp', 'active-policy') !== undefined || child(security, 'idp', 'default-policy') !== undefined;
  const found: Telemetry[] = [];
  const read = (policy: JunosNode, zones: readonly string[]): void => {
    for (const service of entries(policy, 'then', 'permit', 'application-services')) {
      if (!INSPECTS.has(service.word)) continue;
      const names = entries(service).map(({ word }) => word);
      found.push({
        kind: 'intrusion-prevention',
        target: [service.word, ...names].join(' '),
        covers: [...new Set(zones.flatMap((zone) => segmentsOf(zone)))],
        effective: service.word !== 'idp' || active,
        span: service.span,
      });
    }
  };
  for (const from of entries(security, 'policies', 'from-zone')) {
    for (const to of entries(from, 'to-zone')) {
      for (const policy of entries(to, 'policy')) read(policy, [from.word, to.word]);
    }
  }
  for (const policy of entries(security, 'policies', 'global', 'policy')) {
    const zones = ['from-zone', 'to-zone'].map((side) => entries(policy, 'match', side).map(({ word }) => word));
    read(policy, zones.some((side) => side.length === 0 || side.includes('any')) ? [] : zones.flat());
  }
  return found;
}
