import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { Io } from '../io.ts';
import type { Run } from '../reports/run.ts';
import { EXIT } from '../exit-code.ts';
import { policyDraft } from '../reports/policy-draft.ts';
import { analyse } from '../run.ts';
import { openInputs } from '../sources/read.ts';
import { STDIN_WORD } from '../sources/stdin-word.ts';
import { startProgress } from '../terminal/progress.ts';
import { unknownName } from '../trace/near-matches.ts';
import { UsageError } from '../usage-error.ts';
import { toolVersion } from '../version.ts';
import { whyNotTrusted } from './audit.ts';
import { deliver } from './deliver.ts';
import { inputOptions, maxFileBytes, maxUnknownOption, percentOption, trustFrom, trustOptions } from './options.ts';

const ownOptions = {
  ...inputOptions,
  ...trustOptions,
  ...maxUnknownOption,
  output: {
    type: 'string',
    requiresArg: true,
    default: 'brokerfence.yaml',
    describe: 'Write to FILE, whole or not at all; - for standard output',
    group: 'Draft:',
  },
  force: { type: 'boolean', default: false, describe: 'Overwrite a file that is there', group: 'Draft:' },
} as const;

type InitArguments = ArgumentsCamelCase<{ paths: string[] } & InferredOptionTypes<typeof ownOptions>>;

export function options<T>(yargs: Argv<T>) {
  return yargs
    .positional('paths', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'Files, directories, patterns, or - for standard input',
    })
    .options(ownOptions);
}

/** Drafts a policy file from the configurations. No policy is looked at: the draft says what the texts say. */
export async function init(args: InitArguments, io: Io): Promise<number> {
  const { output, force } = args;
  if (!force && output !== STDIN_WORD && exists(output, io)) {
    throw new UsageError(`${output} is there already; --force overwrites it, --output FILE writes elsewhere`);
  }
  const run = await flowsOf(args, io);
  const reason = whyNotTrusted(run.totals);
  if (run.totals.devices > 0) {
    deliver(policyDraft(run), output, io);
    if (output !== STDIN_WORD)
      io.stderr.write(`brokerfence: ${output} is written; it approves nothing until it is reviewed\n`);
  }
  if (reason === undefined) return EXIT.ok;
  io.stderr.write(`brokerfence: ${reason}: exit code ${EXIT.notUnderstood}\n`);
  return EXIT.notUnderstood;
}

async function flowsOf(args: InitArguments, io: Io): Promise<Run> {
  const trust = trustFrom(args);
  const inputs = await openInputs(args.paths, maxFileBytes(args.maxFileSize), io, args.combine);
  const progress = startProgress(inputs.count, io);
  const { run, unmatched, segments } = analyse(inputs.read(), {
    tool: { name: 'brokerfence', version: toolVersion() },
    platform: args.platform,
    trust,
    policy: undefined,
    today: io.today(),
    maxUnknownPercent: percentOption(args.maxUnknown),
    only: 'flows',
    onInput: (done, name) => progress.update(done, name),
  });
  progress.end();
  const [wrong] = unmatched;
  if (wrong !== undefined) throw new UsageError(unknownName('segment', wrong, segments));
  return run;
}

function exists(path: string, { files }: Io): boolean {
  try {
    files.kind(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`,
    );
  }
}
