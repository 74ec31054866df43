import ssh2, { type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2';

type AnyKey = ParsedKey | Buffer | string;

/**
 * The keys of an agent that are to be offered: first those that the user named, and no others where only these are to be.
 * Servers count every key that is offered as an attempt. Rejects where the agent does not answer.
 */
export function chosenKeys(
  socketPath: string,
  named: readonly Buffer[],
  onlyNamed: boolean,
): Promise<readonly AgentKey[]> {
  const agent = ssh2.createAgent(socketPath);
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, held = []) => {
      if (error !== undefined && error !== null) {
        reject(error);
        return;
      }
      const keys = held.filter((key) => isKey(key));
      const isNamed = (key: AnyKey): boolean => {
        const blob = publicBlob(key);
        return blob !== undefined && named.some((each) => each.equals(blob));
      };
      const first = keys.filter(isNamed);
      const chosen = onlyNamed ? first : [...first, ...keys.filter((key) => !isNamed(key))];
      resolve(chosen.map((key) => new AgentKey(agent, key)));
    });
  });
}

/**
 * One key of an agent, as an agent of its own. Of an agent with more keys ssh2 offers the next one whatever the server
 * answers, also where a key was accepted and something else is asked for beside it (RFC 4252, 5.1: partial success).
 */
export class AgentKey extends ssh2.BaseAgent<AnyKey> {
  readonly #agent: ssh2.BaseAgent;
  readonly #key: AnyKey;
  #hasSigned = false;

  constructor(agent: ssh2.BaseAgent, key: AnyKey) {
    super();
    this.#agent = agent;
    this.#key = key;
  }

  /** The server wanted this key: it was accepted, though maybe not alone. */
  get hasSigned(): boolean {
    return this.#hasSigned;
  }

  override getIdentities(done: IdentityCallback<AnyKey>): void {
    done(undefined, [this.#key]);
  }

  override sign(key: AnyKey, data: Buffer, options: SigningRequestOptions | SignCallback, done?: SignCallback): void {
    const signed: SignCallback = (error, signature) => {
      this.#hasSigned ||= signature !== undefined;
      const tell = typeof options === 'function' ? options : done;
      tell?.(error, signature);
    };
    if (typeof options === 'function') this.#agent.sign(key, data, signed);
    else this.#agent.sign(key, data, options, signed);
  }
}

/** The types know another form as well, in which no agent of ssh2 gives keys. */
function isKey(held: AnyKey | object): held is AnyKey {
  return typeof held !== 'object' || !('pubKey' in held);
}

function publicBlob(key: unknown): Buffer | undefined {
  if (typeof key !== 'object' || key === null || !('getPublicSSH' in key)) return undefined;
  if (typeof key.getPublicSSH !== 'function') return undefined;
  const blob: unknown = key.getPublicSSH();
  return Buffer.isBuffer(blob) ? blob : undefined;
}
