import { describe, expect, it } from 'vitest';
import { firewallsFrom, lookUp, order } from './firewall-texts.ts';

const MANAGED = 'set deviceconfig system panorama local-panorama panorama-server 192.0.2.9';

describe('a firewall of its own', () => {
  it('has one virtual system, named like the host', () => {
    const { firewalls, trouble } = firewallsFrom({
      'a.set': `set deviceconfig system hostname edge
set address web ip-netmask 10.1.1.1
set shared address web ip-netmask 10.9.9.9
set shared address dns ip-netmask 10.9.9.53
set zone trust network layer3 ethernet1/1
set rulebase security rules R1 action allow
set rulebase security rules R2 action deny`,
    });
    expect(firewalls.map(({ name, hasNetwork, source }) => ({ name, hasNetwork, source }))).toEqual([
      { name: 'edge', hasNetwork: true, source: 'a.set' },
    ]);
    const system = firewalls[0]?.systems[0];
    if (system === undefined) throw new Error('no system');
    expect(system).toMatchObject({ name: 'edge', id: 'vsys1', title: undefined });
    expect(order(system)).toEqual(['R1', 'R2']);
    expect(system.rulebases.map(({ title }) => title)).toEqual(['rules of vsys1']);
    expect([lookUp(system, 'local', 'web'), lookUp(system, 'local', 'dns')]).toEqual(['10.1.1.1', '10.9.9.53']);
    expect(trouble).toEqual([]);
  });

  it('is named by its text where it gives no host name, and may have no zones', () => {
    const { firewalls } = firewallsFrom({ 'piece.set': 'set rulebase security rules R1 action allow' });
    expect(firewalls.map(({ name, hasNetwork }) => [name, hasNetwork])).toEqual([['piece.set', false]]);
  });

  it('looks names up in what the release brings last, where the text prints it', () => {
    const text = `set predefined application mqtt default port tcp/1883\nset shared address a ip-netmask 10.0.0.1`;
    const own = firewallsFrom({ f: `set deviceconfig system hostname fw\n${text}` });
    expect(own.system('fw').scopes.map(({ title }) => title)).toEqual(['vsys1', 'shared', 'predefined']);
    const { system } = firewallsFrom({
      p: `${text}\nset device-group DG devices 001234500001\nset device-group DG pre-rulebase security rules R action deny`,
    });
    const [rules] = system('001234500001').rulebases;
    const scopes = rules !== undefined && 'scopes' in rules ? rules.scopes : [];
    expect(scopes.map(({ title }) => title)).toEqual(['device group DG', 'shared', 'predefined']);
  });

  it('has a system for each vsys, with its own rules and objects', () => {
    const { system, firewalls } = firewallsFrom({
      't.set': `set deviceconfig system hostname fw
set vsys vsys1 display-name branch
set vsys vsys1 rulebase security rules A action allow
set vsys vsys1 address x ip-netmask 10.0.0.1
set vsys vsys2 rulebase security rules B action allow
set vsys vsys2 address x ip-netmask 10.0.0.2
set network shared-gateway sg1 zone shared-untrust network layer3 ethernet1/9`,
    });
    expect(firewalls[0]?.systems.map(({ name, title }) => [name, title])).toEqual([
      ['fw/vsys1', 'branch'],
      ['fw/vsys2', undefined],
    ]);
    expect(firewalls[0]?.gateways.map(({ word }) => word)).toEqual(['sg1']);
    expect([order(system('fw/vsys1')), order(system('fw/vsys2'))]).toEqual([['A'], ['B']]);
    expect(lookUp(system('fw/vsys2'), 'local', 'x')).toBe('10.0.0.2');
  });

  it('puts changed default rules of the virtual system first', () => {
    const { system } = firewallsFrom({
      't.set': `set deviceconfig system hostname fw
set rulebase default-security-rules rules intrazone-default action deny
set policy panorama post-rulebase default-security-rules rules intrazone-default action allow`,
    });
    expect(system('fw').defaultRules.map(({ title }) => title)).toEqual([
      'default rules of vsys1',
      'default rules pushed by Panorama',
    ]);
  });
});

describe('a firewall that Panorama manages', () => {
  it('has unknown rules around its own where the pushed policy is missing', () => {
    const { system, diagnostics } = firewallsFrom({
      't.set': `set deviceconfig system hostname fw\n${MANAGED}\nset rulebase security rules R1 action allow`,
    });
    expect(order(system('fw'))).toEqual(['?', 'R1', '?']);
    const error = diagnostics.find(({ code }) => code === 'panos/pushed-policy-missing');
    expect(error).toMatchObject({ severity: 'error', span: { source: 't.set', line: 2 } });
    expect(error?.consequence).toContain('show config pushed-shared-policy');
    expect(diagnostics.map(({ code }) => code)).toContain('panos/pushed-template-missing');
  });

  it('is told by the older statement too, and not by an empty one', () => {
    const old = firewallsFrom({ 't.set': 'set deviceconfig system panorama-server 192.0.2.9' });
    expect(old.trouble).toContain('panos/pushed-policy-missing');
    const none = firewallsFrom({
      't.xml': `<config version="9.1.0"><devices><entry name="localhost.localdomain"><deviceconfig><system>
<hostname>fw</hostname><panorama><local-panorama><panorama-server/></local-panorama></panorama></system></deviceconfig>
<vsys><entry name="vsys1"/></vsys></entry></devices></config>`,
    });
    expect(none.trouble).toEqual([]);
  });

  it('names the virtual systems whose policy is missing', () => {
    const { diagnostics, system } = firewallsFrom({
      't.set': `set deviceconfig system hostname fw\n${MANAGED}
set vsys vsys1 rulebase security rules A action allow
set vsys vsys2 rulebase security rules B action allow
set panorama vsys vsys2 pre-rulebase security rules P action deny`,
    });
    expect(order(system('fw/vsys1'))).toEqual(['?', 'A', '?']);
    expect(order(system('fw/vsys2'))).toEqual(['P', 'B']);
    const error = diagnostics.find(({ code }) => code === 'panos/pushed-policy-missing');
    expect(error?.consequence).toContain('`show config pushed-shared-policy vsys vsys1`');
    expect(error?.consequence).not.toContain('vsys2');
  });

  it('is complete where its rules say which device group they are from', () => {
    const { trouble, system } = firewallsFrom({
      't.xml': `<config version="10.1.0"><devices><entry name="localhost.localdomain"><deviceconfig><system>
<hostname>fw</hostname><panorama><local-panorama><panorama-server>192.0.2.9</panorama-server></local-panorama></panorama>
</system></deviceconfig><vsys><entry name="vsys1"><rulebase><security><rules>
<entry name="P" loc="DC"><action>deny</action></entry><entry name="L"><action>allow</action></entry>
</rules></security></rulebase></entry></vsys></entry></devices></config>`,
    });
    expect(order(system('fw'))).toEqual(['P', 'L']);
    expect(trouble).toEqual([]);
  });
});
