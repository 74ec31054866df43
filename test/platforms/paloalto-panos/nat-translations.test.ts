import { describe, expect, test } from 'vitest';
import { formatAddressTerm } from '../../../parsers/model/format.ts';
import type { Translation } from '../../../parsers/model/nat.ts';
import { natOf, type NatTest } from './nat-policy.ts';

/** A rule from trust to untrust for everything; the lines given say what it does, and overwrite nothing. */
function outbound(...lines: readonly string[]): string {
  const rule = 'set rulebase nat rules out';
  const match = ['from trust', 'to untrust', 'source 10.3.0.0/16', 'destination any', 'service any'];
  return [...match, ...lines].map((line) => `${rule} ${line}`).join('\n');
}

function inbound(destination: string, ...lines: readonly string[]): string {
  const rule = 'set rulebase nat rules in';
  const match = ['from untrust', 'to untrust', 'source any', `destination ${destination}`];
  return [...match, ...lines].map((line) => `${rule} ${line}`).join('\n');
}

function inShort(translation: Translation): string {
  const { kind } = translation;
  if (kind === 'unmodelled') return `unmodelled ${translation.touches.include.map(formatAddressTerm).join(' ')}`;
  if (kind === 'dynamic-source') {
    const [before, behind] = [translation.sources.include, translation.pool].map((terms) =>
      terms.map(formatAddressTerm),
    );
    return `${before?.join(' ') ?? ''} > some of ${behind?.join(' ') ?? ''}`;
  }
  const port = translation.port === undefined ? '' : ` port ${translation.port.from} > ${translation.port.to}`;
  return `${kind} ${formatAddressTerm(translation.from)} > ${formatAddressTerm(translation.to)}${port}`;
}

const all = ({ nat }: NatTest): readonly string[] => nat.translations.map(inShort);
const codes = ({ diagnostics }: NatTest): readonly string[] => diagnostics.map(({ code }) => code);

describe('source translation', () => {
  test('to addresses of a pool', () => {
    const pool = natOf(
      outbound('source-translation dynamic-ip-and-port translated-address [ 203.0.113.2 203.0.113.3 ]'),
    );
    expect(all(pool)).toEqual(['10.3.0.0/16 > some of 203.0.113.2 203.0.113.3']);
    expect(codes(pool)).toEqual([]);
  });

  test('to the address of an interface, written or looked up', () => {
    const words = 'source-translation dynamic-ip-and-port interface-address';
    const around = { interfaces: { 'ethernet1/1': '203.0.113.2' } };
    const looked = natOf(outbound(`${words} interface ethernet1/1`), undefined, around);
    expect(all(looked)).toEqual(['10.3.0.0/16 > some of 203.0.113.2']);
    const written = natOf(outbound(`${words} interface ethernet1/1`, `${words} ip 203.0.113.4/28`), undefined, around);
    expect(all(written)).toEqual(['10.3.0.0/16 > some of 203.0.113.4']);
    expect(all(natOf(outbound(`${words} interface ethernet1/9`)))).toEqual(['10.3.0.0/16 > some of ']);
  });

  test('a fallback adds to the pool', () => {
    const dynamic = 'source-translation dynamic-ip';
    const { nat } = natOf(
      outbound(
        `${dynamic} translated-address 203.0.113.16-203.0.113.19`,
        `${dynamic} fallback interface-address interface ethernet1/1`,
      ),
      undefined,
      { interfaces: { 'ethernet1/1': '203.0.113.2' } },
    );
    expect(nat.translations.map(inShort)).toEqual(['10.3.0.0/16 > some of 203.0.113.16/30 203.0.113.2']);
  });

  test('static, one to one, and the bound where sizes differ', () => {
    const same = natOf(outbound('source-translation static-ip translated-address 172.16.0.0/16'));
    expect(all(same)).toEqual(['static-source 10.3.0.0/16 > 172.16.0.0/16']);
    expect(same.behind('trust', 'untrust', 'tcp 10.3.0.9:40000 > 192.0.2.7:443').packet).toBe(
      '172.16.0.9 > 192.0.2.7:443',
    );
    const other = natOf(outbound('source-translation static-ip translated-address 172.16.0.0/24'));
    expect(all(other)).toEqual(['10.3.0.0/16 > some of 172.16.0.0/24']);
  });

  test('changes nothing that the security policy decides', () => {
    const { verdict } = natOf(outbound('source-translation dynamic-ip-and-port translated-address 203.0.113.2'));
    expect(verdict('trust', 'untrust', 'tcp 10.3.0.9:40000 > 192.0.2.7:1883')).toBe('permit');
    expect(verdict('untrust', 'trust', 'tcp 192.0.2.7:40000 > 10.3.0.9:1883')).toBe('permit');
  });

  test('a rule without translation in front of it keeps the source', () => {
    const exempt = `
set rulebase nat rules vpn from trust
set rulebase nat rules vpn to untrust
set rulebase nat rules vpn source any
set rulebase nat rules vpn destination 192.0.2.0/28
set rulebase nat rules vpn service any
`;
    const hide = outbound('source-translation dynamic-ip-and-port translated-address 203.0.113.2');
    const { behind } = natOf(`${exempt}${hide}`);
    expect(behind('trust', 'untrust', 'tcp 10.3.0.9:40000 > 192.0.2.7:443')).toEqual({
      packet: '10.3.0.9 > 192.0.2.7:443',
      by: ['vpn'],
    });
    expect(behind('trust', 'untrust', 'tcp 10.3.0.9:40000 > 192.0.2.77:443')).toEqual({
      packet: '203.0.113.2 > 192.0.2.77:443',
      by: ['out'],
    });
  });

  test('to a name that the text does not tell the addresses of', () => {
    const named = natOf(`
set address provider fqdn pool.example.net
${outbound('source-translation dynamic-ip-and-port translated-address provider')}`);
    expect(all(named)).toEqual(['10.3.0.0/16 > some of ']);
  });

  test('takes IPv4 packets only', () => {
    const { nat } = natOf(
      outbound('source-translation dynamic-ip-and-port translated-address 203.0.113.2').replace('10.3.0.0/16', 'any'),
    );
    expect(nat.translations.map(inShort)).toEqual(['0.0.0.0/0 > some of 203.0.113.2']);
  });
});

describe('a bi-directional rule', () => {
  const text = `
set rulebase nat rules web from dmz
set rulebase nat rules web to untrust
set rulebase nat rules web source 10.1.1.11
set rulebase nat rules web destination any
set rulebase nat rules web service any
set rulebase nat rules web source-translation static-ip translated-address 203.0.113.11
set rulebase nat rules web source-translation static-ip bi-directional yes
`;
  const packet = 'tcp 198.51.100.7:40000 > 203.0.113.11:1883';

  test('publishes the host to every zone', () => {
    const { verdict, behind, nat } = natOf(text);
    expect(nat.translations.map(inShort)).toEqual([
      'static-source 10.1.1.11 > 203.0.113.11',
      'static-destination 203.0.113.11 > 10.1.1.11',
    ]);
    expect(verdict('untrust', 'dmz', packet)).toBe('permit');
    expect(verdict('untrust', 'untrust', packet)).toBe('deny');
    expect(verdict('lan', 'dmz', 'tcp 10.2.0.9:40000 > 203.0.113.11:1883')).toBe('permit');
    expect(verdict('lan', 'untrust', 'tcp 10.2.0.9:40000 > 203.0.113.11:1883')).toBe('deny');
    expect(behind('untrust', 'dmz', packet).packet).toBe('198.51.100.7 > 10.1.1.11:1883');
    expect(behind('dmz', 'untrust', 'tcp 10.1.1.11:40000 > 192.0.2.7:443').packet).toBe('203.0.113.11 > 192.0.2.7:443');
  });

  test('publishes nothing without the word', () => {
    const { verdict } = natOf(text.replace('bi-directional yes', 'bi-directional no'));
    expect(verdict('untrust', 'untrust', packet)).toBe('permit');
  });

  test('whether its reverse keeps a restriction of the original is open', () => {
    const { verdict } = natOf(text.replace('destination any', 'destination 198.51.100.0/24'));
    expect(verdict('untrust', 'untrust', packet)).toBe('deny');
    expect(verdict('untrust', 'untrust', 'tcp 192.0.2.7:40000 > 203.0.113.11:1883')).toBe('unknown');
  });
});

describe('destination translation', () => {
  test('ranges of one size keep the offset', () => {
    const { behind, verdict, diagnostics } = natOf(
      inbound('203.0.113.32/28', 'service any', 'destination-translation translated-address 10.1.1.64/28'),
    );
    expect(behind('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.37:1883').packet).toBe(
      '198.51.100.7 > 10.1.1.69:1883',
    );
    expect(verdict('untrust', 'lan', 'tcp 198.51.100.7:40000 > 203.0.113.37:1883')).toBe('deny');
    expect(diagnostics).toEqual([]);
  });

  test('several addresses may become one', () => {
    const { behind } = natOf(
      inbound('[ 203.0.113.32 203.0.113.40/31 ]', 'service any', 'destination-translation translated-address 10.1.1.5'),
    );
    expect(behind('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.41:1883').packet).toBe(
      '198.51.100.7 > 10.1.1.5:1883',
    );
  });

  test('sizes that differ are a bound, but the zone is known', () => {
    const bound = natOf(
      inbound('203.0.113.32/28', 'service any', 'destination-translation translated-address 10.1.1.64/30'),
    );
    expect(all(bound)).toEqual(['unmodelled 203.0.113.32/28']);
    expect(codes(bound)).toEqual(['panos/nat-not-modelled']);
    expect(bound.verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.37:1883')).toBe('permit');
    expect(bound.verdict('untrust', 'lan', 'tcp 198.51.100.7:40000 > 203.0.113.37:1883')).toBe('deny');
  });

  test('each port of the service becomes the translated one', () => {
    const text = `set service broker protocol tcp port 8883,9443-9444\n${inbound(
      '203.0.113.10',
      'service broker',
      'destination-translation translated-address 10.1.1.5',
      'destination-translation translated-port 1883',
    )}`;
    expect(all(natOf(text))).toEqual([
      'static-destination 203.0.113.10 > 10.1.1.5 port 8883 > 1883',
      'static-destination 203.0.113.10 > 10.1.1.5 port 9443 > 1883',
      'static-destination 203.0.113.10 > 10.1.1.5 port 9444 > 1883',
    ]);
    const any = natOf(text.replace('service broker\n', 'service any\n'));
    expect(all(any)).toEqual(['unmodelled 203.0.113.10']);
  });

  test('a group of hosts, one picked for each session', () => {
    const farm = natOf(`
set address b1 ip-netmask 10.1.1.5
set address b2 ip-netmask 10.1.1.6
set address-group farm static [ b1 b2 ]
${inbound(
  '203.0.113.10',
  'service any',
  'dynamic-destination-translation translated-address farm',
  'dynamic-destination-translation distribution round-robin',
)}`);
    expect(all(farm)).toEqual(['unmodelled 203.0.113.10']);
    expect(farm.verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('permit');
    expect(farm.verdict('untrust', 'lan', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('deny');
  });

  test('hosts of different zones leave the zone open', () => {
    const { verdict } = natOf(`
set address-group farm static [ 10.1.1.5 10.2.0.5 ]
${inbound('203.0.113.10', 'service any', 'dynamic-destination-translation translated-address farm')}`);
    for (const zone of ['dmz', 'lan']) {
      expect(verdict('untrust', zone, 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('permit');
    }
  });

  test('distributed over a range, addresses are not paired', () => {
    const pair = ['203.0.113.10/31', 'service any'] as const;
    const fixed = natOf(inbound(...pair, 'destination-translation translated-address 10.1.1.4/31'));
    expect(all(fixed)).toEqual(['static-destination 203.0.113.10/31 > 10.1.1.4/31']);
    const spread = natOf(inbound(...pair, 'dynamic-destination-translation translated-address 10.1.1.4/31'));
    expect(all(spread)).toEqual(['unmodelled 203.0.113.10/31']);
  });

  test('a host name may lead to every zone', () => {
    const named = natOf(`
set address broker fqdn broker.example.net
${inbound('203.0.113.10', 'service any', 'dynamic-destination-translation translated-address broker')}`);
    expect(named.verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('permit');
    expect(named.verdict('untrust', 'lan', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('permit');
    expect(codes(named)).toContain('panos/nat-zone-unknown');
  });

  test('an address that is not defined is as open', () => {
    const { verdict } = natOf(
      inbound('203.0.113.10', 'service any', 'destination-translation translated-address nobody'),
    );
    expect(verdict('untrust', 'lan', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('permit');
  });

  test('restricted to a source whose members are not in the text, it may happen', () => {
    const text = `set address partner fqdn partner.example.net\n${inbound(
      '203.0.113.10',
      'service any',
      'destination-translation translated-address 10.1.1.5',
    ).replace('source any', 'source partner')}`;
    const { verdict } = natOf(text);
    expect(verdict('untrust', 'dmz', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('unknown');
    expect(verdict('untrust', 'untrust', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('unknown');
  });

  test('both sides at once', () => {
    const { behind, verdict } = natOf(`
set rulebase nat rules u-turn from trust
set rulebase nat rules u-turn to untrust
set rulebase nat rules u-turn source 10.3.0.0/16
set rulebase nat rules u-turn destination 203.0.113.10
set rulebase nat rules u-turn service any
set rulebase nat rules u-turn source-translation dynamic-ip-and-port translated-address 10.1.1.1
set rulebase nat rules u-turn destination-translation translated-address 10.1.1.5
${outbound('source-translation dynamic-ip-and-port translated-address 203.0.113.2')}`);
    const packet = 'tcp 10.3.0.9:40000 > 203.0.113.10:1883';
    expect(verdict('trust', 'dmz', packet)).toBe('permit');
    expect(verdict('trust', 'untrust', packet)).toBe('deny');
    expect(behind('trust', 'dmz', packet)).toEqual({ packet: '10.1.1.1 > 10.1.1.5:1883', by: ['u-turn', 'u-turn'] });
    expect(behind('trust', 'untrust', 'tcp 10.3.0.9:40000 > 192.0.2.7:1883').by).toEqual(['out']);
  });
});

test('a source translation takes packets addressed to its zone, and none that another rule sends there', () => {
  const { behind } = natOf(`
set rulebase nat rules out from trust
set rulebase nat rules out to dmz
set rulebase nat rules out source any
set rulebase nat rules out destination any
set rulebase nat rules out service any
set rulebase nat rules out source-translation dynamic-ip-and-port translated-address 10.1.1.1
${inbound('203.0.113.10', 'service any', 'destination-translation translated-address 10.1.1.5').replaceAll('from untrust', 'from trust')}`);
  expect(behind('trust', 'dmz', 'tcp 10.3.0.9:40000 > 203.0.113.10:1883')).toEqual({
    packet: '10.3.0.9 > 10.1.1.5:1883',
    by: ['in', 'in'],
  });
  expect(behind('trust', 'dmz', 'tcp 10.3.0.9:40000 > 10.1.1.5:1883')).toEqual({
    packet: '10.1.1.1 > 10.1.1.5:1883',
    by: ['out'],
  });
});

describe('what is not modelled', () => {
  test('NAT64 may lead to every zone, and touches IPv6 only', () => {
    const six = natOf(
      inbound(
        '64:ff9b::/96',
        'service any',
        'nat-type nat64',
        'source-translation dynamic-ip-and-port translated-address 10.1.1.1',
      ),
    );
    expect(all(six)).toEqual(['unmodelled 64:ff9b::/96']);
    expect(codes(six)).toEqual(['panos/nat-not-modelled']);
    expect(six.verdict('untrust', 'lan', 'tcp [2001:db8::1]:40000 > [64:ff9b::a01:105]:1883')).toBe('permit');
    expect(six.verdict('untrust', 'lan', 'tcp 192.0.2.7:40000 > 10.2.0.9:1883')).toBe('permit');
  });

  test('a rule bound to one of two active firewalls may be the other one’s', () => {
    const text = inbound('203.0.113.10', 'service any', 'destination-translation translated-address 10.1.1.5');
    const packet = 'tcp 198.51.100.7:40000 > 203.0.113.10:1883';
    expect(
      natOf(`${text}\nset rulebase nat rules in active-active-device-binding 0`).verdict('untrust', 'untrust', packet),
    ).toBe('unknown');
    expect(
      natOf(`${text}\nset rulebase nat rules in active-active-device-binding both`).verdict(
        'untrust',
        'untrust',
        packet,
      ),
    ).toBe('deny');
  });

  test('a field that is not known leaves the rule open', () => {
    const text = inbound('203.0.113.10', 'service any', 'destination-translation translated-address 10.1.1.5');
    const unknown = natOf(`${text}\nset rulebase nat rules in quantum yes`);
    expect(unknown.verdict('untrust', 'untrust', 'tcp 198.51.100.7:40000 > 203.0.113.10:1883')).toBe('unknown');
    expect(codes(unknown)).toEqual(['panos/unknown-rule-field']);
  });
});

test('a rule is written in one way, whatever the form of its text', () => {
  const { nat } = natOf(`
set rulebase nat rules r1 destination-translation translated-port 1883
set rulebase nat rules r1 destination-translation translated-address 10.1.1.5
set rulebase nat rules r1 service service-https
set rulebase nat rules r1 destination 203.0.113.10
set rulebase nat rules r1 source [ 198.51.100.7 198.51.100.8 ]
set rulebase nat rules r1 to untrust
set rulebase nat rules r1 from [ untrust partner ]
set rulebase nat rules r1 nat-type ipv4
`);
  expect(nat.translations[0]?.text).toBe(
    'r1: from [ untrust partner ] to untrust source [ 198.51.100.7 198.51.100.8 ] destination 203.0.113.10 service service-https destination-translation 10.1.1.5 port 1883',
  );
});

test('crossings that are alike share their steps', () => {
  const { nat } = natOf(inbound('203.0.113.10', 'service any', 'destination-translation translated-address 10.1.1.5'));
  expect(nat.steps('untrust', 'lan').before[0]).toBe(nat.steps('untrust', 'trust').before[0]);
  expect(nat.steps('lan', 'trust')).toEqual({ before: [], after: [] });
});

test('steps are the same whichever crossing is asked about first', () => {
  const text = `
set rulebase nat rules web from dmz
set rulebase nat rules web to untrust
set rulebase nat rules web source 10.1.1.11
set rulebase nat rules web destination any
set rulebase nat rules web service any
set rulebase nat rules web source-translation static-ip translated-address 203.0.113.11
set rulebase nat rules web source-translation static-ip bi-directional yes
`;
  const [first, second] = [natOf(text).nat, natOf(text).nat];
  first.steps('lan', 'untrust');
  second.steps('untrust', 'lan');
  expect(first.steps('untrust', 'lan')).toEqual(second.steps('untrust', 'lan'));
  expect(first.steps('lan', 'untrust')).toEqual(second.steps('lan', 'untrust'));
});

test('what passes the stage in front passes by its default, so that NAT never counts as permitting', () => {
  const { nat } = natOf(inbound('203.0.113.10', 'service any', 'destination-translation translated-address 10.1.1.5'));
  const stages = ['dmz', 'lan', 'untrust'].flatMap((to) => nat.steps('untrust', to).before);
  const kinds = stages.flatMap(({ lists }) => lists.flatMap(({ list }) => list.rules.map(({ action }) => action.kind)));
  expect(new Set(kinds)).toEqual(new Set(['deny']));
  expect(stages.every(({ incidental, otherwise }) => incidental === true && otherwise.verdict === 'permit')).toBe(true);
});
