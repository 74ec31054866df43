import type { Source } from '../../parsers/source.ts';

export type FailureReason =
  | 'not-found'
  | 'no-permission'
  | 'loop'
  | 'too-large'
  | 'empty'
  | 'binary'
  | 'archive'
  | 'not-a-config'
  | 'too-complex'
  /** A capture that is not whole. */
  | 'partial'
  /** A device that could not be logged in to or read. */
  | 'not-collected'
  | 'unreadable';

/** An input that should have been audited and could not be. It makes the run end with exit code 3. */
export interface Failure {
  readonly kind: 'failure';
  readonly name: string;
  readonly reason: FailureReason;
  /** What is wrong, after the name: `cannot be read: permission denied`. */
  readonly message: string;
}

/** A file found in a directory that is no configuration. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly name: string;
  readonly message: string;
}

export interface TextInput {
  readonly kind: 'text';
  readonly source: Source;
  /** Further texts that describe the same devices. */
  readonly combinedWith: readonly Source[];
  /** True when the file must be a configuration: it was named by the user, or is named like one. */
  readonly expected: boolean;
}

export type Input = TextInput | Failure | Skipped;
