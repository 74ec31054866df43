import { spawn } from 'node:child_process';
import type { Surroundings } from './perform.ts';

/** Takes the terminal from the screen for as long as something else has it. */
export type Suspend = (whileAway: () => Promise<void>) => Promise<void>;

/** The user's terminal, editor and working directory. */
export function realSurroundings(
  env: Readonly<Record<string, string | undefined>>,
  suspend: Suspend,
  write: (text: string) => void,
  quit: () => void,
  desk: Omit<Surroundings, 'edit' | 'copy' | 'quit' | 'suspend'>,
): Surroundings & { readonly retake: () => void } {
  let isAway = false;
  /** Only one can have the terminal: a key that is pressed twice in a row is meant once. */
  const away = async (whoever: () => Promise<string | undefined>): Promise<string | undefined> => {
    if (isAway) return undefined;
    isAway = true;
    let wrong: string | undefined;
    try {
      await suspend(async () => {
        wrong = await whoever();
      });
    } finally {
      isAway = false;
    }
    return wrong;
  };
  return {
    quit,
    ...desk,
    // OSC 52 (XTerm Control Sequences, "Manipulate Selection Data"): the terminal's own clipboard, also over SSH.
    copy: (text) => write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
    async edit(file, line) {
      const editor = editorCommand(env, file, line);
      if (editor === undefined) return 'no editor is set: VISUAL and EDITOR are empty';
      return away(() => run(editor));
    },
    suspend: () => away(stopped),
    // Of one's own stop, and of an editor's, it comes back by itself.
    retake: () => void away(async () => undefined),
  };
}

/**
 * Stops as the terminal's own ctrl+Z does: every process of the foreground group, so that a wrapper such as `npx` stops
 * with it and the shell takes over (termios(3), ISIG; kill(2), pid 0). Resolves when the shell continues it.
 */
async function stopped(): Promise<string | undefined> {
  try {
    process.kill(0, 'SIGTSTP');
  } catch {
    return 'this system cannot stop a program and continue it';
  }
  // Time stands still while stopped. A group without a shell is not stopped at all, and goes on at once.
  await new Promise((done) => setTimeout(done, SIGNAL_ARRIVES_MS));
  return undefined;
}

const SIGNAL_ARRIVES_MS = 50;

/** Editors that go to a line by `+LINE`; Visual Studio Code and Sublime Text have ways of their own. */
function editorCommand(
  env: Readonly<Record<string, string | undefined>>,
  file: string,
  line: number,
): readonly string[] | undefined {
  // A variable that is set to nothing is none.
  const written = [env['VISUAL'], env['EDITOR']].find((text = '') => text.trim() !== '') ?? '';
  const words = written.split(' ').filter((word) => word !== '');
  const [program] = words;
  if (program === undefined) return undefined;
  if (/(?:^|\/)(?:code|codium|code-insiders)$/u.test(program)) return [...words, '--goto', `${file}:${line}`];
  if (/(?:^|\/)(?:subl|hx|zed)$/u.test(program)) return [...words, `${file}:${line}`];
  return [...words, `+${line}`, file];
}

/** What went wrong with a program that had the terminal, if anything. */
function run([program = '', ...args]: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.on('error', (error) => done(`${program} cannot be run: ${error.message}`));
    child.on('close', (code) => done(code === 0 ? undefined : `${program} ended with ${code ?? 'a signal'}`));
  });
}
