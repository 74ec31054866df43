import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { startTui } from '../../../cli/tui/start.tsx';
import type { Theme } from '../../../cli/tui/theme.ts';
import { CLOSED_ASA, EXPOSED_ASA } from '../support/configs.ts';
import { Driver } from './support/driver.ts';
import { compiled, PtyProgram } from './support/pty.ts';
import { Keys, ScreenOutput } from './support/screen-streams.ts';
import { VirtualScreen } from './support/virtual-screen.ts';

/* The terminal UI in a real pseudo terminal: what it does to the terminal, and that it gives it back. */

const SAMPLES = fileURLToPath(new URL('../../../device-samples', import.meta.url));
const program = compiled();
const folder = mkdtempSync(join(tmpdir(), 'brokerfence-tui-'));
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

function started(args: readonly string[], env: Readonly<Record<string, string>> = {}): PtyProgram {
  return new PtyProgram([program.main, ...args], { columns: 80, rows: 24, cwd: folder, env });
}

describe('the process', () => {
  test('takes the other screen, and leaves the first one as it was', async () => {
    const tui = started(['tui', SAMPLES]);
    await tui.shows('DEVICE, CROSSING');
    expect(tui.screen.isAlternate).toBe(true);
    tui.press('q');
    expect(await tui.ended()).toMatchObject({ code: 0 });
    await tui.screen.drawn();
    expect(tui.screen.isAlternate).toBe(false);
    expect(tui.screen.text().trim()).toBe('');
    // DECTCEM of the VT510 manual: the cursor is shown again.
    expect(tui.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(tui.raw.lastIndexOf('\u001b[?25l'));
  });
  test('follows the size of the terminal and keeps its place', async () => {
    const tui = started(['tui', SAMPLES]);
    await tui.shows('critical');
    tui.press('2', 'j', 'j');
    await tui.shows('Findings, ');
    tui.resize(120, 40);
    await tui.until((text) => text.split('\n').some((line) => line.length > 100), 'a wide line');
    tui.resize(60, 12);
    const isDrawn = (text: string): boolean => text.startsWith(' 1  2 findings ') && text.includes(' quit');
    const text = await tui.until(isDrawn, 'the findings on the small screen');
    expect(text.trimEnd().split('\n')).toHaveLength(12);
    tui.press('q');
    expect(await tui.ended()).toMatchObject({ code: 0 });
  });
  test('takes keys that come in one piece, and no letters of a pasted text', async () => {
    const tui = started(['tui', SAMPLES]);
    await tui.shows('critical');
    tui.press('2/severity:critical\r');
    await tui.shows('filter: severity:critical  (esc takes it away)');
    // Bracketed paste (XTerm Control Sequences): the terminal says that it was pasted.
    tui.press('\u001b[200~q\u001b[201~');
    await tui.shows('there is no field here for the pasted text');
    tui.press('q');
    expect(await tui.ended()).toMatchObject({ code: 0 });
  });
  test.each(['SIGTERM', 'SIGHUP'])('gives the terminal back when it gets %s', async (signal) => {
    const tui = started(['tui', SAMPLES]);
    await tui.shows('DEVICE, CROSSING');
    tui.kill(signal);
    await tui.ended();
    await tui.screen.drawn();
    expect(tui.screen.isAlternate).toBe(false);
  });
  test('shows no colour where none is wanted', async () => {
    const tui = started(['tui', SAMPLES], { NO_COLOR: '1' });
    await tui.shows('critical');
    tui.press('q');
    await tui.ended();
    // Select Graphic Rendition 30 to 37 and 90 to 97 set colours (ECMA-48 §8.3.117).
    // oxlint-disable-next-line no-control-regex -- an escape sequence is what is looked for
    expect(tui.raw).not.toMatch(/\u001b\[(?:\d+;)*(?:3[0-7]|9[0-7])(?:;\d+)*m/u);
  });

  test('is offered when the program is called alone', async () => {
    const offered = started([]);
    await offered.shows('Open the terminal UI for this directory?');
    offered.press('n');
    expect(await offered.ended()).toMatchObject({ code: 0 });
    expect(offered.screen.isAlternate).toBe(false);
    const taken = started([]);
    await taken.shows('Open the terminal UI for this directory?');
    taken.press('enter');
    await taken.shows('1 overview');
    taken.press('q');
    expect(await taken.ended()).toMatchObject({ code: 0 });
  });

  test('gives the terminal to the editor and takes it back', async () => {
    const editor = join(folder, 'editor.sh');
    const script = '#!/bin/sh\necho "edits $1"\necho "${2##*/}"\nsleep 1\nread typed\necho "it got $typed"\nread key\n';
    writeFileSync(editor, script, { mode: 0o755 });
    const tui = started(['tui', SAMPLES, '--no-policy'], { EDITOR: editor });
    await tui.shows('critical');
    tui.press('2');
    await tui.shows('Findings, ');
    tui.press('e');
    // The name alone: where the path ends on the screen depends on where the project lies.
    await tui.shows(/edits \+\d+\s+running-config\.cfg/u);
    // Every key is the editor's, though it does not read yet: `q` would end this program, `w` would write.
    for (const letter of 'wq?') tui.press(letter);
    tui.press('enter');
    await tui.shows('it got wq?');
    tui.press('enter');
    await tui.shows('Findings, ');
    tui.press('j', '9');
    await tui.shows('9 source');
    tui.press('q');
    expect(await tui.ended()).toMatchObject({ code: 0 });
  });

  test('gives the terminal to one editor, however often and with whatever behind it the key comes in one piece', async () => {
    const editor = join(folder, 'patient.sh');
    writeFileSync(editor, '#!/bin/sh\necho "edits $1"\nread key\n', { mode: 0o755 });
    const tui = started(['tui', SAMPLES, '--no-policy'], { EDITOR: editor });
    await tui.shows('critical');
    tui.press('2');
    await tui.shows('Findings, ');
    tui.press('ee9q');
    await tui.shows(/edits \+\d+/u);
    expect(tui.screen.text().match(/edits/gu)).toHaveLength(1);
    tui.press('enter');
    await tui.shows('2 findings');
    tui.press('q');
    expect(await tui.ended()).toMatchObject({ code: 0 });
  });

  test('is not shown where no screen can be', async () => {
    for (const args of [[], ['tui', SAMPLES]]) {
      const refused = started(args, { TERM: 'dumb' });
      expect(await refused.ended()).toMatchObject({ code: 2 });
      await refused.screen.drawn();
      expect(refused.screen.text()).toContain(args.length === 0 ? 'Name a command' : 'the terminal UI needs a');
      expect(refused.raw).not.toContain('\u001b[?1049h');
    }
  });

  test('stops at ctrl+z, also in the middle of a word, and goes on where it was', async () => {
    const env = { PS1: 'ready> ', NODE: process.execPath, MAIN: program.main, SAMPLES };
    const shell = new PtyProgram(['--norc', '-i'], { program: 'bash', columns: 80, rows: 24, cwd: folder, env });
    await shell.shows('ready>');
    shell.press('"$NODE" "$MAIN" tui "$SAMPLES" --no-policy\r');
    await shell.shows('critical');
    shell.press('2');
    await shell.shows('Findings, ');
    shell.press('/mqt');
    await shell.shows('filter /mqt');
    shell.press('ctrl+z');
    await shell.shows('Stopped');
    expect(shell.screen.isAlternate).toBe(false);
    shell.press('fg\r');
    await shell.shows('filter /mqt');
    expect(shell.screen.isAlternate).toBe(true);
    shell.press('t', 'enter');
    await shell.shows('filter: mqtt');
    shell.press('q');
    await shell.until((text) => /ready>\s*$/u.test(text), 'the shell again');
    shell.press('exit\r');
    expect(await shell.ended()).toMatchObject({ code: 0 });
  });

  test('takes the terminal again when it was stopped from elsewhere', async () => {
    const stopped = join(folder, 'stopped.sh');
    const script =
      '(until [ -e now ]; do sleep 0.1; done; kill -STOP $$) &\nexec "$NODE" "$MAIN" tui "$SAMPLES" --no-policy\n';
    writeFileSync(stopped, `#!/bin/sh\n${script}`, { mode: 0o755 });
    const env = { PS1: 'ready> ', NODE: process.execPath, MAIN: program.main, SAMPLES };
    const shell = new PtyProgram(['--norc', '-i'], { program: 'bash', columns: 80, rows: 24, cwd: folder, env });
    await shell.shows('ready>');
    shell.press('./stopped.sh\r');
    await shell.shows('critical');
    writeFileSync(join(folder, 'now'), '');
    await shell.shows('Stopped');
    shell.press('fg\r');
    await shell.until((text) => !text.includes('Stopped') && text.includes('critical'), 'the screen again');
    shell.press('2');
    await shell.shows('Findings, ');
    shell.press('q');
    await shell.until((text) => /ready>\s*$/u.test(text), 'the shell again');
    shell.press('exit\r');
    expect(await shell.ended()).toMatchObject({ code: 0 });
  });

  test('reads files again when they change', async () => {
    const path = join(folder, 'edge.cfg');
    writeFileSync(path, EXPOSED_ASA);
    const tui = started(['tui', path, '--no-policy']);
    await tui.shows('1 critical');
    writeFileSync(path, CLOSED_ASA);
    await tui.shows('all files were read again');
    expect(tui.screen.text()).not.toContain('1 critical');
    tui.press('q');
    await tui.ended();
  });
});

test('a crash gives the terminal back and says what happened', async () => {
  const screen = new VirtualScreen(80, 24);
  const keys = new Keys();
  let isBroken = false;
  const theme: Theme = (_, text) => {
    if (isBroken) throw new Error('the theme is broken');
    return text;
  };
  const engine = {
    audit: () => {},
    ask: () => new Promise<never>(() => {}),
    usePolicy: () => {},
    forget: () => {},
    close: async () => {},
  };
  const driver = new Driver([SAMPLES]);
  const ended = startTui(engine, driver.settings, theme, { stdin: keys, stdout: new ScreenOutput(screen), env: {} });
  const outcome = ended.then(
    () => 'left',
    (error: unknown) => String(error),
  );
  await new Promise((done) => setImmediate(done));
  await screen.drawn();
  expect(screen.isAlternate).toBe(true);
  isBroken = true;
  keys.write('?');
  expect(await outcome).toContain('the theme is broken');
  await screen.drawn();
  expect(screen.isAlternate).toBe(false);
});
