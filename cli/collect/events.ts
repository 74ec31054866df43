import type { CapturedText, Collected, FailureClass } from '../sources/ssh/collected.ts';
import type { CollectPlatform, Endpoint } from '../sources/ssh/endpoint.ts';

/**
 * Why a device has no new files: what went wrong with it, or with what was to be done with its texts.
 * `not-tried`: others were refused with the same login. `not-written`: the files could not be written.
 */
export type FleetFailure = FailureClass | 'not-tried' | 'not-written' | 'internal-error';

/** What became of a device, without its texts. */
export type Outcome =
  | {
      readonly kind: 'collected';
      readonly platform: CollectPlatform;
      readonly version?: string;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reason: FleetFailure; readonly message: string };

export interface DeviceResult<Kept> {
  readonly endpoint: Endpoint;
  readonly outcome: Outcome;
  /** What was made of the texts. */
  readonly kept: Kept;
  /** Logins that were begun; 0 where the device's turn never came. */
  readonly attempts: number;
  /** From the first attempt to the end, waiting between attempts included. */
  readonly durationMs: number;
}

/** What happens during a collection, in the order in which it happens. `device` is the name of the endpoint. */
export type FleetEvent =
  | { readonly kind: 'queued'; readonly device: string }
  | { readonly kind: 'step'; readonly device: string; readonly step: string }
  | {
      readonly kind: 'retrying';
      readonly device: string;
      /** The attempt that failed, from 1. */
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: FleetFailure;
      readonly message: string;
    }
  | {
      readonly kind: 'finished';
      readonly device: string;
      readonly outcome: Outcome;
      readonly attempts: number;
      readonly durationMs: number;
    };

/** What a collection of one device ends with: the engine's result, or why the engine was not asked. */
export type Ended =
  | Extract<Collected, { kind: 'collected' }>
  | {
      readonly kind: 'failed';
      readonly reason: FleetFailure;
      readonly mayRetry: boolean;
      readonly message: string;
      readonly partial: readonly CapturedText[];
    };

/** What was made of the texts of one device; a `problem` makes the device a failed one. */
export interface Keeping<Kept> {
  readonly kept: Kept;
  /** A sentence without a full stop. */
  readonly problem?: string;
}
