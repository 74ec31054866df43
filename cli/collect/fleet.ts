import type { Endpoint } from '../sources/ssh/endpoint.ts';
import type { Access, CollectEndpoint } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { DeviceResult, Ended, FleetEvent, Keeping, Outcome } from './events.ts';
import { attempt, failed } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import { LoginGuard, MOST_REFUSALS } from './login-guard.ts';

export interface FleetOptions<Kept> {
  readonly collectEndpoint: CollectEndpoint;
  readonly access: Access;
  /** Devices that are worked on at once. */
  readonly concurrency: number;
  /** Attempts after the first one, for what went wrong on the way to the device. */
  readonly retries: number;
  /** For all devices together; absent: no limit but those of the devices. */
  readonly totalSeconds?: number;
  /** Ends the collection: what runs is cancelled, what waits is not begun. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onEvent: (event: FleetEvent) => void;
  /** Takes the texts of a device as soon as they are there, so that they need not be held. */
  readonly keep: (endpoint: Endpoint, ended: Ended) => Promise<Keeping<Kept>>;
}

interface Waiting<Kept> {
  readonly endpoint: Endpoint;
  readonly resolve: (result: DeviceResult<Kept>) => void;
  readonly reject: (error: unknown) => void;
}

/** What is said when a login was accepted, before the first command. */
const LOGGED_IN = 'logged in';

/** Collects many devices, a bounded number at once. One that fails never stops another. */
export class Fleet<Kept> {
  readonly #endpoints: readonly Endpoint[];
  readonly #options: FleetOptions<Kept>;
  readonly #guard = new LoginGuard();
  /** Aborted by the user, or when the time for all is over. */
  readonly #end = new AbortController();
  #timeIsOver = false;
  readonly #waiting: Waiting<Kept>[] = [];
  #running = 0;

  constructor(endpoints: readonly Endpoint[], options: FleetOptions<Kept>) {
    this.#endpoints = endpoints;
    this.#options = options;
  }

  /** Collects every device, once. The results stand in the order of the endpoints. */
  async collectAll(): Promise<DeviceResult<Kept>[]> {
    const { totalSeconds, clock, signal } = this.#options;
    const cancel = (): void => this.#stop();
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    const done = new AbortController();
    if (totalSeconds !== undefined) {
      void clock.sleep(totalSeconds * 1000, done.signal).then(() => {
        this.#timeIsOver = !done.signal.aborted && !this.#end.signal.aborted;
        if (this.#timeIsOver) this.#stop();
      });
    }
    try {
      return await Promise.all(this.#endpoints.map((endpoint) => this.#queue(endpoint)));
    } finally {
      done.abort();
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Collects one device once more, as someone asks who has seen its result: a login that was refused is tried again. */
  collectAgain(name: string): Promise<DeviceResult<Kept>> {
    const endpoint = this.#endpoints.find((each) => each.name === name);
    if (endpoint === undefined) throw new Error(`no device is called ${name}`);
    this.#guard.forgive(endpoint);
    return this.#queue(endpoint);
  }

  #queue(endpoint: Endpoint): Promise<DeviceResult<Kept>> {
    this.#options.onEvent({ kind: 'queued', device: endpoint.name });
    const { promise, resolve, reject } = Promise.withResolvers<DeviceResult<Kept>>();
    this.#waiting.push({ endpoint, resolve, reject });
    // All that are queued together stand in line before the first one begins.
    if (this.#waiting.length === 1) queueMicrotask(() => this.#proceed());
    return promise;
  }

  #stop(): void {
    this.#end.abort();
    this.#proceed();
  }

  /** Begins, in the order of the line, what may be begun now, and ends what will never be. */
  #proceed(): void {
    let index = 0;
    while (this.#end.signal.aborted || this.#running < this.#options.concurrency) {
      const waiting = this.#waiting[index];
      if (waiting === undefined) return;
      const admitted = this.#end.signal.aborted ? 'no' : this.#guard.admits(waiting.endpoint);
      if (admitted === 'wait') index += 1;
      else {
        this.#waiting.splice(index, 1);
        this.#begin(waiting);
      }
    }
  }

  #begin({ endpoint, resolve, reject }: Waiting<Kept>): void {
    const refusal = this.#whyNever(endpoint);
    if (refusal !== undefined) {
      this.#settle(endpoint, refusal, 0, 0).then(resolve, reject);
      return;
    }
    this.#running += 1;
    this.#collect(endpoint)
      .finally(() => {
        this.#running -= 1;
        this.#proceed();
      })
      .then(resolve, reject);
  }

  async #collect(endpoint: Endpoint): Promise<DeviceResult<Kept>> {
    const { clock, retries, onEvent } = this.#options;
    const startedMs = clock.nowMs();
    const deadlineMs = startedMs + endpoint.deadlineSeconds * 1000;
    for (let attempts = 1; ; attempts += 1) {
      const ended = await this.#attempt(endpoint, deadlineMs - clock.nowMs());
      const waitMs = backoffMs(attempts, clock.random);
      const again =
        ended.kind === 'failed' &&
        ended.mayRetry &&
        attempts <= retries &&
        clock.nowMs() + waitMs < deadlineMs &&
        !this.#end.signal.aborted;
      if (!again) return this.#settle(endpoint, ended, attempts, clock.nowMs() - startedMs);
      const { reason, message } = ended;
      onEvent({ kind: 'retrying', device: endpoint.name, attempt: attempts, waitMs, reason, message });
      await clock.sleep(waitMs, this.#end.signal);
      const refusal = this.#whyNever(endpoint);
      if (refusal !== undefined) return this.#settle(endpoint, refusal, attempts, clock.nowMs() - startedMs);
    }
  }

  async #attempt(endpoint: Endpoint, leftMs: number): Promise<Ended> {
    const { collectEndpoint, access, clock, onEvent } = this.#options;
    const login = this.#guard.begin(endpoint);
    const onStep = (step: string): void => {
      onEvent({ kind: 'step', device: endpoint.name, step });
      if (step !== LOGGED_IN) return;
      login.accepted();
      this.#proceed();
    };
    const { signal } = this.#end;
    const ended = await attempt(endpoint, leftMs, collectEndpoint, { ...access, signal, onStep, clock });
    login.ended(ended);
    const ranOut = ended.kind === 'failed' && ended.reason === 'cancelled' && this.#timeIsOver;
    return ranOut ? { ...ended, reason: 'timeout', mayRetry: false, message: this.#timeOver() } : ended;
  }

  /** Why a device is not to be logged in to, now and later. */
  #whyNever(endpoint: Endpoint): Ended | undefined {
    if (this.#timeIsOver) return failed('timeout', this.#timeOver());
    if (this.#end.signal.aborted) return failed('cancelled', 'the collection was cancelled');
    if (this.#guard.admits(endpoint) !== 'no') return undefined;
    const message = `not tried: the login of ${endpoint.user} was refused ${MOST_REFUSALS} times in a row, and more could lock the account`;
    return failed('not-tried', message);
  }

  #timeOver(): string {
    return `the time for all devices (${this.#options.totalSeconds ?? 0} seconds) was over`;
  }

  async #settle(endpoint: Endpoint, ended: Ended, attempts: number, durationMs: number): Promise<DeviceResult<Kept>> {
    const { kept, problem } = await this.#options.keep(endpoint, ended);
    const outcome = outcomeOf(ended, problem);
    this.#options.onEvent({ kind: 'finished', device: endpoint.name, outcome, attempts, durationMs });
    return { endpoint, outcome, kept, attempts, durationMs };
  }
}

function outcomeOf(ended: Ended, problem: string | undefined): Outcome {
  if (ended.kind === 'failed') return { kind: 'failed', reason: ended.reason, message: ended.message };
  if (problem !== undefined) return { kind: 'failed', reason: 'not-written', message: problem };
  const { kind, platform, version, notes } = ended;
  return { kind, platform, ...(version === undefined ? {} : { version }), notes };
}
