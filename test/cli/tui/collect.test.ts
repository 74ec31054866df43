import { afterAll, expect, test } from 'vitest';
import { ENABLE, FakeNetwork, PASSWORD } from '../collect/fake-network.ts';
import { compiled, PtyProgram } from './support/pty.ts';

/* Collection from the terminal UI, as it is shipped, of devices that speak SSH in this process. */

const program = compiled();
afterAll(() => program.remove());

test('devices are collected, one again, and what they say is audited', async () => {
  const network = await FakeNetwork.of(
    { name: 'branch', plays: 'cisco-ios', platform: 'cisco-ios' },
    { name: 'edge', plays: 'cisco-asa', platform: 'cisco-asa' },
    { name: 'stranger', plays: 'juniper-junos', platform: 'juniper-junos', isUnknown: true },
  );
  try {
    const command = [program.main, 'tui', '--inventory', 'devices.yaml', '--output-dir', 'configs', '--no-policy'];
    const tui = new PtyProgram(command, { columns: 120, rows: 30, cwd: network.directory });
    // The directory is not there yet: nothing is wrong with that.
    expect(await tui.shows('no configuration is there yet')).not.toContain('not audited');
    tui.press('8');
    await tui.shows('3 devices');
    tui.press('S');
    await tui.shows('Password of auditor');
    // Enter in a piece of its own: a secret may not hold one.
    tui.press(PASSWORD);
    tui.press('enter');
    await tui.shows(/enable/iu);
    tui.press(ENABLE, 'enter');
    const done = await tui.shows('2 of 3 devices collected into configs');
    expect(done).toMatch(/^collected +branch/mu);
    expect(done).toMatch(/^collected +edge/mu);
    expect(done).toMatch(/^failed +stranger +host-key-unknown/mu);
    expect(network.list('configs')).toEqual(['branch.cfg', 'collect.json', 'edge.cfg']);

    // The first one again: nobody is asked twice.
    tui.press('R');
    await tui.shows('1 of 1 devices collected into configs');
    expect(JSON.parse(network.read('configs/collect.json'))).toMatchObject({ totals: { devices: 3, failed: 1 } });

    tui.press('1');
    await tui.shows(/2 devices, \d+ finding/u);
    tui.press('q');
    expect(await tui.ended()).toMatchObject({ code: 0 });
    for (const secret of [PASSWORD, ENABLE]) expect(tui.raw).not.toContain(secret);
  } finally {
    await network.close();
  }
});

test('without a directory nothing is collected, and it is said why', async () => {
  const network = await FakeNetwork.of({ name: 'branch', plays: 'cisco-ios', platform: 'cisco-ios' });
  try {
    const command = [program.main, 'tui', '--inventory', 'devices.yaml', '--no-policy'];
    const tui = new PtyProgram(command, { columns: 100, rows: 24, cwd: network.directory });
    tui.press('8');
    await tui.shows('1 device');
    tui.press('S');
    await tui.shows('--output-dir DIRECTORY');
    tui.press('q');
    await tui.ended();
    expect(network.devices.get('branch')?.typed).toEqual([]);
  } finally {
    await network.close();
  }
});
