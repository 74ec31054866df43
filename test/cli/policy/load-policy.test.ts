/** What a policy file means, and what holds between its entries. */
import { describe, expect, test } from 'vitest';
import { formatAddressSet } from '../../../parsers/model/format.ts';
import { loadPolicy } from '../../../cli/policy/load-policy.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { EXAMPLE_FILES, FILE, marked, policyOf, problemsOf } from './policies.ts';

describe('the example means', () => {
  const policy = policyOf(EXAMPLE_FILES);
  const [telemetry, proposal] = policy.approvals;

  test('networks and roles of segments, with their places', () => {
    expect(policy.networks).toEqual([
      { network: '10.0.0.0/8', place: { source: FILE, line: 4, column: 12, endColumn: 22 } },
      { network: '2001:db8::/32', place: { source: FILE, line: 4, column: 24, endColumn: 37 } },
    ]);
    expect(policy.segments.map(({ device, segment, role, place }) => [device, segment, role, place.line])).toEqual([
      ['*', 'outside', 'partner', 3],
      ['edge-*', 'outside', 'untrusted', 6],
      ['*', '*-dmz', 'dmz', 7],
    ]);
  });

  test('an approval', () => {
    expect(telemetry).toMatchObject({
      name: 'plant telemetry',
      services: ['mqtts', 'plant-bus', 'amqp-family'],
      ports: [
        {
          protocol: 'tcp',
          ports: [
            { first: 8883, last: 8883 },
            { first: 9000, last: 9010 },
          ],
        },
        { protocol: 'udp', ports: [{ first: 5683, last: 5683 }] },
      ],
      applications: ['mqtt'],
      direction: 'exposure',
      transport: 'tls',
      devices: ['edge-*'],
      owner: 'plant',
      reason: 'telemetry',
      ticket: '4711',
      expires: '2027-03-31',
      reviewed: true,
      place: { source: FILE, line: 12, column: 11, endColumn: 26 },
    });
    expect(telemetry && formatAddressSet(telemetry.clients)).toEqual(['any']);
    expect(telemetry && formatAddressSet(telemetry.brokers)).toEqual([
      '10.2.0.0/16',
      '10.3.0.5-10.3.0.9',
      '192.0.2.7',
      '2001:db8::7',
    ]);
  });

  test('a proposal that needs neither owner nor reason, with what holds where nothing is said', () => {
    expect(proposal).toMatchObject({ reviewed: false, owner: '', direction: 'any', transport: 'any', devices: ['*'] });
    expect(proposal).toMatchObject({ ports: [], applications: [] });
    expect(proposal).not.toHaveProperty('expires');
    expect(proposal && formatAddressSet(proposal.clients)).toEqual(['10.1.0.0/16']);
  });

  test('a service that is like another but for what is given', () => {
    expect(policy.services).toEqual([
      {
        name: 'plant-bus',
        title: 'plant-bus',
        protocol: 'tcp',
        port: 11883,
        transportSecurity: 'tls',
        family: 'mqtt',
        role: 'client',
        tier: 'core',
        note: expect.stringContaining('in the clear'),
        source: 'policy (brokerfence.yaml:10)',
        place: { source: FILE, line: 10, column: 12, endColumn: 21 },
      },
    ]);
  });

  test('block lists with where they come from', () => {
    const shown = policy.blockLists.map(({ name, networks, provenance }) => [
      name,
      formatAddressSet(networks),
      provenance,
    ]);
    expect(shown).toEqual([
      ['c2', ['198.51.100.0/24', '2001:db8:bad::5'], 'lists/c2.txt, test feed'],
      ['own', ['203.0.113.0/24'], 'brokerfence.yaml'],
    ]);
  });

  test('assumptions, waivers and settings', () => {
    expect(policy.assumptions.map(({ kind, name, place }) => [kind, name, place.line])).toEqual([
      ['fqdn', 'broker.example.com', 30],
      ['time-range', 'WORK', 31],
      ['time-range', 'NIGHT', 31],
      ['identity', String.raw`CORP\ops`, 32],
      ['identity', 'guests', 32],
    ]);
    expect(policy.assumptions).toMatchObject([
      {},
      { active: true },
      { active: false },
      { matches: true },
      { matches: false },
    ]);
    expect(policy.waivers).toEqual([
      {
        check: 'egress-unfiltered',
        device: 'edge-1',
        reason: 'lab',
        owner: 'net',
        expires: '2027-01-01',
        place: expect.anything(),
      },
      {
        fingerprint: '0123456789abcdef',
        reason: 'known',
        owner: 'net',
        place: { source: FILE, line: 35, column: 5, endColumn: 63 },
      },
    ]);
    expect(policy.checks.map(({ check, setting }) => [check, setting])).toEqual([
      ['egress-default-permit', 'off'],
      ['filter-not-applied', 'low'],
    ]);
  });

  test('and names the files that it was read from, included ones first', () => {
    const loaded = loadPolicy(FILE, new MemoryFiles(EXAMPLE_FILES));
    expect(loaded.kind === 'policy' && loaded.texts.map(({ name }) => name)).toEqual(['group/base.yaml', FILE]);
  });
});

test('a section without entries is empty, whether it is left out or only its entries are', () => {
  const empty = policyOf('version: 1\n');
  expect(policyOf('version: 1\nnetworks:\napprovals: # none yet\nassume:\n  fqdn:\nchecks:\ninclude: []\n')).toEqual(
    empty,
  );
  expect(Object.values(empty).flat()).toEqual([]);
});

test('an entry may repeat what an anchor marks, and is placed where it was written first', () => {
  const text = `version: 1
approvals:
  - {name: a, services: [mqtts], clients: &own [10.0.0.0/8], brokers: any, owner: o, reason: r}
  - {name: b, services: [mqtts], clients: *own, brokers: any, owner: o, reason: r}
`;
  expect(policyOf(text).approvals[1]?.clients).toEqual(policyOf(text).approvals[0]?.clients);
  expect(problemsOf(text.replace('10.0.0.0/8', '10.0.0.1/8'))).toEqual([
    `${FILE}:3:49-59 "10.0.0.1/8" has host bits set; the network is 10.0.0.0/8`,
  ]);
});

const approval = (fields: string): string =>
  `  - {name: a, clients: any, brokers: any, owner: o, reason: r, ${fields}}\n`;

describe('names that nothing has', () => {
  test.each([
    ['services: [mqtts, mqttz]', '<mqttz> no service "mqttz"; did you mean "mqtt" or "mqtts"?'],
    ['services: [mqt-family]', '<mqt-family> no service "mqt-family"; did you mean "mqtt-family"'],
    ['applications: [mqttt]', '<mqttt> no application that carries messaging "mqttt"; did you mean "mqtt"'],
  ])('%s', (fields, problem) => {
    const found = marked(`approvals:\n${approval(fields)}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  test('are known when the policy defines them, in whatever layer', () => {
    const files = {
      [FILE]: `version: 1\ninclude: [own.yaml]\napprovals:\n${approval('services: [plant-bus]')}`,
      'own.yaml': 'version: 1\nservices: [{name: plant-bus, protocol: udp, port: 9999, family: coap}]\n',
    };
    expect(problemsOf(files)).toEqual([]);
    expect(problemsOf({ [FILE]: files[FILE].replace('include: [own.yaml]', 'include: []') })).toHaveLength(1);
  });
});

describe('an approval for TLS only', () => {
  test.each([
    'services: [mqtt]',
    'services: [xmpp-client]',
    'ports: [tcp/1883, tcp/5672]',
    'services: [openwire, nats-family]',
  ])('that can match no service is a problem: %s', (fields) => {
    const found = marked(`approvals:\n${approval(`transport: tls, ${fields}`)}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('<a> approval "a" is for TLS only and can match no service: ');
    expect(marked(`approvals:\n${approval(fields)}`)).toEqual([]);
  });

  test.each([
    'services: [mqtt, mqtts]',
    'services: [mqtt-family]',
    'ports: [tcp/1883-1884]',
    'ports: [tcp/4444]',
    'services: [mqtt], applications: [mqtt]',
  ])('that can match something is none: %s', (fields) => {
    expect(marked(`approvals:\n${approval(`transport: tls, ${fields}`)}`)).toEqual([]);
  });
});

describe('entries that cannot both be meant', () => {
  test.each([
    ['approvals', approval('services: [mqtts]').repeat(2), `<a> approval "a" is given already in ${FILE}:3`],
    [
      'block-lists',
      '  - {name: x, networks: 192.0.2.1}\n'.repeat(2),
      `<x> block list "x" is given already in ${FILE}:3`,
    ],
    [
      'services',
      '  - {name: x, protocol: tcp, port: 4444, like: mqtt}\n  - {name: x, protocol: tcp, port: 4445, like: mqtt}\n',
      `<x> service "x (tcp)" is given already in ${FILE}:3`,
    ],
    [
      'services',
      '  - {name: x, protocol: tcp, port: 1883, like: mqtt}\n',
      '<x> tcp/1883 is "mqtt" already; give the service that name to replace it',
    ],
    [
      'services',
      '  - {name: x, protocol: tcp, port: 4444, like: mqtt}\n  - {name: y, protocol: tcp, port: 4444, like: mqtt}\n',
      '<y> tcp/4444 is "x" already; give the service that name to replace it',
    ],
    [
      'segments',
      '  - {device: edge, segment: outside, role: untrusted}\n  - {device: EDGE, segment: Outside, role: dmz}\n',
      `<{device: EDGE, segment: Outside, role: dmz}> segment "Outside" of device "EDGE" is set dmz here and untrusted in ${FILE}:3`,
    ],
  ])('%s: %#', (section, entries, problem) => {
    expect(marked(`${section}:\n${entries}`)).toEqual([problem]);
  });

  test.each([
    'segments:\n  - {segment: outside, role: dmz}\n  - {segment: OUTSIDE, role: dmz}\n',
    'segments:\n  - {segment: "*", role: dmz}\n  - {segment: outside, role: untrusted}\n',
    'services:\n  - {name: mqtt, protocol: tcp, port: 11883, like: mqtt}\n  - {name: bus, protocol: tcp, port: 1883, like: amqp}\n',
    'services:\n  - {name: mqtt, protocol: tcp, port: 1883, like: mqtt, note: ours}\n',
    'services:\n  - {name: x, protocol: tcp, port: 4444, like: mqtt}\n  - {name: x, protocol: udp, port: 4444, like: mqtt-sn}\n',
  ])('but not: %#', (text) => {
    expect(marked(text)).toEqual([]);
  });
});
