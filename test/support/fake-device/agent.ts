/** An SSH agent on a socket, in this process. */
import { createServer, type Socket } from 'node:net';
import ssh2, { type ParsedKey } from 'ssh2';

export interface FakeAgent {
  /** How often a signature was asked for. */
  readonly signatures: readonly string[];
  close(): Promise<void>;
}

/** Starts an agent that holds these private keys, in OpenSSH form. */
export function startFakeAgent(path: string, privateKeys: readonly string[]): Promise<FakeAgent> {
  const keys = privateKeys.map((text): ParsedKey => {
    const key = ssh2.utils.parseKey(text);
    if (key instanceof Error) throw key;
    return key;
  });
  const signatures: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    const protocol = new ssh2.AgentProtocol(false);
    protocol.on('identities', (request) => protocol.getIdentitiesReply(request, keys));
    protocol.on('sign', (request, asked, data) => {
      const key = keys.find((held) => held.getPublicSSH().equals(asked.getPublicSSH()));
      if (key === undefined) {
        protocol.failureReply(request);
        return;
      }
      signatures.push(key.getPublicSSH().toString('base64'));
      protocol.signReply(request, key.sign(data));
    });
    protocol.on('error', () => socket.destroy());
    socket.pipe(protocol).pipe(socket);
  });
  return new Promise((resolve) => {
    server.listen(path, () => {
      resolve({
        signatures,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
