/**
 * Inventories of Ansible, in both forms: its "How to build your inventory" and "Understanding variable precedence". The
 * two texts at the top say the same.
 */
import { describe, expect, test } from 'vitest';
import { devicesOf, notesOf, problemsOf, shownOf } from './inventories.ts';

const INI = `# The plant.
; Another comment.
lonely.example ansible_host=192.0.2.9
[edge]
fw[01:05:2].example:2222 ansible_user="net audit"   # odd ones
fw1 ansible_network_os=cisco.asa.asa ansible_port=8022
[core]
sw-[a:c]
[junos]
mx1
[site:children]
edge
core
[core:vars]
ansible_network_os=nxos
ansible_user = core-user
[site:vars]
ansible_user=site
ansible_password="{{ lookup('env', 'SITE_PASSWORD') }}"
[junos:vars]
ansible_network_os=junipernetworks.junos.junos
ansible_connection=ansible.netcommon.netconf
ansible_port=830
[all:vars]
ansible_user=everybody
ansible_ssh_private_key_file=~/.ssh/plant
`;

const YAML = `---
all:
  vars:
    ansible_user: everybody
    ansible_ssh_private_key_file: ~/.ssh/plant
  hosts:
    lonely.example:
      ansible_host: 192.0.2.9
  children:
    site:
      vars:
        ansible_user: site
        ansible_password: "{{ lookup('env', 'SITE_PASSWORD') }}"
      children:
        edge:
          hosts:
            fw[01:05:2].example:2222:
              ansible_user: net audit
            fw1: {ansible_network_os: cisco.asa.asa, ansible_port: 8022}
        core:
          hosts: {'sw-[a:c]': }
          vars: {ansible_network_os: nxos, ansible_user: core-user}
    junos:
      hosts:
        mx1:
      vars:
        ansible_network_os: junipernetworks.junos.junos
        ansible_connection: ansible.netcommon.netconf
        ansible_port: 830
`;

const nameOf = (device: object): string => ('name' in device ? String(device.name) : '');
const byName = (devices: readonly object[]): object[] => devices.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

test('the two forms say the same of devices', () => {
  const key = { identityFiles: ['~/.ssh/plant'] };
  const site = { ...key, credential: { kind: 'environment', variable: 'SITE_PASSWORD' } };
  const edge = { ...site, platform: 'auto', groups: ['site', 'edge'], port: 2222, user: 'net audit' };
  const core = { ...site, platform: 'cisco-nxos', groups: ['site', 'core'], user: 'core-user' };
  const expected = [
    { ...key, name: 'lonely.example', host: '192.0.2.9', platform: 'auto', groups: [], user: 'everybody' },
    ...['01', '03', '05'].map((n) => ({ ...edge, name: `fw${n}.example`, host: `fw${n}.example` })),
    { ...site, name: 'fw1', host: 'fw1', platform: 'cisco-asa', groups: ['site', 'edge'], port: 8022, user: 'site' },
    ...['a', 'b', 'c'].map((n) => ({ ...core, name: `sw-${n}`, host: `sw-${n}` })),
    { ...key, name: 'mx1', host: 'mx1', platform: 'juniper-junos', groups: ['junos'], user: 'everybody' },
  ];
  expect(devicesOf(INI)).toEqual(expected);
  expect(byName(devicesOf(YAML))).toEqual(byName(expected));
});

test.each([
  ['hosts.yml', INI],
  ['hosts.ini', YAML],
])('the form is told by the content, whatever the name: %s', (name, text) => {
  expect(devicesOf({ [name]: text })).toHaveLength(9);
});

describe('of variables', () => {
  const user = (files: Readonly<Record<string, string>>): unknown =>
    devicesOf(files).map((device) => ('user' in device ? device.user : undefined))[0];

  test('files win over groups in the inventory, a host over its files of groups, and its own file over all', () => {
    const inventory = '[b]\nh\n[b:vars]\nansible_user=in-group\n[all:vars]\nansible_user=in-all\n';
    const layers: [string, string][] = [
      ['net/group_vars/all.yml', 'ansible_user: file-all'],
      ['net/group_vars/b/10.yml', 'ansible_user: file-b-10'],
      ['net/group_vars/b/20.yaml', 'ansible_user: file-b-20'],
      ['net/host_vars/h', 'ansible_user: file-h'],
    ];
    const seen = ['in-group', 'file-all', 'file-b-10', 'file-b-20', 'file-h'];
    for (const [index, expected] of seen.entries()) {
      const files = { 'net/hosts': inventory, ...Object.fromEntries(layers.slice(0, index)) };
      expect(user(files)).toBe(expected);
    }
    const own = inventory.replace('h\n', 'h ansible_user=own\n');
    expect(user({ 'net/hosts': own, ...Object.fromEntries(layers.slice(0, 3)) })).toBe('own');
  });

  test('a child wins over its parent; of groups of one depth the later in the alphabet, unless one has priority', () => {
    const groups = '[za]\nh\n[zb]\nh\n[top:children]\nzb\n[za:vars]\nansible_user=a\n[zb:vars]\nansible_user=b\n';
    expect(user({ i: groups.replace('[top:children]\nzb\n', '') })).toBe('b');
    expect(user({ i: `${groups.replace('[top:children]\nzb\n', '')}[za:vars]\nansible_group_priority=10\n` })).toBe(
      'a',
    );
    // zb is deeper than za now; za below two parents is as deep as its longest way.
    expect(user({ i: groups.replaceAll('zb', 'aa') })).toBe('b');
    expect(user({ i: `${groups.replaceAll('zb', 'aa')}[one:children]\ntwo\n[two:children]\nza\n` })).toBe('a');
  });

  test('hidden files, copies of editors and other kinds are passed over', () => {
    const files = { i: 'h\n', 'group_vars/all/a.yml': 'ansible_user: right' };
    for (const name of ['.b.yml', 'b.yml~', 'b.yml.bak', 'README.md']) {
      expect(user({ ...files, [`group_vars/all/${name}`]: 'ansible_user: wrong' })).toBe('right');
    }
  });

  test('a file without any says nothing', () => {
    expect(user({ i: 'h ansible_user=u\n', 'group_vars/all.yml': '', 'host_vars/h.yml': '# none yet\n' })).toBe('u');
  });

  test('a file that ansible-vault encrypted is passed over with a note', () => {
    const files = { i: 'h\n', 'group_vars/all/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' };
    expect(devicesOf(files)).toHaveLength(1);
    expect(notesOf(files)).toEqual([
      'group_vars/all/vault.yml:1:1-15 is encrypted with ansible-vault, so the variables in it are not known here',
    ]);
  });
});

test.each([
  ['ios', 'cisco-ios'],
  ['cisco.ios.ios', 'cisco-ios'],
  ['nxos', 'cisco-nxos'],
  ['cisco.iosxr.iosxr', 'cisco-iosxr'],
  ['asa', 'cisco-asa'],
  ['cisco.ftd', 'cisco-asa'],
  ['junos', 'juniper-junos'],
  ['paloaltonetworks.panos', 'paloalto-panos'],
  ['paloaltonetworks.panos.panos', 'paloalto-panos'],
])('ansible_network_os %s is %s', (system, platform) => {
  expect(devicesOf(`h ansible_network_os=${system}\n`)).toMatchObject([{ platform }]);
});

test('devices of other vendors and the machine itself are left out with a note', () => {
  const text = '[all]\na\nb ansible_network_os=arista.eos.eos\nlocalhost ansible_connection=local\n';
  expect(devicesOf(text)).toMatchObject([{ name: 'a' }]);
  expect(notesOf(text)).toEqual([
    'inventory:3:3-36 b is left out: configurations of arista.eos.eos are not read here',
    'inventory:4:11-35 localhost is the machine itself (ansible_connection=local); it is left out',
  ]);
});

test('our own variables say what Ansible has no words for', () => {
  const text = `all:
  hosts:
    h:
      ansible_network_os: arista.eos.eos
      brokerfence_platform: cisco-ios
      brokerfence_legacy: yes
      brokerfence_timeout: 30
      brokerfence_contexts: [a, b]
      brokerfence_credential: {command: [pass, show, x]}
      brokerfence_enable: env:EN
      brokerfence_passphrase: prompt
      ansible_password: "{{ vault_password }}"
`;
  expect(devicesOf(text)).toEqual([
    {
      name: 'h',
      host: 'h',
      groups: [],
      platform: 'cisco-ios',
      legacy: true,
      timeoutSeconds: 30,
      contexts: ['a', 'b'],
      credential: { kind: 'command', command: ['pass', 'show', 'x'] },
      enable: { kind: 'environment', variable: 'EN' },
      passphrase: { kind: 'prompt' },
    },
  ]);
});

test('arguments of ssh are options, quotes and all', () => {
  const text = `h ansible_ssh_common_args='-J u@b:2022 -C -o "KexAlgorithms=+diffie-hellman-group1-sha1" -oCiphers=aes128-cbc -v -i "~/a b"'\n`;
  expect(devicesOf(text)).toMatchObject([
    {
      options: [
        'ProxyJump u@b:2022',
        'KexAlgorithms +diffie-hellman-group1-sha1',
        'Ciphers aes128-cbc',
        'IdentityFile ~/a b',
      ],
    },
  ]);
});

describe('ranges of hosts', () => {
  const names = (pattern: string): unknown[] =>
    devicesOf(`[g]\n${pattern}\n`).map((device) => ('name' in device ? device.name : undefined));
  test.each([
    ['fw[1:3]', ['fw1', 'fw2', 'fw3']],
    ['fw[08:11].x', ['fw08.x', 'fw09.x', 'fw10.x', 'fw11.x']],
    ['[a:c:2]x', ['ax', 'cx']],
    ['r[1:2]-[x:y]', ['r1-x', 'r1-y', 'r2-x', 'r2-y']],
    ['fw[:2]', ['fw0', 'fw1', 'fw2']],
    ['2001:db8::1', ['2001:db8::1']],
    ['[2001:db8::1]:22', ['2001:db8::1']],
    ['x[1:2]:22', ['x1', 'x2']],
  ])('%s', (pattern, hosts) => {
    expect(names(pattern)).toEqual(hosts);
  });

  test.each([
    ['fw[3:1]', 'the range [3:1] ends before it begins'],
    ['fw[01:100]', 'the range [01:100] begins with a zero, so both its ends must be of one length'],
    ['fw[a:3]', 'the range [a:3] is neither of numbers nor of single letters'],
    ['fw[aa:bb]', 'the range [aa:bb] is neither of numbers nor of single letters'],
    ['fw[1:9:0]', 'the range [1:9:0] makes no steps'],
    ['fw[1:99999999]', 'the range [1:99999999] stands for more than 20000 hosts'],
    ['f[1:999]-[1:999]', '"f[1:999]-[1:999]" names more than 20000 hosts'],
    ['fw[1]', '"fw[1]" is no name of a host, nor a range of them'],
  ])('%s is wrong', (pattern, message) => {
    expect(problemsOf(`[g]\n${pattern}\n`)).toEqual([`inventory:2:1-${pattern.length + 1} ${message}`]);
    expect(problemsOf(`g:\n  hosts:\n    '${pattern}':\n`)).toEqual([`inventory:3:5-${pattern.length + 7} ${message}`]);
  });
});

describe('what is wrong with an inventory', () => {
  test.each([
    ['[g]\nh x\n', '2:3-4 what follows a host is name=value'],
    ['[g]\nh a="b\n', '2:5-7 a quote that is not closed'],
    ['[g:vars]\nx=1\n[h]\na\n', '1:1-9 no group "g"; did you mean "h"?'],
    ['[g:children]\nx\n[y]\na\n', '2:1-2 no group "x"; did you mean "g" or "y"?'],
    ['[g:wars]\nh\n', '1:1-9 [g:wars] is no section; there are [group], [group:vars] and [group:children]'],
    ['[g]\nh\n[g:vars]\nnothing\n', '4:1-8 a variable of a group is name=value'],
    ['[a:children]\nb\n[b:children]\na\n[a]\nh\n', '4:1-2 a group cannot contain itself: a contains b contains a'],
    ['a: {hosts: {h: }, children: {a: }}\n', '1:30-31 a group cannot contain itself: a contains a'],
    ['a: {host: {h: }, vars: }\n', '1:5-9 no key "host"; did you mean "hosts"?'],
    ['a: {hosts: [h]}\n', '1:12-15 hosts is a mapping, each host followed by a colon'],
    ['h ansible_port=ssh\n', '1:3-19 ansible_port must be a number from 1 to 65535, not "ssh"'],
    ['h brokerfence_legacy=maybe\n', '1:3-27 brokerfence_legacy must be true or false, not "maybe"'],
    ['H\nh\n', '2:1-2 "h" and "H" in line 1 differ in upper and lower case only, and files are called by names'],
    [
      'h ansible_host="{{ net }}.1"\n',
      '1:3-29 ansible_host is a template of Jinja, which is not worked out here; write the value, or take it from ansible-inventory --list --yaml',
    ],
    [
      'a: {hosts: {h: {ansible_host: !vault x}}}\n',
      '1:38-39 ansible_host is encrypted with ansible-vault, which is not read here',
    ],
    [
      'plugin: netbox.netbox.nb_inventory\n',
      '1:1-35 is the configuration of a plugin that makes an inventory; write its result to a file: ansible-inventory --list --yaml',
    ],
    [
      'hostname: fw1\n',
      '1:1-14 is no inventory: one of this program begins with version: 1 and has devices, one of Ansible has groups with hosts',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toContain(`inventory:${problem}`);
  });

  test('is that it is empty, or not there', () => {
    expect(problemsOf('')).toEqual(['inventory is empty']);
    expect(problemsOf('# none\n')).toEqual(['inventory names no devices']);
    expect(problemsOf({ 'no/such': { error: 'ENOENT' } })).toEqual(['no/such does not exist']);
  });

  test('in files of variables is said with their places', () => {
    expect(problemsOf({ i: 'h\n', 'host_vars/h.yml': 'a: [\n' })[0]).toMatch(/^host_vars\/h\.yml:2:1-2 /u);
    expect(problemsOf({ i: 'h\n', 'group_vars/all.yml': '- a\n' })).toEqual([
      'group_vars/all.yml:1:1-4 variables are a mapping, each name followed by a colon',
    ]);
    expect(problemsOf({ i: 'h\n', 'group_vars/all.yml': 'ansible_port: 0\n' })[0]).toMatch(
      /^group_vars\/all\.yml:1:15/u,
    );
  });

  test('in a group is said once, however many hosts are in it', () => {
    expect(problemsOf('[g]\nh[1:50]\n[g:vars]\nansible_port=x\n')).toHaveLength(1);
  });
});

test("a host's own name is filled in", () => {
  expect(devicesOf('[g]\na\nb\n[g:vars]\nansible_host={{ inventory_hostname }}.example\n')).toMatchObject([
    { host: 'a.example' },
    { host: 'b.example' },
  ]);
});

describe('a secret', () => {
  const todo = (of: string): string =>
    `write "{{ lookup('env', 'NAME') }}", or set brokerfence_${of} to prompt, env:NAME or {command: [program, word]}`;

  test.each([
    ["{{ lookup('env', 'X') }}"],
    ['{{ lookup("env","X") }}'],
    ["{{lookup( 'ansible.builtin.env', 'X' )}}"],
    ["{{ query('env', 'X') }}"],
  ])('of the environment is a reference to it: %s', (text) => {
    const yaml = `g:\n  hosts:\n    h:\n      ansible_become_password: >-\n        ${text}\n`;
    expect(devicesOf(yaml)).toMatchObject([{ enable: { kind: 'environment', variable: 'X' } }]);
  });

  test.each([
    [
      'ansible_password',
      'hunter2',
      'credential',
      'stands here in clear text, from where it is not taken; remove it and',
    ],
    [
      'ansible_ssh_pass',
      'hunter2',
      'credential',
      'stands here in clear text, from where it is not taken; remove it and',
    ],
    [
      'ansible_become_pass',
      'hunter2',
      'enable',
      'stands here in clear text, from where it is not taken; remove it and',
    ],
    ['ansible_password', '!vault hunter2', 'credential', 'is encrypted with ansible-vault, which is not read here;'],
    ['ansible_password', '"{{ hunter2 }}"', 'credential', 'is a template of Jinja, which is not worked out here;'],
    [
      'ansible_password',
      `"{{ lookup('env', 'X') | default('hunter2') }}"`,
      'credential',
      'is a template of Jinja, which is not worked out here;',
    ],
    [
      'ansible_password',
      '"$ANSIBLE_VAULT;1.1;hunter2"',
      'credential',
      'is encrypted with ansible-vault, which is not read here;',
    ],
  ])('in %s: %s is refused, and not shown', (name, value, of, reason) => {
    const yaml = `g:\n  hosts:\n    h:\n      ${name}: ${value}\n`;
    expect(problemsOf(yaml).map((each) => each.replace(/^\S+ /u, ''))).toEqual([`${name} ${reason} ${todo(of)}`]);
    expect(shownOf(yaml)).not.toContain('hunter2');
    if (value !== 'hunter2') return;
    for (const ini of [`h ${name}=${value}\n`, `h ${name}="${value}" x=1\n`, `h\n[all:vars]\n${name} = ${value}\n`]) {
      expect(problemsOf(ini)).toHaveLength(1);
      expect(shownOf(ini)).not.toContain('hunter2');
    }
  });

  test('in a block of several lines is not shown either', () => {
    const yaml =
      'g:\n  hosts:\n    h:\n      ansible_password: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6869\n';
    expect(problemsOf(yaml)).toEqual([
      `inventory:4:32-33 ansible_password is encrypted with ansible-vault, which is not read here; ${todo('credential')}`,
    ]);
    expect(shownOf(yaml)).not.toContain('6869');
  });

  test('that is written beside a problem is not shown with it', () => {
    expect(shownOf('h ansible_port=x ansible_password=hunter2\n')).not.toContain('hunter2');
    expect(shownOf('h ansible_password=hunter2 ansible_port=x\n')).not.toContain('hunter2');
  });

  test('of a vault that we do not need is no problem', () => {
    const yaml = 'g:\n  hosts: {h: }\n  vars:\n    api_token: !vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      6869\n';
    expect(devicesOf(yaml)).toHaveLength(1);
  });
});
