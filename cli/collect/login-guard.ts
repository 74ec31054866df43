import type { Endpoint, Hop } from '../sources/ssh/endpoint.ts';
import type { Ended } from './events.ts';

/** Refusals in a row after which a login is not tried on further devices. */
export const MOST_REFUSALS = 3;

interface Standing {
  /** Refusals since the last time that it was accepted. */
  refused: number;
  /** Begun and neither accepted nor ended. */
  pending: number;
  /** Whether the last that was heard of it is that it was accepted. */
  accepted: boolean;
}

/** A login that was begun; each thing is said of it at most once. */
export interface Login {
  readonly accepted: () => void;
  readonly ended: (ended: Ended) => void;
}

/**
 * Keeps a collection from locking accounts. A login that many devices share is mostly checked by one server, which locks the
 * account after a few refusals. So a login is not tried on further devices once it was refused three times in a row; and as
 * long as it was not accepted, no more are begun at once than may still be refused. The same holds for enable secrets, of
 * which no more is known than how a device ended.
 */
export class LoginGuard {
  readonly #standings = new Map<string, Standing>();
  readonly #keys = new WeakMap<Endpoint, { readonly login: string; readonly enable: string }>();

  admits(endpoint: Endpoint): 'yes' | 'wait' | 'no' {
    const { login, enable } = this.#of(endpoint);
    if (login.refused >= MOST_REFUSALS || enable.refused >= MOST_REFUSALS) return 'no';
    return login.accepted || login.refused + login.pending < MOST_REFUSALS ? 'yes' : 'wait';
  }

  begin(endpoint: Endpoint): Login {
    const { login, enable } = this.#of(endpoint);
    login.pending += 1;
    let isPending = true;
    const decide = (): void => {
      login.pending -= isPending ? 1 : 0;
      isPending = false;
    };
    const accepted = (): void => {
      decide();
      login.accepted = true;
      login.refused = 0;
    };
    const refused = (standing: Standing): void => {
      standing.accepted = false;
      standing.refused += 1;
    };
    return {
      accepted,
      ended(ended) {
        decide();
        if (ended.kind === 'collected') {
          accepted();
          enable.refused = 0;
        } else if (ended.reason === 'login-refused') refused(login);
        else if (ended.reason === 'enable-refused') refused(enable);
      },
    };
  }

  /** Lets the login of the endpoint be tried again, as someone wishes who may have corrected it. */
  forgive(endpoint: Endpoint): void {
    const { login, enable } = this.#of(endpoint);
    login.refused = 0;
    enable.refused = 0;
  }

  #of(endpoint: Endpoint): { readonly login: Standing; readonly enable: Standing } {
    const keys = this.#keys.get(endpoint) ?? keysOf(endpoint);
    this.#keys.set(endpoint, keys);
    return { login: this.#standing(keys.login), enable: this.#standing(keys.enable) };
  }

  #standing(key: string): Standing {
    const standing = this.#standings.get(key) ?? { refused: 0, pending: 0, accepted: false };
    this.#standings.set(key, standing);
    return standing;
  }
}

/** The same for devices that are logged in to in the same way, jump hosts included. */
function keysOf({ jumps, enable, ...target }: Endpoint): { readonly login: string; readonly enable: string } {
  const login = JSON.stringify([...jumps, target].map(hopLogin));
  return { login, enable: JSON.stringify(['enable', login, enable]) };
}

function hopLogin({ user, credential, passphrase, identityFiles, agentSocket }: Hop): unknown {
  return [user, credential, passphrase, identityFiles, agentSocket];
}
