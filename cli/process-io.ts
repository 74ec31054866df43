import { getHeapStatistics } from 'node:v8';
import type { Channel, Io } from './io.ts';
import { nodeFileSystem } from './sources/file-system.ts';

/** The real world. */
export function processIo(): Io {
  return {
    stdout: channel(process.stdout),
    stderr: channel(process.stderr),
    readStdin,
    files: nodeFileSystem(process.cwd()),
    env: process.env,
    heapLimitBytes: getHeapStatistics().heap_size_limit,
    // A dumb terminal prints lines and nothing else (terminfo(5)): Emacs and some build servers say so.
    ...(process.stdin.isTTY && process.stdout.isTTY && process.env['TERM'] !== 'dumb'
      ? { terminal: { stdin: process.stdin, stdout: process.stdout } }
      : {}),
    nowMs: () => performance.now(),
    today: () => new Date().toISOString().slice(0, 10),
    collecting: async () => (await import('./collect/process-world.ts')).processWorld(),
  };
}

/** A reader that goes away (`| head`) ends the writing, not the run: the exit code still tells the result. */
function channel(stream: NodeJS.WriteStream): Channel {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
  return {
    write(text) {
      if (open) stream.write(text);
    },
    isTTY: stream.isTTY,
    // Asked anew each time: a window is made wider or narrower while something runs.
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    get rows() {
      return stream.isTTY ? stream.rows : undefined;
    },
  };
}

async function readStdin(limitBytes: number): Promise<Uint8Array | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('standard input must be read as bytes');
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limitBytes) return 'too-large';
  }
  return Buffer.concat(chunks);
}
