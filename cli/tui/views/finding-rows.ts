import { SEVERITIES } from '../../../checks/finding.ts';
import { readFilter, type Filter } from '../filter.ts';
import { keepLast } from '../memo.ts';
import { narrowing } from '../narrowing.ts';
import type { FindingRow } from '../store/fleet.ts';
import type { FindingSort } from '../store/screens.ts';

export const FINDING_FIELDS = [
  'severity',
  'service',
  'device',
  'check',
  'rule',
  'from',
  'to',
  'confidence',
  'source',
  'waived',
];

export const SORTS: readonly FindingSort[] = ['severity', 'device', 'check', 'service'];

/** The findings that fit a filter, in the order of a column. Sorted before they are filtered: the order stays while one types. */
export const findingRows = keepLast(
  (rows: readonly FindingRow[], filter: string, sort: FindingSort): readonly FindingRow[] =>
    narrowed(sortedRows[sort](rows), readFindingFilter(filter)),
);

const narrowed = narrowing<FindingRow>();

/** Each order is kept, so that going through them costs once. */
const sortedRows: Readonly<Record<FindingSort, (rows: readonly FindingRow[]) => readonly FindingRow[]>> = {
  severity: keepLast((rows: readonly FindingRow[]) => sorted(rows, 'severity')),
  device: keepLast((rows: readonly FindingRow[]) => sorted(rows, 'device')),
  check: keepLast((rows: readonly FindingRow[]) => sorted(rows, 'check')),
  service: keepLast((rows: readonly FindingRow[]) => sorted(rows, 'service')),
};

export function readFindingFilter(filter: string): Filter {
  return readFilter(filter, FINDING_FIELDS);
}

/**
 * What the policy accepts comes last, whatever the order. Rows that are alike in it stay in the order of the report. A counting sort:
 * there are few different ranks, and comparing 100,000 rows would be felt.
 */
function sorted(rows: readonly FindingRow[], sort: FindingSort): readonly FindingRow[] {
  const numbers = new Map<string, number>();
  const named = new Uint32Array(rows.length);
  const worst = new Uint32Array(rows.length);
  const isAccepted = new Uint8Array(rows.length);
  rows.forEach((row, at) => {
    const { waived, severity, confidence } = row.finding;
    const name = nameIn(row, sort);
    const number = numbers.get(name) ?? numbers.size;
    if (number === numbers.size) numbers.set(name, number);
    named[at] = number;
    worst[at] = SEVERITIES.indexOf(severity) * 2 + (confidence === 'definite' ? 0 : 1);
    isAccepted[at] = waived === undefined ? 0 : 1;
  });
  const places = new Uint32Array(numbers.size);
  const inOrder = [...numbers].sort(([a], [b]) => NAMES.compare(a, b));
  inOrder.forEach(([, number], place) => (places[number] = place));
  const ranks = named.map((number, at) => {
    const name = (isAccepted[at] ?? 0) * numbers.size + (places[number] ?? 0);
    return name * SEVERITIES.length * 2 + (worst[at] ?? 0);
  });
  return inRankOrder(rows, ranks, numbers.size * 2 * SEVERITIES.length * 2);
}

const NAMES = new Intl.Collator('en', { numeric: true });

/** The rows by their ranks, which are less than `end`; those of one rank in the order in which they are. */
function inRankOrder<T>(rows: readonly T[], ranks: Uint32Array, end: number): readonly T[] {
  const starts = new Uint32Array(end + 1);
  for (const rank of ranks) starts[rank + 1] = (starts[rank + 1] ?? 0) + 1;
  for (let rank = 0; rank < end; rank += 1) starts[rank + 1] = (starts[rank + 1] ?? 0) + (starts[rank] ?? 0);
  const inOrder = rows.slice();
  rows.forEach((row, at) => {
    const rank = ranks[at] ?? 0;
    const place = starts[rank] ?? 0;
    inOrder[place] = row;
    starts[rank] = place + 1;
  });
  return inOrder;
}

function nameIn({ finding }: FindingRow, sort: FindingSort): string {
  switch (sort) {
    case 'severity':
      return '';
    case 'device':
      return finding.device;
    case 'check':
      return finding.check;
    case 'service':
      return finding.services[0] ?? '';
  }
}

/** The line that a finding is about. */
export function placeOf({ finding }: FindingRow): FindingRow['finding']['evidence'][number]['span'] | undefined {
  const deciding = finding.evidence.find(({ role }) => role === 'decides') ?? finding.evidence[0];
  return deciding?.span;
}
