import { z } from 'zod';
import { CollectDocument } from './collect-schema.ts';
import { AuditReport, FlowsReport } from './json-schema.ts';
import { TraceBatchDocument, TraceDocument } from './trace-schema.ts';

export const SCHEMA_NAMES = ['audit', 'flows', 'trace', 'trace-batch', 'collect'] as const;

const SCHEMAS: Readonly<Record<(typeof SCHEMA_NAMES)[number], z.ZodType>> = {
  audit: AuditReport,
  flows: FlowsReport,
  trace: TraceDocument,
  'trace-batch': TraceBatchDocument,
  collect: CollectDocument,
};

/** JSON Schema (draft 2020-12) of a JSON report. */
export function jsonSchema(name: (typeof SCHEMA_NAMES)[number]): string {
  return schemaText(SCHEMAS[name], 'output');
}

/** JSON Schema (draft 2020-12) of what is written (`output`) or read (`input`). */
export function schemaText(schema: z.ZodType, io: 'input' | 'output'): string {
  const document = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    // Read-only is a matter of the program's own types, not of the document.
    override: ({ jsonSchema: part }) => {
      delete part.readOnly;
    },
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}
