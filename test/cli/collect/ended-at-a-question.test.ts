/** The program is ended while it asks for a password on a real terminal. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PtyProgram } from '../tui/support/pty.ts';
import { fileURLToPath } from 'node:url';
import { FakeNetwork } from './fake-network.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

let network: FakeNetwork;
beforeEach(async () => {
  network = await FakeNetwork.of({ name: 'fw', plays: 'cisco-ios', platform: 'cisco-ios' });
});
afterEach(() => network.close());

test.each(['TERM', 'HUP', 'INT'])('SIG%s ends it, and the terminal shows again what is typed', async (signal) => {
  const collect = `"${process.execPath}" "${MAIN}" collect --inventory devices.yaml --output-dir out --ssh-config none`;
  const script = [
    // The shell lives on, as that of a user does.
    `trap : ${signal}`,
    `${collect} & echo $! > pid; fg`,
    'echo "ended $?"; stty -a',
  ];
  network.write('script', ['set -m', ...script, ''].join('\n'));
  const shell = new PtyProgram(['script'], { program: '/bin/bash', columns: 100, rows: 40, cwd: network.directory });
  await shell.shows('Password of auditor');
  process.kill(Number(network.read('pid')), `SIG${signal}`);
  const screen = await shell.shows(/ended 3[^]* -?echo\b/u);
  expect(screen).toMatch(/^isig icanon .* echo /mu);
  await shell.ended();
});
