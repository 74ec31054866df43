import type { EffectMark, EndRow, RowEffect } from '../../../checks/rule-table/rule-table.ts';
import type { ListedRule } from '../engine/questions.ts';
import type { AskedRules } from '../store/asked-rules.ts';
import type { FindingRow } from '../store/fleet.ts';
import type { Remote } from '../store/model.ts';
import { filtered, readFilter, type Filter, type Searchable } from '../filter.ts';
import { keepLast } from '../memo.ts';

/** A rule, what stands behind the last one, or that this is not known yet. */
export type TableRow =
  | { readonly kind: 'rule'; readonly row: ListedRule }
  | { readonly kind: 'end'; readonly end: EndRow; readonly alike: readonly EndRow[] }
  | { readonly kind: 'open-end' };

export const RULE_FIELDS = [
  'action',
  'effect',
  'service',
  'source',
  'destination',
  'hits',
  'finding',
  'log',
  'from',
  'to',
  'id',
];

/** Fleet findings by the rules of one device that they name, `LIST: ID`. */
export const findingsByRule = keepLast(
  (findings: readonly FindingRow[], source: string, device: string): ReadonlyMap<string, readonly FindingRow[]> => {
    const byRule = new Map<string, FindingRow[]>();
    for (const row of findings) {
      if (row.source !== source || row.finding.device !== device) continue;
      for (const rule of new Set(row.finding.rules)) byRule.set(rule, [...(byRule.get(rule) ?? []), row]);
    }
    return byRule;
  },
);

export const EFFECT_WORDS: Readonly<Record<EffectMark, string>> = {
  effective: 'effective',
  shadowed: 'shadowed',
  'partly-shadowed': 'partly',
  redundant: 'redundant',
  inactive: 'inactive',
  unknown: 'unknown',
};

/** What a rule does among the others; undefined: not known yet. A question that failed leaves it unknown. */
export function effectOf({ judged }: AskedRules, index: number): RowEffect | undefined {
  const known = judged.get(index);
  if (known?.kind === 'ready') return known.value.effect;
  return known?.kind === 'failed' ? { mark: 'unknown', by: [], more: false, note: known.message } : undefined;
}

export function readRuleFilter(filter: string): Filter {
  return readFilter(filter, RULE_FIELDS);
}

/**
 * The rules that fit a filter, and the end of the list. While the effect of a rule is not known it fits where it would with any
 * effect: so it is shown, asked for, and falls out if it does not fit.
 */
export function tableRows(
  asked: AskedRules,
  filter: string,
  findings: ReadonlyMap<string, readonly FindingRow[]>,
): readonly TableRow[] {
  return filter === '' ? allRows(asked.rows, asked.end) : fittingRows(asked, filter, findings);
}

const allRows = keepLast((rows: readonly ListedRule[], end: Remote<readonly EndRow[]> | undefined): TableRow[] => [
  ...rules(rows),
  ...(end?.kind === 'ready' ? ends(end.value) : [{ kind: 'open-end' } as const]),
]);

/** Defaults of one verdict that are one row when there are more: a zone policy has one for each pair of zones. */
const MOST_ALIKE = 3;

function ends(all: readonly EndRow[]): TableRow[] {
  const groups = Map.groupBy(all, (end) =>
    end.kind === 'default' ? `${end.verdict} ${end.reached} ${end.span?.line}` : end.list,
  );
  return [...groups.values()].flatMap((alike) => {
    const rows = alike.length > MOST_ALIKE ? alike.slice(0, 1) : alike;
    return rows.map((end): TableRow => ({ kind: 'end', end, alike: alike.length > MOST_ALIKE ? alike : [end] }));
  });
}

const rules = keepLast((rows: readonly ListedRule[]): TableRow[] => rows.map((row) => ({ kind: 'rule', row })));

const fittingRows = keepLast(
  (asked: AskedRules, filter: string, findings: ReadonlyMap<string, readonly FindingRow[]>): readonly TableRow[] => {
    const read = readRuleFilter(filter);
    const words = Object.values(EFFECT_WORDS);
    return allRows(asked.rows, asked.end).filter((each) => {
      if (each.kind === 'open-end') return read.kind === 'wrong';
      if (each.kind === 'end') return filtered([each.end], read, searchableEnd).length > 0;
      const { row } = each;
      const effect = effectOf(asked, row.index);
      const possible = effect === undefined ? words : [EFFECT_WORDS[effect.mark]];
      const found = findings.get(row.rule) ?? [];
      return possible.some((word) => filtered([row], read, () => searchableRule(row, word, found)).length > 0);
    });
  },
);

const searchables = new WeakMap<ListedRule, Searchable>();

function searchableRule(row: ListedRule, effect: string, found: readonly FindingRow[]): Searchable {
  let known = searchables.get(row);
  if (known === undefined) searchables.set(row, (known = searchableFields(row)));
  return {
    text: `${effect} ${known.text}`,
    fields: {
      ...known.fields,
      effect: [effect],
      finding: found.length === 0 ? ['no'] : ['yes', ...found.map(({ finding }) => finding.check)],
    },
  };
}

function searchableFields({ full, ...row }: ListedRule): Searchable {
  const fields = {
    id: [row.id, row.name ?? ''],
    action: [row.action.word, row.action.kind],
    source: [full?.source ?? row.source.short],
    destination: [full?.destination ?? row.destination.short],
    service: [full?.service ?? row.service.short, row.applications?.short ?? '', ...row.named],
    hits: row.hits === undefined ? [] : [String(row.hits.count)],
    log: [row.logging.writes, row.logging.detail],
    from: row.from === undefined ? [] : [row.from.short],
    to: row.to === undefined ? [] : [row.to.short],
  };
  return { text: Object.values(fields).flat().join(' ').toLowerCase(), fields };
}

function searchableEnd(end: EndRow): Searchable {
  const text = end.kind === 'default' ? `default ${end.reason}` : `next list ${end.list}`;
  return { text: text.toLowerCase(), fields: { action: end.kind === 'default' ? [end.verdict] : [] } };
}
