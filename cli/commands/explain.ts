import type { Argv } from 'yargs';
import type { Io } from '../io.ts';
import { explainCheck } from '../../checks/catalogue.ts';
import { CHECKS } from '../../checks/index.ts';
import { EXIT } from '../exit-code.ts';
import { wrap } from '../terminal/width.ts';
import { unknownName } from '../trace/near-matches.ts';
import { UsageError } from '../usage-error.ts';

const WIDEST_TEXT = 100;

export function options<T>(yargs: Argv<T>) {
  return yargs.positional('check', {
    type: 'string',
    demandOption: true,
    describe: 'Id of the check',
  });
}

/** The documentation of one check. */
export function explain(args: { readonly check: string }, io: Io): number {
  const check = CHECKS.find(({ id }) => id === args.check);
  if (check === undefined)
    throw new UsageError(
      unknownName(
        'check',
        args.check,
        CHECKS.map(({ id }) => id),
      ),
    );
  const width = Math.min(io.stdout.columns ?? WIDEST_TEXT, WIDEST_TEXT);
  const lines = explainCheck(check)
    .split('\n')
    .flatMap((line) => hanging(line, width));
  io.stdout.write(`${lines.join('\n').trimEnd()}\n`);
  return EXIT.ok;
}

/** Wraps a line under its own first word. */
function hanging(line: string, width: number): string[] {
  const indent = /^ *(?:- )?/.exec(line)?.[0] ?? '';
  const rows = wrap(line.slice(indent.length), width - indent.length);
  return rows.map((row, index) => (index === 0 ? indent : ' '.repeat(indent.length)) + row);
}
