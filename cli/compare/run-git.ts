import { spawnSync } from 'node:child_process';

/** What became of one git command. */
export type GitAnswer =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  /** It ran and refused; `message` is the first line that it said, without `fatal:`. */
  | { readonly kind: 'refused'; readonly exitCode: number; readonly message: string }
  | { readonly kind: 'too-large' }
  /** It could not be run: `git is not installed`. */
  | { readonly kind: 'not-run'; readonly message: string };

/** Runs git in a directory and waits for it; at most `limitBytes` of what it writes are taken. */
export type RunGit = (directory: string, args: readonly string[], limitBytes: number) => GitAnswer;

const TIMEOUT_MS = 60_000;

/**
 * The git of this machine, without a shell. Nothing is fetched (a partial clone would ask its server for what it lacks), locked or
 * asked of a person.
 */
export function processGit(env: Readonly<Record<string, string | undefined>>): RunGit {
  return (directory, args, limitBytes) => {
    const { error, status, stdout, stderr } = spawnSync('git', ['-C', directory, '--no-pager', ...args], {
      env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' },
      maxBuffer: limitBytes,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
      windowsHide: true,
    });
    if (error !== undefined) return notRun(error);
    if (status === 0) return { kind: 'done', bytes: stdout };
    const [first = ''] = stderr.toString('utf8').split('\n');
    return { kind: 'refused', exitCode: status ?? -1, message: first.replace(/^(?:fatal|error): /, '') };
  };
}

function notRun(error: Error): GitAnswer {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOBUFS') return { kind: 'too-large' };
  if (code === 'ENOENT') return { kind: 'not-run', message: 'git is not installed' };
  if (code === 'ETIMEDOUT') return { kind: 'not-run', message: 'git did not answer' };
  return { kind: 'not-run', message: `git cannot be run (${error.message})` };
}
