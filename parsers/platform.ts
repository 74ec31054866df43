import type { Coverage, Diagnostic, LineState, RuleCount } from './diagnostics.ts';
import type { HostNames } from './model/host-names.ts';
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
  /** Absent where the platform does not count. */
  readonly ruleCounts?: readonly RuleCount[];
}

/** A text with its lines. */
export interface ReadableText {
  readonly source: Source;
  readonly lines: readonly Line[];
}

/** What a platform made of several texts that together describe one device, or one manager with its devices. */
export interface BundleResult {
  readonly devices: readonly Device[];
  readonly diagnostics: readonly Diagnostic[];
  /** For each text, in the order given. */
  readonly texts: readonly {
    readonly lineStates: PlatformResult['lineStates'];
    readonly complete: Coverage['complete'];
  }[];
  /** Over all texts; absent where the platform does not count. */
  readonly ruleCounts?: readonly RuleCount[];
}

/**
 * What part of a device one text is. `whole`: it stands alone. `part`: it says only some of a device's configuration (policy
 * that a manager pushed, a pushed template) and belongs to a `whole` one.
 */
export interface Capture {
  readonly role: 'whole' | 'part';
  /** For showing: `policy pushed by Panorama`. */
  readonly what: string;
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
  readonly read: (source: Source, lines: readonly Line[], hosts?: HostNames) => PlatformResult;
  /** Reads texts that belong together. Absent: a device is in one text, and beside it stand at most captures (`readBeside`). */
  readonly readBundle?: (texts: readonly ReadableText[], hosts?: HostNames) => BundleResult;
  /** Whether the text that makes this device can stand alone; a list that is shown by itself cannot. Absent: all can. */
  readonly isWhole?: (device: Device) => boolean;
  /** What part of a device a text is, from its beginning alone (a few kilobytes). Absent: every text stands alone. */
  readonly capture?: (beginning: string) => Capture | undefined;
  /** The statement tables, for documentation. */
  readonly forms: readonly FormGroup[];
}
