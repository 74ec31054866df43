import type { Ending } from './ending.ts';
import { failure, type Failure } from './failure.ts';
import { Screen } from './screen.ts';

/** Where bytes come from. */
export interface Source {
  onData(listener: (data: string) => void): void;
  onClose(listener: (isConnectionLost: boolean) => void): void;
}

/** Looks whether what is waited for is there; `quietMs` is for how long nothing has arrived. */
type Look<T> = (quietMs: number) => T | undefined;

/** The first silence after which it is looked again; each next one is twice as long. */
const QUIET_MS = 40;

/** More than any configuration: something goes on for ever. */
const MAX_CHARACTERS = 400_000_000;

/** What a device sends, and waiting for it. */
export class Incoming {
  readonly screen = new Screen();
  readonly #ending: Ending;
  #isClosed = false;
  #isConnectionLost = false;
  #onChange: (() => void) | undefined;

  constructor(source: Source, ending: Ending) {
    this.#ending = ending;
    source.onData((data) => {
      this.screen.feed(data);
      this.#onChange?.();
    });
    source.onClose((isConnectionLost) => {
      this.#isClosed = true;
      this.#isConnectionLost = isConnectionLost;
      this.#onChange?.();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isConnectionLost(): boolean {
    return this.#isConnectionLost;
  }

  /** Waits until `look` finds something: at once, after everything that arrives, and after silences. */
  until<T extends object | string>(look: Look<T>, idleMs: number, what: string): Promise<T | Failure> {
    return this.#ending.until((settle) => {
      let timer: NodeJS.Timeout | undefined;
      const listen = (stepMs: number, quietMs: number): void => {
        clearTimeout(timer);
        const waitMs = Math.min(stepMs, idleMs - quietMs);
        timer = setTimeout(() => {
          const quiet = quietMs + waitMs;
          const found = look(quiet);
          if (found !== undefined) settle(found);
          else if (quiet >= idleMs) settle(failure('timeout', `nothing came for ${idleMs / 1000} s ${what}`));
          else listen(stepMs * 2, quiet);
        }, waitMs);
      };
      const change = (): void => {
        const found = look(0);
        if (found !== undefined) settle(found);
        else if (this.#isClosed) settle(failure('lost', `the device closed the connection ${what}`));
        else if (this.screen.received > MAX_CHARACTERS)
          settle(failure('unexpected-dialogue', `the answer does not end ${what}`));
        else listen(QUIET_MS, 0);
      };
      this.#onChange = change;
      change();
      return () => {
        clearTimeout(timer);
        this.#onChange = undefined;
      };
    });
  }
}
