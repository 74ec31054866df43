import type { Collected } from './collected.ts';
import type { Endpoint } from './endpoint.ts';
import type { HostKeys } from './known-hosts.ts';
import type { SecretSource } from './secret.ts';

export type { CapturedText, Collected, FailureClass } from './collected.ts';

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
export function collectEndpoint(endpoint: Endpoint, options: CollectOptions): Promise<Collected> {
  options.onStep('connecting');
  return Promise.resolve({
    kind: 'failed',
    reason: 'unreachable',
    mayRetry: false,
    message: `${endpoint.name} cannot be reached`,
    partial: [],
  });
}
