import type { Duplex } from 'node:stream';
import type { Connection } from './connection.ts';
import type { Endpoint, Hop } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import type { ConnectContext } from './handshake.ts';
import { openConnection } from './open-connection.ts';

/** Connects to a device through its jump hosts, each with its own host key and credentials. Closing it closes them all. */
export async function openRoute(endpoint: Endpoint, context: ConnectContext): Promise<Connection | Failure> {
  const opened: Connection[] = [];
  const closeAll = (): void => {
    for (const connection of opened.toReversed()) connection.close();
  };
  let over: Duplex | undefined;
  const hops = [...endpoint.jumps, endpoint];
  for (const [index, hop] of hops.entries()) {
    const isJump = index < endpoint.jumps.length;
    context.onStep(isJump ? `connecting to the jump host ${hop.host}` : 'connecting');
    const connection = await openConnection(hop, over, context);
    if (connection.kind === 'failure') {
      closeAll();
      return isJump ? atJumpHost(hop, connection) : connection;
    }
    opened.push(connection);
    const next = hops[index + 1];
    if (next === undefined) return { ...connection, close: closeAll };
    const way = await connection.forward(next.host, next.port);
    if ('kind' in way) {
      closeAll();
      return atJumpHost(hop, way);
    }
    over = way;
  }
  throw new Error('a route has an end');
}

/** With the port, where it is not the usual one: several hosts may be behind one address. */
function atJumpHost({ host, port }: Hop, { reason, message }: Failure): Failure {
  return failure(reason, `at the jump host ${host}${port === 22 ? '' : ` port ${port}`}: ${message}`);
}
