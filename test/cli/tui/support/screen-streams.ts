import { PassThrough, Writable } from 'node:stream';
import type { VirtualScreen } from './virtual-screen.ts';

/** Output of a terminal program, shown on a virtual screen. */
export class ScreenOutput extends Writable {
  readonly isTTY = true;
  readonly screen: VirtualScreen;
  readonly #waiting: (() => void)[] = [];

  constructor(screen: VirtualScreen) {
    super();
    this.screen = screen;
  }

  get columns(): number {
    return this.screen.columns;
  }

  get rows(): number {
    return this.screen.rows;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.screen.write(chunk);
    for (const wake of this.#waiting.splice(0)) wake();
    done();
  }

  /** Resolves when something is written next. */
  written(): Promise<void> {
    return new Promise((wake) => this.#waiting.push(wake));
  }
}

/** Keys of a terminal. */
export class Keys extends PassThrough {
  readonly isTTY = true;
  setRawMode(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
