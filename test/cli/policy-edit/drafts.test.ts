/** Drafts of entries from flows and findings that are made up for it. */
import { expect, test } from 'vitest';
import type { PermittedFlow } from '../../../checks/device-report.ts';
import type { Finding, FlowText } from '../../../checks/finding.ts';
import { SERVICES } from '../../../checks/index.ts';
import { approvalForFinding, approvalForFlow, type ApprovalDraft } from '../../../cli/policy/edit/approval-for.ts';
import { waiverFor } from '../../../cli/policy/edit/waiver-for.ts';

const WORDS = { name: ' feed ', reason: ' needed ', owner: 'plant ' };

function row(source: string, destination: string, more: Partial<FlowText> = {}): FlowText {
  const ports = { protocol: 'tcp', sourcePort: ['any'], destinationPort: ['8883'] };
  const family = `${source}${destination}`.includes(':') ? 6 : 4;
  return { family, source: source.split(' '), destination: destination.split(' '), ...ports, ...more };
}

function flow(rows: readonly FlowText[], more: Partial<PermittedFlow> = {}): PermittedFlow {
  return {
    crossing: { from: 'outside', to: 'dmz' },
    direction: 'exposure',
    service: 'mqtts',
    protocol: 'tcp',
    port: 8883,
    confidence: 'definite',
    flows: { flows: rows, truncated: false },
    decidedBy: [
      {
        role: 'decides',
        span: { source: 'edge.cfg', line: 12, column: 1, endColumn: 9 },
        text: 'permit',
        note: 'access list OUTSIDE-IN rule 30 permits',
      },
    ],
    approved: 'no',
    conditions: [],
    ...more,
  };
}

function sides(rows: readonly FlowText[]): unknown {
  const draft = approvalForFlow(flow(rows), 'edge-1', WORDS);
  return draft.kind === 'draft' ? [draft.entry.clients, draft.entry.brokers] : draft.message;
}

test('an approval of a flow says what the flow says', () => {
  expect(
    approvalForFlow(flow([row('192.0.2.0/24', '10.2.0.5')]), 'edge-1', { ...WORDS, expires: ' 2027-03-31 ' }),
  ).toEqual({
    kind: 'draft',
    about: 'mqtts from outside to dmz on edge-1: access list OUTSIDE-IN rule 30 permits (edge.cfg:12)',
    entry: {
      name: 'feed',
      services: ['mqtts'],
      clients: ['192.0.2.0/24'],
      brokers: ['10.2.0.5'],
      direction: 'exposure',
      devices: ['edge-1'],
      owner: 'plant',
      reason: 'needed',
      expires: '2027-03-31',
    },
  });
});

test('a forwarded port is approved as a port, not as the service of another', () => {
  const draft = approvalForFlow(flow([row('any', '192.0.2.7')], { port: 9999, forwardedTo: 8883 }), 'edge-1', WORDS);
  expect(draft).toMatchObject({ entry: { ports: ['tcp/9999'] } });
  expect(draft).not.toHaveProperty('entry.services');
});

test('both IP versions are told, any where all is meant and no version is let in that was not', () => {
  expect(sides([row('any', '10.2.0.5')])).toEqual(['any', ['10.2.0.5']]);
  expect(sides([row('10.2.0.5', 'any')])).toEqual([['10.2.0.5'], 'any']);
  expect(sides([row('any', 'any')])).toEqual(['any', ['0.0.0.0/0']]);
  expect(sides([row('any', 'any'), row('any', 'any', { family: 6 })])).toEqual(['any', 'any']);
  expect(sides([row('any', '10.2.0.5'), row('any', '2001:db8::5')])).toEqual(['any', ['10.2.0.5', '2001:db8::5']]);
  expect(sides([row('any', '10.2.0.5'), row('2001:db8::/64', '2001:db8::5')])).toEqual([
    ['0.0.0.0/0', '2001:db8::/64'],
    ['10.2.0.5', '2001:db8::5'],
  ]);
});

test('rows that are one product together are one approval, others are refused', () => {
  expect(sides([row('10.0.0.1', '10.2.0.5 10.2.0.6'), row('10.0.0.2', '10.2.0.5-10.2.0.6')])).toEqual([
    ['10.0.0.1-10.0.0.2'],
    ['10.2.0.5-10.2.0.6'],
  ]);
  expect(sides([row('10.0.0.1', '10.2.0.5'), row('10.0.0.2', '10.2.0.6')])).toBe(
    'not every client may reach every broker, and an approval would say so; write one by hand for each pair',
  );
});

test('source ports that clients take are told in the comment, chosen ones are refused', () => {
  const ephemeral = { sourcePort: ['1024-65535'] };
  expect(approvalForFlow(flow([row('any', '10.2.0.5', ephemeral)]), 'edge-1', WORDS)).toMatchObject({
    about: expect.stringMatching(/; permitted from source ports 1024-65535, approved from all$/),
  });
  expect(sides([row('any', '10.2.0.5', { sourcePort: ['53', '49152-65535'] })])).toBe(
    'it is only permitted from source port 53, 49152-65535, and an approval would hold for every one',
  );
});

test('what cannot be written, or was not shown whole, is refused', () => {
  expect(sides([{ ...row('any', ''), destination: ['10.0.0.1 wildcard 0.0.255.0'] }])).toBe(
    'a policy cannot write bit patterns (10.0.0.1 wildcard 0.0.255.0)',
  );
  const refusal = (draft: ApprovalDraft): unknown => draft.kind === 'refused' && draft.message;
  const cut = flow([], { flows: { flows: [row('any', '10.2.0.5')], truncated: true } });
  expect(refusal(approvalForFlow(cut, 'edge-1', WORDS))).toBe(
    'it is too large to be shown whole, and only what is shown could be approved; narrow the rule',
  );
  const unjudged = flow([row('any', '10.2.0.5')], { direction: 'unjudged' });
  expect(refusal(approvalForFlow(unjudged, 'edge-1', WORDS))).toBe(
    'its direction is not known; set the trust of its segments first',
  );
  expect(refusal(approvalForFlow(flow([row('any', '10.2.0.5')]), 'edge*', WORDS))).toBe(
    'the name of the device would be taken for a pattern: edge*',
  );
});

const FINDING: Finding = {
  check: 'broker-reachable-from-untrusted',
  severity: 'high',
  confidence: 'definite',
  device: 'edge-1',
  crossings: [{ from: 'outside', to: 'dmz' }],
  rules: ['OUTSIDE-IN: 30'],
  services: ['mqtt', 'amqp', 'amqps'],
  message: 'edge-1: outside → dmz permits amqp and others',
  evidence: [],
  flows: { flows: [], truncated: false },
  conditions: [],
  fix: 'close it',
  fingerprint: '00112233445566aa',
};

function ofFinding(rows: readonly FlowText[], more: Partial<Finding> = {}): ApprovalDraft {
  const segments = (['outside', 'dmz'] as const).map((segment) => ({
    segment,
    trust: segment === 'dmz' ? ('dmz' as const) : ('untrusted' as const),
    source: 'set' as const,
    reasons: [],
    transit: 'yes' as const,
  }));
  const finding = { ...FINDING, flows: { flows: rows, truncated: false }, ...more };
  return approvalForFinding(finding, segments, SERVICES, WORDS);
}

test('an approval of a finding names its services where all ports are theirs, else ports', () => {
  const ports = (destinationPort: string[]): unknown => {
    const draft = ofFinding([row('any', '10.2.0.5', { destinationPort })]);
    return draft.kind === 'draft' ? [draft.entry.services, draft.entry.ports, draft.entry.direction] : draft.message;
  };
  expect(ports(['1883', '5671-5672'])).toEqual([['mqtt', 'amqp', 'amqps'], undefined, 'exposure']);
  expect(ports(['5671', '9999'])).toEqual([['amqps'], ['tcp/9999'], 'exposure']);
  expect(ports(['5670-5672'])).toEqual([undefined, ['tcp/5670-5672'], 'exposure']);
  expect(ports(['0-52'])).toBe('an approval is for ports 1 to 65535, not for tcp/0-52; waive the finding instead');
});

test('services between different hosts are not put into one approval', () => {
  const rows = [
    row('any', '10.2.0.5', { destinationPort: ['1883'] }),
    row('any', '10.2.0.6', { destinationPort: ['5671'] }),
  ];
  expect(ofFinding(rows)).toEqual({
    kind: 'refused',
    message: 'its services are permitted between different hosts; approve the flows one by one',
  });
});

test('a waiver is held to its finding by the fingerprint, and says what it is about', () => {
  expect(waiverFor(FINDING, WORDS)).toEqual({
    about: 'mqtt, amqp, amqps from outside to dmz on edge-1: outside → dmz permits amqp and others',
    entry: {
      fingerprint: '00112233445566aa',
      check: 'broker-reachable-from-untrusted',
      device: 'edge-1',
      reason: 'needed',
      owner: 'plant',
    },
  });
});

test('a finding about the policy belongs to no device', () => {
  const { about, entry } = waiverFor(
    {
      ...FINDING,
      check: 'approval-unused',
      device: '',
      crossings: [],
      services: [],
      message: 'nothing permits "feed"',
    },
    WORDS,
  );
  expect(about).toBe('approval-unused: nothing permits "feed"');
  expect(entry).not.toHaveProperty('device');
});
