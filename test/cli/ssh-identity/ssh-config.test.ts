/** Files of ssh_config(5), read as OpenSSH 9.2 reads them: `expected.txt` is what `ssh -G` said of each host, run as root. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nodeFileSystem } from '../../../cli/sources/file-system.ts';
import { chosenAlgorithms, usableAlgorithms } from '../../../cli/sources/ssh/algorithm-lists.ts';
import { sshSettings, type SshSetting } from '../../../cli/sources/ssh/ssh-config.ts';
import { SshConfigReader } from '../../../cli/sources/ssh/ssh-config-file.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const FOLDER = join(import.meta.dirname, 'ssh-config');
const SHOWN = ['hostkeyalias', 'identitiesonly', 'port', 'proxyjump', 'user', 'userknownhostsfile'];

const expected = readFileSync(join(FOLDER, 'expected.txt'), 'utf8').trim().split('\n');

test('hosts are asked for', () => {
  expect(expected.length).toBeGreaterThan(20);
});

test.each(expected)('as ssh -G says: %s', (line) => {
  const [, asked = '', rest = ''] = /^(.*?): (.*);$/u.exec(line) ?? [];
  const [name, user] = asked.split('@').toReversed();
  const reader = new SshConfigReader(nodeFileSystem(FOLDER), '/root');
  const { file } = reader.read(join(FOLDER, 'config'), FOLDER);
  expect(reader.problems).toEqual([]);
  const place = { source: '', line: 1, column: 1, endColumn: 2 };
  const given = new Map<string, SshSetting>(
    user === undefined ? [] : [['user', { words: [user], source: { name: '', text: '' }, place }]],
  );
  const settings = sshSettings([file], { host: name ?? '', localUser: 'root', given });
  const said = (keyword: string, value: string | undefined): string[] => {
    const text = keyword === 'hostkeyalias' ? value?.toLowerCase() : value;
    return text === undefined || (keyword === 'proxyjump' && text === 'none') ? [] : [`${keyword}=${text}`];
  };
  const all = [
    ...said('hostname', settings.hostName().toLowerCase()),
    ...settings.identityFiles.map(({ words }) => `identityfile=${words.join(' ')}`),
    ...SHOWN.flatMap((keyword) => said(keyword, settings.of(keyword)?.words.join(' '))),
    ...(settings.of('port') === undefined ? ['port=22'] : []),
    ...(settings.of('user') === undefined ? ['user=root'] : []),
  ];
  expect(all.toSorted()).toEqual(rest.split('; ').toSorted());
});

describe('what cannot be followed', () => {
  const settingsOf = (text: string, host = 'h') => {
    const reader = new SshConfigReader(new MemoryFiles({ 'home/.ssh/config': text }), 'home');
    const { file } = reader.read('home/.ssh/config', 'home/.ssh');
    const said = sshSettings([file], { host, localUser: 'me', given: new Map() });
    const messages = [...reader.problems, ...said.notes].map(({ span, message }) => `${span?.line ?? 0} ${message}`);
    return { said, messages };
  };

  test('is a command: it is never run, and what depends on it is not used', () => {
    const { said, messages } = settingsOf('Match exec "touch /tmp/brokerfence-was-here"\n  Port 1\nHost h\n  User u\n');
    expect(said.of('port')).toBeUndefined();
    expect(said.of('user')?.words).toEqual(['u']);
    expect(messages).toEqual(['1 exec is not looked at here; what stands below this line is not used']);
    expect(settingsOf('Match !exec "false"\n  Port 1\n').said.of('port')).toBeUndefined();
    // Whatever stands behind it: all is read again for `final`.
    expect(settingsOf('Match exec "true" final\nMatch final\n  Port 3\n').said.of('port')?.words).toEqual(['3']);
    // A block that is for another host anyway is nothing to speak of.
    expect(settingsOf('Match host other exec "true"\n  Port 1\n').messages).toEqual([]);
  });

  test('is a command behind "no jump host", whatever its letters', () => {
    expect(settingsOf('ProxyJump NONE\nProxyCommand nc %h\n').said.of('proxycommand')?.words).toEqual(['nc %h']);
    expect(settingsOf('ProxyJump a\nProxyCommand nc %h\n').said.of('proxycommand')).toBeUndefined();
  });

  test('is a name that comes when another is settled', () => {
    expect(settingsOf('Match final\n  HostName real.%n\n').said.of('hostname')).toBeUndefined();
  });

  test('is a line that says nothing', () => {
    expect(settingsOf('Port 1\nUser "open\nHost\n').messages).toEqual([
      '2 has a quote that is not closed',
      '3 is no statement of ssh_config: a keyword, then its value',
    ]);
  });

  test('is a file that includes itself', () => {
    const { said, messages } = settingsOf('Port 1\nInclude config\n');
    expect(said.of('port')?.words).toEqual(['1']);
    expect(messages).toEqual(['2 includes files 16 deep; does one include itself?']);
    // And two that do are not read 65,536 times.
    expect(settingsOf('Include config\nInclude config\n').messages).toEqual([
      '1 includes files 16 deep; does one include itself?',
    ]);
  });

  test('is said in the line where it is, with Windows line ends as well', () => {
    expect(settingsOf('Port 1\r\nMatch tagged x\r\n').messages).toEqual([
      '2 tagged is not looked at here; what stands below this line is not used',
    ]);
    expect(settingsOf('Port 1\r\nUser me\r\n').said.of('user')?.words).toEqual(['me']);
  });
});

describe('lists of algorithms', () => {
  test('are those of ssh2', () => {
    const Constants = z.record(z.string(), z.unknown());
    const constants = Constants.parse(createRequire(import.meta.url)('ssh2/lib/protocol/constants.js'));
    for (const [of, name] of [
      ['kex', 'KEX'],
      ['hostKey', 'SERVER_HOST_KEY'],
      ['cipher', 'CIPHER'],
      ['mac', 'MAC'],
    ] as const) {
      // Signatures over SHA-1 are not offered unless they are asked for by name.
      const defaults = z
        .array(z.string())
        .parse(constants[`DEFAULT_${name}`])
        .filter((each) => each !== 'ssh-rsa');
      expect(chosenAlgorithms(of, '+').names.toSorted(), name).toEqual(defaults.toSorted());
      const known = z.array(z.string()).parse(constants[`SUPPORTED_${name}`]);
      // Two ciphers have a second name there that no server uses.
      const named = known.filter((each) => !/^aes\d+-gcm$/u.test(each));
      expect(usableAlgorithms(of).toSorted()).toEqual(named.toSorted());
    }
  });

  test.each([
    ['aes128-ctr,aes256-cbc', ['aes128-ctr', 'aes256-cbc'], []],
    ['aes256-ctr,no-such,aes128-ctr', ['aes256-ctr', 'aes128-ctr'], ['no-such']],
    ['-aes*-ctr,*gcm*', ['chacha20-poly1305@openssh.com'], []],
    ['^3des-cbc', ['3des-cbc', 'aes128-gcm@openssh.com'], []],
    ['+aes?28-cbc', ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com'], ['aes?28-cbc']],
    ['-aes*,!aes256-ctr', ['aes256-ctr', 'chacha20-poly1305@openssh.com'], []],
    ['^aes256-ctr', ['aes256-ctr', 'aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr'], []],
    ['no-such,other', [], ['no-such', 'other']],
  ])('as ssh_config has them: %s', (list, first, unknown) => {
    const chosen = chosenAlgorithms('cipher', list);
    expect(chosen.names.slice(0, first.length)).toEqual(first);
    expect(chosen.unknown).toEqual(unknown);
    expect(new Set(chosen.names).size).toBe(chosen.names.length);
  });

  test('added ones come last, taken ones are gone', () => {
    const defaults = chosenAlgorithms('kex', '+').names;
    expect(chosenAlgorithms('kex', '+diffie-hellman-group1-sha1').names).toEqual([
      ...defaults,
      'diffie-hellman-group1-sha1',
    ]);
    expect(chosenAlgorithms('kex', '-curve*').names).toEqual(defaults.slice(2));
    expect(chosenAlgorithms('kex', '-curve*,ecdh*,diffie*').names).toEqual([]);
  });
});
