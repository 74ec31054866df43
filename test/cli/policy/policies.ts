import type { Policy } from '../../../checks/policy/policy.ts';
import { loadPolicy } from '../../../cli/policy/load-policy.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';

export const FILE = 'brokerfence.yaml';

/** A policy with an entry or more of every section. */
export const EXAMPLE = `# The plant's policy.
version: 1
include: [group/base.yaml]
networks: [10.0.0.0/8, 2001:db8::/32]
segments:
  - {device: "edge-*", segment: outside, role: untrusted}
  - segment: "*-dmz"
    role: dmz
services:
  - {name: plant-bus, protocol: tcp, port: 11883, like: mqtt, transport-security: tls}
approvals:
  - name: plant telemetry
    services: [mqtts, plant-bus, amqp-family]
    ports: [tcp/8883, udp/5683, tcp/9000-9010]
    applications: [mqtt]
    clients: any
    brokers: [192.0.2.7, 10.2.0.0/16, 10.3.0.5-10.3.0.9, "2001:db8::7"]
    direction: exposure
    transport: tls
    devices: ["edge-*"]
    owner: plant
    reason: telemetry
    ticket: 4711
    expires: 2027-03-31
  - {name: proposal, services: [mqtt], clients: 10.1.0.0/16, brokers: 192.0.2.8, reviewed: false}
block-lists:
  - {name: c2, file: lists/c2.txt, source: test feed}
  - {name: own, networks: [203.0.113.0/24]}
assume:
  fqdn: {broker.example.com: [192.0.2.9]}
  time-ranges: {WORK: active, NIGHT: inactive}
  users: {'CORP\\ops': matches, guests: no-match}
waivers:
  - {check: egress-unfiltered, device: edge-1, reason: lab, owner: net, expires: 2027-01-01}
  - {fingerprint: 0123456789abcdef, reason: known, owner: net}
checks:
  egress-default-permit: off
  filter-not-applied: low
`;

export const EXAMPLE_FILES: Readonly<Record<string, Node>> = {
  [FILE]: EXAMPLE,
  'group/base.yaml':
    'version: 1\nsegments:\n  - {segment: outside, role: partner}\nchecks: {filter-not-applied: off}\n',
  'lists/c2.txt': '# Feed of a day.\r\n198.51.100.0/24 ; SBL1\r\n\r\n2001:db8:bad::5 # one\r\n',
};

/** The policy of a text, or of files of which the first is the policy. */
export function policyOf(files: string | Readonly<Record<string, Node>>): Policy {
  const loaded = load(files);
  if (loaded.kind === 'problems') throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.policy;
}

/** The problems as `file:line:column-endColumn message`. */
export function problemsOf(files: string | Readonly<Record<string, Node>>): string[] {
  const loaded = load(files);
  if (loaded.kind === 'policy') return [];
  return loaded.problems.map(({ file, span, message }) =>
    span === undefined ? `${file} ${message}` : `${file}:${span.line}:${span.column}-${span.endColumn} ${message}`,
  );
}

/** Problems of a policy with the line `version: 1` before the text, each as the text that is marked and the message. */
export function marked(text: string): string[] {
  const whole = `version: 1\n${text}`;
  const loaded = load(whole);
  if (loaded.kind === 'policy') return [];
  const lines = whole.split('\n');
  return loaded.problems.map(({ span, message }) => {
    const line = lines[(span?.line ?? 0) - 1] ?? '';
    return `<${line.slice((span?.column ?? 1) - 1, (span?.endColumn ?? 1) - 1)}> ${message}`;
  });
}

function load(files: string | Readonly<Record<string, Node>>): ReturnType<typeof loadPolicy> {
  const all = typeof files === 'string' ? { [FILE]: files } : files;
  return loadPolicy(Object.keys(all)[0] ?? '', new MemoryFiles(all));
}
