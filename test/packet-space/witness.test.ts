import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { addresses, ANY4, ANY6, ANY_ADDRESS, prefix4, prefix6, range4 } from '../../parsers/model/address.ts';
import { ALL_PORTS, icmpSelector, PROTOCOL, protocolTerm, single } from '../../parsers/model/service.ts';
import { written } from './universe.ts';

describe('a witness', () => {
  test('is in the set, is the same every time, and exists exactly when the set has packets', () => {
    fc.assert(
      fc.property(written, fc.array(written, { maxLength: 3 }), (x, preferred) => {
        const pick = () => {
          const space = createPacketSpace();
          return space.witness(
            x.build(space),
            preferred.map((set) => set.build(space)),
          );
        };
        const space = createPacketSpace();
        const witness = pick();
        expect(witness === undefined).toBe(space.isEmpty(x.build(space)));
        if (witness !== undefined) expect(x.has(witness)).toBe(true);
        expect(pick()).toEqual(witness);
      }),
      { numRuns: 200 },
    );
  });

  test('honours each preference in turn that leaves something', () => {
    fc.assert(
      fc.property(written, fc.array(written, { minLength: 1, maxLength: 4 }), (x, preferred) => {
        const space = createPacketSpace();
        let left = x.build(space);
        const witness = space.witness(
          left,
          preferred.map((set) => set.build(space)),
        );
        for (const set of preferred) {
          const narrowed = space.intersect(left, set.build(space));
          if (!space.isEmpty(narrowed)) left = narrowed;
        }
        if (witness !== undefined) expect(space.contains(left, witness)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('is a packet that one would send: TCP, an ephemeral source port, host addresses', () => {
    const space = createPacketSpace();
    expect(space.witness(space.all)).toEqual({
      family: 4,
      source: 0xc6336401n,
      destination: 0xcb007101n,
      protocol: 6,
      sourcePort: 49152,
      destinationPort: 1,
    });
    const inside = space.flow(addresses(prefix4(0x0a000000, 8)), addresses(prefix4(0xac100500, 24)), ALL_PORTS);
    expect(space.witness(inside)).toMatchObject({ source: 0x0a000001n, destination: 0xac100501n });
    expect(space.witness(space.flow(ANY6, ANY6, ALL_PORTS))).toMatchObject({
      family: 6,
      source: 0x20010db8_0001_0000_0000_0000_0000_0001n,
      destination: 0x20010db8_0002_0000_0000_0000_0000_0001n,
    });
    const network = prefix4(0x0a000000, 32);
    expect(space.witness(space.flow(addresses(network), ANY4, ALL_PORTS))?.source).toBe(0x0a000000n);
  });

  test('keeps what the set demands: source ports, protocols, ICMP types', () => {
    const space = createPacketSpace();
    const low = space.flow(ANY_ADDRESS, ANY_ADDRESS, [{ first: 20, last: 2000 }]);
    expect(space.witness(low)?.sourcePort).toBe(1024);
    expect(space.witness(space.flow(ANY4, ANY4, [single(20)]))?.sourcePort).toBe(20);
    const icmp = space.serviceIn([{ ...protocolTerm(PROTOCOL.icmp), destinationPorts: [icmpSelector(3)] }]);
    expect(space.witness(icmp)).toMatchObject({ protocol: 1, destinationPort: 3 * 256 });
    expect(space.witness(space.serviceIn([protocolTerm(PROTOCOL.icmp)]))).toMatchObject({ destinationPort: 8 * 256 });
    expect(space.witness(space.serviceIn([protocolTerm(PROTOCOL.esp)]))).toMatchObject({ protocol: 50, sourcePort: 0 });
  });

  test('avoids addresses that no host has', () => {
    const space = createPacketSpace();
    const multicastOrHost = space.flow(
      addresses(range4(0, 0x01000005)),
      addresses(range4(0xdfffffff, 0xffffffff)),
      ALL_PORTS,
    );
    expect(space.witness(multicastOrHost)).toMatchObject({ source: 0x01000001n, destination: 0xdfffffffn });
    const six = space.flow(addresses(prefix6(0xff02n << 112n, 16), prefix6(0xfd00n << 112n, 8)), ANY6, ALL_PORTS);
    expect(space.witness(six)?.source).toBe((0xfd00n << 112n) + 1n);
  });
});
