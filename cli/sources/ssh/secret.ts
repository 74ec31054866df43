import { inspect } from 'node:util';
import type { Endpoint, Hop } from './endpoint.ts';

const MASKED = '<masked>';

/** A value that shows itself only when asked: as text, in JSON and inspected it is `<masked>`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASKED;
  }

  toJSON(): string {
    return MASKED;
  }

  [inspect.custom](): string {
    return MASKED;
  }
}

export type SecretPurpose = 'password' | 'passphrase' | 'enable';

export type SecretAnswer =
  | { readonly kind: 'secret'; readonly secret: Secret }
  /** There is none; `message` is a sentence without a full stop that says where it was looked for. */
  | { readonly kind: 'none'; readonly message: string };

/** Where secrets are had from while devices are logged in to. */
export interface SecretSource {
  /**
   * Asked at most once for each purpose, even when many devices share it; concurrent callers wait for the one answer.
   * `detail` is the key file that a passphrase is for.
   */
  secret(of: Hop | Endpoint, purpose: SecretPurpose, detail?: string): Promise<SecretAnswer>;
  /** All secrets revealed so far, for scrubbing recordings and errors. */
  revealed(): readonly Secret[];
  /** A text in which every secret revealed so far is masked. */
  scrub(text: string): string;
}
