/** Time as a collection sees it, and chance; tests hand in their own. */
export interface Clock {
  /** Milliseconds on a clock that only goes forward. */
  readonly nowMs: () => number;
  /** Is over after that time, or as soon as the signal says so; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}
