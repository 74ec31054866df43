import { readdirSync, statSync } from 'node:fs';
import { isExported } from '../sources/exported-names.ts';

const EVERY_MS = 2000;

export interface Watch {
  /** The files as they are now are known: they are being read. */
  settle(): void;
  end(): void;
}

/**
 * Looks at files every two seconds, and says so when one has changed, has come or gone. Not while `isBusy`, but afterwards: where
 * something changes all the time, a reading that is begun anew each time would never come to its end.
 */
export function watchFiles(paths: () => readonly string[], changed: () => void, isBusy = (): boolean => false): Watch {
  let before = new Map<string, Stamp>();
  let settledMs = Date.now();
  let isWaiting = false;
  const stamps = (): Map<string, Stamp> => new Map(paths().map((path) => [path, stamp(path)]));
  const isChanged = (path: string, { text, writtenMs }: Stamp): boolean => {
    const known = before.get(path);
    // What is known only since it was read may have been written between that and now.
    return known === undefined ? writtenMs > settledMs : known.text !== text;
  };
  const timer = setInterval(() => {
    const now = stamps();
    isWaiting ||= [...now].some(([path, each]) => isChanged(path, each));
    before = now;
    if (!isWaiting || isBusy()) return;
    isWaiting = false;
    changed();
  }, EVERY_MS);
  timer.unref();
  return {
    settle() {
      before = stamps();
      settledMs = Date.now();
      isWaiting = false;
    },
    end: () => clearInterval(timer),
  };
}

interface Stamp {
  /** Another one when something has changed. */
  readonly text: string;
  /** Of a file alone: of a directory its entries count. */
  readonly writtenMs: number;
}

function stamp(path: string): Stamp {
  const only = (text: string): Stamp => ({ text, writtenMs: 0 });
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return only('gone');
    // Hidden entries are no inputs: editors put such files beside the one that they edit. What is exported is none, either.
    if (stats.isDirectory()) return only(readdirSync(path).filter(isInput).sort().join('/'));
    return { text: `${stats.mtimeMs} ${stats.size} ${stats.ino}`, writtenMs: stats.mtimeMs };
  } catch {
    return only('unreadable');
  }
}

function isInput(name: string): boolean {
  return !name.startsWith('.') && !isExported(name);
}
