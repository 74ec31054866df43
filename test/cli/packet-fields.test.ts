import { describe, expect, test } from 'vitest';
import type { PacketFields } from '../../cli/trace/packet-fields.ts';
import { toPacket } from '../../cli/trace/packet-fields.ts';

function packet(fields: Partial<PacketFields>) {
  const all = {
    protocol: 'tcp',
    source: '10.0.0.1',
    sourcePort: '',
    destination: '192.0.2.7',
    destinationPort: '1883',
    application: '',
  };
  return toPacket({ ...all, ...fields });
}

describe('a packet from words', () => {
  test('of TCP', () => {
    expect(packet({ sourcePort: '5000' })).toEqual({
      kind: 'packet',
      anySourcePort: false,
      packet: {
        family: 4,
        source: 0x0a000001n,
        destination: 0xc0000207n,
        protocol: 6,
        sourcePort: 5000,
        destinationPort: 1883,
      },
    });
  });

  test('without a source port stands for every high one', () => {
    expect(packet({})).toMatchObject({ anySourcePort: true, packet: { sourcePort: 49152 } });
  });

  test.each([
    ['icmp', '10.0.0.1', '10.0.0.2', '', 1, 8 * 256],
    ['icmp', '2001:db8::1', '2001:db8::2', '', 58, 128 * 256],
    ['icmp6', '2001:db8::1', '2001:db8::2', '135', 58, 135 * 256],
    ['1', '10.0.0.1', '10.0.0.2', '3/4', 1, 3 * 256 + 4],
    ['ESP', '10.0.0.1', '10.0.0.2', '', 50, 0],
    ['sctp', '10.0.0.1', '10.0.0.2', '5672', 132, 5672],
    ['255', '10.0.0.1', '10.0.0.2', '', 255, 0],
  ])('protocol %s from %s to %s, port %j', (protocol, source, destination, destinationPort, number, port) => {
    const fields = { protocol, source, destination, destinationPort };
    expect(packet(fields)).toMatchObject({ packet: { protocol: number, destinationPort: port } });
  });

  test.each<[Partial<PacketFields>, RegExp]>([
    [{ source: '10.0.0.256' }, /source "10.0.0.256" is not/],
    [{ source: '010.0.0.1' }, /source "010.0.0.1" is not/],
    [{ source: '10.0.0.0/8' }, /is not an IPv4 or IPv6 address/],
    [{ destination: '' }, /destination \(none\) is not/],
    [{ destination: '2001:db8::1' }, /different IP versions/],
    [{ protocol: 'ip' }, /protocol "ip" is neither/],
    [{ protocol: '256' }, /protocol "256"/],
    [{ destinationPort: '' }, /destination port \(none\)/],
    [{ destinationPort: '65536' }, /destination port "65536"/],
    [{ sourcePort: 'any' }, /source port "any"/],
    [{ protocol: 'icmp', destinationPort: '2048' }, /ICMP type "2048"/],
    [{ protocol: 'icmp', destinationPort: '8', sourcePort: '1' }, /ICMP has no source port/],
    [{ protocol: 'gre' }, /IP protocol 47 has no ports/],
  ])('%j is a problem', (fields, message) => {
    expect(packet(fields)).toMatchObject({ kind: 'problem', message: expect.stringMatching(message) });
  });
});
