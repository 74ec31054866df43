import type { Options } from 'yargs';
import type { Io } from '../io.ts';
import type { LoadedPolicy } from '../run.ts';
import { findPolicy } from '../policy/find-policy.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import { policyProblemsText } from '../policy/problems-text.ts';
import type { FileProblem as PolicyProblem } from '../yaml/problem.ts';
import type { Layout } from '../reports/layout.ts';
import { UsageError } from '../usage-error.ts';

export const policyOptions = {
  policy: {
    type: 'string',
    requiresArg: true,
    group: 'Policy:',
    describe: 'FILE that says what is needed; else brokerfence.yaml, looked for upwards from here (--no-policy: none)',
  },
} as const satisfies Record<string, Options>;

/**
 * The policy to judge by: the file that was named, else the nearest `brokerfence.yaml` at or above the working directory; none with
 * `--no-policy`. Problems are printed with their places, and end the run as wrong usage.
 */
export function policyFor(args: { readonly policy: unknown }, io: Io, layout: Layout): LoadedPolicy | undefined {
  const wanted = args.policy;
  // `--no-policy` arrives as false.
  if (wanted === false) return undefined;
  const path = typeof wanted === 'string' ? wanted : nearest(io, layout);
  if (path === undefined) return undefined;
  const loaded = loadPolicy(path, io.files);
  if (loaded.kind === 'problems') return refuse(loaded.problems, io, layout);
  return { file: path, policy: loaded.policy, texts: loaded.texts };
}

function nearest(io: Io, layout: Layout): string | undefined {
  const found = findPolicy(['.'], io.files);
  if (found.kind === 'problems') return refuse(found.problems, io, layout);
  return found.kind === 'found' ? found.path : undefined;
}

function refuse(problems: readonly PolicyProblem[], io: Io, layout: Layout): never {
  io.stderr.write(policyProblemsText(problems, layout));
  throw new UsageError('the policy cannot be used');
}
