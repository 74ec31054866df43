/** Whether single values are in the sets of the model: straight from their definitions, for the naive evaluator. */
import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';

export function inAddresses({ include, exclude }: AddressSet, family: Family, address: bigint): boolean {
  const isIn = (term: AddressTerm): boolean => inTerm(term, family, address);
  return include.some(isIn) && !exclude.some(isIn);
}

export function inTerm(term: AddressTerm, family: Family, address: bigint): boolean {
  if ((term.kind === 'range4' || term.kind === 'wildcard4' ? 4 : 6) !== family) return false;
  if ('first' in term) return BigInt(term.first) <= address && address <= BigInt(term.last);
  return (address & BigInt(term.care)) === BigInt(term.value);
}

interface Ported {
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export function inServices(services: ServiceSet, packet: Ported): boolean {
  return services.some(
    ({ protocols, sourcePorts, destinationPorts }) =>
      inRanges(protocols, packet.protocol) &&
      inRanges(sourcePorts, packet.sourcePort) &&
      inRanges(destinationPorts, packet.destinationPort),
  );
}

export function inRanges(ranges: readonly NumberRange[], value: number): boolean {
  return ranges.some(({ first, last }) => first <= value && value <= last);
}
