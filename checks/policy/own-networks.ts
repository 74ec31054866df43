import { addressFamily, type Family } from '../../parsers/model/address.ts';
import { formatIp } from '../../parsers/model/format.ts';
import { parseNetwork } from '../../parsers/model/parse-address.ts';
import { PRIVATE_NETWORKS } from '../data/reserved-networks.ts';
import type { DeviceReport, SegmentTrust } from '../device-report.ts';

/** Networks that segments say are the organisation's own. */
export interface FoundNetworks {
  /** Private networks that internal segments are connected to, neighbours put together, ascending. */
  readonly sure: readonly string[];
  /** Those that a segment of unknown trust has addresses in, too: to call them own would decide that segment. */
  readonly contested: readonly string[];
}

interface Prefix {
  readonly family: Family;
  readonly first: bigint;
  readonly bits: number;
}

export function foundNetworks(reports: readonly DeviceReport[]): FoundNetworks {
  const segments = reports.flatMap((report) => report.segments);
  const undecided = prefixesOf(segments.filter(({ trust }) => trust === 'unknown'));
  const internal = segments.filter(({ trust, transit }) => trust === 'internal' && transit === 'yes');
  const own = merged(prefixesOf(internal).filter(isPrivate));
  const isContested = (prefix: Prefix): boolean => undecided.some((other) => overlap(prefix, other));
  return {
    sure: own.filter((prefix) => !isContested(prefix)).map(textOf),
    contested: own.filter(isContested).map(textOf),
  };
}

function prefixesOf(segments: readonly SegmentTrust[]): Prefix[] {
  return segments.flatMap(({ networks = [] }) => networks.flatMap((text) => prefixOf(text) ?? []));
}

function prefixOf(text: string): Prefix | undefined {
  const range = parseNetwork(text);
  if (range === undefined) return undefined;
  const length = text.split('/')[1];
  const family = addressFamily(range);
  return { family, first: BigInt(range.first), bits: length === undefined ? widthOf(family) : Number(length) };
}

function isPrivate(prefix: Prefix): boolean {
  return PRIVATE_NETWORKS.some(
    (network) =>
      'first' in network &&
      addressFamily(network) === prefix.family &&
      BigInt(network.first) <= prefix.first &&
      lastOf(prefix) <= BigInt(network.last),
  );
}

/** Without those inside of others, and two halves of a network as that network. */
function merged(prefixes: readonly Prefix[]): Prefix[] {
  const kept: Prefix[] = [];
  for (const prefix of prefixes.toSorted(
    (a, b) => a.family - b.family || compare(a.first, b.first) || a.bits - b.bits,
  )) {
    const before = kept.at(-1);
    if (before !== undefined && before.family === prefix.family && prefix.first <= lastOf(before)) continue;
    kept.push(prefix);
    joinHalves(kept);
  }
  return kept;
}

function joinHalves(kept: Prefix[]): void {
  for (;;) {
    const [low, high] = kept.slice(-2);
    if (low === undefined || high === undefined || low.family !== high.family || low.bits !== high.bits) return;
    const whole = { family: low.family, first: low.first, bits: low.bits - 1 };
    const isAligned = low.first % sizeOf(whole) === 0n;
    if (!isAligned || high.first !== lastOf(low) + 1n) return;
    kept.splice(-2, 2, whole);
  }
}

function overlap(a: Prefix, b: Prefix): boolean {
  return a.family === b.family && a.first <= lastOf(b) && b.first <= lastOf(a);
}

function lastOf(prefix: Prefix): bigint {
  return prefix.first + sizeOf(prefix) - 1n;
}

function sizeOf({ family, bits }: Prefix): bigint {
  return 1n << BigInt(widthOf(family) - bits);
}

function widthOf(family: Family): number {
  return family === 4 ? 32 : 128;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function textOf({ family, first, bits }: Prefix): string {
  return bits === widthOf(family) ? formatIp(family, first) : `${formatIp(family, first)}/${bits}`;
}
