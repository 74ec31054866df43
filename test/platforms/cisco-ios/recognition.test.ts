import { expect, test } from 'vitest';
import { parse } from '../../../parsers/index.ts';

function platformOf(...lines: readonly string[]): string | undefined {
  return parse({ name: 'test.cfg', text: lines.join('\n') }).detection.platform;
}

function refusal(...lines: readonly string[]): string | undefined {
  return parse({ name: 'test.cfg', text: lines.join('\n') }).diagnostics.find(({ severity }) => severity === 'error')
    ?.code;
}

test.each([
  ['Building configuration...', 'Current configuration : 1234 bytes'],
  ['version 12.4', 'hostname r1'],
  ['version 17.9', 'boot-start-marker'],
  ['ip access-list extended A', ' permit ip any any'],
  ['service timestamps log datetime msec'],
  ['line vty 0 4', ' login'],
  ['zone-pair security A-B source A destination B'],
  ['Extended IP access list A', '    10 permit ip any any'],
  ['ipv6 access-list A', ' permit tcp any any eq 8883'],
])('%s is IOS', (...lines) => {
  expect(platformOf(...lines)).toBe('cisco-ios');
});

test.each([
  ['Arista EOS', ['! device: sw1 (DCS-7050, EOS-4.20.1F)', 'ip access-list standard A', ' permit any']],
  ['NX-OS', ['!Command: show running-config', 'version 9.3(8) Bios:version 05.42', 'ip access-list A']],
  [
    'NX-OS by its features',
    ['feature interface-vlan', 'interface Ethernet1/1', ' ip address 10.0.0.1/24', 'line vty 0 4'],
  ],
  ['IOS XR', ['!! IOS XR Configuration 6.3.2', 'ipv4 access-list A', ' 10 permit ipv4 any any', 'line vty 0 4']],
  ['Dell', ['!System Description "Dell Networking N2024"', 'ip access-list extended A', 'line vty 0 4']],
  ['Aruba', ['!Version ArubaOS-CX GL.10.04', 'ip access-list extended A', 'line vty 0 4']],
])('%s is refused, not read as IOS', (_, lines) => {
  expect(platformOf(...lines)).toBeUndefined();
  expect(refusal(...lines)).toBe('source/unsupported-platform');
});

test('an ASA text is not IOS, though it has access lists with numbers', () => {
  expect(
    platformOf(
      'ASA Version 9.12(4)',
      'access-list 101 extended permit ip any any',
      'access-group 101 in interface outside',
    ),
  ).toBe('cisco-asa');
});

test('prose is no configuration', () => {
  expect(platformOf('Dear all,', 'the router is down.', 'Please advise.')).toBeUndefined();
});
