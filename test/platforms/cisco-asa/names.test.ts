import { describe, expect, test } from 'vitest';
import { icmp6Type, icmpType, portFor, protocolNumber, tcpPort, udpPort } from '../../../parsers/cisco/names.ts';
import { readPorts } from '../../../parsers/cisco/ports.ts';

describe('names of ports', () => {
  test('belong to a protocol', () => {
    expect([tcpPort('asa', 'rsh'), udpPort('asa', 'syslog')]).toEqual([514, 514]);
    expect([tcpPort('asa', 'login'), udpPort('asa', 'who'), tcpPort('asa', 'who')]).toEqual([513, 513, undefined]);
    expect([portFor('asa', 17, 'domain'), portFor('asa', 6, 'aol'), portFor('asa', 132, '5672')]).toEqual([
      53, 5190, 5672,
    ]);
  });

  test('belong to a dialect', () => {
    expect([udpPort('asa', 'radius'), udpPort('ios', 'radius')]).toEqual([1645, undefined]);
    expect([tcpPort('ios', 'time'), tcpPort('asa', 'time')]).toEqual([37, undefined]);
    expect([tcpPort('asa', 'https'), tcpPort('ios', 'https')]).toEqual([443, undefined]);
  });

  test('are decimal numbers or nothing', () => {
    expect([
      tcpPort('asa', '65535'),
      tcpPort('asa', '65536'),
      tcpPort('asa', '0x50'),
      tcpPort('asa', ' 80'),
      tcpPort('asa', ''),
    ]).toEqual([65535, undefined, undefined, undefined, undefined]);
  });

  test('no pub/sub port has a name', () => {
    for (const name of ['mqtt', 'amqp', 'xmpp', 'stomp']) {
      expect(tcpPort('asa', name)).toBeUndefined();
      expect(tcpPort('ios', name)).toBeUndefined();
    }
  });
});

describe('protocols and ICMP', () => {
  test('protocols', () => {
    expect([protocolNumber('asa', 'ipsec'), protocolNumber('asa', 'pptp'), protocolNumber('ios', 'ahp')]).toEqual([
      50, 47, 51,
    ]);
    expect([protocolNumber('asa', 'ip'), protocolNumber('ios', 'ipv6'), protocolNumber('asa', 'ipv6')]).toEqual([
      'any',
      'any',
      undefined,
    ]);
    expect([protocolNumber('ios', 'icmp', 6), protocolNumber('ios', 'icmp'), protocolNumber('asa', '256')]).toEqual([
      58,
      1,
      undefined,
    ]);
  });

  test('messages', () => {
    expect(icmpType('asa', 'unreachable')).toEqual({ type: 3 });
    expect(icmpType('ios', 'port-unreachable')).toEqual({ type: 3, code: 3 });
    expect(icmp6Type('ios', 'nd-ns')).toEqual({ type: 135 });
    expect(icmp6Type('asa', 'neighbor-solicitation')).toEqual({ type: 135 });
    expect(icmpType('asa', 'nonsense')).toBeUndefined();
  });
});

describe('port operators', () => {
  const read = (dialect: 'asa' | 'ios', text: string) =>
    readPorts(dialect, text.split(' '), 0, (word) => tcpPort(dialect, word));

  test('gt and lt leave out their port', () => {
    expect(read('asa', 'gt 1023')).toEqual({ ranges: [{ first: 1024, last: 65535 }], next: 2, swapped: false });
    expect(read('asa', 'lt 5672')).toEqual({ ranges: [{ first: 0, last: 5671 }], next: 2, swapped: false });
    expect([read('asa', 'lt 0'), read('asa', 'gt 65535')]).toEqual([
      { ranges: [], next: 2, swapped: false },
      { ranges: [], next: 2, swapped: false },
    ]);
  });

  test('eq and neq take several ports on IOS and one on ASA', () => {
    expect(read('ios', 'eq 8883 1883 1884 log')).toEqual({
      ranges: [
        { first: 1883, last: 1884 },
        { first: 8883, last: 8883 },
      ],
      next: 4,
      swapped: false,
    });
    expect(read('asa', 'eq 1883 8883')).toMatchObject({ next: 2 });
    expect(read('ios', 'neq 0 65535 telnet')).toMatchObject({
      ranges: [
        { first: 1, last: 22 },
        { first: 24, last: 65534 },
      ],
    });
  });

  test('a reversed range is swapped and said so', () => {
    expect(read('asa', 'range 8883 1883')).toEqual({ ranges: [{ first: 1883, last: 8883 }], next: 3, swapped: true });
  });

  test('an unknown word is told by its place', () => {
    expect(read('asa', 'eq mqtt')).toEqual({ unknown: true, at: 1 });
    expect(read('asa', 'range 1 mqtt')).toEqual({ unknown: true, at: 2 });
    expect(read('asa', 'range 1')).toEqual({ unknown: true, at: 2 });
    expect(read('asa', 'log')).toBeUndefined();
  });
});
