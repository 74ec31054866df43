import { spawn } from 'node:child_process';

type CommandResult =
  | { readonly kind: 'secret'; readonly value: string }
  /** A sentence without a full stop. What the command said is in it and may hold anything. */
  | { readonly kind: 'failed'; readonly message: string };

/** Runs a command that prints a secret. `description` is added to its environment. */
export type CommandRunner = (
  command: readonly string[],
  description: Readonly<Record<string, string>>,
) => Promise<CommandResult>;

interface CommandWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Ends commands that are running. */
  readonly signal?: AbortSignal;
}

/** More than any password; a command that prints without end is ended. */
const MOST_BYTES = 64 * 1024;
const LONGEST_SAID = 200;

/**
 * Runs commands as they are, word by word, without a shell; their standard input is empty. The first line of what one
 * prints is the secret, as `pass show`, `op read` and `vault kv get -field` print it. It is told what is wanted by
 * `BROKERFENCE_PURPOSE`, `_DEVICE`, `_HOST`, `_PORT`, `_USER` and `_KEY_FILE`, and gets no secret of ours.
 */
export function credentialCommands(world: CommandWorld): CommandRunner {
  return (command, description) =>
    new Promise((resolve) => {
      const [program = '', ...words] = command;
      const failed = (message: string): void =>
        resolve({ kind: 'failed', message: `the credential command ${program} ${message}` });
      const child = spawn(program, words, {
        cwd: world.cwd,
        env: { ...withoutOwn(world.env), ...description },
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own, so that what it started ends with it, and Ctrl-C is ours to handle.
        detached: true,
        ...(world.signal === undefined ? {} : { signal: world.signal }),
      });
      let isOver: string | undefined;
      const end = (why: string): void => {
        isOver ??= why;
        endGroup(child.pid);
      };
      const timer = setTimeout(() => end(`gave no answer in ${world.timeoutMs / 1000} s`), world.timeoutMs);
      const out: Buffer[] = [];
      const said: Buffer[] = [];
      keep(child.stdout, out, () => end('printed far more than a secret'));
      keep(child.stderr, said, () => end('printed too many errors'));
      child.once('error', (error) => {
        clearTimeout(timer);
        if (error.name === 'AbortError') endGroup(child.pid);
        const code = 'code' in error ? error.code : '';
        failed(code === 'ENOENT' ? 'does not exist' : `could not be run: ${String(code)}`);
      });
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        const [line = ''] = Buffer.concat(out).toString('utf8').split(/\r?\n/u);
        if (isOver !== undefined) failed(isOver);
        else if (code !== 0) failed(`ended with ${code === null ? String(signal) : `code ${code}`}${reason(said)}`);
        else if (line === '') failed('printed no secret');
        else resolve({ kind: 'secret', value: line });
      });
    });
}

function keep(stream: NodeJS.ReadableStream, into: Buffer[], tooMuch: () => void): void {
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) into.push(chunk);
    else tooMuch();
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

function reason(said: readonly Buffer[]): string {
  const line = Buffer.concat(said).toString('utf8').trim().replaceAll(/\s+/gu, ' ');
  if (line === '') return ' and said nothing';
  return `: ${line.length > LONGEST_SAID ? `${line.slice(0, LONGEST_SAID)}…` : line}`;
}

/** A command that looks after one secret is not handed the others. */
function withoutOwn(env: CommandWorld['env']): Record<string, string | undefined> {
  const secret = new Set(['BROKERFENCE_PASSWORD', 'BROKERFENCE_PASSPHRASE', 'BROKERFENCE_ENABLE']);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}
