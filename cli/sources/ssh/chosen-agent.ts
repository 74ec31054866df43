import ssh2, { type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2';

type AgentKey = ParsedKey | Buffer | string;

/**
 * An agent of which the keys that the user named are offered first, and no others where only these are to be: servers
 * count every key that is offered as an attempt.
 */
export class ChosenAgent extends ssh2.BaseAgent<AgentKey> {
  readonly #agent: ssh2.BaseAgent;
  readonly #named: readonly Buffer[];
  readonly #onlyNamed: boolean;

  constructor(socketPath: string, named: readonly Buffer[], onlyNamed: boolean) {
    super();
    this.#agent = ssh2.createAgent(socketPath);
    this.#named = named;
    this.#onlyNamed = onlyNamed;
  }

  override getIdentities(done: IdentityCallback<AgentKey>): void {
    this.#agent.getIdentities((error, keys = []) => {
      const isNamed = (key: (typeof keys)[number]): boolean => {
        const blob = publicBlob(key);
        return blob !== undefined && this.#named.some((named) => named.equals(blob));
      };
      const named = keys.filter(isNamed);
      done(error, this.#onlyNamed ? named : [...named, ...keys.filter((key) => !isNamed(key))]);
    });
  }

  override sign(key: AgentKey, data: Buffer, options: SigningRequestOptions | SignCallback, done?: SignCallback): void {
    if (typeof options === 'function') this.#agent.sign(key, data, options);
    else this.#agent.sign(key, data, options, done);
  }
}

function publicBlob(key: unknown): Buffer | undefined {
  if (typeof key !== 'object' || key === null || !('getPublicSSH' in key)) return undefined;
  if (typeof key.getPublicSSH !== 'function') return undefined;
  const blob: unknown = key.getPublicSSH();
  return Buffer.isBuffer(blob) ? blob : undefined;
}
