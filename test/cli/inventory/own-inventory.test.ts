/** Inventories in the program's own form: what they say of devices, and everything that is wrong with one at once. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../support/fake-io.ts';
import { devicesOf, problemsOf, shownOf } from './inventories.ts';

const EXAMPLE = `# The plant.
version: 1
defaults:
  user: audit
  credential: {env: PLANT_PASSWORD}
  timeout: 120
groups:
  edge:
    platform: cisco-asa
    credential: prompt
    enable: {command: [pass, show, net/enable]}
    jump: bastion
  old:
    legacy: true
    user: legacy-audit
jump-hosts:
  - {name: bastion, host: 192.0.2.1, port: 2222, user: jump, identity-file: keys/jump}
  - {name: inner, jump: bastion, credential: prompt}
devices:
  - name: fw1
  - name: fw2
    host: 192.0.2.12
    port: 8022
    groups: [edge, old]
    contexts: [admin, dmz]
    known-hosts: [known_hosts, /etc/k]
  - name: fw3
    groups: [old, edge]
    user: own
    credential: prompt
    passphrase: {env: KEY_PASSPHRASE}
    identity-file: [~/.ssh/plant, keys/second]
    jump: [inner, ssh://joe@deep:2200]
    timeout: 60
  - {name: fw4, groups: [edge], jump: none, platform: juniper-junos}
  - {name: fw5, jump: fw2}
`;

test('devices have the settings of their groups, the later first, below their own and above the defaults', () => {
  const base = { user: 'audit', credential: { kind: 'environment', variable: 'PLANT_PASSWORD' }, timeoutSeconds: 120 };
  const enable = { kind: 'command', command: ['pass', 'show', 'net/enable'] };
  const edge = { credential: { kind: 'prompt', scope: 'edge' }, enable, platform: 'cisco-asa' };
  expect(devicesOf({ 'net/devices.yaml': EXAMPLE })).toEqual([
    { ...base, name: 'fw1', host: 'fw1', platform: 'auto', groups: [] },
    {
      ...base,
      ...edge,
      name: 'fw2',
      host: '192.0.2.12',
      port: 8022,
      user: 'legacy-audit',
      legacy: true,
      groups: ['edge', 'old'],
      contexts: ['admin', 'dmz'],
      knownHostsFiles: ['net/known_hosts', '/etc/k'],
      jumps: ['192.0.2.1'],
    },
    {
      ...base,
      ...edge,
      name: 'fw3',
      host: 'fw3',
      user: 'own',
      legacy: true,
      groups: ['old', 'edge'],
      credential: { kind: 'prompt', scope: 'fw3' },
      passphrase: { kind: 'environment', variable: 'KEY_PASSPHRASE' },
      identityFiles: ['~/.ssh/plant', 'net/keys/second'],
      jumps: ['192.0.2.1', 'inner', 'deep'],
      timeoutSeconds: 60,
    },
    { ...base, ...edge, name: 'fw4', host: 'fw4', groups: ['edge'], platform: 'juniper-junos', jumps: [] },
    // A device as a jump host is reached through its own jump host.
    { ...base, name: 'fw5', host: 'fw5', platform: 'auto', groups: [], jumps: ['192.0.2.1', '192.0.2.12'] },
  ]);
});

test('everything that is wrong is said at once, with its place and the nearest right word', () => {
  const text = `version: 1
defualts: {}
groups: {edge: {platfrom: auto}}
devices:
  - {name: a, port: 70000, platform: cisco-asaa, timeout: 0}
  - {nam: b}
  - {name: c, legacy: yes please, contexts: []}
`;
  expect(problemsOf(text)).toEqual([
    'inventory:2:1-9 no key "defualts"; did you mean "defaults"?',
    'inventory:3:17-25 no key "platfrom"; did you mean "platform"?',
    'inventory:5:21-26 "port" must be at most 65535, not 70000',
    'inventory:5:38-48 "platform" must be cisco-ios, cisco-nxos, cisco-iosxr, cisco-asa, juniper-junos, paloalto-panos or auto, not "cisco-asaa"',
    'inventory:5:59-60 "timeout" must be at least 1, not 0',
    'inventory:6:5-13 "name" is missing',
    'inventory:6:6-9 no key "nam"; did you mean "name"?',
    'inventory:7:23-33 "legacy" must be true or false, not "yes please"',
    'inventory:7:45-47 "contexts" is empty',
  ]);
});

test.each([
  [
    'devices: [{name: a}, {name: A}]',
    '"A" and "a" in line 2 differ in upper and lower case only, and files are called by names',
  ],
  ['devices: [{name: a}, {name: a}]', '"a" is named already in line 2'],
  ['devices: [{name: a, groups: [egde]}]\ngroups: {edge: {}}', 'no group "egde"; did you mean "edge"?'],
  [
    'devices: [{name: a, jump: bation}]\njump-hosts: [{name: bastion}]',
    'no jump host "bation"; did you mean "bastion"? (a host of ~/.ssh/config is written ssh://name)',
  ],
  [
    'devices: [{name: a, jump: b}]\njump-hosts: [{name: b, jump: c}, {name: c, jump: b}]',
    'the jump hosts lead back to where they began: b through c through b',
  ],
  ['devices: [{name: a, jump: a}]', 'the jump hosts lead back to where they began: a through a'],
  ['devices: [{name: a, jump: "ssh://u@h:0"}]', 'port 0 is not 1 to 65535'],
  ['devices: [{name: a}]\njump-hosts: [{name: a}]', '"a" is a device, too; a device can be named in jump as it is'],
  ['devices: []', 'the inventory names no devices'],
  ['devices:', 'the inventory names no devices'],
  [`devices: [{name: ${'a'.repeat(129)}}]`, 'a name has at most 128 characters, as files are called by it'],
  ['devices: [{name: a, credential: {env: a b}}]', '"env" must be the name of an environment variable'],
])('entries that do not agree: %s', (text, message) => {
  expect(problemsOf(`version: 1\n${text}\n`).map((each) => each.replace(/^\S+ /u, ''))).toEqual([message]);
});

describe('a secret in the inventory', () => {
  const REFERENCE =
    'must be prompt, {env: NAME} or {command: [program, word]}; a secret itself never stands in an inventory';
  test.each([
    [
      'password: hunter2',
      /^a secret does not stand in an inventory; say where it comes from: credential: \{env: NAME\}/u,
    ],
    ['ansible_password: hunter2', /^a secret does not stand in an inventory/u],
    ['enable-secret: hunter2', /^a secret does not stand in an inventory/u],
    ['credential: hunter2', `"credential" ${REFERENCE}`],
    ['enable: "hunter2"', `"enable" ${REFERENCE}`],
    ['passphrase: [hunter2]', `"passphrase" ${REFERENCE}`],
    ['credential: {env: A, command: [b]}', /^a secret comes from one place/u],
    ['credential: {}', /^a secret comes from one place/u],
  ])('%s is refused and not shown', (field, message) => {
    for (const text of [
      `version: 1\ndevices:\n  - name: a\n    ${field}\n`,
      `version: 1\ndevices: [{name: a, ${field}}]\n`,
    ]) {
      const [only, ...more] = problemsOf(text);
      expect(more).toEqual([]);
      expect(only?.replace(/^\S+ /u, '')).toMatch(message);
    }
    expect(shownOf(`version: 1\ndevices:\n  - name: a\n    ${field}\n`)).not.toMatch(/hunter2(?!\])/u);
  });

  test.each([
    '{ name: a, pasword: hunter2 }',
    '{ name: a, pswd: "hunter2 }" }',
    '{ name: a, paswrod: hunter2, host: b }',
  ])('are not shown behind a misspelt key either: %s', (entry) => {
    const shown = shownOf(`version: 1\ndevices:\n  - ${entry}\n`);
    expect(shown).toContain('no key');
    expect(shown).not.toContain('hunter2');
  });

  test('is not shown where the YAML itself is wrong', () => {
    expect(shownOf('version: 1\ndevices:\n  - name: a\n    password: "hunter2\n')).not.toContain('hunter2');
    expect(shownOf("version: 1\ndevices:\n  - name: a\n    credential: 'hunter2' x\n")).not.toContain('hunter2');
  });
});

describe('the JSON Schema', () => {
  const schema = async (): Promise<object> => JSON.parse((await run(['schema', 'inventory'])).stdout);

  test('takes what is taken here, and refuses what is refused', async () => {
    const validate = new Ajv2020({ strict: false }).compile(await schema());
    expect(validate(parse(EXAMPLE)) || validate.errors).toBe(true);
    for (const device of [
      '{}',
      '{name: a, password: x}',
      '{name: a, credential: x}',
      '{name: a, port: 0}',
      '{name: a, enable: {}}',
    ]) {
      expect(validate(parse(`version: 1\ndevices: [${device}]`)), device).toBe(false);
    }
    expect(validate(parse('version: 2\ndevices: []'))).toBe(false);
  });
});
