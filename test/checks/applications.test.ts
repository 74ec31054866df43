/** What findings and flows say of sessions on devices that recognise applications, and which ports are looked at. */
import { describe, expect, test } from 'vitest';
import { applicationsOf, carriersOf } from '../../checks/data/applications.ts';
import { SERVICES } from '../../checks/data/services.ts';
import type { Finding } from '../../checks/finding.ts';
import { auditSource } from '../../checks/index.ts';
import type { DeviceReport } from '../../checks/device-report.ts';
import { parse } from '../../parsers/index.ts';
import { panRule as rule } from './edge-texts.ts';

const NETWORK = [
  'set deviceconfig system hostname fw',
  'set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/24',
  'set network interface ethernet ethernet1/2 layer3 ip 10.0.0.1/24',
  'set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]',
  'set network virtual-router default routing-table ip static-route d destination 0.0.0.0/0',
  'set network virtual-router default routing-table ip static-route d interface ethernet1/1',
  'set network virtual-router default routing-table ip static-route d nexthop ip-address 203.0.113.1',
  'set zone untrust network layer3 ethernet1/1',
  'set zone trust network layer3 ethernet1/2',
];

function report(...lines: readonly string[]): DeviceReport {
  const source = { name: 'fw.txt', text: `${[...NETWORK, ...lines].join('\n')}\n` };
  const parsed = parse(source, { platform: 'paloalto-panos' });
  const [device] = auditSource(parsed, source, {
    trust: { untrusted: [], internal: [], internalNetworks: [] },
  }).devices;
  if (device === undefined) throw new Error('no device');
  return device;
}

function findings(check: string, ...lines: readonly string[]): Finding[] {
  return report(...lines).findings.filter((finding) => finding.check === check);
}

const EGRESS = 'pubsub-egress-unapproved';
const IRREGULAR = 'pubsub-app-on-irregular-port';

describe('a permitted connection', () => {
  test('whose application is allowed is as severe as on any filter', () => {
    const some = findings(EGRESS, ...rule('r', { application: 'mqtt', service: 'application-default' }));
    // Over TLS it is MQTT only where the device decrypts.
    expect(some.map(({ services, confidence }) => [services, confidence])).toEqual([
      [['mqtt'], 'definite'],
      [['mqtts', 'mqtts-client-cert'], 'possible'],
    ]);
    const [finding] = some;
    expect(finding).toMatchObject({
      severity: 'high',
      confidence: 'definite',
      reach: 'session',
      services: ['mqtt'],
      applications: [{ application: 'mqtt', verdict: 'permit' }],
    });
  });

  test('that App-ID ends is two steps milder, and says so', () => {
    const some = findings(EGRESS, ...rule('r', { application: 'web-browsing', service: 'any' }));
    const mqtt = some.find(({ services }) => services.includes('mqtt'));
    expect(mqtt).toMatchObject({ severity: 'low', confidence: 'definite', reach: 'first-packets' });
    expect(mqtt?.message).toContain('only first packets pass, sessions end when');
    expect(mqtt?.applications).toContainEqual({ application: 'mqtt', verdict: 'deny' });
  });

  test('that may be recognised as something allowed or not is only possible', () => {
    const some = findings(EGRESS, ...rule('r', { application: 'mqtt', service: 'any' }));
    const tls = some.find(({ services }) => services.includes('mqtts') && !services.includes('mqtt'));
    expect(tls).toMatchObject({ confidence: 'possible', reach: 'session' });
    expect(tls?.applications).toEqual([
      { application: 'ssl', verdict: 'deny' },
      { application: 'mqtt', verdict: 'permit' },
    ]);
  });

  test('is explained by the rule that keeps its session where another lets the first packet pass', () => {
    const lines = [
      ...rule('web', { application: 'web-browsing', service: 'any' }),
      ...rule('broker', { application: 'mqtt', service: 'any' }),
    ];
    const mqtt = findings(EGRESS, ...lines).find(({ services }) => services.includes('mqtt'));
    expect(mqtt).toMatchObject({ reach: 'session', confidence: 'definite' });
    const notes = mqtt?.evidence.map(({ role, note }) => `${role}: ${note}`).join('\n') ?? '';
    expect(notes).toContain('decides: security policy rules of vsys1 rule web permits');
    expect(notes).toContain('context: security policy rules of vsys1 rule broker permits mqtt sessions');
  });

  test('is denied from its first packet by a rule about the port, and not by one about the application alone', () => {
    const port = [
      'set service broker protocol tcp port 1883',
      ...rule('block', { service: 'broker', action: 'deny' }),
      ...rule('all', {}),
    ];
    const application = [...rule('block', { application: 'mqtt', action: 'deny' }), ...rule('all', {})];
    expect(findings(EGRESS, ...port).flatMap(({ services }) => services)).not.toContain('mqtt');
    const left = findings(EGRESS, ...application).find(({ services }) => services.includes('mqtt'));
    expect(left).toMatchObject({ reach: 'first-packets', applications: [{ application: 'mqtt', verdict: 'deny' }] });
  });

  test('is a flow with the verdict of each application beside that of the first packet', () => {
    const { flows } = report(...rule('r', { application: 'unknown-tcp', service: 'any' }));
    const flow = (service: string) => flows.find((each) => each.service === service && each.confidence === 'definite');
    expect(flow('stomp')).toMatchObject({
      reach: 'session',
      applications: [{ application: 'unknown-tcp', verdict: 'permit' }],
    });
    expect(flow('mqtt')).toMatchObject({
      reach: 'first-packets',
      applications: [{ application: 'mqtt', verdict: 'deny' }],
    });
  });
});

describe('applications on irregular ports', () => {
  const told = (...lines: readonly string[]): string[] =>
    findings(IRREGULAR, ...lines).map(({ severity, message }) => `${severity} ${message}`);

  test('are reported where a rule leaves the service at any', () => {
    const [first, ...more] = findings(IRREGULAR, ...rule('r', { application: 'mqtt', service: 'any' }));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ severity: 'high', confidence: 'definite', reach: 'session', services: [] });
    expect(first?.message).toContain('permits sessions of mqtt on ports that are not theirs');
    expect(first?.flows.flows.map(({ destinationPort }) => destinationPort)).toEqual([
      ['0-1882', '1884-8882', '8885-65535'],
    ]);
    expect(first?.witness).toMatchObject({ application: 'mqtt' });
  });

  test('are not, with application-default or a service of the right port', () => {
    expect(told(...rule('r', { application: 'mqtt', service: 'application-default' }))).toEqual([]);
    const service = 'set service broker protocol tcp port 8883';
    expect(told(service, ...rule('r', { application: 'mqtt', service: 'broker' }))).toEqual([]);
  });

  test('are, with a service of another port', () => {
    const service = 'set service odd protocol tcp port 2222';
    const [first] = findings(IRREGULAR, service, ...rule('r', { application: 'mqtt', service: 'odd' }));
    expect(first?.flows.flows.map(({ destinationPort }) => destinationPort)).toEqual([['2222']]);
  });

  test('include what hides a broker: ssl, web-browsing, what no signature knows, and a broad any', () => {
    expect(told(...rule('r', { application: 'ssl', service: 'any' }))).toEqual([
      expect.stringMatching(/^medium .* sessions of ssl on ports/u),
    ]);
    expect(told(...rule('r', { application: 'unknown-tcp', service: 'any' }))).toEqual([
      expect.stringMatching(/^high .* sessions of unknown-tcp on ports/u),
    ]);
    const [any] = told(...rule('r', {}));
    for (const name of ['mqtt', 'amqp', 'jabber', 'unknown-tcp']) expect(any).toContain(name);
  });

  test('are milder where the destinations are few', () => {
    const fields = { application: 'mqtt', service: 'any', destination: '198.51.100.7' };
    expect(told(...rule('r', fields))).toEqual([expect.stringMatching(/^medium /u)]);
  });

  test('do not count where the first packet is stopped or the session is', () => {
    const high = 'set service high protocol tcp port 1-1882,1884-8882,8885-65535';
    const blocked = [...rule('b', { service: 'high', action: 'deny' }), ...rule('r', { application: 'mqtt' })];
    const remaining = findings(IRREGULAR, high, ...blocked).flatMap(({ flows }) => flows.flows);
    expect(remaining.map(({ destinationPort }) => destinationPort)).toEqual([['0']]);
    expect(told(...rule('b', { application: 'mqtt', action: 'deny' }), ...rule('r', { application: 'mqtt' }))).toEqual(
      [],
    );
  });
});

describe('a forwarded broker', () => {
  test('is found on whatever port is forwarded to it', () => {
    const lines = [
      'set service odd protocol tcp port 9999',
      'set rulebase nat rules n from untrust',
      'set rulebase nat rules n to untrust',
      'set rulebase nat rules n source any',
      'set rulebase nat rules n destination 203.0.113.10',
      'set rulebase nat rules n service odd',
      'set rulebase nat rules n destination-translation translated-address 10.0.0.5',
      'set rulebase nat rules n destination-translation translated-port 1883',
      ...rule('r', { from: 'untrust', to: 'trust', destination: '203.0.113.10', service: 'odd' }),
    ];
    const found = findings('broker-reachable-from-untrusted', ...lines);
    expect(found.map(({ services }) => services)).toEqual([['mqtt']]);
    expect(found[0]?.message).toContain('mqtt (tcp/9999, forwarded to 1883)');
    expect(found[0]?.message).toContain('to 203.0.113.10');
    expect(found[0]?.witness).toMatchObject({ destination: '203.0.113.10', destinationPort: 9999 });
    const flow = report(...lines).flows.find(({ forwardedTo }) => forwardedTo === 1883);
    expect(flow).toMatchObject({ service: 'mqtt', port: 9999 });
  });
});

describe('the names that traffic is recognised as', () => {
  test('exist for every service and carrier', () => {
    for (const service of SERVICES) expect(applicationsOf(service, 'app-id').length, service.name).toBeGreaterThan(0);
    const carried = new Set(carriersOf('app-id').map(({ application }) => application));
    const core = SERVICES.filter(({ tier, protocol }) => tier === 'core' && protocol === 'tcp');
    for (const service of core) {
      for (const name of applicationsOf(service, 'app-id'))
        expect(carried, `${service.name} as ${name}`).toContain(name);
    }
  });

  test.each([
    ['mqtt', ['mqtt']],
    ['mqtts', ['ssl', 'mqtt']],
    ['stomp', ['unknown-tcp']],
    ['stomps', ['ssl', 'unknown-tcp']],
    ['xmpp-client', ['jabber']],
    ['mqtt-websocket', ['web-browsing', 'websocket']],
    ['rabbitmq-management', ['web-browsing']],
  ])('of %s are %j', (name, expected) => {
    const service = SERVICES.find((each) => each.name === name);
    expect(service === undefined ? [] : applicationsOf(service, 'app-id')).toEqual(expected);
  });
});
