import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { Io } from '../io.ts';
import { chooseEndpoints } from './choose-endpoints.ts';
import { fleetOptions, fleetSettings } from './fleet-options.ts';
import { EXIT } from '../exit-code.ts';
import { STDIN_WORD } from '../sources/stdin-word.ts';
import { choosePaint, plainPaint } from '../terminal/paint.ts';
import { UsageError } from '../usage-error.ts';
import {
  inputOptions,
  layoutFor,
  maxFileBytes,
  maxUnknownOption,
  percentOption,
  trustFrom,
  trustOptions,
} from './options.ts';
import { policyFor, policyOptions } from './policy.ts';

const ownOptions = {
  ...inputOptions,
  ...policyOptions,
  ...trustOptions,
  ...maxUnknownOption,
  baseline: {
    type: 'string',
    requiresArg: true,
    group: 'Changes:',
    describe: 'Show changes against an earlier audit report (REPORT.json), another PATH, or git:REVISION of the paths',
  },
  ...fleetOptions,
  'output-dir': {
    type: 'string',
    requiresArg: true,
    group: 'Devices:',
    describe: 'DIRECTORY that configurations are collected into, and read from as well',
  },
  'mask-secrets': {
    type: 'boolean',
    default: false,
    group: 'Devices:',
    describe: 'Mask passwords, keys and communities in collected files',
  },
  color: {
    type: 'boolean',
    describe: 'Colour, or none with --no-color; else as the terminal and NO_COLOR say',
    group: 'Screen:',
  },
} as const;

type TuiArguments = ArgumentsCamelCase<{ paths?: string[] | undefined } & InferredOptionTypes<typeof ownOptions>>;

export function options<T>(yargs: Argv<T>) {
  return yargs
    .positional('paths', {
      type: 'string',
      array: true,
      describe: 'Files, directories or patterns; without any, this directory',
    })
    .options(ownOptions);
}

/** The terminal UI for the paths. */
export async function tui(args: TuiArguments, io: Io): Promise<number> {
  const { terminal } = io;
  if (terminal === undefined) {
    throw new UsageError(
      'the terminal UI needs a terminal for its screen and its keys (TERM=dumb is none); audit and flows print reports',
    );
  }
  const collected = args.outputDir === undefined ? [] : [args.outputDir];
  const given = [...(args.paths ?? []), ...collected];
  const paths = given.length === 0 ? ['.'] : given;
  if (paths.includes(STDIN_WORD))
    throw new UsageError('the terminal UI reads its keys from standard input: name files');
  const policy = policyFor(args, io, layoutFor({ color: args.color, verbose: false, output: undefined }, io));
  const settings = {
    paths,
    collectedInto: args.inventory === undefined ? undefined : args.outputDir,
    platform: args.platform,
    combine: args.combine,
    maxFileBytes: maxFileBytes(args.maxFileSize),
    trust: trustFrom(args),
    maxUnknownPercent: percentOption(args.maxUnknown),
    policyFile: policy?.file,
    baseline: args.baseline,
    today: io.today(),
  };
  const collecting = args.inventory === undefined ? undefined : await planned(args, io);
  // React reads it when it is loaded; its development form is several times slower.
  process.env['NODE_ENV'] ??= 'production';
  const [{ startTui }, { workerEngine }, { colourTheme, plainTheme }] = await Promise.all([
    import('../tui/start.tsx'),
    import('../tui/engine/worker-engine.ts'),
    import('../tui/theme.ts'),
  ]);
  const hasColour = choosePaint(args.color, io.stdout, io.env) !== plainPaint;
  await startTui(
    workerEngine(settings),
    settings,
    hasColour ? colourTheme : plainTheme,
    { ...terminal, env: io.env },
    collecting,
  );
  return EXIT.ok;
}

/** What can be collected from the screen; problems of the inventory end the run as wrong usage before it is shown. */
async function planned(args: TuiArguments, io: Io) {
  const settings = fleetSettings(args);
  const world = await io.collecting();
  const endpoints = chooseEndpoints(args, [], io, world);
  const { outputDir: directory, maskSecrets } = args;
  return { plan: { endpoints, settings, directory, maskSecrets }, world };
}
