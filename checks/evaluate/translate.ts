import { match } from 'ts-pattern';
import { ANY_ADDRESS, type AddressTerm } from '../../parsers/model/address.ts';
import type { DynamicSource, StaticTranslation, Translation, UnmodelledTranslation } from '../../parsers/model/nat.ts';
import { ALL_PORTS, single } from '../../parsers/model/service.ts';
import type { AddressField, PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { SliceOrAll } from './rule-tree.ts';
import { withinSlice } from './slice.ts';

/** A translation as a relation between packets before and after it, within one slice. */
export interface Applied {
  /** Packets that it takes. */
  readonly matched: PacketSet;
  /** The slice of those packets afterwards (a port translation changes it). */
  readonly next: SliceOrAll;
  /** Packets (of any kind; meet with `matched`) that it may turn into one of `after`. */
  readonly back: (after: PacketSet) => PacketSet;
  /** Packets that it may make of packets of `before`. */
  readonly forward: (before: PacketSet) => PacketSet;
}

/** Undefined when it takes no packet of the slice. */
export function applyTranslation(space: PacketSpace, translation: Translation, slice: SliceOrAll): Applied | undefined {
  return match(translation)
    .with({ kind: 'static-destination' }, (one) => staticDestination(space, one, slice))
    .with({ kind: 'static-source' }, (one) => staticSource(space, one, slice))
    .with({ kind: 'dynamic-source' }, (one) => dynamicSource(space, one, slice))
    .with({ kind: 'unmodelled' }, (one) => unmodelled(space, one, slice))
    .exhaustive();
}

/** Where it goes is unknown: it may become any packet. */
function unmodelled(space: PacketSpace, { touches }: UnmodelledTranslation, slice: SliceOrAll): Applied {
  const any = (set: PacketSet): PacketSet => (space.isEmpty(set) ? space.none : space.all);
  const matched = space.union(space.addressIn('source', touches), space.addressIn('destination', touches));
  return { matched, next: slice, back: any, forward: any };
}

function staticDestination(space: PacketSpace, translation: StaticTranslation, slice: SliceOrAll): Applied | undefined {
  const { from, to, port } = translation;
  const matched = takes(space, translation, 'destination', slice);
  const back = (after: PacketSet): PacketSet => space.beforeRewrite(after, 'destination', from, to);
  const forward = (before: PacketSet): PacketSet => space.beforeRewrite(before, 'destination', to, from);
  if (port === undefined) return { matched, next: slice, back, forward };
  if (slice !== 'all') {
    const applies = slice.port === port.from && within(port.protocols, slice.protocol);
    if (!applies) return undefined;
    return { matched, next: { protocol: slice.protocol, port: port.to }, back, forward };
  }
  const here = space.serviceIn([
    { protocols: port.protocols, sourcePorts: ALL_PORTS, destinationPorts: [single(port.from)] },
  ]);
  return {
    matched: space.intersect(matched, here),
    next: slice,
    back: (after) => space.beforePortRewrite(back(after), port.from, port.to),
    forward: (before) => space.beforePortRewrite(forward(before), port.to, port.from),
  };
}

function staticSource(space: PacketSpace, translation: StaticTranslation, slice: SliceOrAll): Applied | undefined {
  const { from, to, port } = translation;
  const matched = takes(space, translation, 'source', slice);
  const back = (after: PacketSet): PacketSet => space.beforeRewrite(after, 'source', from, to);
  const forward = (before: PacketSet): PacketSet => space.beforeRewrite(before, 'source', to, from);
  if (port === undefined) return { matched, next: slice, back, forward };
  if (slice !== 'all' && !within(port.protocols, slice.protocol)) return undefined;
  const portIs = (value: number): PacketSet => {
    const ports = [single(value)];
    if (slice !== 'all') return space.flow(ANY_ADDRESS, ANY_ADDRESS, ports);
    return space.serviceIn([{ protocols: port.protocols, sourcePorts: ports, destinationPorts: ALL_PORTS }]);
  };
  const move = (set: PacketSet, value: number): PacketSet =>
    space.forSome(space.intersect(set, portIs(value)), 'source-port');
  return {
    matched: space.intersect(matched, portIs(port.from)),
    next: slice,
    back: (after) => back(move(after, port.to)),
    forward: (before) => space.intersect(forward(move(before, port.from)), portIs(port.to)),
  };
}

function dynamicSource(space: PacketSpace, translation: DynamicSource, slice: SliceOrAll): Applied {
  const pool = translation.pool.length === 0 ? space.all : space.addressIn('source', setOf(translation.pool));
  const sources = space.addressIn('source', translation.sources);
  const free = (set: PacketSet): PacketSet => space.forSome(space.forSome(set, 'source'), 'source-port');
  return {
    matched: space.intersect(sources, only(space, translation.only, slice)),
    next: slice,
    back: (after) => free(space.intersect(after, pool)),
    forward: (before) => space.intersect(free(before), pool),
  };
}

function takes(space: PacketSpace, translation: StaticTranslation, field: AddressField, slice: SliceOrAll): PacketSet {
  return space.intersect(space.addressIn(field, setOf([translation.from])), only(space, translation.only, slice));
}

function only(
  space: PacketSpace,
  limits: StaticTranslation['only'] | DynamicSource['only'],
  slice: SliceOrAll,
): PacketSet {
  const restriction: StaticTranslation['only'] = limits;
  if (restriction === undefined) return space.all;
  const { sources, destinations, services } = restriction;
  let result = space.all;
  if (sources !== undefined) result = space.intersect(result, space.addressIn('source', sources));
  if (destinations !== undefined) result = space.intersect(result, space.addressIn('destination', destinations));
  if (services === undefined) return result;
  const whole = space.serviceIn(services);
  return space.intersect(result, slice === 'all' ? whole : withinSlice(space, whole, slice));
}

function setOf(terms: readonly AddressTerm[]): { include: readonly AddressTerm[]; exclude: readonly AddressTerm[] } {
  return { include: terms, exclude: [] };
}

function within(ranges: readonly { readonly first: number; readonly last: number }[], value: number): boolean {
  return ranges.some((range) => value >= range.first && value <= range.last);
}
