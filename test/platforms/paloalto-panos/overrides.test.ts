import { describe, expect, test } from 'vitest';
import { policyOf, rule } from './security-policy.ts';

const OVERRIDE = 'rulebase application-override';
const PACKET = 'tcp 10.0.1.2:40000 > 10.0.2.2:7653';
const OTHER_PORT = 'tcp 10.0.1.2:40000 > 10.0.2.2:7652';
const IN = 'z1 > z2';

/** Two custom applications without ports. */
const APPS = ['A', 'B'].map((name) => `set application ${name} category networking`).join('\n');
const DENY = rule('DENY action deny');

function policy(...lines: readonly string[]): ReturnType<typeof policyOf> {
  return policyOf([APPS, ...lines].join('\n'));
}

const TELLS_A = rule('O from z1 to z2 source 10.0.1.2 port 7653 protocol tcp application A', OVERRIDE);

describe('a rule that lists applications', () => {
  const ALLOW_A = rule('ALLOW application A service application-default action allow');

  test('takes what is told one of them, from the first packet on', () => {
    const { verdict } = policy(TELLS_A, ALLOW_A, DENY);
    expect(verdict(IN, PACKET)).toBe('permit');
    expect(verdict(IN, PACKET, 'mqtt')).toBe('permit');
    // A custom application without ports: what the first packet of any other port meets is not known, the session is.
    expect(verdict(IN, OTHER_PORT)).toBe('unknown');
    expect(verdict(IN, OTHER_PORT, 'mqtt')).toBe('deny');
  });

  test('passes over what is told another one', () => {
    const { verdict } = policy(TELLS_A, rule('ALLOW application mqtt service any action allow'), DENY);
    expect(verdict(IN, PACKET)).toBe('deny');
    expect(verdict(IN, PACKET, 'mqtt')).toBe('deny');
    expect(verdict(IN, OTHER_PORT)).toBe('permit');
    expect(verdict(IN, OTHER_PORT, 'mqtt')).toBe('permit');
  });

  test.each([
    ['another source zone', 'z3 > z2', PACKET],
    ['another destination zone', 'z1 > z3', PACKET],
    ['another source', IN, 'tcp 10.0.1.3:40000 > 10.0.2.2:7653'],
    ['another protocol', IN, 'udp 10.0.1.2:40000 > 10.0.2.2:7653'],
  ])('is told nothing about sessions with %s', (_, zones, packet) => {
    const { verdict } = policy(TELLS_A, rule('ALLOW application A service any action allow'), DENY);
    expect(verdict(IN, PACKET, 'ssl')).toBe('permit');
    expect(verdict(zones, packet, 'ssl')).toBe('deny');
  });

  test('is asked with the first override that takes the session', () => {
    const second = rule('P port 7653 protocol tcp application B', OVERRIDE);
    const { verdict } = policy(TELLS_A, second, rule('ALLOW application B service any action allow'), DENY);
    expect(verdict(IN, PACKET)).toBe('deny');
    expect(verdict(IN, 'tcp 10.0.1.9:40000 > 10.0.2.2:7653', 'ssl')).toBe('permit');
  });

  test('still compares its own services', () => {
    const services = 'set service tcp-7652 protocol tcp port 7652';
    const { verdict } = policy(services, TELLS_A, rule('ALLOW application A service tcp-7652 action allow'), DENY);
    expect(verdict(IN, PACKET)).toBe('deny');
    expect(verdict(IN, PACKET, 'A')).toBe('deny');
    expect(verdict(IN, OTHER_PORT)).toBe('permit');
  });

  test('and blocks, surely stops what is told one of them', () => {
    const { verdict, rule: find } = policy(TELLS_A, rule('NO application A action deny'), rule('ALL action allow'));
    expect(find('NO').match.never).toBeUndefined();
    expect(verdict(IN, PACKET)).toBe('deny');
    expect(verdict(IN, OTHER_PORT)).toBe('permit');
    expect(verdict(IN, PACKET, 'mqtt')).toBe('deny');
  });

  test('and blocks, stops no first packet that is told another one', () => {
    const { verdict, rule: find } = policy(TELLS_A, rule('NO application mqtt action deny'), rule('ALL action allow'));
    expect(find('NO').match.never).toBeDefined();
    expect(verdict(IN, PACKET)).toBe('permit');
    expect(verdict(IN, PACKET, 'mqtt')).toBe('permit');
    expect(verdict(IN, OTHER_PORT, 'mqtt')).toBe('deny');
  });

  test('and blocks on a service, may stop only what is told nothing', () => {
    const services = 'set service both protocol tcp port 7652-7653';
    const { verdict } = policy(
      services,
      TELLS_A,
      rule('NO application B service both action deny'),
      rule('ALL action allow'),
    );
    expect(verdict(IN, PACKET)).toBe('permit');
    expect(verdict(IN, OTHER_PORT)).toBe('unknown');
  });

  test('may be known at once for datagrams, but not where they are told', () => {
    const udp = rule('O port 7653 protocol udp application A', OVERRIDE);
    const { verdict } = policy(udp, rule('ALLOW application [ A dns ] service any action allow'), DENY);
    expect(verdict(IN, 'udp 10.0.1.2:40000 > 10.0.2.2:7653')).toBe('permit');
    expect(verdict(IN, 'udp 10.0.1.2:40000 > 10.0.2.2:53')).toBe('unknown');
  });
});

describe('application-default and told applications', () => {
  test('asks for the ports of the told one', () => {
    const { verdict } = policyOf(
      [
        'set application A default port tcp/8888',
        rule('O port 8000-9000 protocol tcp application A', OVERRIDE),
        rule('ALLOW application A service application-default action allow'),
        DENY,
      ].join('\n'),
    );
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:8888')).toBe('permit');
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:8889')).toBe('deny');
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:8889', 'mqtt')).toBe('deny');
  });

  test('on another port it is not told a later one', () => {
    const { verdict } = policyOf(
      [
        'set application A default port tcp/8888',
        'set application B category networking',
        rule('O port 8000-9000 protocol tcp application A', OVERRIDE),
        rule('P port 8000-9000 protocol tcp application B', OVERRIDE),
        rule('ALLOW application [ A B ] service application-default action allow'),
        DENY,
      ].join('\n'),
    );
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:8888')).toBe('permit');
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:8889')).toBe('deny');
  });

  test('with any application too', () => {
    const { verdict } = policyOf(
      [
        'set application A default port tcp/8888',
        rule('O port 8000-9000 protocol tcp application A', OVERRIDE),
        rule('ALLOW service application-default action allow'),
        DENY,
      ].join('\n'),
    );
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:8889')).toBe('deny');
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:7999')).toBe('permit');
  });

  test('a predefined application is told alike', () => {
    const { verdict } = policyOf(
      [
        rule('O port 1884 protocol tcp application mqtt', OVERRIDE),
        rule('ALLOW application mqtt service any action allow'),
        DENY,
      ].join('\n'),
    );
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:1884', 'ssl')).toBe('permit');
    expect(verdict(IN, 'tcp 10.0.1.2:40000 > 10.0.2.2:1885', 'ssl')).toBe('deny');
  });
});

describe('the rules themselves', () => {
  test('a rule for any application and any port of its own is not touched', () => {
    const { rule: find } = policy(TELLS_A, rule('ALL action allow'));
    expect(find('ALL').also).toBeUndefined();
    expect(find('ALL').applications).toEqual({ names: 'any', others: [], ports: 'as-written' });
  });

  test('one that is switched off tells nothing, and stands in its list', () => {
    const { rule: find, security } = policy(
      `${TELLS_A}\nset ${OVERRIDE} rules O disabled yes`,
      rule('ALLOW application A service any action allow'),
    );
    expect(find('ALLOW').also).toBeUndefined();
    expect(security.other.map(({ name, kind, rules }) => [name, kind, rules.map(({ enabled }) => enabled)])).toEqual([
      ['application override rules of vsys1', 'application override policy', [false]],
    ]);
    expect(security.other[0]?.usedBy?.map(({ purpose }) => purpose)).toEqual(['application override']);
  });

  test('those of all rulebases are asked in order', () => {
    const shared = rule('FIRST port 7653 protocol tcp application B', 'shared pre-rulebase application-override');
    const { verdict, security } = policy(shared, TELLS_A, rule('ALLOW application B service any action allow'), DENY);
    expect(verdict(IN, PACKET, 'ssl')).toBe('permit');
    expect(security.other.map(({ name }) => name)).toEqual([
      'application override shared pre-rules',
      'application override rules of vsys1',
    ]);
  });

  test('what cannot be read is a bound', () => {
    const broken = rule('O port 99999 protocol tcp application A', OVERRIDE);
    const { verdict, codes } = policy(broken, rule('ALLOW application mqtt service any action allow'), DENY);
    expect(codes).toEqual(['panos/override-incomplete']);
    expect(verdict(IN, PACKET)).toBe('unknown');
    expect(verdict(IN, 'udp 10.0.1.2:40000 > 10.0.2.2:7653', 'mqtt')).toBe('permit');
  });
});
