import type { PacketFields } from '../../trace/packet-fields.ts';
import type { PlaceFields } from '../../trace/resolve.ts';
import type { ListState } from '../list.ts';
import { LIST_START } from '../list.ts';

export type FindingSort = 'severity' | 'device' | 'check' | 'service';

interface Listed {
  readonly list: ListState;
}

interface Filtered extends Listed {
  readonly filter: string;
}

export type OverviewScreen = Filtered & {
  readonly view: 'overview';
  /** The column under the cursor. */
  readonly column: number;
  /** Columns are families of services, or single services. */
  readonly columns: 'families' | 'services';
};

export type FindingsScreen = Filtered & { readonly view: 'findings'; readonly sort: FindingSort };

export type FindingScreen = Listed & { readonly view: 'finding'; readonly id: string };

/** `text` is one of the texts of `source`: mostly the only one. */
export type SourceScreen = Listed & {
  readonly view: 'source';
  readonly source: string;
  readonly text: string;
  readonly search: string;
  /** The line to stand on once the text is there. */
  readonly goTo?: number;
};

export type FlowsScreen = Filtered & { readonly view: 'flows'; readonly source: string };

export const TRACE_FIELDS = [
  'device',
  'from',
  'to',
  'protocol',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'application',
] as const;
export type TraceField = (typeof TRACE_FIELDS)[number];

export type TraceScreen = Listed & {
  readonly view: 'trace';
  readonly source: string;
  readonly values: Readonly<Record<TraceField, string>>;
  /** The field that is typed into; undefined: the answer is read. */
  readonly focus: TraceField | undefined;
  /** Where in it, as a UTF-16 offset. */
  readonly caret: number;
  /** What was asked last. */
  readonly asked?: { readonly place: PlaceFields; readonly packet: PacketFields };
};

export type RulesScreen = Filtered & {
  readonly view: 'rules';
  readonly source: string;
  readonly device: string;
  /** Absent, or of no list that is there: the lists of all devices of the input are shown. */
  readonly ruleList?: string;
  /** Which list of the device, where several have the name: its place among all of the device. */
  readonly index?: number;
  /** The line to stand on once the rules are there, in the text of that name. */
  readonly goTo?: { readonly text: string; readonly line: number };
};

export type ChangesScreen = Filtered & { readonly view: 'changes' };

/** Without a source: all inputs by how well they are understood. */
export type CoverageScreen = Filtered & { readonly view: 'coverage'; readonly source?: string };

export type CollectScreen = Filtered & { readonly view: 'collect' };

export type HelpScreen = Filtered & { readonly view: 'help'; readonly about: ViewId };

/** One thing that is looked at, with where the eye stands in it. */
export type Screen =
  | OverviewScreen
  | FindingsScreen
  | FindingScreen
  | SourceScreen
  | FlowsScreen
  | TraceScreen
  | RulesScreen
  | ChangesScreen
  | CoverageScreen
  | CollectScreen
  | HelpScreen;

export type ViewId = Screen['view'];

/** Views that a key or a name leads to; a finding is opened from a list. */
export const NAMED_VIEWS = [
  'overview',
  'findings',
  'flows',
  'rules',
  'trace',
  'changes',
  'coverage',
  'source',
  'collect',
  'help',
] as const satisfies readonly ViewId[];

/** What a row is about: where another view begins when one goes there from it. */
export interface Subject {
  readonly source?: string;
  readonly device?: string;
  readonly from?: string;
  readonly to?: string;
  /** The line that matters, in the text of that name. */
  readonly line?: number;
  readonly text?: string;
  readonly ruleList?: string;
  /** A packet that shows it, for the trace form. */
  readonly packet?: Partial<Readonly<Record<TraceField, string>>>;
}

export const LISTED = { list: LIST_START, filter: '' } as const;
