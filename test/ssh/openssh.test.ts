/** Collections from real OpenSSH servers, FRRouting's command line, and played devices as login shells. */
import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CollectDocument } from '../../cli/reports/collect-schema.ts';
import { Servers, playedShell, type Sshd } from './servers.ts';

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts');
const DIALOGUES = [
  'cisco-ios',
  'cisco-asa',
  'cisco-ftd',
  'cisco-nxos',
  'cisco-iosxr',
  'juniper-junos',
  'juniper-junos-root',
  'paloalto-panos',
];
/** Enough that the configuration comes in many pieces, with wide lines and something like a prompt in it. */
const INTERFACES = Array.from({ length: 250 }, (_, index) => [
  `interface port${index}`,
  ` description rack${index}# of the plan, ${'behind the wall '.repeat(12)}`,
  'exit',
]);
const FRR_CONFIG = `${['hostname frr-edge', ...INTERFACES.flat()].join('\n')}\n`;

const SECRETS = { BROKERFENCE_ENABLE: 'enable-for-tests', BROKERFENCE_PASSPHRASE: 'a passphrase' };

const servers = new Servers();
let played: Sshd = { ports: [], hostKeyLine: '', fingerprint: '' };
let frr = played;
let jump = played;
let old = played;
let vtysh = '';

beforeAll(async () => {
  vtysh = await servers.frrouting(FRR_CONFIG);
  played = await servers.sshd(DIALOGUES.map(playedShell));
  // New keys in the middle of the configuration.
  frr = await servers.sshd([vtysh], ['Banner /etc/hostname', 'RekeyLimit 16K']);
  jump = await servers.sshd(['/bin/false'], ['AllowTcpForwarding yes', 'PermitTTY no']);
  // What a device of 2008 offers, as far as OpenSSH still has it.
  const legacy = ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes128-cbc,3des-cbc', 'MACs hmac-sha1'];
  old = await servers.sshd([playedShell('cisco-ios')], [...legacy, 'HostKeyAlgorithms ssh-rsa'], 'rsa');
});
afterAll(() => servers.close());

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as its own process, in a directory of its own. */
function brokerfence(...argv: readonly string[]): Promise<Run> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: servers.directory, ...SECRETS };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...argv],
      { cwd: servers.directory, env, maxBuffer: 1 << 26 },
      (_, stdout, stderr) => done({ status: child.exitCode, stdout, stderr }),
    );
  });
}

interface Entry {
  readonly name: string;
  readonly port: number;
  readonly more?: string;
}

function inventory(name: string, entries: readonly Entry[], known: readonly (readonly [Sshd, number])[]): string[] {
  const devices = entries.map(
    ({ name: device, port, more = '' }) => `  - { name: ${device}, host: 127.0.0.1, port: ${port}${more} }`,
  );
  const defaults = `{ user: ${servers.user}, identity-file: ${servers.identityFile}, known-hosts: known_hosts_${name} }`;
  writeFileSync(
    join(servers.directory, `${name}.yaml`),
    ['version: 1', `defaults: ${defaults}`, 'jump-hosts:', jumpHost(name), 'devices:', ...devices, ''].join('\n'),
  );
  const lines = known.map(([{ hostKeyLine }, port]) => `[127.0.0.1]:${port} ${hostKeyLine}`);
  writeFileSync(join(servers.directory, `known_hosts_${name}`), `${lines.join('\n')}\n`);
  return ['collect', '--inventory', `${name}.yaml`, '--output-dir', name, '--ssh-config', 'none'];
}

function jumpHost(name: string): string {
  const [port = 0] = jump.ports;
  return `  - { name: hop, host: 127.0.0.1, port: ${port}, user: ${servers.user}, identity-file: ${servers.identityFile}, known-hosts: known_hosts_${name} }`;
}

const everyPort = (server: Sshd): (readonly [Sshd, number])[] => server.ports.map((port) => [server, port] as const);

function file(name: string): string {
  return readFileSync(join(servers.directory, name), 'utf8');
}

describe('OpenSSH', () => {
  test('with FRRouting as an IOS-like device gives the configuration to the last byte', async () => {
    const [port = 0] = frr.ports;
    const collect = inventory('frr', [{ name: 'edge', port, more: ', platform: cisco-ios' }], everyPort(frr));
    const { status, stdout, stderr } = await brokerfence(...collect);
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    const words = vtysh.split(' ');
    const shown = execFileSync(words[0] ?? '', [...words.slice(1), '-c', 'show running-config'], { encoding: 'utf8' });
    expect(shown.split('\n').length).toBeGreaterThan(750);
    expect(file('frr/edge.cfg').trim()).toBe(shown.trim());
  });

  test('with a login shell of each platform gives whole configurations, on terminals and without', async () => {
    const entries = DIALOGUES.map((name, index) => ({ name, port: played.ports[index] ?? 0 }));
    const { status, stdout, stderr } = await brokerfence(
      ...inventory('all', entries, everyPort(played)),
      '--hit-counts',
    );
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    const record = CollectDocument.parse(JSON.parse(file('all/collect.json')));
    expect(record.devices.map(({ platform }) => platform)).toEqual([
      'cisco-ios',
      'cisco-asa',
      'cisco-asa',
      'cisco-nxos',
      'cisco-iosxr',
      'juniper-junos',
      'juniper-junos',
      'paloalto-panos',
    ]);
    const audit = await brokerfence('audit', 'all', '--no-policy', '--format', 'json');
    expect(audit.stdout).toContain('all/paloalto-panos+pushed-template.xml');
    expect(audit.stdout).not.toContain('"complete": "no"');
  });

  test('through a jump host gives the same', async () => {
    const [port = 0] = played.ports;
    const entries = [{ name: 'behind', port, more: ', platform: cisco-ios, jump: hop' }];
    const known = [...everyPort(played), ...everyPort(jump)];
    const { status, stdout, stderr } = await brokerfence(...inventory('jump', entries, known));
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    expect(file('jump/behind.cfg')).toBe(file('all/cisco-ios.cfg'));
  });

  test('with a host key that is not on record is refused, accepted when asked for, and known from then on', async () => {
    const [port = 0] = played.ports;
    const collect = inventory('new', [{ name: 'new', port, more: ', platform: cisco-ios' }], []);
    const refused = await brokerfence(...collect);
    expect(refused.status).toBe(3);
    expect(refused.stdout).toContain('host-key-unknown');
    expect(refused.stdout.replaceAll(/\s+/gu, ' ')).toContain(played.fingerprint);
    expect((await brokerfence(...collect, '--accept-new')).status).toBe(0);
    // As ssh itself reads it.
    const found = execFileSync('/usr/bin/ssh-keygen', [
      '-F',
      `[127.0.0.1]:${port}`,
      '-f',
      join(servers.directory, 'known_hosts_new'),
    ]);
    expect(found.toString()).toContain(played.hostKeyLine);
    expect((await brokerfence(...collect)).status).toBe(0);
  });

  test('with a host key that has changed is refused, whatever is asked for', async () => {
    const [port = 0] = played.ports;
    const collect = inventory('changed', [{ name: 'other', port, more: ', platform: cisco-ios' }], [[frr, port]]);
    const { status, stdout } = await brokerfence(...collect, '--accept-new');
    expect(status).toBe(3);
    expect(stdout).toContain('host-key-changed');
    expect(readdirSync(join(servers.directory, 'changed'))).toEqual(['collect.json']);
  });

  test('with a key that it does not take is a refused login', async () => {
    const [port = 0] = played.ports;
    const collect = inventory(
      'stranger',
      [{ name: 'shut', port, more: `, platform: cisco-ios, identity-file: ${servers.strangerFile}` }],
      everyPort(played),
    );
    const { status, stdout, stderr } = await brokerfence(...collect);
    expect([status, stderr]).toEqual([3, expect.stringContaining('exit code 3')]);
    expect(stdout).toContain('login-refused');
  });

  test('with room for one login at a time is tried again later', async () => {
    const narrow = await servers.sshd([playedShell('cisco-ios')], ['MaxStartups 1:100:1']);
    const [port = 0] = narrow.ports;
    const entries = ['a', 'b', 'c', 'd'].map((name) => ({ name, port, more: ', platform: cisco-ios' }));
    const { status, stdout, stderr } = await brokerfence(
      ...inventory('narrow', entries, everyPort(narrow)),
      '--retries',
      '8',
    );
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    expect(stderr).toContain('refused; trying again');
  });

  test('with a key of PKCS #8 with a passphrase is logged in to', async () => {
    const [port = 0] = played.ports;
    const sealed = join(servers.directory, 'sealed-key');
    execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ecdsa', '-m', 'PKCS8', '-N', 'a passphrase', '-f', sealed]);
    appendFileSync(`${servers.identityFile}.pub`, readFileSync(`${sealed}.pub`));
    const entry = { name: 'sealed', port, more: `, platform: cisco-ios, identity-file: ${sealed}` };
    const collect = inventory('sealed', [entry], everyPort(played));
    const { status, stdout, stderr } = await brokerfence(...collect);
    expect(status, `${stdout}${stderr}`).toBe(0);
  });

  test('with old algorithms only names them, and logs in where they are allowed', async () => {
    const [port = 0] = old.ports;
    const entry = { name: 'old', port, more: ', platform: cisco-ios' };
    const refused = await brokerfence(...inventory('modern', [entry], everyPort(old)));
    expect(refused.status).toBe(3);
    expect(refused.stdout).toContain('algorithms');
    expect(refused.stdout).toContain('diffie-hellman-group14-sha1');
    const allowed = { ...entry, more: `${entry.more}, legacy: true` };
    const { status, stdout, stderr } = await brokerfence(...inventory('legacy', [allowed], everyPort(old)));
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    expect(file('legacy/old.cfg')).toBe(file('all/cisco-ios.cfg'));
  });
});
