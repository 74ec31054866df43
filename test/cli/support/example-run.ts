import type { Evidence, Finding } from '../../../checks/finding.ts';
import type { Run, SourceResult } from '../../../cli/reports/run.ts';
import { shortfallsOf, totalsOf } from '../../../cli/totals.ts';

/* An audit built by hand with one of everything that a report can show. */

const span = (line: number, column = 1, endColumn = 20) => ({ source: 'edge.cfg', line, column, endColumn });

const DECIDES: Evidence = {
  role: 'decides',
  span: span(88),
  text: 'access-list OUTSIDE-IN extended permit tcp any object-group BROKERS object-group MESSAGING',
  note: 'permits',
};

const EXPOSED: Finding = {
  check: 'broker-reachable-from-untrusted',
  severity: 'high',
  confidence: 'definite',
  device: 'edge-1',
  crossings: [{ from: 'outside', to: 'dmz' }],
  rules: ['OUT: 30'],
  services: ['mqtt', 'mqtts'],
  message: 'mqtt and mqtts are reachable from outside in dmz',
  evidence: [
    DECIDES,
    {
      role: 'binding',
      span: span(120),
      text: 'access-group OUTSIDE-IN in interface outside',
      note: 'bound inbound on outside',
    },
    { role: 'object', span: span(40), text: 'object-group network BROKERS', note: 'defines BROKERS' },
  ],
  flows: {
    flows: [
      {
        family: 4,
        source: ['any'],
        destination: ['192.0.2.10', '192.0.2.16/28'],
        protocol: 'tcp',
        sourcePort: ['any'],
        destinationPort: ['1883', '8883'],
      },
    ],
    truncated: true,
  },
  witness: {
    protocol: 'tcp',
    source: '203.0.113.5',
    sourcePort: 49152,
    destination: '192.0.2.10',
    destinationPort: 1883,
  },
  conditions: [],
  fix: 'Name the clients in rule 30 of OUTSIDE-IN instead of any',
  fingerprint: '0123456789abcdef',
};

const POSSIBLE: Finding = {
  check: 'pubsub-egress-unapproved',
  severity: 'info',
  confidence: 'possible',
  device: 'edge-1',
  crossings: [],
  rules: [],
  services: [],
  message: 'a name with \u001b[2J control characters',
  evidence: [{ ...DECIDES, span: span(12), text: 'username admin password hunter2', note: 'may permit' }],
  flows: { flows: [], truncated: false },
  conditions: ['time range OFFICE is active or not (edge.cfg:7)'],
  fix: 'Decide',
  fingerprint: 'fedcba9876543210',
};

const EDGE: SourceResult = {
  source: 'edge.cfg',
  ruleCounts: [
    { kind: 'security rules', written: 5, modelled: 4, disabled: 1, left: [{ reason: 'in no device', count: 1 }] },
  ],
  platform: 'cisco-asa',
  detectedBy: ['line 1: "ASA Version 9.12(4)"'],
  devices: [
    {
      device: 'edge-1',
      platform: 'cisco-asa',
      version: '9.12(4)',
      source: 'edge.cfg',
      segments: [
        {
          segment: 'outside',
          trust: 'untrusted',
          source: 'inferred',
          reasons: ['default route (line 120)'],
          transit: 'yes',
        },
        { segment: 'dmz', trust: 'dmz', source: 'set', reasons: ['set internal by "dmz"'], transit: 'yes' },
        {
          segment: 'mgmt',
          trust: 'management',
          source: 'inferred',
          reasons: ['management-only (line 9)'],
          transit: 'none',
        },
      ],
      findings: [POSSIBLE, EXPOSED],
      flows: [
        {
          crossing: { from: 'outside', to: 'dmz' },
          direction: 'exposure',
          service: 'mqtt',
          protocol: 'tcp',
          port: 1883,
          confidence: 'definite',
          flows: EXPOSED.flows,
          decidedBy: [DECIDES],
          approved: 'no',
          conditions: [],
        },
      ],
      approvals: [{ approval: 'telemetry', permits: 'part' }],
      readiness: [
        { need: 'rule-logging', state: 'partly', reason: '1 of 2 permitted flows are recorded' },
        { need: 'remote-syslog', state: 'yes', reason: 'records go to 10.0.0.9' },
        { need: 'flow-export', state: 'no', reason: 'no exporter' },
      ],
      unjudged: [{ crossing: { from: 'dmz', to: 'mgmt' }, reason: 'mgmt carries no through-traffic' }],
      ruleLists: { lists: 2, rules: 40 },
    },
  ],
  diagnostics: [
    {
      code: 'asa/twice-nat',
      severity: 'warning',
      span: span(90, 2, 5),
      message: 'twice NAT is not modelled',
      consequence: 'verdicts for 203.0.113.5 are possible, not definite',
      text: ' nat (inside,outside) source static A B',
      more: 2,
    },
    {
      code: 'asa/old',
      severity: 'note',
      span: span(1),
      message: 'old',
      consequence: 'nothing',
      text: 'ASA Version 8.2',
    },
  ],
  coverage: {
    source: 'edge.cfg',
    lines: 1234,
    states: { modelled: 1000, 'no-effect': 200, conditional: 4, unsupported: 20, unrecognised: 10 },
    complete: 'no',
  },
};

export function exampleRun(): Run {
  const failures = [
    { name: 'lost.cfg', reason: 'no-permission', message: 'cannot be read: permission denied' },
  ] as const;
  const skipped = [{ name: 'README.md', message: 'not read, by its name' }];
  const shortfalls = shortfallsOf(EDGE, 5);
  return {
    schemaVersion: 1,
    tool: { name: 'brokerfence', version: '0.0.0' },
    sources: [EDGE],
    failures,
    skipped,
    shortfalls,
    totals: totalsOf([EDGE], [], failures.length, shortfalls.length),
  };
}

export function emptyRun(): Run {
  const source: SourceResult = {
    source: 'quiet.cfg',
    platform: 'cisco-ios',
    detectedBy: [],
    devices: [],
    diagnostics: [],
    coverage: {
      source: 'quiet.cfg',
      lines: 10,
      states: { modelled: 9, 'no-effect': 1, conditional: 0, unsupported: 0, unrecognised: 0 },
      complete: 'yes',
    },
    ruleCounts: [],
  };
  const empty = { failures: [], skipped: [], shortfalls: [] };
  const tool = { name: 'brokerfence', version: '0.0.0' } as const;
  return { schemaVersion: 1, tool, sources: [source], ...empty, totals: totalsOf([source], [], 0, 0) };
}
