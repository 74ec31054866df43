import type { AddressSet } from '../../parsers/model/address.ts';
import { ANY_ADDRESS } from '../../parsers/model/address.ts';
import type { NumberRange, ServiceSet, ServiceTerm } from '../../parsers/model/service.ts';
import { FieldDiagrams } from './field-diagrams.ts';
import { FIELD_LEVELS } from './levels.ts';
import type { Packet } from './packet.ts';
import { EMPTY, FULL } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/** Diagrams of whole matches: field after field from the last to the first, never by intersecting. */
export class RuleDiagrams {
  readonly fields: FieldDiagrams;
  private readonly sets: SetOperations;

  constructor(sets: SetOperations) {
    this.sets = sets;
    this.fields = new FieldDiagrams(sets);
  }

  box(source: AddressSet, destination: AddressSet, service: ServiceSet): number {
    return this.sets.unionAll(service.map((term) => this.boxOfTerm(source, destination, term)));
  }

  private boxOfTerm(source: AddressSet, destination: AddressSet, term: ServiceTerm): number {
    const ports = this.fields.numbers(FIELD_LEVELS['source-port'], term.sourcePorts, FULL);
    const four = this.transport(term, this.addresses(source, destination, 4, ports));
    const six = this.transport(term, this.addresses(source, destination, 6, ports));
    return this.sets.node(FIELD_LEVELS.family.top, four, six);
  }

  /** `end` stands in place of the full end. */
  flow(source: AddressSet, destination: AddressSet, sourcePorts: readonly NumberRange[], end: number = FULL): number {
    const ports = this.fields.numbers(FIELD_LEVELS['source-port'], sourcePorts, end);
    const four = this.addresses(source, destination, 4, ports);
    return this.sets.node(FIELD_LEVELS.family.top, four, this.addresses(source, destination, 6, ports));
  }

  service(service: ServiceSet): number {
    return this.box(ANY_ADDRESS, ANY_ADDRESS, service);
  }

  packet(packet: Packet): number {
    const { fields, sets } = this;
    const one = (value: number): readonly NumberRange[] => [{ first: value, last: value }];
    const address = (value: bigint): AddressSet => ({
      include: [
        packet.family === 4
          ? { kind: 'range4', first: Number(value), last: Number(value) }
          : { kind: 'range6', first: value, last: value },
      ],
      exclude: [],
    });
    const ports = fields.numbers(FIELD_LEVELS['source-port'], one(packet.sourcePort), FULL);
    const ends = this.addresses(address(packet.source), address(packet.destination), packet.family, ports);
    const port = fields.numbers(FIELD_LEVELS['destination-port'], one(packet.destinationPort), ends);
    const whole = fields.numbers(FIELD_LEVELS.protocol, one(packet.protocol), port);
    return sets.node(FIELD_LEVELS.family.top, packet.family === 4 ? whole : EMPTY, packet.family === 6 ? whole : EMPTY);
  }

  private addresses(source: AddressSet, destination: AddressSet, family: 4 | 6, next: number): number {
    return this.fields.address('destination', family, destination, this.fields.address('source', family, source, next));
  }

  private transport(term: ServiceTerm, next: number): number {
    const port = this.fields.numbers(FIELD_LEVELS['destination-port'], term.destinationPorts, next);
    return this.fields.numbers(FIELD_LEVELS.protocol, term.protocols, port);
  }
}
