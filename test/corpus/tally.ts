import type { Disputes } from './disputes.ts';

/** How two answers differ. `what` is part of the name that DISPUTED.md argues about: `deny there, unknown here`. */
export interface Difference {
  readonly what: string;
  readonly because: string;
}

/** Counts what the run compared, and keeps what is to be shown. */
export class Tally {
  agreed = 0;
  disputed = 0;
  /** Disagreements without an argument, and crashes: what makes the run fail. */
  readonly failures: string[] = [];
  private readonly disputes: Disputes;

  constructor(disputes: Disputes) {
    this.disputes = disputes;
  }

  /** One comparison of name `row`; `difference` says what disagrees, undefined when nothing does. */
  compare(row: string, difference: Difference | undefined): void {
    if (difference === undefined) this.agreed += 1;
    else if (this.disputes.argues(`${row} | ${difference.what}`)) this.disputed += 1;
    else this.failures.push(`${row} | ${difference.what}\n      ${difference.because}`);
  }

  fail(what: string): void {
    this.failures.push(what);
  }
}
