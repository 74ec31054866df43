import type { TraceVerdict } from '../../checks/evaluate/evaluation.ts';
import type { PlaceFields, OpenDevice } from './resolve.ts';
import type { PacketFields, Problem } from './packet-fields.ts';
import type { TraceReport } from './trace-report.ts';
import { readCsv } from './csv.ts';
import { problem, toPacket } from './packet-fields.ts';
import { resolvePlace, resolveSession } from './resolve.ts';
import { ofSession, traceAt, traceNowhere } from './trace-report.ts';

/** Columns that mean something; others are carried through to the output. */
const COLUMNS = [
  'device',
  'from',
  'to',
  'rule_list',
  'direction',
  'protocol',
  'source',
  'source_port',
  'destination',
  'destination_port',
  'expect',
  'application',
] as const;
const NEEDED: readonly (typeof COLUMNS)[number][] = ['protocol', 'source', 'destination'];

type Column = (typeof COLUMNS)[number];

export interface BatchTable {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly BatchRow[];
}

interface BatchRow {
  readonly line: number;
  /** As read, padded to the header's length. */
  readonly fields: readonly string[];
  readonly values: Readonly<Record<Column, string>>;
}

type RowAnswer =
  | {
      readonly kind: 'traced';
      readonly report: TraceReport;
      readonly expect?: TraceVerdict;
      readonly asExpected: boolean;
    }
  | Problem;

export interface AnsweredRow {
  readonly line: number;
  readonly fields: readonly string[];
  readonly answer: RowAnswer;
}

/** The questions of a CSV file: a header that names its columns in any order, then a packet a row. */
export function readBatch(text: string): BatchTable | Problem {
  const csv = readCsv(text);
  if (csv.kind === 'problem') return csv;
  const [first, ...records] = csv.records;
  if (first === undefined) return problem('has no header line');
  const header = first.fields.map((name) => name.trim());
  const position = new Map(header.map((name, index) => [name.toLowerCase(), index]));
  const missing = NEEDED.filter((name) => !position.has(name));
  if (missing.length > 0) return problem(`has no column ${missing.join(', ')}; its columns are ${header.join(', ')}`);
  const long = records.find(({ fields }) => fields.length > header.length);
  if (long !== undefined)
    return problem(`line ${long.line} has ${long.fields.length} fields, the header ${header.length}`);
  const rows = records.map(({ line, fields }) => {
    const padded = header.map((_, index) => fields[index] ?? '');
    const value = (name: Column): string => padded[position.get(name) ?? -1]?.trim() ?? '';
    return { line, fields: padded, values: valuesOf(value) };
  });
  return { kind: 'table', header, rows };
}

function valuesOf(value: (name: Column) => string): Record<Column, string> {
  return {
    device: value('device'),
    from: value('from'),
    to: value('to'),
    rule_list: value('rule_list'),
    direction: value('direction'),
    protocol: value('protocol'),
    source: value('source'),
    source_port: value('source_port'),
    destination: value('destination'),
    destination_port: value('destination_port'),
    expect: value('expect'),
    application: value('application'),
  };
}

/**
 * Answers every row, in its order; a row that names nothing has the problem as its answer. Devices are taken one after the
 * other, so that each is evaluated once.
 */
export function answerBatch({ rows }: BatchTable, devices: readonly OpenDevice[]): AnsweredRow[] {
  const answered = [...Map.groupBy(rows, ({ values }) => values.device).values()].flatMap((group) =>
    group.map(({ line, fields, values }) => ({ line, fields, answer: answer(values, devices) })),
  );
  return answered.sort((a, b) => a.line - b.line);
}

function answer(values: Readonly<Record<Column, string>>, devices: readonly OpenDevice[]): RowAnswer {
  const expect = expected(values.expect);
  if (expect.kind === 'problem') return expect;
  const traced = trace(placeOf(values), packetOf(values), devices);
  if ('kind' in traced) return traced;
  if (expect.verdict === undefined) return { kind: 'traced', report: traced, asExpected: true };
  const asExpected = traced.verdict === expect.verdict;
  return { kind: 'traced', report: traced, expect: expect.verdict, asExpected };
}

/** The answer to one question, or why it names nothing. */
export function trace(place: PlaceFields, fields: PacketFields, devices: readonly OpenDevice[]): TraceReport | Problem {
  const parsed = toPacket(fields);
  if (parsed.kind === 'problem') return parsed;
  const resolved = resolvePlace(place, parsed.packet.family, devices);
  if (resolved.kind === 'problem') return resolved;
  if (resolved.kind === 'no-way') return traceNowhere(resolved, parsed.packet, fields.application);
  const first = traceAt(resolved, parsed.packet, parsed.anySourcePort);
  if (fields.application === '') return first;
  const session = resolveSession(place, parsed.packet.family, devices, fields.application);
  if (session.kind === 'problem') return session;
  if (session.kind === 'no-way') return traceNowhere(session, parsed.packet, fields.application);
  return ofSession(first, traceAt(session, parsed.packet, parsed.anySourcePort), fields.application);
}

function placeOf({ device, from, to, rule_list, direction }: Readonly<Record<Column, string>>): PlaceFields {
  return { device, from, to, ruleList: rule_list, direction };
}

function packetOf(values: Readonly<Record<Column, string>>): PacketFields {
  const { protocol, source, destination, application } = values;
  const [sourcePort, destinationPort] = [values.source_port, values.destination_port];
  return { protocol, source, sourcePort, destination, destinationPort, application };
}

function expected(text: string): { readonly kind: 'expected'; readonly verdict?: TraceVerdict } | Problem {
  const word = text.toLowerCase();
  if (word === '') return { kind: 'expected' };
  if (word === 'permit' || word === 'deny' || word === 'unknown') return { kind: 'expected', verdict: word };
  return problem(`expect is "${text}", not permit, deny or unknown`);
}
