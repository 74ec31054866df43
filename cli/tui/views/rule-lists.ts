import type { ListHead } from '../../../checks/rule-table/rule-table.ts';
import type { DeviceLists } from '../engine/questions.ts';
import { cellLine, type CellColumn } from '../../terminal/cells.ts';
import { visible } from '../../terminal/visible.ts';
import { filtered, readFilter } from '../filter.ts';
import type { Line } from '../line.ts';
import { keepLast } from '../memo.ts';
import { labelled } from './finding-text.ts';

/** A rule list and the device that it is of. */
export interface ListRow {
  readonly device: string;
  readonly deviceIndex: number;
  readonly segments: readonly string[];
  readonly head: ListHead;
}

export const LIST_FIELDS = ['name', 'kind', 'family', 'device', 'bound', 'used'];

/** Rule lists of all devices of an input that fit a filter, in the order of the text. */
export const listRows = keepLast((devices: readonly DeviceLists[], filter: string): readonly ListRow[] => {
  const rows = devices.flatMap(({ device, segments, lists }, deviceIndex) =>
    lists.map((head): ListRow => ({ device, deviceIndex, segments, head })),
  );
  return filtered(rows, readFilter(filter, LIST_FIELDS), (row) => {
    const [name, , bound, used, kind, family] = listCells(row);
    const { bindings, usedBy } = row.head;
    const fields = {
      name: [name],
      kind: [kind],
      family: [family],
      device: [row.device],
      bound: bindings.length === 0 ? ['no', 'nowhere'] : ['yes', bound],
      used: usedBy.length === 0 ? ['no'] : ['yes', used],
    };
    return { text: [...listCells(row), row.device].join(' ').toLowerCase(), fields };
  });
});

type ListCells = [name: string, rules: string, bound: string, used: string, kind: string, family: string];

export function listCells({ head }: ListRow): ListCells {
  const { name, rules, kind, family } = head;
  return [visible(name), String(rules), boundText(head), visible(usedText(head)), kind, familyText(family)];
}

export function familyText(family: ListHead['family']): string {
  return family === 'both' ? 'IPv4, IPv6' : `IPv${family}`;
}

/** `in on outside, out on dmz`, or `bound nowhere`. */
export function boundText({ bindings }: ListHead): string {
  if (bindings.length === 0) return 'bound nowhere';
  // The column is named for it; on the device's own plane it filters nothing that passes through.
  return visible(
    bindings.map(({ text, plane }) => `${placeOf(text)}${plane === 'transit' ? '' : ' (device itself)'}`).join(', '),
  );
}

/** `in on outside` of `bound in on outside`: column and label say that it is bound. */
function placeOf(text: string): string {
  return text.replace(/^bound /u, '');
}

function usedText({ usedBy }: ListHead): string {
  return [...new Set(usedBy.map(({ purpose }) => purpose))].join(', ');
}

const COLUMNS: readonly CellColumn[] = [
  { title: 'RULE LIST', width: 'fill' },
  { title: 'RULES', width: 6, align: 'right' },
  { title: 'BOUND', width: 'fill' },
  { title: 'USED BY', width: 14 },
  { title: 'KIND', width: 20 },
  { title: 'FAMILY', width: 10 },
];
const DEVICE: CellColumn = { title: 'DEVICE', width: 18 };

/** With several devices the second column says whose the list is: it must not fall out. */
export function listColumns(devices: number): readonly CellColumn[] {
  return devices > 1 ? [...COLUMNS.slice(0, 1), DEVICE, ...COLUMNS.slice(1)] : COLUMNS;
}

export function listLine(row: ListRow, columns: readonly CellColumn[], widths: readonly number[]): Line {
  const [name, ...cells] = listCells(row);
  const device = columns.includes(DEVICE) ? [visible(row.device)] : [];
  const { bindings, rules, usedBy } = row.head;
  const style = rules === 0 || (bindings.length === 0 && usedBy.length === 0) ? 'faint' : 'plain';
  return [[style, cellLine(columns, widths, [name, ...device, ...cells])]];
}

/** Where the list stands, and what else uses it, with the lines. */
export function listDetails(row: ListRow | undefined, source: string, width: number): Line[] {
  if (row === undefined) return [];
  const { name, kind, family, span, bindings, usedBy } = row.head;
  const at = (place: typeof span): string =>
    place.source === source ? `line ${place.line}` : `${place.source}:${place.line}`;
  const nowhere = [usedBy.length === 0 ? 'nowhere, and nothing else uses it: it filters nothing' : 'nowhere by itself'];
  return [
    ...labelled('rule list', [`${name}, ${kind}, ${familyText(family)}, of ${row.device} (${at(span)})`], width),
    ...labelled(
      'bound',
      bindings.length === 0 ? nowhere : bindings.map((each) => `${placeOf(each.text)} (${at(each.span)})`),
      width,
    ),
    ...labelled(
      'used by',
      usedBy.map((each) => `${each.purpose} (${at(each.span)})`),
      width,
    ),
  ].map(({ line }) => line);
}
