/** The coverage matrix: its rows, its sums, and that it agrees with the permitted flows. */
import { describe, expect, test } from 'vitest';
import type { PermittedFlow } from '../../checks/device-report.ts';
import { SERVICES } from '../../checks/data/services.ts';
import { auditSource } from '../../checks/index.ts';
import type { CoverageMatrix } from '../../checks/matrix/coverage-matrix.ts';
import { addSums } from '../../checks/matrix/sums.ts';
import { parse } from '../../parsers/index.ts';
import { readSamples } from '../samples/sample.ts';
import { ASA, cell, IOS, matrixOf, NO_TRUST, panos } from './matrix-cases.ts';
import { build, DMZ, INSIDE, OUTSIDE } from './small-device.ts';

const OUT = 'inside > outside';

describe('crossings', () => {
  const lists = { A: { rules: [{ action: 'permit', protocol: 'tcp', to: '10.9.0.0/24' }] } } as const;
  const segments = [{ ...OUTSIDE, in: ['A'] }, INSIDE, DMZ];
  const matrix = (): CoverageMatrix => {
    const { source, parsed } = build({ segments, lists });
    const options = { trust: NO_TRUST, matrix: { maxUnknownPercent: 5 } };
    const [device] = auditSource(parsed, source, options).devices;
    if (device?.matrix === undefined) throw new Error('no matrix');
    return device.matrix;
  };

  test('of one filter differ where packets are routed to one of them', () => {
    expect(cell(matrix(), 'outside > dmz', 'mqtt').state).toBe('open');
    expect(cell(matrix(), 'outside > inside', 'mqtt').state).toBe('blocked');
  });

  test('name only the rules whose packets take them', () => {
    const both = {
      A: {
        rules: [
          { action: 'permit', protocol: 'tcp', to: '10.9.0.0/24' },
          { action: 'permit', protocol: 'tcp', to: '10.1.0.0/24' },
        ],
      },
    } as const;
    const { source, parsed } = build({ segments, lists: both });
    const [device] = auditSource(parsed, source, { trust: NO_TRUST, matrix: { maxUnknownPercent: 5 } }).devices;
    const names = (crossing: string): string[] =>
      device?.matrix === undefined ? [] : cell(device.matrix, crossing, 'mqtt').decidedBy.map(({ name }) => name);
    expect([names('outside > dmz'), names('outside > inside')]).toEqual([['A: 10'], ['A: 20']]);
  });

  test('are counted by direction, service family and state', () => {
    const { crossings, covered, directions, families } = matrix().sums;
    expect({ crossings, covered }).toEqual({ crossings: 6, covered: 1 });
    expect(directions).toEqual([
      { direction: 'exposure', crossings: 2, covered: 1 },
      { direction: 'egress', crossings: 2, covered: 0 },
      { direction: 'lateral', crossings: 2, covered: 0 },
    ]);
    const mqtt = families.find(({ family }) => family === 'mqtt')?.states;
    expect(mqtt).toEqual({ blocked: 3, approved: 0, excess: 0, open: 15, unknown: 0 });
    const every = families.flatMap(({ states }) => Object.values(states)).reduce((sum, number) => sum + number, 0);
    expect(every).toBe(6 * SERVICES.length);
  });

  test('are covered although kin of the core protocols is open', () => {
    const text = ASA.replace('eq 8883', 'eq 6379');
    expect(cell(matrixOf(text), OUT, 'redis')).toMatchObject({ state: 'open', family: 'kin' });
    expect(matrixOf(text).sums).toMatchObject({ crossings: 2, covered: 2 });
  });

  test('of unknown trust are counted apart', () => {
    const { source, parsed } = build({ segments: [...segments, { ...DMZ, name: 'odd', trust: 'unknown' }], lists });
    const [device] = auditSource(parsed, source, { trust: NO_TRUST, matrix: { maxUnknownPercent: 5 } }).devices;
    expect(device?.matrix?.sums).toMatchObject({ crossings: 6, unjudged: 6 });
  });

  test('that are alike share a row, so that 300 of them stay small', () => {
    const vlans = Array.from({ length: 300 }, (_, index) => ({
      ...INSIDE,
      name: `vlan${index}`,
      addresses: [`10.${20 + Math.floor(index / 250)}.${index % 250}.1/24`],
    }));
    const { source, parsed } = build({ segments: [{ ...OUTSIDE, in: ['A'], out: ['A'] }, ...vlans], lists });
    const [device] = auditSource(parsed, source, {
      trust: NO_TRUST,
      only: 'findings',
      matrix: { maxUnknownPercent: 5 },
    }).devices;
    expect(device?.matrix?.sums.crossings).toBe(600);
    expect(device?.matrix?.rows.length).toBeLessThanOrEqual(3);
    expect(JSON.stringify(device?.matrix).length).toBeLessThan(60_000);
  });
});

test('sums of a fleet are the sums of its devices', () => {
  const one = matrixOf(ASA).sums;
  const two = matrixOf(IOS).sums;
  const three = matrixOf(panos('mqtt', 'any')).sums;
  const all = addSums([one, two, three]);
  expect([all.crossings, all.covered]).toEqual([6, one.covered + two.covered + three.covered]);
  expect(all.families.map(({ family }) => family)).toEqual(['mqtt', 'amqp', 'stomp', 'xmpp', 'kin']);
  for (const { family, states } of all.families) {
    const open = [one, two, three].map(({ families }) => families.find((each) => each.family === family)?.states.open);
    expect(states.open).toBe(open.reduce<number>((sum, number) => sum + (number ?? 0), 0));
  }
  expect(addSums([])).toMatchObject({ crossings: 0, covered: 0, families: [] });
});

test('nothing is worked out that was not asked for', () => {
  const source = { name: 'fw.cfg', text: ASA };
  expect(auditSource(parse(source), source, { trust: NO_TRUST }).devices[0]).not.toHaveProperty('matrix');
});

/** The flows are worked out apart from the matrix; without a policy both have to say the same of every crossing and service. */
describe.for(readSamples())('in device-samples/$name', ({ file, config, expected }) => {
  const source = { name: file, text: config };
  const trust = { ...NO_TRUST, ...expected.trust };
  const { devices } = auditSource(parse(source), source, { trust, matrix: { maxUnknownPercent: 5 } });

  test.for(devices)('$device: the matrix agrees with the permitted flows', ({ flows, matrix }) => {
    const byPlace = Map.groupBy(flows, ({ crossing, service }) => `${crossing.from} > ${crossing.to} ${service}`);
    const wanted = (place: string): string => stateOf(byPlace.get(place) ?? []);
    const wrong = (matrix?.rows ?? []).flatMap(({ crossings, cells }) =>
      crossings.flatMap(({ from, to }) =>
        cells.flatMap(({ state, services }) =>
          services.flatMap((service) => {
            const place = `${from} > ${to} ${service}`;
            return state === wanted(place) ? [] : [`${place}: ${state}, flows say ${wanted(place)}`];
          }),
        ),
      ),
    );
    expect(wrong).toEqual([]);
    const places = matrix?.rows.flatMap((row) => row.crossings.map(({ from, to }) => `${from} > ${to}`)) ?? [];
    expect(places).toEqual([...new Set(places)]);
    expect(places).toEqual(expect.arrayContaining(flows.map(({ crossing }) => `${crossing.from} > ${crossing.to}`)));
  });
});

function stateOf(flows: readonly PermittedFlow[]): string {
  if (flows.length === 0) return 'blocked';
  return flows.some(({ confidence }) => confidence === 'definite') ? 'open' : 'unknown';
}
