import { describe, expect, test } from 'vitest';
import { ANY_SERVICE } from '../../../parsers/model/service.ts';
import {
  PORTS_NOT_KNOWN,
  PREDEFINED_APPLICATIONS,
  PREDEFINED_CONTAINERS,
} from '../../../parsers/paloalto-panos/applications-predefined.ts';
import { namesOf, reaches } from './names-of.ts';

const BROKERS = ['tcp/1883', 'tcp/8883', 'tcp/8884', 'tcp/5671', 'tcp/5672', 'tcp/61613', 'tcp/5222', 'tcp/5269'];

describe('the table of predefined applications', () => {
  test.for([
    ['mqtt', ['tcp/1883', 'tcp/8883', 'tcp/8884']],
    ['amqp', ['tcp/5671', 'tcp/5672']],
    ['rabbitmq', ['tcp/5671', 'tcp/5672']],
    ['jabber', ['tcp/5222', 'tcp/5269']],
    ['google-base', ['tcp/5222']],
    ['whatsapp-base', ['tcp/5222']],
    ['ssl', []],
    ['web-browsing', []],
    ['ms-netlogon', ['tcp/1883', 'tcp/61613']],
    ['active-directory', ['tcp/1883', 'tcp/61613']],
    ['bittorrent', BROKERS],
    ['ibm-websphere-mq', BROKERS],
    ['gre', []],
  ] as const)('gives %s the broker ports %s', ([name, expected]) => {
    const { names, list } = namesOf([]);
    expect(reaches(names.defaultPorts(name) ?? [], BROKERS)).toEqual(expected);
    const listed = names.applications(list(name));
    expect(listed.names).toEqual(new Set([name]));
    expect(reaches(listed.defaultPorts.must, BROKERS)).toEqual(expected);
    expect(listed.others).toEqual([]);
  });

  test('was read whole: every entry has ports, and no name is lost', () => {
    expect(PREDEFINED_APPLICATIONS.size).toBe(1660);
    for (const [name, service] of PREDEFINED_APPLICATIONS) {
      expect(name).toMatch(/^[a-z0-9][a-z0-9.-]*$/u);
      expect([name, service.length > 0]).toEqual([name, true]);
    }
    const lost = [...PREDEFINED_CONTAINERS].flatMap(([container, functions]) =>
      functions.filter((name) => !PREDEFINED_APPLICATIONS.has(name)).map((name) => `${container}: ${name}`),
    );
    expect(lost).toEqual([]);
    expect([...PORTS_NOT_KNOWN.keys()].filter((name) => PREDEFINED_APPLICATIONS.has(name))).toEqual([]);
  });

  test.for([
    ['gre', '47'],
    ['ipsec-esp', '50'],
    ['ping', 'icmp/2048'],
    ['icmp', 'icmp/0'],
    ['dns', 'udp/53'],
    ['traceroute', 'udp/33434'],
    ['traceroute', 'icmp6/128'],
    ['dhcpv6', 'udp/547'],
    ['h.225', 'udp/1719'],
    ['ms-ds-smbv3', 'tcp/445'],
    ['spotify', 'tcp/61613'],
  ] as const)('has %s on %s', ([name, packet]) => {
    const { names } = namesOf([]);
    expect(reaches(names.defaultPorts(name) ?? [], [packet, 'tcp/1'])).toContain(packet);
  });

  test('has no STOMP and no XMPP, and unknown-tcp on no port', () => {
    const { names, list } = namesOf([]);
    for (const name of ['stomp', 'xmpp', 'unknown-tcp']) expect(names.defaultPorts(name)).toBeUndefined();
    const listed = names.applications(list('unknown-tcp'));
    expect(listed.others).toEqual([]);
    expect(listed.defaultPorts.must).toEqual([]);
    expect(reaches(listed.defaultPorts.may, ['tcp/61613', 'udp/61613'])).toEqual(['tcp/61613']);
  });

  test('has web-browsing on 443 only as far as decryption goes', () => {
    const { names, list } = namesOf([]);
    const { defaultPorts } = names.applications(list('web-browsing'));
    expect(reaches(defaultPorts.must, ['tcp/80', 'tcp/443', 'tcp/8080'])).toEqual(['tcp/80']);
    expect(reaches(defaultPorts.may, ['tcp/80', 'tcp/443', 'tcp/8080'])).toEqual(['tcp/80', 'tcp/443']);
    expect(defaultPorts.conditions).toMatchObject([{ kind: 'application' }]);
  });

  test('takes a container for its functions', () => {
    const { names, list } = namesOf([]);
    const listed = names.applications(list('facebook'));
    expect(listed.names).toContain('facebook-chat');
    expect(listed.names).toContain('facebook');
    expect(listed.names).not.toContain('google-base');
    expect(reaches(listed.defaultPorts.must, ['tcp/80', 'tcp/443', 'tcp/1883'])).toEqual(['tcp/80', 'tcp/443']);
    expect(reaches(names.defaultPorts('google') ?? [], BROKERS)).toEqual(['tcp/5222']);
    expect(reaches(names.defaultPorts('ipsec') ?? [], ['50', '51', 'udp/4500'])).toEqual(['50', '51', 'udp/4500']);
  });
});

describe('an application that nothing tells of', () => {
  test('may be any, on any port', () => {
    const { names, list, diagnostics } = namesOf([]);
    const listed = names.applications(list('mqtt', 'no-such-thing'));
    expect(listed.names).toEqual(new Set(['mqtt', 'no-such-thing']));
    expect(listed.others).toMatchObject([{ kind: 'application', name: 'no-such-thing' }]);
    expect(reaches(listed.defaultPorts.must, BROKERS)).toEqual(['tcp/1883', 'tcp/8883', 'tcp/8884']);
    expect(listed.defaultPorts.may).toBe(ANY_SERVICE);
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/unknown-application']);
  });
});

describe('an application of the text', () => {
  test.for([
    ['default port tcp/8888', ['tcp/8888']],
    ['default port [ tcp/1883,8000-9000 udp/9 ]', ['tcp/1883', 'tcp/8888', 'udp/9']],
    ['default port tcp/dynamic', ['tcp/1883', 'tcp/8888']],
    ['default ident-by-ip-protocol 47', ['47']],
    ['default ident-by-icmp-type type 8', ['icmp/2048', 'icmp/2051']],
    ['default ident-by-icmp-type 8', ['icmp/2048', 'icmp/2051']],
    ['default ident-by-icmp6-type type 3', ['icmp6/768']],
  ] as const)('with `%s` has these', ([value, expected]) => {
    const { names, list } = namesOf([`application mqtt ${value}`]);
    const { defaultPorts, objects } = names.applications(list('mqtt'));
    expect(defaultPorts.must).toBe(defaultPorts.may);
    const some = ['tcp/1883', 'tcp/8888', 'udp/9', '47', 'icmp/2048', 'icmp/2051', 'icmp6/768'];
    expect(reaches(defaultPorts.may, some)).toEqual(expected);
    expect(reaches(names.defaultPorts('mqtt') ?? [], some)).toEqual(expected);
    expect(objects).toMatchObject([{ name: 'mqtt', kind: 'other' }]);
  });

  test.for([
    ['default none', 'vendor-unverified', 0],
    ['category networking', 'vendor-unverified', 0],
    ['default port tcp/70000', 'not-understood', 1],
    ['default ident-by-ip-protocol 300', 'not-understood', 1],
  ] as const)('with `%s` may be on any port', ([value, kind, diagnosed]) => {
    const { names, list, diagnostics } = namesOf([`application A ${value}`]);
    const { defaultPorts, others } = names.applications(list('A'));
    expect(defaultPorts).toMatchObject({ must: [], may: ANY_SERVICE, conditions: [{ kind }] });
    expect(others).toEqual([]);
    expect(names.defaultPorts('A')).toBeUndefined();
    expect(diagnostics()).toHaveLength(diagnosed);
  });
});

describe('a list of applications', () => {
  test('with any, or without members, is any on every port', () => {
    const { names, list } = namesOf([]);
    for (const words of [[], ['any'], ['mqtt', 'any']]) {
      const listed = names.applications(list(...words));
      expect(listed).toMatchObject({ names: 'any', others: [], objects: [] });
      expect(listed.defaultPorts.must).toBe(ANY_SERVICE);
    }
  });

  test('takes nested groups apart', () => {
    const { names, list, diagnostics } = namesOf([
      'shared application-group IN members [ mqtt OWN OUT ]',
      'application OWN default port tcp/61613',
      'application-group OUT members [ IN amqp ]',
      'application-group EMPTY description x',
    ]);
    const listed = names.applications(list('OUT'));
    expect(listed.names).toEqual(new Set(['mqtt', 'OWN', 'amqp']));
    expect(reaches(listed.defaultPorts.must, BROKERS)).toEqual(BROKERS.filter((port) => !/522|526/u.test(port)));
    expect(listed.defaultPorts.must).toBe(listed.defaultPorts.may);
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/group-cycle']);
    expect(names.applications(list('EMPTY')).others).toMatchObject([{ kind: 'undefined-reference', name: 'EMPTY' }]);
  });

  test('with a filter may hold any application, and surely holds those of the text that fit', () => {
    const { names, list } = namesOf([
      'application IOT category business-systems',
      'application IOT subcategory iot',
      'application IOT default port tcp/1883',
      'application WEB category general-internet',
      'application-filter F category [ networking business-systems ]',
      'application-filter F subcategory iot',
      'application-filter G category business-systems',
      'application-filter G evasive yes',
      'application-filter H category business-systems',
      'application-filter H exclude IOT',
    ]);
    const listed = names.applications(list('F'));
    expect(listed.names).toEqual(new Set(['IOT']));
    expect(listed.others).toMatchObject([{ kind: 'application', name: 'F' }]);
    expect(reaches(listed.defaultPorts.must, BROKERS)).toEqual(['tcp/1883']);
    expect(listed.defaultPorts.may).toBe(ANY_SERVICE);
    expect(names.applications(list('G')).names).toEqual(new Set());
    expect(names.applications(list('H')).names).toEqual(new Set());
  });
});
