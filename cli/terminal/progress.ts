import type { Io } from '../io.ts';
import { cut } from './width.ts';

const QUIET_MS = 500;
const EVERY_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

export interface Progress {
  /** The item that is worked on now; `done` of the total are finished. */
  update(done: number, item: string): void;
  /** Takes the line away. */
  end(): void;
}

/** A line on stderr that says how far the work is: only on a terminal, and only when it takes long enough to wonder. */
export function startProgress(total: number, io: Io): Progress {
  const startMs = io.nowMs();
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    update(done, item) {
      const nowMs = io.nowMs();
      if (!io.stderr.isTTY || nowMs - startMs < QUIET_MS || nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      io.stderr.write(`${ERASE_LINE}${cut(`${done}/${total} ${item}`, (io.stderr.columns ?? 80) - 1)}`);
    },
    end() {
      if (shownMs !== Number.NEGATIVE_INFINITY) io.stderr.write(ERASE_LINE);
    },
  };
}
