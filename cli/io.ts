import type { CollectWorld } from './collect/world.ts';
import type { FileSystem } from './sources/file-system.ts';

/** A stream that text is written to. */
export interface Channel {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal in columns; absent when it is none. */
  readonly columns?: number | undefined;
  /** Height of the terminal in lines; absent when it is none. */
  readonly rows?: number | undefined;
}

/** Everything of the outside world that a command may touch; tests hand in their own. */
export interface Io {
  readonly stdout: Channel;
  readonly stderr: Channel;
  /** All of standard input; `too-large` when it goes on after `limitBytes`. */
  readonly readStdin: (limitBytes: number) => Promise<Uint8Array | 'too-large'>;
  readonly files: FileSystem;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Memory that the program may take for its objects, in bytes. */
  readonly heapLimitBytes: number;
  /** The streams of the terminal, for a screen with keys; absent where one of them is no terminal. */
  readonly terminal?: { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream };
  /** Milliseconds on a clock that only goes forward. Never part of a report. */
  readonly nowMs: () => number;
  /** The day as `2026-11-22`, in UTC: what the policy says expires is compared with it. */
  readonly today: () => string;
  /** What collecting needs besides; loaded when it is asked for. */
  readonly collecting: () => Promise<CollectWorld>;
}
