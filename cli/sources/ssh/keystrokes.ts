import { failure, type Failure } from './failure.ts';
import { isReadOnlyCommand } from './read-only-commands.ts';
import type { Secret } from './secret.ts';

/** What can be typed at a device. */
export type Input =
  | { readonly kind: 'command'; readonly command: string }
  /** An empty line, to see the prompt again. */
  | { readonly kind: 'return' }
  /** The next page, at a pager. */
  | { readonly kind: 'page' }
  /** The consent to a notice that is shown at login. */
  | { readonly kind: 'consent' }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'secret'; readonly secret: Secret };

const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** The characters of an input. Everything that is written to a terminal of a device goes through here. */
export function keystrokes(input: Input): { readonly kind: 'keys'; readonly keys: string } | Failure {
  switch (input.kind) {
    case 'command': {
      const { command } = input;
      if (isReadOnlyCommand(command)) return { kind: 'keys', keys: `${command}\n` };
      return failure(
        'unexpected-dialogue',
        `${JSON.stringify(command)} is not one of the read-only commands and was not sent`,
      );
    }
    case 'return':
      return { kind: 'keys', keys: '\n' };
    case 'page':
      return { kind: 'keys', keys: ' ' };
    case 'consent':
      return { kind: 'keys', keys: 'yes\n' };
    case 'user':
      return line(input.name, 'the user name');
    case 'secret':
      return line(input.secret.reveal(), 'a secret');
  }
}

/** A control character in a secret would end the line and make a command of the rest. */
function line(text: string, what: string): ReturnType<typeof keystrokes> {
  if (CONTROL.test(text)) return failure('no-credential', `${what} holds a control character and was not sent`);
  return { kind: 'keys', keys: `${text}\n` };
}
