import type { PermittedFlow, SegmentTrust } from '../../../checks/device-report.ts';
import type { Finding } from '../../../checks/finding.ts';
import type { ListState } from '../list.ts';
import type { Screen } from './screens.ts';
import type { TextField } from '../text-field.ts';

/** Something that takes the keys until it is answered or left. */
export type Dialog = LineDialog | ChooseDialog | SecretDialog | FormDialog | PreviewDialog;

/** One line at the bottom: a filter, a search, where to go. */
export interface LineDialog {
  readonly kind: 'line';
  readonly purpose: 'filter' | 'search' | 'goto' | 'against';
  readonly field: TextField;
  /** The screen as it was, for `esc`. */
  readonly before: Screen;
}

/** A password or passphrase, asked for by a collection. */
export interface SecretDialog {
  readonly kind: 'secret';
  readonly question: string;
  /** Never shown. */
  readonly field: TextField;
}

export type SecretAnswer = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'cancelled' };

/** One of several ways to go on. */
export interface ChooseDialog {
  readonly kind: 'choose';
  readonly title: string;
  readonly options: readonly { readonly text: string; readonly open: Screen }[];
  readonly list: ListState;
}

/** What is accepted or approved. */
export type Wish =
  | { readonly kind: 'waive'; readonly finding: Finding }
  | { readonly kind: 'approve'; readonly finding: Finding; readonly segments: readonly SegmentTrust[] }
  | { readonly kind: 'approve-flow'; readonly flow: PermittedFlow; readonly device: string };

export type WordName = 'name' | 'reason' | 'owner' | 'expires';

export interface WordField {
  readonly name: WordName;
  readonly field: TextField;
  /** What is wrong with what is typed; shown once one has tried. */
  readonly problem?: string;
}

/** Who accepts what, why and until when. */
export interface FormDialog {
  readonly kind: 'form';
  readonly wish: Wish;
  readonly fields: readonly WordField[];
  readonly focus: number;
  /** Why it cannot be written at all, and what could be put into the file by hand. */
  readonly refusal?: string;
}

/** A policy file with the entry in it, to be looked at before it is written. */
export interface Proposal {
  readonly path: string;
  /** The file as it was read; undefined: there is none yet. */
  readonly before: string | undefined;
  readonly after: string;
  readonly lines: readonly { readonly kind: 'context' | 'added' | 'removed' | 'hunk'; readonly text: string }[];
  /** What is to be known beside: `there is no policy file yet: …`. */
  readonly message?: string;
}

export interface PreviewDialog {
  readonly kind: 'preview';
  /** Where `esc` leads. */
  readonly form: FormDialog;
  readonly proposal: Proposal;
  readonly list: ListState;
}
