import type { Drawn, Line } from '../line.ts';
import type { RulesScreen } from '../store/screens.ts';
import type { Area } from '../view.ts';
import type { RulesShown } from './rules-shown.ts';
import { cellLine, cellWidths } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { readFilter } from '../filter.ts';
import { shown as shownRows } from '../list.ts';
import { filterLine } from './frame-lines.ts';
import { endLine, ruleColumns, ruleLine, titleLine } from './rule-cells.ts';
import { ruleDetails } from './rule-details.ts';
import { boundText, familyText, LIST_FIELDS, listColumns, listDetails, listLine } from './rule-lists.ts';
import { effectOf, readRuleFilter, type TableRow } from './rule-rows.ts';

/** Lines above the rows. */
const HEAD_ROWS: Readonly<Record<RulesShown['kind'], number>> = { waiting: 1, lists: 2, rules: 3 };
/** Most lines below them. */
const DETAIL_ROWS: Readonly<Record<RulesShown['kind'], number>> = { waiting: 0, lists: 6, rules: 18 };

/** Lines for the list; details take less than half of what is left by the head. */
export function listHeight(kind: RulesShown['kind'], { height }: Area): number {
  const room = height - HEAD_ROWS[kind];
  return Math.max(1, room - Math.min(DETAIL_ROWS[kind], Math.floor(room * 0.45)));
}

export function drawLists(
  screen: RulesScreen,
  { rows, devices, missing }: Extract<RulesShown, { kind: 'lists' }>,
  area: Area,
): Drawn {
  const columns = listColumns(devices);
  const widths = cellWidths(columns, area.width, 20);
  const titles = columns.map(({ title }) => title);
  const filter = filterLine(screen.filter, readFilter(screen.filter, LIST_FIELDS));
  const gone: Line = missing === undefined ? [] : [['warning', visible(`  there is no rule list ${missing} here`)]];
  const head: Line[] = [[...filter, ...gone], [['strong', cellLine(columns, widths, titles)]]];
  if (rows.length === 0) return { head, rows: [noLists(screen)] };
  const height = listHeight('lists', area);
  const { first, end, cursor } = shownRows(screen.list, { length: rows.length, height });
  const lines = rows.slice(first, end).map((row) => listLine(row, columns, widths));
  const details = listDetails(rows[cursor], screen.source, area.width);
  return { head, rows: [...lines, ...withDetails(lines, details, height, area, 'lists')], cursor: cursor - first };
}

function noLists({ filter }: RulesScreen): Line {
  if (filter !== '') return [['faint', 'no rule lists fit the filter; esc takes it away']];
  return [['plain', 'this configuration has no rule list: nothing in it filters by rules']];
}

export function drawRules(
  screen: RulesScreen,
  { list, asked, rows, findings }: Extract<RulesShown, { kind: 'rules' }>,
  area: Area,
): Drawn {
  const { kind, family, usedBy } = list.head;
  const columns = ruleColumns(asked.rows, area.width);
  const used = usedBy.length === 0 ? '' : `; used by ${[...new Set(usedBy.map(({ purpose }) => purpose))].join(', ')}`;
  const about = visible(`${kind}, ${familyText(family)}, ${boundText(list.head)}${used}`);
  const head: Line[] = [
    filterLine(screen.filter, readRuleFilter(screen.filter)),
    [['accent', about]],
    titleLine(columns),
  ];
  if (rows.length === 0) return { head, rows: [[['faint', 'no rules fit the filter; esc takes it away']]] };
  const lineOf = (row: TableRow): Line => {
    if (row.kind === 'open-end') return [['faint', '…']];
    if (row.kind !== 'rule') return endLine(row, columns);
    const found = findings.get(row.row.rule) ?? [];
    return ruleLine(row.row, asked, effectOf(asked, row.row.index), found, columns);
  };
  const height = listHeight('rules', area);
  const { first, end, cursor } = shownRows(screen.list, { length: rows.length, height });
  const lines = rows.slice(first, end).map(lineOf);
  const row = rows[cursor];
  const found = row?.kind === 'rule' ? (findings.get(row.row.rule) ?? []) : [];
  const details = ruleDetails(row, list, asked, found, area.width);
  return { head, rows: [...lines, ...withDetails(lines, details, height, area, 'rules')], cursor: cursor - first };
}

/** The details at the foot of the screen, in the room that is there; what does not fit is said. */
function withDetails(
  lines: readonly Line[],
  details: readonly Line[],
  height: number,
  area: Area,
  kind: RulesShown['kind'],
): Line[] {
  const room = Math.max(0, area.height - HEAD_ROWS[kind] - height);
  const gap = Array.from({ length: height - lines.length }, (): Line => []);
  if (details.length <= room) return [...gap, ...details];
  const left = details.length - room + 1;
  const more: Line = [['faint', `… and ${left} more lines; a larger terminal shows them`]];
  return room === 0 ? gap : [...gap, ...details.slice(0, room - 1), more];
}
