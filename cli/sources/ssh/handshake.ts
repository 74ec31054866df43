import type { Duplex } from 'node:stream';
import ssh2, { type Client } from 'ssh2';
import { connectionOver, type Connection } from './connection.ts';
import { greetingFailure, protocolFailure } from './connection-failure.ts';
import type { Ending } from './ending.ts';
import type { Hop } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import { keyFailure } from './host-key-failure.ts';
import type { HostKeys } from './known-hosts.ts';
import { Login } from './login.ts';
import type { Offer } from './algorithm-lists.ts';
import { mismatch, offerFor, oldAmong, ssh2Algorithms } from './offered-algorithms.ts';
import type { SecretSource } from './secret.ts';
import { ServerHello } from './server-hello.ts';

/** What connecting needs of the world. */
export interface ConnectContext {
  readonly secrets: SecretSource;
  readonly hostKeys: HostKeys;
  readonly acceptNew: boolean;
  readonly ending: Ending;
  readonly onStep: (step: string) => void;
  /** What a reader of the result should know. */
  readonly note: (note: string) => void;
}

/** Deadlines of the phases, in milliseconds. The login's is as long as OpenSSH's servers allow (LoginGraceTime). */
const HANDSHAKE_MS = 30_000;
const LOGIN_MS = 120_000;

/** From a socket to a login. */
export class Handshake {
  readonly #hop: Hop;
  readonly #where: string;
  readonly #context: ConnectContext;
  readonly #client: Client = new ssh2.Client();
  readonly #hello = new ServerHello();
  #phase: 'handshake' | 'login' | 'done' = 'handshake';
  #timer: NodeJS.Timeout | undefined;
  #keyFailure: Failure | undefined;
  #login: Login | undefined;
  #finish: (result: Connection | Failure) => void = () => undefined;

  constructor(hop: Hop, where: string, context: ConnectContext) {
    this.#hop = hop;
    this.#where = where;
    this.#context = context;
  }

  async run(socket: Duplex): Promise<Connection | Failure> {
    const result = await this.#context.ending.until<Connection>((settle) => {
      this.#finish = settle;
      this.#start(socket);
      return () => {
        this.#phase = 'done';
        clearTimeout(this.#timer);
      };
    });
    if (result.kind === 'failure') {
      this.#client.on('error', () => undefined);
      this.#client.end();
      socket.destroy();
    }
    return result;
  }

  #start(socket: Duplex): void {
    const { hostKeys, onStep, note } = this.#context;
    const offer = offerFor(this.#hop, hostKeys.recordedTypes(this.#hop));
    const login = new Login(
      this.#hop,
      (purpose, detail) => this.#asking(purpose, detail),
      () => this.#finish(login.why()),
    );
    this.#login = login;
    this.#limit(HANDSHAKE_MS, 'does not complete the SSH handshake');
    this.#client.on('handshake', ({ kex, serverHostKey, cs, sc }) => {
      const old = oldAmong([kex, serverHostKey, cs.cipher, sc.cipher, cs.mac, sc.mac]);
      if (this.#phase !== 'handshake') return;
      if (old.length > 0) note(`the connection to ${this.#where} uses old algorithms: ${old.join(', ')}`);
      this.#phase = 'login';
      this.#limit(LOGIN_MS, 'does not complete the login');
      onStep('logging in');
    });
    this.#client.on('ready', () => this.#finish(connectionOver(this.#client, this.#where, this.#context.ending)));
    this.#client.on('change password', () => {
      this.#finish(failure('login-refused', `the password of ${this.#hop.user} has expired`));
    });
    this.#client.on('error', (error) => {
      // The agent's errors end nothing: ssh2 goes on with the next way to log in.
      if (error.level === 'agent') login.agentRefused();
      else this.#finish(this.#explained(error, offer));
    });
    this.#client.on('close', () => this.#finish(this.#explained(new Error('closed'), offer)));
    try {
      this.#client.connect({
        sock: socket,
        username: this.#hop.user,
        readyTimeout: 0,
        algorithms: ssh2Algorithms(offer),
        hostVerifier: (key: Buffer) => this.#judge(key),
        authHandler: (accepted, isPartial, next) => {
          // The first call has no list: the type does not say so.
          const methods: readonly string[] | null = accepted;
          void login.next(methods, isPartial).then((attempt) => {
            if (this.#phase === 'done') return;
            if (attempt === 'over') this.#finish(login.why());
            else next(attempt);
          }, this.#notReady);
        },
      });
    } catch (error) {
      this.#finish(failure('algorithms', error instanceof Error ? error.message : 'the algorithms cannot be used'));
      return;
    }
    // ssh2 has paused the socket by now, so that this listener sees the same pieces as its own.
    const hear = (chunk: Buffer): void => {
      this.#hello.hear(chunk);
      if (this.#hello.isDone) socket.off('data', hear);
    };
    socket.on('data', hear);
  }

  /** A file or an agent behaves in a way that nobody foresaw: one device fails, not all of them. */
  readonly #notReady = (error: unknown): void => {
    const why = error instanceof Error ? error.message : 'unknown error';
    this.#finish(failure('no-credential', `the login cannot be prepared: ${why}`));
  };

  #limit(ms: number, what: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#finish(failure('timeout', `${this.#where} ${what} within ${ms / 1000} s`)),
      ms,
    );
  }

  async #asking(purpose: 'password' | 'passphrase' | 'enable', detail?: string) {
    clearTimeout(this.#timer);
    const { ending, secrets } = this.#context;
    const answer = await ending.whileAsking(secrets.secret(this.#hop, purpose, detail));
    if (this.#phase === 'login') this.#limit(LOGIN_MS, 'does not complete the login');
    return answer;
  }

  #judge(key: Buffer): boolean {
    const { hostKeys, acceptNew, note } = this.#context;
    const verdict = hostKeys.judge(this.#hop, key);
    if (verdict.kind === 'known') return true;
    if (verdict.kind === 'unknown' && acceptNew) {
      try {
        hostKeys.accept(this.#hop, key);
        note(
          `the ${verdict.keyType} host key ${verdict.fingerprint} of ${this.#hop.hostKeyName} was accepted and recorded`,
        );
        return true;
      } catch (error) {
        const why = error instanceof Error ? error.message : 'unknown error';
        this.#keyFailure = failure('host-key-unknown', `the host key of ${this.#where} cannot be recorded: ${why}`);
        return false;
      }
    }
    this.#keyFailure = keyFailure(verdict, this.#hop);
    return false;
  }

  #explained(error: Error, offer: Offer): Failure {
    const { ident, firstLine, offers } = this.#hello;
    if (this.#keyFailure !== undefined) return this.#keyFailure;
    if (this.#phase === 'handshake') {
      if (ident !== undefined && !/^SSH-(?:2\.0|1\.99)-/u.test(ident)) {
        const version = /^SSH-([\d.]+)/u.exec(ident)?.[1] ?? '1';
        const what = `${this.#where} speaks version ${version} of the SSH protocol only, which is broken and not used`;
        return failure('ssh-version', `${what}; switch it to version 2 (Cisco: \`ip ssh version 2\`)`);
      }
      if (ident === undefined && firstLine !== '') return greetingFailure(firstLine, this.#where);
      const why = offers === undefined ? undefined : mismatch(offer, offers, this.#hop.legacy);
      if (why !== undefined) return failure('algorithms', `no common SSH algorithms with ${this.#where}: ${why}`);
    }
    if (error.message === 'closed') {
      const during = this.#phase === 'handshake' ? 'handshake' : 'login';
      return failure('lost', `${this.#where} closed the connection during the ${during}`);
    }
    const found = protocolFailure(error, this.#where, this.#phase === 'login');
    if (found.reason !== 'login-refused') return found;
    return { ...found, message: `${found.message}${this.#login?.remedy ?? ''}` };
  }
}
