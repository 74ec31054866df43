import type { CommandRunner } from './credential-command.ts';
import type { Endpoint, Hop, SecretReference } from './endpoint.ts';
import type { HiddenPrompt } from './hidden-prompt.ts';
import { Secret, type SecretAnswer, type SecretPurpose, type SecretSource } from './secret.ts';

export interface SecretWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: CommandRunner;
  /** Absent where there is no terminal to ask on: in a pipeline, in a scheduled job. */
  readonly prompt?: HiddenPrompt;
}

/** Looked at where the inventory names no other place. */
const DEFAULT_VARIABLES: Readonly<Record<SecretPurpose, string>> = {
  password: 'BROKERFENCE_PASSWORD',
  passphrase: 'BROKERFENCE_PASSPHRASE',
  enable: 'BROKERFENCE_ENABLE',
};

/** Secrets from where their references point; each is fetched once and kept in memory until the program ends. */
export function secretSource(world: SecretWorld): SecretSource {
  return new Secrets(world);
}

class Secrets implements SecretSource {
  readonly #world: SecretWorld;
  readonly #answers = new Map<string, Promise<SecretAnswer>>();
  readonly #revealed: Secret[] = [];
  /** One question at a time, however many devices wait for an answer. */
  #lastQuestion: Promise<unknown> = Promise.resolve();
  #isCancelled = false;

  constructor(world: SecretWorld) {
    this.#world = world;
  }

  secret(of: Hop | Endpoint, purpose: SecretPurpose, detail = ''): Promise<SecretAnswer> {
    const reference = this.#reference(of, purpose);
    const key = JSON.stringify(keyOf(reference, of, purpose, detail));
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#fetch(reference, of, purpose, detail).then((fetched) => {
      if (fetched.kind === 'secret') this.#revealed.push(fetched.secret);
      return fetched;
    });
    this.#answers.set(key, answer);
    return answer;
  }

  revealed(): readonly Secret[] {
    return this.#revealed;
  }

  scrub(text: string): string {
    return scrubbed(text, this.#revealed);
  }

  #reference(of: Hop | Endpoint, purpose: SecretPurpose): SecretReference {
    const named = referenceOf(of, purpose);
    if (named !== undefined) return named;
    const variable = DEFAULT_VARIABLES[purpose];
    return this.#world.env[variable] === undefined ? { kind: 'prompt' } : { kind: 'environment', variable };
  }

  async #fetch(
    reference: SecretReference,
    of: Hop | Endpoint,
    purpose: SecretPurpose,
    detail: string,
  ): Promise<SecretAnswer> {
    switch (reference.kind) {
      case 'environment': {
        const value = this.#world.env[reference.variable];
        if (value !== undefined && value !== '') return answerOf(value);
        return none(`the environment variable ${reference.variable} is ${value === undefined ? 'not set' : 'empty'}`);
      }
      case 'command': {
        const ran = await this.#world.run(reference.command, description(of, purpose, detail));
        return ran.kind === 'secret' ? answerOf(ran.value) : none(this.scrub(ran.message));
      }
      case 'prompt':
        return this.#ask(question(reference, of, purpose, detail), purpose);
    }
  }

  #ask(text: string, purpose: SecretPurpose): Promise<SecretAnswer> {
    const { prompt } = this.#world;
    if (prompt === undefined) {
      const variable = DEFAULT_VARIABLES[purpose];
      const message = `there is no terminal to ask for the ${purpose} on; set ${variable}, or name a credential in the inventory`;
      return Promise.resolve(none(message));
    }
    const asked = this.#lastQuestion.then(async (): Promise<SecretAnswer> => {
      if (this.#isCancelled) return none('the questions were cancelled');
      const given = await prompt(text);
      if (given.kind === 'text') return given.text === '' ? none(`no ${purpose} was given`) : answerOf(given.text);
      this.#isCancelled = true;
      return none(`the question for the ${purpose} was cancelled`);
    });
    this.#lastQuestion = asked;
    return asked;
  }
}

const answerOf = (value: string): SecretAnswer => ({ kind: 'secret', secret: new Secret(value) });

const none = (message: string): SecretAnswer => ({ kind: 'none', message });

function referenceOf(of: Hop | Endpoint, purpose: SecretPurpose): SecretReference | undefined {
  switch (purpose) {
    case 'password':
      return of.credential;
    case 'passphrase':
      return of.passphrase;
    case 'enable':
      return 'enable' in of ? of.enable : undefined;
  }
}

/** What an answer is an answer to: a command is told which host it is for, a person is not asked once for each. */
function keyOf(reference: SecretReference, of: Hop, purpose: SecretPurpose, detail: string): readonly unknown[] {
  switch (reference.kind) {
    case 'environment':
      return ['environment', reference.variable];
    case 'command':
      return ['command', reference.command, description(of, purpose, detail)];
    case 'prompt':
      // A passphrase is the key file's, whoever logs in with it.
      return purpose === 'passphrase' ? [purpose, detail] : [purpose, of.user, reference.scope ?? ''];
  }
}

/** What a command may want to know, as environment variables. */
function description(of: Hop | Endpoint, purpose: SecretPurpose, detail: string): Readonly<Record<string, string>> {
  return {
    BROKERFENCE_PURPOSE: purpose,
    BROKERFENCE_DEVICE: 'name' in of ? of.name : of.host,
    BROKERFENCE_HOST: of.host,
    BROKERFENCE_PORT: String(of.port),
    BROKERFENCE_USER: of.user,
    BROKERFENCE_KEY_FILE: detail,
  };
}

function question(
  { scope }: Extract<SecretReference, { kind: 'prompt' }>,
  { user }: Hop,
  purpose: SecretPurpose,
  detail: string,
): string {
  if (purpose === 'passphrase') return `Passphrase of ${detail}: `;
  const where = scope === undefined ? '' : ` on ${scope}`;
  return purpose === 'enable' ? `Enable secret for ${user}${where}: ` : `Password of ${user}${where}: `;
}

/** A text in which secrets are masked, also as they stand in JSON; the longest first, as one may be part of another. */
function scrubbed(text: string, secrets: readonly Secret[]): string {
  const forms = secrets.flatMap((secret) => {
    const value = secret.reveal();
    return [value, JSON.stringify(value).slice(1, -1)];
  });
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  const pattern = longestFirst.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)).join('|');
  return pattern === '' ? text : text.replace(new RegExp(pattern, 'gu'), String(new Secret('')));
}
