import { formatAddressSet, formatPortRanges } from '../../parsers/model/format.ts';
import type { CrossingName } from '../finding.ts';
import type { AddressField, PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { Target } from './flow-text.ts';

const SHOWN_TERMS = 3;
/** Terms looked for, so that it can be said how many more there are. */
const MAX_TERMS = 24;
const SHOWN_SEGMENTS = 4;
const SHOWN_SERVICES = 6;

/** Fills `{name}` in a text. A name without a value is an error of the check. */
export function fill(template: string, data: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`no value for {${name}} in "${template}"`);
    return value;
  });
}

/** `a, b, c and 4 more`; `many` where there are more that were not counted. */
export function listed(items: readonly string[], shown: number, many = false): string {
  const rest = items.length - shown;
  const head = items.slice(0, shown).join(', ');
  if (rest > 0) return `${head} and ${rest} more`;
  return many ? `${head} and more` : head;
}

/** `outside → inside, dmz; backup → inside`: crossings by the segment they come from. */
export function crossingsText(crossings: readonly CrossingName[]): string {
  const byFrom = Map.groupBy(crossings, ({ from }) => from);
  const parts = [...byFrom].map(([from, group]) => {
    const to = listed(
      group.map((crossing) => crossing.to),
      SHOWN_SEGMENTS,
    );
    return `${from} → ${to}`;
  });
  return parts.length <= SHOWN_SEGMENTS
    ? parts.join('; ')
    : `${parts.slice(0, SHOWN_SEGMENTS).join('; ')} and ${parts.length - SHOWN_SEGMENTS} more`;
}

/** `mqtt (tcp/1883), amqp (tcp/5672) and 3 more`; ports without a service as `tcp 1-79, 81-65535`. */
export function targetsText(targets: readonly Target[]): string {
  const services = targets.flatMap(({ service, protocol, slice, forwardedTo }) => {
    if (service === undefined) return [];
    const forwarded = forwardedTo === undefined ? '' : `, forwarded to ${forwardedTo}`;
    return [`${service} (${protocol ?? 'ip'}/${slice.port}${forwarded})`];
  });
  const applications = applicationsText(targets);
  const protocols = Map.groupBy(
    targets.filter(({ service, application }) => service === undefined && application === undefined),
    ({ protocol }) => protocol,
  );
  const ports = [...protocols].map(([protocol, group]) => {
    if (protocol === undefined) return 'every protocol and port';
    const ranges = formatPortRanges(group.flatMap((target) => target.ports));
    return `${protocol} ${listed(ranges, SHOWN_TERMS)}`;
  });
  return [...(services.length > 0 ? [listed(services, SHOWN_SERVICES)] : []), ...applications, ...ports].join(', ');
}

/** `mqtt, amqp on tcp 1-1882, 1885-4999`: applications with the same ports together. */
function applicationsText(targets: readonly Target[]): string[] {
  const ofOne = targets.flatMap(({ application, protocol, ports }) =>
    application === undefined ? [] : [{ application, protocol: protocol ?? 'ip', ports }],
  );
  const byName = [...Map.groupBy(ofOne, ({ application }) => application)].map(([application, group]) => {
    const ranges = formatPortRanges(group.flatMap(({ ports }) => ports));
    return { application, ports: `${group[0]?.protocol ?? 'ip'} ${listed(ranges, SHOWN_TERMS)}` };
  });
  const byPorts = Map.groupBy(byName, ({ ports }) => ports);
  return [...byPorts].map(([ports, group]) => `${group.map(({ application }) => application).join(', ')} on ${ports}`);
}

/** The addresses that packets of a set have on one side: `10.1.0.0/16, 10.2.0.5 and 4 more`, `any`, `any IPv4`. */
export function endText(space: PacketSpace, set: PacketSet, side: AddressField): string {
  const other = side === 'source' ? 'destination' : 'source';
  const ends = space.forSome(space.forSome(set, other), 'source-port');
  const families = ([4, 6] as const).filter((family) => space.intersects(set, space.family(family)));
  const free = families.filter((family) => space.isSubset(space.family(family), ends));
  // IPv4 goes without saying; that a finding is about IPv6 alone does not.
  if (free.length === families.length) return families.includes(4) ? 'any' : 'any IPv6';
  const rest = free.reduce((left, family) => space.subtract(left, space.family(family)), ends);
  const { boxes, truncated } = space.describe(rest, MAX_TERMS);
  const terms = boxes.flatMap((box) => formatAddressSet({ include: box[side], exclude: [] }));
  return listed([...free.map((family) => `any IPv${family}`), ...terms], SHOWN_TERMS, truncated);
}
