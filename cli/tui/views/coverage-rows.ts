import type { Span } from '../../../parsers/source.ts';
import { LINE_STATES } from '../../../parsers/diagnostics.ts';
import type { SourceResult } from '../../reports/run.ts';
import { percent } from '../../reports/layout.ts';
import { filtered, readFilter, type Filter } from '../filter.ts';
import { keepLast } from '../memo.ts';
import type { Fleet } from '../store/fleet.ts';
import { understoodLines } from './frame-lines.ts';

/** An input by how well it is understood, or one that could not be read. */
export type InputRow =
  | { readonly kind: 'input'; readonly result: SourceResult; readonly unknown: number; readonly why: string }
  | { readonly kind: 'failed' | 'skipped'; readonly name: string; readonly message: string };

export const COVERAGE_FIELDS = ['source', 'platform', 'state', 'code'];

/** Inputs that were not audited first, then those least understood; files that are no configurations last. */
export const inputRows = keepLast((fleet: Fleet, filter: string): readonly InputRow[] => {
  const shortfalls = Map.groupBy(fleet.run?.shortfalls ?? [], ({ source }) => source);
  const inputs = fleet.sources
    .map((result): InputRow & { readonly kind: 'input' } => {
      const { lines, understood } = understoodLines([result.coverage]);
      const why = (shortfalls.get(result.source) ?? []).map(({ message }) => message).join('; ');
      return { kind: 'input', result, unknown: lines === 0 ? 0 : (lines - understood) / lines, why };
    })
    .sort((a, b) => Number(b.why !== '') - Number(a.why !== '') || b.unknown - a.unknown);
  const rows: InputRow[] = [
    ...fleet.failures.map(({ name, message }): InputRow => ({ kind: 'failed', name, message })),
    ...inputs,
    ...fleet.skipped.map(({ name, message }): InputRow => ({ kind: 'skipped', name, message })),
  ];
  return filtered(rows, readCoverageFilter(filter), (row) => {
    const [name, ...texts] = inputTexts(row);
    const platform = row.kind === 'input' ? (row.result.platform ?? '') : '';
    return {
      text: [name, ...texts, platform].join(' ').toLowerCase(),
      fields: { source: [name], platform: [platform], state: [row.kind], code: [] },
    };
  });
});

export function readCoverageFilter(filter: string): Filter {
  return readFilter(filter, COVERAGE_FIELDS);
}

/** Name, share that is understood, lines in each state, what is wrong. */
export function inputTexts(row: InputRow): [name: string, share: string, states: string, why: string] {
  if (row.kind !== 'input') return [row.name, row.kind === 'failed' ? 'not read' : 'skipped', '', row.message];
  const { coverage, source } = row.result;
  const { lines, understood } = understoodLines([coverage]);
  const states = LINE_STATES.filter((state) => coverage.states[state] > 0).map(
    (state) => `${coverage.states[state]} ${state}`,
  );
  return [source, percent(understood, lines), states.join(', '), row.why];
}

/** Something about our understanding of an input, at its line. */
export interface TroubleRow {
  readonly kind: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly span: Span;
  readonly text: string;
  readonly message: string;
}

const SEVERITIES = ['error', 'warning', 'note'];

/** What an input's diagnostics say, worst first and then in the order of the lines. */
export const troubleRows = keepLast((result: SourceResult | undefined, filter: string): readonly TroubleRow[] => {
  const rows = (result?.diagnostics ?? []).map(
    ({ severity, code, span, text, message, consequence, more = 0 }): TroubleRow => {
      const further = more === 0 ? '' : `, and ${more} further places`;
      return { kind: severity, code, span, text, message: `${message}${further}: ${consequence}` };
    },
  );
  const sorted = rows.sort(
    (a, b) => SEVERITIES.indexOf(a.kind) - SEVERITIES.indexOf(b.kind) || a.span.line - b.span.line,
  );
  return filtered(sorted, readCoverageFilter(filter), ({ kind, code, span, text, message }) => ({
    text: [kind, code, text, message].join(' ').toLowerCase(),
    fields: { source: [span.source], platform: [], state: [kind], code: [code] },
  }));
});
