import type { Argv } from 'yargs';
import type { Io } from '../io.ts';
import { EXIT } from '../exit-code.ts';
import { policySchema } from '../policy/policy-schema.ts';
import { jsonSchema, SCHEMA_NAMES } from '../reports/schemas.ts';

/** The reports, and the one file that people write. */
const DOCUMENTS = [...SCHEMA_NAMES, 'policy'] as const;

export function options<T>(yargs: Argv<T>) {
  return yargs.positional('report', {
    choices: DOCUMENTS,
    default: 'audit',
    describe: 'The report whose JSON is described, or policy for brokerfence.yaml',
  } as const);
}

/** JSON Schema of a JSON report, or of the policy file. */
export function schema({ report }: { readonly report: (typeof DOCUMENTS)[number] }, io: Io): number {
  io.stdout.write(report === 'policy' ? policySchema() : jsonSchema(report));
  return EXIT.ok;
}
