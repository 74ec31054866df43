import { addressPairs } from '../model/address-pairs.ts';
import type { NumberRange, ServiceSet } from '../model/service.ts';

/** More single addresses or ports than these are not written out one by one. */
const MAX_WRITTEN_OUT = 64n;

/**
 * Which address becomes which, or undefined when the text does not pair them or pairs too many (PAN-OS Networking
 * Administrator's Guide, "Destination NAT": static addresses are one to one, or many to one).
 */
export function fewAddressPairs(...terms: Parameters<typeof addressPairs>): ReturnType<typeof addressPairs> {
  const pairs = addressPairs(...terms);
  return pairs === undefined || BigInt(pairs.length) > MAX_WRITTEN_OUT ? undefined : pairs;
}

/** Ports of one protocol set that a rule takes, one by one, or undefined when they are too many. */
export function singlePorts(
  services: ServiceSet,
): readonly { readonly protocols: readonly NumberRange[]; readonly port: number }[] | undefined {
  const found: { readonly protocols: readonly NumberRange[]; readonly port: number }[] = [];
  for (const { protocols, destinationPorts } of services) {
    for (const { first, last } of destinationPorts) {
      if (BigInt(last - first) + BigInt(found.length) >= MAX_WRITTEN_OUT) return undefined;
      for (let port = first; port <= last; port += 1) found.push({ protocols, port });
    }
  }
  return found;
}
