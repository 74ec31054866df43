import { StringDecoder } from 'node:string_decoder';

/** Asks for a line on a terminal without showing what is typed. */
export type HiddenPrompt = (
  question: string,
) => Promise<{ readonly kind: 'text'; readonly text: string } | { readonly kind: 'cancelled' }>;

/** What is needed of a terminal: `process.stdin` has it. */
export interface KeyInput {
  setRawMode(isRaw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'end' | 'close', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

interface PromptTerminal {
  readonly input: KeyInput;
  /** Where the question is written: never standard output, which may be a file. */
  readonly write: (text: string) => void;
  /** Told of Ctrl-C, which a terminal in raw mode hands over as a character instead of a signal. */
  readonly onInterrupt?: () => void;
  /** Takes the question back, so that the terminal is as it was when the program is ended from elsewhere. */
  readonly signal?: AbortSignal;
}

const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const ERASE_LINE = '\u0015';
const ESCAPE = '\u001B';
const LAST_CHARACTER = /.$/su;
const BACKSPACE = new Set(['\u007F', '\b']);

/**
 * Lines from a terminal in raw mode, without echo: enter ends, backspace takes back, Ctrl-U starts anew, Ctrl-C and
 * Ctrl-D on an empty line cancel. Escape sequences (arrow keys, the marks around pasted text) are no part of a secret.
 */
export function hiddenPrompt({ input, write, onInterrupt, signal }: PromptTerminal): HiddenPrompt {
  return (question) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve({ kind: 'cancelled' });
        return;
      }
      const decoder = new StringDecoder('utf8');
      let text = '';
      let escape = '';
      const settle = (result: Awaited<ReturnType<HiddenPrompt>>): void => {
        input.off('data', onData);
        input.off('end', onEnd);
        input.off('close', onEnd);
        signal?.removeEventListener('abort', onEnd);
        input.setRawMode(false);
        input.pause();
        write('\n');
        resolve(result);
      };
      const onEnd = (): void => settle({ kind: 'cancelled' });
      const onData = (chunk: Buffer): void => {
        for (const character of decoder.write(chunk)) {
          escape = continued(escape, character);
          if (escape !== '') {
            if (isComplete(escape)) escape = '';
          } else if (character === '\r' || character === '\n') return settle({ kind: 'text', text });
          else if (character === INTERRUPT || (character === END_OF_INPUT && text === '')) {
            settle({ kind: 'cancelled' });
            if (character === INTERRUPT) onInterrupt?.();
            return;
          } else if (BACKSPACE.has(character)) text = text.replace(LAST_CHARACTER, '');
          else if (character === ERASE_LINE) text = '';
          else if (character >= ' ') text += character;
        }
      };
      input.on('data', onData);
      input.on('end', onEnd);
      input.on('close', onEnd);
      signal?.addEventListener('abort', onEnd);
      input.setRawMode(true);
      input.resume();
      write(question);
    });
}

/** The escape sequence so far. A control character is never part of one: Ctrl-C works after the escape key, too. */
function continued(escape: string, character: string): string {
  if (character === ESCAPE) return ESCAPE;
  return escape === '' || character < ' ' ? '' : escape + character;
}

/** `ESC [ … letter` and `ESC O letter`; anything else is a key pressed with Alt. */
function isComplete(escape: string): boolean {
  return escape.length > 1 && !/^(?:O|\[[0-9;?]*)$/u.test(escape.slice(1));
}
