import type { AddressSet, AddressTerm, Range4, Range6 } from '../model/address.ts';
import type { NumberRange, ServiceSet } from '../model/service.ts';
import { addressFamily, range4, range6 } from '../model/address.ts';

type Range = Range4 | Range6;

/** More single addresses or ports than these are not written out one by one. */
const MAX_WRITTEN_OUT = 64n;

/**
 * Which address becomes which, or undefined when the text does not pair them. Ranges of one size keep the offset; several
 * addresses may all become a single one (PAN-OS Networking Administrator's Guide, "Destination NAT": static addresses
 * are one to one, or many to one).
 */
export function addressPairs(
  before: AddressSet,
  behind: readonly AddressTerm[],
): readonly (readonly [from: Range, to: Range])[] | undefined {
  const [to] = behind;
  if (before.exclude.length > 0 || behind.length !== 1 || to === undefined || !isRange(to)) return undefined;
  const found: (readonly [Range, Range])[] = [];
  for (const from of before.include) {
    if (!isRange(from) || addressFamily(from) !== addressFamily(to)) return undefined;
    if (sizeOf(from) === sizeOf(to) && before.include.length === 1) return [[from, to]];
    if (sizeOf(to) !== 1n || sizeOf(from) > MAX_WRITTEN_OUT) return undefined;
    for (const one of singles(from)) found.push([one, to]);
    if (BigInt(found.length) > MAX_WRITTEN_OUT) return undefined;
  }
  return found;
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

function isRange(term: AddressTerm): term is Range {
  return term.kind === 'range4' || term.kind === 'range6';
}

function sizeOf({ first, last }: Range): bigint {
  return BigInt(last) - BigInt(first) + 1n;
}

function singles(range: Range): Range[] {
  const count = Number(sizeOf(range));
  if (range.kind === 'range4') {
    return Array.from({ length: count }, (_, index) => range4(range.first + index, range.first + index));
  }
  return Array.from({ length: count }, (_, index) => {
    const address = range.first + BigInt(index);
    return range6(address, address);
  });
}
