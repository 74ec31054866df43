import type { CollectWorld } from '../../../cli/collect/world.ts';
import type { Io } from '../../../cli/io.ts';
import type { Node } from './memory-files.ts';
import { runProgram } from '../../../cli/program.ts';
import { MemoryFiles } from './memory-files.ts';

export interface FakeWorld {
  readonly files?: Readonly<Record<string, Node>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminalColumns?: number;
  readonly heapLimitBytes?: number;
  readonly today?: string;
  /** Absent: the test collects nothing. */
  readonly collecting?: CollectWorld;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly written: ReadonlyMap<string, string>;
}

/** Runs the whole program in this process, in a world of its own. */
export async function run(argv: readonly string[], world: FakeWorld = {}): Promise<Outcome> {
  const { io, outcome } = fakeIo(world);
  const exitCode = await runProgram(argv, io);
  return { exitCode, ...outcome() };
}

export function fakeIo(world: FakeWorld): { readonly io: Io; readonly outcome: () => Omit<Outcome, 'exitCode'> } {
  const texts = { stdout: '', stderr: '' };
  const files = new MemoryFiles(world.files ?? {});
  const channel = (name: 'stdout' | 'stderr') => ({
    write: (text: string): void => {
      texts[name] += text;
    },
    isTTY: world.terminalColumns !== undefined,
    ...(world.terminalColumns === undefined ? {} : { columns: world.terminalColumns }),
  });
  let nowMs = 0;
  const io: Io = {
    today: () => world.today ?? '2026-11-22',
    stdout: channel('stdout'),
    stderr: channel('stderr'),
    readStdin: async (limitBytes) => {
      const bytes = new TextEncoder().encode(world.stdin ?? '');
      return bytes.length > limitBytes ? 'too-large' : bytes;
    },
    files,
    env: world.env ?? {},
    heapLimitBytes: world.heapLimitBytes ?? 4 * 2 ** 30,
    nowMs: () => (nowMs += 400),
    collecting: async () => {
      if (world.collecting === undefined) throw new Error('this test is not to log in to anything');
      return world.collecting;
    },
  };
  return { io, outcome: () => ({ ...texts, written: files.written }) };
}
