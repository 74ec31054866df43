/** What is wrong with the form of a policy file: each problem with its place and the nearest right word. */
import { describe, expect, test } from 'vitest';
import { FILE, marked, problemsOf } from './policies.ts';

const approval = (fields: string): string =>
  `approvals:\n  - {name: a, services: [mqtts], clients: any, brokers: any, ${fields}}\n`;
const SIGNED = 'owner: o, reason: r';

test.each([
  ['netwroks: []', '<netwroks> no key "netwroks"; did you mean "networks"?'],
  ['block_lists: []', '<block_lists> no key "block_lists"; did you mean "block-lists"?'],
  ['segments: [{segmnt: a, segment: b, role: dmz}]', '<segmnt> no key "segmnt"; did you mean "segment"?'],
  ['assume: {fqdns: {}}', '<fqdns> no key "fqdns"; did you mean "fqdn"?'],
  [
    'checks: {egress-unfilterd: off}',
    '<egress-unfilterd> no check "egress-unfilterd"; did you mean "egress-unfiltered"?',
  ],
  [
    'waivers: [{check: egress-unfilterd, reason: r, owner: o}]',
    '<egress-unfilterd> no check "egress-unfilterd"; did you mean "egress-unfiltered"?',
  ],
  [
    'services: [{name: x, protocol: tcp, port: 1, like: mqttz}]',
    '<mqttz> no service "mqttz"; did you mean "mqtt" or "mqtts"?',
  ],
  [approval(`${SIGNED}, expiry: 2027-01-01`), '<expiry> no key "expiry"; did you mean "expires"?'],
])('a name that nothing has: %s', (text, problem) => {
  expect(marked(text)).toEqual([problem]);
});

describe('a value that cannot be meant', () => {
  test.each([
    ['networks: [10.0.0.1/8]', '<10.0.0.1/8> "10.0.0.1/8" has host bits set; the network is 10.0.0.0/8'],
    ['networks: [2001:db8::1/32]', '<2001:db8::1/32> "2001:db8::1/32" has host bits set; the network is 2001:db8::/32'],
    ['networks: [10.0.0.0/33]', '<10.0.0.0/33> "10.0.0.0/33" is not a network such as 10.1.0.0/16 or 2001:db8::/32'],
    ['networks: [010.0.0.1]', '<010.0.0.1> "010.0.0.1" is not a network such as 10.1.0.0/16 or 2001:db8::/32'],
    [
      'networks: [10.0.0.1-10.0.0.9]',
      '<10.0.0.1-10.0.0.9> "10.0.0.1-10.0.0.9" is not a network such as 10.1.0.0/16 or 2001:db8::/32',
    ],
    ['networks: [any]', '<any> "any" is not a network such as 10.1.0.0/16 or 2001:db8::/32'],
    ['networks: 10.0.0.0/8', '<10.0.0.0/8> "networks" must be a list, not "10.0.0.0/8"'],
    ['networks: [10.5]', '<10.5> an entry of "networks" must be text, not 10.5'],
    [
      'assume: {fqdn: {a: [10.0.0.9-10.0.0.1]}}',
      '<10.0.0.9-10.0.0.1> the range "10.0.0.9-10.0.0.1" ends before it begins',
    ],
    ['assume: {fqdn: {a: any}}', '<any> any is no list of addresses here'],
    ['assume: {fqdn: {a: [10.0.0.1, any]}}', '<any> any stands alone, not in a list'],
    [
      'assume: {fqdn: {a: [10.0.0.1-2001:db8::1]}}',
      '<10.0.0.1-2001:db8::1> "10.0.0.1-2001:db8::1" is not a range such as 10.1.2.3-10.1.2.9',
    ],
    ['assume: {fqdn: {a: [5]}}', '<5> an entry of "a" must be text, not 5'],
    ['assume: {fqdn: {a: 5}}', '<5> "a" must be an address, a network or a list such as [10.1.0.0/16'],
    ['assume: {fqdn: {a: []}}', '<[]> "a" is empty'],
    ['assume: {time-ranges: {a: on}}', '<on> "a" must be active or inactive, not "on"'],
    ['assume: {users: {a: true}}', '<true> "a" must be matches or no-match, not true'],
    [
      'segments: [{segment: a, role: outside}]',
      '<outside> "role" must be internal, untrusted, dmz, partner, management or ot, not "outside"',
    ],
    ['segments: [{segment: "", role: dmz}]', '<""> "segment" is empty'],
    [
      'checks: {egress-unfiltered: hihg}',
      '<hihg> "egress-unfiltered" must be off, on, critical, high, medium, low or info, not "hihg"',
    ],
    ['checks: [egress-unfiltered]', '<[egress-unfiltered]> "checks" must be keys and values, not a list'],
    [
      'services: [{name: My_Bus, protocol: tcp, port: 1, family: mqtt}]',
      '<My_Bus> "name" must be small letters, digits, dots and dashes',
    ],
    [
      'services: [{name: my-family, protocol: tcp, port: 1, family: mqtt}]',
      '<my-family> "name" must not end in -family, which stands for a whole family',
    ],
    [
      'services: [{name: x, protocol: sctp, port: 1, family: mqtt}]',
      '<sctp> "protocol" must be tcp or udp, not "sctp"',
    ],
    [
      'services: [{name: x, protocol: tcp, port: 65536, family: mqtt}]',
      '<65536> "port" must be at most 65535, not 65536',
    ],
    ['services: [{name: x, protocol: tcp, port: 0, family: mqtt}]', '<0> "port" must be at least 1, not 0'],
    ['services: [{name: x, protocol: tcp, port: 1.5, family: mqtt}]', '<1.5> "port" must be a whole number, not 1.5'],
    ['services: [{name: x, protocol: tcp, port: 1, family: mqqt}]', '<mqqt> no family "mqqt"; did you mean "mqtt"'],
    [
      'waivers: [{fingerprint: XYZ, reason: r, owner: o}]',
      '<XYZ> "fingerprint" must be the 16 hexadecimal digits that a finding shows',
    ],
    ['waivers: [{device: "*", reason: r, owner: ""}]', '<""> "owner" is empty'],
    [approval('reason: r, owner: 5'), '<5> "owner" must be text, not 5; put quotes around it if it is right'],
    [approval('reason: r, owner:'), '<owner> "owner" must be text, not empty'],
    [approval(`${SIGNED}, reviewed: yes`), '<yes> "reviewed" must be true or false, not "yes"'],
    [approval(`${SIGNED}, direction: out`), '<out> "direction" must be exposure, egress, lateral or any, not "out"'],
    [
      approval(`${SIGNED}, ports: [8883]`),
      '<8883> an entry of "ports" must be a protocol and its ports such as tcp/8883, not 8883',
    ],
    [
      approval(`${SIGNED}, ports: [sctp/8883]`),
      '<sctp/8883> "sctp/8883" is not a port such as tcp/8883 or tcp/9000-9010',
    ],
    [approval(`${SIGNED}, ports: [tcp/9-8]`), '<tcp/9-8> the range "tcp/9-8" ends before it begins'],
    [approval(`${SIGNED}, ports: [tcp/0-8]`), '<tcp/0-8> "tcp/0-8" goes beyond ports 1 to 65535'],
    [approval(`${SIGNED}, ports: [tcp/8-65536]`), '<tcp/8-65536> "tcp/8-65536" goes beyond ports 1 to 65535'],
    [approval(`${SIGNED}, devices: []`), '<[]> "devices" is empty'],
    [approval(`${SIGNED}, expires: 31.3.2027`), '<31.3.2027> "31.3.2027" is not a day such as 2027-03-31'],
    [approval(`${SIGNED}, expires: 2027-02-29`), '<2027-02-29> there is no day 2027-02-29'],
    [approval(`${SIGNED}, expires: 2027-13-01`), '<2027-13-01> there is no day 2027-13-01'],
  ])('%s', (text, problem) => {
    const found = marked(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  test('but a leap day is a day', () => {
    expect(marked(approval(`${SIGNED}, expires: 2028-02-29`))).toEqual([]);
  });
});

describe('an entry that lacks something', () => {
  test.each([
    ['segments: [{device: a, role: dmz}]', ['"segment" is missing']],
    ['services: [{name: x, protocol: tcp, port: 1}]', ['a service needs a family, or the service that it is like']],
    ['block-lists: [{name: x}]', ['a block list needs a file or networks']],
    [
      'waivers: [{reason: r, owner: o}]',
      ['a waiver needs a fingerprint, or a check, device or rule; every finding cannot be accepted at once'],
    ],
    [
      'approvals: [{name: a, services: [mqtts], owner: o, reason: r}]',
      ['"clients" is missing', '"brokers" is missing'],
    ],
    [
      'approvals: [{name: a, clients: any, brokers: any}]',
      [
        'an approval needs services, ports or applications; without them it can match nothing',
        '"owner" is missing (a proposal with reviewed: false needs none)',
        '"reason" is missing (a proposal with reviewed: false needs none)',
      ],
    ],
  ])('%s', (text, problems) => {
    const entry = text.slice(text.indexOf('{'), text.indexOf('}') + 1);
    expect(marked(text)).toEqual(problems.map((problem) => `<${entry}> ${problem}`));
  });

  test('clients and brokers that can never meet', () => {
    const text =
      'approvals: [{name: a, services: [mqtt], clients: 10.0.0.1, brokers: [2001:db8::1], owner: o, reason: r}]';
    expect(marked(text)).toEqual([
      '<[2001:db8::1]> clients and brokers are of different IP versions, so that it can match nothing',
    ]);
    expect(marked(text.replace('[2001:db8::1]', '[2001:db8::1, 192.0.2.1]'))).toEqual([]);
  });
});

test('everything that is wrong is said at once, by place', () => {
  const text =
    'version: 2\nnetworks: [a, 10.0.0.0/8, b]\nsegment: []\nwaivers:\n  - owner: o\n    reason: r\n    cheks: x\n';
  expect(problemsOf(text)).toEqual([
    `${FILE}:1:10-11 version 2 of the form is not known here; this program reads version 1`,
    `${FILE}:2:12-13 "a" is not a network such as 10.1.0.0/16 or 2001:db8::/32`,
    `${FILE}:2:27-28 "b" is not a network such as 10.1.0.0/16 or 2001:db8::/32`,
    `${FILE}:3:1-8 no key "segment"; did you mean "segments"?`,
    `${FILE}:7:5-10 no key "cheks"; did you mean "check"?`,
  ]);
});

test.each([
  ['networks: []\n', `${FILE}:1:1-13 "version" is missing`],
  [
    'hostname R1\n!\nusername admin password 0 hunter2\n',
    `${FILE}:1:1-12 a policy file consists of keys and values and begins with version: 1`,
  ],
  ['- a\n', `${FILE}:1:1-4 a policy file consists of keys and values and begins with version: 1`],
  ['# nothing\n', `${FILE}:1:1-2 a policy file consists of keys and values and begins with version: 1`],
  ['', `${FILE} is empty`],
])('what is no policy: %j', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});
