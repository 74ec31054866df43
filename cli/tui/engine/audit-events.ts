import type { InputResult } from '../../run.ts';
import type { Run } from '../../reports/run.ts';

/** What an audit in the background says, in this order; after `finished` or `refused` nothing more. */
export type AuditEvent =
  | { readonly kind: 'started'; readonly inputs: number }
  /** `item` is being worked on. */
  | { readonly kind: 'progress'; readonly done: number; readonly item: string }
  | { readonly kind: 'results'; readonly results: readonly InputResult[] }
  /** The run without what `results` brought. */
  | { readonly kind: 'finished'; readonly run: Omit<Run, 'sources'>; readonly remarks: readonly string[] }
  /** No audit can be made: the policy file has problems, the inputs cannot be looked at. */
  | { readonly kind: 'refused'; readonly message: string };
