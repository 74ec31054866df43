import { SEVERITIES } from '../../../checks/finding.ts';
import { filtered, readFilter, type Filter } from '../filter.ts';
import { keepLast } from '../memo.ts';
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
    filtered(sortedRows[sort](rows), readFindingFilter(filter), (row) => row),
);

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
 * What the policy accepts comes last, whatever the order. Rows that are alike in it stay in the order of the report: each row's rank and
 * place make one number, and numbers are sorted many times faster than rows are compared.
 */
function sorted(rows: readonly FindingRow[], sort: FindingSort): readonly FindingRow[] {
  const collator = new Intl.Collator('en', { numeric: true });
  const names = [...new Set(rows.map((row) => nameIn(row, sort)))].sort(collator.compare);
  const ranks = new Map(names.map((name, at) => [name, at]));
  const keys = Float64Array.from(rows, (row, at) => {
    const { waived, severity, confidence } = row.finding;
    const accepted = waived === undefined ? 0 : 1;
    const name = accepted * names.length + (ranks.get(nameIn(row, sort)) ?? 0);
    const worst = name * SEVERITIES.length + SEVERITIES.indexOf(severity);
    return (worst * 2 + (confidence === 'definite' ? 0 : 1)) * rows.length + at;
  });
  return Array.from(keys.sort(), (key) => rows[key % rows.length]).filter((row) => row !== undefined);
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
