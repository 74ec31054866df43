import type { FailureClass } from './collected.ts';

/** Why something could not be done with a device. `captured` is what had arrived of the answer that was waited for. */
export interface Failure {
  readonly kind: 'failure';
  readonly reason: FailureClass;
  /** A sentence without a full stop: what is wrong, and what to do where that is not plain. */
  readonly message: string;
  readonly captured?: string;
}

export function failure(reason: FailureClass, message: string): Failure {
  return { kind: 'failure', reason, message };
}

/** Reasons that lie between here and the device: trying again later can help and counts as no login. */
const TRANSPORT: ReadonlySet<FailureClass> = new Set(['unresolved', 'refused', 'unreachable', 'timeout', 'lost']);

/** Whether the device may be tried again after this. */
export function mayRetry(reason: FailureClass): boolean {
  return TRANSPORT.has(reason);
}
