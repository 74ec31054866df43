import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn, type IPty } from '@lydell/node-pty';
import { VirtualScreen } from './virtual-screen.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
/** Long enough for a busy machine; only reached when something is wrong. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** The program compiled as it is shipped, in a folder of its own; `remove` takes it away. */
export function compiled(): { readonly main: string; readonly remove: () => void } {
  // Below the project, so that its packages are found from there.
  const folder = mkdtempSync(join(ROOT, '.compiled-'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', ROOT, '--outDir', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot be compiled:\n${stdout}`);
  return { main: join(folder, 'cli/main.js'), remove: () => rmSync(folder, { recursive: true }) };
}

export interface PtyOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  /** Instead of Node. */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program in a real pseudo terminal, with its screen. */
export class PtyProgram {
  readonly screen: VirtualScreen;
  /** Everything that it wrote. */
  raw = '';
  readonly #pty: IPty;
  readonly #ended: Promise<{ readonly code: number; readonly signal: number | undefined }>;
  #hasEnded = false;

  constructor(args: readonly string[], { columns, rows, cwd, env = {}, program = process.execPath }: PtyOptions) {
    this.screen = new VirtualScreen(columns, rows);
    this.#pty = spawn(program, [...args], {
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
    });
    this.#pty.onData((data) => {
      this.raw += data;
      this.screen.write(data);
    });
    this.#ended = new Promise((ended) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#hasEnded = true;
        ended({ code: exitCode, signal });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Types keys as a terminal sends them. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#pty.write(SEQUENCES[key] ?? key);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** The screen once it shows a text; rejects with what it shows instead. */
  async shows(wanted: string | RegExp): Promise<string> {
    return this.until(
      (text) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)),
      String(wanted),
    );
  }

  async until(isThere: (text: string) => boolean, what: string, patienceMs = PATIENCE_MS): Promise<string> {
    const until = Date.now() + patienceMs;
    for (;;) {
      await this.screen.drawn();
      const text = this.screen.text();
      if (this.#isWhole() && isThere(text)) return text;
      if (Date.now() > until || this.#hasEnded)
        throw new Error(`${this.#hasEnded ? 'ended' : 'waited'} without ${what}:\n${text}`);
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
  }

  /** Not in the middle of a frame: programs say where one begins and ends (synchronised output, mode 2026). */
  #isWhole(): boolean {
    return this.raw.lastIndexOf('\u001b[?2026h') <= this.raw.lastIndexOf('\u001b[?2026l');
  }

  ended(): Promise<{ readonly code: number; readonly signal: number | undefined }> {
    return this.#ended;
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }
}

const SEQUENCES: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  'ctrl+c': '\u0003',
  'ctrl+u': '\u0015',
  'ctrl+z': '\u001a',
  backspace: '\u007f',
};
