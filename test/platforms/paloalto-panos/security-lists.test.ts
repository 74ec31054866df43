import { describe, expect, test } from 'vitest';
import { child } from '../../../parsers/paloalto-panos/tree.ts';
import { policyOf, rule } from './security-policy.ts';

const PACKET = 'tcp 198.51.100.9:40000 > 192.0.2.1:1883';

describe('rules and their lists', () => {
  test('pre-rules come first, post-rules last', () => {
    const policy = policyOf(
      [
        rule('LOCAL from trust to dmz action allow'),
        rule('FIRST from trust to dmz service service-https action deny', 'shared pre-rulebase security'),
        rule('LAST from any to dmz action allow', 'shared post-rulebase security'),
      ].join('\n'),
    );
    expect(policy.security.lists.map(({ name, kind, family }) => [name, kind, family])).toEqual(
      ['shared pre-rules', 'rules of vsys1', 'shared post-rules'].map((name) => [name, 'security policy', 'both']),
    );
    expect(policy.verdict('trust > dmz', PACKET.replace('1883', '443'))).toBe('deny');
    expect(policy.verdict('trust > dmz', PACKET)).toBe('permit');
    expect(policy.verdict('untrust > dmz', PACKET)).toBe('permit');
  });

  test('a rule has its name and place, and one line for what it says', () => {
    const policy = policyOf(
      [
        'set address "broker pub" ip-netmask 192.0.2.1',
        rule(
          '"allow mqtt" action allow from untrust to [ dmz iot ] destination "broker pub" negate-source yes source 10.0.0.0/8 application mqtt service application-default source-user ann',
        ),
      ].join('\n'),
    );
    const { id, name, text, span } = policy.rule('allow mqtt');
    expect([id, name]).toEqual(['allow mqtt', 'allow mqtt']);
    expect(text).toBe(
      'allow mqtt: from untrust to [ dmz iot ] source not 10.0.0.0/8 destination "broker pub" source-user ann ' +
        'application mqtt service application-default action allow',
    );
    expect([span.line, span.source]).toEqual([2, 'fw.set']);
  });

  test('a name that is there twice is two rules', () => {
    const one = (action: string): string =>
      `R { from any; to any; source any; destination any; application any; service any; action ${action}; }`;
    const policy = policyOf(
      `vsys {\n vsys1 {\n rulebase {\n security {\n rules {\n ${one('deny')}\n ${one('allow')}\n}\n}\n}\n}\n}`,
    );
    expect(policy.codes).toEqual(['panos/duplicate-rule']);
    expect(policy.security.lists[0]?.rules.map(({ id }) => id)).toEqual(['R', 'R (2)']);
    expect(policy.verdict('trust > dmz', PACKET)).toBe('deny');
  });

  test('rules for other firewalls are left out, those that may be are possible', () => {
    const text = ['HERE', 'THERE', 'PERHAPS']
      .map((name) => rule(`${name} from trust to ${name} action allow`))
      .join('\n');
    const policy = policyOf(text, {
      appliesTo: ({ word }) => (word === 'PERHAPS' ? 'perhaps' : word === 'HERE'),
    });
    expect(policy.verdict('trust > HERE', PACKET)).toBe('permit');
    expect(policy.verdict('trust > THERE', PACKET)).toBe('deny');
    expect(policy.verdict('trust > PERHAPS', PACKET)).toBe('unknown');
    expect(policy.security.lists[0]?.rules.map(({ id }) => id)).toEqual(['HERE', 'PERHAPS']);
  });

  test('states of lines tell exact rules from bounds', () => {
    const policy = policyOf(
      [rule('EXACT application mqtt action allow'), rule('BOUND source-user ann action allow')].join('\n'),
    );
    const state = (name: string): string | undefined =>
      child(policy.root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules', name)?.state;
    expect([state('EXACT'), state('BOUND')]).toEqual(['modelled', 'conditional']);
  });
});

describe('firewalls with the same rules', () => {
  const OVERRIDES = rule('O port 7653 protocol tcp application mqtt', 'rulebase application-override');
  const TEXT = [rule('R application mqtt action allow'), rule('D action decrypt', 'rulebase decryption'), OVERRIDES];

  test('have them in common where names mean the same', () => {
    const [one, other] = policyOf(TEXT.join('\n')).twice();
    expect(one.lists[0]?.rules).toHaveLength(1);
    expect(one.lists[0]).toBe(other.lists[0]);
    expect(one.decryption[0]?.rules[0]).toBe(other.decryption[0]?.rules[0]);
    expect(one.other[0]).toBe(other.other[0]);
  });

  test('have their own where names may mean something else', () => {
    const [one, other] = policyOf(TEXT.join('\n')).twice('other names');
    expect(one.lists[0]?.rules[0]).not.toBe(other.lists[0]?.rules[0]);
    expect(one.lists[0]?.rules[0]).toEqual(other.lists[0]?.rules[0]);
    expect(one.other[0]).not.toBe(other.other[0]);
  });
});

describe('wildcard masks', () => {
  const MASKS = [
    'set address W1 ip-wildcard 10.0.0.1/0.255.0.0',
    'set address W2 ip-wildcard 10.0.0.1/0.15.255.0',
    'set address W3 ip-wildcard 10.0.0.2/0.255.0.0',
  ].join('\n');
  const RULES = [
    rule('A source W1 action allow'),
    rule('B source W2 action deny'),
    rule('C source W3 action allow'),
  ].join('\n');

  test('that overlap are not tried from the top', () => {
    const policy = policyOf(`${MASKS}\n${RULES}`);
    expect(policy.codes).toEqual(['panos/wildcard-order']);
    expect(policy.verdict('trust > dmz', 'tcp 10.1.0.1:40000 > 192.0.2.1:1883')).toBe('unknown');
    expect(policy.verdict('trust > dmz', 'tcp 10.1.0.2:40000 > 192.0.2.1:1883')).toBe('permit');
  });

  test('are in top-down mode', () => {
    const policy = policyOf(`set deviceconfig setting management wildcard-topdown-match-mode yes\n${MASKS}\n${RULES}`);
    expect(policy.codes).toEqual([]);
    expect(policy.verdict('trust > dmz', 'tcp 10.1.0.1:40000 > 192.0.2.1:1883')).toBe('permit');
  });
});

describe('other rulebases', () => {
  const codesOf = (...lines: readonly string[]): readonly string[] =>
    policyOf([rule('R action allow'), ...lines.map((line) => `set rulebase ${line}`)].join('\n')).diagnostics.map(
      ({ code, severity, message }) => `${code} ${severity} ${message}`,
    );

  test('say what they mean for verdicts', () => {
    expect(codesOf('pbf rules P action forward egress-interface ethernet1/2')).toEqual([
      'panos/pbf note policy based forwarding chooses the way of some packets',
    ]);
    expect(codesOf('pbf rules P action discard')).toEqual([
      'panos/pbf warning policy based forwarding discards packets',
    ]);
    expect(codesOf('dos rules D action deny')).toEqual([
      'panos/dos warning a DoS protection rule denies what it takes',
    ]);
    expect(codesOf('authentication rules L authentication-enforcement portal')).toEqual([
      'panos/authentication note users must log in before some sessions pass',
    ]);
  });

  test('are quiet where they change nothing', () => {
    expect(
      codesOf(
        'dos rules D action protect',
        'qos rules Q action class 4',
        'pbf rules P action discard',
        'pbf rules P disabled yes',
        'authentication rules L authentication-enforcement default-no-captive-portal',
      ),
    ).toEqual([]);
  });
});
