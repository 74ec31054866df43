import type { AnyAuthMethod, Prompt } from 'ssh2';
import { chosenKeys } from './chosen-agent.ts';
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
  #ways: AsyncGenerator<AnyAuthMethod, void, void>;
  /** What the server still accepts; undefined before it was asked. */
  #accepted: readonly string[] | undefined;
  readonly #tried: string[] = [];
  readonly #notTried: string[] = [];
  /** What the server accepted as a part of the login, asking for more (RFC 4252, 5.1: partial success). */
  readonly #passed: string[] = [];
  #heldByAgent = 0;
  #keysAreOffered = false;
  #passwordIsSpent = false;
  #why: Failure | undefined;
  readonly #onGivingUp: () => void;

  /** `onGivingUp`: the server asks for something that must not be answered, not even with nothing. */
  constructor(hop: Hop, ask: AskSecret, onGivingUp: () => void) {
    this.#hop = hop;
    this.#ask = ask;
    this.#onGivingUp = onGivingUp;
    this.#ways = this.#first();
  }

  /** The next way, or `over` when there is none: then `why` says what was wrong. */
  async next(accepted: readonly string[] | null, isPartial: boolean): Promise<Attempt> {
    if (accepted !== null) this.#accepted = accepted;
    const passed = isPartial ? this.#tried.pop() : undefined;
    if (passed !== undefined) this.#passed.push(passed);
    if (this.#why !== undefined) return 'over';
    const { value } = await this.#ways.next();
    if (value !== undefined) return value;
    // A way that the server did not take before may be the one that it asks for now.
    if (this.#passed.length === 0) return 'over';
    this.#ways = this.#all();
    const further = await this.#ways.next();
    return further.value ?? 'over';
  }

  /** Why no login was possible. */
  why(): Failure {
    if (this.#why !== undefined) return this.#why;
    const { user } = this.#hop;
    const accepts =
      this.#accepted === undefined ? '' : `; the server accepts ${this.#accepted.join(', ') || 'nothing'}`;
    const notes = this.#notTried.length === 0 ? '' : ` (${this.#notTried.join('; ')})`;
    if (this.#tried.length === 0 && this.#passed.length > 0)
      return failure(
        'no-credential',
        `the server took ${this.#passed.join(', ')} and asks for more to log in as ${user}${notes}${accepts}`,
      );
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

  /** The agent does not sign: it was locked, or the person who is to confirm it did not. */
  agentRefused(): void {
    const at = this.#tried.indexOf(AGENT);
    if (at !== -1) this.#tried.splice(at, 1);
    this.#notTried.push('the agent did not sign');
  }

  /** What to do where the server ends the login for too many attempts; every key that is offered is one. */
  get remedy(): string {
    if (this.#heldByAgent < 2) return '';
    const how = 'name the right one as identity-file in the inventory, or as IdentityFile in ~/.ssh/config';
    return `; the agent holds ${this.#heldByAgent} keys, and each that is offered counts: ${how}`;
  }

  #takes(method: string): boolean {
    return this.#accepted === undefined || this.#accepted.includes(method);
  }

  async *#first(): AsyncGenerator<AnyAuthMethod, void, void> {
    yield { type: 'none', username: this.#hop.user };
    yield* this.#all();
  }

  async *#all(): AsyncGenerator<AnyAuthMethod, void, void> {
    const username = this.#hop.user;
    if (this.#takes('publickey') && !this.#keysAreOffered) {
      this.#keysAreOffered = true;
      yield* this.#keys(username);
    }
    if (this.#takes('password') && !this.#passwordIsSpent) {
      const password = await this.#password();
      if (password !== undefined) {
        this.#passwordIsSpent = true;
        this.#tried.push('password');
        yield { type: 'password', username, password };
      }
    }
    const mayAsk = !this.#passwordIsSpent || this.#passed.includes('password');
    if (this.#takes('keyboard-interactive') && mayAsk && this.#why === undefined) {
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

  async *#agentKeys(socketPath: string, username: string): AsyncGenerator<AnyAuthMethod, void, void> {
    const { identityFiles, identitiesOnly } = this.#hop;
    const named = await publicHalves(identityFiles);
    const keys = await chosenKeys(socketPath, named, identitiesOnly).catch(() => undefined);
    if (keys === undefined) this.#notTried.push('the agent does not answer');
    else if (keys.length === 0) this.#notTried.push('the agent has no key to offer');
    else this.#tried.push(AGENT);
    this.#heldByAgent = keys?.length ?? 0;
    for (const agent of keys ?? []) {
      if (!this.#takes('publickey')) return;
      yield { type: 'agent', username, agent };
      // Of an agent's key ssh2 does not tell what the server accepts now; any other answer does.
      if (agent.hasSigned) yield { type: 'none', username };
    }
  }

  async *#keys(username: string): AsyncGenerator<AnyAuthMethod, void, void> {
    const { agentSocket, identityFiles } = this.#hop;
    if (agentSocket !== undefined) yield* this.#agentKeys(agentSocket, username);
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
          kind === 'password' && !this.#passed.includes('password')
            ? `the login as ${this.#hop.user} was refused`
            : `the server asks "${shown}" at the login, which is not answered`,
        );
        return undefined;
      }
    }
    return answers;
  }
}
