import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import type { Ending } from './ending.ts';
import { failure, type Failure } from './failure.ts';
import { keystrokes, type Input } from './keystrokes.ts';

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

/** What can be done over a client that is logged in. */
export function connectionOver(client: Client, where: string, ending: Ending): Connection {
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
const RESOURCE_SHORTAGE = 4;

function refusedChannel(error: Error, what: string, where: string): Failure {
  const reason = 'reason' in error ? error.reason : undefined;
  if (reason === CONNECT_FAILED) return failure('unreachable', `${where} cannot open ${what}`);
  if (reason === PROHIBITED) return failure('no-permission', `${where} does not allow ${what}`);
  if (reason === RESOURCE_SHORTAGE) return failure('refused', `${where} has no room for ${what} now`);
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
