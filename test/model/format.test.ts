import type { AddressSet, AddressTerm } from '../../parsers/model/address.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addresses, ALL4, ALL6, ANY4, ANY_ADDRESS, masked4, masked6, NO_ADDRESS } from '../../parsers/model/address.ts';
import { prefix4, prefix6, range4, range6 } from '../../parsers/model/address.ts';
import {
  formatAddressSet,
  formatAddressTerm,
  formatIcmpSelectors,
  formatIp,
  formatPortRanges,
  formatProtocols,
  protocolName,
} from '../../parsers/model/format.ts';
import { icmpSelector, single } from '../../parsers/model/service.ts';
import { addressSet, packetsOf } from '../support/arbitrary-match.ts';
import { inAddresses } from '../support/membership.ts';
import { readIp } from '../support/read-ip.ts';

function ip(text: string): bigint {
  const read = readIp(text);
  if (read === undefined) throw new Error(text);
  return read.value;
}

function ip4(text: string): number {
  return Number(ip(text));
}

describe('addresses', () => {
  test.each([
    ['2001:0db8:0000:0000:0000:0000:0002:0001', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['::ffff:c000:0280', '::ffff:192.0.2.128'],
  ])('%s is written %s (RFC 5952 §4, §5)', (long, short) => {
    expect(formatIp(6, ip(long))).toBe(short);
  });

  test('IPv4 is dotted, from numbers and bigints', () => {
    expect(formatIp(4, 0xc0000201)).toBe('192.0.2.1');
    expect(formatIp(4, 0xffffffffn)).toBe('255.255.255.255');
    expect(formatIp(4, 0)).toBe('0.0.0.0');
  });

  const groups = fc.array(
    fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(0xffff) }),
    {
      minLength: 8,
      maxLength: 8,
    },
  );

  test('every IPv6 address reads back as itself and is written as a browser writes it', () => {
    fc.assert(
      fc.property(groups, (groups) => {
        const value = groups.reduce((sum, group) => sum * 65536n + BigInt(group), 0n);
        const text = formatIp(6, value);
        expect(ip(text)).toBe(value);
        const long = groups.map((group) => group.toString(16)).join(':');
        if (!text.includes('.')) expect(`[${text}]`).toBe(new URL(`http://[${long}]/`).hostname);
      }),
    );
  });

  test('every IPv4 address reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        expect(ip(formatIp(4, value))).toBe(BigInt(value));
      }),
    );
  });
});

describe('address terms', () => {
  test.each<[AddressTerm, string]>([
    [ALL4, '0.0.0.0/0'],
    [ALL6, '::/0'],
    [prefix4(ip4('10.1.2.3'), 16), '10.1.0.0/16'],
    [prefix4(ip4('10.1.2.3'), 32), '10.1.2.3'],
    [prefix6(ip('2001:db8::1'), 48), '2001:db8::/48'],
    [range4(ip4('10.0.0.1'), ip4('10.0.0.2')), '10.0.0.1-10.0.0.2'],
    [range4(ip4('10.0.0.0'), ip4('10.0.0.2')), '10.0.0.0-10.0.0.2'],
    [range4(ip4('10.0.0.2'), ip4('10.0.0.5')), '10.0.0.2-10.0.0.5'],
    [range4(ip4('10.0.0.2'), ip4('10.0.0.3')), '10.0.0.2/31'],
    [range6(ip('::1'), ip('::3')), '::1-::3'],
    [masked4(ip4('10.7.0.1'), ip4('255.0.255.0')), '10.0.0.0 wildcard 0.255.0.255'],
    [masked6(ip('2001:db8::1'), ip('ffff:ffff::ffff')), '2001:db8::1 wildcard ::ffff:ffff:ffff:ffff:ffff:0'],
  ])('%o is written %s', (term, text) => {
    expect(formatAddressTerm(term)).toBe(text);
  });
});

describe('address sets', () => {
  test('terms are merged and sorted, families apart, exclusions last', () => {
    const set: AddressSet = {
      include: [
        ALL6,
        masked4(ip4('10.0.0.1'), ip4('255.0.255.255')),
        prefix4(ip4('10.0.1.0'), 24),
        prefix4(ip4('10.0.0.0'), 24),
      ],
      exclude: [prefix4(ip4('10.0.0.5'), 32)],
    };
    expect(formatAddressSet(set)).toEqual(['10.0.0.0/23', '10.0.0.1 wildcard 0.255.0.0', '::/0', 'not 10.0.0.5']);
  });

  test('everything, nothing, and all of one family', () => {
    expect(formatAddressSet(ANY_ADDRESS)).toEqual(['any']);
    expect(formatAddressSet(NO_ADDRESS)).toEqual([]);
    expect(formatAddressSet(ANY4)).toEqual(['0.0.0.0/0']);
    expect(formatAddressSet({ include: ANY_ADDRESS.include, exclude: [ALL6] })).toEqual(['any', 'not ::/0']);
  });

  const UNIVERSE = [...packetsOf(4, { protocol: 6, port: 80 }), ...packetsOf(6, { protocol: 6, port: 80 })];

  function readTerm(text: string): AddressTerm {
    const [value = '', wildcard] = text.split(' wildcard ');
    const [address = '', length] = value.split('/');
    const [first = '', last = first] = address.split('-');
    const isV4 = first.includes('.') && !first.includes(':');
    if (isV4 && wildcard !== undefined) return masked4(ip4(first), ~ip4(wildcard) >>> 0);
    if (wildcard !== undefined) return masked6(ip(first), ((1n << 128n) - 1n) ^ ip(wildcard));
    if (isV4) return length === undefined ? range4(ip4(first), ip4(last)) : prefix4(ip4(first), Number(length));
    return length === undefined ? range6(ip(first), ip(last)) : prefix6(ip(first), Number(length));
  }

  test('the text of a set has the addresses of the set, whatever the order of its terms', () => {
    fc.assert(
      fc.property(addressSet, (set) => {
        const texts = formatAddressSet(set).flatMap((text) => (text === 'any' ? ['0.0.0.0/0', '::/0'] : [text]));
        const read: AddressSet = {
          include: texts.filter((text) => !text.startsWith('not ')).map(readTerm),
          exclude: texts.filter((text) => text.startsWith('not ')).map((text) => readTerm(text.slice(4))),
        };
        for (const { family, source } of UNIVERSE) {
          expect(inAddresses(read, family, source)).toBe(inAddresses(set, family, source));
        }
        const turned = { include: set.include.toReversed(), exclude: set.exclude.toReversed() };
        expect(formatAddressSet(turned)).toEqual(formatAddressSet(set));
      }),
    );
  });

  test('a set of one term is that term', () => {
    expect(formatAddressSet(addresses(prefix4(ip4('10.0.0.0'), 8)))).toEqual(['10.0.0.0/8']);
  });
});

describe('services', () => {
  test('ports are merged and sorted', () => {
    const ranges = [single(8883), { first: 1024, last: 2000 }, { first: 2001, last: 3000 }, single(80)];
    expect(formatPortRanges(ranges)).toEqual(['80', '1024-3000', '8883']);
    expect(formatPortRanges([{ first: 0, last: 65535 }])).toEqual(['any']);
    expect(
      formatPortRanges([
        { first: 0, last: 100 },
        { first: 50, last: 65535 },
      ]),
    ).toEqual(['any']);
    expect(formatPortRanges([])).toEqual([]);
  });

  test('ICMP selectors are written as type and code', () => {
    expect(formatIcmpSelectors([icmpSelector(8)])).toEqual(['8']);
    expect(formatIcmpSelectors([icmpSelector(3, 1)])).toEqual(['3/1']);
    expect(formatIcmpSelectors([icmpSelector(3), icmpSelector(4)])).toEqual(['3-4']);
    expect(formatIcmpSelectors([{ first: 3 * 256 + 1, last: 3 * 256 + 4 }])).toEqual(['3/1-3/4']);
    expect(formatIcmpSelectors([{ first: 0, last: 65535 }])).toEqual(['any']);
  });

  test('protocols have the names that configurations use, else numbers', () => {
    expect([6, 17, 1, 58, 47, 89].map(protocolName)).toEqual(['tcp', 'udp', 'icmp', 'icmp6', 'gre', '89']);
    expect(formatProtocols([single(17), single(6)])).toEqual(['tcp', 'udp']);
    expect(
      formatProtocols([
        { first: 0, last: 5 },
        { first: 7, last: 255 },
      ]),
    ).toEqual(['0-5', '7-255']);
    expect(formatProtocols([{ first: 0, last: 255 }])).toEqual(['ip']);
  });
});
