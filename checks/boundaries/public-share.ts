import type { Family } from '../../parsers/model/address.ts';
import { publicAddresses } from '../data/reserved-networks.ts';
import type { AddressField, PacketSet, PacketSpace } from '../packet-space/packet-space.ts';

/**
 * True when the addresses that packets of `set` have in `field` make up at least `numerator / denominator` of the public
 * addresses of a family. "Any host on the internet" is measured this way, so that a list which denies a few networks and
 * then permits everything is still seen as permitting everything. `set` leaves protocol and destination port free.
 */
export function coversPublic(
  space: PacketSpace,
  set: PacketSet,
  field: AddressField,
  family: Family,
  [numerator, denominator]: readonly [number, number],
): boolean {
  const other = field === 'source' ? 'destination' : 'source';
  const some = space.forSome(space.forSome(space.intersect(set, space.family(family)), other), 'source-port');
  const everyone = space.addressIn(field, publicAddresses(family));
  const reached = space.count(space.intersect(some, everyone));
  return reached > 0n && reached * BigInt(denominator) >= space.count(everyone) * BigInt(numerator);
}

const HALF = [1, 2] as const;

/** Whether at least half of the public addresses of some family stand in the field. */
export function isAnywhere(space: PacketSpace, set: PacketSet, field: AddressField): boolean {
  return coversPublic(space, set, field, 4, HALF) || coversPublic(space, set, field, 6, HALF);
}
