import type { TrustOptions } from '../../../checks/policy/trust.ts';
import type { Platform } from '../../../parsers/model/device.ts';

/** What the user asked for, as plain data: it is handed to the threads that do the work. */
export interface Settings {
  readonly paths: readonly string[];
  /** The one of the paths that configurations are collected into; it comes to be with the first collection. */
  readonly collectedInto: string | undefined;
  readonly platform: Platform | undefined;
  readonly combine: boolean;
  readonly maxFileBytes: number;
  readonly trust: TrustOptions;
  readonly maxUnknownPercent: number;
  /** The policy file; absent: none. It is read anew for each audit. */
  readonly policyFile: string | undefined;
  /** What the changes are shown against from the start: an earlier report, another path, or `git:REVISION`. */
  readonly baseline: string | undefined;
  /** For what expires: `2026-11-22`. */
  readonly today: string;
}
