import { describe, expect, it } from 'vitest';
import { single } from '../../parsers/model/service.ts';
import { audit, build, DMZ, findingsOf, INSIDE, OUTSIDE, type SmallDevice, type SmallRule } from './small-device.ts';
import { auditSource } from '../../checks/index.ts';
import { prefix4 } from '../../parsers/model/address.ts';

const REACHABLE = 'broker-reachable-from-untrusted';
const CLEARTEXT = 'cleartext-broker-across-boundary';
const mqtt = [single(1883)];

function edge(...rules: SmallRule[]): SmallDevice {
  return { segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE], lists: { IN: { rules } } };
}

describe(REACHABLE, () => {
  it('finds a broker that is open to anyone, with the rule, the binding and a packet that shows it', () => {
    const [finding, ...more] = findingsOf(
      REACHABLE,
      edge({ action: 'permit', protocol: 'tcp', to: '10.1.0.5/32', ports: mqtt }),
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'critical',
      confidence: 'definite',
      crossings: [{ from: 'outside', to: 'inside' }],
      services: ['mqtt'],
      conditions: [],
      message: 'r1: outside → inside permits mqtt (tcp/1883) from any to 10.1.0.5, decided by access list IN rule 10',
    });
    expect(finding?.flows).toEqual({
      truncated: false,
      flows: [
        {
          family: 4,
          source: ['any'],
          destination: ['10.1.0.5'],
          protocol: 'tcp',
          sourcePort: ['any'],
          destinationPort: ['1883'],
        },
      ],
    });
    expect(finding?.evidence.map(({ role, span, text }) => [role, span.line, text])).toEqual([
      ['decides', 2, 'permit tcp any 10.1.0.5/32 1883-1883'],
      ['binding', 5, 'filter IN in'],
    ]);
    expect(finding?.witness).toMatchObject({ protocol: 'tcp', destination: '10.1.0.5', destinationPort: 1883 });
    expect(finding?.witness?.source).toMatch(/^198\.51\.100\./);
    expect(finding?.witness?.sourcePort).toBeGreaterThanOrEqual(49152);
    expect(finding?.fix).toContain('access list IN');
  });

  it('is silent when the port is denied and when nothing is permitted', () => {
    expect(findingsOf(REACHABLE, edge({ action: 'permit', protocol: 'tcp', ports: [single(443)] }))).toEqual([]);
    const denied = edge(
      { action: 'deny', protocol: 'tcp', ports: [{ first: 0, last: 65535 }] },
      { action: 'deny', protocol: 'udp' },
      { action: 'permit' },
    );
    expect(findingsOf(REACHABLE, denied)).toEqual([]);
  });

  it('reports what a time range leaves open apart from what is certain', () => {
    const found = findingsOf(
      REACHABLE,
      edge(
        { action: 'deny', protocol: 'tcp', to: '10.1.0.5/32', ports: mqtt, timeRange: 'NIGHT' },
        { action: 'permit', protocol: 'tcp', to: '10.1.0.0/24', ports: mqtt },
      ),
    );
    expect(
      found.map(({ confidence, severity, conditions, message }) => [confidence, severity, conditions, message]),
    ).toEqual([
      ['definite', 'critical', [], expect.stringContaining('permits mqtt')],
      [
        'possible',
        'high',
        ['time range NIGHT is active or not (small.cfg:2)'],
        expect.stringContaining('may permit mqtt'),
      ],
    ]);
    expect(found[1]?.flows.flows.map(({ destination }) => destination)).toEqual([['10.1.0.5']]);
    expect(found[1]?.evidence.map(({ role, span }) => [role, span.line])).toContainEqual(['condition', 2]);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('counts certain packets for the rule that surely lets them through', () => {
    const found = findingsOf(
      REACHABLE,
      edge(
        { action: 'permit', protocol: 'tcp', to: '10.1.0.0/25', ports: mqtt, timeRange: 'NIGHT' },
        { action: 'permit', protocol: 'tcp', to: '10.1.0.64/26', ports: mqtt },
      ),
    );
    expect(
      found.map(({ confidence, evidence, flows }) => [confidence, evidence[0]?.span.line, flows.flows[0]?.destination]),
    ).toEqual([
      ['definite', 3, ['10.1.0.64/26']],
      ['possible', 2, ['10.1.0.0/26']],
    ]);
  });

  it('is milder for few sources, for TLS and for related protocols', () => {
    const severity = (rule: Partial<SmallRule>): string | undefined =>
      findingsOf(REACHABLE, edge({ action: 'permit', protocol: 'tcp', to: '10.1.0.5/32', ...rule }))[0]?.severity;
    expect(severity({ ports: mqtt, from: '192.0.2.0/24' })).toBe('high');
    expect(severity({ ports: [single(8883)] })).toBe('high');
    expect(severity({ ports: [single(8883)], from: '192.0.2.0/24' })).toBe('medium');
    expect(severity({ ports: [single(9092)] })).toBe('high');
    expect(severity({ ports: [single(6651)], from: '192.0.2.0/24' })).toBe('low');
  });

  it('makes one finding of a broad rule, and one of crossings that share it', () => {
    const found = findingsOf(REACHABLE, {
      segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE, DMZ],
      lists: { IN: { rules: [{ action: 'permit', protocol: 'tcp', to: '10.0.0.0/8' }] } },
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.services).toContain('mqtt');
    expect(found[0]?.services).toContain('kafka');
    expect(found[0]?.services).not.toContain('coap');
    expect(found[0]?.crossings).toEqual([
      { from: 'outside', to: 'dmz' },
      { from: 'outside', to: 'inside' },
    ]);
    expect(found[0]?.flows.flows).toHaveLength(1);
  });

  it('keeps crossings apart whose packets differ', () => {
    const found = findingsOf(REACHABLE, {
      segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE, { ...DMZ, out: ['OUT'] }],
      lists: {
        IN: { rules: [{ action: 'permit', protocol: 'tcp', to: '10.0.0.0/8', ports: mqtt }] },
        OUT: { rules: [{ action: 'permit', protocol: 'tcp', to: '10.9.0.7/32', ports: mqtt }] },
      },
    });
    expect(found.map(({ crossings, flows }) => [crossings[0]?.to, flows.flows[0]?.destination])).toEqual([
      ['dmz', ['10.9.0.7']],
      ['inside', ['10.0.0.0/8']],
    ]);
    expect(found[0]?.evidence.map(({ span }) => span.line)).toEqual(expect.arrayContaining([2, 4]));
  });

  it('leaves out a rule for packets to the device itself, unless a translation sends them on', () => {
    const session = edge({ action: 'permit', protocol: 'tcp', to: '203.0.113.2/32' });
    expect(findingsOf(REACHABLE, session)).toEqual([]);
    expect(audit(session).devices[0]?.flows.filter(({ direction }) => direction === 'exposure')).toEqual([]);
    const forwarded = findingsOf(REACHABLE, {
      ...session,
      translations: (span) => [
        {
          kind: 'static-destination',
          text: 'nat statement',
          span,
          conditions: [],
          from: prefix4(0xcb007102, 32),
          to: prefix4(0xcb007102, 32),
        },
      ],
    });
    expect(forwarded).toHaveLength(1);
  });

  it('says that no filter stands there, at the interface', () => {
    const [finding] = findingsOf(REACHABLE, { segments: [OUTSIDE, INSIDE] });
    expect(finding?.evidence[0]).toMatchObject({
      role: 'decides',
      text: 'interface outside',
      note: 'no filter from outside to inside',
    });
    expect(finding?.message).toContain('decided by no filter on the path');
  });

  const published: SmallDevice = {
    segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE],
    lists: { IN: { rules: [{ action: 'permit', protocol: 'tcp', to: '10.1.0.5/32', ports: mqtt }] } },
    translations: (span) => [
      {
        kind: 'static-destination',
        text: 'nat statement',
        span,
        conditions: [],
        from: prefix4(0xcb007105, 32),
        to: prefix4(0x0a010005, 32),
      },
    ],
  };

  it('gives the address before and after translation', () => {
    const [finding] = findingsOf(REACHABLE, published);
    expect(finding?.evidence.map(({ note }) => note)).toContain('translates 203.0.113.5 to 10.1.0.5');
    expect(finding?.flows.flows.flatMap(({ destination }) => destination)).toContain('203.0.113.5');
  });

  it('shows the packet on the wire where rules compare real addresses', () => {
    const [finding] = findingsOf(REACHABLE, { ...published, addressView: 'real' });
    expect(finding?.flows.flows.flatMap(({ destination }) => destination)).toEqual(['10.1.0.5']);
    expect(finding?.evidence.map(({ note }) => note)).toContain('translates 203.0.113.5 to 10.1.0.5');
    expect(finding?.witness?.destination).toBe('203.0.113.5');
  });

  it('reports at most fifty rules apart and the others together, exactly', () => {
    const rules = Array.from({ length: 80 }, (_, index): SmallRule => {
      return { action: 'permit', protocol: 'tcp', to: `10.1.0.${index + 2}/32`, ports: mqtt };
    });
    const found = findingsOf(REACHABLE, edge(...rules));
    expect(found).toHaveLength(50);
    const rest = found.find(({ message }) => message.includes('further rules'));
    expect(rest?.message).toContain('31 further rules');
    const destinations = found.flatMap(({ flows }) => flows.flows.flatMap(({ destination }) => destination));
    expect(found.some(({ flows }) => flows.truncated)).toBe(false);
    expect(destinations).toContain('10.1.0.2');
    expect(rest?.flows.flows.length).toBeGreaterThan(0);
  });
});

describe(CLEARTEXT, () => {
  it('finds clear text in every direction, more severe from outside', () => {
    const open = { rules: [{ action: 'permit', protocol: 'tcp', ports: [single(1883), single(8883)] }] } as const;
    const found = findingsOf(CLEARTEXT, {
      segments: [
        { ...OUTSIDE, in: ['A'] },
        { ...INSIDE, in: ['B'] },
        { ...DMZ, in: ['C'] },
      ],
      lists: { A: open, B: open, C: open },
    });
    expect(found.every(({ services }) => services.join() === 'mqtt')).toBe(true);
    expect(found.filter(({ severity }) => severity === 'high').map(({ crossings }) => crossings[0]?.from)).toEqual([
      'outside',
    ]);
    const medium = found.filter(({ severity }) => severity === 'medium').flatMap(({ crossings }) => crossings);
    expect(medium).toEqual(
      expect.arrayContaining([
        { from: 'inside', to: 'dmz' },
        { from: 'inside', to: 'outside' },
        { from: 'dmz', to: 'inside' },
      ]),
    );
  });

  it('is silent about TLS and about segments of one trust', () => {
    expect(
      findingsOf(CLEARTEXT, edge({ action: 'permit', protocol: 'tcp', ports: [single(8883)] })).filter(
        ({ crossings }) => crossings[0]?.from === 'outside',
      ),
    ).toEqual([]);
    expect(findingsOf(CLEARTEXT, { segments: [INSIDE, { ...INSIDE, name: 'inside2' }] })).toEqual([]);
  });
});

describe('the report of a device', () => {
  it('lists what every judged crossing lets through and why others were not judged', () => {
    const report = audit({
      segments: [
        { ...OUTSIDE, in: ['IN'] },
        { ...INSIDE, in: ['NONE'] },
        { ...DMZ, name: 'odd', trust: 'unknown' },
      ],
      lists: {
        IN: { rules: [{ action: 'permit', protocol: 'tcp', ports: mqtt, to: '10.1.0.5/32' }] },
        NONE: { rules: [{ action: 'deny' }] },
      },
    }).devices[0];
    expect(
      report?.flows.map(({ crossing, direction, service, confidence, approved }) => [
        crossing,
        direction,
        service,
        confidence,
        approved,
      ]),
    ).toEqual([[{ from: 'outside', to: 'inside' }, 'exposure', 'mqtt', 'definite', 'no']]);
    expect(report?.unjudged).toContainEqual({
      crossing: { from: 'odd', to: 'inside' },
      reason: 'the trust of odd is not known, so the crossing has no direction',
    });
    expect(report?.ruleLists).toEqual({ lists: 2, rules: 2 });
  });

  it('keeps fingerprints when lines are inserted', () => {
    const device = edge({ action: 'permit', protocol: 'tcp', to: '10.1.0.5/32' });
    const before = audit(device).devices[0]?.findings ?? [];
    const after =
      audit({
        ...device,
        preamble: [
          ['! a comment', 'no-effect'],
          ['hostname r1', 'no-effect'],
        ],
      }).devices[0]?.findings ?? [];
    expect(before.length).toBeGreaterThan(3);
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
    expect(after[0]?.evidence[0]?.span.line).toBe((before[0]?.evidence[0]?.span.line ?? 0) + 2);
    expect(before.every(({ fingerprint }) => /^[0-9a-f]{16}$/.test(fingerprint))).toBe(true);
  });

  it('says the same twice', () => {
    const { parsed, source } = build(edge({ action: 'permit' }));
    const options = { trust: { untrusted: [], internal: [], internalNetworks: [] } };
    expect(JSON.stringify(auditSource(parsed, source, options))).toBe(
      JSON.stringify(auditSource(parsed, source, options)),
    );
  });
});
