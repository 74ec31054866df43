/** A collection that is killed in the middle, as its own process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENABLE, FakeNetwork, PASSWORD } from './fake-network.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
const NAMES = Array.from({ length: 16 }, (_, index) => `fw${index}`);

let network: FakeNetwork;
beforeEach(async () => {
  network = await FakeNetwork.of(...NAMES.map((name) => ({ name, plays: 'cisco-ios', platform: 'cisco-ios' })));
});
afterEach(() => network.close());

function started(directory: string): ReturnType<typeof spawn> {
  const argv = [
    'collect',
    '--inventory',
    'devices.yaml',
    '--output-dir',
    directory,
    '--ssh-config',
    'none',
    '--concurrency',
    '4',
  ];
  return spawn(process.execPath, [MAIN, ...argv], {
    cwd: network.directory,
    env: {
      PATH: process.env['PATH'],
      HOME: network.directory,
      BROKERFENCE_PASSWORD: PASSWORD,
      BROKERFENCE_ENABLE: ENABLE,
    },
    stdio: 'ignore',
  });
}

const configurations = (directory: string): string[] => network.list(directory).filter((name) => !name.startsWith('.'));

test('leaves whole files only, and the next one finishes the work', async () => {
  const killed = started('configs');
  const ended = once(killed, 'exit');
  const written = (): number => {
    try {
      return configurations('configs').length;
    } catch {
      return 0;
    }
  };
  await expect.poll(written, { interval: 1, timeout: 30_000 }).toBeGreaterThan(2);
  killed.kill('SIGKILL');
  await ended;
  const left = configurations('configs');
  expect(left.length).toBeLessThan(NAMES.length);
  expect(left).not.toContain('collect.json');
  const [status] = await once(started('again'), 'exit');
  expect(status).toBe(0);
  for (const name of left) expect(network.read(`configs/${name}`)).toBe(network.read(`again/${name}`));
  network.write('configs/.fw1.cfg.99999999-0badcafe.unfinished', 'half');
  expect(await once(started('configs'), 'exit')).toEqual([0, null]);
  expect(network.list('configs')).toEqual(network.list('again'));
}, 120_000);

test('that is ended with a signal writes what is done, and its connections are closed', async () => {
  const child = started('configs');
  const ended = once(child, 'exit');
  await expect
    .poll(() => network.devices.get('fw3')?.typed.length, { interval: 1, timeout: 30_000 })
    .toBeGreaterThan(0);
  child.kill('SIGTERM');
  expect(await ended).toEqual([3, null]);
  expect(network.read('configs/collect.json')).toContain('"interrupted": true');
  const open = (): number => [...network.devices.values()].reduce((sum, device) => sum + device.openConnections(), 0);
  await expect.poll(open).toBe(0);
}, 120_000);
