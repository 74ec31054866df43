import type { Wire } from './connection.ts';
import type { Ending } from './ending.ts';
import { failure, type Failure } from './failure.ts';
import { Incoming } from './incoming.ts';
import type { Input } from './keystrokes.ts';
import { LOG_MESSAGE } from './log-message.ts';
import { answerTo } from './login-questions.ts';
import type { SecretAnswer } from './secret.ts';
import { deviceText, type Answer, type RunOptions, type Session } from './session.ts';

/** How a command line looks. */
export interface ShellForm {
  /** A whole line that may be a prompt, blanks at its end taken away. */
  readonly prompt: RegExp;
  /** A whole line that is a pager's. */
  readonly pager: RegExp;
  /** Lines that stand before each prompt (`{primary:node0}`). */
  readonly preamble?: RegExp;
}

/** What questions before the first prompt are answered with. */
export interface LoginAnswers {
  readonly user: string;
  readonly password: () => Promise<SecretAnswer>;
}

const FIRST_PROMPT_MS = 60_000;
const ENTER_MS = 30_000;
/** A line that is longer is no prompt, question or pager. */
const MAX_PROMPT = 200;
/** Then there is no echo that could be recognised. */
const NO_ECHO_MS = 600;
/** A configuration that holds its own prompt goes on sooner. */
const SURE_MS = 100;
/** An empty line is answered sooner; this one was lost. */
const RETURN_LOST_MS = 2000;
/** Some devices show nothing before a key is pressed. */
const SILENT_MS = 3000;
const PASSWORD_QUESTION = /^(?:enable )?password ?: *$/i;
/** ASA 9.12 and later answer `enable` with `Enter  Password:` where there is no secret yet: what is typed becomes it (the wording is not confirmed). */
const NEW_PASSWORD_QUESTION = /^(?:enter|repeat|new|confirm) +(?:new +)?password ?: *$/i;

/**
 * A terminal of a device. The prompt is learnt by asking for it twice. The answer to a command is over when that very prompt
 * stands alone on the last line, behind the last line of a complete answer or, where there is no such line, when an empty line
 * brings the prompt and nothing else.
 */
export class Shell implements Session {
  readonly #wire: Wire;
  readonly #incoming: Incoming;
  #form: ShellForm;
  #prompt = '';
  #greeting = '';
  #returns = 0;
  /** Whether the device shows what is typed. */
  #echoes = true;
  /** Whether pagers showed up: then the next one is believed at once. */
  #sawPager = false;

  constructor(wire: Wire, form: ShellForm, ending: Ending) {
    this.#wire = wire;
    this.#form = form;
    this.#incoming = new Incoming(wire, ending);
  }

  /** The prompt that was learnt, without blanks at its end. */
  get prompt(): string {
    return this.#prompt;
  }

  /** What was shown before the first prompt. */
  get greeting(): string {
    return this.#greeting;
  }

  /** The platform is known now. */
  take(form: ShellForm): void {
    this.#form = form;
  }

  /** Waits for the first prompt; answers questions before it. */
  async start(login: LoginAnswers): Promise<Failure | undefined> {
    const answered = new Set<string>();
    let behind = -1;
    for (;;) {
      const found = await this.#learn(FIRST_PROMPT_MS, (line) => answerTo(line), behind);
      if (found === undefined) this.#greeting = this.#incoming.screen.lines.join('\n');
      if (found === undefined || typeof found === 'object') return found;
      if (answered.has(found))
        return failure('login-refused', `the login as ${login.user} was refused in the terminal`);
      answered.add(found);
      behind = this.#incoming.screen.lines.length;
      const refused = await this.#answerQuestion(found, login);
      if (refused !== undefined) return refused;
    }
  }

  async #answerQuestion(kind: 'user' | 'password' | 'consent', login: LoginAnswers): Promise<Failure | undefined> {
    if (kind === 'consent') return this.#type({ kind: 'consent' });
    if (kind === 'user') return this.#type({ kind: 'user', name: login.user });
    const answer = await login.password();
    if (answer.kind === 'none') return failure('no-credential', `the device asks for a password: ${answer.message}`);
    return this.#type({ kind: 'secret', secret: answer.secret });
  }

  /** Runs a command that leads to another prompt, and learns that one. Gives what was shown on the way. */
  async enter(command: string, secret?: () => Promise<SecretAnswer>): Promise<Answer | Failure> {
    const refused = this.#type({ kind: 'command', command });
    if (refused !== undefined) return refused;
    this.#incoming.screen.clear();
    const echoed = await this.#incoming.until(
      () => (this.#echoAt(command) === undefined ? undefined : 'echoed'),
      ENTER_MS,
      `after \`${command}\``,
    );
    if (typeof echoed === 'object') return echoed;
    let behind = -1;
    for (;;) {
      const found = await this.#learn(ENTER_MS, secretQuestion, behind);
      if (typeof found === 'object') return found;
      if (found === 'new-password') {
        const asked = printable(this.#incoming.screen.line);
        return failure('enable-refused', `\`${command}\` asks "${asked}", which sets a new secret; none was typed`);
      }
      if (found === undefined) break;
      // Asked again, it would count another attempt.
      if (secret === undefined || behind >= 0) return failure('enable-refused', 'the device refused the enable secret');
      behind = this.#incoming.screen.lines.length;
      const answer = await secret();
      if (answer.kind === 'none')
        return failure('no-credential', `the device asks for the enable secret: ${answer.message}`);
      const typed = this.#type({ kind: 'secret', secret: answer.secret });
      if (typed !== undefined) return typed;
    }
    const at = this.#echoAt(command) ?? 0;
    return this.#answer(at + 1, this.#incoming.screen.lines.length, false);
  }

  async run(command: string, options: RunOptions): Promise<Answer | Failure> {
    const { screen } = this.#incoming;
    screen.clear();
    const refused = this.#type({ kind: 'command', command });
    if (refused !== undefined) return refused;
    const isDoubtful = options.isDoubtful === true || options.endsWith !== undefined;
    let echo: number | undefined;
    let searched = 0;
    let confirmedFrom: number | undefined;
    const found = await this.#incoming.until(
      (quietMs) => {
        options.onProgress?.(screen.received);
        if (echo === undefined) {
          echo = this.#echoAt(command, searched);
          searched = Math.max(0, screen.lines.length - 1);
          const isSilent = screen.lines.length > 0 && (!this.#echoes || quietMs >= NO_ECHO_MS);
          if (echo === undefined && isSilent && this.#isPrompt(screen.line)) {
            // A device that breaks the echo into lines, or shows none: then the prompt's line ends with nothing behind it.
            const part = this.#lastEchoPart(command);
            this.#echoes = part !== undefined;
            echo = part ?? (this.#isPrompt(screen.lines[0] ?? '') ? 0 : -1);
          }
        }
        if (echo === undefined) return undefined;
        if (this.#pageOn(quietMs)) return undefined;
        if (!this.#isPrompt(screen.line)) return undefined;
        if (options.isBrief === true) return 'over';
        if (options.endsWith?.test(this.#lastLine(echo)) === true) return 'over';
        if (confirmedFrom !== undefined && this.#showsOnlyPrompts(confirmedFrom)) {
          const isAnswered = screen.lines.length > confirmedFrom;
          if (isAnswered && (!isDoubtful || quietMs >= SURE_MS)) return 'over';
          if (isAnswered || quietMs < RETURN_LOST_MS) return undefined;
        } else if (isDoubtful && quietMs === 0) return undefined;
        confirmedFrom = screen.lines.length;
        this.#returns += 1;
        this.#type({ kind: 'return' });
        return undefined;
      },
      options.idleMs,
      `while \`${command}\` was under way`,
    );
    const from = this.#behindEcho(echo ?? -1, command);
    if (typeof found === 'object') {
      const captured = this.#answer(from, screen.lines.length, true).text + screen.line;
      return echo === undefined ? found : { ...found, captured };
    }
    const answer = this.#answer(from, screen.lines.length, false, confirmedFrom);
    return { ...answer, cutBefore: this.#hasStray(echo ?? 0) };
  }

  /**
   * Learns the prompt; gives what `question` makes of the last line if that is one. A question that has been answered stands on
   * the line of the number `behind`.
   */
  #learn<Question extends string>(
    idleMs: number,
    question: (line: string) => Question | undefined,
    behind: number,
  ): Promise<Question | Failure | undefined> {
    const { screen } = this.#incoming;
    let candidate: string | undefined;
    let from = 0;
    let wasSilent = false;
    return this.#incoming
      .until<{ readonly kind: 'prompt' } | Question>(
        (quietMs) => {
          const line = screen.line.trimEnd();
          if (line.length > MAX_PROMPT) return undefined;
          const asked = line === '' || screen.lines.length <= behind ? undefined : question(line);
          if (asked !== undefined && quietMs > 0) return asked;
          if (asked !== undefined || this.#pageOn(quietMs)) return undefined;
          if (this.#form.prompt.test(line)) {
            const isStable = candidate === line && screen.lines.length > from && this.#blankOr(line, from);
            if (isStable) {
              this.#prompt = line;
              return { kind: 'prompt' };
            }
            const isAwaited = candidate === line && screen.lines.length === from;
            if (quietMs === 0 || (isAwaited && quietMs < RETURN_LOST_MS)) return undefined;
            candidate = line;
            from = screen.lines.length;
            this.#type({ kind: 'return' });
          } else if (quietMs >= SILENT_MS && line === '' && !wasSilent) {
            wasSilent = true;
            this.#type({ kind: 'return' });
          }
          return undefined;
        },
        idleMs,
        'while the prompt was waited for',
      )
      .then((found) => {
        if (typeof found !== 'object') return found;
        if (found.kind === 'prompt') return undefined;
        const last = printable(screen.line);
        if (found.reason === 'timeout' && last !== '')
          return failure('unexpected-dialogue', `the device shows no prompt that is known; its last line is "${last}"`);
        // `This account is currently not available.`, `This service allows sftp connections only.`
        const said = last === '' ? printable(screen.lines.findLast((line) => line.trim() !== '') ?? '') : last;
        if (found.reason === 'lost' && said !== '') return { ...found, message: `${found.message}; it said "${said}"` };
        return found;
      });
  }

  /** Asks for the next page if a pager waits; tells whether one does. */
  #pageOn(quietMs: number): boolean {
    const { screen } = this.#incoming;
    if (screen.line.length > MAX_PROMPT || !this.#form.pager.test(screen.line.trim())) return false;
    // A line of the text that looks like one goes on in a moment.
    if (quietMs > 0 || this.#sawPager) {
      this.#sawPager = true;
      if (this.#pagedAt !== screen.received) this.#type({ kind: 'page' });
      this.#pagedAt = screen.received;
    }
    return true;
  }

  #pagedAt = -1;

  #isPrompt(line: string): boolean {
    return line.length <= MAX_PROMPT && line.trimEnd() === this.#prompt;
  }

  /** The line of the echo: the prompt and the command behind it. */
  #echoAt(command: string, from = 0): number | undefined {
    const { lines } = this.#incoming.screen;
    for (let index = from; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (line.length < MAX_PROMPT + command.length && line.trimEnd().endsWith(command)) return index;
    }
    return undefined;
  }

  /** The line behind the echo; some devices draw the line again when it is entered. */
  #behindEcho(echo: number, command: string): number {
    const { lines } = this.#incoming.screen;
    const isEcho = (line: string | undefined): boolean =>
      line?.startsWith(this.#prompt) === true && line.trimEnd().endsWith(command);
    let from = echo + 1;
    while (from > 0 && isEcho(lines[from])) from += 1;
    return from;
  }

  /** Where the echo was broken into several lines, the last of them; undefined: there was none. */
  #lastEchoPart(command: string): number | undefined {
    const { lines } = this.#incoming.screen;
    const wanted = command.replaceAll(' ', '');
    let shown = '';
    for (let index = 0; index < Math.min(lines.length, 8); index += 1) {
      shown += (lines[index] ?? '').replaceAll(' ', '');
      if (shown.endsWith(wanted)) return index;
    }
    return undefined;
  }

  #showsOnlyPrompts(from: number): boolean {
    return this.#blankOr(this.#prompt, from);
  }

  /** Whether all lines from there on are blank, what stands before prompts, or that text. */
  #blankOr(text: string, from: number): boolean {
    return this.#incoming.screen.lines.slice(from).every((line) => line.trimEnd() === text || this.#isAround(line));
  }

  #isAround(line: string): boolean {
    const text = line.trim();
    return text === '' || this.#form.preamble?.test(text) === true;
  }

  #lastLine(echo: number): string {
    const { lines } = this.#incoming.screen;
    for (let index = lines.length - 1; index > echo; index -= 1) {
      const line = lines[index] ?? '';
      if (!this.#isAround(line)) return line.trimEnd();
    }
    return '';
  }

  /** Whether the answer before went on: in front of an echo there are only prompts. */
  #hasStray(echo: number): boolean {
    return !this.#incoming.screen.lines
      .slice(0, Math.max(0, echo))
      .every((line) => this.#isAround(line) || line.trimEnd() === this.#prompt || LOG_MESSAGE.test(line));
  }

  #answer(from: number, end: number, isCut: boolean, confirmedFrom = end): Answer {
    const { lines } = this.#incoming.screen;
    let to = Math.min(end, confirmedFrom);
    if (!isCut) {
      // What stands before the prompt belongs to it, and so do prompts that an empty line brought.
      let returns = this.#returns;
      for (; to > from; to -= 1) {
        const line = (lines[to - 1] ?? '').trimEnd();
        if (line === this.#prompt && returns > 0) returns -= 1;
        else if (this.#form.preamble?.test(line) !== true) break;
      }
    }
    const text = lines.slice(from, to).map((line) => `${line}\n`);
    return { kind: 'answer', text: deviceText(text.join('')), cutBefore: false };
  }

  #type(input: Input): Failure | undefined {
    return this.#wire.type(input);
  }
}

function secretQuestion(line: string): 'password' | 'new-password' | undefined {
  if (PASSWORD_QUESTION.test(line)) return 'password';
  return NEW_PASSWORD_QUESTION.test(line) ? 'new-password' : undefined;
}

/** A line for a message: of a device's text only what is harmless on a terminal. */
function printable(line: string): string {
  return line
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 80);
}
