/**
 * The login shell of a device that is played: `node login-shell.ts DIALOGUE`. sshd runs it in place of a shell, on a terminal
 * or, for the command of an exec channel, without one.
 */
import { recordedDialogue } from '../support/fake-device/dialogue.ts';
import { Player } from '../support/fake-device/player.ts';

const [name = ''] = process.argv.slice(2);
const dialogue = recordedDialogue(name);
const end = (): void => process.exit(0);
const terminal = { write: (text: string) => process.stdout.write(text), end, drop: end };
const player = new Player(dialogue, terminal, { enableSecret: 'enable-for-tests' });

const command = process.env['SSH_ORIGINAL_COMMAND'];
if (command === undefined) {
  // The player echoes what is typed, as a device does; the terminal must not as well.
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text: string) => player.type(text));
  process.stdin.on('end', end);
  player.start();
} else {
  const { text, status } = player.exec(command);
  process.stdout.write(text, () => process.exit(status));
}
