import { statSync } from 'node:fs';

const EVERY_MS = 2000;

/** Looks at files every two seconds, and says so when one has changed, has come or gone. Gives what ends it. */
export function watchFiles(paths: () => readonly string[], changed: () => void): () => void {
  let before = new Map<string, string>();
  const timer = setInterval(() => {
    const now = new Map(paths().map((path) => [path, stamp(path)]));
    const isChanged = [...now].some(([path, at]) => before.has(path) && before.get(path) !== at);
    before = now;
    if (isChanged) changed();
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function stamp(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
