import type { Device } from '../../parsers/model/device.ts';
import type { MatchExpression } from '../../parsers/model/rule.ts';
import { describe, expect, test } from 'vitest';
import { addresses, ANY4, ANY6, NO_ADDRESS, prefix4, range4 } from '../../parsers/model/address.ts';
import { printDevice } from '../../parsers/model/print.ts';
import { ANY_SERVICE, icmpSelector, protocolTerm, single } from '../../parsers/model/service.ts';
import { parseSmallRouter, SMALL_ROUTER } from '../support/small-router.ts';

function small(): Device {
  const [device] = parseSmallRouter([{ name: 'small', text: SMALL_ROUTER }]).devices;
  if (device === undefined) throw new Error('no device');
  return device;
}

/** The small router with its first rule changed. */
function withRule(change: (rule: Device['ruleLists'][number]['rules'][number]) => object): Device {
  const device = small();
  return {
    ...device,
    ruleLists: device.ruleLists.map((list) => ({
      ...list,
      rules: list.rules.map((rule, index) => (index === 0 ? { ...rule, ...change(rule) } : rule)),
    })),
  };
}

test('a device in full', () => {
  expect(printDevice(small())).toBe(`device small (cisco-ios)
addresses compared: arriving
segment in (interface)
  aliases: inside; routing: default; transit: yes; families: 4
segment out (interface)
  aliases: outside; routing: default; transit: yes; families: 4
list OUT (access list, family 4)
  #3 permit (permit)
    source: 0.0.0.0/0
    destination: 10.0.0.0/8
    service: tcp to 1883
  #4 permit (permit)
    source: 0.0.0.0/0
    destination: 0.0.0.0/0
    service: tcp to 8883
    if: time-range(when-open)
binding OUT in at out (family 4, transit)
crossing in → in: none (one segment)
crossing in → out: path 1
crossing out → in: path 2
crossing out → out: none (one segment)
path 1: no stages
path 2
  stage acl-in (family 4)
    list OUT bound OUT in at out (family 4, transit)
    else deny: implicit deny at the end of access list OUT
`);
});

test('spans and statements are shown when asked for', () => {
  const text = printDevice(small(), { spans: true });
  expect(text).toContain('  #3 permit (permit) @3:1-34\n');
  expect(text).toContain('    text: permit tcp any 10.0.0.0/8 eq 1883\n');
  expect(text).toContain('    if: time-range(when-open) @4:28-37\n');
  expect(text).toContain('binding OUT in at out (family 4, transit) @5:1-9\n');
  expect(printDevice(small())).not.toContain('@');
});

describe('the canonical form', () => {
  const halves = [prefix4(0x0a000000, 9), prefix4(0x0a800000, 9)];

  test('does not depend on how a set is written, nor on the order of segments', () => {
    const device = small();
    const written = withRule(({ match }) => ({
      match: {
        ...match,
        destination: { must: addresses(...halves), may: addresses(...halves.toReversed()), conditions: [] },
      },
    }));
    expect(printDevice(written)).toBe(printDevice(device));
    expect(printDevice({ ...device, segments: device.segments.toReversed() })).toBe(printDevice(device));
  });

  test('depends on everything that decides verdicts', () => {
    const [rule] = small().ruleLists[0]?.rules ?? [];
    if (rule === undefined) throw new Error('no rule');
    const { match } = rule;
    const condition = { kind: 'fqdn', name: 'broker.example', span: rule.span } as const;
    const also: MatchExpression = { kind: 'not', of: { kind: 'undecided', condition } };
    const changes: object[] = [
      { action: { kind: 'deny', word: 'permit' } },
      { enabled: false },
      { also },
      { from: ['out'] },
      { to: ['in'] },
      { conditions: [condition] },
      { logging: { logs: 'no', detail: 'log disable' } },
      { match: { ...match, never: 'only replies' } },
      { match: { ...match, source: { must: NO_ADDRESS, may: ANY4, conditions: [condition] } } },
      { match: { ...match, source: { must: ANY6, may: ANY6, conditions: [] } } },
      { match: { ...match, service: { must: ANY_SERVICE, may: ANY_SERVICE, conditions: [] } } },
    ];
    const texts = changes.map((change) => printDevice(withRule(() => change)));
    expect(new Set([printDevice(small()), ...texts]).size).toBe(changes.length + 1);
  });
});

test('expressions, services and undecided fields are readable', () => {
  const span = { source: 'small', line: 3, column: 1, endColumn: 3 };
  const device = withRule(({ match }) => ({
    enabled: false,
    match: {
      ...match,
      source: {
        must: NO_ADDRESS,
        may: addresses(range4(1, 2)),
        conditions: [{ kind: 'fqdn', name: 'b.example', span }],
      },
      service: {
        must: [
          { ...protocolTerm(1), destinationPorts: [icmpSelector(3, 1)] },
          { ...protocolTerm(17), sourcePorts: [single(53)] },
        ],
        may: [
          { ...protocolTerm(1), destinationPorts: [icmpSelector(3, 1)] },
          { ...protocolTerm(17), sourcePorts: [single(53)] },
        ],
        conditions: [],
      },
    },
    also: {
      kind: 'any',
      of: [
        { kind: 'permitted-by', list: { name: 'CLASS', kind: 'access list', family: 4, rules: [], span }, span },
        { kind: 'match', match: { ...match, never: 'only replies' }, span, text: 'match' },
      ],
    },
  }));
  expect(printDevice(device)).toContain(`  #3 permit switched off (permit)
    source: must none; may 0.0.0.1-0.0.0.2; if fqdn(b.example)
    destination: 10.0.0.0/8
    service: icmp type 3/1 | udp from 53
    also
      any of
        permitted by list CLASS
        match
          source: 0.0.0.0/0
          destination: 10.0.0.0/8
          service: tcp to 1883
          never: only replies
`);
});

test('interfaces, translations, routes and telemetry are printed', () => {
  const span = { source: 'small', line: 1, column: 1, endColumn: 3 };
  const device = small();
  const conditions = [{ kind: 'route', name: 'leak', span }] as const;
  const ten = prefix4(0x0a000001, 32);
  const [segment] = device.segments;
  if (segment === undefined) throw new Error('no segment');
  const text = printDevice({
    ...device,
    segments: [
      {
        ...segment,
        interfaces: [
          {
            name: 'Gi0/1',
            addresses: [{ family: 4, address: 0x0a000001, prefixLength: 24, span }],
            families: [4],
            dynamicAddress: true,
            enabled: false,
            span,
          },
        ],
        evidence: [{ points: 'untrusted', weight: 3, reason: 'default route leaves here', span }],
      },
    ],
    translations: [
      {
        kind: 'static-destination',
        from: prefix4(0xc0000201, 32),
        to: ten,
        port: { protocols: [single(6)], from: 8883, to: 1883 },
        only: { sources: ANY4 },
        fromSegment: 'out',
        text: '',
        span,
        conditions,
      },
      { kind: 'dynamic-source', sources: ANY4, pool: [], text: '', span, conditions: [] },
      { kind: 'unmodelled', touches: addresses(ten), text: '', span, conditions: [] },
    ],
    routes: [{ family: 4, destination: prefix4(0, 0), segment: 'out', routingContext: 'default', span }],
    telemetry: [
      { kind: 'syslog', target: '10.0.0.9', covers: [], effective: false, span },
      { kind: 'intrusion-prevention', target: 'sfr', covers: ['out'], effective: true, passive: true, span },
    ],
    logging: { takes: 6, sends: 'none', permits: 6, denies: 4 },
  });
  for (const line of [
    '  interface Gi0/1: shut down; families 4; learned address',
    '    10.0.0.1/24',
    '  evidence untrusted 3: default route leaves here',
    'translation static-destination out → any: 192.0.2.1 as 10.0.0.1; tcp port 8883 as 1883; only from 0.0.0.0/0; if route(leak)',
    'translation dynamic-source any → any: 0.0.0.0/0 as an address not in the text',
    'translation unmodelled any → any: may touch 10.0.0.1',
    'route 0.0.0.0/0 by out in default',
    'telemetry syslog to 10.0.0.9 for the whole device (not effective)',
    'telemetry intrusion-prevention to sfr for out (a copy)',
    'logging takes 6, sends none, permits 6, denies 4',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});
