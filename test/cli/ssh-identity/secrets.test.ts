/** Where secrets come from, how often they are asked for, and that nothing shows them. */
import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { credentialCommands } from '../../../cli/sources/ssh/credential-command.ts';
import type { Endpoint, SecretReference } from '../../../cli/sources/ssh/endpoint.ts';
import { hiddenPrompt, type HiddenPrompt, type KeyInput } from '../../../cli/sources/ssh/hidden-prompt.ts';
import { Secret, type SecretAnswer } from '../../../cli/sources/ssh/secret.ts';
import { secretSource, type SecretWorld } from '../../../cli/sources/ssh/secret-source.ts';
import { hop } from './hops.ts';

const endpoint = (of: Partial<Endpoint>): Endpoint => ({
  ...hop({}),
  name: 'fw1',
  platform: 'auto',
  jumps: [],
  deadlineSeconds: 60,
  ...of,
});

const shown = (answer: SecretAnswer): string => (answer.kind === 'secret' ? answer.secret.reveal() : answer.message);

const noCommand: SecretWorld['run'] = () => Promise.resolve({ kind: 'failed', message: 'unwanted' });

/** Answers questions in their order, and keeps them. */
class Person {
  readonly asked: string[] = [];
  readonly #answers: (string | undefined)[];
  #open = 0;

  constructor(answers: (string | undefined)[]) {
    this.#answers = answers;
  }

  readonly prompt: HiddenPrompt = async (question) => {
    this.#open += 1;
    expect(this.#open).toBe(1);
    this.asked.push(question);
    await Promise.resolve();
    this.#open -= 1;
    const text = this.#answers.shift();
    return text === undefined ? { kind: 'cancelled' } : { kind: 'text', text };
  };
}

test('a secret shows itself only when asked', () => {
  const secret = new Secret('hunter2');
  const forms = [
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ a: [secret] }, { showHidden: true, depth: 9 }),
    Object.values(secret).join(),
  ];
  for (const form of forms) expect(form).not.toContain('hunter2');
  expect(inspect([secret])).toBe('[ <masked> ]');
  expect(secret.reveal()).toBe('hunter2');
});

describe('a secret of the environment', () => {
  const source = (env: Readonly<Record<string, string>>): ReturnType<typeof secretSource> =>
    secretSource({ env, run: noCommand });

  test('is the variable that the inventory names, and never another in its place', async () => {
    const env = { BROKERFENCE_PASSWORD: 'wrong', FW_PASSWORD: 'right' };
    const credential: SecretReference = { kind: 'environment', variable: 'FW_PASSWORD' };
    expect(shown(await source(env).secret(hop({ credential }), 'password'))).toBe('right');
    const missing = await source({ BROKERFENCE_PASSWORD: 'wrong' }).secret(hop({ credential }), 'password');
    expect(shown(missing)).toBe('the environment variable FW_PASSWORD is not set');
    expect(shown(await source({ FW_PASSWORD: '' }).secret(hop({ credential }), 'password'))).toContain('is empty');
  });

  test('has a variable of its own for each purpose', async () => {
    const env = { BROKERFENCE_PASSWORD: 'p', BROKERFENCE_ENABLE: 'e', BROKERFENCE_PASSPHRASE: 'k' };
    const secrets = source(env);
    expect(shown(await secrets.secret(endpoint({}), 'password'))).toBe('p');
    expect(shown(await secrets.secret(endpoint({}), 'enable'))).toBe('e');
    expect(shown(await secrets.secret(endpoint({}), 'passphrase', '/k'))).toBe('k');
    // The password is never tried as the enable secret.
    expect(shown(await source({ BROKERFENCE_PASSWORD: 'p' }).secret(endpoint({}), 'enable'))).toContain(
      'set BROKERFENCE_ENABLE',
    );
  });
});

describe('a secret that is asked for', () => {
  test('is asked for once for all devices of a user, and one question stands at a time', async () => {
    const person = new Person(['one', 'two', 'three', 'four']);
    const secrets = secretSource({ env: {}, run: noCommand, prompt: person.prompt });
    const prompt = { kind: 'prompt', scope: 'edge' } as const;
    const answers = await Promise.all([
      secrets.secret(endpoint({ name: 'a' }), 'password'),
      secrets.secret(endpoint({ name: 'b' }), 'password'),
      secrets.secret(endpoint({ name: 'c', user: 'other' }), 'password'),
      secrets.secret(endpoint({ name: 'd', credential: prompt }), 'password'),
      secrets.secret(endpoint({ name: 'e', credential: prompt }), 'password'),
      secrets.secret(endpoint({ name: 'a' }), 'enable'),
    ]);
    expect(answers.map(shown)).toEqual(['one', 'one', 'two', 'three', 'three', 'four']);
    expect(person.asked).toEqual([
      'Password of audit: ',
      'Password of other: ',
      'Password of audit on edge: ',
      'Enable secret for audit: ',
    ]);
  });

  test('is one for a key file, whoever uses it', async () => {
    const person = new Person(['one', 'two']);
    const secrets = secretSource({ env: {}, run: noCommand, prompt: person.prompt });
    await secrets.secret(hop({ user: 'a' }), 'passphrase', '/k1');
    await secrets.secret(hop({ user: 'b' }), 'passphrase', '/k1');
    await secrets.secret(hop({ user: 'a' }), 'passphrase', '/k2');
    expect(person.asked).toEqual(['Passphrase of /k1: ', 'Passphrase of /k2: ']);
  });

  test('is not asked for again once a question was cancelled', async () => {
    const person = new Person([undefined, 'never']);
    const secrets = secretSource({ env: {}, run: noCommand, prompt: person.prompt });
    const answers = await Promise.all(['a', 'b'].map((user) => secrets.secret(hop({ user }), 'password')));
    expect(answers.map(({ kind }) => kind)).toEqual(['none', 'none']);
    expect(person.asked).toHaveLength(1);
  });

  test('is none without a terminal, and what to do is said', async () => {
    const answer = await secretSource({ env: {}, run: noCommand }).secret(hop({}), 'password');
    expect(shown(answer)).toBe(
      'there is no terminal to ask for the password on; set BROKERFENCE_PASSWORD, or name a credential in the inventory',
    );
  });
});

describe('a credential command', () => {
  const commands = (env = {}, timeoutMs = 60_000): ReturnType<typeof credentialCommands> =>
    credentialCommands({ env: { PATH: process.env['PATH'], ...env }, cwd: '.', timeoutMs });
  const script = (text: string): string[] => [process.execPath, '-e', text];

  test('prints the secret in its first line, and is told what is wanted', async () => {
    const run = commands({ BROKERFENCE_PASSWORD: 'ours', VAULT: 'v' });
    const words = ['PURPOSE', 'DEVICE', 'HOST', 'PORT', 'USER', 'KEY_FILE', 'PASSWORD'].map((w) => `BROKERFENCE_${w}`);
    const text = `console.log([...${JSON.stringify(words)}, 'VAULT'].map((w) => process.env[w]).join('|')); console.log('rest')`;
    const credential = { kind: 'command', command: script(text) } as const;
    const secrets = secretSource({ env: {}, run });
    expect(shown(await secrets.secret(endpoint({ credential, port: 2222 }), 'password'))).toBe(
      'password|fw1|h.example|2222|audit|||v',
    );
    expect(shown(await secrets.secret(hop({ passphrase: credential }), 'passphrase', '/k'))).toBe(
      'passphrase|h.example|h.example|22|audit|/k||v',
    );
  });

  test('is run once for a device, and apart for each', async () => {
    const hosts: string[] = [];
    const run: SecretWorld['run'] = (_, { BROKERFENCE_HOST = '' }) => {
      hosts.push(BROKERFENCE_HOST);
      return Promise.resolve({ kind: 'secret', value: BROKERFENCE_HOST });
    };
    const secrets = secretSource({ env: {}, run });
    const credential = { kind: 'command', command: ['x'] } as const;
    await Promise.all(['a', 'b', 'a'].map((host) => secrets.secret(hop({ host, credential }), 'password')));
    expect(hosts).toEqual(['a', 'b']);
  });

  test('is run without a shell, with nothing on its standard input', async () => {
    const run = commands();
    expect(await run([...script('console.log(process.argv[1])'), '$HOME;`id`'], {})).toEqual({
      kind: 'secret',
      value: '$HOME;`id`',
    });
    const text = "process.stdin.on('data', () => {}).on('end', () => console.log('empty'))";
    expect(await run(script(text), {})).toEqual({ kind: 'secret', value: 'empty' });
  });

  test.each([
    [
      'process.exitCode = 3; console.error("no such\\n entry"); console.log("half")',
      'ended with code 3: no such entry',
    ],
    ['process.exitCode = 1', 'ended with code 1 and said nothing'],
    ['process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)', 'ended with SIGTERM and said nothing'],
    ['', 'printed no secret'],
    ['console.log("\\nsecond")', 'printed no secret'],
    ['const b = "x".repeat(65536); const w = () => process.stdout.write(b, w); w()', 'printed far more than a secret'],
  ])('that gives none: %s', async (text, message) => {
    expect(await commands()(script(text), {})).toEqual({
      kind: 'failed',
      message: `the credential command ${process.execPath} ${message}`,
    });
  });

  test('that gives no answer is ended, with all that it started', async () => {
    const text = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      setInterval(() => {}, 1000)`;
    // The grandchild keeps the pipe open: without its end this would never be over.
    expect(await commands({}, 300)(script(text), {})).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('gave no answer in 0.3 s'),
    });
  });

  test('that does not exist', async () => {
    expect(await commands()(['/no/such/program'], {})).toEqual({
      kind: 'failed',
      message: 'the credential command /no/such/program does not exist',
    });
  });

  test('ends when all is cancelled', async () => {
    const cancel = new AbortController();
    const run = credentialCommands({ env: {}, cwd: '.', timeoutMs: 60_000, signal: cancel.signal });
    const ran = run(script('setInterval(() => {}, 1000)'), {});
    cancel.abort();
    expect((await ran).kind).toBe('failed');
  });
});

test('what was revealed is masked in texts, in its forms, the longest first', async () => {
  const env = { BROKERFENCE_PASSWORD: 'cisco', BROKERFENCE_ENABLE: 'cisco"1$&(', A: 'said cisco' };
  const run: SecretWorld['run'] = () => Promise.resolve({ kind: 'failed', message: 'no entry for cisco' });
  const secrets = secretSource({ env, run });
  expect(secrets.scrub('cisco')).toBe('cisco');
  await secrets.secret(endpoint({}), 'password');
  await secrets.secret(endpoint({}), 'enable');
  expect(secrets.revealed().map((each) => each.reveal())).toEqual(['cisco', 'cisco"1$&(']);
  expect(secrets.scrub('a cisco"1$&( b {"k":"cisco\\"1$&("} cisco.')).toBe('a <masked> b {"k":"<masked>"} <masked>.');
  const answer = await secrets.secret(hop({ credential: { kind: 'command', command: ['x'] } }), 'password');
  expect(shown(answer)).toBe('no entry for <masked>');
});

describe('a line that is not shown while it is typed', () => {
  class Keyboard extends EventEmitter implements KeyInput {
    readonly modes: string[] = [];
    setRawMode(isRaw: boolean): void {
      this.modes.push(isRaw ? 'raw' : 'cooked');
    }
    resume(): void {
      this.modes.push('resumed');
    }
    pause(): void {
      this.modes.push('paused');
    }
  }

  const typed = async (
    ...chunks: (string | Buffer)[]
  ): Promise<{ result: string; written: string; after: string[] }> => {
    const keyboard = new Keyboard();
    let written = '';
    let interrupts = 0;
    const ask = hiddenPrompt({
      input: keyboard,
      write: (text) => {
        written += text;
      },
      onInterrupt: () => {
        interrupts += 1;
      },
    });
    const asked = ask('Password: ');
    for (const chunk of chunks) keyboard.emit('data', Buffer.from(chunk));
    if (chunks.length === 0) keyboard.emit('end');
    const result = await asked;
    expect(keyboard.listenerCount('data') + keyboard.listenerCount('end') + keyboard.listenerCount('close')).toBe(0);
    const said = result.kind === 'text' ? result.text : `cancelled ${interrupts}`;
    return { result: said, written, after: keyboard.modes };
  };

  test('is what was typed, and the terminal is left as it was', async () => {
    expect(await typed('hun', 'ter2\r')).toEqual({
      result: 'hunter2',
      written: 'Password: \n',
      after: ['raw', 'resumed', 'cooked', 'paused'],
    });
  });

  const key = Buffer.from('é😀');
  test.each([
    ['backspace', ['abc\u007F\u007Fd\n'], 'ad'],
    ['backspace over a character of two units', ['a😀\u007Fb\r'], 'ab'],
    ['a character in pieces', [key.subarray(0, 1), key.subarray(1, 4), key.subarray(4), '\r'], 'é😀'],
    ['Ctrl-U', ['wrong\u0015right\r'], 'right'],
    ['arrow keys', ['a\u001B[D\u001BOAb\r'], 'ab'],
    ['the marks around what is pasted', ['\u001B[200~pasted\u001B[201~\r'], 'pasted'],
    ['Ctrl-D after text', ['a\u0004b\r'], 'ab'],
    ['Ctrl-D alone', ['\u0004'], 'cancelled 0'],
    ['Ctrl-C', ['abc\u0003'], 'cancelled 1'],
    ['Ctrl-C after the escape key', ['abc\u001B\u0003'], 'cancelled 1'],
    ['the end of the terminal', [], 'cancelled 0'],
    ['nothing', ['\r'], ''],
  ])('with %s', async (_, chunks, result) => {
    expect((await typed(...chunks)).result).toBe(result);
  });

  test('is taken back when the program is to end, and no other is asked', async () => {
    const keyboard = new Keyboard();
    const ending = new AbortController();
    const ask = hiddenPrompt({ input: keyboard, write: () => undefined, signal: ending.signal });
    const asked = ask('Password: ');
    ending.abort();
    expect(await asked).toEqual({ kind: 'cancelled' });
    expect(await ask('Again: ')).toEqual({ kind: 'cancelled' });
    expect(keyboard.modes).toEqual(['raw', 'resumed', 'cooked', 'paused']);
    expect(keyboard.listenerCount('data') + keyboard.listenerCount('end') + keyboard.listenerCount('close')).toBe(0);
  });
});
