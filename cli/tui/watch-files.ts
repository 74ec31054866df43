import { statSync } from 'node:fs';

const EVERY_MS = 2000;

export interface Watch {
  /** The files as they are now are known: they are being read. */
  settle(): void;
  end(): void;
}

/** Looks at files every two seconds, and says so when one has changed, has come or gone. */
export function watchFiles(paths: () => readonly string[], changed: () => void): Watch {
  let before = new Map<string, string>();
  const stamps = (): Map<string, string> => new Map(paths().map((path) => [path, stamp(path)]));
  const timer = setInterval(() => {
    const now = stamps();
    const isChanged = [...now].some(([path, at]) => before.has(path) && before.get(path) !== at);
    before = now;
    if (isChanged) changed();
  }, EVERY_MS);
  timer.unref();
  return {
    settle() {
      before = stamps();
    },
    end: () => clearInterval(timer),
  };
}

function stamp(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
