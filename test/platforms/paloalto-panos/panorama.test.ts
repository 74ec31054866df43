import { describe, expect, it } from 'vitest';
import { firewallsFrom, lookUp, order } from './firewall-texts.ts';

function rules(place: string, rulebase: string, ...names: readonly string[]): string {
  return names.map((name) => `set ${place} ${rulebase} security rules ${name} action allow`).join('\n');
}

const READONLY = 'set readonly devices localhost.localdomain device-group';

/** GLOBAL → EUROPE → BRANCH, each with a rule before and behind. */
const THREE_LEVELS = `set deviceconfig system hostname pano
set device-group GLOBAL description x
${rules('shared', 'pre-rulebase', 'shared-pre')}
${rules('shared', 'post-rulebase', 'shared-post')}
${['BRANCH', 'GLOBAL', 'EUROPE'].map((name) => rules(`device-group ${name}`, 'pre-rulebase', `${name}-pre`)).join('\n')}
${['BRANCH', 'GLOBAL', 'EUROPE'].map((name) => rules(`device-group ${name}`, 'post-rulebase', `${name}-post`)).join('\n')}
set device-group BRANCH devices 001234500001
${READONLY} BRANCH parent-dg EUROPE
${READONLY} EUROPE parent-dg GLOBAL
`;

describe('the order of rules', () => {
  it('is shared, outermost group to own, local, own to outermost, shared', () => {
    const { firewalls, system, trouble } = firewallsFrom({ p: THREE_LEVELS });
    expect(firewalls).toHaveLength(1);
    expect(order(system('001234500001'))).toEqual([
      'shared-pre',
      'GLOBAL-pre',
      'EUROPE-pre',
      'BRANCH-pre',
      'BRANCH-post',
      'EUROPE-post',
      'GLOBAL-post',
      'shared-post',
    ]);
    expect(trouble).toEqual([]);
  });

  it('has the own rules of a firewall whose configuration is among the texts in the middle', () => {
    const { system, firewalls, diagnostics } = firewallsFrom({
      p: `${THREE_LEVELS}set mgt-config devices 001234500001 hostname branch-fw`,
      'branch.set': `set deviceconfig system hostname branch-fw
set deviceconfig system panorama local-panorama panorama-server 192.0.2.9
set zone trust network layer3 ethernet1/1
${rules('', 'rulebase', 'own').replace('set  ', 'set ')}`,
    });
    expect(firewalls).toHaveLength(1);
    expect(order(system('branch-fw')).slice(3, 6)).toEqual(['BRANCH-pre', 'own', 'BRANCH-post']);
    expect(firewalls[0]).toMatchObject({ source: 'branch.set', hasNetwork: true });
    expect(diagnostics.map(({ code }) => code)).not.toContain('panos/local-rules-not-in-text');
  });

  it('takes changed default rules of the nearest place', () => {
    const change = 'post-rulebase default-security-rules rules interzone-default log-end yes';
    const { system } = firewallsFrom({
      p: `${THREE_LEVELS}set shared ${change}\nset device-group GLOBAL ${change}\nset device-group BRANCH ${change}`,
    });
    expect(system('001234500001').defaultRules.map(({ title }) => title)).toEqual([
      'default rules of device group BRANCH',
      'default rules of device group GLOBAL',
      'shared default rules',
    ]);
  });
});

describe('the hierarchy of device groups', () => {
  it('says that rules above may be missing where the text does not tell it', () => {
    const text = `${rules('device-group A', 'pre-rulebase', 'a')}
${rules('device-group B', 'pre-rulebase', 'b')}
${rules('shared', 'pre-rulebase', 's')}
set device-group A devices 001234500001
set device-group B devices 001234500002`;
    const { system, trouble } = firewallsFrom({ p: text });
    expect(order(system('001234500001'))).toEqual(['s', '?', 'a', '?']);
    expect(trouble).toEqual(['panos/device-group-hierarchy', 'panos/device-group-hierarchy']);
    const told = firewallsFrom({ p: `${text}\n${READONLY} A id 11` });
    expect(order(told.system('001234500001'))).toEqual(['s', 'a']);
    expect(told.trouble).toEqual([]);
  });

  it('is flat before 7.0, and a group whose parent is `shared` has none', () => {
    const rule = (name: string): string =>
      `<pre-rulebase><security><rules><entry name="${name}"><action>deny</action></entry></rules></security></pre-rulebase>`;
    const text = `<config version="6.1.0"><devices><entry name="localhost.localdomain"><device-group>
<entry name="A">${rule('a')}<devices><entry name="001234500001"/></devices></entry>
<entry name="B">${rule('b')}</entry></device-group></entry></devices></config>`;
    expect(order(firewallsFrom({ p: text }).system('001234500001'))).toEqual(['a']);
    expect(order(firewallsFrom({ p: text.replace('6.1.0', '7.1.0') }).system('001234500001'))).toEqual(['?', 'a', '?']);
    const { system, trouble } = firewallsFrom({
      p: `${rules('device-group A', 'pre-rulebase', 'a')}
set device-group A devices 001234500001
${READONLY} A parent-dg Shared`,
    });
    expect(order(system('001234500001'))).toEqual(['a']);
    expect(trouble).toEqual([]);
  });

  it('has nothing above the only group', () => {
    const { system, trouble } = firewallsFrom({
      p: `${rules('device-group A', 'pre-rulebase', 'a')}\nset device-group A devices 001234500001`,
    });
    expect(order(system('001234500001'))).toEqual(['a']);
    expect(trouble).toEqual([]);
  });

  it('ends in unknown rules at a parent that is not there', () => {
    const { system, diagnostics } = firewallsFrom({
      p: `${rules('device-group A', 'pre-rulebase', 'a')}
set device-group A devices 001234500001
${READONLY} A parent-dg GONE`,
    });
    expect(order(system('001234500001'))).toEqual(['?', 'a', '?']);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: 'panos/undefined-device-group', severity: 'error' }),
    );
  });

  it('cuts a cycle', () => {
    const { firewalls, system, trouble } = firewallsFrom({
      p: `${rules('device-group A', 'pre-rulebase', 'a')}
${rules('device-group B', 'pre-rulebase', 'b')}
set device-group A devices 001234500001
${READONLY} A parent-dg B
${READONLY} B parent-dg A`,
    });
    expect(firewalls).toHaveLength(1);
    expect(order(system('001234500001'))).toEqual(['?', 'b', 'a', '?']);
    expect(trouble).toContain('panos/device-group-cycle');
  });
});

describe('names of objects', () => {
  const OBJECTS = `${THREE_LEVELS}set shared address x ip-netmask 10.0.0.1
set device-group GLOBAL address x ip-netmask 10.0.0.2
set device-group BRANCH address x ip-netmask 10.0.0.3
set device-group GLOBAL address y ip-netmask 10.0.0.4
set device-group EUROPE address z ip-netmask 10.0.0.5`;

  it('are those of the nearest group, in rules from above too', () => {
    const { system } = firewallsFrom({ p: OBJECTS });
    const found = ['x', 'y', 'z'].map((name) => lookUp(system('001234500001'), 'pre', name));
    expect(found).toEqual(['10.0.0.3', '10.0.0.4', '10.0.0.5']);
  });

  it('are those of the outermost place where ancestors take precedence', () => {
    const { system } = firewallsFrom({
      p: `${OBJECTS}\nset deviceconfig setting management ancestor-objects-take-precedence yes`,
    });
    expect(lookUp(system('001234500001'), 'pre', 'x')).toBe('10.0.0.1');
  });

  it('are looked up in one list of places for all firewalls of a group', () => {
    const { firewalls } = firewallsFrom({
      p: `${OBJECTS}
set device-group BRANCH devices 001234500002
set template T variable $x type ip-netmask 10.0.0.9
set template-stack S templates T
set template-stack S devices [ 001234500001 001234500002 ]`,
    });
    const [first, second] = firewalls.map(({ systems }) => systems[0]?.rulebases[0]);
    if (first === undefined || second === undefined || !('node' in first) || !('node' in second))
      throw new Error('no rules');
    expect(first.scopes).toBe(second.scopes);
    expect(first.node).toBe(second.node);
  });
});

describe('targets', () => {
  const text = `set device-group DC devices [ 001234500001 001234500002 ]
set mgt-config devices 001234500001 vsys vsys1 tags pci
set mgt-config devices 001234500002
${rules('device-group DC', 'pre-rulebase', 'all', 'only-1', 'not-1', 'tagged', 'not-tagged', 'empty', 'nobody', 'vsys2')}
set device-group DC pre-rulebase security rules only-1 target devices 001234500001
set device-group DC pre-rulebase security rules not-1 target devices 001234500001
set device-group DC pre-rulebase security rules not-1 target negate yes
set device-group DC pre-rulebase security rules tagged target tags pci
set device-group DC pre-rulebase security rules not-tagged target tags pci
set device-group DC pre-rulebase security rules not-tagged target negate yes
set device-group DC pre-rulebase security rules empty target negate yes
set device-group DC pre-rulebase security rules nobody target devices 009999900009
set device-group DC pre-rulebase security rules vsys2 target devices 001234500001 vsys vsys2`;

  it('choose firewalls by serial number, virtual system or tag, or all others', () => {
    const { system } = firewallsFrom({ p: text });
    expect(order(system('001234500001'))).toEqual(['all', 'only-1', 'tagged', 'empty']);
    expect(order(system('001234500002'))).toEqual(['all', 'not-1', 'not-tagged', 'empty']);
  });

  it('leave no rule out in silence', () => {
    const { diagnostics, notes, firewall } = firewallsFrom({ p: text });
    const said = diagnostics.filter(({ code }) => code === 'panos/target-not-in-text');
    expect(said.map(({ message }) => /rule (\S+)/.exec(message)?.[1])).toEqual(['nobody', 'vsys2']);
    const rulebase = firewall('001234500001').systems[0]?.rulebases[0];
    const node = rulebase !== undefined && 'node' in rulebase ? rulebase.node : undefined;
    const rule = node?.get('security')?.get('rules')?.get('nobody');
    expect(rule === undefined ? undefined : notes.reasonOf(rule)).toBe('target names no firewall of the text');
  });

  it('are undecided where the text has no tags of firewalls', () => {
    const { system } = firewallsFrom({ p: text.replace('vsys vsys1 tags pci', '') });
    expect(order(system('001234500001'))).toContain('tagged (perhaps)');
  });
});

describe('device groups and firewalls', () => {
  it('makes a policy of its own of a group without firewalls, with the groups above it', () => {
    const { firewalls, system, trouble } = firewallsFrom({
      p: THREE_LEVELS.replace(/set device-group BRANCH devices .*\n/, ''),
    });
    expect(firewalls.map(({ name, hasNetwork }) => [name, hasNetwork])).toEqual([['pano/BRANCH', false]]);
    expect(order(system('pano/BRANCH'))).toHaveLength(8);
    expect(trouble).toEqual(['panos/device-group-without-firewalls']);
  });

  it('takes a target as undecided where nobody knows the firewall', () => {
    const { system } = firewallsFrom({
      p: `${rules('device-group A', 'pre-rulebase', 'a')}
set device-group A pre-rulebase security rules a target devices 001234500001`,
    });
    expect(order(system('panorama/A'))).toEqual(['a (perhaps)']);
  });

  it('makes none of a parent whose children have firewalls, and none of groups without rules', () => {
    const { firewalls } = firewallsFrom({ p: `${THREE_LEVELS}set device-group EMPTY description y` });
    expect(firewalls.map(({ name }) => name)).toEqual(['001234500001']);
  });

  it('keeps shared rules where there is no device group', () => {
    const { firewalls } = firewallsFrom({
      p: `${rules('shared', 'pre-rulebase', 's')}\nset template T description x`,
    });
    expect(firewalls.map(({ name }) => name)).toEqual(['panorama/shared']);
  });

  it('gives each virtual system its own group, and one without group nothing', () => {
    const { system, diagnostics } = firewallsFrom({
      p: `${rules('device-group ONE', 'pre-rulebase', 'one')}
${rules('device-group TWO', 'pre-rulebase', 'two')}
${READONLY} ONE id 1
set device-group ONE devices 001234500001 vsys vsys1
set device-group TWO devices 001234500001 vsys vsys2
set template T config devices localhost.localdomain vsys vsys3 zone z
set template T config devices localhost.localdomain deviceconfig system hostname fw
set template-stack S templates T
set template-stack S devices 001234500001`,
    });
    expect(order(system('fw/vsys1'))).toEqual(['one']);
    expect(order(system('fw/vsys2'))).toEqual(['two']);
    expect(order(system('fw/vsys3'))).toEqual(['?']);
    const said = diagnostics.find(({ code }) => code === 'panos/no-device-group');
    expect(said?.message).toContain('vsys3');
  });

  it('prefers the group that names the virtual system', () => {
    const { system, trouble } = firewallsFrom({
      p: `${rules('device-group ALL', 'pre-rulebase', 'all')}
${rules('device-group ONE', 'pre-rulebase', 'one')}
${READONLY} ONE id 1
set device-group ALL devices 001234500001
set device-group ONE devices 001234500001 vsys vsys1
set device-group TWICE devices 001234500002
set device-group ALL devices 001234500002`,
    });
    expect(order(system('001234500001'))).toEqual(['one']);
    expect(order(system('001234500002'))).toEqual(['all']);
    expect(trouble).toEqual(['panos/two-device-groups']);
  });

  it('names firewalls by host name, and by serial number where two would have the same', () => {
    const { firewalls } = firewallsFrom({
      p: `set device-group A devices [ 001234500001 001234500002 001234500003 ]
set template T config devices localhost.localdomain deviceconfig system hostname branch
set template-stack S templates T
set template-stack S devices [ 001234500001 001234500002 ]
set mgt-config devices 001234500003 hostname hub`,
    });
    expect(firewalls.map(({ name }) => name)).toEqual(['001234500001', '001234500002', 'hub']);
  });

  it('says when a text has no firewall at all', () => {
    const { firewalls, trouble } = firewallsFrom({ p: 'set template T config network interface loopback comment x' });
    expect(firewalls).toEqual([]);
    expect(trouble).toEqual(expect.arrayContaining(['panos/no-firewall', 'panos/template-without-stack']));
  });
});
