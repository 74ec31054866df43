import { expect, test } from 'vitest';
import { policyOf, rule } from './security-policy.ts';

const PLACE = 'rulebase decryption';

function lines(name: string, ...said: readonly string[]): string {
  return rule([name, ...said].join(' '), PLACE);
}

function shown(policy: ReturnType<typeof policyOf>, name: string): readonly string[] {
  const { action } = policy.rule(name);
  return [action.kind, action.word];
}

test('rules open, or leave closed, in order and with the kind of decryption', () => {
  const policy = policyOf(
    [
      lines('BANKS', 'category financial-services', 'action no-decrypt', 'type ssl-forward-proxy'),
      lines('OUT', 'service any', 'action decrypt', 'type ssl-forward-proxy', 'from trust', 'to untrust'),
      lines(
        'BROKER',
        'action decrypt-and-forward',
        'type/ssl-inbound-inspection broker-certificate',
        'destination 192.0.2.1',
      ),
      lines('SHELL', 'action decrypt', 'type ssh-proxy', 'disabled yes'),
    ].join('\n'),
  );
  expect(policy.codes).toEqual([]);
  expect(policy.security.decryption.map(({ name, kind, rules }) => [name, kind, rules.map(({ id }) => id)])).toEqual([
    ['decryption rules of vsys1', 'decryption policy', ['BANKS', 'OUT', 'BROKER', 'SHELL']],
  ]);
  expect(shown(policy, 'BANKS')).toEqual(['deny', 'no-decrypt']);
  expect(shown(policy, 'OUT')).toEqual(['permit', 'decrypt ssl-forward-proxy']);
  expect(shown(policy, 'BROKER')).toEqual(['permit', 'decrypt-and-forward ssl-inbound-inspection']);
  expect(shown(policy, 'SHELL')).toEqual(['permit', 'decrypt ssh-proxy']);
  expect(policy.rule('SHELL').enabled).toBe(false);
  expect([policy.rule('OUT').from, policy.rule('OUT').to]).toEqual([['trust'], ['untrust']]);
  expect(policy.rule('BANKS').conditions.map(({ kind }) => kind)).toEqual(['runtime-state']);
});

test('services narrow a rule', () => {
  const policy = policyOf(
    ['set service mqtts protocol tcp port 8883', lines('OUT', 'service mqtts', 'action decrypt')].join('\n'),
  );
  expect(policy.rule('OUT').match.service.may).toEqual([
    expect.objectContaining({ protocols: [{ first: 6, last: 6 }], destinationPorts: [{ first: 8883, last: 8883 }] }),
  ]);
});

test('an action that is not known may be either', () => {
  const policy = policyOf([lines('ODD', 'action perhaps'), lines('NONE')].join('\n'));
  expect(shown(policy, 'ODD')).toEqual(['unknown', 'perhaps']);
  expect(shown(policy, 'NONE')).toEqual(['unknown', 'no action']);
  expect(policy.codes).toEqual(['panos/unknown-action', 'panos/unknown-action']);
});

test('a policy without decryption rules has none', () => {
  expect(policyOf(rule('R action allow')).security.decryption).toEqual([]);
});
