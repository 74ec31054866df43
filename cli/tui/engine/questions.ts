import type { PermittedFlow, UnjudgedCrossing } from '../../../checks/device-report.ts';
import type { Jump } from '../../../checks/references/references.ts';
import type { LineState } from '../../../parsers/diagnostics.ts';
import type { Platform } from '../../../parsers/model/device.ts';
import type { SyntaxForm } from '../syntax/tokens.ts';
import type { Comparison } from '../../compare/comparison.ts';
import type { EndRow, ListHead, RowEffect, RuleDetails, RuleRow } from '../../../checks/rule-table/rule-table.ts';
import type { PacketFields, Problem } from '../../trace/packet-fields.ts';
import type { PlaceFields } from '../../trace/resolve.ts';
import type { TraceReport } from '../../trace/trace-report.ts';

/** What a view may ask about one input; answered by a thread that holds the input's models. */
export type Question =
  | { readonly kind: 'open'; readonly source: string }
  | { readonly kind: 'flows'; readonly source: string }
  /** `against`: an earlier report, another path, or `git:REVISION`. */
  | { readonly kind: 'compare'; readonly against: string }
  | { readonly kind: 'jumps'; readonly source: string; readonly text: string; readonly line: number }
  | TraceQuestion
  /** The rule lists of every device of the input. */
  | { readonly kind: 'rule-lists'; readonly source: string }
  /** The rules of one list, without what they do among each other. */
  | ({ readonly kind: 'rules' } & ListPlace)
  /** What some rules of a list do among the others, by their indexes, and what stands behind the last one: both are dear. */
  | ({ readonly kind: 'rule-effects'; readonly rows: readonly number[]; readonly end: boolean } & ListPlace);

export interface TraceQuestion {
  readonly kind: 'trace';
  readonly source: string;
  readonly place: PlaceFields;
  readonly packet: PacketFields;
}

/** The same for the same question, which is another object after it has been to a thread and back. */
export function traceKey({ source, place, packet }: TraceQuestion): string {
  return JSON.stringify([source, place, packet]);
}

/** A rule list by its device's place in the input and its own place in the device, both from 0. */
export interface ListPlace {
  readonly source: string;
  readonly device: number;
  readonly list: number;
}

export type Answer =
  | { readonly kind: 'opened'; readonly source: string; readonly opened: OpenedSource }
  | { readonly kind: 'flows'; readonly source: string; readonly devices: readonly DeviceFlows[] }
  | { readonly kind: 'compared'; readonly against: string; readonly comparison: Comparison }
  | { readonly kind: 'jumps'; readonly question: Extract<Question, { kind: 'jumps' }>; readonly jumps: LineJumps }
  | { readonly kind: 'traced'; readonly question: TraceQuestion; readonly trace: TraceReport | Problem }
  | { readonly kind: 'rule-lists'; readonly source: string; readonly devices: readonly DeviceLists[] }
  | { readonly kind: 'rules'; readonly of: ListPlace; readonly rows: readonly ListedRule[] }
  | {
      readonly kind: 'rule-effects';
      readonly of: ListPlace;
      readonly judged: readonly JudgedRule[];
      /** Where it was asked for. */
      readonly end?: readonly EndRow[];
    }
  | { readonly kind: 'failed'; readonly question: Question; readonly message: string };

/** Where one can go from a line. */
export interface LineJumps {
  readonly jumps: readonly Jump[];
  /** What puts the rule list of the line in the path. */
  readonly bindings: readonly Jump[];
}

/** One input to be looked at: its texts, and the names that its devices use. */
export interface OpenedSource {
  readonly platform: Platform | undefined;
  readonly texts: readonly OpenedText[];
  readonly devices: readonly OpenedDevice[];
}

export interface OpenedText {
  readonly name: string;
  readonly form: SyntaxForm;
  /** Line n at index n - 1, secrets masked, safe to print. */
  readonly lines: readonly string[];
  /** The state of line n at index n - 1; undefined for blank lines. */
  readonly states: readonly (LineState | undefined)[];
}

interface OpenedDevice {
  readonly device: string;
  readonly segments: readonly string[];
  readonly ruleLists: readonly string[];
  /** For completion: `10.1.2.3 (BROKER)`, an address and the object that it stands in. */
  readonly addresses: readonly string[];
}

/** What a device permits. */
export interface DeviceFlows {
  readonly device: string;
  readonly source: string;
  readonly flows: readonly PermittedFlow[];
  readonly unjudged: readonly UnjudgedCrossing[];
}

/** The rule lists of a device, in the order of the text. */
export interface DeviceLists {
  readonly device: string;
  readonly segments: readonly string[];
  readonly lists: readonly ListHead[];
}

/** A rule with what a filter looks for in it. */
export interface ListedRule extends RuleRow {
  /** All that the columns shorten, in one text each; absent where they shorten nothing. */
  readonly full?: Readonly<Record<'source' | 'destination' | 'service', string>>;
}

/** What a rule does among the others, and all of it that its row shortens. */
export interface JudgedRule {
  readonly index: number;
  readonly effect: RowEffect;
  readonly details: RuleDetails;
}
