import type { z } from 'zod';
import type { AnsweredRow } from '../trace/batch.ts';
import type { TraceReport } from '../trace/trace-report.ts';
import type { Tool } from './run.ts';
import type { TraceBatchDocument, TraceDocument } from './trace-schema.ts';
import { document } from './json.ts';
import { SCHEMA_VERSION } from './run.ts';

/** One traced packet for programs: `brokerfence schema trace`. */
export function traceJson(tool: Tool, trace: TraceReport): string {
  const report: z.output<typeof TraceDocument> = { schemaVersion: SCHEMA_VERSION, tool, kind: 'trace', trace };
  return document(report);
}

/** The rows of a batch for programs: `brokerfence schema trace-batch`. */
export function batchJson(tool: Tool, header: readonly string[], rows: readonly AnsweredRow[]): string {
  const report: z.output<typeof TraceBatchDocument> = {
    schemaVersion: SCHEMA_VERSION,
    tool,
    kind: 'trace-batch',
    rows: rows.map(({ line, fields, answer }) => ({
      line,
      row: Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])),
      ...(answer.kind === 'problem'
        ? { problem: answer.message }
        : { trace: answer.report, ...(answer.expect === undefined ? {} : { asExpected: answer.asExpected }) }),
    })),
    totals: batchTotals(rows),
  };
  return document(report);
}

export function batchTotals(rows: readonly AnsweredRow[]): { rows: number; wrong: number; problems: number } {
  return {
    rows: rows.length,
    wrong: rows.filter(({ answer }) => answer.kind === 'traced' && !answer.asExpected).length,
    problems: rows.filter(({ answer }) => answer.kind === 'problem').length,
  };
}
