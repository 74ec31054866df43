import type { Span } from './source.ts';

/**
 * What became of one non-blank line of input (design: every line ends in exactly one state).
 *
 * - `modelled`: its meaning is in the model, exactly.
 * - `no-effect`: known, and unable to change which packets pass (descriptions, routing protocols, AAA, …).
 * - `conditional`: modelled with a stated bound (`definite ⊆ possible`).
 * - `unsupported`: known, changes packets, not modelled; always comes with a diagnostic that says what that means.
 * - `unrecognised`: not known at all; inside a filter it makes what stands below it not definite.
 */
export type LineState = 'modelled' | 'no-effect' | 'conditional' | 'unsupported' | 'unrecognised';

/** Every line state, in the order reports show them. */
export const LINE_STATES: readonly LineState[] = [
  'modelled',
  'no-effect',
  'conditional',
  'unsupported',
  'unrecognised',
];

/** Non-blank lines of one source by state. The five counts add up to `lines`. */
export interface Coverage {
  readonly source: string;
  readonly lines: number;
  readonly states: Readonly<Record<LineState, number>>;
  /** Whether the text shows its own end (`end`, `: end`); `unknown` for platforms and fragments without an end mark. */
  readonly complete: 'yes' | 'no' | 'unknown';
}

export type DiagnosticSeverity = 'error' | 'warning' | 'note';

/**
 * Something about our understanding of a text (never about the network): what was not read or not trusted, and what
 * that means for verdicts.
 */
export interface Diagnostic {
  /** `platform/subject`, stable: `asa/twice-nat`, `ios/undefined-object-group`, `source/not-a-config`. */
  readonly code: string;
  /** `error`: verdicts of this device cannot be trusted. `warning`: some are bounds. `note`: worth knowing. */
  readonly severity: DiagnosticSeverity;
  readonly span: Span;
  /** What stands there and why it is a problem, one sentence without a full stop. Never quotes a secret. */
  readonly message: string;
  /** What it means for verdicts, one clause: `rules below it in list OUT are possible, not definite`. */
  readonly consequence: string;
  /** How many further places the same diagnostic stands for (same code and message elsewhere). */
  readonly more?: number;
}

/** Rules of one kind that a text writes and what became of them: nothing may be lost between the two. */
export interface RuleCount {
  /** `security rules`, `NAT rules`. */
  readonly kind: string;
  /** Rules counted in the text itself, apart from the model. */
  readonly written: number;
  /** Rules that stand in the model of some device, each once however many devices have it. */
  readonly modelled: number;
  /** Of the modelled ones, those that are written but switched off. */
  readonly disabled: number;
  /** Rules that are in no device, by reason: `target no firewall of the text`. `written` = `modelled` + all of these. */
  readonly left: readonly { readonly reason: string; readonly count: number }[];
}
