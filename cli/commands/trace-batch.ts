import type { Io } from '../io.ts';
import type { FailedInput } from '../reports/run.ts';
import type { AnsweredRow } from '../trace/batch.ts';
import type { OpenDevice } from '../trace/resolve.ts';
import type { TraceArguments } from './trace.ts';
import { EXIT } from '../exit-code.ts';
import { batchCsv } from '../reports/trace-csv.ts';
import { batchJson, batchTotals } from '../reports/trace-json.ts';
import { decode } from '../sources/decode.ts';
import { failureOf } from '../sources/failure.ts';
import { answerBatch, readBatch } from '../trace/batch.ts';
import { UsageError } from '../usage-error.ts';
import { toolVersion } from '../version.ts';
import { deliver } from './deliver.ts';
import { maxFileBytes } from './options.ts';

const SHOWN_ROWS = 20;
const SINGLE_PACKET = [
  'from',
  'to',
  'ruleList',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'icmpType',
  'icmpCode',
  'device',
  'direction',
  'application',
] as const;

/** Traces every row of a CSV file. Exit code 2 when a row names nothing, 3 when an input failed, 1 on a wrong `expect`. */
export function traceBatch(
  args: TraceArguments,
  devices: readonly OpenDevice[],
  failures: readonly FailedInput[],
  io: Io,
): number {
  const { batch = '' } = args;
  if (args.format === 'text') throw new UsageError('--batch prints csv or json');
  const misplaced = SINGLE_PACKET.find((name) => args[name] !== undefined);
  if (misplaced !== undefined) throw new UsageError('with --batch, packets and places stand in the CSV file');
  const table = readBatch(csvText(batch, maxFileBytes(args.maxFileSize), io));
  if (table.kind === 'problem') throw new UsageError(`${batch}: ${table.message}`);
  const rows = answerBatch(table, devices);
  const tool = { name: 'brokerfence', version: toolVersion() } as const;
  const text = args.format === 'json' ? batchJson(tool, table.header, rows) : batchCsv(table.header, rows);
  deliver(text, args.output, io);
  complain(batch, rows, io);
  const { wrong, problems } = batchTotals(rows);
  if (problems > 0) return EXIT.usage;
  if (failures.length > 0) return EXIT.notUnderstood;
  return wrong > 0 ? EXIT.findings : EXIT.ok;
}

function csvText(path: string, limitBytes: number, io: Io): string {
  try {
    const bytes = io.files.read(path, limitBytes);
    if (bytes === 'too-large') throw new UsageError(`${path} is larger than --max-file-size`);
    const decoded = decode(bytes);
    if (decoded.kind !== 'text') throw new UsageError(`${path} ${decoded.message}`);
    return decoded.text;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} ${failureOf(path, error).message}`);
  }
}

/** On stderr, so that the CSV on stdout stays one. */
function complain(batch: string, rows: readonly AnsweredRow[], io: Io): void {
  const complaints = rows.flatMap(({ line, answer }) => {
    if (answer.kind === 'problem') return [`${batch}:${line}: ${answer.message}`];
    if (answer.asExpected) return [];
    return [`${batch}:${line}: expected ${answer.expect ?? ''}, is ${answer.report.verdict}`];
  });
  for (const complaint of complaints.slice(0, SHOWN_ROWS)) io.stderr.write(`${complaint}\n`);
  if (complaints.length > SHOWN_ROWS) io.stderr.write(`and ${complaints.length - SHOWN_ROWS} more rows\n`);
  const { wrong, problems } = batchTotals(rows);
  io.stderr.write(`brokerfence: ${rows.length} rows traced, ${wrong} not as expected, ${problems} that name nothing\n`);
}
