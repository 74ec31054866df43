/** A fleet of devices that are not there, and a clock that a test turns. */
import type { CollectOptions } from '../../../cli/sources/ssh/collect-endpoint.ts';
import type { CapturedText, Collected, FailureClass } from '../../../cli/sources/ssh/collected.ts';
import type { Endpoint } from '../../../cli/sources/ssh/endpoint.ts';
import type { Access } from '../../../cli/collect/attempt.ts';
import type { Clock } from '../../../cli/collect/clock.ts';

export function endpoint(name: string, more: Partial<Endpoint> = {}): Endpoint {
  return {
    name,
    host: `${name}.example`,
    port: 22,
    user: 'auditor',
    hostKeyName: `${name}.example`,
    knownHostsFiles: [],
    identityFiles: [],
    identitiesOnly: false,
    algorithms: {},
    legacy: false,
    platform: 'cisco-ios',
    jumps: [],
    deadlineSeconds: 120,
    ...more,
  };
}

export const ACCESS: Access = {
  acceptNew: false,
  hitCounts: false,
  hostKeys: { judge: () => ({ kind: 'known' }), recordedTypes: () => [], accept: () => undefined },
  secrets: {
    secret: async () => ({ kind: 'none', message: 'there is none' }),
    revealed: () => [],
    scrub: (text) => text.replaceAll('hunter2', '<masked>'),
  },
};

export function text(device: string, content: string, more: Partial<CapturedText> = {}): CapturedText {
  return { device, what: 'configuration', command: 'show running-config', text: content, ...more };
}

export function collected(...texts: readonly CapturedText[]): Collected {
  return { kind: 'collected', platform: 'cisco-ios', version: '15.2(4)M6', texts, notes: [] };
}

export function failure(reason: FailureClass, mayRetry = false, partial: readonly CapturedText[] = []): Collected {
  return { kind: 'failed', reason, mayRetry, message: `it ended with ${reason}`, partial };
}

/** Time that passes only when everything waits for it. */
export class TurnedClock implements Clock {
  #nowMs = 0;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  readonly nowMs = (): number => this.#nowMs;
  readonly random = (): number => 0.5;

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const sleeper = { atMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        resolve();
      });
    });

  /** Lets everything run that can, then goes to when the next sleeper wakes, until the promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false };
    const done = promise.finally(() => {
      state.settled = true;
    });
    // Whoever awaits `done` below sees a rejection; this only keeps it from being called unhandled meanwhile.
    done.catch(() => undefined);
    while (!state.settled) {
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      if (!state.settled) this.#wakeNext();
    }
    return done;
  }

  #wakeNext(): void {
    const [next] = this.#sleepers.toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined) return;
    this.#sleepers = this.#sleepers.filter((each) => each !== next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.wake();
  }
}

/** Work that takes time and can be cancelled. */
export function busy(clock: Clock, ms: number): (endpoint: Endpoint, options: CollectOptions) => Promise<Collected> {
  return async ({ name }, { signal, onStep }) => {
    onStep('connecting');
    onStep('logged in');
    await clock.sleep(ms, signal);
    return signal.aborted ? failure('cancelled') : collected(text(name, `hostname ${name}\n`));
  };
}
