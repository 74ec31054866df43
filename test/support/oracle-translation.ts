/**
 * What translations make of one packet: the naive evaluator's second half.
 *
 * - A translation happens when its conditions are true. Of neighbouring translations of one side (source; destination,
 *   with which the unmodelled ones stand) the first that happens is the only one.
 * - Static ones move the address to the same offset, and where they name a port, the port too.
 * - `dynamic-source` gives any address of the pool (of the family, when the pool is not in the text) and any source port:
 *   devices keep the port, or take one of its range (0–511, 512–1023, 1024–65535), or any, and the text does not tell.
 * - `unmodelled` may take a packet with source or destination in `touches`; what it takes may become any packet of either
 *   family with its protocol and destination port.
 *
 * Where a value is open, bounds.ts says which are tried.
 */
import type { Family } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Crossing } from '../../parsers/model/device.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import type { Choose, OraclePacket } from './oracle.ts';
import { ALL4, ALL6, addressFamily } from '../../parsers/model/address.ts';
import { boundsOf } from './bounds.ts';
import { inAddresses, inRanges, inServices, inTerm } from './membership.ts';

type AllTrue = (conditions: readonly Condition[], choose: Choose) => boolean;

const ANY_PORT: NumberRange = { first: 0, last: 65535 };

/** The packet after the translation at `index`, and the step it meets next. */
export function translate(
  path: Crossing,
  index: number,
  packet: OraclePacket,
  choose: Choose,
  allTrue: AllTrue,
): { after: OraclePacket; next: number } {
  const nat = translationAt(path, index);
  if (nat === undefined || !takes(path, nat, packet) || !allTrue(nat.conditions, choose)) {
    return { after: packet, next: index + 1 };
  }
  if (nat.kind === 'unmodelled' && choose(`touched ${index}`, 2) === 0) return { after: packet, next: index + 1 };
  let next = index + 1;
  for (let other = translationAt(path, next); other !== undefined && sideOf(other) === sideOf(nat);) {
    next += 1;
    other = translationAt(path, next);
  }
  return { after: rewrite(path, index, nat, packet, choose), next };
}

function translationAt(path: Crossing, index: number): Translation | undefined {
  const step = path.steps[index];
  return step?.kind === 'translation' ? step.translation : undefined;
}

function sideOf(nat: Translation): 'source' | 'destination' {
  return nat.kind === 'static-source' || nat.kind === 'dynamic-source' ? 'source' : 'destination';
}

function takes(path: Crossing, nat: Translation, packet: OraclePacket): boolean {
  const { family, source, destination } = packet;
  if ((nat.fromSegment ?? path.from) !== path.from || (nat.toSegment ?? path.to) !== path.to) return false;
  if (nat.kind === 'unmodelled') return [source, destination].some((ip) => inAddresses(nat.touches, family, ip));
  const only = nat.kind === 'dynamic-source' ? { ...nat.only, sources: nat.sources } : (nat.only ?? {});
  if (only.sources !== undefined && !inAddresses(only.sources, family, source)) return false;
  if (only.destinations !== undefined && !inAddresses(only.destinations, family, destination)) return false;
  if (only.services !== undefined && !inServices(only.services, packet)) return false;
  if (nat.kind === 'dynamic-source') return true;
  const [address, port] =
    nat.kind === 'static-source' ? [source, packet.sourcePort] : [destination, packet.destinationPort];
  if (!inTerm(nat.from, family, address)) return false;
  return nat.port === undefined || (port === nat.port.from && inRanges(nat.port.protocols, packet.protocol));
}

function rewrite(path: Crossing, index: number, nat: Translation, packet: OraclePacket, choose: Choose): OraclePacket {
  const pick = <T>(what: string, values: readonly T[]): T => {
    const value = values[choose(`${what} ${index}`, values.length)];
    if (value === undefined) throw new Error(`translation "${nat.text}" gives out nothing`);
    return value;
  };
  if (nat.kind === 'unmodelled') {
    const family = pick<Family>('family', [4, 6]);
    const { addresses, ports } = boundsOf(path, family === 4 ? [ALL4] : [ALL6], ANY_PORT, family);
    const [source, destination] = [pick('source', addresses), pick('destination', addresses)];
    return { ...packet, family, source, destination, sourcePort: pick('port', ports) };
  }
  const { family } = packet;
  if (nat.kind === 'dynamic-source') {
    const all = family === 4 ? ALL4 : ALL6;
    const pool = nat.pool.length === 0 ? [all] : nat.pool.filter((term) => addressFamily(term) === family);
    const { addresses, ports } = boundsOf(path, pool, ANY_PORT, family);
    return { ...packet, source: pick('source', addresses), sourcePort: pick('port', ports) };
  }
  if (!('first' in nat.from && 'first' in nat.to)) throw new Error(`translation "${nat.text}" has no ranges`);
  const offset = BigInt(nat.to.first) - BigInt(nat.from.first);
  if (nat.kind === 'static-source') {
    return { ...packet, source: packet.source + offset, sourcePort: nat.port?.to ?? packet.sourcePort };
  }
  return {
    ...packet,
    destination: packet.destination + offset,
    destinationPort: nat.port?.to ?? packet.destinationPort,
  };
}
