import { describe, expect, it } from 'vitest';
import { child, written } from '../../../parsers/paloalto-panos/tree.ts';
import { firewallsFrom, statements } from './firewall-texts.ts';

const IN = 'config devices localhost.localdomain';
const STACK = `set template-stack S templates [ TOP BASE ]
set template-stack S devices 001234500001
set device-group DG devices 001234500001
`;

/** What the firewall 001234500001 has under these words. */
function laid(text: string, ...words: readonly string[]): readonly string[] {
  const { firewalls } = firewallsFrom({ p: STACK + text });
  const node = child(firewalls[0]?.root, ...words);
  return node === undefined ? [] : statements(node);
}

describe('templates of a stack', () => {
  it('count from the top, value by value', () => {
    const text = `set template BASE ${IN} deviceconfig system hostname base
set template TOP ${IN} deviceconfig system hostname top
set template BASE ${IN} deviceconfig system domain example.com`;
    expect(laid(text, 'deviceconfig')).toEqual([
      'deviceconfig system hostname top',
      'deviceconfig system domain example.com',
    ]);
  });

  it('are beaten by what the stack says itself', () => {
    const text = `set template TOP ${IN} deviceconfig system hostname top
set template-stack S ${IN} deviceconfig system hostname stack`;
    expect(laid(text, 'deviceconfig')).toEqual(['deviceconfig system hostname stack']);
  });

  it('may leave out the words that stand around a device, and have a shared part', () => {
    const text = `set template TOP config zone-free x
set template TOP config network virtual-router default interface ethernet1/1
set template BASE config shared log-settings profiles P
set template BASE ${IN} network virtual-router default interface ethernet1/2`;
    expect(laid(text, 'network')).toEqual([
      'network virtual-router default interface ethernet1/1',
      'network virtual-router default interface ethernet1/2',
    ]);
    expect(laid(text, 'shared')).toEqual(['shared log-settings profiles P']);
  });

  it('replace an address of an interface, and add to zones and imports', () => {
    const text = `set template BASE ${IN} network interface ethernet ethernet1/1 layer3 ip 10.0.0.1/24
set template BASE ${IN} network interface ethernet ethernet1/1 comment base
set template TOP ${IN} network interface ethernet ethernet1/1 layer3 ip 10.0.0.2/24
set template TOP ${IN} vsys vsys1 zone trust network layer3 ethernet1/1
set template BASE ${IN} vsys vsys1 zone trust network layer3 ethernet1/2
set template TOP ${IN} vsys vsys1 import network interface ethernet1/1
set template BASE ${IN} vsys vsys1 import network interface ethernet1/2`;
    expect(laid(text, 'network', 'interface', 'ethernet')).toEqual([
      'ethernet ethernet1/1 layer3 ip 10.0.0.2/24',
      'ethernet ethernet1/1 comment base',
    ]);
    expect(laid(text, 'vsys', 'vsys1')).toEqual([
      'vsys1 zone trust network layer3 ethernet1/1',
      'vsys1 zone trust network layer3 ethernet1/2',
      'vsys1 import network interface ethernet1/1',
      'vsys1 import network interface ethernet1/2',
    ]);
  });

  it('decide the kind of an interface, of a zone, of an address and of a next hop from the top', () => {
    const text = `set template TOP ${IN} network interface ethernet ethernet1/1 layer3 dhcp-client enable yes
set template BASE ${IN} network interface ethernet ethernet1/1 layer2 units ethernet1/1.5 tag 5
set template BASE ${IN} network interface ethernet ethernet1/1 layer3 ip 10.0.0.1/24
set template TOP ${IN} vsys vsys1 zone z network layer3 ethernet1/1
set template BASE ${IN} vsys vsys1 zone z network tap ethernet1/9
set template TOP ${IN} network virtual-router r routing-table ip static-route d nexthop discard
set template BASE ${IN} network virtual-router r routing-table ip static-route d nexthop ip-address 10.0.0.9`;
    expect(laid(text, 'network', 'interface')).toEqual([
      'interface ethernet ethernet1/1 layer3 dhcp-client enable yes',
    ]);
    expect(laid(text, 'vsys', 'vsys1', 'zone')).toEqual(['zone z network layer3 ethernet1/1']);
    expect(laid(text, 'network', 'virtual-router')).toEqual([
      'virtual-router r routing-table ip static-route d nexthop discard',
    ]);
  });

  it('do not hide what is under an entry that an upper one leaves empty', () => {
    const text = `set template TOP ${IN} vsys vsys1
set template BASE ${IN} vsys vsys1 zone trust network layer3 ethernet1/1
set template-stack S ${IN} vsys vsys1`;
    expect(laid(text, 'vsys')).toEqual(['vsys vsys1 zone trust network layer3 ethernet1/1']);
    const empty = `set template TOP ${IN} vsys vsys1 zone a\nset template BASE ${IN} vsys vsys1 zone b`;
    expect(laid(empty, 'vsys')).toEqual(['vsys vsys1 zone a', 'vsys vsys1 zone b']);
  });

  it('point back to the statements that were written', () => {
    const { firewalls } = firewallsFrom({
      p: `${STACK}set template TOP ${IN} vsys vsys1 zone trust network layer3 ethernet1/1
set template BASE ${IN} vsys vsys1 zone trust log-setting x`,
    });
    const zone = child(firewalls[0]?.root, 'vsys', 'vsys1', 'zone', 'trust');
    expect(zone === undefined ? undefined : written(zone).span.line).toBe(4);
    expect(child(zone, 'network', 'layer3', 'ethernet1/1')?.span.line).toBe(4);
    expect(child(zone, 'log-setting', 'x')?.span.line).toBe(5);
  });
});

describe('what is missing', () => {
  const codes = (text: string): readonly string[] => firewallsFrom({ p: text }).diagnostics.map(({ code }) => code);

  it('is said of templates, stacks and firewalls', () => {
    const text = `${STACK}set template TOP description x
set template LONELY description x
set template-stack NOBODY templates TOP
set template-stack SECOND devices 001234500001
set mgt-config devices 001234500007`;
    expect(new Set(codes(text))).toEqual(
      new Set([
        'panos/undefined-template',
        'panos/template-without-stack',
        'panos/stack-without-firewalls',
        'panos/two-template-stacks',
        'panos/unassigned-firewall',
        'panos/local-rules-not-in-text',
        'panos/no-template',
      ]),
    );
  });

  it('leaves a firewall without template without network', () => {
    const { firewalls, diagnostics } = firewallsFrom({ p: 'set device-group DG devices 001234500001' });
    expect(firewalls[0]?.hasNetwork).toBe(false);
    expect(diagnostics.map(({ code }) => code)).toContain('panos/no-template');
  });

  it('leaves a firewall without device group without known rules', () => {
    const { firewalls } = firewallsFrom({
      p: `set template T ${IN} vsys vsys1 zone trust network layer3 ethernet1/1
set template-stack S templates T
set template-stack S devices 001234500001`,
    });
    expect(firewalls[0]?.hasNetwork).toBe(true);
    expect(firewalls[0]?.systems[0]?.rulebases.map((each) => 'node' in each)).toEqual([false]);
  });
});

it('reads templates that list firewalls themselves', () => {
  const { firewalls } = firewallsFrom({
    p: `set template T devices 001234500001
set template T ${IN} deviceconfig system hostname old
set device-group DG devices 001234500001`,
  });
  expect(firewalls.map(({ name }) => name)).toEqual(['old']);
});
