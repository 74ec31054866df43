import type { Argv } from 'yargs';
import type { AnalyseArguments } from './analyse-paths.ts';
import type { Io } from '../io.ts';
import type { Run, Totals } from '../reports/run.ts';
import { SEVERITIES } from '../../checks/finding.ts';
import { EXIT } from '../exit-code.ts';
import { auditText } from '../reports/audit-text.ts';
import { auditJson } from '../reports/json.ts';
import { failsOn } from '../totals.ts';
import { analysePaths, withAnalyseOptions } from './analyse-paths.ts';
import { deliver } from './deliver.ts';
import { layoutFor } from './options.ts';

const FORMATS = ['text', 'json'] as const;
const FAIL_ON = [...SEVERITIES, 'none'] as const;

interface Own {
  readonly format: (typeof FORMATS)[number];
  readonly failOn: (typeof FAIL_ON)[number];
  readonly matrix: boolean;
}

export function options<T>(yargs: Argv<T>) {
  return withAnalyseOptions(yargs)
    .option('format', { choices: FORMATS, default: 'text', describe: 'Form of the report', group: 'Report:' } as const)
    .option('matrix', {
      type: 'boolean',
      default: false,
      describe: 'Add the coverage matrix: every boundary crossing by messaging service (ATT&CK M1037)',
      group: 'Report:',
    } as const)
    .option('fail-on', {
      choices: FAIL_ON,
      default: 'low',
      describe: 'Mildest severity that makes the exit code 1',
      group: 'Exit code:',
    } as const);
}

/** Findings for the paths. */
export async function audit(args: AnalyseArguments & Own, io: Io): Promise<number> {
  const run = await analysePaths(args, 'findings', io, args.matrix);
  deliver(args.format === 'json' ? auditJson(run) : auditText(run, layoutFor(args, io)), args.output, io);
  return exitCode(run, args.failOn, io);
}

function exitCode(run: Run, failOn: Own['failOn'], io: Io): number {
  const found = failsOn(run.totals, failOn);
  const reason = whyNotTrusted(run.totals);
  if (reason === undefined) return found ? EXIT.findings : EXIT.ok;
  const also = found ? `; there are findings at or above ${failOn} as well` : '';
  io.stderr.write(`brokerfence: ${reason}${also}: exit code ${EXIT.notUnderstood}\n`);
  return EXIT.notUnderstood;
}

/** Why the exit code is 3, if it is. */
export function whyNotTrusted({ sources, failures, shortfalls }: Totals): string | undefined {
  const parts = [
    ...(failures === 0 ? [] : [`${failures} ${failures === 1 ? 'input was' : 'inputs were'} not audited`]),
    ...(shortfalls === 0 ? [] : [`${shortfalls} ${shortfalls === 1 ? 'reason' : 'reasons'} not to trust the answer`]),
    ...(sources + failures === 0 ? ['no configuration was found'] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}
