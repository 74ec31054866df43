/** Plays a recorded dialogue on a terminal: echo, prompts, pager, password questions. Knows nothing of SSH. */
import { answerKey, type Answer, type Dialogue } from './dialogue.ts';

export interface PlayOptions {
  /** Answers that replace those of the dialogue, by command. */
  readonly answers?: Readonly<Record<string, string>>;
  /** What the enable secret is; absent: the device has none and refuses. */
  readonly enableSecret?: string;
  /** The pager stays on whatever is typed. */
  readonly stubbornPager?: boolean;
  readonly pageLines?: number;
  /** What is typed is not echoed. */
  readonly hidesTyping?: boolean;
  /** The connection breaks after so many characters of the answer to this command. */
  readonly dropIn?: { readonly command: string; readonly after: number };
  /** Nothing comes any more after so many characters of the answer to this command. */
  readonly stallIn?: { readonly command: string; readonly after: number };
  /** Questions asked before the first prompt, with the answers that let one pass. */
  readonly questions?: readonly (readonly [question: string, answer: string])[];
  /** Size of the next piece of output, given how many characters there are. Absent: all at once. */
  readonly pieceSize?: (left: number) => number;
  /** Waits before each piece of output. Absent: the next turn of the event loop. */
  readonly pause?: (done: () => void) => void;
}

export interface Terminal {
  write(text: string): void;
  /** The session ends as it should. */
  end(): void;
  /** The connection breaks. */
  drop(): void;
}

type State = 'question' | 'command' | 'password' | 'page';

export class Player {
  /** Every command line that was typed, without answers to questions. */
  readonly typed: string[];
  /** How many times a password was typed at a question for the enable secret. */
  passwordsTyped = 0;
  readonly #dialogue: Dialogue;
  readonly #options: PlayOptions;
  readonly #terminal: Terminal;
  #mode: string;
  #state: State = 'command';
  #line = '';
  #input = '';
  #output = '';
  #isWriting = false;
  #isGone = false;
  #pagerIsOn: boolean;
  #pages: string[] = [];
  #pending: Answer | undefined;
  #questions: (readonly [string, string])[];

  constructor(dialogue: Dialogue, terminal: Terminal, options: PlayOptions = {}, typed: string[] = []) {
    this.typed = typed;
    this.#dialogue = dialogue;
    this.#options = options;
    this.#terminal = terminal;
    this.#mode = dialogue.start;
    this.#pagerIsOn = dialogue.pager !== undefined;
    this.#questions = [...(options.questions ?? [])];
  }

  start(): void {
    this.#say(this.#dialogue.banner.replaceAll('\n', '\r\n'));
    this.#askOrPrompt();
  }

  /** What an exec channel prints for a command: text and exit status. */
  exec(command: string): { readonly text: string; readonly status: number } {
    this.typed.push(command);
    const answer = this.#answer(this.#dialogue.exec ?? this.#mode, command);
    return answer === undefined ? { text: this.#dialogue.unknown, status: 1 } : { text: answer.text, status: 0 };
  }

  /** Takes what somebody types. It waits while output is under way, as a terminal line does. */
  type(text: string): void {
    this.#input += text;
    this.#next();
  }

  /** Prints something that nobody asked for, as a log message on a terminal. */
  interrupt(text: string): void {
    this.#say(text);
  }

  /** Leaves off, for a connection that is gone. */
  stop(): void {
    this.#isGone = true;
  }

  #next(): void {
    while (!this.#isWriting && !this.#isGone && this.#input !== '') {
      const character = this.#input.charAt(0);
      this.#input = this.#input.slice(1);
      this.#take(character);
    }
  }

  #take(character: string): void {
    if (this.#state === 'page') {
      this.#say(this.#dialogue.pager?.erase ?? '');
      this.#page(character === '\r' || character === '\n' ? 1 : (this.#options.pageLines ?? 24));
    } else if (character === '\r' || character === '\n') {
      const line = this.#line;
      this.#line = '';
      this.#enter(line);
    } else {
      this.#line += character;
      if (this.#state !== 'password' && this.#options.hidesTyping !== true) this.#say(character);
    }
  }

  #enter(line: string): void {
    this.#say('\r\n');
    if (this.#state === 'question') {
      if (line === this.#questions[0]?.[1]) this.#questions.shift();
      this.#askOrPrompt();
    } else if (this.#state === 'password') {
      this.passwordsTyped += 1;
      const isRight = this.#options.enableSecret !== undefined && line === this.#options.enableSecret;
      this.#state = 'command';
      if (isRight) this.#finish(this.#pending);
      else this.#say('% Access denied\r\n');
      this.#prompt();
    } else {
      this.#command(line.trim());
    }
  }

  #command(command: string): void {
    if (command === '') {
      this.#prompt();
      return;
    }
    this.typed.push(command);
    const answer = this.#answer(this.#mode, command);
    if (answer === undefined) {
      this.#say(this.#dialogue.unknown.replaceAll('\n', '\r\n'));
      this.#prompt();
      return;
    }
    if (command === this.#dialogue.pager?.off && this.#options.stubbornPager !== true) this.#pagerIsOn = false;
    if (answer.asksPassword) {
      this.#pending = answer;
      this.#state = 'password';
      this.#say('Password: ');
      return;
    }
    const { dropIn, stallIn } = this.#options;
    const text = answer.text.replaceAll('\n', '\r\n');
    const cut = dropIn?.command === command ? dropIn : stallIn?.command === command ? stallIn : undefined;
    if (cut !== undefined) {
      this.#say(text.slice(0, cut.after), () => {
        this.#isGone = true;
        if (cut === dropIn) this.#terminal.drop();
      });
      return;
    }
    this.#pages = text.split(/(?<=\r\n)/);
    this.#pending = answer;
    this.#page(this.#options.pageLines ?? 24);
  }

  #page(count: number): void {
    const { pager } = this.#dialogue;
    if (!this.#pagerIsOn || pager === undefined) {
      this.#say(this.#pages.join(''));
      this.#pages = [];
    } else {
      this.#say(this.#pages.splice(0, count).join(''));
      if (this.#pages.length > 0) {
        this.#state = 'page';
        this.#say(pager.prompt);
        return;
      }
    }
    this.#state = 'command';
    if (this.#pending?.ends === true) this.#say('', () => this.#terminal.end());
    else {
      this.#finish(this.#pending);
      this.#prompt();
    }
  }

  #finish(answer: Answer | undefined): void {
    this.#mode = answer?.goes ?? this.#mode;
  }

  #askOrPrompt(): void {
    const question = this.#questions[0]?.[0];
    this.#state = question === undefined ? 'command' : 'question';
    if (question === undefined) this.#prompt();
    else this.#say(question);
  }

  #prompt(): void {
    this.#say(this.#dialogue.modes.get(this.#mode) ?? '');
  }

  #answer(mode: string, command: string): Answer | undefined {
    const { answers } = this.#dialogue;
    const recorded = answers.get(answerKey(mode, command)) ?? answers.get(answerKey('*', command));
    const text = this.#options.answers?.[command];
    return text === undefined ? recorded : { asksPassword: false, ends: false, ...recorded, text };
  }

  #say(text: string, done?: () => void): void {
    this.#output += text;
    if (done !== undefined) {
      // What ends a session stands behind everything that is still to be said.
      this.#after = done;
    }
    this.#write();
  }

  #after: (() => void) | undefined;

  #write(): void {
    if (this.#isWriting || this.#isGone) return;
    if (this.#output === '') {
      this.#after?.();
      this.#after = undefined;
      return;
    }
    this.#isWriting = true;
    const pause = this.#options.pause ?? setImmediate;
    pause(() => {
      this.#isWriting = false;
      if (this.#isGone) return;
      const size = Math.max(1, this.#options.pieceSize?.(this.#output.length) ?? this.#output.length);
      const piece = this.#output.slice(0, size);
      this.#output = this.#output.slice(size);
      this.#terminal.write(piece);
      this.#write();
      this.#next();
    });
  }
}
