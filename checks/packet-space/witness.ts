import type { AddressSet } from '../../parsers/model/address.ts';
import { ANY_ADDRESS, prefix4, prefix6 } from '../../parsers/model/address.ts';
import type { ServiceSet } from '../../parsers/model/service.ts';
import {
  ALL_PORTS,
  ALL_PROTOCOLS,
  icmpSelector,
  PROTOCOL,
  PROTOCOLS_WITH_PORTS,
  single,
} from '../../parsers/model/service.ts';
import type { Packet } from './packet.ts';
import { leastPacket } from './packet-bits.ts';
import type { RuleDiagrams } from './rule-diagrams.ts';
import { EMPTY } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/** RFC 5737 and RFC 3849: networks for documentation, which a reader knows to be an example. */
const EXAMPLE_SOURCES: AddressSet = {
  include: [prefix4(0xc6336400, 24), prefix6(0x20010db8_0001n << 80n, 48)],
  exclude: [],
};
const EXAMPLE_DESTINATIONS: AddressSet = {
  include: [prefix4(0xcb007100, 24), prefix6(0x20010db8_0002n << 80n, 48)],
  exclude: [],
};

/** No unicast host has these (RFC 6890, RFC 4291): this network, loopback, link-local, multicast, reserved. */
const HOSTS: AddressSet = {
  include: ANY_ADDRESS.include,
  exclude: [
    prefix4(0, 8),
    prefix4(0x7f000000, 8),
    prefix4(0xa9fe0000, 16),
    prefix4(0xe0000000, 3),
    prefix6(0n, 8),
    prefix6(0xfe80n << 112n, 10),
    prefix6(0xffn << 120n, 8),
  ],
};

/** Not the first or last address of a /24 or /64: a network or broadcast address makes a poor example. */
const WITHIN_SUBNET: AddressSet = {
  include: ANY_ADDRESS.include,
  exclude: [
    { kind: 'wildcard4', value: 0, care: 0xff },
    { kind: 'wildcard4', value: 0xff, care: 0xff },
    { kind: 'wildcard6', value: 0n, care: (1n << 64n) - 1n },
  ],
};

/** TCP before UDP, an ephemeral source port (RFC 6335) where there are ports, an echo request for ICMP. */
const CUSTOMARY_SERVICES: readonly ServiceSet[] = [
  [{ protocols: [single(PROTOCOL.tcp)], sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS }],
  [{ protocols: [single(PROTOCOL.udp)], sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS }],
  [
    {
      protocols: PROTOCOLS_WITH_PORTS.map(single),
      sourcePorts: [{ first: 49152, last: 65535 }],
      destinationPorts: ALL_PORTS,
    },
    { protocols: [single(PROTOCOL.icmp)], sourcePorts: ALL_PORTS, destinationPorts: [icmpSelector(8, 0)] },
    { protocols: [single(PROTOCOL.icmp6)], sourcePorts: ALL_PORTS, destinationPorts: [icmpSelector(128, 0)] },
  ],
  [
    {
      protocols: PROTOCOLS_WITH_PORTS.map(single),
      sourcePorts: [{ first: 1024, last: 65535 }],
      destinationPorts: ALL_PORTS,
    },
  ],
  [
    {
      protocols: PROTOCOLS_WITH_PORTS.map(single),
      sourcePorts: ALL_PORTS,
      destinationPorts: [{ first: 1, last: 65535 }],
    },
  ],
  [{ protocols: ALL_PROTOCOLS, sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS }],
];

/** Picks packets that an engineer would send for a test. */
export class Witnesses {
  private readonly sets: SetOperations;
  private readonly diagrams: RuleDiagrams;
  private customary: readonly number[] | undefined;

  constructor(sets: SetOperations, diagrams: RuleDiagrams) {
    this.sets = sets;
    this.diagrams = diagrams;
  }

  /** A packet of `set`; each preference in turn narrows the choice unless it would leave nothing. */
  pick(set: number, prefer: readonly number[]): Packet | undefined {
    if (set === EMPTY) return undefined;
    this.customary ??= this.customaryPreferences();
    let left = set;
    for (const preferred of [...prefer, ...this.customary]) {
      const narrowed = this.sets.intersect(left, preferred);
      if (narrowed !== EMPTY) left = narrowed;
    }
    return leastPacket(this.sets, left);
  }

  private customaryPreferences(): readonly number[] {
    const { diagrams } = this;
    const source = (set: AddressSet): number => diagrams.flow(set, ANY_ADDRESS, ALL_PORTS);
    const destination = (set: AddressSet): number => diagrams.flow(ANY_ADDRESS, set, ALL_PORTS);
    return [
      diagrams.flow({ include: [prefix4(0, 0)], exclude: [] }, ANY_ADDRESS, ALL_PORTS),
      ...CUSTOMARY_SERVICES.map((service) => diagrams.service(service)),
      source(HOSTS),
      destination(HOSTS),
      source(EXAMPLE_SOURCES),
      destination(EXAMPLE_DESTINATIONS),
      source(WITHIN_SUBNET),
      destination(WITHIN_SUBNET),
    ];
  }
}
