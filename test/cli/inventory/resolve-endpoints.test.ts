/** Devices with everything looked up: what the inventory says wins over ~/.ssh/config, that over what ssh does by default. */
import { describe, expect, test } from 'vitest';
import type { InventoryDevice } from '../../../cli/sources/inventory/inventory-device.ts';
import { loadInventory } from '../../../cli/sources/inventory/load-inventory.ts';
import { resolveEndpoints } from '../../../cli/sources/inventory/resolve-endpoints.ts';
import { deviceOfAddress, readAddress } from '../../../cli/sources/inventory/ssh-address.ts';
import type { Endpoint } from '../../../cli/sources/ssh/endpoint.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';
import { said } from './inventories.ts';

type Files = Readonly<Record<string, Node>>;

const ENV = { USER: 'me', SSH_AUTH_SOCK: '/run/agent' };

function resolved(inventory: string, files: Files, env: Readonly<Record<string, string>> = ENV) {
  const memory = new MemoryFiles({ inventory, ...files });
  const loaded = loadInventory('inventory', memory);
  if (loaded.kind === 'problems') throw new Error(loaded.problems.map(said).join('\n'));
  return resolveEndpoints(loaded.devices, { env, home: 'home', files: memory });
}

function endpointsOf(
  inventory: string,
  config = '',
  files: Files = {},
  env: Readonly<Record<string, string>> = ENV,
): readonly Endpoint[] {
  const result = resolved(inventory, { 'home/.ssh/config': config, ...files }, env);
  if (result.kind === 'problems') throw new Error(result.problems.map(said).join('\n'));
  return result.endpoints;
}

const endpointOf = (inventory: string, config = '', files: Files = {}): Endpoint | undefined =>
  endpointsOf(inventory, config, files)[0];

const problemsOf = (inventory: string, config: string): string[] => {
  const result = resolved(inventory, { 'home/.ssh/config': config });
  return result.kind === 'problems' ? result.problems.map(said) : [];
};

const own = (device: string, rest = ''): string => `version: 1\n${rest}devices:\n  - ${device}\n`;

const KNOWN_HOSTS = [
  'home/.ssh/known_hosts',
  'home/.ssh/known_hosts2',
  '/etc/ssh/ssh_known_hosts',
  '/etc/ssh/ssh_known_hosts2',
];

test('by default all is as ssh has it', () => {
  const files = { 'home/.ssh/id_ed25519': 'k', 'home/.ssh/id_rsa': 'k', 'home/.ssh/id_dsa': 'k' };
  expect(endpointOf(own('{name: FW1}'), '', files)).toEqual({
    name: 'FW1',
    host: 'fw1',
    port: 22,
    user: 'me',
    hostKeyName: 'fw1',
    knownHostsFiles: KNOWN_HOSTS,
    identityFiles: ['home/.ssh/id_rsa', 'home/.ssh/id_ed25519'],
    identitiesOnly: false,
    agentSocket: '/run/agent',
    algorithms: {},
    legacy: false,
    platform: 'auto',
    jumps: [],
    deadlineSeconds: 300,
    place: { source: 'inventory', line: 3, column: 12, endColumn: 15 },
  });
});

const CONFIG = `Host fw1
  HostName 10.0.0.1
  Port 2022
  User config
  IdentityFile ~/.ssh/%r@%h-%p-%n-%u-%%
  IdentityFile %d/second
  IdentitiesOnly yes
  IdentityAgent ~/agent.sock
  UserKnownHostsFile ~/plant_hosts "\${PLANT}/ours and theirs"
  GlobalKnownHostsFile /%h/hosts
  KexAlgorithms +diffie-hellman-group1-sha1
  HostKeyAlgorithms ssh-rsa
  Ciphers ^aes128-cbc,nonsense
  MACs hmac-sha1
`;

test('what ~/.ssh/config says is looked up, with its tokens', () => {
  const env = { ...ENV, PLANT: '/plant' };
  const [endpoint] = endpointsOf(own('{name: fw1}'), CONFIG, {}, env);
  expect(endpoint).toMatchObject({
    host: '10.0.0.1',
    port: 2022,
    user: 'config',
    hostKeyName: '[10.0.0.1]:2022',
    knownHostsFiles: ['home/plant_hosts', '/plant/ours and theirs', '/%h/hosts'],
    identityFiles: ['home/.ssh/config@10.0.0.1-2022-fw1-me-%', 'home/second'],
    identitiesOnly: true,
    agentSocket: 'home/agent.sock',
  });
  expect(endpoint?.algorithms.kex?.at(-1)).toBe('diffie-hellman-group1-sha1');
  expect(endpoint?.algorithms.hostKey).toEqual(['ssh-rsa']);
  expect(endpoint?.algorithms.hostKeyInOrder).toBe(true);
  expect(endpoint?.hostKeyIsAlias).toBeUndefined();
  expect(endpoint?.algorithms.cipher?.slice(0, 2)).toEqual(['aes128-cbc', 'aes128-gcm@openssh.com']);
  expect(endpoint?.algorithms.mac).toEqual(['hmac-sha1']);
  const result = resolved(own('{name: fw1}'), { 'home/.ssh/config': CONFIG }, env);
  expect(result.kind === 'endpoints' && result.notes.map(said)).toEqual([
    'home/.ssh/config:13:3-31 nonsense cannot be used here; the rest of the list is',
  ]);
});

test('what the inventory says wins, and files of keys are added before the others', () => {
  const device = '{name: fw1, port: 8022, user: own, identity-file: k1, known-hosts: kh, legacy: true, timeout: 9}';
  expect(endpointOf(own(device), CONFIG.replace(/.*PLANT.*\n/u, ''))).toMatchObject({
    host: '10.0.0.1',
    port: 8022,
    user: 'own',
    hostKeyName: '[10.0.0.1]:8022',
    knownHostsFiles: ['kh'],
    identityFiles: ['k1', 'home/.ssh/own@10.0.0.1-8022-fw1-me-%', 'home/second'],
    legacy: true,
    deadlineSeconds: 9,
  });
});

test.each([
  ['rsa-sha2-512,ssh-ed25519', true],
  ['^rsa-sha2-512', true],
  ['+ssh-rsa', undefined],
  ['-ecdsa*', undefined],
])('HostKeyAlgorithms %s gives an order: %s', (list, isInOrder) => {
  const algorithms = endpointOf(own('{name: fw1}'), `HostKeyAlgorithms ${list}\n`)?.algorithms;
  expect(algorithms?.hostKeyInOrder).toBe(isInOrder);
});

test('arguments of ssh in an Ansible inventory win over the files, and are checked as they are', () => {
  const ini = `fw1 ansible_ssh_common_args="-o Port=77 -o HostKeyAlias=Plant -o Ciphers=aes256-ctr"\n`;
  expect(endpointOf(ini, CONFIG.replace(/.*PLANT.*\n/u, ''))).toMatchObject({
    port: 77,
    hostKeyName: 'plant',
    hostKeyIsAlias: true,
    algorithms: { cipher: ['aes256-ctr'] },
  });
  expect(problemsOf('fw1 ansible_ssh_common_args="-o ProxyCommand=\'nc %h %p\'"\n', '')).toEqual([
    'inventory:1:5-57 ProxyCommand is not run here; use ProxyJump, or name the jump host in the inventory',
  ]);
});

describe('an agent', () => {
  test.each([
    ['IdentityAgent none', undefined],
    ['IdentityAgent SSH_AUTH_SOCK', '/run/agent'],
    ['IdentityAgent $OTHER', '/run/other'],
    ['IdentityAgent ${OTHER}.sock', '/run/other.sock'],
    ['', '/run/agent'],
  ])('%s', (config, socket) => {
    const [endpoint] = endpointsOf(own('{name: a}'), `${config}\n`, {}, { ...ENV, OTHER: '/run/other' });
    expect(endpoint?.agentSocket).toBe(socket);
  });

  test('is none where there is none', () => {
    const result = resolved(own('{name: a}'), {}, { USER: 'me', SSH_AUTH_SOCK: '' });
    expect(result.kind === 'endpoints' && 'agentSocket' in (result.endpoints[0] ?? {})).toBe(false);
  });
});

test('IdentityFile none leaves no key, not even the usual ones', () => {
  const files = { 'home/.ssh/id_ed25519': 'k' };
  expect(endpointOf(own('{name: a}'), 'IdentityFile none\n', files)?.identityFiles).toEqual([]);
});

describe('jump hosts', () => {
  const way = (endpoint: Endpoint | undefined): string[] =>
    (endpoint?.jumps ?? []).map(({ user, host, port }) => `${user}@${host}:${port}`);

  const JUMPS = `Host fw*
  ProxyJump first,joe@second:2022
Host first
  HostName first.example
  User f
  ProxyJump outer
Host second
  ProxyJump never
`;

  test('of ~/.ssh/config are reached in their order, the first one through its own', () => {
    expect(way(endpointOf(own('{name: fw1}'), JUMPS))).toEqual([
      'me@outer:22',
      'f@first.example:22',
      'joe@second:2022',
    ]);
  });

  test('are none where ~/.ssh/config says before that there is no command to connect by', () => {
    expect(way(endpointOf(own('{name: a}'), 'Host a\n  ProxyCommand none\n  ProxyJump b\n'))).toEqual([]);
    expect(way(endpointOf(own('{name: a}'), 'Host a\n  ProxyJump b\n  ProxyCommand none\n'))).toEqual(['me@b:22']);
  });

  test('of the inventory win, and none means none', () => {
    const hosts = 'jump-hosts:\n  - {name: bastion, host: 192.0.2.1, user: b, port: 99}\n';
    expect(way(endpointOf(own('{name: fw1, jump: bastion}', hosts), JUMPS))).toEqual(['b@192.0.2.1:99']);
    expect(way(endpointOf(own('{name: fw1, jump: none}'), JUMPS))).toEqual([]);
    expect(way(endpointOf(own('{name: x, jump: "ssh://first"}'), JUMPS))).toEqual([
      'me@outer:22',
      'f@first.example:22',
    ]);
    expect(way(endpointOf("fw1 ansible_ssh_common_args='-J second'\n", JUMPS))).toEqual([
      'me@never:22',
      'me@second:22',
    ]);
    expect(way(endpointOf("fw1 ansible_ssh_common_args='-o ProxyJump=none'\n", JUMPS))).toEqual([]);
  });

  test('of the inventory are reached as ~/.ssh/config says, unless the inventory says how', () => {
    const hosts = (jump: string): string => `jump-hosts:\n  - {name: first${jump}}\n  - {name: x}\n`;
    const wayBy = (jump: string): string[] => way(endpointOf(own('{name: fw1, jump: first}', hosts(jump)), JUMPS));
    expect(wayBy('')).toEqual(['me@outer:22', 'f@first.example:22']);
    expect(wayBy(', jump: none')).toEqual(['f@first.example:22']);
    expect(wayBy(', jump: x')).toEqual(['me@x:22', 'f@first.example:22']);
  });

  test('are never given the password of the devices, unless the inventory says so', () => {
    const hosts = `defaults: {credential: {env: DEVICES}}
jump-hosts:
  - {name: plain}
  - {name: told, credential: {env: DEVICES}}
`;
    const jumpOf = (name: string) => endpointOf(own(`{name: fw1, jump: ${name}}`, hosts))?.jumps[0]?.credential;
    expect(jumpOf('plain')).toEqual({ kind: 'prompt', scope: 'plain' });
    expect(jumpOf('told')).toEqual({ kind: 'environment', variable: 'DEVICES' });
    expect(endpointOf(own('{name: fw1}'), JUMPS)?.jumps.map(({ credential }) => credential?.kind)).toEqual([
      'prompt',
      'prompt',
      'prompt',
    ]);
  });

  test.each([
    [
      'Host *\n  ProxyJump bastion\n',
      '2:3-20 the jump hosts lead back to where they began: a through bastion through bastion',
    ],
    [
      'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n',
      '2:3-14 the jump hosts lead back to where they began: a through b through a',
    ],
    ['ProxyJump b:99999\n', '1:1-18 port 99999 is not 1 to 65535'],
    [
      'ProxyJump -oProxyCommand=x\n',
      '1:1-27 "-oProxyCommand=x" is not an address such as admin@fw1 or ssh://admin@fw1:2222',
    ],
  ])('that lead nowhere: %s', (config, problem) => {
    const lines = problemsOf(own('{name: a}'), config);
    expect(lines).toEqual([`home/.ssh/config:${problem}`]);
  });
});

test.each([
  ['RequiredRSASize 2048', { requiredRsaBits: 2048 }],
  ['IdentitiesOnly True', { identitiesOnly: true }],
  ['RevokedHostKeys none\nCheckHostIP false\nCanonicalizeHostname no', {}],
])('%s is heard', (config, expected) => {
  expect(resolved(own('{name: fw1}'), { 'home/.ssh/config': config })).toMatchObject({ notes: [] });
  expect(endpointOf(own('{name: fw1}'), config)).toMatchObject(expected);
});

test.each([
  ['CheckHostIP yes', 'CheckHostIP is not done here; a key is looked up by the name of the host'],
  ['KnownHostsCommand /bin/keys %H', 'KnownHostsCommand is not run here; keys are looked up in files'],
  [
    'CanonicalizeHostname always',
    'CanonicalizeHostname is not done here; hosts are connected to by the names that they have without',
  ],
])('%s is noted as not heard', (config, message) => {
  const result = resolved(own('{name: fw1}'), { 'home/.ssh/config': config });
  expect(result.kind === 'endpoints' && result.notes.map(said)).toEqual([
    `home/.ssh/config:1:1-${config.length + 1} ${message}`,
  ]);
});

test.each([
  [
    'RevokedHostKeys /etc/ssh/revoked',
    'RevokedHostKeys is not read here; write the keys into known_hosts, as @revoked',
  ],
  ['RequiredRSASize many', 'must be a number of bits'],
  ['HostName %h.%n', '%n is a token that HostName does not have; there are %h and %%'],
  ['HostName fw%', '% is a token that HostName does not have; there are %h and %%'],
  ['IdentityAgent $A-B', '$A-B is no name of a variable'],
  ['IdentityFile ~root/key', 'write the home directory of a user as a path: ~root/key'],
  ['IdentityFile /${HOME', '${HOME is no variable with its braces'],
  ['ProxyJump none # no way', '"none # no way" is not an address such as admin@fw1 or ssh://admin@fw1:2222'],
  ['UserKnownHostsFile a none', '"none" must stand alone'],
  ['User joe smith', 'has more than one value: joe smith'],
  ['Include ~root/more', '~root/more: write the home directory of a user as a path'],
])('%s is a problem', (config, message) => {
  expect(problemsOf(own('{name: fw1}'), config)).toEqual([`home/.ssh/config:1:1-${config.length + 1} ${message}`]);
});

test('an option of ssh in an inventory is taken apart as in a file', () => {
  const ini = `fw1 ansible_ssh_common_args="-o UserKnownHostsFile='/a /b' -o User=joe"\n`;
  expect(endpointOf(ini)).toMatchObject({ user: 'joe', knownHostsFiles: ['/a', '/b', ...KNOWN_HOSTS.slice(2)] });
});

describe('what cannot be followed is a problem with its place', () => {
  test.each([
    [
      'ProxyCommand nc %h %p\n',
      '1:1-22 ProxyCommand is not run here; use ProxyJump, or name the jump host in the inventory',
    ],
    ['Ciphers nonsense\n', '1:1-17 nothing is left of this list that can be used here'],
    ['Port many\n', '1:1-10 Port must be a number from 1 to 65535'],
    ['IdentityFile ~/%X\n', '1:1-18 %X is a token that is not known here'],
    ['UserKnownHostsFile ${NOT_SET}/x\n', '1:1-32 the variable NOT_SET is not set'],
  ])('%s', (config, problem) => {
    expect(problemsOf(own('{name: a}'), config)).toEqual([`home/.ssh/config:${problem}`]);
  });

  test('but a command that does not count is none', () => {
    expect(problemsOf(own('{name: a}'), 'ProxyCommand none\n')).toEqual([]);
    expect(problemsOf(own('{name: a}'), 'ProxyJump b\nProxyCommand nc\n')).toEqual([
      'home/.ssh/config:1:1-12 the jump hosts lead back to where they began: a through b through b',
    ]);
    expect(problemsOf(own('{name: a}'), 'Host a\n  ProxyJump b\n  ProxyCommand nc\n')).toEqual([]);
  });

  test('is a user that nobody names', () => {
    const result = resolved(own('{name: a}'), {}, {});
    expect(result.kind === 'problems' && result.problems.map(said)).toEqual([
      'inventory there is no user to log in to a as; name one',
    ]);
  });
});

describe('the file of ssh_config', () => {
  const device: InventoryDevice = { name: 'a', host: 'a', platform: 'auto', groups: [] };
  const portWith = (sshConfigFile?: string): unknown => {
    const files = new MemoryFiles({
      'home/.ssh/config': 'Port 1\nUser own\n',
      'other/config': 'Port 2\nInclude more\n',
      'home/.ssh/more': 'User included\n',
    });
    const given = sshConfigFile === undefined ? {} : { sshConfigFile };
    const result = resolveEndpoints([device], { env: ENV, home: 'home', files, ...given });
    if (result.kind === 'problems') return result.problems.map(said);
    return result.endpoints.map(({ user, port }) => `${user} ${port}`);
  };

  test('is that of the user, one that is named, or none', () => {
    expect(portWith()).toEqual(['own 1']);
    expect(portWith('other/config')).toEqual(['included 2']);
    expect(portWith('none')).toEqual(['me 22']);
    expect(portWith('no/such')).toEqual(['no/such does not exist, or is a directory']);
  });
});

describe('a device that is named on the command line', () => {
  test.each([
    ['fw1', { host: 'fw1' }],
    ['admin@fw1', { user: 'admin', host: 'fw1' }],
    ['admin@corp@fw1:2222', { user: 'admin@corp', host: 'fw1', port: 2222 }],
    ['ssh://admin@fw2:2222', { user: 'admin', host: 'fw2', port: 2222 }],
    ['ssh://a%40b@fw2/', { user: 'a@b', host: 'fw2' }],
    ['2001:db8::1', { host: '2001:db8::1' }],
    ['u@[2001:db8::1]:22', { user: 'u', host: '2001:db8::1', port: 22 }],
  ])('%s', (text, address) => {
    expect(readAddress(text)).toEqual({ kind: 'address', address });
    expect(deviceOfAddress(text)).toEqual({
      kind: 'device',
      device: { name: address.host, platform: 'auto', groups: [], ...address },
    });
  });

  test.each([
    ['ssh://admin:hunter2@fw1', '"ssh://admin:<masked>@fw1" holds a password; leave it out, it is asked for'],
    ['http://u:hunter2@fw1', '"http://u:<masked>@fw1" is not an address of ssh'],
    ['-oProxyCommand=x', '"-oProxyCommand=x" is not an address such as admin@fw1 or ssh://admin@fw1:2222'],
    ['-l@fw1', '"-l@fw1" is not an address such as admin@fw1 or ssh://admin@fw1:2222'],
    ['a b', '"a b" is not an address such as admin@fw1 or ssh://admin@fw1:2222'],
    ['@fw1', '"@fw1" is not an address such as admin@fw1 or ssh://admin@fw1:2222'],
    ['', '"" is not an address such as admin@fw1 or ssh://admin@fw1:2222'],
    ['fw1:0', 'port 0 is not 1 to 65535'],
  ])('%s is refused', (text, message) => {
    expect(deviceOfAddress(text)).toEqual({ kind: 'wrong', message });
  });
});
