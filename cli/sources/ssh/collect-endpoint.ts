import type { Collected } from './collected.ts';
import { Ending } from './ending.ts';
import type { Endpoint } from './endpoint.ts';
import { mayRetry, type Failure } from './failure.ts';
import { collected, gather, type Gathered } from './gather.ts';
import type { HostKeys } from './known-hosts.ts';
import { openSession } from './open-session.ts';
import { openRoute } from './route.ts';
import type { SecretSource } from './secret.ts';

export type { Collected, FailureClass } from './collected.ts';

/** What a collection needs of the world. */
export interface CollectOptions {
  readonly secrets: SecretSource;
  readonly hostKeys: HostKeys;
  /** Whether keys of hosts without any key on record are accepted and recorded. */
  readonly acceptNew: boolean;
  readonly hitCounts: boolean;
  /** Cancels: the connection is closed and the result is `cancelled`. */
  readonly signal: AbortSignal;
  /** What is being done now: `connecting`, `logging in`, `show running-config (120 kB)`. No secret, no device text. */
  readonly onStep: (step: string) => void;
}

/**
 * Logs in to one device, reads what is asked for with read-only commands and logs out. Never throws for what a network
 * or a device does, and holds at most one login open.
 */
export async function collectEndpoint(endpoint: Endpoint, options: CollectOptions): Promise<Collected> {
  const { secrets, hitCounts } = options;
  let doing = '';
  const onStep = (step: string): void => {
    doing = step;
    options.onStep(step);
  };
  const ending = new Ending(endpoint.deadlineSeconds, options.signal);
  const notes = new Set<string>();
  const note = (text: string): void => void notes.add(secrets.scrub(text));
  const gathered: Gathered = { texts: [], about: '' };
  const failed = (why: Failure): Collected => ({
    kind: 'failed',
    reason: why.reason,
    mayRetry: mayRetry(why.reason),
    // Time that is over says nothing of where it went.
    message: secrets.scrub(
      why.reason === 'timeout' && why.message === ending.why?.message ? `${why.message}: ${doing}` : why.message,
    ),
    partial: gathered.texts,
  });
  try {
    const connection = await openRoute(endpoint, { ...options, onStep, ending, note });
    if (connection.kind === 'failure') return failed(connection);
    onStep('logged in');
    try {
      const ask = (purpose: 'password' | 'passphrase' | 'enable') =>
        ending.whileAsking(secrets.secret(endpoint, purpose));
      const open = await openSession(connection, endpoint, ending, ask);
      if (open.kind === 'failure') {
        // A question that was taken back is no missing secret.
        const isTakenBack = open.reason === 'no-credential' && ending.why?.reason === 'cancelled';
        return failed(isTakenBack ? ending.why : open);
      }
      const wrong = await gather(open, endpoint, { hitCounts, onStep, note }, gathered);
      return wrong === undefined ? collected(open, gathered, [...notes]) : failed(wrong);
    } finally {
      connection.close();
    }
  } finally {
    ending.dispose();
  }
}
