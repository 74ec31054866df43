import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { Io } from '../io.ts';
import type { Run } from '../reports/run.ts';
import { analyse } from '../run.ts';
import { openInputs, type Inputs } from '../sources/read.ts';
import { startProgress } from '../terminal/progress.ts';
import { unknownName } from '../trace/near-matches.ts';
import { policyFor, policyOptions } from './policy.ts';
import { fleetOptions } from './fleet-options.ts';
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

const sharedOptions = {
  ...inputOptions,
  ...fleetOptions,
  ...policyOptions,
  ...trustOptions,
  ...maxUnknownOption,
  ...reportOptions,
};

export type AnalyseArguments = ArgumentsCamelCase<
  { paths: string[] | undefined } & InferredOptionTypes<typeof sharedOptions>
>;

/** Declares the paths and the shared options. */
export function withAnalyseOptions<T>(yargs: Argv<T>) {
  return yargs
    .positional('paths', {
      type: 'string',
      array: true,
      describe: 'Files, directories, patterns, or - for standard input; none is needed with --inventory',
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
  // A policy with a problem is found before anybody is logged in to.
  const policy = policyFor(args, io, layoutFor({ ...args, output: undefined }, io));
  const inputs = await inputsFor(args, io);
  const progress = startProgress(inputs.count, io);
  const onInput = (done: number, name: string): void => progress.update(done, name);
  const tool = { name: 'brokerfence', version: toolVersion() } as const;
  const { platform } = args;
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

/** The paths, and behind them what the devices of an inventory say. */
async function inputsFor(args: AnalyseArguments, io: Io): Promise<Inputs> {
  const { paths = [], inventory, device } = args;
  const isNamed = paths.length > 0 || inventory !== undefined;
  if (!isNamed) throw new UsageError('name a path to audit, or devices with --inventory FILE');
  if (inventory === undefined && device.length > 0) throw new UsageError('--device chooses from an --inventory');
  const maxBytes = maxFileBytes(args.maxFileSize);
  const files = await openInputs(paths, maxBytes, io, args.combine);
  if (inventory === undefined) return files;
  const { inventoryInputs } = await import('./inventory-inputs.ts');
  const devices = await inventoryInputs(args, maxBytes, io);
  return {
    count: files.count + devices.count,
    *read() {
      yield* files.read();
      yield* devices.read();
    },
  };
}
