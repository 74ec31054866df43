import type { Platform } from '../../../parsers/model/device.ts';
import type { Comparison } from '../../compare/comparison.ts';
import type { TraceReport } from '../../trace/trace-report.ts';
import type { Problem } from '../../trace/packet-fields.ts';
import type { DeviceFlows, DeviceLists, LineJumps, OpenedSource, Question } from '../engine/questions.ts';
import type { AskedRules } from './asked-rules.ts';
import type { Area } from '../view.ts';
import type { Collection } from './collection.ts';
import type { Dialog } from './dialog.ts';
import type { Settings } from '../engine/settings.ts';
import { EMPTY_FLEET, type Fleet } from './fleet.ts';
import { LISTED, type Screen } from './screens.ts';

/** Something asked for in the background. */
export type Remote<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly value: T };

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A line about what just happened, or why nothing did. */
export interface Notice {
  readonly tone: 'said' | 'refused';
  readonly text: string;
}

/** All that the screen shows. Only what is looked at is held beside the findings: the last few of each map. */
export interface Model {
  readonly size: Size;
  readonly today: string;
  readonly policyFile: string | undefined;
  /** What every input is read as; undefined: as it is detected. */
  readonly platform: Platform | undefined;
  /** Who accepted or approved something last. */
  readonly owner: string;
  readonly fleet: Fleet;
  /** A newer audit on its way, while `fleet` is still shown. */
  readonly incoming: Fleet | undefined;
  /** Why what is shown is from before the files were changed; undefined: it is not. */
  readonly outdated: string | undefined;
  readonly opened: ReadonlyMap<string, Remote<OpenedSource>>;
  readonly flows: ReadonlyMap<string, Remote<readonly DeviceFlows[]>>;
  /** By `jumpsKey`. */
  readonly jumps: ReadonlyMap<string, Remote<LineJumps>>;
  /** What changes are shown against; empty: nothing yet. */
  readonly against: string;
  readonly comparison: Remote<Comparison> | undefined;
  readonly ruleLists: ReadonlyMap<string, Remote<readonly DeviceLists[]>>;
  /** By `listKey`. */
  readonly rules: ReadonlyMap<string, Remote<AskedRules>>;
  /** By what was asked, as `traceKey` gives it. */
  readonly traced: ReadonlyMap<string, Remote<TraceReport | Problem>>;
  /** The last one is shown; `esc` takes it away. */
  readonly screens: readonly [Screen, ...Screen[]];
  /** Absent: no inventory was named. */
  readonly collection: Collection | undefined;
  /** A secret that is waited for while another dialog is open. */
  readonly secretQuestion: string | undefined;
  readonly dialog: Dialog | undefined;
  readonly notice: Notice | undefined;
}

export function jumpsKey({ source, text, line }: Omit<Extract<Question, { kind: 'jumps' }>, 'kind'>): string {
  return `${source}\n${text}\n${line}`;
}

const MOST_KEPT = 3;

/** The map with an entry set as its newest; the oldest falls out. */
export function keeping<T>(kept: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  const entries = [...kept].filter(([name]) => name !== key);
  return new Map([...entries.slice(-(MOST_KEPT - 1)), [key, value]]);
}

export function topScreen({ screens }: Model): Screen {
  return screens.at(-1) ?? screens[0];
}

/** Lines of the frame: what is shown above the view, and notice and hints below it. */
const FRAME_ROWS = 3;

/** The room that is left to the view. */
export function bodyArea({ size }: Model): Area {
  return { width: Math.max(20, size.columns), height: Math.max(1, size.rows - FRAME_ROWS) };
}

/** The screen before anything was read. */
export function beginning(
  size: Size,
  { today, policyFile, platform, baseline }: Pick<Settings, 'today' | 'policyFile' | 'platform' | 'baseline'>,
  collection?: Collection,
): Model {
  return {
    size,
    today,
    policyFile,
    platform,
    owner: '',
    fleet: EMPTY_FLEET,
    incoming: undefined,
    outdated: undefined,
    opened: new Map(),
    flows: new Map(),
    jumps: new Map(),
    against: baseline ?? '',
    comparison: undefined,
    ruleLists: new Map(),
    rules: new Map(),
    traced: new Map(),
    screens: [{ view: 'overview', ...LISTED, column: 0, columns: 'families' }],
    collection,
    secretQuestion: undefined,
    dialog: undefined,
    notice: undefined,
  };
}
