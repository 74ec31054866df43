/** Credentials of every kind go in; nothing that comes out has any of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CollectEndpoint } from '../../../cli/collect/attempt.ts';
import { CollectDocument } from '../../../cli/reports/collect-schema.ts';
import { collectEndpoint } from '../../../cli/sources/ssh/collect-endpoint.ts';
import { newEncryptedKey } from '../../support/fake-device/server.ts';
import { ENABLE, FakeNetwork, PASSWORD } from './fake-network.ts';

const PASSPHRASE = 'pa55phrase-of-the-key';
const FROM_COMMAND = 'fr0m-the-vault';
const TYPED = 'typ3d-on-the-terminal';
const WRONG = 'wr0ng-for-the-device';
const JUMP = 'pa55-of-the-jump-host';
const SECRETS = [PASSWORD, ENABLE, PASSPHRASE, FROM_COMMAND, TYPED, WRONG, JUMP];

const key = newEncryptedKey(PASSPHRASE);
const keyDirectory = mkdtempSync(join(tmpdir(), 'brokerfence-key-'));
const keyFile = join(keyDirectory, 'key');
const ios = { plays: 'cisco-ios', platform: 'cisco-ios' } as const;

let network: FakeNetwork;
beforeAll(async () => {
  network = await FakeNetwork.of(
    { name: 'environment', ...ios },
    { name: 'command', ...ios, password: FROM_COMMAND, entry: ['credential: { command: [cat, vault] }'] },
    { name: 'prompt', ...ios, password: TYPED, entry: ['credential: prompt'] },
    {
      name: 'key',
      ...ios,
      methods: ['publickey'],
      authorizedKeys: [key.public],
      entry: [`identity-file: ${keyFile}`, 'passphrase: { env: OF_KEY }'],
    },
    {
      name: 'interactive',
      ...ios,
      methods: ['keyboard-interactive'],
      prompts: [[{ prompt: 'Password: ', echo: false }, PASSWORD]],
    },
    // What goes wrong is told in words, in which no secret may be.
    { name: 'refused', ...ios, password: 'another', entry: ['credential: { env: WRONG }', 'user: stranger'] },
    { name: 'enable', ...ios, enableSecret: 'another', entry: ['enable: { env: WRONG }'] },
    { name: 'lost', ...ios, dropIn: { command: 'show running-config', after: 4000 } },
    { name: 'none', ...ios, entry: ['credential: { env: NOT_SET }', 'user: nobody'] },
    { name: 'hop', password: JUMP, entry: ['credential: { env: OF_JUMP }'] },
    { name: 'behind', ...ios, entry: ['jump: hop'] },
  );
  writeFileSync(keyFile, key.private, { mode: 0o600 });
});
afterAll(async () => {
  rmSync(keyDirectory, { recursive: true });
  await network.close();
});

const ENV = {
  BROKERFENCE_PASSWORD: PASSWORD,
  BROKERFENCE_ENABLE: ENABLE,
  OF_KEY: PASSPHRASE,
  OF_JUMP: JUMP,
  WRONG,
};

/** All that is said and written by one run, with what the engine told the fleet. */
async function everythingOf(argv: readonly string[], terminalColumns?: number): Promise<string> {
  const told: string[] = [];
  const recorded: CollectEndpoint = async (endpoint, options) => {
    const onStep = (step: string): void => {
      told.push(step);
      options.onStep(step);
    };
    const collected = await collectEndpoint(endpoint, { ...options, onStep });
    told.push(JSON.stringify([endpoint, collected]), inspect(options, { depth: 9 }), JSON.stringify(options));
    return collected;
  };
  const { stdout, stderr } = await network.run(argv, {
    env: ENV,
    collectEndpoint: recorded,
    prompt: () => async () => ({ kind: 'text', text: TYPED }),
    // As the program's own, but in the directory of the test.
    run: async ([, file = '']) => ({ kind: 'secret', value: file === 'vault' ? FROM_COMMAND : '' }),
    ...(terminalColumns === undefined ? {} : { terminalColumns }),
  });
  return [stdout, stderr, ...told].join('\n');
}

describe('no credential is', () => {
  const collect = ['collect', '--inventory', 'devices.yaml', '--output-dir', 'configs', '--retries', '1'];

  test.each([
    ['said or written by a collection', collect, undefined],
    ['shown on a terminal', [...collect, '--hit-counts'], 100],
    ['said in JSON', [...collect, '--format', 'json', '--mask-secrets'], undefined],
    ['said by an audit of devices', ['audit', '--inventory', 'devices.yaml', '--no-policy', '--verbose'], undefined],
    ['said by a plan', [...collect, '--plan'], undefined],
  ])('%s', async (_, argv, columns) => {
    const said = await everythingOf(argv, columns);
    const all = `${said}\n${network.everything()}`;
    expect(SECRETS.filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).not.toContain(Buffer.from(PASSWORD).toString('base64'));
    expect(said.length).toBeGreaterThan(500);
  });

  test('missing from this test: each was used', async () => {
    const { devices } = CollectDocument.parse(JSON.parse(network.read('configs/collect.json')));
    const came = devices.map(({ device, reason }) => `${device} ${reason ?? 'collected'}`);
    expect(came).toEqual([
      'environment collected',
      'command collected',
      'prompt collected',
      'key collected',
      'interactive collected',
      'refused login-refused',
      'enable enable-refused',
      'lost lost',
      'none no-credential',
      expect.stringContaining('hop '),
      'behind collected',
    ]);
  });
});
