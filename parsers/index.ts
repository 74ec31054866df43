import type { Coverage, Diagnostic, LineState } from './diagnostics.ts';
import type { Device, Platform } from './model/device.ts';
import type { Source } from './source.ts';

/** What detection concluded and why. */
export interface Detection {
  /** Absent when the text is no configuration we know. */
  readonly platform?: Platform;
  /** For showing: `line 1: "ASA Version 9.12(4)"`. */
  readonly reasons: readonly string[];
}

export interface ParseResult {
  readonly detection: Detection;
  /** Empty when nothing could be read; then `diagnostics` has an error. */
  readonly devices: readonly Device[];
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: Coverage;
  /** State of line n at index n - 1; undefined for blank lines. */
  readonly lineStates: readonly (LineState | undefined)[];
}

export interface ParseOptions {
  /** Overrules detection. */
  readonly platform?: Platform;
}

/** Reads one configuration. Never throws on input: what cannot be read ends in diagnostics and line states. */
export type Parse = (source: Source, options?: ParseOptions) => ParseResult;
