import { describe, expect, it } from 'vitest';
import { single } from '../../parsers/model/service.ts';
import { findingsOf, INSIDE, OUTSIDE, type SmallDevice, type SmallRule } from './small-device.ts';

const UNAPPROVED = 'pubsub-egress-unapproved';
const UNFILTERED = 'egress-unfiltered';
const DEFAULT = 'egress-default-permit';
const IPV6 = 'ipv6-unfiltered-beside-ipv4';

/** Nothing comes in, so that only what goes out is found. */
function office(...rules: SmallRule[]): SmallDevice {
  return {
    segments: [
      { ...OUTSIDE, in: ['NONE'] },
      { ...INSIDE, in: ['OUT'] },
    ],
    lists: { OUT: { rules }, NONE: { rules: [{ action: 'deny' }] } },
  };
}

const ports = (...numbers: number[]) => numbers.map(single);

describe(UNAPPROVED, () => {
  it('finds what may leave, to whom, by which rule', () => {
    const found = findingsOf(
      UNAPPROVED,
      office(
        { action: 'permit', protocol: 'tcp', to: '192.0.2.7/32', ports: ports(8883) },
        { action: 'deny', protocol: 'tcp', ports: [{ first: 1, last: 6000 }] },
        { action: 'permit', protocol: 'tcp', from: '10.1.0.0/24', ports: [{ first: 1, last: 10000 }] },
      ),
    );
    expect(found.map(({ severity, services, evidence }) => [severity, services[0], evidence[0]?.span.line])).toEqual([
      ['high', 'mqtts', 4],
      ['medium', 'mqtts', 2],
    ]);
    expect(found[0]?.witness).toMatchObject({ destinationPort: 8883, protocol: 'tcp' });
    expect(found[0]?.witness?.source).toMatch(/^10\.1\.0\.([2-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/);
    expect(found[0]?.services).not.toContain('mqtt');
  });

  it('is silent where everything is denied, and milder for related protocols', () => {
    expect(findingsOf(UNAPPROVED, office({ action: 'permit', protocol: 'tcp', ports: ports(443) }))).toEqual([]);
    const [kafka] = findingsOf(UNAPPROVED, office({ action: 'permit', protocol: 'tcp', ports: ports(9092) }));
    expect(kafka?.severity).toBe('medium');
  });

  it('is only possible below a line that was not read', () => {
    const [finding] = findingsOf(UNAPPROVED, office({ action: 'unknown' }, { action: 'permit', protocol: 'tcp' }));
    expect(finding?.confidence).toBe('possible');
    expect(finding?.severity).toBe('medium');
    expect(finding?.message).toContain('may permit');
    expect(finding?.conditions).toEqual([
      'what rule 10 of access list OUT does, which could not be read (small.cfg:2)',
    ]);
  });
});

describe(UNFILTERED, () => {
  it('finds a crossing without any filter, at the interface', () => {
    const [finding, ...more] = findingsOf(UNFILTERED, {
      segments: [{ ...OUTSIDE, in: ['NONE'] }, INSIDE],
      lists: { NONE: { rules: [{ action: 'deny' }] } },
    });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      confidence: 'definite',
      crossings: [{ from: 'inside', to: 'outside' }],
    });
    expect(finding?.evidence[0]?.text).toBe('interface inside');
    expect(finding?.message).toBe(
      'r1: inside → outside has no filter for IPv4: every protocol and port pass from any to any (no filter on the path)',
    );
    expect(finding?.flows.flows).toEqual([
      {
        family: 4,
        source: ['any'],
        destination: ['any'],
        protocol: 'ip',
        sourcePort: ['any'],
        destinationPort: ['any'],
      },
    ]);
  });

  it('is silent where a list is bound, and where an outbound list stands on the other side', () => {
    expect(findingsOf(UNFILTERED, office({ action: 'permit' }))).toEqual([]);
    const outbound: SmallDevice = {
      segments: [{ ...OUTSIDE, out: ['OUT'] }, INSIDE],
      lists: { OUT: { rules: [{ action: 'permit' }] } },
    };
    expect(findingsOf(UNFILTERED, outbound)).toEqual([]);
  });

  it('is possible where the path itself is undecided', () => {
    const [finding] = findingsOf(UNFILTERED, { segments: [OUTSIDE, INSIDE], conditions: ['route'] });
    expect(finding).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      conditions: ['routing: X (small.cfg:1)'],
    });
  });
});

describe(DEFAULT, () => {
  it('finds the rule that lets unnamed ports out, for exactly those ports', () => {
    const found = findingsOf(
      DEFAULT,
      office(
        { action: 'deny', protocol: 'tcp', ports: ports(1883, 8883) },
        { action: 'permit', protocol: 'tcp', ports: [{ first: 80, last: 90 }] },
        { action: 'permit' },
      ),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: 'medium', confidence: 'definite', services: [] });
    expect(found[0]?.evidence[0]).toMatchObject({ role: 'decides', text: 'permit ip any any' });
    expect(found[0]?.flows.flows.map(({ protocol, destinationPort }) => [protocol, destinationPort])).toEqual([
      ['tcp', ['0-79', '91-1882', '1884-8882', '8884-65535']],
      ['udp', ['any']],
    ]);
  });

  it('sees through a list of blocked networks', () => {
    const blocked = { action: 'deny', to: '192.0.2.0/24' } as const;
    expect(findingsOf(DEFAULT, office(blocked, { action: 'permit' }))).toHaveLength(1);
  });

  it('takes a wide range as a catch-all, and tells which ports lie in it', () => {
    const [finding] = findingsOf(
      DEFAULT,
      office({ action: 'permit', protocol: 'tcp', ports: [{ first: 1024, last: 65535 }] }),
    );
    expect(finding?.flows.flows.map(({ destinationPort }) => destinationPort)).toEqual([['1024-65535']]);
  });

  it('is silent where ports are named, where destinations are, and where there is no filter', () => {
    expect(findingsOf(DEFAULT, office({ action: 'permit', protocol: 'tcp', ports: ports(443, 1883) }))).toEqual([]);
    expect(findingsOf(DEFAULT, office({ action: 'permit', to: '17.0.0.0/8' }))).toEqual([]);
    expect(findingsOf(DEFAULT, { segments: [OUTSIDE, INSIDE] })).toEqual([]);
  });

  it('adds up rules that each permit a sliver', () => {
    const slivers = Array.from({ length: 32 }, (_, index): SmallRule => ({
      action: 'permit',
      to: `${index * 8}.0.0.0/5`,
    }));
    expect(findingsOf(DEFAULT, office(...slivers)).length).toBeGreaterThan(1);
  });
});

describe(IPV6, () => {
  const outside6 = { ...OUTSIDE, addresses: [...OUTSIDE.addresses, '2001:db8:1::2/64'] };
  const inside6 = { ...INSIDE, addresses: [...INSIDE.addresses, '2001:db8:2::1/64'] };
  const lists = { IN: { rules: [{ action: 'deny' }] }, IN6: { family: 6, rules: [{ action: 'deny' }] } } as const;

  it('finds IPv6 that passes beside filtered IPv4, in both directions', () => {
    const found = findingsOf(IPV6, {
      segments: [
        { ...outside6, in: ['IN'] },
        { ...inside6, in: ['IN'] },
      ],
      lists,
    });
    expect(
      found.map(({ severity, crossings, flows }) => [severity, crossings[0]?.from, flows.flows[0]?.family]),
    ).toEqual([
      ['critical', 'outside', 6],
      ['high', 'inside', 6],
    ]);
    expect(found[0]?.witness?.destination).toMatch(/^2001:db8:2::/);
  });

  it('is silent when IPv6 is filtered, not carried, or IPv4 is not filtered either', () => {
    expect(
      findingsOf(IPV6, {
        segments: [
          { ...outside6, in: ['IN', 'IN6'] },
          { ...inside6, in: ['IN', 'IN6'] },
        ],
        lists,
      }),
    ).toEqual([]);
    expect(
      findingsOf(IPV6, {
        segments: [
          { ...outside6, in: ['IN'] },
          { ...INSIDE, in: ['IN'] },
        ],
        lists,
      }),
    ).toEqual([]);
    expect(findingsOf(IPV6, { segments: [outside6, inside6] })).toEqual([]);
  });

  it('is possible, and a step milder, where the path itself is undecided', () => {
    const found = findingsOf(IPV6, {
      segments: [
        { ...outside6, in: ['IN'] },
        { ...inside6, in: ['IN'] },
      ],
      lists,
      conditions: ['route'],
    });
    expect(found.map(({ severity, confidence }) => [severity, confidence])).toEqual([
      ['high', 'possible'],
      ['medium', 'possible'],
    ]);
  });
});
