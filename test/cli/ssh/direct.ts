/** A shell on a played dialogue, without SSH between them. */
import type { Wire } from '../../../cli/sources/ssh/connection.ts';
import { Ending } from '../../../cli/sources/ssh/ending.ts';
import { keystrokes } from '../../../cli/sources/ssh/keystrokes.ts';
import { Secret } from '../../../cli/sources/ssh/secret.ts';
import { Shell, type LoginAnswers, type ShellForm } from '../../../cli/sources/ssh/shell.ts';
import type { Dialogue } from '../../support/fake-device/dialogue.ts';
import { Player, type PlayOptions } from '../../support/fake-device/player.ts';

export const LOGIN: LoginAnswers = {
  user: 'auditor',
  password: () => Promise.resolve({ kind: 'secret', secret: new Secret('typed-password') }),
};

export interface Direct {
  readonly shell: Shell;
  readonly player: Player;
  readonly end: () => void;
}

/** The player starts at once; the shell has not learnt the prompt yet. */
export function direct(dialogue: Dialogue, form: ShellForm, options: PlayOptions = {}): Direct {
  const listeners: ((data: string) => void)[] = [];
  const closings: ((isConnectionLost: boolean) => void)[] = [];
  const player = new Player(
    dialogue,
    {
      write: (text) => listeners.forEach((listener) => listener(text)),
      end: () => closings.forEach((closing) => closing(false)),
      drop: () => closings.forEach((closing) => closing(true)),
    },
    options,
  );
  const wire: Wire = {
    type: (input) => {
      const typed = keystrokes(input);
      if (typed.kind === 'failure') return typed;
      player.type(typed.keys);
      return undefined;
    },
    onData: (listener) => listeners.push(listener),
    onClose: (listener) => closings.push(listener),
    close: () => player.stop(),
  };
  const ending = new Ending(60, new AbortController().signal);
  const shell = new Shell(wire, form, ending);
  player.start();
  return {
    shell,
    player,
    end: () => {
      player.stop();
      ending.dispose();
    },
  };
}
