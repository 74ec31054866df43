import type { CollectOptions } from '../sources/ssh/collect-endpoint.ts';
import type { Collected } from '../sources/ssh/collected.ts';
import type { Endpoint } from '../sources/ssh/endpoint.ts';
import type { Clock } from './clock.ts';
import type { Ended, FleetFailure } from './events.ts';

/** Logs in to one device and reads what is asked for: the engine, or a test's stand-in. */
export type CollectEndpoint = (endpoint: Endpoint, options: CollectOptions) => Promise<Collected>;

/** What an attempt needs besides the device. */
export type Access = Pick<CollectOptions, 'secrets' | 'hostKeys' | 'acceptNew' | 'hitCounts'>;

/** An engine that neither keeps its deadline nor lets itself be cancelled is waited for no longer than this. */
const GRACE_MS = 5000;

/** One attempt at a device. Always comes to an end: `leftMs` and some seconds of grace after it begins, or after `signal`. */
export async function attempt(
  endpoint: Endpoint,
  leftMs: number,
  collectEndpoint: CollectEndpoint,
  { clock, ...options }: Access & Pick<CollectOptions, 'signal' | 'onStep'> & { readonly clock: Clock },
): Promise<Ended> {
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const onStep = (step: string): void => {
    if (!over.signal.aborted) options.onStep(step);
  };
  try {
    const timed = { ...endpoint, deadlineSeconds: leftMs / 1000 };
    const engine = collectEndpoint(timed, { ...options, signal, onStep });
    return await Promise.race([
      engine,
      overdue(endpoint, leftMs, { clock, signal: options.signal, over: over.signal }),
    ]);
  } catch (error) {
    // A mistake in the engine must not cost the other devices their results.
    const said = error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error was thrown';
    return failed('internal-error', `internal error, please report it: ${options.secrets.scrub(said)}`);
  } finally {
    over.abort();
  }
}

/** What an engine that does not come back is taken to have said. */
async function overdue(
  { name, deadlineSeconds }: Endpoint,
  leftMs: number,
  { clock, signal, over }: { readonly clock: Clock; readonly signal: AbortSignal; readonly over: AbortSignal },
): Promise<Ended> {
  await clock.sleep(leftMs, AbortSignal.any([signal, over]));
  await clock.sleep(GRACE_MS, over);
  return signal.aborted
    ? failed('cancelled', `${name} was cancelled`)
    : failed('timeout', `${name} was not done within ${deadlineSeconds} seconds`);
}

/** A failure that trying again does not help. */
export function failed(reason: FleetFailure, message: string): Ended {
  return { kind: 'failed', reason, mayRetry: false, message, partial: [] };
}
