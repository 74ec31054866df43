import type { CollectPlatform } from './endpoint.ts';
import type { FailureClass } from './collected.ts';
import type { ShellForm } from './shell.ts';

/** An answer by which a device says that it does not do what was asked. */
export interface Refusal {
  /** Matched against each line of a short answer. */
  readonly says: RegExp;
  readonly reason: FailureClass;
  /** For the message: `the login may not do that`. */
  readonly means: string;
}

/** How a complete configuration looks. */
export type Completeness =
  /** Its last line, but for log messages behind it. */
  | { readonly kind: 'last-line'; readonly marker: RegExp; readonly shown: string }
  /** Braces that are all closed. */
  | { readonly kind: 'braces' }
  /** An XML document whose root is closed, or braces where the device does not do XML. */
  | { readonly kind: 'xml' }
  /** It has no end mark: a line that stands in every configuration must be there. */
  | { readonly kind: 'no-end-mark'; readonly begins: RegExp };

/** How a login becomes one that sees everything. */
export type Privilege =
  | { readonly kind: 'none' }
  /** A prompt like this asks for a command, which may ask for the enable secret and must bring the other prompt. */
  | { readonly kind: 'enable'; readonly from: RegExp; readonly command: string; readonly to: RegExp }
  /** A prompt of a shell, in which a command starts the command line. */
  | { readonly kind: 'shell'; readonly from: RegExp; readonly command: string };

/** A text beside the configuration. */
export interface FurtherText {
  readonly what: 'pushed-policy' | 'pushed-template' | 'hit-counts';
  readonly command: string;
  /** For each virtual system of the configuration, whose name stands for `*` in the command. */
  readonly perSystem?: boolean;
  /** Whether the device has it, by its configuration and what it says of itself. Absent: always. */
  readonly when?: (configuration: string, version: string) => boolean;
}

/** Everything that is particular to one platform. Data: what is typed is checked again where it is typed. */
export interface PlatformDialogue extends ShellForm {
  readonly platform: CollectPlatform;
  readonly title: string;
  /** Other command lines of devices whose texts are this platform's: they are told apart by their prompts. */
  readonly variants?: readonly PlatformDialogue[];
  /** `exec`: commands run without a terminal, where the login's shell is the device's command line. */
  readonly channel: 'shell' | 'exec';
  readonly setup: readonly string[];
  readonly privilege: Privilege;
  /** Tells whether the login sees everything, on platforms that silently leave out what it may not see. */
  readonly authority?: { readonly command: string; readonly lacks: RegExp; readonly message: string };
  readonly version: { readonly command: string; readonly is: RegExp };
  readonly configuration: { readonly command: string; readonly complete: Completeness; readonly endsWith?: RegExp };
  /** Places in the configuration where the device says that something was left out. */
  readonly omission?: RegExp;
  readonly further: readonly FurtherText[];
  readonly contexts?: {
    readonly mode: string;
    readonly isMultiple: RegExp;
    readonly system: string;
    readonly list: string;
    /** A context's name at the beginning of a line of that list. */
    readonly name: RegExp;
    readonly enter: string;
  };
  readonly refusals: readonly Refusal[];
  /** So long may the device be silent while it gathers a configuration. */
  readonly idleSeconds: number;
}
