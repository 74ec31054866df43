import type { PermittedFlow, UnjudgedCrossing } from '../../../checks/device-report.ts';
import type { LineState } from '../../../parsers/diagnostics.ts';
import type { Platform } from '../../../parsers/model/device.ts';
import type { PacketFields, Problem } from '../../trace/packet-fields.ts';
import type { PlaceFields } from '../../trace/resolve.ts';
import type { TraceReport } from '../../trace/trace-report.ts';

/** What a view may ask about one input; answered by a thread that holds the input's models. */
export type Question =
  | { readonly kind: 'open'; readonly source: string }
  | { readonly kind: 'flows'; readonly source: string }
  | TraceQuestion;

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

export type Answer =
  | { readonly kind: 'opened'; readonly source: string; readonly opened: OpenedSource }
  | { readonly kind: 'flows'; readonly source: string; readonly devices: readonly DeviceFlows[] }
  | { readonly kind: 'traced'; readonly question: TraceQuestion; readonly trace: TraceReport | Problem }
  | { readonly kind: 'failed'; readonly question: Question; readonly message: string };

/** One input to be looked at: its texts, and the names that its devices use. */
export interface OpenedSource {
  readonly platform: Platform | undefined;
  readonly texts: readonly OpenedText[];
  readonly devices: readonly OpenedDevice[];
}

export interface OpenedText {
  readonly name: string;
  /** Line n at index n - 1, secrets masked, safe to print. */
  readonly lines: readonly string[];
  /** The state of line n at index n - 1; undefined for blank lines. */
  readonly states: readonly (LineState | undefined)[];
}

export interface OpenedDevice {
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
