/** Ways to log in: in which order, with which secrets, and how often. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Collected } from '../../../cli/sources/ssh/collect-endpoint.ts';
import type { Hop } from '../../../cli/sources/ssh/endpoint.ts';
import { Login } from '../../../cli/sources/ssh/login.ts';
import { recordedDialogue } from '../../support/fake-device/dialogue.ts';
import { newEncryptedKey, newKey, type FakeDeviceOptions } from '../../support/fake-device/server.ts';
import { startFakeAgent } from '../../support/fake-device/agent.ts';
import {
  closedAfterwards,
  collect,
  device,
  ENABLE,
  endpointAt,
  hopTo,
  PASSWORD,
  secretsOf,
  TRUSTING,
} from './collecting.ts';

const NXOS = recordedDialogue('cisco-nxos');
const PASSPHRASE = 'Tr0ub4dor-passphrase';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'brokerfence-keys-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keyFile(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

async function login(
  options: FakeDeviceOptions,
  hop: Partial<Hop> = {},
  secrets = secretsOf({ password: PASSWORD }),
): Promise<{ readonly result: Collected; readonly logins: readonly string[]; readonly asked: readonly string[] }> {
  const { port, logins } = await device({ dialogue: NXOS, ...options });
  const result = await collect(endpointAt(port, { platform: 'cisco-nxos', ...hop }), { secrets });
  return { result, logins, asked: secrets.asked };
}

describe('a password', () => {
  test('is given', async () => {
    expect(await login({})).toMatchObject({ result: { kind: 'collected' }, logins: ['password'], asked: ['password'] });
  });

  test('that is refused is given once, not again in another way', async () => {
    const methods: FakeDeviceOptions['methods'] = ['password', 'keyboard-interactive'];
    const { result, logins } = await login({ methods, password: 'another one' });
    expect(result).toMatchObject({ kind: 'failed', reason: 'login-refused', mayRetry: false });
    expect(logins).toEqual(['password']);
  });

  test('is not there', async () => {
    const { result, logins } = await login({}, {}, secretsOf({}));
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'no-credential',
      message: expect.stringContaining('no password is set'),
    });
    expect(logins).toEqual([]);
  });

  test('with a line break in it is not sent', async () => {
    const { result, logins } = await login({}, {}, secretsOf({ password: 'a\nreload' }));
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'no-credential',
      message: expect.stringContaining('control character'),
    });
    expect(logins).toEqual([]);
  });

  test('is not asked for where everybody may log in', async () => {
    expect(await login({ methods: ['none'] })).toMatchObject({ result: { kind: 'collected' }, asked: [] });
  });
});

describe('keyboard-interactive', () => {
  const methods: FakeDeviceOptions['methods'] = ['keyboard-interactive'];

  test.each([
    'Password: ',
    'Password:',
    "auditor@fw1's password: ",
    '(auditor@fw1) Password: ',
    'Password for auditor@fw1: ',
  ])('answers "%s" with the password', async (prompt) => {
    const { result } = await login({ methods, prompts: [[{ prompt, echo: false }, PASSWORD]] });
    expect(result).toMatchObject({ kind: 'collected' });
  });

  test('consents to a notice and gives the password', async () => {
    const prompts: FakeDeviceOptions['prompts'] = [
      [{ prompt: 'Do you accept and acknowledge the statement above ? (yes/no) : ', echo: true }, 'yes'],
      [{ prompt: 'Password: ', echo: false }, PASSWORD],
    ];
    expect(await login({ methods, prompts })).toMatchObject({ result: { kind: 'collected' } });
  });

  test.each([
    ['Verification code: ', false],
    ['New password: ', false],
    ['Password: ', true],
    ['Enter PIN for token: ', false],
  ])('answers nothing to "%s" (echo: %s)', async (prompt, echo) => {
    const { result, asked } = await login({ methods, prompts: [[{ prompt, echo }, PASSWORD]] });
    expect(result).toMatchObject({ kind: 'failed', reason: 'no-credential', mayRetry: false });
    expect(asked).toEqual([]);
  });

  test('that is refused is not tried again', async () => {
    const { result, logins } = await login({ methods, prompts: [[{ prompt: 'Password: ', echo: false }, 'x']] });
    expect(result).toMatchObject({ kind: 'failed', reason: 'login-refused' });
    expect(logins).toEqual(['keyboard-interactive']);
  });
});

describe('a key', () => {
  const methods: FakeDeviceOptions['methods'] = ['publickey', 'password'];

  test('is taken before a password', async () => {
    const key = newKey();
    const identityFiles = [join(folder, 'not-there'), keyFile('plain', key.private)];
    const { result, asked, logins } = await login({ methods, authorizedKeys: [key.public] }, { identityFiles });
    expect(result).toMatchObject({ kind: 'collected' });
    expect(asked).toEqual([]);
    expect(logins).not.toContain('password');
  });

  test('is opened with its passphrase', async () => {
    const key = newEncryptedKey(PASSPHRASE);
    const identityFiles = [keyFile('encrypted', key.private)];
    const secrets = secretsOf({ passphrase: PASSPHRASE });
    const { result, asked } = await login({ methods, authorizedKeys: [key.public] }, { identityFiles }, secrets);
    expect(result).toMatchObject({ kind: 'collected' });
    expect(asked).toEqual(['passphrase']);
  });

  test('whose passphrase is wrong is told of', async () => {
    const key = newEncryptedKey(PASSPHRASE);
    const identityFiles = [keyFile('encrypted-too', key.private)];
    const { result } = await login({ methods: ['publickey'] }, { identityFiles }, secretsOf({ passphrase: 'wrong' }));
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'no-credential',
      message: expect.stringContaining('does not open it'),
    });
  });

  test('that is refused leaves the password', async () => {
    const identityFiles = [keyFile('other', newKey().private)];
    const { result } = await login({ methods, authorizedKeys: [newKey().public] }, { identityFiles });
    expect(result).toMatchObject({ kind: 'collected' });
  });

  describe('of an agent', () => {
    test('is used, and one that an identity file names is offered first', async () => {
      const [other, named] = [newKey(), newKey()];
      const agentSocket = join(folder, 'agent-1');
      const agent = closedAfterwards(await startFakeAgent(agentSocket, [other.private, named.private]));
      keyFile('named.pub', named.public);
      const identityFiles = [join(folder, 'named')];
      const { result, asked } = await login(
        { methods, authorizedKeys: [other.public, named.public] },
        { agentSocket, identityFiles },
      );
      expect(result).toMatchObject({ kind: 'collected' });
      expect(asked).toEqual([]);
      expect(agent.signatures).toEqual([named.public.split(' ')[1]]);
    });

    test('is one half of a login where the server asks for a password as well', async () => {
      const [first, other] = [newKey(), newKey()];
      const agentSocket = join(folder, 'agent-3');
      const agent = closedAfterwards(await startFakeAgent(agentSocket, [first.private, other.private]));
      const { result, logins } = await login(
        { methods, needsAll: true, authorizedKeys: [first.public, other.public] },
        { agentSocket },
      );
      expect(result).toMatchObject({ kind: 'collected' });
      expect(agent.signatures).toEqual([first.public.split(' ')[1]]);
      expect(logins).toEqual(['publickey', 'publickey', 'password']);
    });

    test('is to be named where the server allows few attempts', async () => {
      const keys = [newKey(), newKey()];
      const agentSocket = join(folder, 'agent-5');
      closedAfterwards(await startFakeAgent(agentSocket, [keys[0]?.private ?? '', keys[1]?.private ?? '']));
      const ways = new Login(
        hopTo(22, { agentSocket }),
        () => Promise.resolve({ kind: 'none', message: 'none' }),
        () => undefined,
      );
      await ways.next(null, false);
      expect(ways.remedy).toBe('');
      expect(await ways.next(['publickey'], false)).toMatchObject({ type: 'agent' });
      expect(ways.remedy).toMatch(/the agent holds 2 keys.*identity-file in the inventory/);
    });

    test('is not there', async () => {
      const agentSocket = join(folder, 'agent-4');
      closedAfterwards(await startFakeAgent(agentSocket, []));
      const { result } = await login({ methods: ['publickey'] }, { agentSocket });
      expect(result).toMatchObject({
        kind: 'failed',
        reason: 'no-credential',
        message: expect.stringContaining('the agent has no key to offer'),
      });
    });

    test('is not offered where only identity files are to be', async () => {
      const other = newKey();
      const agentSocket = join(folder, 'agent-2');
      const agent = closedAfterwards(await startFakeAgent(agentSocket, [other.private]));
      const { result, asked } = await login(
        { methods, authorizedKeys: [other.public] },
        { agentSocket, identitiesOnly: true },
      );
      expect(result).toMatchObject({ kind: 'collected' });
      expect(asked).toEqual(['password']);
      expect(agent.signatures).toEqual([]);
    });
  });

  test('of an agent that is not there leaves the password', async () => {
    const { result } = await login({ methods }, { agentSocket: join(folder, 'no-agent') });
    expect(result).toMatchObject({ kind: 'collected' });
  });
});

describe('a login of several parts', () => {
  const key = newKey();
  const prompts: FakeDeviceOptions['prompts'] = [[{ prompt: 'Password: ', echo: false }, PASSWORD]];
  const needs = (...methods: NonNullable<FakeDeviceOptions['methods']>) => {
    const identityFiles = [keyFile('part', key.private)];
    return login({ methods, needsAll: true, prompts, authorizedKeys: [key.public] }, { identityFiles });
  };

  test.each([
    ['publickey', 'password'],
    ['publickey', 'keyboard-interactive'],
    ['password', 'publickey'],
    ['keyboard-interactive', 'publickey'],
  ] as const)('is done: %s and %s', async (...methods) => {
    expect((await needs(...methods)).result).toMatchObject({ kind: 'collected' });
  });

  test('is given up where the password is asked for once more', async () => {
    const { result, asked } = await needs('password', 'keyboard-interactive');
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'no-credential',
      message: expect.stringContaining('the server asks "Password:" at the login, which is not answered'),
    });
    expect(asked).toEqual(['password']);
  });

  test('is told of where there is nothing for the second part', async () => {
    const { result } = await login({ methods: ['password', 'publickey'], needsAll: true });
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'no-credential',
      message: expect.stringContaining('the server took password and asks for more to log in as auditor'),
    });
  });
});

describe('a jump host', () => {
  test('is logged in to with its own key check and password, one behind the other', async () => {
    const target = await device({ dialogue: recordedDialogue('cisco-ios') });
    const inner = await device({ user: 'inner', password: 'inner-password' });
    const outer = await device({ user: 'outer', password: 'outer-password', hostKey: newKey().private });
    const passwords = new Map([
      ['outer', 'outer-password'],
      ['inner', 'inner-password'],
      ['auditor', PASSWORD],
    ]);
    const judged: string[] = [];
    const result = await collect(
      endpointAt(target.port, { jumps: [hopTo(outer.port, { user: 'outer' }), hopTo(inner.port, { user: 'inner' })] }),
      {
        secrets: {
          ...secretsOf(),
          secret: (of, purpose) =>
            secretsOf({ password: passwords.get(of.user) ?? '', enable: ENABLE }).secret(of, purpose),
        },
        hostKeys: {
          ...TRUSTING,
          judge: ({ port }, key) => {
            judged.push(`${port} ${Buffer.from(key).toString('base64')}`);
            return { kind: 'known' };
          },
        },
      },
    );
    expect(result).toMatchObject({ kind: 'collected', platform: 'cisco-ios' });
    const keys = [outer, inner, target].map(({ port, hostKeyLine }) => `${port} ${hostKeyLine.split(' ')[1] ?? ''}`);
    expect(judged).toEqual(keys);
    await expect.poll(() => outer.openConnections() + inner.openConnections() + target.openConnections()).toBe(0);
  });

  test('whose login is refused is named', async () => {
    const target = await device({ dialogue: NXOS });
    const jump = await device({ password: 'another one' });
    const result = await collect(endpointAt(target.port, { jumps: [hopTo(jump.port)] }));
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'login-refused',
      mayRetry: false,
      message: expect.stringContaining(`at the jump host 127.0.0.1 port ${jump.port}:`),
    });
    expect(target.logins).toEqual([]);
  });
});

test('the key types on record are asked for first', async () => {
  const { port } = await device({ dialogue: NXOS, hostKey: newKey('ecdsa').private });
  const recordedTypes = (): readonly string[] => ['ecdsa-sha2-nistp256'];
  expect(await collect(endpointAt(port), { hostKeys: { ...TRUSTING, recordedTypes } })).toMatchObject({
    kind: 'collected',
  });
});
