import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import { join } from 'node:path';
import type { CollectWorld } from '../collect/world.ts';
import type { Io } from '../io.ts';
import type { CollectPlatform, Endpoint } from '../sources/ssh/endpoint.ts';
import type { CollectRecord } from '../reports/collect-record.ts';
import { CaptureDirectory } from '../collect/keep-files.ts';
import { notWritten } from '../collect/not-written.ts';
import { runFleet } from '../collect/run-fleet.ts';
import { EXIT } from '../exit-code.ts';
import { collectJson } from '../reports/collect-json.ts';
import { collectRecord } from '../reports/collect-record.ts';
import { collectText } from '../reports/collect-text.ts';
import { endpointList, planText } from '../reports/plan-text.ts';
import { RECORD_FILE } from '../sources/collected-names.ts';
import { commandsOf } from '../sources/ssh/platform-commands.ts';
import { UsageError } from '../usage-error.ts';
import { toolVersion } from '../version.ts';
import { chooseEndpoints } from './choose-endpoints.ts';
import { fleetOptions, fleetSettings } from './fleet-options.ts';
import { layoutFor } from './options.ts';

const ownOptions = {
  ...fleetOptions,
  'output-dir': {
    type: 'string',
    requiresArg: true,
    describe: 'DIRECTORY for the files, made if it is not there; readable by you alone',
    group: 'Files:',
  },
  'mask-secrets': {
    type: 'boolean',
    default: false,
    describe: 'Mask passwords, keys and communities in the files; an audit of them finds the same',
    group: 'Files:',
  },
  list: {
    type: 'boolean',
    default: false,
    describe: 'Only list the devices; connect to none',
    group: 'Without connecting:',
  },
  plan: {
    type: 'boolean',
    default: false,
    describe: 'Only list the devices with every command that would be sent; connect to none',
    group: 'Without connecting:',
  },
  format: { choices: ['text', 'json'], default: 'text', describe: 'Form of the result', group: 'Report:' },
  color: { type: 'boolean', describe: 'Colour, or none with --no-color', group: 'Report:' },
} as const;

type CollectArguments = ArgumentsCamelCase<{ devices: string[] | undefined } & InferredOptionTypes<typeof ownOptions>>;

export function options<T>(yargs: Argv<T>) {
  return yargs
    .positional('devices', {
      type: 'string',
      array: true,
      describe: 'Devices, where there is no inventory: admin@fw1, ssh://admin@fw1:2222',
    })
    .options(ownOptions);
}

/** Configurations over SSH into a directory. */
export async function collect(args: CollectArguments, io: Io): Promise<number> {
  const settings = fleetSettings(args);
  const world = await io.collecting();
  const endpoints = chooseEndpoints(args, args.devices ?? [], io, world);
  const layout = layoutFor({ ...args, verbose: false, output: undefined }, io);
  if (args.list || args.plan) {
    const { hitCounts } = settings;
    const commands = (platform: CollectPlatform): readonly string[] => commandsOf(platform, { hitCounts });
    io.stdout.write(args.plan ? planText(endpoints, commands, layout) : endpointList(endpoints, layout));
    return EXIT.ok;
  }
  const record = await collected(args, endpoints, settings, io, world);
  io.stdout.write(args.format === 'json' ? collectJson(record) : collectText(record, layout));
  if (record.totals.failed === 0) return EXIT.ok;
  const failed = `${record.totals.failed} of ${record.totals.devices} devices were not collected`;
  io.stderr.write(`brokerfence: ${failed}: exit code ${EXIT.notUnderstood}\n`);
  return EXIT.notUnderstood;
}

/** Collects into the directory, and writes there what came of it. */
async function collected(
  { outputDir, maskSecrets }: CollectArguments,
  endpoints: readonly Endpoint[],
  settings: ReturnType<typeof fleetSettings>,
  io: Io,
  world: CollectWorld,
): Promise<CollectRecord> {
  if (outputDir === undefined) throw new UsageError('--output-dir DIRECTORY says where the files go');
  const names = await writing(outputDir, () => world.files.open(outputDir));
  const directory = new CaptureDirectory(outputDir, names, world.files, maskSecrets);
  const keep: CaptureDirectory['keep'] = (endpoint, ended) => directory.keep(endpoint, ended);
  const { results, interrupted, durationMs } = await runFleet(endpoints, settings, keep, io, world);
  const tool = { name: 'brokerfence', version: toolVersion() } as const;
  const record = collectRecord(results, { tool, masked: maskSecrets, interrupted, durationMs });
  await writing(outputDir, () => world.files.write(join(outputDir, RECORD_FILE), collectJson(record)));
  return record;
}

/** What the system refuses is wrong usage: the user named the directory. */
async function writing<T>(directory: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new UsageError(notWritten(directory, error));
  }
}
