import { ANY_ADDRESS } from '../../parsers/model/address.ts';
import type { AddressSet, AddressTerm, Family } from '../../parsers/model/address.ts';
import { ALL_PORTS } from '../../parsers/model/service.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';
import { describeSet } from './describe.ts';
import { FIELD_LEVELS } from './levels.ts';
import type { Packet } from './packet.ts';
import { containsPacket, countPackets } from './packet-bits.ts';
import type { AddressField, Outcomes, PacketSet, PacketSpace } from './packet-space.ts';
import { OutcomeOperations } from './outcome-operations.ts';
import { quantifyField } from './quantify.ts';
import { readSlices } from './read-slices.ts';
import { beforeAddressRewrite, beforePortRewrite } from './rewriting.ts';
import { RuleDiagrams } from './rule-diagrams.ts';
import { EMPTY, FULL } from './set-operations.ts';
import { Witnesses } from './witness.ts';

/** 2²⁵ nodes take 640 MB, while they grow up to 1 GB; the caches add 64 MB. */
const DEFAULT_MAX_NODES = 1 << 25;

/**
 * A fresh, empty space. Sets are reduced ordered binary decision diagrams over the header bits.
 *
 * @param options.maxNodes most diagram nodes that the sets of the space may take together, intermediate results
 *   included; beyond it operations throw `PacketSpaceFull`.
 */
export function createPacketSpace(options: { readonly maxNodes?: number } = {}): PacketSpace {
  const sets = new OutcomeOperations(options.maxNodes ?? DEFAULT_MAX_NODES);
  const diagrams = new RuleDiagrams(sets);
  const witnesses = new Witnesses(sets, diagrams);
  const brand = (node: number): PacketSet => node as PacketSet;
  const run = (node: number): Outcomes => node as Outcomes;

  return {
    none: brand(EMPTY),
    all: brand(FULL),

    box: (source: AddressSet, destination: AddressSet, service: ServiceSet) =>
      brand(diagrams.box(source, destination, service)),
    flow: (source: AddressSet, destination: AddressSet, sourcePorts: readonly NumberRange[]) =>
      brand(diagrams.flow(source, destination, sourcePorts)),
    family: (family: Family) =>
      brand(sets.node(FIELD_LEVELS.family.top, family === 4 ? FULL : EMPTY, family === 6 ? FULL : EMPTY)),
    addressIn: (field: AddressField, set: AddressSet) =>
      brand(
        field === 'source' ? diagrams.flow(set, ANY_ADDRESS, ALL_PORTS) : diagrams.flow(ANY_ADDRESS, set, ALL_PORTS),
      ),
    serviceIn: (service: ServiceSet) => brand(diagrams.service(service)),
    packet: (packet: Packet) => brand(diagrams.packet(packet)),

    union: (a, b) => brand(sets.union(a, b)),
    intersect: (a, b) => brand(sets.intersect(a, b)),
    subtract: (a, b) => brand(sets.subtract(a, b)),
    complement: (a) => brand(sets.subtract(FULL, a)),
    unionOutside: (a, b, m) => brand(sets.unionOutside(a, b, m)),

    noOutcome: run(EMPTY),
    rule: (verdict, must, may, slices) => {
      const surely = sets.continueWith(must, sets.ruleEnd(verdict, true, slices));
      if (must === may) return run(surely);
      return run(sets.inOrder(surely, sets.continueWith(may, sets.ruleEnd(verdict, false, slices))));
    },
    flowRule: (verdict, source, destination, sourcePorts, slices) =>
      run(diagrams.flow(source, destination, sourcePorts, sets.ruleEnd(verdict, true, slices))),
    inOrder: (first, second) => run(sets.inOrder(first, second)),
    permits: (outcomes, slice = 0) => brand(sets.read(outcomes, 'permits', slice)),
    readInSlices: (outcomes, reading, slices) => readSlices(sets, outcomes, reading, slices).map(brand),
    denies: (outcomes, slice = 0) => brand(sets.read(outcomes, 'denies', slice)),
    takes: (outcomes, slice = 0) => brand(sets.read(outcomes, 'takes', slice)),

    meets: (a, outcomes, reading, slice = 0) => sets.meets(a, outcomes, reading, slice),
    outside: (a, outcomes, slice = 0) => brand(sets.outside(a, outcomes, slice)),

    isEmpty: (a) => a === EMPTY,
    isSubset: (a, b) => sets.isSubset(a, b),
    intersects: (a, b) => sets.intersects(a, b),
    contains: (a, packet) => containsPacket(sets, a, packet),
    count: (a) => countPackets(sets, a),
    witness: (a, prefer = []) => witnesses.pick(a, prefer),
    describe: (a, maxBoxes) => describeSet(sets, a, maxBoxes),

    forSome: (a, field) => brand(quantifyField(sets, a, field, 'some')),
    forEvery: (a, field) => brand(quantifyField(sets, a, field, 'every')),
    beforeRewrite: (a, field, from: AddressTerm, to: AddressTerm) =>
      brand(beforeAddressRewrite(sets, diagrams, a, field, from, to)),
    beforePortRewrite: (a, from, to) => brand(beforePortRewrite(sets, diagrams, a, from, to)),

    get statistics() {
      return { nodes: sets.nodeCount, bytes: sets.nodeBytes + sets.cacheBytes };
    },
  };
}
