import { readdirSync, statSync } from 'node:fs';
import { isExported } from '../sources/exported-names.ts';

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
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return 'gone';
    // Hidden entries are no inputs: editors put such files beside the one that they edit. What is exported is none, either.
    if (stats.isDirectory()) return readdirSync(path).filter(isInput).sort().join('/');
    return `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
  } catch {
    return 'unreadable';
  }
}

function isInput(name: string): boolean {
  return !name.startsWith('.') && !isExported(name);
}
