/** The dialogue with a command line: prompts, echo, pagers, look-alikes, silence. */
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { ciscoIosDialogue } from '../../../cli/sources/ssh/platforms/cisco-ios.ts';
import { ciscoNxosDialogue } from '../../../cli/sources/ssh/platforms/cisco-nxos.ts';
import { juniperJunosDialogue } from '../../../cli/sources/ssh/platforms/juniper-junos.ts';
import { Secret } from '../../../cli/sources/ssh/secret.ts';
import type { ShellForm } from '../../../cli/sources/ssh/shell.ts';
import { readDialogue, recordedDialogue } from '../../support/fake-device/dialogue.ts';
import type { PlayOptions } from '../../support/fake-device/player.ts';
import { direct, LOGIN, type Direct } from './direct.ts';

const open: Direct[] = [];

afterEach(() => {
  for (const { end } of open.splice(0)) end();
});

function play(text: string, form: ShellForm, options: PlayOptions = {}): Direct {
  const playing = direct(readDialogue(text), form, options);
  open.push(playing);
  return playing;
}

/** A small router whose configuration is `config`. */
function router(config: string): string {
  return `%% mode exec "r1#"\n%% start exec\n%% banner\nWelcome to r1#\n  -->\n%% on exec "show running-config"\n${config}`;
}

async function running({ shell }: Direct, endsWith?: RegExp): Promise<string> {
  expect(await shell.start(LOGIN)).toBeUndefined();
  const answer = await shell.run('show running-config', {
    idleMs: 5000,
    isDoubtful: endsWith === undefined,
    ...(endsWith === undefined ? {} : { endsWith }),
  });
  return answer.kind === 'answer' ? answer.text : `${answer.reason}: ${answer.message}`;
}

/** Pieces of these sizes, over and over. */
function cut(sizes: readonly number[]): PlayOptions {
  let turn = 0;
  return {
    pieceSize: () => {
      turn += 1;
      return sizes[turn % sizes.length] ?? 1;
    },
  };
}

describe('a shell', () => {
  test('learns the prompt behind a banner that looks like prompts', async () => {
    const playing = play(router('hostname r1\nend\n'), ciscoIosDialogue, { pieceSize: () => 1 });
    expect(await playing.shell.start(LOGIN)).toBeUndefined();
    expect(playing.shell.prompt).toBe('r1#');
  });

  test('gives the same answer however it is cut up', { timeout: 60_000 }, async () => {
    const config = 'hostname r1\n!\nbanner motd ^C\nr1#\nr1# show run\n^C\ninterface Gi0\n description x  \nend\n';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), async (sizes) => {
        expect(await running(play(router(config), ciscoIosDialogue, cut(sizes)), /^end$/)).toBe(config);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ['with an end mark', /^end$/],
    ['without one', undefined],
  ])('is not taken in by its own prompt inside a configuration, %s', async (_with, endsWith) => {
    const config = 'hostname r1\nbanner motd ^C\nr1#\nr1#\nr1#\n^C\nline vty 0 4\nend\n';
    const playing = play(router(config), ciscoIosDialogue, { pieceSize: () => 1 });
    expect(await running(playing, endsWith)).toBe(config);
  });

  test('is not taken in by two look-alikes with a silence between them', async () => {
    const behind = '\r\n^C\r\nline vty 0 4\r\n';
    const rests = [`\r\nr1#${behind}r1#`.length, `${behind}r1#`.length];
    let isSilent = false;
    const playing = play(router(`banner motd ^C\nr1#\nr1#${behind.replaceAll('\r', '')}`), ciscoNxosDialogue, {
      pieceSize: (left) => {
        const rest = rests.find((length) => left > length);
        isSilent = rest === rests[0];
        return left - (rest ?? 0);
      },
      pause: (done) => {
        if (isSilent) setTimeout(done, 400);
        else setImmediate(done);
      },
    });
    expect(await running(playing)).toBe('banner motd ^C\nr1#\nr1#\n^C\nline vty 0 4\n');
  });

  test('notices that an answer went on after a look-alike and a long silence', async () => {
    const before = 'hostname r1\r\nbanner motd ^C\r\nr1#';
    const behind = '\r\n^C\r\nline vty 0 4\r\n';
    const config = `${before}\r\nr1#${behind}`.replaceAll('\r', '');
    const rests = [`\r\nr1#${behind}r1#`.length, `${behind}r1#`.length];
    let isBetween = false;
    const playing = play(router(config), ciscoNxosDialogue, {
      pieceSize: (left) => {
        const rest = rests.find((length) => left > length);
        isBetween = rest !== undefined;
        return left - (rest ?? 0);
      },
      pause: (done) => {
        if (isBetween) setTimeout(done, 400);
        else setImmediate(done);
      },
    });
    const first = await running(playing);
    const next = await playing.shell.run('show running-config', { idleMs: 5000, isDoubtful: true });
    // On a busy machine the silence may be over before it is noticed: then the answer was not cut off.
    expect(next).toMatchObject({ kind: 'answer', cutBefore: first !== config });
  });

  test('goes through a pager that cannot be switched off', async () => {
    const recording = recordedDialogue('cisco-ios');
    const playing = direct({ ...recording, start: 'exec' }, ciscoIosDialogue, { stubbornPager: true, pageLines: 7 });
    open.push(playing);
    const text = recording.answers.get('exec show running-config')?.text;
    expect(await running(playing, /^end$/)).toBe(text);
  });

  test('takes away what stands before a prompt of a cluster', async () => {
    const playing = direct(recordedDialogue('juniper-junos'), juniperJunosDialogue, { pieceSize: () => 1 });
    open.push(playing);
    expect(await playing.shell.start(LOGIN)).toBeUndefined();
    const answer = await playing.shell.run('show version', { idleMs: 5000 });
    expect(answer).toMatchObject({ text: expect.not.stringContaining('primary') });
    expect(answer).toMatchObject({ text: expect.stringMatching(/^Hostname: dc-srx-1\nModel: srx4100\n/) });
  });

  test('says after how long a silence it gave up, and what had come', async () => {
    const playing = play(router('hostname r1\nend\n'), ciscoIosDialogue, {
      stallIn: { command: 'show running-config', after: 12 },
    });
    await playing.shell.start(LOGIN);
    const answer = await playing.shell.run('show running-config', { idleMs: 200 });
    expect(answer).toMatchObject({
      kind: 'failure',
      reason: 'timeout',
      captured: expect.stringContaining('hostname r'),
    });
  });

  test('says that the connection was lost, and what had come', async () => {
    const playing = play(router('hostname r1\nend\n'), ciscoIosDialogue, {
      dropIn: { command: 'show running-config', after: 12 },
    });
    await playing.shell.start(LOGIN);
    const answer = await playing.shell.run('show running-config', { idleMs: 5000 });
    expect(answer).toMatchObject({ kind: 'failure', reason: 'lost', captured: expect.stringContaining('hostname r') });
  });

  test('answers questions before the first prompt, each once', async () => {
    const questions: PlayOptions['questions'] = [
      ['Do you accept and acknowledge the statement above ? (yes/no) : ', 'yes'],
      ['Username: ', 'auditor'],
      ['Password: ', 'typed-password'],
    ];
    const good = play(router('end\n'), ciscoIosDialogue, { questions });
    expect(await good.shell.start(LOGIN)).toBeUndefined();
    const bad = play(router('end\n'), ciscoIosDialogue, { questions: [['Password: ', 'another one']] });
    expect(await bad.shell.start(LOGIN)).toMatchObject({ kind: 'failure', reason: 'login-refused' });
  });

  test('types the enable secret once', async () => {
    const dialogue = recordedDialogue('cisco-ios');
    const secret = () => Promise.resolve({ kind: 'secret', secret: new Secret('wrong') } as const);
    const playing = direct(dialogue, ciscoIosDialogue, { enableSecret: 'right', pieceSize: () => 1 });
    open.push(playing);
    await playing.shell.start(LOGIN);
    await playing.shell.enter('enable', secret);
    expect(playing.shell.prompt).toBe('edge-rtr>');
    expect(playing.player.passwordsTyped).toBe(1);
  });

  test('types nothing that is not read-only', async () => {
    const playing = play(router('end\n'), ciscoIosDialogue);
    await playing.shell.start(LOGIN);
    for (const command of ['configure terminal', 'reload', 'show running-config\nreload', 'write memory'])
      expect(await playing.shell.run(command, { idleMs: 100 })).toMatchObject({ kind: 'failure' });
    expect(playing.player.typed).toEqual([]);
  });

  test('reads a large configuration in time that grows with its size only', { timeout: 60_000 }, async () => {
    const line = ' permit tcp host 192.0.2.1 host 198.51.100.7 eq 8883\n';
    const config = `${line.repeat(400_000)}end\n`;
    const playing = play(router(config), ciscoIosDialogue, { pieceSize: () => 32_768 });
    const before = performance.now();
    expect((await running(playing, /^end$/)).length).toBe(config.length);
    expect(performance.now() - before).toBeLessThan(30_000);
  });
});

describe('a device', () => {
  test('that shows nothing of what is typed is understood', async () => {
    const playing = play(router('hostname r1\nend\n'), ciscoIosDialogue, { hidesTyping: true });
    expect(await running(playing, /^end$/)).toBe('hostname r1\nend\n');
    const again = await playing.shell.run('show running-config', { idleMs: 5000, endsWith: /^end$/ });
    expect(again).toMatchObject({ text: 'hostname r1\nend\n', cutBefore: false });
  });

  test('whose log messages come between answers has not been cut off', async () => {
    const dialogue = `${router('hostname r1\nend\n')}%% on exec "show version"\nversion 1\n`;
    const playing = play(dialogue, ciscoIosDialogue);
    await running(playing, /^end$/);
    playing.player.interrupt('\r\n*Mar  1 00:01:02.003: %SYS-5-CONFIG_I: Configured from console\r\nr1#');
    const answer = await playing.shell.run('show version', { idleMs: 5000 });
    expect(answer).toMatchObject({ text: 'version 1\n', cutBefore: false });
  });
});
