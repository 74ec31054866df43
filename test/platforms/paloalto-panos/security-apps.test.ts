import { describe, expect, test } from 'vitest';
import { policyOf, rule } from './security-policy.ts';

const PORT = (port: number): string => `tcp 198.51.100.9:40000 > 192.0.2.1:${port}`;
const DATAGRAM = (port: number): string => `udp 198.51.100.9:40000 > 192.0.2.1:${port}`;
const IN = 'untrust > dmz';

/** Verdicts of first packets to these ports. */
function handshakes(policy: ReturnType<typeof policyOf>, ...ports: readonly number[]): string[] {
  return ports.map((port) => policy.verdict(IN, PORT(port)));
}

describe('a rule that allows applications', () => {
  test('on application-default takes handshakes on their default ports, and sessions of them there', () => {
    const policy = policyOf(rule('R from untrust to dmz application mqtt service application-default action allow'));
    expect(handshakes(policy, 1883, 8883, 8884, 5672)).toEqual(['permit', 'permit', 'permit', 'deny']);
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('permit');
    expect(policy.verdict(IN, PORT(1883), 'ssl')).toBe('deny');
    expect(policy.verdict(IN, PORT(5672), 'mqtt')).toBe('deny');
  });

  test('on any service takes every handshake, and sessions of them on every port', () => {
    const policy = policyOf(rule('R from untrust to dmz application mqtt service any action allow'));
    expect(handshakes(policy, 1883, 5672, 40000)).toEqual(['permit', 'permit', 'permit']);
    expect(policy.verdict(IN, PORT(40000), 'mqtt')).toBe('permit');
    expect(policy.verdict(IN, PORT(1883), 'amqp')).toBe('deny');
  });

  test('on a service of its own takes that one', () => {
    const policy = policyOf(
      [
        'set service tcp-9999 protocol tcp port 9999',
        rule('R from untrust to dmz application mqtt service tcp-9999 action allow'),
      ].join('\n'),
    );
    expect(handshakes(policy, 1883, 9999)).toEqual(['deny', 'permit']);
    expect(policy.verdict(IN, PORT(9999), 'mqtt')).toBe('permit');
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('deny');
  });

  test('any on application-default takes every handshake, and sessions on ports that are their own', () => {
    const policy = policyOf(rule('R from untrust to dmz service application-default action allow'));
    expect(handshakes(policy, 1883, 40000)).toEqual(['permit', 'permit']);
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('permit');
    expect(policy.verdict(IN, PORT(40000), 'mqtt')).toBe('deny');
    // The application of a datagram may be known at once, and the port be none of its own.
    expect(policy.verdict(IN, DATAGRAM(9999))).toBe('unknown');
  });

  test('may know the application of a datagram at once', () => {
    const listed = policyOf(rule('R from untrust to dmz application dns service any action allow'));
    expect(listed.verdict(IN, DATAGRAM(53))).toBe('unknown');
    expect(listed.verdict(IN, PORT(53))).toBe('permit');
    expect(listed.verdict(IN, DATAGRAM(53), 'dns')).toBe('permit');
    expect(listed.rule('R').match.service.conditions.map(({ kind }) => kind)).toEqual(['application']);
    const any = policyOf(rule('R from untrust to dmz action allow'));
    expect(any.verdict(IN, DATAGRAM(53))).toBe('permit');
  });

  test('keeps services that leave nothing open as they are', () => {
    const { match } = policyOf(rule('R application mqtt service application-default action allow')).rule('R');
    expect(match.service.must).toBe(match.service.may);
    expect(match.service.conditions).toEqual([]);
  });

  test('named beside `any` narrows nothing', () => {
    const policy = policyOf(rule('R from untrust to dmz application [ any mqtt ] action allow'));
    expect(policy.codes).toEqual(['panos/any-beside-names']);
    expect(policy.verdict(IN, PORT(22), 'ssh')).toBe('permit');
    expect(policy.rule('R').applications?.names).toBe('any');
  });
});

describe('a rule that blocks applications', () => {
  const ALLOW = rule('ALL action allow');

  test('on any service stops no handshake, but the sessions', () => {
    const policy = policyOf(`${rule('NO application mqtt action deny')}\n${ALLOW}`);
    expect(handshakes(policy, 1883)).toEqual(['permit']);
    expect(policy.rule('NO').match.never).toBe('the application is not known when the first packet passes');
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('deny');
    expect(policy.verdict(IN, PORT(1883), 'ssl')).toBe('permit');
  });

  test('with a service of its own may stop handshakes there', () => {
    const policy = policyOf(
      [
        'set service tcp-1883 protocol tcp port 1883',
        rule('NO application mqtt service tcp-1883 action drop'),
        ALLOW,
      ].join('\n'),
    );
    expect(handshakes(policy, 1883, 8883)).toEqual(['unknown', 'permit']);
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('deny');
    expect(policy.verdict(IN, PORT(8883), 'mqtt')).toBe('permit');
    expect(policy.verdict(IN, PORT(1883), 'ssl')).toBe('permit');
  });

  test('on application-default may stop handshakes on their ports', () => {
    const policy = policyOf(`${rule('NO application mqtt service application-default action deny')}\n${ALLOW}`);
    expect(handshakes(policy, 1883, 5672)).toEqual(['unknown', 'permit']);
    expect(policy.verdict(IN, PORT(8883), 'mqtt')).toBe('deny');
    expect(policy.verdict(IN, PORT(5672), 'mqtt')).toBe('permit');
  });

  test('any on application-default may stop any handshake', () => {
    const policy = policyOf(`${rule('NO service application-default action deny')}\n${ALLOW}`);
    expect(handshakes(policy, 1883, 40000)).toEqual(['unknown', 'unknown']);
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('deny');
    expect(policy.verdict(IN, PORT(40000), 'mqtt')).toBe('permit');
  });

  test('and no others stops what fits from the first packet on', () => {
    const policy = policyOf(
      ['set service tcp-1883 protocol tcp port 1883', rule('NO service tcp-1883 action reset-both'), ALLOW].join('\n'),
    );
    expect(handshakes(policy, 1883, 1884)).toEqual(['deny', 'permit']);
  });

  test('may stop the first datagram on UDP ports that are theirs, and no handshake', () => {
    const policy = policyOf(`${rule('NO application dns action deny')}\n${ALLOW}`);
    expect(policy.verdict(IN, DATAGRAM(53))).toBe('unknown');
    expect(policy.verdict(IN, DATAGRAM(5684))).toBe('permit');
    expect(policy.verdict(IN, PORT(53))).toBe('permit');
    expect(policy.verdict(IN, PORT(53), 'dns')).toBe('deny');
    expect(policy.verdict(IN, DATAGRAM(5684), 'dns')).toBe('deny');
  });

  test('stops at once what the protocol itself tells', () => {
    const policy = policyOf(
      ['set application PROBE default ident-by-icmp-type 8', rule('NO application PROBE action deny'), ALLOW].join(
        '\n',
      ),
    );
    const { match, also } = policy.rule('NO');
    expect(match.never).toBeUndefined();
    expect(also?.kind === 'match' && also.match.service).toEqual({
      must: [expect.objectContaining({ protocols: [{ first: 1, last: 1 }] })],
      may: [expect.objectContaining({ protocols: [{ first: 1, last: 1 }] })],
      conditions: [],
    });
    expect(handshakes(policy, 1883)).toEqual(['permit']);
  });
});

describe('applications that the text leaves open', () => {
  test('a filter may mean any application', () => {
    const policy = policyOf(
      [
        'set application-filter COLLAB category collaboration',
        rule('R from untrust to dmz application COLLAB service any action allow'),
      ].join('\n'),
    );
    expect(policy.verdict(IN, PORT(1883))).toBe('permit');
    expect(policy.verdict(IN, PORT(1883), 'mqtt')).toBe('unknown');
  });

  test('a custom application on application-default has its own ports', () => {
    const policy = policyOf(
      [
        'set application BROKER default port [ tcp/1883 tcp/61613 ]',
        rule('R from untrust to dmz application BROKER service application-default action allow'),
      ].join('\n'),
    );
    expect(handshakes(policy, 1883, 61613, 8883)).toEqual(['permit', 'permit', 'deny']);
    expect(policy.verdict(IN, PORT(61613), 'BROKER')).toBe('permit');
    expect(policy.verdict(IN, PORT(61613), 'mqtt')).toBe('deny');
  });
});
