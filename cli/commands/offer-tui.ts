import type { Io } from '../io.ts';

const QUESTION =
  'brokerfence --help lists the commands. Open the terminal UI for this directory? Enter or y: yes, any other key: no ';

/** Asks on the terminal, with one key, whether the terminal UI is wanted. */
export async function wantsTui(io: Io): Promise<boolean> {
  const { terminal } = io;
  if (terminal === undefined) return false;
  const { stdin } = terminal;
  io.stdout.write(QUESTION);
  stdin.setRawMode(true);
  stdin.resume();
  const key = await new Promise<string>((pressed) => stdin.once('data', (data) => pressed(String(data))));
  stdin.setRawMode(false);
  stdin.pause();
  io.stdout.write('\n');
  return ['\r', '\n', 'y', 'Y'].includes(key);
}
