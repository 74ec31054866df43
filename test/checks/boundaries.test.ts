import { describe, expect, it } from 'vitest';
import type { Device } from '../../parsers/model/device.ts';
import { directionOf } from '../../checks/boundaries/direction.ts';
import { filteringOf } from '../../checks/boundaries/filtering.ts';
import { findBoundaries, type FoundBoundaries } from '../../checks/boundaries/find-boundaries.ts';
import { coversPublic } from '../../checks/boundaries/public-share.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { judgeTrust } from '../../checks/policy/trust.ts';
import { prefix4, type AddressSet } from '../../parsers/model/address.ts';
import { build, DMZ, INSIDE, OUTSIDE, type SmallDevice, type SmallSegment } from './small-device.ts';

const NO_TRUST = { untrusted: [], internal: [], internalNetworks: [] };

function deviceOf(small: SmallDevice): Device {
  const [device] = build(small).parsed.devices;
  if (device === undefined) throw new Error('no device');
  return device;
}

function found(device: Device): FoundBoundaries {
  const trust = new Map(judgeTrust(device, NO_TRUST).map((segment) => [segment.segment, segment]));
  return findBoundaries(createEvaluation(device, createPacketSpace()), trust);
}

/** `from > to` of each group of crossings, by direction. */
function groups(device: Device): string[] {
  return found(device).boundaries.map(
    ({ direction, crossings }) => `${direction}: ${crossings.map(({ from, to }) => `${from} > ${to}`).join(', ')}`,
  );
}

const deny = { rules: [{ action: 'deny' }] } as const;

describe('directions', () => {
  it('follow the trust of both sides', () => {
    expect(directionOf('untrusted', 'dmz')).toBe('exposure');
    expect(directionOf('untrusted', 'management')).toBe('exposure');
    expect(directionOf('dmz', 'untrusted')).toBe('egress');
    expect(directionOf('internal', 'dmz')).toBe('lateral');
    expect(directionOf('internal', 'internal')).toBeUndefined();
    expect(directionOf('unknown', 'internal')).toBeUndefined();
    expect(directionOf('untrusted', 'unknown')).toBeUndefined();
  });
});

describe('boundaries', () => {
  it('hold crossings with the same steps together and others apart', () => {
    const second = { ...INSIDE, name: 'inside2' };
    const third = { ...INSIDE, name: 'inside3', in: ['OTHER'] };
    const device = deviceOf({
      segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE, second, third],
      lists: { IN: deny, OTHER: deny },
    });
    expect(groups(device)).toEqual([
      'exposure: outside > inside, outside > inside2, outside > inside3',
      'egress: inside > outside, inside2 > outside',
      'egress: inside3 > outside',
    ]);
  });

  it('keep crossings apart when a rule is bound to segments', () => {
    const device = deviceOf({ segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE, DMZ], lists: { IN: deny } });
    const [list] = device.ruleLists;
    const bound = list?.rules.map((rule) => ({ ...rule, to: ['dmz'] }));
    const crossing: Device['crossing'] = (from, to) => {
      const path = device.crossing(from, to);
      if ('none' in path || list === undefined || bound === undefined) return path;
      const changed = sameList(device, { ...list, rules: bound });
      return {
        ...path,
        steps: path.steps.map((step) =>
          step.kind === 'stage'
            ? { ...step, stage: { ...step.stage, lists: step.stage.lists.map((one) => ({ ...one, list: changed })) } }
            : step,
        ),
      };
    };
    const known = new Map<Device, Device['ruleLists'][number]>();
    function sameList(key: Device, made: Device['ruleLists'][number]): Device['ruleLists'][number] {
      const before = known.get(key) ?? made;
      known.set(key, before);
      return before;
    }
    expect(groups({ ...device, crossing }).filter((group) => group.startsWith('exposure'))).toEqual([
      'exposure: outside > inside',
      'exposure: outside > dmz',
    ]);
  });

  it('leave out segments without transit, and crossings that do not exist', () => {
    const device = deviceOf({ segments: [OUTSIDE, INSIDE, DMZ] });
    const dormant = device.segments.map((segment) =>
      segment.name === 'dmz' ? { ...segment, transit: 'dormant' as const } : segment,
    );
    expect(groups({ ...device, segments: dormant })).toEqual([
      'exposure: outside > inside',
      'egress: inside > outside',
    ]);
    expect(groups({ ...device, crossing: (from, to) => ({ from, to, none: 'different VRFs' }) })).toEqual([]);
  });

  it('name crossings whose sides have no family in common', () => {
    const six: SmallSegment = { ...INSIDE, addresses: ['2001:db8::1/64'] };
    expect(found(deviceOf({ segments: [OUTSIDE, six] })).unjudged).toEqual([
      { crossing: { from: 'outside', to: 'inside' }, reason: expect.stringContaining('no address family in common') },
      { crossing: { from: 'inside', to: 'outside' }, reason: expect.stringContaining('no address family in common') },
    ]);
  });

  it('name every crossing without a direction, and segments where there are too many', () => {
    const unknown = (name: string): SmallSegment => ({ ...DMZ, name, trust: 'unknown' });
    const few = found(deviceOf({ segments: [OUTSIDE, INSIDE, unknown('x')] })).unjudged;
    expect(few.map(({ crossing }) => `${crossing.from} > ${crossing.to}`)).toEqual([
      'outside > x',
      'inside > x',
      'x > outside',
      'x > inside',
    ]);
    const names = Array.from({ length: 9 }, (_, index) => unknown(`x${index}`));
    const many = found(deviceOf({ segments: names })).unjudged;
    expect(many).toHaveLength(18);
    expect(many[0]?.crossing).toEqual({ from: 'x0', to: '*' });
  });

  it('count the crossings inside one trust level', () => {
    const [entry] = found(
      deviceOf({ segments: [INSIDE, { ...INSIDE, name: 'two' }, { ...INSIDE, name: 'three' }] }),
    ).unjudged;
    expect(entry?.crossing.from).toBe('inside, two, three');
    expect(entry?.reason).toContain('6 crossings');
  });
});

describe('filtering', () => {
  const filtering = (small: SmallDevice, family: 4 | 6): string => {
    const path = deviceOf(small).crossing('inside', 'outside');
    return 'none' in path ? 'none' : filteringOf(path, family);
  };

  it('is told by family', () => {
    const one = { segments: [OUTSIDE, { ...INSIDE, in: ['A'] }], lists: { A: deny } };
    expect([filtering(one, 4), filtering(one, 6)]).toEqual(['filtered', 'unfiltered']);
    const none = { segments: [OUTSIDE, INSIDE] };
    expect([filtering(none, 4), filtering(none, 6)]).toEqual(['unfiltered', 'unfiltered']);
  });
});

describe('the share of public addresses', () => {
  const space = createPacketSpace();
  const covers = (destination: AddressSet, share: readonly [number, number]): boolean =>
    coversPublic(space, space.addressIn('destination', destination), 'destination', 4, share);

  it('is counted without private networks', () => {
    const half = { include: [prefix4(0, 1)], exclude: [] };
    expect(covers(half, [1, 2])).toBe(true);
    expect(covers({ include: [prefix4(0, 2)], exclude: [] }, [1, 2])).toBe(false);
    expect(covers({ include: [prefix4(0x0a000000, 8)], exclude: [] }, [0, 1])).toBe(false);
    expect(covers({ include: [prefix4(0x08080808, 32)], exclude: [] }, [0, 1])).toBe(true);
  });
});
