import { describe, expect, it } from 'vitest';
import { child } from '../../../parsers/paloalto-panos/tree.ts';
import { firewallsFrom, lookUp, order, statements } from './firewall-texts.ts';

const RUNNING = `set deviceconfig system hostname fw
set deviceconfig system panorama local-panorama panorama-server 192.0.2.9
set rulebase security rules own action allow
set zone trust network layer3 ethernet1/1`;

const PUSHED = `<response status="success"><result><policy><panorama>
<address><entry name="broker"><ip-netmask>10.1.1.1</ip-netmask></entry></address>
<pre-rulebase><security><rules><entry name="before" loc="DC"><action>deny</action></entry></rules></security></pre-rulebase>
<post-rulebase><security><rules><entry name="behind" loc="shared"><action>deny</action></entry></rules></security></post-rulebase>
</panorama></policy></result></response>`;

const TEMPLATE = `<response status="success"><result><template><config><devices><entry name="localhost.localdomain">
<network><interface><ethernet><entry name="ethernet1/1"><layer3><ip><entry name="10.1.1.254/24"/></ip></layer3></entry></ethernet></interface></network>
<vsys><entry name="vsys1"><zone><entry name="trust"><network><layer3><member>ethernet1/7</member></layer3></network></entry>
<entry name="dmz"><network><layer3><member>ethernet1/2</member></layer3></network></entry></zone></entry></vsys>
</entry></devices></config></template></result></response>`;

describe('captures of one firewall', () => {
  it('are put together: pushed rules around its own, its own values over the template', () => {
    const { firewalls, system, trouble } = firewallsFrom({ running: RUNNING, pushed: PUSHED, template: TEMPLATE });
    expect(firewalls).toHaveLength(1);
    expect(order(system('fw'))).toEqual(['before', 'own', 'behind']);
    expect(statements(child(firewalls[0]?.root, 'vsys', 'vsys1', 'zone'))).toEqual([
      'zone trust network layer3 ethernet1/1',
      'zone dmz network layer3 ethernet1/2',
    ]);
    expect(statements(child(firewalls[0]?.root, 'network'))).toEqual([
      'network interface ethernet ethernet1/1 layer3 ip 10.1.1.254/24',
    ]);
    expect(lookUp(system('fw'), 'local', 'broker')).toBe('10.1.1.1');
    expect(trouble).toEqual([]);
  });

  it('are the same in whatever order they are given', () => {
    const { firewalls, system } = firewallsFrom({ template: TEMPLATE, pushed: PUSHED, running: RUNNING });
    expect(order(system('fw'))).toEqual(['before', 'own', 'behind']);
    expect(firewalls[0]?.source).toBe('running');
  });

  it('take rules of the running configuration, not of the candidate that `merged` shows', () => {
    const merged = `admin@fw> show config merged\n${RUNNING.replace('rules own action allow', 'rules staged action allow')}
set network interface ethernet ethernet1/1 layer3 ip 10.1.1.254/24`;
    const { firewalls, system, trouble } = firewallsFrom({ running: RUNNING, merged, pushed: PUSHED });
    expect(firewalls).toHaveLength(1);
    expect(order(system('fw'))).toEqual(['before', 'own', 'behind']);
    expect(firewalls[0]?.root.get('network')).toBeDefined();
    expect(trouble).toEqual([]);
    const alone = firewallsFrom({ merged });
    expect(order(alone.system('fw'))).toEqual(['?', 'staged', '?']);
    expect(alone.trouble).toEqual(['panos/pushed-policy-missing']);
  });

  it('give each virtual system the policy that was asked for with its name', () => {
    const pushed = (vsys: string, rule: string): string =>
      `admin@fw> show config pushed-shared-policy vsys ${vsys}
set policy panorama pre-rulebase security rules ${rule} action deny`;
    const running = `${RUNNING.split('\n').slice(0, 2).join('\n')}
set vsys vsys1 rulebase security rules A action allow
set vsys vsys2 rulebase security rules B action allow`;
    const { system, trouble } = firewallsFrom({
      running,
      one: pushed('vsys1', 'P1'),
      two: pushed('vsys2', 'P2'),
      shared: `<response status="success"><result><shared><address><entry name="s"><ip-netmask>10.9.9.9</ip-netmask></entry></address>
<pre-rulebase/></shared></result></response>`,
    });
    expect([order(system('fw/vsys1')), order(system('fw/vsys2'))]).toEqual([
      ['P1', 'A'],
      ['P2', 'B'],
    ]);
    expect(lookUp(system('fw/vsys2'), 'local', 's')).toBe('10.9.9.9');
    expect(trouble).toEqual(['panos/pushed-template-missing']);
  });

  it('do not guess which virtual system a pushed policy is for', () => {
    const running = `set vsys vsys1 rulebase security rules A action allow
set vsys vsys2 rulebase security rules B action allow\nset deviceconfig system hostname fw`;
    const { system, trouble } = firewallsFrom({ running, pushed: PUSHED });
    expect(order(system('fw/vsys1'))).toEqual(['A']);
    expect(trouble).toEqual(['panos/pushed-policy-of-whom']);
  });

  it('are policy without network where only the pushed part is there', () => {
    const { firewalls, trouble } = firewallsFrom({ pushed: PUSHED });
    expect(firewalls.map(({ name, hasNetwork, systems }) => [name, hasNetwork, systems.map(order)])).toEqual([
      ['pushed', false, [['before', 'behind']]],
    ]);
    expect(trouble).toEqual(['panos/policy-without-firewall']);
  });

  it('say that a pushed template alone is in no device', () => {
    const { firewalls, trouble } = firewallsFrom({ template: TEMPLATE });
    expect(firewalls).toEqual([]);
    expect(trouble).toEqual(['panos/template-without-firewall']);
  });
});

describe('a Panorama with its firewalls', () => {
  const PANORAMA = `set device-group DC devices [ 001234500001 001234500002 ]
set device-group DC pre-rulebase security rules dc action allow
set template T config devices localhost.localdomain vsys vsys1 zone trust network layer3 ethernet1/7
set template T config devices localhost.localdomain vsys vsys1 zone dmz network layer3 ethernet1/2
set template-stack S templates T
set template-stack S devices [ 001234500001 001234500002 ]
set devices 001234500001 hostname FW`;

  it('knows them by host name, lays their own values over templates and leaves the others alone', () => {
    const { firewalls, system, trouble } = firewallsFrom({ panorama: PANORAMA, running: RUNNING });
    expect(firewalls.map(({ name }) => name)).toEqual(['FW', '001234500002']);
    expect(order(system('FW'))).toEqual(['dc', 'own']);
    expect(statements(child(firewalls[0]?.root, 'vsys', 'vsys1', 'zone'))).toEqual([
      'zone trust network layer3 ethernet1/1',
      'zone dmz network layer3 ethernet1/2',
    ]);
    expect(order(system('001234500002'))).toEqual(['dc']);
    expect(trouble).toEqual([]);
  });

  it('knows them by serial number', () => {
    const { system } = firewallsFrom({ panorama: PANORAMA, running: `# serial: 001234500002\n${RUNNING}` });
    expect(order(system('FW'))).toEqual(['dc']);
  });

  it('says so where a firewall is not one of its own', () => {
    const { firewalls, diagnostics } = firewallsFrom({
      panorama: PANORAMA,
      running: RUNNING.replace('hostname fw', 'hostname other'),
    });
    expect(firewalls.map(({ name }) => name)).toEqual(['FW', '001234500002', 'other']);
    const error = diagnostics.find(({ code }) => code === 'panos/pushed-policy-missing');
    expect(error?.message).toContain('the Panorama text has no firewall with its name or serial number');
  });

  it('gives way to what was pushed, where that is among the texts', () => {
    const { firewalls, system, trouble } = firewallsFrom({ panorama: PANORAMA, running: RUNNING, pushed: PUSHED });
    expect(firewalls.map(({ name }) => name)).toEqual(['001234500002', 'fw']);
    expect(order(system('fw'))).toEqual(['before', 'own', 'behind']);
    expect(child(firewalls[1]?.root, 'vsys', 'vsys1', 'zone', 'dmz')).toBeDefined();
    expect(trouble).toEqual([]);
  });
});

it('tells two firewalls of the same name apart', () => {
  const { firewalls } = firewallsFrom({
    a: 'set deviceconfig system hostname fw',
    b: 'set deviceconfig system hostname fw',
  });
  expect(firewalls.map(({ name, systems }) => [name, systems[0]?.name])).toEqual([
    ['fw', 'fw'],
    ['fw (b)', 'fw (b)'],
  ]);
});
