import type { CollectPlatform } from './endpoint.ts';

/** One text that was captured. */
export interface CapturedText {
  /** `fw1`, or `fw1/ctx` for an ASA security context. */
  readonly device: string;
  readonly what: 'configuration' | 'pushed-policy' | 'pushed-template' | 'hit-counts' | 'version';
  /** The virtual system of a pushed policy. */
  readonly scope?: string;
  /** What was typed to get it. */
  readonly command: string;
  /** What the device answered, without echo and prompt, lines ended by `\n`. */
  readonly text: string;
}

/** Why a device could not be collected, for machines; the message beside it is for people. */
export type FailureClass =
  | 'unresolved'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'lost'
  | 'algorithms'
  | 'ssh-version'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'login-refused'
  | 'no-credential'
  | 'enable-refused'
  | 'unknown-platform'
  | 'no-permission'
  | 'unexpected-dialogue'
  | 'partial'
  | 'cancelled';

/** What became of one device. */
export type Collected =
  | {
      readonly kind: 'collected';
      readonly platform: CollectPlatform;
      /** The software version in the words of the device. */
      readonly version?: string;
      readonly texts: readonly CapturedText[];
      /** What a reader of the result should know: old algorithms in use, counters that could not be read. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly reason: FailureClass;
      /** Whether trying again later can help and can do no harm: transport, never a refused login. */
      readonly mayRetry: boolean;
      readonly message: string;
      /** What had arrived by then. Never whole: not to be audited. */
      readonly partial: readonly CapturedText[];
    };
