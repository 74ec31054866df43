import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditSource } from '../../checks/index.ts';
import type { DeviceReport, PermittedFlow } from '../../checks/device-report.ts';
import type { FlowText } from '../../checks/finding.ts';
import type { Policy } from '../../checks/policy/policy.ts';
import { foundNetworks } from '../../checks/policy/own-networks.ts';
import { proposalsFor } from '../../checks/policy/proposals.ts';
import { loadPolicy } from '../../cli/policy/load-policy.ts';
import { EXAMPLES } from '../../cli/reports/policy-examples.ts';
import { word } from '../../cli/reports/yaml-parts.ts';
import { parse } from '../../parsers/index.ts';
import { CLOSED_IOS, EXPOSED_ASA, FORTIGATE } from './support/configs.ts';
import { run } from './support/fake-io.ts';
import { MemoryFiles } from './support/memory-files.ts';

const SAMPLES = join(import.meta.dirname, '../../device-samples');

/** Beside the edge, a router whose second port nothing tells anything about. */
const UNSURE_IOS = CLOSED_IOS.replace('10.20.30.1 255.255.255.0', '198.18.0.1 255.255.255.0').replace(
  'interface GigabitEthernet0/1\n',
  'interface GigabitEthernet0/1\n description users\n',
);

function loaded(text: string): Policy {
  const result = loadPolicy('brokerfence.yaml', new MemoryFiles({ 'brokerfence.yaml': text }));
  if (result.kind === 'problems') throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.policy;
}

async function drafted(files: Readonly<Record<string, string>>): Promise<string> {
  const { exitCode, written } = await run(['init', ...Object.keys(files)], { files });
  expect(exitCode).toBe(0);
  return written.get('brokerfence.yaml') ?? '';
}

test('a draft says what the configurations say, each trust with its reason', async () => {
  const text = await drafted({ 'edge.cfg': EXPOSED_ASA, 'branch.cfg': CLOSED_IOS });
  expect(text).toContain(
    '  # private address 10.20.30.1/24 (line 11), and nothing speaks against it\n' +
      '  - { device: branch-1, segment: GigabitEthernet0/1, role: internal }\n',
  );
  const { networks, segments, approvals } = loaded(text);
  expect(networks.map(({ network }) => network)).toEqual(['10.20.30.0/24']);
  expect(segments.map(({ device, segment, role }) => `${device} ${segment} ${role}`)).toEqual([
    'edge-1 outside untrusted',
    'edge-1 dmz dmz',
    'branch-1 GigabitEthernet0/0 untrusted',
    'branch-1 GigabitEthernet0/1 internal',
  ]);
  expect(approvals).toMatchObject([
    { name: 'exposure-mqtt', services: ['mqtt'], direction: 'exposure', devices: ['edge-1'], reviewed: false },
  ]);
  expect(text).toContain('(edge.cfg:15)');
});

test('what nobody can tell is left to decide, and a network of it is not called own', async () => {
  // Translated as the inside, with a public address.
  const torn = CLOSED_IOS.replace('branch-1', 'branch-2').replace(
    'ip address 10.20.30.1 255.255.255.0\n',
    'ip address 10.20.30.1 255.255.255.0\n ip address 198.51.100.1 255.255.255.0 secondary\n ip nat inside\n',
  );
  const text = await drafted({ 'a.cfg': CLOSED_IOS, 'b.cfg': torn });
  const { networks, segments } = loaded(text);
  expect(segments.filter(({ device }) => device === 'branch-2').map(({ segment }) => segment)).toEqual([
    'GigabitEthernet0/0',
  ]);
  expect(text).toMatch(
    /# To decide: trust is not known;(?:.*\n {2}#)+? - \{ device: branch-2, segment: GigabitEthernet0\/1, role:/,
  );
  expect(networks).toEqual([]);
  expect(text).toContain('  # - 10.20.30.0/24\n');
});

test.each([
  'cisco-asa/dmz-firewall/running-config.cfg',
  'cisco-ios/internet-edge/running-config.cfg',
  'juniper-junos/srx-branch/running-config.cfg',
  'paloalto-panos/branch-firewall/running-config.cfg',
])('the draft from %s loads, and an audit with it finds the same', async (name) => {
  const text = readFileSync(join(SAMPLES, name), 'utf8');
  const policy = loaded(await drafted({ [name]: text }));
  const source = { name, text };
  const parsed = parse(source);
  const trust = { untrusted: [], internal: [], internalNetworks: [] };
  const without = auditSource(parsed, source, { trust, today: '2026-11-22' });
  const withDraft = auditSource(parsed, source, { trust, policy, today: '2026-11-22' });
  for (const [index, device] of without.devices.entries()) {
    const judged = withDraft.devices[index];
    expect(judged?.findings).toEqual(device.findings);
    expect(judged?.flows).toEqual(device.flows);
    expect(judged?.unjudged).toEqual(device.unjudged);
    expect(judged?.segments.map(({ trust: each }) => each)).toEqual(device.segments.map(({ trust: each }) => each));
  }
  expect(withDraft.devices.flatMap(({ segments }) => segments).filter(({ source: by }) => by === 'set')).not.toEqual(
    [],
  );
});

test('reviewing a proposal approves exactly what was permitted', async () => {
  const name = 'cisco-asa/dmz-firewall/running-config.cfg';
  const source = { name, text: readFileSync(join(SAMPLES, name), 'utf8') };
  const policy = loaded(await drafted({ [name]: source.text }));
  const approvals = policy.approvals.map((approval) => ({ ...approval, reviewed: true }));
  const options = { trust: { untrusted: [], internal: [], internalNetworks: [] }, policy: { ...policy, approvals } };
  const { devices } = auditSource(parse(source), source, options);
  expect(devices.flatMap(({ flows }) => flows.map(({ approved }) => approved))).not.toContain('no');
  expect(devices.flatMap(({ flows }) => flows.map(({ approved }) => approved))).not.toContain('partly');
  expect(devices.flatMap(({ approvals: uses }) => uses.map(({ permits }) => permits))).not.toContain('none');
});

test('comments wrap, and the same input gives the same bytes', async () => {
  const files = { 'edge.cfg': EXPOSED_ASA, 'branch.cfg': UNSURE_IOS };
  const text = await drafted(files);
  expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  expect(await drafted(files)).toBe(text);
});

test('every example reads as a policy once its comment marks are gone', async () => {
  const text = await drafted({ 'edge.cfg': EXPOSED_ASA });
  for (const { yaml } of EXAMPLES) {
    const commented = yaml.replaceAll(/^(?=.)/gmu, '# ');
    expect(text).toContain(commented);
  }
  const policy = loaded(`version: 1\n${EXAMPLES.map(({ yaml }) => yaml).join('')}`);
  expect(policy).toMatchObject({
    services: [{ name: 'mqtts-plant' }],
    blockLists: [{ name: 'known-command-servers' }],
    waivers: [{ owner: 'messaging team' }],
    checks: [{ setting: 'high' }],
  });
  expect(policy.assumptions).toHaveLength(3);
});

test('a file that is there stays as it is', async () => {
  const files = { 'edge.cfg': EXPOSED_ASA, 'brokerfence.yaml': 'version: 1\n' };
  const refused = await run(['init', 'edge.cfg'], { files });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('brokerfence.yaml is there already; --force overwrites it');
  expect(refused.written.size).toBe(0);
  const forced = await run(['init', 'edge.cfg', '--force'], { files });
  expect([forced.exitCode, [...forced.written.keys()]]).toEqual([0, ['brokerfence.yaml']]);
  const elsewhere = await run(['init', 'edge.cfg', '--output', 'draft.yaml'], { files });
  expect([elsewhere.exitCode, [...elsewhere.written.keys()]]).toEqual([0, ['draft.yaml']]);
});

test('--output - prints the draft', async () => {
  const { exitCode, stdout, stderr, written } = await run(['init', 'edge.cfg', '--output', '-'], {
    files: { 'edge.cfg': EXPOSED_ASA, 'brokerfence.yaml': 'version: 1\n' },
  });
  expect([exitCode, stderr, written.size]).toEqual([0, '', 0]);
  expect(loaded(stdout).segments).toHaveLength(2);
});

test('what was not read is named in the draft, and the exit code tells', async () => {
  const files = { 'edge.cfg': EXPOSED_ASA, 'fortigate.conf': FORTIGATE };
  const { exitCode, written } = await run(['init', 'edge.cfg', 'fortigate.conf'], { files });
  expect(exitCode).toBe(3);
  expect(written.get('brokerfence.yaml')).toContain('Not read, so missing here: fortigate.conf');
  const nothing = await run(['init', 'fortigate.conf'], { files });
  expect([nothing.exitCode, nothing.written.size]).toEqual([3, 0]);
});

test('names that YAML would read as something else are quoted', () => {
  expect(['edge-1', 'Gi0/0.10', '10.0.0.0/8', '10.0.0.1-10.0.0.9'].map(word)).toEqual([
    'edge-1',
    'Gi0/0.10',
    '10.0.0.0/8',
    '10.0.0.1-10.0.0.9',
  ]);
  expect(['no', '12', 'a: b', '#x', '', 'a\u0085b', '2001:db8::/32'].map(word)).toEqual([
    '"no"',
    '"12"',
    '"a: b"',
    '"#x"',
    '""',
    '"a\\u0085b"',
    '"2001:db8::/32"',
  ]);
});

function flow(service: string, rows: readonly FlowText[], more: Partial<PermittedFlow> = {}): PermittedFlow {
  return {
    crossing: { from: 'in', to: 'out' },
    direction: 'egress',
    service,
    protocol: 'tcp',
    port: 1883,
    confidence: 'definite',
    flows: { flows: rows, truncated: false },
    decidedBy: [],
    approved: 'no',
    conditions: [],
    ...more,
  };
}

function row(source: string[], destination: string[], family: 4 | 6 = 4): FlowText {
  return { family, source, destination, protocol: 'tcp', sourcePort: ['any'], destinationPort: ['1883'] };
}

function report(device: string, flows: readonly PermittedFlow[]): DeviceReport {
  const { devices } = auditSource(
    parse({ name: 'edge.cfg', text: EXPOSED_ASA }),
    { name: 'edge.cfg', text: EXPOSED_ASA },
    { trust: { untrusted: [], internal: [], internalNetworks: [] } },
  );
  const [edge] = devices;
  if (edge === undefined) throw new Error('there is a device');
  return { ...edge, device, flows };
}

test('flows are joined only where that adds nothing', () => {
  const one = flow('mqtt', [row(['10.1.0.0/16'], ['192.0.2.1']), row(['10.2.0.0/16'], ['192.0.2.1', '192.0.2.2'])]);
  const two = flow('mqtts', one.flows.flows);
  const { proposals } = proposalsFor([report('a', [one, two]), report('b', [one])]);
  const told = proposals.map(({ services, clients, brokers, devices }) => [services, clients, brokers, devices]);
  expect(told).toEqual([
    [['mqtt', 'mqtts'], ['10.1.0.0/16'], ['192.0.2.1'], ['a']],
    [['mqtt', 'mqtts'], ['10.2.0.0/16'], ['192.0.2.1', '192.0.2.2'], ['a']],
    [['mqtt'], ['10.1.0.0/16'], ['192.0.2.1'], ['b']],
    [['mqtt'], ['10.2.0.0/16'], ['192.0.2.1', '192.0.2.2'], ['b']],
  ]);
  expect(new Set(proposals.map(({ name }) => name)).size).toBe(4);
});

test('any of one family is not any of both', () => {
  const both = [flow('mqtt', [row(['any'], ['any'], 4), row(['any'], ['any'], 6)])];
  const four = [flow('mqtt', [row(['any'], ['any'], 4)])];
  expect(proposalsFor([report('a', both)]).proposals[0]).toMatchObject({ clients: ['any'], brokers: ['any'] });
  expect(proposalsFor([report('a', four)]).proposals[0]).toMatchObject({ clients: ['any'], brokers: ['0.0.0.0/0'] });
});

test('what is cut says so', () => {
  const many = Array.from({ length: 60 }, (_, index) => `192.0.2.${index * 2}`);
  const { proposals } = proposalsFor([
    report('a', [
      flow('mqtt', [row(['10.0.0.0/8'], many)]),
      flow('amqp', [row(['10.0.0.0/8', '10.0.0.1 wildcard 0.255.0.255'], ['192.0.2.1'])]),
      flow('stomp', [row(['10.0.0.0/8'], ['192.0.2.1'])]),
    ]),
  ]);
  expect(proposals.map(({ services, brokers, cut }) => [services, brokers.length, cut])).toEqual([
    [['mqtt'], 40, true],
    [['amqp', 'stomp'], 1, true],
  ]);
});

test('neighbouring networks are put together, and only where nothing is added', () => {
  const segment = { trust: 'internal', source: 'inferred', reasons: [], transit: 'yes' } as const;
  const networks = ['10.1.1.0/24', '10.1.0.0/24', '10.1.2.0/24', '10.1.2.128/25', '198.51.100.0/24', 'fd00::/64'];
  const device = { ...report('a', []), segments: [{ ...segment, segment: 'in', networks }] };
  expect(foundNetworks([device])).toEqual({ sure: ['10.1.0.0/23', '10.1.2.0/24', 'fd00::/64'], contested: [] });
  const unknown = { ...segment, trust: 'unknown', segment: 'x', networks: ['10.1.2.0/25'] } as const;
  const contested = { ...device, segments: [...device.segments, unknown] };
  expect(foundNetworks([contested])).toEqual({ sure: ['10.1.0.0/23', 'fd00::/64'], contested: ['10.1.2.0/24'] });
});
