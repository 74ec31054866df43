import { describe, expect, test } from 'vitest';
import { captureOf, parse } from '../../../parsers/index.ts';

function platformOf(...lines: readonly string[]): string | undefined {
  return parse({ name: 'fw', text: lines.join('\n') }).detection.platform;
}

describe('texts of PAN-OS and Panorama', () => {
  test.each([
    ['XML', '<?xml version="1.0"?>', '<config version="10.1.0" urldb="paloaltonetworks">', '<devices/>', '</config>'],
    ['XML in one line', '<?xml version="1.0"?><config version="9.0.0" urldb="paloaltonetworks"><shared/></config>'],
    [
      'an answer of the API',
      '<response status="success"><result><config><devices><entry name="localhost.localdomain"/></devices></config></result></response>',
    ],
    ['pushed policy', '<policy>', '  <panorama>', '    <pre-rulebase/>', '  </panorama>', '</policy>'],
    ['a rulebase', '<rulebase>', '<security><rules/></security>', '</rulebase>'],
    ['a virtual system', '<entry name="vsys1">', '<zone/>', '</entry>'],
    ['set', 'set deviceconfig system hostname fw'],
    ['set, rules only', 'set rulebase security rules r action allow'],
    ['set, several virtual systems', 'set vsys vsys2 rulebase nat rules n from a'],
    ['set, Panorama', 'set device-group "Branch FW" pre-rulebase security rules r action allow'],
    ['set, template', 'set template T config network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24'],
    ['set, exported', 'set config devices localhost.localdomain deviceconfig system hostname fw'],
    [
      'set, objects only',
      'set address a ip-netmask 192.0.2.1',
      'set service s protocol tcp port 1883',
      'set shared tag x color red',
    ],
    ['braces', 'deviceconfig {', '  system {', '    hostname fw;', '  }', '}'],
    ['braces, exported', 'config {', '  devices {', '    localhost.localdomain {', '    }', '  }', '}'],
    ['an archive', '!RANCID-CONTENT-TYPE: paloalto', '!', 'shared {', '}'],
    [
      'after a prompt',
      'admin@fw(active)> set cli config-output-format set',
      'admin@fw(active)# show',
      'set zone a network layer3 ethernet1/1',
    ],
  ])('%s', (_what, ...lines) => {
    expect(platformOf(...lines)).toBe('paloalto-panos');
  });
});

describe('texts of others', () => {
  test.each([
    [
      'Junos set',
      'juniper-junos',
      'set system host-name r1',
      'set security zones security-zone trust',
      'set security nat source rule-set x from zone a',
    ],
    [
      'Junos braces',
      'juniper-junos',
      'version 20.4R3.8;',
      'system {',
      '    host-name r1;',
      '}',
      'security {',
      '    nat {',
      '    }',
      '}',
    ],
    [
      'Junos XML',
      'juniper-junos',
      '<rpc-reply xmlns:junos="http://xml.juniper.net/junos/20.4R0/junos">',
      '<configuration>',
      '<system><host-name>r1</host-name></system>',
      '</configuration></rpc-reply>',
    ],
    [
      'IOS',
      'cisco-ios',
      'version 15.2',
      'hostname r1',
      'interface GigabitEthernet0/0',
      ' ip address 192.0.2.1 255.255.255.0',
      'ip access-list extended x',
      ' permit ip any any',
    ],
  ])('%s', (_what, platform, ...lines) => {
    expect(platformOf(...lines)).toBe(platform);
  });

  test('XML of something else', () => {
    expect(platformOf('<?xml version="1.0"?>', '<note>', '<to>you</to>', '<from>me</from>', '</note>')).toBeUndefined();
  });
});

test('no tell shows what stands behind it', () => {
  const { reasons } = parse({ name: 'fw', text: 'set mgt-config users admin phash $1$secret' }).detection;
  expect(reasons).toEqual(['line 1: "set mgt-config"']);
});

describe('what part of a device a text is', () => {
  const what = (text: string): string | undefined => captureOf(text)?.what;

  test('pushed policy and templates are parts', () => {
    const policy = 'policy pushed by Panorama';
    expect(what('<policy><panorama><pre-rulebase>')).toBe(policy);
    expect(what('\uFEFF<?xml version="1.0"?>\n<response status="success"><result><policy>\n<panorama>')).toBe(policy);
    expect(what('policy {\n  panorama {\n    pre-rulebase {')).toBe(policy);
    expect(what('admin@fw> show config pushed-shared-policy vsys vsys2\n<shared>')).toBe(policy);
    const template = 'template pushed by Panorama';
    expect(what('<template><config version="10.1.0">')).toBe(template);
    expect(what('template {\n  config {\n')).toBe(template);
    expect(what('admin@fw> show config pushed-template\n\n<config>')).toBe(template);
    expect(captureOf('<policy><panorama>')?.role).toBe('part');
  });

  test('a firewall, a Panorama and a merged text stand alone', () => {
    expect(what('<config version="10.1.0"><mgt-config>')).toBeUndefined();
    expect(
      what('<config><devices><entry name="localhost.localdomain"><template><entry name="T"><config>'),
    ).toBeUndefined();
    expect(what('<template><entry name="T"><config>')).toBeUndefined();
    expect(what('policy {\n  panorama {\n  }\n}\nconfig {\n')).toBeUndefined();
    expect(captureOf('admin@fw> show config merged\nconfig {')?.role).toBe('whole');
    expect(what('hostname r1\npolicy-map x\n')).toBeUndefined();
  });
});
