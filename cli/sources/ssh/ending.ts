import { failure, type Failure } from './failure.ts';

/**
 * What ends the work on a device before it is done: the user, or the end of the time that it may take. Time in which a
 * person is asked for a secret does not count.
 */
export class Ending {
  readonly #listeners = new Set<(why: Failure) => void>();
  readonly #signal: AbortSignal;
  readonly #onAbort: () => void;
  readonly #seconds: number;
  #why: Failure | undefined;
  #timer: NodeJS.Timeout | undefined;
  #leftMs: number;
  #since = 0;
  #pauses = 0;

  constructor(seconds: number, signal: AbortSignal) {
    this.#seconds = seconds;
    this.#leftMs = seconds * 1000;
    this.#signal = signal;
    this.#onAbort = (): void => this.#end(failure('cancelled', 'cancelled'));
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
    else this.#run();
  }

  /** Set once the work is to end. */
  get why(): Failure | undefined {
    return this.#why;
  }

  /** What `start` settles on, or why the work ends, whatever comes first. `start` gives what is to be done in either case. */
  until<T>(start: (settle: (result: T | Failure) => void) => () => void): Promise<T | Failure> {
    return new Promise((resolve) => {
      if (this.#why !== undefined) {
        resolve(this.#why);
        return;
      }
      let cleanUp: (() => void) | undefined;
      let isSettled = false;
      const settle = (result: T | Failure): void => {
        if (isSettled) return;
        isSettled = true;
        this.#listeners.delete(settle);
        cleanUp?.();
        resolve(result);
      };
      this.#listeners.add(settle);
      cleanUp = start(settle);
      if (isSettled) cleanUp();
    });
  }

  /** Waits for a person; the clock stands still meanwhile. */
  async whileAsking<T>(answer: Promise<T>): Promise<T> {
    this.#pauses += 1;
    if (this.#pauses === 1) this.#halt();
    try {
      return await answer;
    } finally {
      this.#pauses -= 1;
      if (this.#pauses === 0 && this.#why === undefined) this.#run();
    }
  }

  /** The work is done: no clock and no listener stays behind. */
  dispose(): void {
    this.#halt();
    this.#listeners.clear();
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  #run(): void {
    this.#since = performance.now();
    const message = `not done within ${Number(this.#seconds.toFixed(1))} s`;
    this.#timer = setTimeout(() => this.#end(failure('timeout', message)), this.#leftMs);
  }

  #halt(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#since));
  }

  #end(why: Failure): void {
    if (this.#why !== undefined) return;
    this.#why = why;
    this.#halt();
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(why);
  }
}
