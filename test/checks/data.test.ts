import { describe, expect, it } from 'vitest';
import { ANY4, ANY6 } from '../../parsers/model/address.ts';
import { parseIp4, parseIp6 } from '../../parsers/model/parse-address.ts';
import { attackReference, controlText } from '../../checks/data/attack.ts';
import { publicAddresses } from '../../checks/data/reserved-networks.ts';
import { CHECKS, SERVICES } from '../../checks/index.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';

describe('the service catalogue', () => {
  it('names every service and every port once', () => {
    expect(SERVICES.length).toBeGreaterThan(50);
    expect(new Set(SERVICES.map(({ name }) => name)).size).toBe(SERVICES.length);
    expect(new Set(SERVICES.map(({ protocol, port }) => `${protocol}/${port}`)).size).toBe(SERVICES.length);
    expect(SERVICES.every(({ name, port }) => /^[a-z][a-z0-9-]*$/.test(name) && port > 0 && port < 65536)).toBe(true);
  });

  it('has the core protocols first, families together, ports ascending', () => {
    const tiers = SERVICES.map(({ tier }) => tier);
    expect(tiers.lastIndexOf('core')).toBeLessThan(tiers.indexOf('kin'));
    const blocks = SERVICES.map(({ tier, family }) => `${tier} ${family}`);
    const changes = blocks.filter((block, index) => block !== blocks[index - 1]);
    expect(new Set(changes).size).toBe(changes.length);
    for (const [index, service] of SERVICES.entries()) {
      const before = SERVICES[index - 1];
      if (before === undefined || blocks[index] !== blocks[index - 1]) continue;
      const order = [before, service].map(({ protocol, port }) => (protocol === 'tcp' ? 0 : 100_000) + port);
      expect(order[0], service.name).toBeLessThan(order[1] ?? 0);
    }
  });

  it('has the ports that everyone expects', () => {
    const at = (name: string): string | undefined =>
      SERVICES.flatMap((service) => (service.name === name ? [`${service.protocol}/${service.port}`] : []))[0];
    expect(
      ['mqtt', 'mqtts', 'amqp', 'amqps', 'stomp', 'stomps', 'xmpp-client', 'xmpp-server', 'coap', 'kafka'].map(at),
    ).toEqual([
      'tcp/1883',
      'tcp/8883',
      'tcp/5672',
      'tcp/5671',
      'tcp/61613',
      'tcp/61614',
      'tcp/5222',
      'tcp/5269',
      'udp/5683',
      'tcp/9092',
    ]);
  });
});

describe('public addresses', () => {
  const space = createPacketSpace();
  const isPublic = (text: string): boolean => {
    const four = parseIp4(text);
    const address = four ?? parseIp6(text) ?? 0n;
    const packet = {
      family: four === undefined ? (6 as const) : (4 as const),
      source: BigInt(address),
      destination: 0n,
      protocol: 6,
      sourcePort: 0,
      destinationPort: 0,
    };
    return space.contains(space.addressIn('source', publicAddresses(packet.family)), packet);
  };

  it.each(['8.8.8.8', '1.0.0.0', '11.0.0.0', '100.128.0.1', '172.32.0.0', '223.255.255.255', '2606:4700::1', '2a00::'])(
    'has %s',
    (text) => {
      expect(isPublic(text)).toBe(true);
    },
  );

  it.each([
    '10.255.255.255',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    'fe80::1',
    'fd00::1',
    '2001:db8::1',
    '3fff:fff::1',
    'ff02::1',
  ])('has not %s', (text) => {
    expect(isPublic(text)).toBe(false);
  });

  it('is of one family', () => {
    expect(space.intersects(space.addressIn('source', publicAddresses(4)), space.addressIn('source', ANY6))).toBe(
      false,
    );
    expect(space.intersects(space.addressIn('source', publicAddresses(6)), space.addressIn('source', ANY4))).toBe(
      false,
    );
  });
});

const ON_ONE_PLATFORM = new Set(['pubsub-app-on-irregular-port', 'tls-pubsub-not-decrypted', 'rules-lost']);
const READ_PLATFORMS = ['cisco-ios', 'cisco-asa', 'juniper-junos', 'paloalto-panos'] as const;

describe('the documentation of checks', () => {
  it.each(CHECKS.map((check) => [check.id, check] as const))('%s is complete', (id, check) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    for (const text of [check.title, check.finds, check.why, check.severityNote, check.exceptions, check.fix.general]) {
      expect(text.length).toBeGreaterThan(20);
      expect(text).not.toMatch(/ {2}|\n/);
    }
    expect(check.attack.map(attackReference).every(({ url }) => url.startsWith('https://attack.mitre.org/'))).toBe(
      true,
    );
    expect(check.controls.map(controlText).every(({ title }) => title.length > 5)).toBe(true);
    expect(check.run === undefined).toBe(check.runFleet !== undefined);
    // What only devices of one platform show is fixed there, what the policy shows in the policy.
    const platforms = ON_ONE_PLATFORM.has(id) ? (['paloalto-panos'] as const) : READ_PLATFORMS;
    if (check.runFleet !== undefined) return;
    for (const platform of platforms) expect(check.fix[platform], platform).toBeDefined();
  });

  it('writes subcontrols as their catalogue does', () => {
    expect(controlText('nist:SC-7(5)')).toEqual({
      framework: 'NIST SP 800-53 Rev. 5',
      id: 'SC-7(5)',
      title: 'Deny by Default, Allow by Exception',
    });
    expect(attackReference('T1071.005').url).toBe('https://attack.mitre.org/techniques/T1071/005');
  });
});
