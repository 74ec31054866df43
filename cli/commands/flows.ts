import type { Argv } from 'yargs';
import type { AnalyseArguments } from './analyse-paths.ts';
import type { Io } from '../io.ts';
import { EXIT } from '../exit-code.ts';
import { flowsText } from '../reports/flows-text.ts';
import { flowsJson } from '../reports/json.ts';
import { analysePaths, withAnalyseOptions } from './analyse-paths.ts';
import { whyNotTrusted } from './audit.ts';
import { deliver } from './deliver.ts';
import { layoutFor } from './options.ts';

const FORMATS = ['text', 'json'] as const;

export function options<T>(yargs: Argv<T>) {
  return withAnalyseOptions(yargs).option('format', {
    choices: FORMATS,
    default: 'text',
    describe: 'Form of the report',
    group: 'Report:',
  } as const);
}

/** Every permitted pub/sub flow of the paths. */
export async function flows(
  args: AnalyseArguments & { readonly format: (typeof FORMATS)[number] },
  io: Io,
): Promise<number> {
  const run = await analysePaths(args, 'flows', io);
  deliver(args.format === 'json' ? flowsJson(run) : flowsText(run, layoutFor(args, io)), args.output, io);
  const reason = whyNotTrusted(run.totals);
  if (reason === undefined) return EXIT.ok;
  io.stderr.write(`brokerfence: ${reason}: exit code ${EXIT.notUnderstood}\n`);
  return EXIT.notUnderstood;
}
