import type { Coverage, Diagnostic, LineState } from './diagnostics.ts';
import type { Device, Platform } from './model/device.ts';
import type { Source, Span } from './source.ts';
import type { Form } from './syntax/statements.ts';
import type { Line } from './syntax/lines.ts';

/** A place in a text that speaks for a platform. */
export interface Tell {
  /** One `strong` tell suffices; `supporting` ones count when nothing strong is there. */
  readonly strength: 'strong' | 'supporting';
  /** What was seen, for showing: `"ASA Version 9.12(4)"`. */
  readonly reason: string;
  readonly span: Span;
}

/** What a platform made of one source. */
export interface PlatformResult {
  readonly devices: readonly Device[];
  readonly diagnostics: readonly Diagnostic[];
  /** State of line n at index n - 1; undefined for blank lines only. */
  readonly lineStates: readonly (LineState | undefined)[];
  readonly complete: Coverage['complete'];
}

/** A group of statement forms, for the platform's generated README. */
export interface FormGroup {
  /** Where they are valid: `top level`, `interface`, `object-group service`. */
  readonly mode: string;
  readonly forms: readonly Pick<Form<never>, 'form' | 'state' | 'note'>[];
}

/** One platform folder's face. */
export interface PlatformReader {
  readonly platform: Platform;
  /** `Cisco ASA`. */
  readonly title: string;
  /** Every tell in the text, in order. Cheap: looks at the beginnings of lines. */
  readonly recognise: (source: Source, lines: readonly Line[]) => readonly Tell[];
  readonly read: (source: Source, lines: readonly Line[]) => PlatformResult;
  /** The statement tables, for documentation. */
  readonly forms: readonly FormGroup[];
}
