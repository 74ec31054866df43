import yargs from 'yargs';
import type { Io } from './io.ts';
import { EXIT } from './exit-code.ts';
import { STDIN_WORD } from './sources/stdin-word.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs the command line and says what the process should end with. Commands are loaded when they are chosen, so that
 * `--help` is there at once.
 */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    // yargs throws errors of its own name for what it finds wrong with the command line.
    if (error instanceof UsageError || (error instanceof Error && error.name === 'YError')) {
      io.stderr.write(`brokerfence: ${error.message}\n`);
      return EXIT.usage;
    }
    // Everything that can go wrong has a value of its own: what is thrown is a mistake in this program.
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`brokerfence: internal error, please report it; nothing above is a result\n${details}\n`);
    return EXIT.notUnderstood;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 0 && io.terminal !== undefined) {
    const isWanted = await (await import('./commands/offer-tui.ts')).wantsTui(io);
    return isWanted ? dispatch(['tui'], io) : EXIT.ok;
  }
  let exitCode: number = EXIT.ok;
  let output = '';
  const parser = yargs()
    .scriptName('brokerfence')
    .usage('$0 <command>\n\nWhere firewalls and routers expose publish/subscribe messaging, or let it out.')
    .parserConfiguration({
      'greedy-arrays': false,
      'dot-notation': false,
      'parse-positional-numbers': false,
      'duplicate-arguments-array': true,
    })
    .command(
      'audit [paths..]',
      'Findings for configuration files, directories, patterns or -',
      async (command) => (await import('./commands/audit.ts')).options(command),
      async (args) => {
        exitCode = await (await import('./commands/audit.ts')).audit(args, io);
      },
    )
    .command(
      'flows [paths..]',
      'Every permitted publish/subscribe flow as exact packet sets',
      async (command) => (await import('./commands/flows.ts')).options(command),
      async (args) => {
        exitCode = await (await import('./commands/flows.ts')).flows(args, io);
      },
    )
    .command(
      'trace <paths..>',
      'What happens to one packet, stage by stage, with the deciding line',
      async (command) => (await import('./commands/trace.ts')).options(command),
      async (args) => {
        exitCode = await (await import('./commands/trace.ts')).traceCommand(args, io);
      },
    )
    .command(
      'init <paths..>',
      'Draft a policy file from what the configurations say',
      async (command) => (await import('./commands/init.ts')).options(command),
      async (args) => {
        exitCode = await (await import('./commands/init.ts')).init(args, io);
      },
    )
    .command(
      'tui [paths..]',
      'The terminal UI: the fleet at a glance, down to the line',
      async (command) => (await import('./commands/tui.ts')).options(command),
      async (args) => {
        exitCode = await (await import('./commands/tui.ts')).tui(args, io);
      },
    )
    .command(
      'collect [devices..]',
      'Configurations over SSH into a directory',
      async (command) => (await import('./commands/collect.ts')).options(command),
      async (args) => {
        exitCode = await (await import('./commands/collect.ts')).collect(args, io);
      },
    )
    .command('checks', 'The checks and what they look for', {}, async () => {
      exitCode = (await import('./commands/checks.ts')).checks(io);
    })
    .command(
      'explain <check>',
      'One check: why it matters, what to do, when it is fine',
      async (command) => (await import('./commands/explain.ts')).options(command),
      async (args) => {
        exitCode = (await import('./commands/explain.ts')).explain(args, io);
      },
    )
    .command(
      'schema [report]',
      'JSON Schema of a JSON report',
      async (command) => (await import('./commands/schema.ts')).options(command),
      async (args) => {
        exitCode = (await import('./commands/schema.ts')).schema(args, io);
      },
    )
    .check((args) => singleValues(args))
    .strict()
    .demandCommand(1, 'Name a command; brokerfence --help lists them.')
    .recommendCommands()
    .help()
    .alias('help', 'h')
    .version(false)
    .option('version', { type: 'boolean', describe: 'Show the version' })
    .epilogue('Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 an input was not read or not understood.')
    .wrap(Math.min(io.stdout.columns ?? 100, 110))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? new UsageError(message ?? 'wrong usage');
    });
  if (argv.length === 1 && argv[0] === '--version') {
    io.stdout.write(`${(await import('./version.ts')).toolVersion()}\n`);
    return EXIT.ok;
  }
  let failure: Error | undefined;
  await parser.parseAsync(
    argv.map((word) => (word === '-' ? STDIN_WORD : word)),
    {},
    (error, _args, text) => {
      failure = error ?? undefined;
      output = text;
    },
  );
  if (failure !== undefined) throw failure;
  if (output !== '') io.stdout.write(`${output}\n`);
  return exitCode;
}

/** An option that takes one value was given twice: the program would have to guess which is meant. */
function singleValues(args: Readonly<Record<string, unknown>>): true {
  const lists = new Set([
    '_',
    'paths',
    'devices',
    'device',
    'untrusted',
    'internal',
    'internal-network',
    'internalNetwork',
  ]);
  const twice = Object.entries(args).find(([name, value]) => Array.isArray(value) && !lists.has(name));
  if (twice !== undefined) throw new UsageError(`--${twice[0]} is given more than once`);
  return true;
}
