import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { compiled, PtyProgram } from './support/pty.ts';
import { animatedSvg, rowsSvg } from './support/screen-svg.ts';

/*
 * One journey through the program as it is shipped, in a real pseudo terminal; its screens are the moving picture of the README. After
 * a change of what they show, look at them and renew the picture with `vitest -u`.
 */

const SAMPLES = fileURLToPath(new URL('../../../device-samples', import.meta.url));
const SIZE = { columns: 110, rows: 30 };
const program = compiled();
const folder = mkdtempSync(join(tmpdir(), 'brokerfence-journey-'));
cpSync(SAMPLES, join(folder, 'device-samples'), { recursive: true });
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

test('from the fleet to an accepted finding and a packet that is traced', async () => {
  const tui = new PtyProgram([program.main, 'tui', 'device-samples', '--no-policy'], { ...SIZE, cwd: folder });
  const frames: { readonly rows: string; readonly seconds: number }[] = [];
  const picture = (seconds: number): void => {
    frames.push({ rows: rowsSvg(tui.screen), seconds });
  };
  const pressed = async (keys: readonly string[], wanted: string | RegExp, seconds: number): Promise<string> => {
    tui.press(...keys);
    const text = await tui.shows(wanted);
    picture(seconds);
    return text;
  };

  const overview = await tui.shows('all inputs read and understood');
  expect(overview).toMatch(/14 devices, \d+ findings: +\d+ critical/u);
  picture(3);
  await pressed(['/'], 'filter /', 0.6);
  tui.press('fw-harbour');
  await tui.shows('filter /fw-harbour');
  picture(1);
  await pressed(['enter'], 'filter: fw-harbour', 1.5);

  // From a red cell to the line in three keys.
  await pressed(['enter'], /Findings, \d+ of \d+/u, 2);
  await pressed(['enter'], /^fix/mu, 3);
  const source = await pressed(['enter'], /d → .* and \d+ more/u, 4);
  expect(source).toContain('access-list outside_in extended permit');

  // What becomes of the example packet.
  await pressed(['esc'], /^fix/mu, 0.8);
  await pressed(['t'], /source \d/u, 2);
  const traced = await pressed(['enter'], / PERMIT /u, 4);
  expect(traced).toContain('running-config.cfg:');

  await pressed(['esc'], /^fix/mu, 0.8);
  await pressed(['w'], 'Accept this finding', 1);
  tui.press('migration ends in spring', 'enter', 'network team', 'enter', 'ctrl+u', '2027-03-31');
  await tui.shows('2027-03-31');
  picture(2.5);
  const preview = await pressed(['enter'], '+waivers:', 4);
  expect(preview).toContain('+    owner: network team');
  tui.press('enter');
  await tui.shows('all files were read again');
  tui.press('esc');
  const accepted = await tui.shows(/^accepted /mu);
  picture(3);
  expect(accepted).toContain('fw-harbour');

  tui.press('q');
  expect(await tui.ended()).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'brokerfence.yaml'), 'utf8')).toContain('reason: migration ends in spring');
  await expect(animatedSvg(SIZE, frames)).toMatchFileSnapshot('pictures/journey.svg');
});
