import type { EndRow } from '../../../checks/rule-table/rule-table.ts';
import type { Answer, JudgedRule, ListedRule, ListPlace, Question } from '../engine/questions.ts';
import type { Model, Remote } from './model.ts';

/** The rules of a list, and what they do as far as it was asked for. */
export interface AskedRules {
  readonly rows: readonly ListedRule[];
  /** By index of the row; what is not in it was not asked for. */
  readonly judged: ReadonlyMap<number, Remote<JudgedRule>>;
  /** What stands behind the last rule; undefined: not asked for. */
  readonly end: Remote<readonly EndRow[]> | undefined;
}

type Kept = Model['rules'];
type Pending = Exclude<Remote<never>, { kind: 'ready' }>;

/** The name of a list among those that are kept. */
export function listKey({ source, device, list }: ListPlace): string {
  return `${source}\n${device}\n${list}`;
}

export function askedRules(rows: readonly ListedRule[]): AskedRules {
  return { rows, judged: new Map(), end: undefined };
}

/** The lists with effects that were asked for. A list that fell out meanwhile stays out. */
export function withEffects(kept: Kept, { of, judged, end }: Extract<Answer, { kind: 'rule-effects' }>): Kept {
  return changed(kept, of, (asked) => ({
    ...asked,
    judged: new Map([...asked.judged, ...judged.map((value) => [value.index, { kind: 'ready', value }] as const)]),
    ...(end === undefined ? {} : { end: { kind: 'ready', value: end } }),
  }));
}

/** The lists with a question noted as on its way, or as one that could not be answered. */
export function withEffectState(
  kept: Kept,
  { rows, end, ...of }: Extract<Question, { kind: 'rule-effects' }>,
  state: Pending,
): Kept {
  return changed(kept, of, (asked) => ({
    ...asked,
    judged: new Map([...asked.judged, ...rows.map((index) => [index, state] as const)]),
    ...(end ? { end: state } : {}),
  }));
}

function changed(kept: Kept, of: ListPlace, change: (asked: AskedRules) => AskedRules): Kept {
  const asked = kept.get(listKey(of));
  if (asked?.kind !== 'ready') return kept;
  return new Map([...kept, [listKey(of), { kind: 'ready', value: change(asked.value) }]]);
}
