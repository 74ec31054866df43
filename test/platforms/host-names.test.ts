/** Host names with addresses that somebody gives, on every platform that has them: the same as those addresses written out. */
import { describe, expect, test } from 'vitest';
import { withoutAssumptions } from '../../checks/evaluate/assume.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Assumptions } from '../../parsers/model/host-names.ts';
import { addresses, prefix4, prefix6 } from '../../parsers/model/address.ts';
import type { Device } from '../../parsers/model/device.ts';
import { printDevice } from '../../parsers/model/print.ts';
import { parse, type ParseResult } from '../../parsers/index.ts';

const place = { source: 'brokerfence.yaml', line: 12, column: 5, endColumn: 20 };
const FOUR = prefix4(0xc0000207, 32);
const FIVE = prefix4(0xc0000208, 32);
const SIX = prefix6(0x20010db8000000000000000000000007n, 128);

/** Written otherwise than in the configurations: case and a final dot do not tell names apart. */
const ASSUMPTIONS: Assumptions = {
  fqdn: new Map([
    ['Broker.Example.COM.', { addresses: addresses(FOUR, FIVE, SIX), place }],
    ['nobody.example.com', { addresses: addresses(FOUR), place }],
  ]),
};

const ASA = (object: string): string => `ASA Version 9.12(4)
hostname fw
object network CLOUD
 ${object}
object-group network ALL
 network-object object CLOUD
 network-object host 198.51.100.1
access-list A extended deny tcp host 10.0.0.1 object CLOUD eq 8883
access-list A extended permit tcp any object-group ALL eq 8883
: end
`;

const IOS = (host: string): string => `version 15.2
hostname r
ip access-list extended A
 deny tcp host 10.0.0.1 host ${host} eq 8883
 permit tcp any host ${host} eq 8883
ipv6 access-list B
 permit tcp any host ${host} eq 8883
end
`;

const junos = (...address: string[]): string => `set version 20.4R3
set system host-name srx
set security zones security-zone trust interfaces ge-0/0/1.0
set security zones security-zone untrust interfaces ge-0/0/0.0
${address.map((each) => `set security address-book global ${each}`).join('\n')}
set security address-book global address OTHER 198.51.100.1/32
set security address-book global address-set ALL address OTHER
set security policies from-zone trust to-zone untrust policy p match source-address any
set security policies from-zone trust to-zone untrust policy p match destination-address ALL
set security policies from-zone trust to-zone untrust policy p match application any
set security policies from-zone trust to-zone untrust policy p then permit
set security policies from-zone untrust to-zone trust policy q match source-address ALL
set security policies from-zone untrust to-zone trust policy q match source-address-excluded
set security policies from-zone untrust to-zone trust policy q match destination-address any
set security policies from-zone untrust to-zone trust policy q match application any
set security policies from-zone untrust to-zone trust policy q then permit
`;

const panos = (...address: string[]): string => `set deviceconfig system hostname fw
set zone untrust network layer3 ethernet1/1
set zone trust network layer3 ethernet1/2
${address.map((each) => `set ${each}`).join('\n')}
set address OTHER ip-netmask 198.51.100.1
set address-group ALL static OTHER
set rulebase security rules p from trust
set rulebase security rules p to untrust
set rulebase security rules p source any
set rulebase security rules p destination ALL
set rulebase security rules p application any
set rulebase security rules p service any
set rulebase security rules p action allow
set rulebase security rules q from untrust
set rulebase security rules q to trust
set rulebase security rules q source ALL
set rulebase security rules q negate-source yes
set rulebase security rules q destination any
set rulebase security rules q application any
set rulebase security rules q service any
set rulebase security rules q action allow
`;

/** Permitted sets of every list, in order, of MQTT over TLS. */
function permitted(device: Device, space: PacketSpace): (readonly [definite: unknown, possible: unknown])[] {
  const evaluation = createEvaluation(device, space);
  return device.ruleLists.map((list) => {
    const { definite, possible } = evaluation.list(list).permitted({ protocol: 6, port: 8883 });
    return [definite, possible];
  });
}

function only({ devices: [device] }: ParseResult): Device {
  if (device === undefined) throw new Error('no device');
  return device;
}

function read(text: string, assumptions?: Assumptions): ParseResult {
  return parse({ name: 'a.cfg', text }, assumptions === undefined ? {} : { assumptions });
}

const cases: readonly (readonly [what: string, named: string, written: string])[] = [
  ['ASA object', ASA('fqdn v4 broker.example.com'), ASA('range 192.0.2.7 192.0.2.8')],
  ['ASA object of one family', ASA('fqdn v6 broker.example.com'), ASA('host 2001:db8::7')],
  [
    'Junos dns-name',
    junos('address CLOUD dns-name broker.example.com ipv4-only', 'address-set ALL address CLOUD'),
    junos('address CLOUD range-address 192.0.2.7 to 192.0.2.8', 'address-set ALL address CLOUD'),
  ],
  [
    'PAN-OS fqdn',
    panos('address CLOUD fqdn broker.example.com', 'address-group ALL static CLOUD'),
    panos(
      'address CLOUD ip-range 192.0.2.7-192.0.2.8',
      'address SIX ip-netmask 2001:db8::7',
      'address-group ALL static [ CLOUD SIX ]',
    ),
  ],
];

describe.each(cases)('%s', (_, named, written) => {
  test('is exactly the addresses that are given for it', () => {
    const space = createPacketSpace();
    const assumed = permitted(only(read(named, ASSUMPTIONS)), space);
    expect(assumed).toEqual(permitted(only(read(written)), space));
    expect(assumed.every(([definite, possible]) => definite === possible)).toBe(true);
    expect(assumed).not.toEqual(permitted(only(read(named)), space));
  });

  test('says once whose word that is', () => {
    const { diagnostics, assumed } = read(named, ASSUMPTIONS);
    const notes = diagnostics.filter(({ code }) => code === 'source/assumed');
    expect(notes).toMatchObject([
      {
        severity: 'note',
        message:
          'host name `broker.example.com` is taken for 192.0.2.7-192.0.2.8, 2001:db8::7, as brokerfence.yaml:12 says',
        span: { source: 'a.cfg' },
      },
    ]);
    expect(assumed).toEqual(['broker.example.com']);
    expect(read(named)).toMatchObject({ assumed: [] });
  });

  test('is as open as before where nothing is assumed of it', () => {
    const other: Assumptions = { fqdn: new Map([['other.example.com', { addresses: addresses(FOUR), place }]]) };
    expect(printDevice(only(read(named, other)))).toBe(printDevice(only(read(named))));
  });

  test('remembers what it is without the assumption', () => {
    const space = createPacketSpace();
    const opened = withoutAssumptions(only(read(named, ASSUMPTIONS))).device;
    expect(permitted(opened, space)).toEqual(permitted(only(read(named)), space));
  });
});

describe('IOS host names in entries', () => {
  test('are the addresses of the family that the list is of', () => {
    const space = createPacketSpace();
    const [four, six] = permitted(only(read(IOS('broker.example.com'), ASSUMPTIONS)), space);
    const written = IOS('192.0.2.7').replace(
      ' permit tcp any host 192.0.2.7 eq 8883\nipv6',
      ' deny tcp host 10.0.0.1 host 192.0.2.8 eq 8883\n permit tcp any host 192.0.2.7 eq 8883\n permit tcp any host 192.0.2.8 eq 8883\nipv6',
    );
    expect(four).toEqual(permitted(only(read(written)), space)[0]);
    expect(six).toEqual(permitted(only(read(IOS('2001:db8::7'))), space)[1]);
  });

  test('are noted once, with the number of further places', () => {
    const { diagnostics } = read(IOS('broker.example.com'), ASSUMPTIONS);
    const notes = diagnostics.filter(({ code }) => code === 'source/assumed');
    expect(notes).toMatchObject([{ span: { line: 4 }, more: 2 }]);
  });
});
