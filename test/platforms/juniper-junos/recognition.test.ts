import { expect, test } from 'vitest';
import { parse } from '../../../parsers/index.ts';

function platformOf(...lines: readonly string[]): string | undefined {
  return parse({ name: 'test.cfg', text: lines.join('\n') }).detection.platform;
}

test.each([
  [
    'braces with a header',
    ['## Last commit: 2024-05-01 10:11:12 UTC by x', 'version 21.2R3-S1;', 'system {', '    host-name r1;', '}'],
  ],
  [
    'a filter alone',
    [
      'firewall {',
      '    family inet {',
      '        filter F {',
      '            term a { then accept; }',
      '        }',
      '    }',
      '}',
    ],
  ],
  ['set lines', ['set version 21.2R3-S1', 'set system host-name r1']],
  [
    'policies alone',
    [
      'security {',
      '    policies {',
      '        from-zone a to-zone b {',
      '            policy p {',
      '            }',
      '        }',
      '    }',
      '}',
    ],
  ],
  [
    'XML',
    [
      '<rpc-reply xmlns:junos="http://xml.juniper.net/junos/21.2R0/junos">',
      '<configuration junos:commit-seconds="1">',
      '<version>21.2R3</version>',
      '</configuration>',
      '</rpc-reply>',
    ],
  ],
  ['RANCID', ['#RANCID-CONTENT-TYPE: juniper', '#', 'system {', '    host-name r1;', '}']],
])('%s is Junos', (_what, lines) => {
  expect(platformOf(...lines)).toBe('juniper-junos');
});

test.each([
  [
    'Nokia SR OS',
    ['# TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1', 'configure {', '    system {', '        name "r1"', '    }', '}'],
  ],
  [
    'ScreenOS',
    [
      'set hostname fw',
      'set policy id 1 from "Trust" to "Untrust" "Any" "Any" "ANY" permit',
      'set interfaces ge-0/0/0 unit 0',
    ],
  ],
  [
    'VyOS',
    [
      'firewall {',
      '    name OUTSIDE-IN {',
      '        default-action drop',
      '    }',
      '}',
      'interfaces {',
      '    ethernet eth0 {',
      '    }',
      '}',
      'config-management {',
      '}',
    ],
  ],
  [
    'PAN-OS',
    [
      '<?xml version="1.0"?>',
      '<config version="9.0.0" urldb="paloaltonetworks">',
      '<mgt-config>',
      '</mgt-config>',
      '</config>',
    ],
  ],
  [
    'PAN-OS set lines',
    [
      'set deviceconfig system hostname fw',
      'set network interface ethernet ethernet1/1 layer3',
      'set rulebase security rules a',
    ],
  ],
])('%s is not', (_what, lines) => {
  expect(platformOf(...lines)).not.toBe('juniper-junos');
});

test('a tell never shows a secret', () => {
  const { detection } = parse({
    name: 'test.cfg',
    text: 'set system login user x authentication encrypted-password "$6$geheim"\nset system services ssh\n',
  });
  expect(detection.platform).toBe('juniper-junos');
  expect(detection.reasons.join(' ')).not.toContain('geheim');
});
