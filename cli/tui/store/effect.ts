import type { SecretAnswer } from './dialog.ts';
import type { FormDialog, Proposal } from './dialog.ts';
import type { ExportedName } from '../../sources/exported-names.ts';
import type { Question } from '../engine/questions.ts';

/** Something to be done outside of the store; what comes of it arrives as an event. */
export type Effect =
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'audit' }
  /** The policy file with what the form says in it, to be looked at. */
  | { readonly kind: 'propose'; readonly form: FormDialog }
  | { readonly kind: 'write-policy'; readonly proposal: Proposal; readonly form: FormDialog }
  /** The devices of the names, or all. */
  | { readonly kind: 'collect'; readonly names: readonly string[] }
  | { readonly kind: 'stop-collecting' }
  | { readonly kind: 'answer-secret'; readonly answer: SecretAnswer }
  | { readonly kind: 'quit' }
  /** Stops the program until the shell lets it go on. */
  | { readonly kind: 'suspend' }
  | { readonly kind: 'edit'; readonly file: string; readonly line: number }
  | { readonly kind: 'export'; readonly name: ExportedName; readonly text: string }
  | { readonly kind: 'copy'; readonly text: string };
