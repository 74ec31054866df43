import type { AnyAuthMethod, Prompt } from 'ssh2';
import { ChosenAgent } from './chosen-agent.ts';
import type { Hop } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import { keystrokes } from './keystrokes.ts';
import { answerTo } from './login-questions.ts';
import { privateKeyIn, publicHalves } from './private-keys.ts';
import type { Secret, SecretAnswer, SecretPurpose } from './secret.ts';

/** Gets a secret, while the clocks stand still. */
export type AskSecret = (purpose: SecretPurpose, detail?: string) => Promise<SecretAnswer>;

const AGENT = 'the keys of the agent';

type Attempt = AnyAuthMethod | 'over';

/**
 * The ways to log in to one host, one after the other: agent, key files, password, keyboard-interactive. A password that was
 * refused is not given again in another way, so that one login is one attempt for whoever counts them.
 */
export class Login {
  readonly #hop: Hop;
  readonly #ask: AskSecret;
  readonly #ways: AsyncGenerator<AnyAuthMethod, void, void>;
  /** What the server still accepts; undefined before it was asked. */
  #accepted: readonly string[] | undefined;
  readonly #tried: string[] = [];
  readonly #notTried: string[] = [];
  #passwordIsSpent = false;
  #why: Failure | undefined;
  readonly #onGivingUp: () => void;

  /** `onGivingUp`: the server asks for something that must not be answered, not even with nothing. */
  constructor(hop: Hop, ask: AskSecret, onGivingUp: () => void) {
    this.#hop = hop;
    this.#ask = ask;
    this.#onGivingUp = onGivingUp;
    this.#ways = this.#all();
  }

  /** The next way, or `over` when there is none: then `why` says what was wrong. */
  async next(accepted: readonly string[] | null): Promise<Attempt> {
    if (accepted !== null) this.#accepted = accepted;
    if (this.#why !== undefined) return 'over';
    const { value } = await this.#ways.next();
    return value ?? 'over';
  }

  /** Why no login was possible. */
  why(): Failure {
    if (this.#why !== undefined) return this.#why;
    const { user } = this.#hop;
    const accepts =
      this.#accepted === undefined ? '' : `; the server accepts ${this.#accepted.join(', ') || 'nothing'}`;
    const notes = this.#notTried.length === 0 ? '' : ` (${this.#notTried.join('; ')})`;
    if (this.#tried.length === 0)
      return failure('no-credential', `there is nothing to log in with as ${user}${notes}${accepts}`);
    return failure(
      'login-refused',
      `the login as ${user} was refused; tried: ${this.#tried.join(', ')}${notes}${accepts}`,
    );
  }

  /** Ends it all: the server asks for something that must not be answered. */
  giveUp(message: string): void {
    this.#why ??= failure(this.#tried.length === 0 ? 'no-credential' : 'login-refused', message);
    this.#onGivingUp();
  }

  /** The agent cannot be used. */
  withoutAgent(): void {
    const at = this.#tried.indexOf(AGENT);
    if (at !== -1) this.#tried.splice(at, 1);
    this.#notTried.push('the agent does not answer');
  }

  #takes(method: string): boolean {
    return this.#accepted === undefined || this.#accepted.includes(method);
  }

  async *#all(): AsyncGenerator<AnyAuthMethod, void, void> {
    const username = this.#hop.user;
    yield { type: 'none', username };
    if (this.#takes('publickey')) yield* this.#keys(username);
    if (this.#takes('password')) {
      const password = await this.#password();
      if (password !== undefined) {
        this.#passwordIsSpent = true;
        this.#tried.push('password');
        yield { type: 'password', username, password };
      }
    }
    if (this.#takes('keyboard-interactive') && !this.#passwordIsSpent && this.#why === undefined) {
      yield {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, _instructions, _language, prompts, finish) => {
          void this.#answers(prompts).then((answers) => {
            if (answers !== undefined) finish(answers);
          });
        },
      };
    }
  }

  async *#keys(username: string): AsyncGenerator<AnyAuthMethod, void, void> {
    const { agentSocket, identityFiles, identitiesOnly } = this.#hop;
    if (agentSocket !== undefined) {
      const named = await publicHalves(identityFiles);
      this.#tried.push(AGENT);
      yield { type: 'agent', username, agent: new ChosenAgent(agentSocket, named, identitiesOnly) };
    }
    for (const path of identityFiles) {
      if (!this.#takes('publickey')) return;
      const found = await privateKeyIn(path);
      if (found.kind === 'none') {
        if (found.message !== undefined) this.#notTried.push(found.message);
        continue;
      }
      const key = found.kind === 'key' ? found.key : await this.#opened(path, found.open);
      if (key === undefined) continue;
      this.#tried.push(path);
      yield { type: 'publickey', username, key };
    }
  }

  async #opened<Key>(path: string, open: (passphrase: Secret) => Key | undefined): Promise<Key | undefined> {
    const answer = await this.#ask('passphrase', path);
    if (answer.kind === 'none') {
      this.#notTried.push(`${path} has a passphrase: ${answer.message}`);
      return undefined;
    }
    const key = open(answer.secret);
    if (key === undefined) this.#notTried.push(`the passphrase given for ${path} does not open it`);
    return key;
  }

  async #password(): Promise<string | undefined> {
    const answer = await this.#ask('password');
    if (answer.kind === 'secret') {
      const typed = keystrokes({ kind: 'secret', secret: answer.secret });
      if (typed.kind === 'keys') return answer.secret.reveal();
      this.#notTried.push(typed.message);
      return undefined;
    }
    this.#notTried.push(`no password: ${answer.message}`);
    return undefined;
  }

  /** Answers to what a server asks; undefined where one of them must not be answered, and then nothing is. */
  async #answers(prompts: readonly Prompt[]): Promise<string[] | undefined> {
    const answers: string[] = [];
    for (const { prompt, echo } of prompts) {
      const kind = answerTo(prompt);
      if (kind === 'consent') answers.push('yes');
      else if (kind === 'user') answers.push(this.#hop.user);
      else if (kind === 'password' && echo !== true && !this.#passwordIsSpent) {
        const password = await this.#password();
        if (password === undefined) {
          this.giveUp(this.why().message);
          return undefined;
        }
        this.#passwordIsSpent = true;
        this.#tried.push('keyboard-interactive');
        answers.push(password);
      } else {
        const shown = prompt
          .replaceAll(/[^\x20-\x7e]+/g, ' ')
          .trim()
          .slice(0, 80);
        this.giveUp(
          kind === 'password'
            ? `the login as ${this.#hop.user} was refused`
            : `the server asks "${shown}" at the login, which is not answered`,
        );
        return undefined;
      }
    }
    return answers;
  }
}
