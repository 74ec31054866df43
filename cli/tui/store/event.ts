import type { FleetEvent } from '../../collect/events.ts';
import type { AuditEvent } from '../engine/audit-events.ts';
import type { Answer } from '../engine/questions.ts';
import type { FormDialog, Proposal } from './dialog.ts';
import type { Notice, Size } from './model.ts';

/** What comes from the keyboard: a key by its name, or text that was pasted. */
export type UiInput = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'text'; readonly text: string };

/** Something that happened. */
export type UiEvent =
  | UiInput
  /** Keys that came in one piece, from a fast typist or over a slow line, as the terminal sends them. */
  | { readonly kind: 'keys'; readonly text: string }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'audit'; readonly event: AuditEvent }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** What came of a wish: a preview, or the form with what is wrong. */
  | { readonly kind: 'proposed'; readonly form: FormDialog; readonly proposal: Proposal }
  | { readonly kind: 'not-proposed'; readonly form: FormDialog }
  | { readonly kind: 'policy-written'; readonly path: string; readonly owner: string }
  | { readonly kind: 'collect'; readonly event: FleetEvent }
  | { readonly kind: 'collecting'; readonly isRunning: boolean }
  | { readonly kind: 'ask-secret'; readonly question: string }
  /** Inputs or the policy were changed by someone. */
  | { readonly kind: 'files-changed' };
