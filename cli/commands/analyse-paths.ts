import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { Io } from '../io.ts';
import type { Run } from '../reports/run.ts';
import { analyse } from '../run.ts';
import { openInputs } from '../sources/read.ts';
import { startProgress } from '../terminal/progress.ts';
import { unknownName } from '../trace/near-matches.ts';
import { policyFor, policyOptions } from './policy.ts';
import { UsageError } from '../usage-error.ts';
import { toolVersion } from '../version.ts';
import {
  inputOptions,
  layoutFor,
  maxFileBytes,
  maxUnknownOption,
  percentOption,
  reportOptions,
  trustFrom,
  trustOptions,
} from './options.ts';

/* What `audit` and `flows` have in common: paths in, a Run out. */

const sharedOptions = { ...inputOptions, ...policyOptions, ...trustOptions, ...maxUnknownOption, ...reportOptions };

export type AnalyseArguments = ArgumentsCamelCase<{ paths: string[] } & InferredOptionTypes<typeof sharedOptions>>;

/** Declares the paths and the shared options. */
export function withAnalyseOptions<T>(yargs: Argv<T>) {
  return yargs
    .positional('paths', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'Files, directories, patterns, or - for standard input',
    })
    .options(sharedOptions);
}

export async function analysePaths(
  args: AnalyseArguments,
  only: 'findings' | 'flows',
  io: Io,
  matrix = false,
): Promise<Run> {
  const trust = trustFrom(args);
  const maxUnknownPercent = percentOption(args.maxUnknown);
  const inputs = await openInputs(args.paths, maxFileBytes(args.maxFileSize), io, args.combine);
  const progress = startProgress(inputs.count, io);
  const onInput = (done: number, name: string): void => progress.update(done, name);
  const tool = { name: 'brokerfence', version: toolVersion() } as const;
  const { platform } = args;
  const policy = policyFor(args, io, layoutFor({ ...args, output: undefined }, io));
  const today = io.today();
  const judging = { platform, trust, policy, today, maxUnknownPercent };
  const analysis = analyse(inputs.read(), { ...judging, tool, only, matrix, onInput });
  progress.end();
  const [wrong] = analysis.unmatched;
  if (wrong !== undefined) {
    const message = unknownName('segment', wrong, analysis.segments);
    // The segment may be one of an input that could not be read: then that is what is wrong.
    if (analysis.run.failures.length === 0) throw new UsageError(message);
    io.stderr.write(`brokerfence: ${message}\n`);
  }
  return analysis.run;
}
