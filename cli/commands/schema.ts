import type { Argv } from 'yargs';
import type { Io } from '../io.ts';
import { EXIT } from '../exit-code.ts';
import { jsonSchema, SCHEMA_NAMES } from '../reports/schemas.ts';

export function options<T>(yargs: Argv<T>) {
  return yargs.positional('report', {
    choices: SCHEMA_NAMES,
    default: 'audit',
    describe: 'The report whose JSON is described',
  } as const);
}

/** JSON Schema of a JSON report. */
export function schema(args: { readonly report: (typeof SCHEMA_NAMES)[number] }, io: Io): number {
  io.stdout.write(jsonSchema(args.report));
  return EXIT.ok;
}
