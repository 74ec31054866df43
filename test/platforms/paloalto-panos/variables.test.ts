import { describe, expect, it } from 'vitest';
import { child } from '../../../parsers/paloalto-panos/tree.ts';
import { firewallsFrom, lookUp, statements } from './firewall-texts.ts';

const IN = 'config devices localhost.localdomain';
const TWO = `set template-stack S templates [ TOP BASE ]
set template-stack S devices [ 001234500001 001234500002 ]
set device-group DG devices [ 001234500001 001234500002 ]
set template BASE ${IN} network interface ethernet ethernet1/1 layer3 ip $wan
`;

function address(text: string): readonly (string | undefined)[] {
  const { firewalls } = firewallsFrom({ p: TWO + text });
  return firewalls.map(
    ({ root }) => child(root, 'network', 'interface', 'ethernet', 'ethernet1/1', 'layer3', 'ip')?.children[0]?.word,
  );
}

describe('template variables', () => {
  it('count for the firewall, then for the stack, then for the templates from the top', () => {
    const base = 'set template BASE variable $wan type ip-netmask 10.0.0.4/24';
    const top = 'set template TOP variable $wan type ip-netmask 10.0.0.3/24';
    const stack = 'set template-stack S variable $wan type ip-netmask 10.0.0.2/24';
    const own = 'set template-stack S devices 001234500002 variable $wan type ip-netmask 10.0.0.1/24';
    expect(address(base)).toEqual(['10.0.0.4/24', '10.0.0.4/24']);
    expect(address([base, top].join('\n'))).toEqual(['10.0.0.3/24', '10.0.0.3/24']);
    expect(address([base, top, stack].join('\n'))).toEqual(['10.0.0.2/24', '10.0.0.2/24']);
    expect(address([base, top, stack, own].join('\n'))).toEqual(['10.0.0.2/24', '10.0.0.1/24']);
  });

  it('stay and are said where they have no value, or the value None', () => {
    const { diagnostics } = firewallsFrom({ p: `${TWO}set template BASE variable $wan type ip-netmask None` });
    expect(address('set template BASE variable $wan type ip-netmask None')).toEqual(['$wan', '$wan']);
    const said = diagnostics.find(({ code }) => code === 'panos/unresolved-variable');
    expect(said).toMatchObject({ severity: 'warning', span: { line: 4 } });
    expect(said?.message).toContain('$wan');
  });

  it('stand for names of entries too, and for host names', () => {
    const { firewalls } = firewallsFrom({
      p: `${TWO}set template TOP ${IN} network interface ethernet $port layer3 mtu 1400
set template TOP ${IN} deviceconfig system hostname $name
set template TOP variable $port type interface ethernet1/1
set template TOP variable $wan type ip-netmask 10.0.0.1/24
set template-stack S devices 001234500001 variable $name type fqdn paris
set template-stack S devices 001234500002 variable $name type fqdn lyon`,
    });
    expect(firewalls.map(({ name }) => name)).toEqual(['paris', 'lyon']);
    expect(statements(child(firewalls[1]?.root, 'network', 'interface', 'ethernet'))).toEqual([
      'ethernet ethernet1/1 layer3 mtu 1400',
      'ethernet ethernet1/1 layer3 ip 10.0.0.1/24',
    ]);
  });

  it('keep the place where they are used', () => {
    const { firewalls } = firewallsFrom({ p: `${TWO}set template BASE variable $wan type ip-netmask 10.0.0.4/24` });
    const ip = child(firewalls[0]?.root, 'network', 'interface', 'ethernet', 'ethernet1/1', 'layer3', 'ip');
    expect(ip?.children[0]).toMatchObject({ word: '10.0.0.4/24', line: 4, origin: { word: '$wan' } });
  });

  it('do not take hashes of passwords for variables', () => {
    const { trouble } = firewallsFrom({
      p: `${TWO}set template BASE variable $wan type ip-netmask 10.0.0.4/24
set template BASE config mgt-config users admin phash $1$abcdefgh$ABCDEFGHIJKLMNOPQRSTU0`,
    });
    expect(trouble).not.toContain('panos/unresolved-variable');
  });

  it('are replaced in address objects of device groups, for each firewall', () => {
    const { firewalls } = firewallsFrom({
      p: `${TWO}set template BASE variable $wan type ip-netmask 10.0.0.4/24
set template-stack S devices 001234500002 variable $wan type ip-netmask 10.0.0.1/24
set device-group DG address outside ip-netmask $wan
set device-group DG address fixed ip-netmask 10.5.5.5
set device-group DG pre-rulebase security rules R source outside`,
    });
    const found = firewalls.map(({ systems: [system] }) =>
      system === undefined ? [] : ['outside', 'fixed'].map((name) => lookUp(system, 'pre', name)),
    );
    expect(found).toEqual([
      ['10.0.0.4/24', '10.5.5.5'],
      ['10.0.0.1/24', '10.5.5.5'],
    ]);
  });
});
