import type { AnsweredRow } from '../trace/batch.ts';
import { writeCsv } from '../trace/csv.ts';

/** The rows as read with the answer behind them; `verdict` is `error` for a row that names nothing. */
export function batchCsv(header: readonly string[], rows: readonly AnsweredRow[]): string {
  return [
    writeCsv([...header, 'verdict', 'decided_by', 'file', 'line']),
    ...rows.map(({ fields, answer }) => writeCsv([...fields, ...answerFields(answer)])),
  ].join('');
}

function answerFields(answer: AnsweredRow['answer']): string[] {
  if (answer.kind === 'problem') return ['error', answer.message, '', ''];
  const { verdict, decidedBy, source } = answer.report;
  const span = decidedBy?.span;
  return [verdict, decidedBy?.note ?? '', span?.source ?? source, span === undefined ? '' : String(span.line)];
}
