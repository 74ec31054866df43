import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connection } from './connection.ts';
import { socketFailure } from './connection-failure.ts';
import type { Ending } from './ending.ts';
import type { Hop } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import { Handshake, type ConnectContext } from './handshake.ts';

const TCP_MS = 15_000;

/** Connects and logs in; `over`: the way through the host before it, absent: straight from here. */
export async function openConnection(
  hop: Hop,
  over: Duplex | undefined,
  context: ConnectContext,
): Promise<Connection | Failure> {
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
