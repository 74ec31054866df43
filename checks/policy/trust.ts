import type { Device, Segment, TrustEvidence } from '../../parsers/model/device.ts';
import { parseNetwork } from '../../parsers/model/parse-address.ts';
import { addressFamily, prefix4, prefix6, type AddressTerm } from '../../parsers/model/address.ts';
import { formatAddressTerm, formatIp } from '../../parsers/model/format.ts';
import { PRIVATE_NETWORKS } from '../data/reserved-networks.ts';
import type { SegmentTrust, Trust } from '../device-report.ts';
import { fits } from './pattern.ts';
import { NO_POLICY, type Policy, type SegmentRole } from './policy.ts';

/** What the user says about segments. Names may be `device:segment` and may hold `*`. */
export interface TrustOptions {
  readonly untrusted: readonly string[];
  readonly internal: readonly string[];
  /** Networks that are ours (`10.0.0.0/8`): a segment with an address in one is internal unless told otherwise. */
  readonly internalNetworks: readonly string[];
}

/** Roles from the policy file; the command line wins over them. */
type Roles = Pick<Policy, 'segments' | 'networks'>;

/**
 * Judges every segment. What the user sets wins; then addresses in the user's internal networks; then the evidence of
 * the text: the heaviest kind wins (default route, then public addresses and security levels, then words in names, but
 * see `isPublicInside`), equal and contradicting evidence leaves the segment `unknown` with both reasons shown.
 */
export function judgeTrust(device: Device, options: TrustOptions, roles: Roles = NO_POLICY): readonly SegmentTrust[] {
  const written = [...options.internalNetworks, ...roles.networks.map(({ network }) => network)];
  const ours = written.map(parseNetwork).filter((network) => network !== undefined);
  return device.segments.map((segment) => {
    const networks = networksOf(segment);
    const judged = judge(device, segment, options, roles, ours);
    return networks.length === 0 ? judged : { ...judged, networks };
  });
}

function networksOf({ interfaces }: Segment): string[] {
  const terms = interfaces.flatMap(({ addresses }) =>
    addresses.map(({ family, address, prefixLength }) =>
      family === 4 ? prefix4(Number(address), prefixLength) : prefix6(BigInt(address), prefixLength),
    ),
  );
  return [...new Set(terms.map(formatAddressTerm))];
}

/** Roles of the policy file that fit no segment of any of the devices. */
export function unmatchedRoles(devices: readonly Device[], roles: readonly SegmentRole[]): readonly SegmentRole[] {
  return roles.filter(
    (role) => !devices.some((device) => device.segments.some((segment) => plays(device, segment, role))),
  );
}

function plays(device: Device, { name, aliases }: Segment, role: SegmentRole): boolean {
  return fits(device.name, role.device) && [name, ...aliases].some((each) => fits(each, role.segment));
}

/** Patterns of `--untrusted`/`--internal` that name no segment of any of the devices: a spelling error, most likely. */
export function unmatchedPatterns(devices: readonly Device[], patterns: readonly string[]): readonly string[] {
  return patterns.filter(
    (pattern) => !devices.some((device) => device.segments.some((segment) => names(device, segment, pattern))),
  );
}

function judge(
  device: Device,
  segment: Segment,
  options: TrustOptions,
  roles: Roles,
  ours: readonly AddressTerm[],
): SegmentTrust {
  const { name, transit } = segment;
  const set = (trust: Trust, reason: string): SegmentTrust => ({
    segment: name,
    trust,
    source: 'set',
    reasons: [reason],
    transit,
  });
  const untrusted = options.untrusted.find((pattern) => names(device, segment, pattern));
  const internal = options.internal.find((pattern) => names(device, segment, pattern));
  if (untrusted !== undefined && internal !== undefined) {
    return set('unknown', `set both untrusted ("${untrusted}") and internal ("${internal}")`);
  }
  if (untrusted !== undefined) return set('untrusted', `set untrusted by "${untrusted}"`);
  if (internal !== undefined) return set('internal', `set internal by "${internal}"`);
  const playing = roles.segments.filter((each) => plays(device, segment, each));
  const role = playing.at(-1);
  if (role !== undefined) {
    const other = playing.findLast((each) => contradicts(role, each));
    if (other === undefined) return set(role.role, `set ${role.role} by the policy (${placeOf(role)})`);
    const both = `set ${other.role} (${placeOf(other)}) and ${role.role} (${placeOf(role)}) by the policy`;
    return set('unknown', `${both}, where only a narrower entry may follow a wider one`);
  }
  const inside = segment.interfaces
    .flatMap((port) => port.addresses)
    .find(({ family, address }) => ours.some((n) => addressFamily(n) === family && holds(n, BigInt(address))));
  if (inside !== undefined) return set('internal', 'has an address in an internal network that was set');
  return inferred(device, segment);
}

function placeOf({ place }: SegmentRole): string {
  return `${place.source}:${place.line}`;
}

/** A narrower entry below a wider one means to change it, and so does another file; anything else leaves open which is meant. */
function contradicts(role: SegmentRole, earlier: SegmentRole): boolean {
  if (role.role === earlier.role || role.place.source !== earlier.place.source) return false;
  return !(isWithin(role.device, earlier.device) && isWithin(role.segment, earlier.segment));
}

/** Whether all that fits a pattern fits another, where something fits both. */
function isWithin(pattern: string, other: string): boolean {
  const isName = !pattern.includes('*') && other.includes('*');
  return isName || fits(pattern, other);
}

function inferred(device: Device, segment: Segment): SegmentTrust {
  const { name, transit, evidence } = segment;
  const show = ({ reason, span }: TrustEvidence): string => `${reason} (line ${span.line})`;
  const verdict = (trust: Trust, from: readonly TrustEvidence[], more: string[] = []): SegmentTrust => ({
    segment: name,
    trust,
    source: 'inferred',
    reasons: [...new Set([...from.map(show), ...more])],
    transit,
  });
  const management = evidence.filter(({ points }) => points === 'management');
  if (management.length > 0 && evidence.every(({ points, weight }) => points === 'management' || weight < 3)) {
    return verdict('management', management);
  }
  if (isPublicInside(device, segment)) {
    return verdict('dmz', evidence, ['the default route leaves by another segment']);
  }
  for (const weight of [3, 2, 1] as const) {
    const here = evidence.filter((fact) => fact.weight === weight && fact.points !== 'management');
    const sides = new Set(here.map(({ points }) => points));
    const [side] = sides;
    if (sides.size === 1 && side !== undefined) return verdict(side, here);
    // A DMZ is a kind of inside: the two do not contradict each other, an untrusted one contradicts both.
    if (sides.size > 1 && !sides.has('untrusted')) return verdict('dmz', here);
    if (sides.size > 1) return verdict('unknown', here, ['evidence contradicts itself']);
  }
  const own = segment.interfaces
    .flatMap((port) => port.addresses)
    .find(({ address, family }) => isPrivate(family, address));
  if (own === undefined) return verdict('unknown', [], ['nothing in the text tells']);
  const shown = `${formatIp(own.family, own.address)}/${own.prefixLength}`;
  return verdict('internal', [], [`private address ${shown} (line ${own.span.line}), and nothing speaks against it`]);
}

/**
 * Public addresses alone do not make an uplink: a network of public servers has them too. Where names speak for ours,
 * nothing but the addresses against it, and the default route leaves by another segment, it is such a network.
 */
function isPublicInside(device: Device, { evidence, name, routingContext }: Segment): boolean {
  const points = (weight: number): Set<string> =>
    new Set(evidence.flatMap((fact) => (fact.weight === weight ? [fact.points] : [])));
  const names = points(1);
  const addresses = points(2);
  if (points(3).size > 0 || addresses.size !== 1 || !addresses.has('untrusted')) return false;
  if (names.has('untrusted') || !(names.has('internal') || names.has('dmz'))) return false;
  return device.segments.some(
    (other) =>
      other.name !== name &&
      other.routingContext === routingContext &&
      other.evidence.some((fact) => fact.weight === 3 && fact.points === 'untrusted'),
  );
}

/** Private use and unique local addresses: no uplink to the internet has only these unless something else says so. */
function isPrivate(family: 4 | 6, address: number | bigint): boolean {
  return PRIVATE_NETWORKS.some((network) => addressFamily(network) === family && holds(network, BigInt(address)));
}

function names(device: Device, segment: Segment, pattern: string): boolean {
  const colon = pattern.indexOf(':');
  const all = [segment.name, ...segment.aliases];
  if (all.some((name) => fits(name, pattern))) return true;
  if (colon < 0 || !fits(device.name, pattern.slice(0, colon))) return false;
  return all.some((name) => fits(name, pattern.slice(colon + 1)));
}

function holds(term: AddressTerm, address: bigint): boolean {
  if (term.kind !== 'range4' && term.kind !== 'range6') return false;
  return BigInt(term.first) <= address && address <= BigInt(term.last);
}
