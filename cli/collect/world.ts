import type { HostKeyFiles } from '../sources/ssh/known-hosts-files.ts';
import type { CommandRunner } from '../sources/ssh/credential-command.ts';
import type { HiddenPrompt } from '../sources/ssh/hidden-prompt.ts';
import type { CollectEndpoint } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { PrivateFiles } from './private-files.ts';

/** What a collection touches of the world beside what every command does; tests hand in their own. */
export interface CollectWorld {
  readonly collectEndpoint: CollectEndpoint;
  readonly clock: Clock;
  readonly files: PrivateFiles;
  readonly hostKeyFiles: HostKeyFiles;
  /** Runs commands that print secrets. */
  readonly run: CommandRunner;
  /** Asks on the terminal, where there is one. The listener hears of Ctrl-C while it asks; the signal takes questions back. */
  readonly prompt: (onInterrupt: () => void, signal: AbortSignal) => HiddenPrompt | undefined;
  /**
   * Hears of the first Ctrl-C, hang-up or request to end; the second one ends the process at once.
   *
   * @returns what to call when there is nothing more to hear.
   */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Calls at a steady pace until what it returns is called. */
  readonly every: (ms: number, listener: () => void) => () => void;
  readonly home: string;
  /** Who runs the program: the user to log in as where nothing says another. */
  readonly user: string;
}
