/** A device that speaks SSH: an ssh2 server on loopback in this process that plays a recorded dialogue. */
import { createServer, connect as connectTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { Algorithms, AuthContext, Connection, Prompt, ServerChannel, Session } from 'ssh2';
import { Player, type PlayOptions } from './player.ts';
import type { Dialogue } from './dialogue.ts';

export interface FakeDeviceOptions extends PlayOptions {
  /** Absent: a jump host, which forwards connections and has no terminal. */
  readonly dialogue?: Dialogue;
  readonly user?: string;
  readonly password?: string;
  /** Public keys that may log in, in OpenSSH form. */
  readonly authorizedKeys?: readonly string[];
  /** Ways to log in that are offered; by default `password`. `none` lets everybody in. */
  readonly methods?: readonly ('none' | 'publickey' | 'password' | 'keyboard-interactive')[];
  /** All of `methods` are needed, in that order (OpenSSH's AuthenticationMethods). */
  readonly needsAll?: boolean;
  /** Prompts of the keyboard-interactive way, with the answers that let one pass. */
  readonly prompts?: readonly (readonly [prompt: Prompt, answer: string])[];
  /** Shown before the login. */
  readonly loginBanner?: string;
  /** Private key of the host, in OpenSSH form; absent: one made for all fake devices of the process. */
  readonly hostKey?: string;
  readonly algorithms?: Algorithms;
}

export interface FakeDevice {
  readonly port: number;
  /** The public host key as it stands in known_hosts: type and base64. */
  readonly hostKeyLine: string;
  /** Every command that was typed in any session. */
  readonly typed: readonly string[];
  /** Ways in which somebody tried to log in, in order, without the question which ways there are. */
  readonly logins: readonly string[];
  /** Passwords typed at the question for the enable secret. */
  enablePasswordsTyped(): number;
  /** Connections that are open now. */
  openConnections(): number;
  close(): Promise<void>;
}

let commonHostKey: string | undefined;

interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/** A new key in OpenSSH form. */
export function newKey(type: 'ed25519' | 'ecdsa' = 'ed25519'): KeyPair {
  return sound(() =>
    type === 'ed25519'
      ? ssh2.utils.generateKeyPairSync('ed25519')
      : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }),
  );
}

/** A new key that is opened with a passphrase. */
export function newEncryptedKey(passphrase: string): KeyPair {
  const options = { passphrase, cipher: 'aes256-ctr', rounds: 1 };
  return sound(() => ssh2.utils.generateKeyPairSync('ed25519', options), passphrase);
}

/** ssh2 1.17 writes about one key in 600 so that it cannot be read again, whichever way. */
function sound(generate: () => KeyPair, passphrase?: string): KeyPair {
  for (;;) {
    const pair = generate();
    const halves = [ssh2.utils.parseKey(pair.private, passphrase), ssh2.utils.parseKey(pair.public)];
    if (!halves.some((half) => half instanceof Error)) return pair;
  }
}

/** Starts a device on a free port of 127.0.0.1. */
export async function startFakeDevice(options: FakeDeviceOptions): Promise<FakeDevice> {
  commonHostKey ??= newKey().private;
  const hostKey = options.hostKey ?? commonHostKey;
  const typed: string[] = [];
  const logins: string[] = [];
  const players: Player[] = [];
  const sockets = new Set<Socket>();
  const { algorithms, loginBanner } = options;
  const server = new ssh2.Server({
    hostKeys: [hostKey],
    ...(algorithms === undefined ? {} : { algorithms }),
    ...(loginBanner === undefined ? {} : { banner: loginBanner }),
  });
  server.on('connection', (connection: Connection) => {
    serve(connection, options, logins, (player) => players.push(player), typed);
  });
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    server.injectSocket(socket);
  });
  const port = await listen(listener);
  const parsed = ssh2.utils.parseKey(hostKey);
  if (parsed instanceof Error) throw parsed;
  return {
    port,
    hostKeyLine: `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`,
    typed,
    logins,
    enablePasswordsTyped: () => players.reduce((sum, { passwordsTyped }) => sum + passwordsTyped, 0),
    openConnections: () => sockets.size,
    close: () => closed(listener, sockets),
  };
}

/** A server that greets with a text (an SSH 1 banner, a web server's answer) and then says nothing. */
export async function startSilentServer(greeting: string): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (greeting !== '') socket.write(greeting);
  });
  const port = await listen(listener);
  return { port, close: () => closed(listener, sockets) };
}

/** A server that says something and hangs up. */
export async function startClosingServer(says: string): Promise<{ port: number; close: () => Promise<void> }> {
  const listener = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.resume();
    socket.end(says);
  });
  const port = await listen(listener);
  return { port, close: () => closed(listener, new Set()) };
}

function listen(listener: TcpServer): Promise<number> {
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = listener.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
}

function closed(listener: TcpServer, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    listener.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

function serve(
  connection: Connection,
  options: FakeDeviceOptions,
  logins: string[],
  keep: (player: Player) => void,
  typed: string[],
): void {
  connection.on('error', () => connection.end());
  let passed = 0;
  connection.on('authentication', (context) => {
    const { methods = [], needsAll = false } = options;
    if (!needsAll) {
      authenticate(context, options, logins);
      return;
    }
    const step = { ...options, methods: methods.slice(passed, passed + 1) };
    const isLast = passed === methods.length - 1;
    // A key without a signature is only asked about.
    const isAsked = context.method === 'publickey' && context.signature === undefined;
    if (!isLast && !isAsked) {
      context.accept = () => {
        passed += 1;
        context.reject(methods.slice(passed, passed + 1), true);
      };
    }
    authenticate(context, step, logins);
  });
  connection.on('session', (accept) => openSession(accept(), connection, options, keep, typed));
  connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const socket = connectTcp(destPort, destIP);
    socket.on('error', () => reject());
    socket.on('connect', () => {
      socket.removeAllListeners('error');
      const channel = accept();
      socket.on('error', () => channel.close());
      socket.pipe(channel).pipe(socket);
    });
  });
}

function authenticate(context: AuthContext, options: FakeDeviceOptions, logins: string[]): void {
  const { user = 'auditor', password, methods = ['password'], prompts = [], authorizedKeys = [] } = options;
  const offered = methods.filter((method) => method !== 'none');
  const refuse = (): void => context.reject([...offered]);
  if (context.method === 'none') {
    if (methods.includes('none')) context.accept();
    else refuse();
    return;
  }
  logins.push(context.method);
  const isKnown = context.username === user && methods.some((method) => method === context.method);
  if (!isKnown) return refuse();
  if (context.method === 'password') {
    if (password !== undefined && context.password === password) context.accept();
    else refuse();
  } else if (context.method === 'keyboard-interactive') {
    context.prompt(
      prompts.map(([prompt]) => prompt),
      (answers: string[]) => {
        if (prompts.every(([, answer], index) => answers[index] === answer)) context.accept();
        else refuse();
      },
    );
  } else if (context.method === 'publickey') {
    const { key, blob, signature, hashAlgo } = context;
    const known = authorizedKeys
      .map((line) => ssh2.utils.parseKey(line))
      .find((candidate) => {
        return !(candidate instanceof Error) && candidate.getPublicSSH().equals(key.data);
      });
    if (known === undefined || known instanceof Error) return refuse();
    if (signature !== undefined && blob !== undefined && !known.verify(blob, signature, hashAlgo)) return refuse();
    context.accept();
  } else refuse();
}

function openSession(
  session: Session,
  connection: Connection,
  options: FakeDeviceOptions,
  keep: (player: Player) => void,
  typed: string[],
): void {
  const { dialogue } = options;
  session.on('pty', (accept) => accept?.());
  session.on('shell', (accept, reject) => {
    if (dialogue === undefined) {
      reject?.();
      return;
    }
    const channel = accept();
    const player = play(dialogue, channel, connection, options, typed);
    keep(player);
    player.start();
  });
  session.on('exec', (accept, reject, { command }) => {
    if (dialogue?.exec === undefined) {
      reject?.();
      return;
    }
    const channel = accept();
    const player = play(dialogue, channel, connection, options, typed);
    keep(player);
    const { text, status } = player.exec(command);
    const { dropIn } = options;
    if (dropIn?.command === command) {
      channel.write(text.slice(0, dropIn.after), 'latin1', () => connection.end());
      return;
    }
    channel.write(Buffer.from(text));
    channel.exit(status);
    channel.end();
  });
}

function play(
  dialogue: Dialogue,
  channel: ServerChannel,
  connection: Connection,
  options: FakeDeviceOptions,
  typed: string[],
): Player {
  const player = new Player(
    dialogue,
    {
      write: (text) => channel.write(text),
      end: () => {
        channel.exit(0);
        channel.end();
      },
      drop: () => connection.end(),
    },
    options,
    typed,
  );
  channel.on('data', (data: Buffer) => player.type(data.toString()));
  channel.on('close', () => player.stop());
  channel.on('error', () => player.stop());
  return player;
}
