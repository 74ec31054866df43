import type { RowEffect } from '../../../checks/rule-table/rule-table.ts';
import type { ListedRule } from '../engine/questions.ts';
import type { AskedRules } from '../store/asked-rules.ts';
import type { FindingRow } from '../store/fleet.ts';
import type { Style } from '../theme.ts';
import { cellWidths, fit, type CellColumn } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { displayWidth, padStart } from '../../terminal/width.ts';
import type { Line, Run } from '../line.ts';
import { keepLast } from '../memo.ts';
import { foundStyle, foundText } from './rule-found.ts';
import { EFFECT_WORDS, type TableRow } from './rule-rows.ts';

type ColumnId =
  | 'id'
  | 'effect'
  | 'action'
  | 'source'
  | 'destination'
  | 'service'
  | 'found'
  | 'hits'
  | 'from'
  | 'to'
  | 'log'
  | 'about';

interface RuleColumn extends CellColumn {
  readonly id: ColumnId;
}

/** The columns of a table and how wide they are. */
export interface RuleColumns {
  readonly columns: readonly RuleColumn[];
  readonly widths: readonly number[];
}

/** Widest name of a rule that is shown whole, on narrow terminals and on wide ones. */
const NAME_WIDTHS = { narrow: 12, wide: 26 } as const;

/** Narrow terminals show what decides; from 110 columns there is what a rule logs, from 140 segments and services as well. */
export const ruleColumns = keepLast((rows: readonly ListedRule[], width: number): RuleColumns => {
  const longest = rows.reduce((most, { id }) => Math.max(most, displayWidth(visible(id))), 'default'.length);
  const word = rows.reduce((most, { action }) => Math.max(most, displayWidth(visible(action.word))), 'ACTION'.length);
  const isWide = width >= 110;
  const hasSegments = rows.some(({ from, to }) => from !== undefined || to !== undefined);
  const all: readonly (RuleColumn | false)[] = [
    { id: 'id', title: 'RULE', width: Math.min(longest, isWide ? NAME_WIDTHS.wide : NAME_WIDTHS.narrow) },
    { id: 'effect', title: 'EFFECT', width: 9 },
    { id: 'action', title: 'ACTION', width: Math.min(word, isWide ? 14 : 7) },
    width >= 140 && hasSegments && { id: 'from', title: 'FROM', width: 12 },
    width >= 140 && hasSegments && { id: 'to', title: 'TO', width: 12 },
    { id: 'source', title: 'SOURCE', width: 'fill' },
    { id: 'destination', title: 'DESTINATION', width: 'fill' },
    { id: 'service', title: 'SERVICE', width: 'fill' },
    { id: 'found', title: 'FIND', width: 4 },
    { id: 'hits', title: 'HITS', width: isWide ? 9 : 6, align: 'right' },
    isWide && { id: 'log', title: 'LOG', width: 3 },
    width >= 140 && { id: 'about', title: 'MESSAGING', width: 16 },
  ];
  const columns = all.filter((each) => each !== false);
  return { columns, widths: cellWidths(columns, width, 9) };
});

export function titleLine({ columns, widths }: RuleColumns): Line {
  return cellRuns(columns, widths, (id) => ['strong', columns.find((each) => each.id === id)?.title ?? '']);
}

/** A rule in one line. What is only said by a colour is said by a word as well. */
export function ruleLine(
  row: ListedRule,
  asked: AskedRules,
  effect: RowEffect | undefined,
  found: readonly FindingRow[],
  { columns, widths }: RuleColumns,
): Line {
  const isFaint = !row.enabled || effect?.mark === 'inactive' || isClosingDeny(row, asked, effect);
  const plain: Style = isFaint ? 'faint' : 'plain';
  const cells: Readonly<Record<ColumnId, readonly [Style, string]>> = {
    id: [plain, row.id],
    effect: [isFaint ? 'faint' : effectStyle(effect), effectWord(effect)],
    action: [plain, row.action.word],
    from: [plain, row.from?.short ?? ''],
    to: [plain, row.to?.short ?? ''],
    source: [plain, row.source.short],
    destination: [plain, row.destination.short],
    service: [plain, serviceText(row)],
    found: [foundStyle(found, plain), foundText(found)],
    hits: [row.hits?.count === 0 ? 'warning' : plain, row.hits === undefined ? '-' : String(row.hits.count)],
    log: [plain, LOGS[row.logging.writes]],
    about: [plain, row.named.join(',')],
  };
  return cellRuns(columns, widths, (id) => cells[id]);
}

/** What stands behind the last rule: the default with its reason, or the list that goes on. */
export function endLine({ end, alike }: Extract<TableRow, { kind: 'end' }>, { widths }: RuleColumns): Line {
  const [id = 0] = widths;
  const reached = { yes: '', no: ', never reached', unknown: ', perhaps never reached' }[end.reached];
  if (end.kind === 'next-list') return [['faint', `${fit('then', id)} list ${visible(end.list)}${reached}`]];
  const others = alike.length === 1 ? '' : ` (and ${alike.length - 1} alike)`;
  return [['faint', `${fit('default', id)} ${end.verdict}${reached}${others}: ${visible(end.reason)}`]];
}

function cellRuns(
  columns: readonly RuleColumn[],
  widths: readonly number[],
  cellOf: (id: ColumnId) => readonly [Style, string],
): Line {
  return columns.flatMap(({ id, align }, index): Run[] => {
    const width = widths[index] ?? 0;
    if (width === 0) return [];
    const [style, text] = cellOf(id);
    const cell = fit(visible(text), width);
    const aligned = align === 'right' ? padStart(cell.trimEnd(), width) : cell;
    return [...(index === 0 ? [] : [['plain', ' '] as const]), [style, aligned]];
  });
}

function effectWord(effect: RowEffect | undefined): string {
  return effect === undefined ? '…' : EFFECT_WORDS[effect.mark];
}

function effectStyle(effect: RowEffect | undefined): Style {
  if (effect === undefined) return 'faint';
  const styles = {
    effective: 'plain',
    shadowed: 'danger',
    'partly-shadowed': 'accent',
    redundant: 'warning',
    inactive: 'faint',
    unknown: 'warning',
  } as const;
  return styles[effect.mark];
}

export const LOGS: Readonly<Record<ListedRule['logging']['writes'], string>> = { yes: 'yes', no: 'no', unknown: '?' };

/** Applications first: where there are any, they say more than the ports. */
export function serviceText({ service, applications, hasMore }: ListedRule): string {
  const more = hasMore ? ' +' : '';
  if (applications === undefined || applications.short === 'any') return `${service.short}${more}`;
  return `${applications.short}; ${service.short}${more}`;
}

/** The last line of most lists: that some of what it denies was decided before is no news. */
function isClosingDeny(row: ListedRule, { rows }: AskedRules, effect: RowEffect | undefined): boolean {
  const { index, action, source, destination, service } = row;
  if (effect?.mark !== 'partly-shadowed' || action.kind !== 'deny' || index !== rows.length - 1) return false;
  return source.short === 'any' && destination.short === 'any' && service.short === 'ip';
}
