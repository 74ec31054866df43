import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import { mismatch, offerFor, oldAmong, ssh2Algorithms, type Offer } from './offered-algorithms.ts';
import { protocolFailure, socketFailure } from './connection-failure.ts';
import type { Ending } from './ending.ts';
import type { Hop } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import type { HostKeys } from './known-hosts.ts';
import { keyFailure } from './host-key-failure.ts';
import { keystrokes, type Input } from './keystrokes.ts';
import { Login } from './login.ts';
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

/** Deadlines of the phases, in milliseconds. The login is as long as OpenSSH's servers allow (LoginGraceTime). */
const TCP_MS = 15_000;
const HANDSHAKE_MS = 30_000;
const LOGIN_MS = 120_000;
const CHANNEL_MS = 20_000;
const CLOSING_MS = 1000;

/** Wide enough for every line that platforms would break; some refuse more than 511 columns. */
const TERMINAL = { term: 'vt100', cols: 511, rows: 1000 };

/** A terminal of a device, or a command that runs without one: what can be typed is what `keystrokes` lets through. */
export interface Wire {
  /** Types; gives the failure where that was refused. */
  type(input: Input): Failure | undefined;
  /** Bytes as characters (latin1). */
  onData(listener: (data: string) => void): void;
  /** It was closed: this channel alone by the other side, or the whole connection broke. */
  onClose(listener: (isConnectionLost: boolean) => void): void;
  close(): void;
}

/** A login on one host. */
export interface Connection {
  readonly kind: 'connection';
  shell(): Promise<Wire | Failure>;
  /** Runs one command without a terminal. */
  exec(command: string): Promise<Wire | Failure>;
  /** A way from that host to another one. */
  forward(host: string, port: number): Promise<Duplex | Failure>;
  close(): void;
}

/** Connects and logs in; `over`: the way through the host before it, absent: straight from here. */
export async function openConnection(hop: Hop, over: Duplex | undefined, context: ConnectContext) {
  const where = `${hop.host} port ${hop.port}`;
  const socket = over ?? (await tcp(hop, where, context.ending));
  if ('kind' in socket) return socket;
  return new Handshake(hop, where, context).run(socket);
}

function tcp({ host, port }: Hop, where: string, ending: Ending): Promise<Socket | Failure> {
  return ending.until((settle) => {
    const socket = connectTcp({ host, port });
    let isOpen = false;
    const timer = setTimeout(() => settle(failure('timeout', `${where} does not answer`)), TCP_MS);
    socket.once('error', (error) => settle(socketFailure(error, where)));
    socket.once('connect', () => {
      isOpen = true;
      socket.setNoDelay(true);
      socket.setKeepAlive(true, 30_000);
      settle(socket);
    });
    return () => {
      clearTimeout(timer);
      if (isOpen) return;
      socket.on('error', () => undefined);
      socket.destroy();
    };
  });
}

/** From a socket to a login. */
class Handshake {
  readonly #hop: Hop;
  readonly #where: string;
  readonly #context: ConnectContext;
  readonly #client: Client = new ssh2.Client();
  readonly #hello = new ServerHello();
  #phase: 'handshake' | 'login' | 'done' = 'handshake';
  #timer: NodeJS.Timeout | undefined;
  #keyFailure: Failure | undefined;
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
      if (error.level === 'agent') login.withoutAgent();
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
        authHandler: (accepted, _partial, next) => {
          // The first call has no list: the type does not say so.
          const methods: readonly string[] | null = accepted;
          void login.next(methods).then((attempt) => {
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
      if (ident === undefined && firstLine !== '') return failure('ssh-version', `${this.#where} does not speak SSH`);
      const why = offers === undefined ? undefined : mismatch(offer, offers, this.#hop.legacy);
      if (why !== undefined) return failure('algorithms', `no common SSH algorithms with ${this.#where}: ${why}`);
    }
    if (error.message === 'closed') {
      const during = this.#phase === 'handshake' ? 'handshake' : 'login';
      return failure('lost', `${this.#where} closed the connection during the ${during}`);
    }
    return protocolFailure(error, this.#where, this.#phase === 'login');
  }
}

function connectionOver(client: Client, where: string, ending: Ending): Connection {
  // What breaks later closes the channels, and that is where it is noticed.
  client.removeAllListeners('error');
  let isLost = false;
  const lose = (): void => {
    isLost = true;
  };
  client.on('error', lose);
  client.on('end', lose);
  client.on('close', lose);
  const opened = <T>(what: string, open: (done: (error: Error | undefined, value: T) => void) => unknown) =>
    channel(what, where, ending, open);
  return {
    kind: 'connection',
    async shell() {
      const found = await opened<ClientChannel>('a terminal', (done) => client.shell(TERMINAL, done));
      return 'kind' in found ? found : wireOver(found, () => isLost);
    },
    async exec(command) {
      const allowed = keystrokes({ kind: 'command', command });
      if (allowed.kind === 'failure') return allowed;
      const found = await opened<ClientChannel>('a command', (done) => client.exec(command, done));
      return 'kind' in found ? found : wireOver(found, () => isLost);
    },
    forward: (host, port) =>
      opened<ClientChannel>(`a connection to ${host} port ${port}`, (done) =>
        client.forwardOut('127.0.0.1', 0, host, port, done),
      ),
    close() {
      client.end();
      // A device that does not close its side is not waited for.
      setTimeout(() => client.destroy(), CLOSING_MS).unref();
    },
  };
}

function channel<T>(
  what: string,
  where: string,
  ending: Ending,
  open: (done: (error: Error | undefined, value: T) => void) => unknown,
): Promise<T | Failure> {
  return ending.until((settle) => {
    const timer = setTimeout(() => settle(failure('timeout', `${where} does not open ${what}`)), CHANNEL_MS);
    try {
      open((error, value) => settle(error === undefined ? value : refusedChannel(error, what, where)));
    } catch {
      settle(failure('lost', `the connection to ${where} was closed`));
    }
    return () => clearTimeout(timer);
  });
}

/** Reasons for which a channel is not opened (RFC 4254, 5.1). */
const CONNECT_FAILED = 2;
const PROHIBITED = 1;

function refusedChannel(error: Error, what: string, where: string): Failure {
  const reason = 'reason' in error ? error.reason : undefined;
  if (reason === CONNECT_FAILED) return failure('unreachable', `${where} cannot open ${what}`);
  if (reason === PROHIBITED) return failure('no-permission', `${where} does not allow ${what}`);
  if (/No response/iu.test(error.message)) return failure('lost', `the connection to ${where} was closed`);
  return failure('unexpected-dialogue', `${where} does not open ${what}`);
}

function wireOver(channel: ClientChannel, isLost: () => boolean): Wire {
  channel.on('error', () => undefined);
  return {
    type(input) {
      const typed = keystrokes(input);
      if (typed.kind === 'failure') return typed;
      if (channel.writable) channel.write(typed.keys);
      return undefined;
    },
    onData(listener) {
      const hear = (data: Buffer): void => listener(data.toString('latin1'));
      channel.on('data', hear);
      channel.stderr.on('data', hear);
    },
    onClose(listener) {
      channel.on('close', () => listener(isLost()));
    },
    close() {
      channel.close();
    },
  };
}
