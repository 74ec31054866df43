import type { Io } from '../io.ts';
import { STDIN_WORD } from '../sources/stdin-word.ts';
import { UsageError } from '../usage-error.ts';

/** Prints a report, or writes it to a file whole or not at all; `--output -` prints. */
export function deliver(text: string, output: string | undefined, io: Io): void {
  if (output === undefined || output === STDIN_WORD) {
    io.stdout.write(text);
    return;
  }
  try {
    io.files.writeWhole(output, text);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`${output} cannot be written: ${String(error.code)}`);
  }
}
