import { z } from 'zod';
import type { TraceReport } from '../trace/trace-report.ts';
import { head } from './json-schema.ts';
import { list, Span, whole } from './schema-parts.ts';

const Verdict = z
  .enum(['permit', 'deny', 'unknown'])
  .describe('unknown: the text does not decide, or the answer depends on what was left open.');

const Packet = z
  .strictObject({
    protocol: z.string(),
    source: z.string(),
    sourcePort: whole.max(65535).exactOptional(),
    destination: z.string(),
    destinationPort: whole.max(65535).exactOptional(),
    icmpType: z.string().describe('Type and code: 8/0.').exactOptional(),
  })
  .meta({ id: 'Packet', title: 'First packet of a connection' });

const Decision = z
  .strictObject({
    kind: z.enum(['rule', 'default']),
    verdict: Verdict,
    note: z.string(),
    span: Span.exactOptional(),
    text: z.string().describe('The statement as written, secrets masked.').exactOptional(),
    bound: z.string().describe('What puts the rule list in the path.').exactOptional(),
  })
  .meta({ id: 'Decision', title: 'Rule or default that decides' });

const Step = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('stage'),
      title: z.string(),
      verdict: Verdict,
      decisions: list(Decision),
      conditions: list(z.string()),
    }),
    z.strictObject({ kind: z.literal('translation'), text: z.string(), span: Span, after: Packet }),
  ])
  .meta({ id: 'Step', title: 'Stage or address translation on the way' });

const Path = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('crossing'), from: z.string(), to: z.string() }),
    z.strictObject({ kind: z.literal('rule-list'), list: z.string(), listKind: z.string() }),
  ])
  .meta({ id: 'Path', title: 'Where the packet was traced' });

const Trace = z
  .strictObject({
    device: z.string(),
    source: z.string(),
    path: Path,
    packet: Packet,
    application: z.string().describe('A session of this application was asked about.').exactOptional(),
    firstPacket: z
      .strictObject({ verdict: Verdict, decidedBy: Decision.exactOptional() })
      .describe('Of the session asked about.')
      .exactOptional(),
    verdict: Verdict,
    decidedBy: Decision.exactOptional(),
    steps: list(Step),
    notes: list(z.string()),
  })
  .meta({ id: 'Trace', title: 'One traced packet' }) satisfies z.ZodType<TraceReport>;

export const TraceDocument = z
  .strictObject({ ...head, kind: z.literal('trace'), trace: Trace })
  .meta({ title: 'brokerfence trace', description: 'What brokerfence trace --format json prints.' });

const Row = z.strictObject({
  line: whole.describe('1-based line of the CSV file.'),
  row: z.record(z.string(), z.string()).describe('The row as read, by column name.'),
  trace: Trace.exactOptional(),
  asExpected: z.boolean().describe('False when the verdict is not the one in column expect.').exactOptional(),
  problem: z.string().describe('Why the row names nothing that could be traced.').exactOptional(),
});

export const TraceBatchDocument = z
  .strictObject({
    ...head,
    kind: z.literal('trace-batch'),
    rows: list(Row),
    totals: z.strictObject({ rows: whole, wrong: whole, problems: whole }),
  })
  .meta({ title: 'brokerfence trace --batch', description: 'What brokerfence trace --batch --format json prints.' });
