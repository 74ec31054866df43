import type { Argv } from 'yargs';
import type { Io } from '../io.ts';
import { EXIT } from '../exit-code.ts';
import { policySchema } from '../policy/policy-schema.ts';
import { jsonSchema, SCHEMA_NAMES } from '../reports/schemas.ts';
import { inventorySchema } from '../sources/inventory/inventory-schema.ts';

/** The reports, and the files that people write. */
const DOCUMENTS = [...SCHEMA_NAMES, 'policy', 'inventory'] as const;

export function options<T>(yargs: Argv<T>) {
  return yargs.positional('report', {
    choices: DOCUMENTS,
    default: 'audit',
    describe: 'The report whose JSON is described, policy for brokerfence.yaml, or inventory for devices.yaml',
  } as const);
}

/** JSON Schema of a JSON report, of the policy file or of an inventory. */
export function schema({ report }: { readonly report: (typeof DOCUMENTS)[number] }, io: Io): number {
  io.stdout.write(schemaOf(report));
  return EXIT.ok;
}

function schemaOf(report: (typeof DOCUMENTS)[number]): string {
  if (report === 'policy') return policySchema();
  return report === 'inventory' ? inventorySchema() : jsonSchema(report);
}
