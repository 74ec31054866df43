import { describe, expect, test } from 'vitest';
import { allow, readPanos } from './read-panos.ts';

/** Two virtual systems with a zone each, called alike, and external zones for each other. */
const TWO = `
  deviceconfig system hostname fw
  network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/24
  network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
  network virtual-router shared-router interface [ ethernet1/1 ethernet1/2 ]
  vsys vsys1 import network interface ethernet1/1
  vsys vsys1 zone inside network layer3 ethernet1/1
  vsys vsys1 zone to-two network external vsys2
  vsys vsys2 import network interface ethernet1/2
  vsys vsys2 zone inside network layer3 ethernet1/2
  vsys vsys2 zone to-one network external vsys1`;

const ONE = 'fw/vsys1';
const PACKET = 'tcp 10.0.1.9:50000 > 10.0.2.9:1883';
const LOCAL = (vsys: string): string => `vsys ${vsys} rulebase`;

describe('devices', () => {
  test('each virtual system is one, with the zones of those it can reach', () => {
    const { result } = readPanos(TWO);
    expect(
      result.devices.map(({ name, segments }) => [name, segments.map((each) => `${each.name} ${each.transit}`)]),
    ).toEqual([
      [ONE, ['inside yes', 'to-two none', 'vsys2/inside yes', 'self none']],
      ['fw/vsys2', ['inside yes', 'to-one none', 'vsys1/inside yes', 'self none']],
    ]);
  });

  test('systems that have nothing to do with each other do not see each other', () => {
    const { device } = readPanos(TWO.replaceAll(/^.* external .*$/gmu, ''));
    expect(device(ONE).segments.map(({ name }) => name)).toEqual(['inside', 'self']);
  });

  test('systems that are visible to each other see each other, and exchange nothing without external zones', () => {
    const { segment } = readPanos(`${TWO.replaceAll(/^.* external .*$/gmu, '')}
      vsys vsys1 import visible-vsys vsys2`);
    expect(segment('vsys2/inside', ONE).transit).toBe('none');
    expect(segment('vsys1/inside', 'fw/vsys2').transit).toBe('none');
  });

  test('a shared gateway without interfaces is none', () => {
    const { result } = readPanos(`${TWO}\nnetwork shared-gateway sg9 display-name spare`);
    expect(result.devices).toHaveLength(2);
  });

  test('an interface belongs to the system that imports it or names it in a zone', () => {
    const { device } = readPanos(`${TWO}
      network interface ethernet ethernet1/3 layer3 ip 10.0.3.1/24
      network interface ethernet ethernet1/4 layer3 ip 10.0.4.1/24
      vsys vsys2 import network interface ethernet1/3`);
    expect(device('fw/vsys2').segments.map(({ name }) => name)).toContain('ethernet1/3');
    expect(device(ONE).segments.map(({ name }) => name)).not.toContain('ethernet1/3');
    expect(device('fw/vsys2').segments.map(({ name }) => name)).not.toContain('ethernet1/4');
  });
});

describe('from one virtual system to another', () => {
  test.for([
    [
      'both permit',
      [allow('A', 'inside', 'to-two', LOCAL('vsys1')), allow('B', 'to-one', 'inside', LOCAL('vsys2'))],
      'permit',
    ],
    [
      'any zone will do',
      [allow('A', 'any', 'any', LOCAL('vsys1')), allow('B', 'any', 'any', LOCAL('vsys2'))],
      'permit',
    ],
    ['only the first permits', [allow('A', 'inside', 'to-two', LOCAL('vsys1'))], 'deny'],
    ['only the second permits', [allow('B', 'to-one', 'inside', LOCAL('vsys2'))], 'deny'],
    // The zones of both are called alike: a rule of the second from its own zone is not about packets of the first.
    [
      'the second permits its own zone',
      [allow('A', 'inside', 'to-two', LOCAL('vsys1')), allow('B', 'inside', 'inside', LOCAL('vsys2'))],
      'deny',
    ],
    [
      'the first permits its own zone',
      [allow('A', 'inside', 'inside', LOCAL('vsys1')), allow('B', 'to-one', 'inside', LOCAL('vsys2'))],
      'deny',
    ],
  ] as const)('%s', ([, rules, expected]) => {
    expect(readPanos([TWO, ...rules].join('\n')).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe(expected);
  });

  test('rules for one zone do not count, those between zones do', () => {
    const typed = (type: string): string => `${TWO}
      ${allow('A', 'any', 'any', LOCAL('vsys1'))}
      vsys vsys1 rulebase security rules A rule-type ${type}
      ${allow('B', 'any', 'any', LOCAL('vsys2'))}`;
    expect(readPanos(typed('intrazone')).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('deny');
    expect(readPanos(typed('interzone')).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('permit');
  });

  test('application overrides are those of the zones on each side', () => {
    const override = (from: string): string => `${TWO}
      vsys vsys1 application own category networking
      vsys vsys1 rulebase application-override rules O from ${from}
      vsys vsys1 rulebase application-override rules O to to-two
      vsys vsys1 rulebase application-override rules O source any
      vsys vsys1 rulebase application-override rules O destination any
      vsys vsys1 rulebase application-override rules O protocol tcp
      vsys vsys1 rulebase application-override rules O port 1883
      vsys vsys1 rulebase application-override rules O application own
      ${allow('A', 'inside', 'to-two', LOCAL('vsys1')).replace('application any', 'application other')}
      vsys vsys1 application other category networking
      ${allow('B', 'to-one', 'inside', LOCAL('vsys2'))}`;
    expect(readPanos(override('inside')).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('deny');
    expect(readPanos(override('to-two')).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('permit');
  });

  test('is judged where it begins', () => {
    const { verdict } = readPanos(`${TWO}
      ${allow('A', 'any', 'any', LOCAL('vsys1'))}\n${allow('B', 'any', 'any', LOCAL('vsys2'))}`);
    expect(verdict('vsys1/inside', 'inside', PACKET, 'fw/vsys2')).toBe('connections from vsys1 are judged in fw/vsys1');
    expect(verdict('inside', 'vsys1/inside', PACKET, 'fw/vsys2')).toBe('permit');
  });

  test('needs external zones on both sides', () => {
    const text = `${TWO}\n${allow('A', 'any', 'any', LOCAL('vsys1'))}\n${allow('B', 'any', 'any', LOCAL('vsys2'))}`;
    const without = (zone: string): string =>
      readPanos(text.replace(`external ${zone}`, 'external')).verdict('inside', 'vsys2/inside', PACKET, ONE);
    expect(without('vsys2')).toBe('vsys1 has no external zone for vsys2');
    expect(without('vsys1')).toBe('vsys2 has no external zone for vsys1');
    expect(readPanos(text.replace('external vsys1', 'external')).segment('vsys2/inside', ONE).transit).toBe('none');
  });

  test.for([
    ['', 'permit'],
    ['vsys vsys1 import visible-vsys vsys2\nvsys vsys2 import visible-vsys vsys1', 'permit'],
    ['vsys vsys1 import visible-vsys vsys2', 'unknown'],
    ['vsys vsys1 import visible-vsys vsys3', 'unknown'],
  ] as const)('visibility "%s": %s', ([visible, expected]) => {
    const { verdict } = readPanos(`${TWO}\n${visible}
      ${allow('A', 'any', 'any', LOCAL('vsys1'))}\n${allow('B', 'any', 'any', LOCAL('vsys2'))}`);
    expect(verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe(expected);
  });

  test('where two external zones stand for the other, a rule for one of them is not definite', () => {
    const { verdict } = readPanos(`${TWO}
      vsys vsys1 zone also-two network external vsys2
      ${allow('A', 'inside', 'also-two', LOCAL('vsys1'))}
      ${allow('B', 'any', 'any', LOCAL('vsys2'))}`);
    expect(verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('unknown');
  });

  test('needs a route where they have virtual routers of their own', () => {
    const apart = TWO.replace(
      'network virtual-router shared-router interface [ ethernet1/1 ethernet1/2 ]',
      'network virtual-router r1 interface ethernet1/1\nnetwork virtual-router r2 interface ethernet1/2',
    );
    const rules = `${allow('A', 'any', 'any', LOCAL('vsys1'))}\n${allow('B', 'any', 'any', LOCAL('vsys2'))}`;
    expect(readPanos(`${apart}\n${rules}`).verdict('inside', 'vsys2/inside', PACKET, ONE)).toMatch(
      /^different virtual routers/u,
    );
    const forwarded = `${apart}\n${rules}
      vsys vsys1 rulebase pbf rules TWO from zone inside
      vsys vsys1 rulebase pbf rules TWO action forward-to-vsys vsys2`;
    expect(readPanos(forwarded).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('unknown');
    const routed = `${apart}\n${rules}
      network virtual-router r1 routing-table ip static-route two destination 10.0.2.0/24
      network virtual-router r1 routing-table ip static-route two nexthop next-vr r2`;
    expect(readPanos(routed).verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('permit');
  });

  test('the external zone can be asked by its own name, and leads nowhere itself', () => {
    const { verdict } = readPanos(`${TWO}
      vsys vsys1 zone more network external vsys3
      ${allow('A', 'inside', 'to-two', LOCAL('vsys1'))}`);
    expect(verdict('inside', 'to-two', PACKET, ONE)).toBe('permit');
    expect(verdict('to-two', 'inside', PACKET, ONE)).toBe('deny');
    expect(verdict('to-two', 'more', PACKET, ONE)).toBe('a packet may not traverse more than two virtual systems');
    expect(verdict('to-two', 'vsys2/inside', PACKET, ONE)).toMatch(
      /^an external zone stands for other virtual systems/u,
    );
  });

  test('the second one sees what the first one translated', () => {
    const nat = 'vsys vsys1 rulebase nat rules HIDE';
    const { verdict } = readPanos(`${TWO}
      ${allow('A', 'inside', 'to-two', LOCAL('vsys1'))}
      ${allow('B', 'to-one', 'inside', LOCAL('vsys2')).replace('source any', 'source 192.0.2.1')}
      ${nat} from inside\n${nat} to to-two\n${nat} source any\n${nat} destination any\n${nat} service any
      ${nat} source-translation dynamic-ip-and-port translated-address 192.0.2.1`);
    expect(verdict('inside', 'vsys2/inside', PACKET, ONE)).toBe('permit');
  });
});

test('a translated destination in another system leaves by the external zone', () => {
  const nat = 'vsys vsys1 rulebase nat rules BROKER';
  const { verdict } = readPanos(`${TWO}
    ${allow('A', 'any', 'any', LOCAL('vsys1'))}\n${allow('B', 'any', 'any', LOCAL('vsys2'))}
    ${nat} from inside\n${nat} to inside\n${nat} source any\n${nat} destination 10.0.1.50\n${nat} service any
    ${nat} destination-translation translated-address 10.0.2.9`);
  const packet = 'tcp 10.0.1.9:50000 > 10.0.1.50:1883';
  expect(verdict('inside', 'vsys2/inside', packet, ONE)).toBe('permit');
  expect(verdict('inside', 'inside', packet, ONE)).toBe('deny');
});

describe('a shared gateway', () => {
  const GATEWAY = `
    deviceconfig system hostname fw
    network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/24
    network interface ethernet ethernet1/2 layer3 ip 203.0.113.1/24
    network virtual-router r interface [ ethernet1/1 ethernet1/2 ]
    network virtual-router r routing-table ip static-route d destination 0.0.0.0/0
    network virtual-router r routing-table ip static-route d nexthop ip-address 203.0.113.254
    network shared-gateway sg1 import network interface ethernet1/2
    network shared-gateway sg1 zone internet network layer3 ethernet1/2
    vsys vsys1 import network interface ethernet1/1
    vsys vsys1 zone inside network layer3 ethernet1/1
    vsys vsys1 zone out network external sg1`;
  const OUT = 'tcp 10.0.1.9:50000 > 198.51.100.1:8883';
  const IN = 'tcp 198.51.100.1:50000 > 10.0.1.9:1883';

  test('is a device of its own without security policy', () => {
    const { result, segment } = readPanos(GATEWAY);
    expect(result.devices.map(({ name }) => name)).toEqual(['fw', 'fw/sg1']);
    expect(result.devices[1]).toMatchObject({ ruleLists: [], bindings: [] });
    expect(segment('internet', 'fw/sg1').evidence[0]?.points).toBe('untrusted');
    expect(segment('sg1/internet', 'fw')).toMatchObject({ transit: 'yes', families: [4] });
    expect(segment('ethernet1/2', 'fw').name).toBe('sg1/internet');
  });

  test('is judged by the virtual system alone, both ways', () => {
    const out = readPanos(`${GATEWAY}\n${allow('A', 'inside', 'out', LOCAL('vsys1'))}`);
    expect(out.verdict('inside', 'sg1/internet', OUT)).toBe('permit');
    expect(out.verdict('sg1/internet', 'inside', IN)).toBe('deny');
    const back = readPanos(`${GATEWAY}\n${allow('A', 'out', 'inside', LOCAL('vsys1'))}`);
    expect(back.verdict('inside', 'sg1/internet', OUT)).toBe('deny');
    expect(back.verdict('sg1/internet', 'inside', IN)).toBe('permit');
  });

  test('is out of reach without an external zone', () => {
    const text = `${GATEWAY.replace('external sg1', 'external')}\n${allow('A', 'any', 'any', LOCAL('vsys1'))}`;
    const { verdict, segment } = readPanos(text);
    expect(verdict('inside', 'sg1/internet', OUT)).toBe('vsys1 has no external zone for sg1');
    expect(segment('sg1/internet').transit).toBe('none');
  });

  test('interfaces in no zone pass packets among themselves and to other gateways', () => {
    const { verdict, codes } = readPanos(`
      deviceconfig system hostname fw
      network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/24
      network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
      network interface ethernet ethernet1/3 layer3 ip 10.0.3.1/24
      network shared-gateway sg1 import network interface [ ethernet1/1 ethernet1/2 ]
      network shared-gateway sg2 import network interface ethernet1/3`);
    expect(verdict('ethernet1/1', 'ethernet1/2', PACKET, 'fw/sg1')).toBe('permit');
    expect(verdict('ethernet1/1', 'sg2/ethernet1/3', PACKET, 'fw/sg1')).toBe('permit');
    expect(codes).toContain('panos/gateway-interface-without-zone');
    expect(verdict('sg2/ethernet1/3', 'ethernet1/1', PACKET, 'fw/sg1')).toBe('permit');
    expect(verdict('sg1/ethernet1/1', 'sg2/ethernet1/3', PACKET, 'fw')).toBe(
      'connections from sg1 are judged in fw/sg1',
    );
  });

  test('its NAT counts between a virtual system and the network behind it', () => {
    const nat = 'network shared-gateway sg1 rulebase nat rules BROKER';
    const { verdict, device } = readPanos(`${GATEWAY}
      ${allow('A', 'out', 'inside', LOCAL('vsys1')).replace('destination any', 'destination 10.0.1.9')}
      ${nat} from internet\n${nat} to internet\n${nat} source any\n${nat} destination 203.0.113.10\n${nat} service any
      ${nat} destination-translation translated-address 10.0.1.9`);
    expect(device('fw/sg1').translations).toHaveLength(1);
    expect(verdict('sg1/internet', 'inside', 'tcp 198.51.100.1:50000 > 203.0.113.10:1883', 'fw')).toBe('permit');
  });
});
