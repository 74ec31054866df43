import type { Family } from '../../parsers/model/address.ts';
import type { ActionKind } from '../../parsers/model/rule.ts';
import type { Span } from '../../parsers/source.ts';
import type { FieldText } from './field-text.ts';

/**
 * What a rule does among the others:
 *
 * - `effective`: decides packets that no earlier rule surely takes, and nothing behind it would do the same with all of them.
 * - `shadowed`: earlier rules surely take everything that it may match, wherever its list stands.
 * - `partly-shadowed`: they surely take some of it.
 * - `redundant`: without it every packet would fare the same, with no less logged and inspected.
 * - `inactive`: matches nothing: switched off, out of time, or empty.
 * - `unknown`: not judged, and `note` says why.
 */
export type EffectMark = 'effective' | 'shadowed' | 'partly-shadowed' | 'redundant' | 'inactive' | 'unknown';

export interface RuleReference {
  readonly list: string;
  readonly id: string;
  readonly span: Span;
}

export interface RowEffect {
  readonly mark: EffectMark;
  /** The rules that cover it (shadowed) or would replace it (redundant), the first of them. */
  readonly by: readonly RuleReference[];
  /** There are, or may be, more than `by` names. */
  readonly more: boolean;
  /** Why it is inactive or not judged; what was left out of the judgement. */
  readonly note?: string;
}

/** One rule, all but its effect. */
export interface RuleRow {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly id: string;
  /** `LIST: ID`, as findings name it. */
  readonly rule: string;
  /** The vendor's name or remark where it says more than the id. */
  readonly name?: string;
  readonly span: Span;
  /** Switched on. */
  readonly enabled: boolean;
  /** The vendor's own word, and what it comes to. */
  readonly action: { readonly word: string; readonly kind: ActionKind };
  /** Segments it is for; absent where no rule of the list names any. */
  readonly from?: FieldText;
  readonly to?: FieldText;
  readonly source: FieldText;
  readonly destination: FieldText;
  readonly service: FieldText;
  /** Present on devices that recognise applications. */
  readonly applications?: FieldText;
  /** It matches by further conditions that no column holds (class maps): see `ruleDetails`. */
  readonly hasMore: boolean;
  /** What the text leaves open or a schedule decides: `time range OFFICE is active or not (edge.cfg:12)`. */
  readonly conditions: readonly string[];
  /** Absent: the texts have no count. */
  readonly hits?: { readonly count: number; readonly since?: string };
  readonly logging: { readonly writes: 'yes' | 'no' | 'unknown'; readonly detail: string };
  /** Services of the catalogue that it may match. */
  readonly services: readonly string[];
  /** Those among them that it is about: named by a port of their own or by application. */
  readonly named: readonly string[];
  /** Findings that name it, by their index in what was given. */
  readonly findings: readonly number[];
}

/** Everything of a rule that its row shortens. */
export interface RuleDetails {
  /** As written, secrets masked. */
  readonly statement: string;
  readonly source: readonly string[];
  readonly destination: readonly string[];
  readonly service: readonly string[];
  readonly applications: readonly string[];
  /** Further conditions, as an indented tree. */
  readonly also: readonly string[];
  /** Why no first packet can match, where that is so. */
  readonly never?: string;
}

/** What stands behind the last rule of a list in the places where it filters. */
export type EndRow =
  | {
      readonly kind: 'default';
      readonly verdict: 'permit' | 'deny' | 'unknown';
      /** `implicit deny at the end of access list OUT`. */
      readonly reason: string;
      readonly span?: Span;
      readonly reached: 'yes' | 'no' | 'unknown';
    }
  | { readonly kind: 'next-list'; readonly list: string; readonly reached: 'yes' | 'no' | 'unknown' };

interface ListBinding {
  /** `bound in on outside`. */
  readonly text: string;
  readonly direction: string;
  readonly attachedTo: string;
  readonly family: Family | 'both';
  readonly plane: 'transit' | 'control-plane';
  readonly span: Span;
}

export interface ListHead {
  /** Place among the rule lists of the device, from 0: what `ruleTable` is asked with. */
  readonly index: number;
  readonly name: string;
  readonly kind: string;
  readonly family: Family | 'both';
  readonly span: Span;
  readonly rules: number;
  /** Empty: bound nowhere as a filter. */
  readonly bindings: readonly ListBinding[];
  /** What else refers to it: NAT, route maps, line access. */
  readonly usedBy: readonly { readonly purpose: string; readonly span: Span }[];
}

/** A list with every rule judged. */
export interface RuleTable extends ListHead {
  readonly rows: readonly (RuleRow & { readonly effect: RowEffect })[];
  readonly end: readonly EndRow[];
}
