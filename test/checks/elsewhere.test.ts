import { describe, expect, it } from 'vitest';
import { Elsewhere } from '../../checks/boundaries/elsewhere.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { prefix4, type AddressTerm } from '../../parsers/model/address.ts';
import type { Crossing, Device, Segment, Step } from '../../parsers/model/device.ts';

const span = { source: 'r1.cfg', line: 1, column: 1, endColumn: 2 };
const LAN = 0x0a010000; // 10.1.0.0/24
const DMZ = 0x0a020000; // 10.2.0.0/24

function segment(
  name: string,
  address: number,
  transit: Segment['transit'] = 'yes',
  routingContext = 'default',
): Segment {
  const addresses = [{ family: 4 as const, address: address + 1, prefixLength: 24, span }];
  const port = { name, addresses, families: [4 as const], dynamicAddress: false, enabled: true, span };
  return {
    name,
    aliases: [],
    kind: 'interface',
    interfaces: [port],
    routingContext,
    transit,
    families: [4],
    evidence: [],
    span,
  };
}

interface Given {
  readonly segments: readonly Segment[];
  readonly routes?: readonly { readonly to: AddressTerm; readonly by?: string }[];
  readonly steps?: readonly Step[];
}

/** Whether a packet to the address can take the crossing from `wan` to `lan`. */
function takes(given: Given, destination: number): boolean {
  const device: Device = {
    name: 'r1',
    platform: 'cisco-ios',
    source: 'r1.cfg',
    segments: given.segments,
    ruleLists: [],
    bindings: [],
    translations: [],
    routes: (given.routes ?? []).map(({ to, by }) => ({
      family: 4,
      destination: to,
      ...(by === undefined ? {} : { segment: by }),
      routingContext: 'default',
      span,
    })),
    telemetry: [],
    addressView: 'arriving',
    crossing: (from, to) => ({ from, to, none: 'not asked here' }),
  };
  const space = createPacketSpace();
  const crossing: Crossing = { from: 'wan', to: 'lan', steps: given.steps ?? [], conditions: [] };
  const away = new Elsewhere(space, device).packets(crossing);
  const packet = {
    family: 4,
    source: 1n,
    destination: BigInt(destination),
    protocol: 6,
    sourcePort: 50000,
    destinationPort: 1883,
  } as const;
  return !space.contains(away, packet);
}

const three = [segment('wan', 0xcb007100), segment('lan', LAN), segment('dmz', DMZ)];

describe('Elsewhere', () => {
  it('sends packets to connected networks by their own segment', () => {
    expect(takes({ segments: three }, LAN + 9)).toBe(true);
    expect(takes({ segments: three }, DMZ + 9)).toBe(false);
    expect(takes({ segments: three }, 0xcb007109)).toBe(false);
    expect(takes({ segments: three }, 0x08080808)).toBe(true);
  });

  it('lets a longer route to the segment win, but no equal or wider one', () => {
    const host = prefix4(DMZ + 9, 32);
    expect(takes({ segments: three, routes: [{ to: host, by: 'lan' }] }, DMZ + 9)).toBe(true);
    expect(takes({ segments: three, routes: [{ to: host, by: 'lan' }] }, DMZ + 8)).toBe(false);
    expect(takes({ segments: three, routes: [{ to: host, by: 'dmz' }] }, DMZ + 9)).toBe(false);
    expect(takes({ segments: three, routes: [{ to: host }] }, DMZ + 9)).toBe(true);
    expect(takes({ segments: three, routes: [{ to: prefix4(DMZ, 24), by: 'lan' }] }, DMZ + 9)).toBe(false);
    expect(takes({ segments: three, routes: [{ to: prefix4(DMZ, 8) }] }, DMZ + 9)).toBe(false);
  });

  it('does not count networks that are shut down, overlap, or belong to another routing context', () => {
    const with3 = (dmz: Segment): Given => ({ segments: [segment('wan', 0xcb007100), segment('lan', LAN), dmz] });
    expect(takes(with3(segment('dmz', DMZ, 'dormant')), DMZ + 9)).toBe(true);
    expect(takes(with3(segment('dmz', DMZ, 'yes', 'blue')), DMZ + 9)).toBe(true);
    expect(takes(with3(segment('dmz', LAN)), LAN + 9)).toBe(true);
  });

  it('leaves addresses to a translation that rewrites them on the way', () => {
    const published: Step = {
      kind: 'translation',
      translation: {
        kind: 'static-destination',
        text: 'ip nat inside source static 10.1.0.9 203.0.113.9',
        span,
        conditions: [],
        from: prefix4(0xcb007109, 32),
        to: prefix4(LAN + 9, 32),
      },
    };
    expect(takes({ segments: three, steps: [published] }, 0xcb007109)).toBe(true);
    expect(takes({ segments: three, steps: [published] }, 0xcb007108)).toBe(false);
  });
});
