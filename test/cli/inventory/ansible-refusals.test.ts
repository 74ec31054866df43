/** What Ansible takes and we do not, or takes in one way here and in another there; and what is said of it. */
import { describe, expect, test } from 'vitest';
import { devicesOf, loadedDevices, notesOf, problemsOf } from './inventories.ts';

describe('a pattern of hosts with a port that Ansible would take for a name', () => {
  test.each([
    'fw1.:22',
    'fw_:22',
    'fw[:2]:22',
    '[1:3]:22',
    '[a:c]:22',
    '[1:3]-[4:5]:22',
    'a:b',
    'h1:2:x',
    'fw1:',
    '2001:db8::',
    '[fe80::1%eth0]:22',
    'a|b[1:2]',
  ])('%s', (pattern) => {
    expect(problemsOf(`[g]\n${pattern}\n`)).toHaveLength(1);
    expect(problemsOf(`g: {hosts: {"${pattern}": }}\n`)).toHaveLength(1);
  });

  test('but not an address with its zone', () => {
    expect(devicesOf('[g]\nfe80::1%eth0\n')).toMatchObject([{ host: 'fe80::1%eth0' }]);
  });
});

test.each([
  ['[1:3:2]\n', '1:1-8 [1:3:2] is no section; there are [group], [group:vars] and [group:children]'],
  ['[a b]\nh\n', '1:1-6 [a b] is no section; there are [group], [group:vars] and [group:children]'],
  ['h\n---\n', '2:1-4 --- begins a file of YAML, not of this form'],
  ['h a=b\\\n', '1:6-7 a backslash with nothing behind it'],
  ['[a:children]\nall\n[a]\nh\n', '2:1-4 a group cannot contain "all", which contains every group'],
  ['a: {hosts: {h: }, children: {all: }}\n', '1:30-33 a group cannot contain "all", which contains every group'],
  ['h\n[a:children]\nungrouped\n', '3:1-10 a group cannot contain "ungrouped", the hosts that are in no group'],
  [
    '[a]\nh\n[a:vars]\nansible_group_priority=high\n',
    '4:1-28 ansible_group_priority must be a whole number, not "high"',
  ],
  ['h\n[g]\nall\n', '3:1-4 a host cannot be called "all", as a group is'],
  ['all: {hosts: {ungrouped: }}\n', '1:15-24 a host cannot be called "ungrouped", as a group is'],
  ['h ansible_host=""\n', '1:3-18 the address of the device is empty'],
  ['h ansible_user=True\n', '1:3-20 ansible_user must be text, not true'],
  ['a: {hosts: {h: {ansible_user: yes}}}\n', '1:31-34 ansible_user must be text, not true'],
  [
    'h ansible_host=a ansible_ssh_host=b\n',
    '1:18-36 ansible_ssh_host differs from ansible_host, and which counts depends on the connection; name one',
  ],
  [
    'h ansible_user=a\n[all:vars]\nansible_ssh_user=b\n',
    '3:1-19 ansible_ssh_user differs from ansible_user, and which counts depends on the connection; name one',
  ],
  [
    'h ansible_ssh_port=22 ansible_port=23\n',
    '1:3-22 ansible_ssh_port differs from ansible_port, and which counts depends on the connection; name one',
  ],
  ['h ansible_ssh_common_args="-J \'j"\n', '1:3-34 ansible_ssh_common_args has a quote that is not closed'],
])('%s is a problem', (text, problem) => {
  expect(problemsOf(text)).toContain(`inventory:${problem}`);
});

test.each(['\r', '\v', '\f', '\u001C', '\u0085', '\u2028'])('%j ends a line for Ansible alone', (end) => {
  expect(problemsOf(`# the hosts of the plant:${end}h\nk\n`)).toEqual([
    'inventory:1:26-27 Ansible takes this character for the end of a line; end lines with LF or CR LF',
  ]);
});

test('two spellings that say the same are no problem, nor is one that says nothing', () => {
  const text = 'h ansible_host=a ansible_ssh_host=a ansible_port=22 ansible_ssh_port="022"\n';
  expect(problemsOf(text)).toHaveLength(1);
  expect(devicesOf(text.replace('022', '22'))).toMatchObject([{ host: 'a', port: 22 }]);
  expect(devicesOf('h ansible_user=None ansible_ssh_user=u\n')).toMatchObject([{ user: 'u' }]);
});

test('a byte order mark hides no section', () => {
  expect(devicesOf('\uFEFF[g]\nh\n')).toMatchObject([{ name: 'h', groups: ['g'] }]);
});

test('a file of variables that another one hides is spoken of', () => {
  const files = { i: '[g]\nh\n', 'group_vars/g/a.yml': 'x: 1', 'group_vars/g.yml': 'x: 2', 'host_vars/h.yml': 'y: 1' };
  expect(notesOf(files)).toEqual(['group_vars/g.yml is not read, as Ansible reads group_vars/g in its place']);
});

describe('options of ssh', () => {
  const optionsOf = (words: string): unknown =>
    loadedDevices(`h ${words}\n`).map(({ port, user, sshOptions = [] }) => [
      port,
      user,
      ...sshOptions.map(({ keyword, value }) => `${keyword} ${value}`),
    ])[0];

  test('are in the order in which Ansible gives them to ssh, where the first counts', () => {
    const three = "ansible_ssh_extra_args='-J c' ansible_ssh_common_args='-J b' ansible_ssh_args='-J a'";
    expect(optionsOf(three)).toEqual([undefined, undefined, 'ProxyJump a', 'ProxyJump b', 'ProxyJump c']);
  });

  test('in ansible_ssh_args stand before port and user, others behind them', () => {
    const own = 'ansible_port=1 ansible_user=u';
    expect(optionsOf(`${own} ansible_ssh_args='-p 2 -o User=v'`)).toEqual([undefined, undefined, 'Port 2', 'User v']);
    expect(optionsOf(`${own} ansible_ssh_common_args='-p 2'`)).toEqual([1, 'u', 'Port 2']);
  });

  test.each(['ansible_libssh_proxy_command', 'ansible_paramiko_proxy_command'])('%s is a ProxyCommand', (name) => {
    expect(optionsOf(`${name}='ssh -W %h:%p j'`)).toEqual([undefined, undefined, 'ProxyCommand ssh -W %h:%p j']);
  });
});
