import { describe, expect, test } from 'vitest';
import { PREDEFINED_APPLICATIONS, PREDEFINED_SETS } from '../../../parsers/juniper-junos/applications-predefined.ts';
import type { ServiceSet } from '../../../parsers/model/service.ts';
import { junosDevice, readJunos } from './read-junos.ts';
import { policy, TWO_ZONES } from './srx-lines.ts';

const BROKER_PORTS = [1883, 8883, 5671, 5672, 61613, 61614, 5222, 5223, 5269];

function holds(service: ServiceSet, protocol: number, port: number): boolean {
  return service.some(
    ({ protocols, destinationPorts }) =>
      protocols.some(({ first, last }) => first <= protocol && protocol <= last) &&
      destinationPorts.some(({ first, last }) => first <= port && port <= last),
  );
}

describe('predefined applications', () => {
  test('surely reach broker ports only where they are a whole transport', () => {
    const reaching = [...PREDEFINED_APPLICATIONS]
      .filter(([, { learned }]) => learned === undefined)
      .filter(([, { service }]) => BROKER_PORTS.some((port) => holds(service, 6, port) || holds(service, 17, port)))
      .map(([name]) => name);
    expect(reaching).toEqual(['junos-tcp-any', 'junos-udp-any']);
  });

  test('of RPC may reach any port of their transport', () => {
    const learned = [...PREDEFINED_APPLICATIONS].filter(([, application]) => application.learned !== undefined);
    expect(learned.length).toBe(47);
    for (const [name, { service }] of learned) {
      const protocol = name.endsWith('-udp') ? 17 : 6;
      expect([name, holds(service, protocol, 1883), holds(service, 23 - protocol, 1883)]).toEqual([name, true, false]);
    }
  });

  test.for([
    ['junos-http', 6, 80],
    ['junos-https', 6, 443],
    ['junos-smtps', 6, 587],
    ['junos-vnc', 6, 5800],
    ['junos-radacct', 17, 1813],
    ['junos-r2cp', 17, 28672],
    ['junos-gprs-gtp-u', 6, 2152],
    ['junos-h323', 17, 1719],
    ['junos-ymsg', 17, 5050],
    ['junos-icmp6-dst-unreach-port', 58, 260],
  ] as const)('%s holds protocol %i port %i and not the next one', ([name, protocol, port]) => {
    const { service = [] } = PREDEFINED_APPLICATIONS.get(name) ?? {};
    expect([holds(service, protocol, port), holds(service, protocol, port + 1)]).toEqual([true, false]);
  });

  test('are what their sets are made of', () => {
    const missing = [...PREDEFINED_SETS].flatMap(([set, members]) =>
      members.filter((member) => !PREDEFINED_APPLICATIONS.has(member)).map((member) => `${set}: ${member}`),
    );
    expect(missing).toEqual([]);
    expect(PREDEFINED_SETS.get('junos-ms-rpc-msexchange')?.length).toBe(6);
    expect(PREDEFINED_SETS.get('junos-sun-rpc-nfs-access')?.length).toBe(8);
    expect(PREDEFINED_SETS.get('junos-sun-rpc-nfs')).toEqual([
      'junos-sun-rpc-tcp',
      'junos-sun-rpc-udp',
      'junos-sun-rpc-portmap-tcp',
      'junos-sun-rpc-portmap-udp',
      'junos-sun-rpc-nfs-tcp',
      'junos-sun-rpc-nfs-udp',
    ]);
  });
});

describe('applications of the text', () => {
  const place = 'from-zone untrust to-zone trust';

  function serviceOf(application: string, ...definitions: readonly string[]): ServiceSet {
    const device = junosDevice(...TWO_ZONES, ...definitions, ...policy(place, 'P', application, 'permit'));
    return device.ruleLists[0]?.rules[0]?.match.service.may ?? [];
  }

  test('keep the codes of ICMP types', () => {
    const service = serviceOf('A', 'set applications application A term t protocol icmp icmp-type 3 icmp-code 4');
    expect([holds(service, 1, 3 * 256 + 4), holds(service, 1, 3 * 256 + 5)]).toEqual([true, false]);
  });

  test('with ports and without a protocol are bounds', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      'set applications application A destination-port 1883',
      ...policy(place, 'P', 'A', 'permit'),
    );
    const service = device.ruleLists[0]?.rules[0]?.match.service;
    expect(service?.must).toEqual([]);
    expect(service?.conditions.map(({ kind }) => kind)).toEqual(['vendor-unverified']);
    expect([holds(service?.may ?? [], 6, 1883), holds(service?.may ?? [], 17, 1884)]).toEqual([true, false]);
  });

  test('that contain themselves are reported', () => {
    const { diagnostics, devices } = readJunos(
      ...TWO_ZONES,
      'set applications application-set S application junos-ssh',
      'set applications application-set S application-set S',
      ...policy(place, 'P', 'S', 'permit'),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['junos/application-set-cycle']);
    const service = devices[0]?.ruleLists[0]?.rules[0]?.match.service.must ?? [];
    expect([holds(service, 6, 22), holds(service, 6, 23)]).toEqual([true, false]);
  });

  test('name what they are made of', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      'set applications application MQTT protocol tcp',
      'set applications application MQTT destination-port 1883',
      'set applications application-set ALL application MQTT',
      ...policy(place, 'P', 'ALL', 'permit'),
    );
    const objects = device.ruleLists[0]?.rules[0]?.objects ?? [];
    expect(objects.map(({ name, kind, span }) => `${kind} ${name} ${span?.line}`)).toEqual([
      'service ALL 8',
      'service MQTT 6',
    ]);
  });
});
