import type { Connection } from './connection.ts';
import type { Ending } from './ending.ts';
import { failure, type Failure } from './failure.ts';
import { Incoming } from './incoming.ts';
import { deviceText, type Answer, type RunOptions, type Session } from './session.ts';

/** Runs each command in a channel of its own, without terminal, echo, prompt and pager. */
export class ExecSession implements Session {
  readonly #connection: Connection;
  readonly #ending: Ending;

  constructor(connection: Connection, ending: Ending) {
    this.#connection = connection;
    this.#ending = ending;
  }

  async run(command: string, { idleMs, onProgress }: RunOptions): Promise<Answer | Failure> {
    const wire = await this.#connection.exec(command);
    if ('kind' in wire) return wire;
    const incoming = new Incoming(wire, this.#ending);
    const { screen } = incoming;
    const found = await incoming.until(
      () => {
        onProgress?.(screen.received);
        return incoming.isClosed ? 'closed' : undefined;
      },
      idleMs,
      `while \`${command}\` was under way`,
    );
    wire.close();
    const lines = screen.line === '' ? screen.lines : [...screen.lines, screen.line];
    const text = deviceText(lines.map((line) => `${line}\n`).join(''));
    if (typeof found === 'object') return { ...found, captured: text };
    if (incoming.isConnectionLost) {
      const message = `the device closed the connection while \`${command}\` was under way`;
      return { ...failure('lost', message), captured: text };
    }
    return { kind: 'answer', text, cutBefore: false };
  }
}
